//! Benchmarks of reading pages and emitting code, on the real pages in `../shared`.
//!
//! Run with `cargo bench -p codegen`. If the real pages are missing, rendered pages are used instead;
//! the output then reports that, because the figures do not apply to real pages.

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use codegen::markup::{Input, Rendition};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use iam_policy::wire::{self, Facts, Locale, Service};
use support::{Form, Layout, Style, sample};

fn main() {
    eprintln!("pages: {}", PAGES.origin);
    divan::main();
}

/// Pages in HTML with their names.
struct Pages {
    origin: String,
    pages: Vec<(String, String)>,
}

static PAGES: LazyLock<Pages> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/classic/en_us");
    let mut pages = Vec::new();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = fs::read_to_string(entry.path()).expect("a readable page");
        pages.push((name, text));
    }
    pages.sort();
    let bytes: usize = pages.iter().map(|(_, text)| text.len()).sum();
    let origin = format!("{} real ones, {bytes} bytes", pages.len());
    if pages.is_empty() {
        return rendered();
    }
    Pages { origin, pages }
});

/// Renders pages of about the same size, in the saved form of the classic layout.
fn rendered() -> Pages {
    let style = Style::english(Layout::Classic, Form::Saved);
    let page = |number: usize| {
        let facts = sample::plantation(10 + number * 2);
        let name = format!("list_plantation{number}.html");
        (name, support::render(&facts, &style))
    };
    Pages {
        origin: "rendered ones, because `../shared` is missing".to_owned(),
        pages: (0..64).map(page).collect(),
    }
}

fn facts((name, text): &(String, String)) -> Option<Facts> {
    let page = name.trim_start_matches("list_").trim_end_matches(".html");
    let input = Input {
        name,
        page,
        rendition: Rendition::Html,
        locale: Locale::EnUs,
        text,
    };
    // one of the pages is a redirect
    Some(codegen::page::read(&input, None).ok()?.facts)
}

fn bytes() -> BytesCount {
    let bytes: usize = PAGES.pages.iter().map(|(_, text)| text.len()).sum();
    BytesCount::new(bytes)
}

/// Measures parsing alone, as the baseline for reading.
#[divan::bench(sample_count = 10)]
fn html_parsed_by_scraper_alone(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        for (_, text) in &PAGES.pages {
            black_box(scraper::Html::parse_document(text));
        }
    });
}

#[divan::bench(sample_count = 10)]
fn html_read_on_one_core(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        for page in &PAGES.pages {
            black_box(facts(page));
        }
    });
}

#[divan::bench(sample_count = 10)]
fn html_read_on_two_threads(bencher: Bencher<'_, '_>) {
    // alternately, so that both get large and small ones
    bencher.counter(bytes()).bench(|| {
        thread::scope(|scope| {
            for begin in 0..2 {
                scope.spawn(move || {
                    for page in PAGES.pages.iter().skip(begin).step_by(2) {
                        black_box(facts(page));
                    }
                });
            }
        });
    });
}

/// A service with thousands of rows in Markdown: one megabyte.
#[divan::bench(sample_count = 20)]
fn markdown_of_one_megabyte_read(bencher: Bencher<'_, '_>) {
    let facts = sample::plantation(1260);
    let style = Style::english(Layout::Current, Form::Markdown);
    let text = support::render(&facts, &style);
    assert!(
        (1_000_000..1_100_000).contains(&text.len()),
        "{}",
        text.len()
    );
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| support::read(&facts.page, Form::Markdown, black_box(&text)).expect("a page"));
}

#[divan::bench(args = [10, 250], sample_count = 10)]
fn module_emitted(bencher: Bencher<'_, '_>, actions: usize) {
    let service: Service = wire::normal_form(&sample::plantation(actions));
    bencher
        .bench(|| support::emit_service(black_box(&service), Layout::Current).expect("a module"));
}
