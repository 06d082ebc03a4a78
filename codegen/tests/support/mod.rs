//! Rendering of facts as pages, the reverse of reading, for tests, benchmarks and fuzz targets.
//!
//! ```text
//! Facts + Style → document (sections, tables, cells) → HTML as served or saved, Markdown, text
//!                       build, cells, document             html, markdown, text
//! ```
//!
//! A [`Style`] decides the layout, form and language of a page, and seeds the choices in which real
//! pages vary. All sentences here are invented.

// each test, benchmark and fuzz target uses only a part
#![allow(dead_code, unreachable_pub, unused_imports)]

mod build;
mod cells;
mod dictionary;
mod document;
pub mod hostile;
mod html;
mod markdown;
mod noise;
pub mod sample;
mod text;

use codegen::Result;
use codegen::emit::{self, File, Options};
use codegen::markup::{Input, Rendition};
use codegen::names::Names;
use codegen::overlay::Overlay;
use codegen::page::{self, Page, Source};
use codegen::removed::Removed;
pub use iam_policy::Layout;
use iam_policy::wire::{self, Facts, Service};

pub use build::document;
pub use dictionary::{DICTIONARIES, Dictionary, ENGLISH};
pub use document::{Cell, Document, Entry, Inline, Section, Table};
pub use noise::Noise;
pub use text::statable;

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTML without white space between elements, as it is served.
    Served,
    /// HTML with each element and text on a separate line, as pages are saved.
    Saved,
    /// Markdown, only in the current layout.
    Markdown,
    /// Plain text, only in the classic layout.
    Text,
}

impl Form {
    /// Returns the rendition that the form belongs to.
    pub const fn rendition(self) -> Rendition {
        match self {
            Self::Served | Self::Saved => Rendition::Html,
            Self::Markdown => Rendition::Markdown,
            Self::Text => Rendition::Text,
        }
    }
}

/// The style of a page.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The layout: six columns of actions, or five with an operations table.
    pub layout: Layout,
    /// The form.
    pub form: Form,
    /// The words of its language.
    pub dictionary: &'static Dictionary,
    /// Whether the texts of links, but not their targets, are machine-translated.
    pub translated: bool,
    /// The seed for the choices in which real pages vary; 0 always takes the simplest one.
    pub seed: u64,
}

/// The styles of English pages: all forms of both layouts.
pub const ENGLISH_STYLES: [Style; 5] = [
    Style::english(Layout::Current, Form::Served),
    Style::english(Layout::Current, Form::Saved),
    Style::english(Layout::Current, Form::Markdown),
    Style::english(Layout::Classic, Form::Served),
    Style::english(Layout::Classic, Form::Saved),
];

impl Style {
    /// Returns the style of a plain English page.
    pub const fn english(layout: Layout, form: Form) -> Self {
        Self {
            layout,
            form,
            dictionary: &ENGLISH,
            translated: false,
            seed: 0,
        }
    }

    /// Returns the same style with another seed.
    pub const fn seeded(self, seed: u64) -> Self {
        Self { seed, ..self }
    }
}

/// Renders facts as a page.
///
/// # Panics
/// Panics for Markdown in the classic layout and text in the current one, which do not exist.
pub fn render(facts: &Facts, style: &Style) -> String {
    write(&document(facts, style), style)
}

/// Renders a document.
///
/// # Panics
/// Panics for Markdown in the classic layout and text in the current one, which do not exist.
pub fn write(document: &Document, style: &Style) -> String {
    match style.form {
        Form::Served => html::write(document, style, false),
        Form::Saved => html::write(document, style, true),
        Form::Markdown => {
            assert_eq!(
                style.layout,
                Layout::Current,
                "Markdown pages are of the current layout"
            );
            markdown::write(document, style)
        }
        Form::Text => {
            assert_eq!(
                style.layout,
                Layout::Classic,
                "text is of the classic layout"
            );
            text::write(document, style)
        }
    }
}

/// Returns the file name of a page.
pub fn file_name(page: &str, form: Form) -> String {
    match form {
        Form::Served | Form::Saved => format!("list_{page}.html"),
        Form::Markdown => format!("list_{page}.md"),
        Form::Text => format!("list_{page}.txt"),
    }
}

/// Reads an English page, as `cargo xtask scrape` does.
pub fn read(page: &str, form: Form, text: &str) -> Result<Facts> {
    let style = Style::english(Layout::Current, form);
    Ok(read_page(page, &style, text, None)?.facts)
}

/// Reads a page of any language; a localized page is aligned with the English one, if given.
pub fn read_page(page: &str, style: &Style, text: &str, english: Option<&Page>) -> Result<Page> {
    let name = file_name(page, style.form);
    let input = Input {
        name: &name,
        page,
        rendition: style.form.rendition(),
        locale: style.dictionary.locale,
        text,
    };
    codegen::page::read(&input, english)
}

/// Emits the files of a module from facts.
pub fn emit(facts: &Facts, layout: Layout) -> Result<Vec<File>> {
    let service = wire::normal_form(facts);
    emit_service(&service, layout)
}

/// Emits the files of a service's module.
pub fn emit_service(service: &Service, layout: Layout) -> Result<Vec<File>> {
    emit_keeping(service, &Removed::default(), layout)
}

/// Assigns the identifiers of a service that has none yet.
pub fn assign(service: &Service) -> Result<Names> {
    Removed::default().assign_names(&Names::default(), service, &Overlay::default())
}

/// Emits the files of a service's module with its removed names.
pub fn emit_keeping(service: &Service, removed: &Removed, layout: Layout) -> Result<Vec<File>> {
    let source = Source {
        page: service.page.clone(),
        layout,
        rendition: Rendition::Html,
    };
    let options = Options {
        removed: Some(removed),
        ..Options::of("orchard")
    };
    emit::module(service, &source, &options)
}
