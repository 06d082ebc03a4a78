#![no_main]

mod check;

use codegen::markup::Rendition;

libfuzzer_sys::fuzz_target!(|text: &str| check::page(Rendition::Html, text));
