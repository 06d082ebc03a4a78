//! Errors of invalid and truncated pages: one line with the file, the place, what was found and what
//! was expected.

mod page;
mod row;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod truncated;

use expect_test::Expect;
use iam_policy::wire::Facts;
use support::{Document, Form, Layout, Style, sample};

const SERVED: Style = Style::english(Layout::Current, Form::Served);
const CLASSIC: Style = Style::english(Layout::Classic, Form::Saved);
const MARKDOWN: Style = Style::english(Layout::Current, Form::Markdown);

/// Reads an invalid page and checks that the error is one line and names the file.
fn rejected(form: Form, text: &str, expected: Expect) {
    let error = support::read("orchard", form, text).expect_err("an error");
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "one line: {message}");
    let file = support::file_name("orchard", form);
    assert!(message.starts_with(&format!("{file}: ")), "{message}");
    expected.assert_eq(&format!("{message}\n"));
}

/// Reads the sample's page after editing its document.
fn edited(style: Style, edit: impl FnOnce(&mut Document), expected: Expect) {
    let mut document = support::document(&facts(style), &style);
    edit(&mut document);
    rejected(style.form, &support::write(&document, &style), expected);
}

/// Reads the sample's page after replacing a part of its text.
fn replaced(style: Style, old: &str, new: &str, expected: Expect) {
    let text = text(style);
    assert!(text.contains(old), "the page contains {old}");
    rejected(style.form, &text.replacen(old, new, 1), expected);
}

fn facts(style: Style) -> Facts {
    match style.layout {
        Layout::Classic => sample::classic_orchard(),
        Layout::Current => sample::current_orchard(),
    }
}

fn text(style: Style) -> String {
    support::render(&facts(style), &style)
}
