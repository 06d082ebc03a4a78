#![no_main]

mod check;

use codegen::page::Rendition;

libfuzzer_sys::fuzz_target!(|text: &str| check::page(Rendition::Markdown, text));
