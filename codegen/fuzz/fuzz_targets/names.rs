#![no_main]

#[path = "../../tests/support/mod.rs"]
mod support;

use support::hostile::{never_becomes_code, never_becomes_code_in_pages};

// text in each place of a snapshot and of a page that contains text of the reference
libfuzzer_sys::fuzz_target!(|text: &str| {
    never_becomes_code(text);
    never_becomes_code_in_pages(text);
});
