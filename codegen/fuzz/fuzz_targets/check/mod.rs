//! Properties that hold for any input.

use codegen::emit::{self, Options};
use codegen::error::Error;
use codegen::markup::{Input, Rendition};
use codegen::page::{self, Source};
use codegen::refresh;
use iam_policy::wire::{self, Facts, Locale, Service, to_json};

/// Reads a page and passes it through all later stages.
pub fn page(rendition: Rendition, text: &str) {
    let input = |locale| Input {
        name: "list_orchard",
        page: "orchard",
        rendition,
        locale,
        text,
    };
    let page = match page::read(&input(Locale::EnUs), None) {
        Ok(page) => page,
        Err(error) => {
            one_line(&error);
            let message = error.to_string();
            assert!(message.starts_with("list_orchard: "), "{message}");
            return;
        }
    };
    let json = to_json(&page.facts);
    let facts: Facts = serde_json::from_str(&json).expect("facts as JSON");
    assert_eq!(facts, page.facts);
    let service = wire::normal_form(&page.facts);
    let json = to_json(&service);
    let same: Service = serde_json::from_str(&json).expect("a service as JSON");
    assert_eq!(same, service);
    assert!(refresh::drift(&service, &service).is_empty());
    // aligned with itself, as if it were a localized page
    if let Err(error) = page::read(&input(Locale::JaJp), Some(&page)) {
        one_line(&error);
    }
    emitted(&service, &page.source);
}

/// Emits a service and checks that the result is an error or valid Rust.
pub fn emitted(service: &Service, source: &Source) {
    match emit::module(service, source, &Options::of("orchard")) {
        Err(error) => one_line(&error),
        Ok(files) => {
            for file in files {
                if let Err(error) = syn::parse_file(&file.text) {
                    panic!("{}: {error}:\n{}", file.path, file.text);
                }
            }
        }
    }
}

fn one_line(error: &Error) {
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "{message}");
}
