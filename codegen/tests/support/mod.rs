//! Pages made from facts: the counterpart of the readers, for tests, benchmarks and fuzz targets.
//!
//! ```text
//! Facts + Style → document (sections, tables, cells) → HTML as served or saved, Markdown, text
//!                       build, cells, document             html, markdown, text
//! ```
//!
//! A [`Style`] says in which layout, form and language a page is written, and seeds the choices that
//! real pages make one way or the other. Every word here is invented.

// each test, benchmark and fuzz target uses a part
#![allow(dead_code, unreachable_pub, unused_imports)]

mod build;
mod cells;
mod dictionary;
mod document;
mod html;
mod markdown;
mod noise;
pub mod sample;
mod text;

use codegen::Result;
use codegen::emit::{self, File, Options};
use codegen::markup::{Input, Rendition};
use codegen::page::{self, Page, Source};
use codegen::removed::Removed;
pub use iam_policy::Layout;
use iam_policy::wire::{self, Facts, Service};

pub use build::document;
pub use dictionary::{DICTIONARIES, Dictionary, ENGLISH};
pub use document::{Cell, Document, Entry, Inline, Section, Table};
pub use noise::Noise;
pub use text::sayable;

/// What a page is written down as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTML without white space between elements, as it is served.
    Served,
    /// HTML with every element and text on a line of its own, as pages are saved.
    Saved,
    /// Markdown; there is none of the classic layout.
    Markdown,
    /// Flattened text; there is none of the current layout.
    Text,
}

impl Form {
    /// The rendition that it is one of.
    pub const fn rendition(self) -> Rendition {
        match self {
            Self::Served | Self::Saved => Rendition::Html,
            Self::Markdown => Rendition::Markdown,
            Self::Text => Rendition::Text,
        }
    }
}

/// How a page is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Six columns of actions, or five with a table of operations.
    pub layout: Layout,
    /// What it is written down as.
    pub form: Form,
    /// The words of its language.
    pub dictionary: &'static Dictionary,
    /// Whether a machine translated the texts of links; where they lead stays exact.
    pub translated: bool,
    /// Seeds whatever real pages write in several ways; 0 takes the plainest every time.
    pub seed: u64,
}

/// The ways to write a page in English: both layouts, every form there is of each.
pub const ENGLISH_STYLES: [Style; 5] = [
    Style::english(Layout::Current, Form::Served),
    Style::english(Layout::Current, Form::Saved),
    Style::english(Layout::Current, Form::Markdown),
    Style::english(Layout::Classic, Form::Served),
    Style::english(Layout::Classic, Form::Saved),
];

impl Style {
    /// A plain English page.
    pub const fn english(layout: Layout, form: Form) -> Self {
        Self {
            layout,
            form,
            dictionary: &ENGLISH,
            translated: false,
            seed: 0,
        }
    }

    /// The same with other choices where pages have one.
    pub const fn seeded(self, seed: u64) -> Self {
        Self { seed, ..self }
    }
}

/// Writes facts as a page.
///
/// # Panics
/// Markdown in the classic layout, text in the current one: there are no such pages.
pub fn render(facts: &Facts, style: &Style) -> String {
    write(&document(facts, style), style)
}

/// Writes a document, edited or not.
///
/// # Panics
/// Markdown in the classic layout, text in the current one: there are no such pages.
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

/// The name a page's file would have.
pub fn file_name(page: &str, form: Form) -> String {
    match form {
        Form::Served | Form::Saved => format!("list_{page}.html"),
        Form::Markdown => format!("list_{page}.md"),
        Form::Text => format!("list_{page}.txt"),
    }
}

/// Reads an English page as `cargo xtask scrape` does.
pub fn read(page: &str, form: Form, text: &str) -> Result<Facts> {
    let style = Style::english(Layout::Current, form);
    Ok(read_page(page, &style, text, None)?.facts)
}

/// Reads a page of any language; a localized one beside the English one, if that is there.
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

/// The files of the module that facts make, as the crate has it.
pub fn emit(facts: &Facts, layout: Layout) -> Result<Vec<File>> {
    let service = wire::normal_form(facts);
    emit_service(&service, layout)
}

/// The files of a service's module.
pub fn emit_service(service: &Service, layout: Layout) -> Result<Vec<File>> {
    emit_keeping(service, &Removed::default(), layout)
}

/// The files of a service's module with what left the reference.
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
