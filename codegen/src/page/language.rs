//! The language that a page is written in, compared with the locale that it states.
//!
//! The evidence is in the tables: the column headers, the access levels and the marks. Translations
//! leave some of them in English, but not all of them.

use std::collections::BTreeSet;

use iam_policy::wire::Locale;

use crate::error::{Error, Result, quoted};
use crate::labels::{Labels, look_up, normal};
use crate::tables::Tables;
use crate::tables::layout::HEADERS;

/// The number of labels of another language that a page may have by coincidence.
const COINCIDENCE: usize = 1;

/// Checks that a localized page is in its language, given its access levels and marks.
///
/// # Errors
/// Returns [`Error`] if nothing in its tables is translated, or if its labels are those of another
/// language.
pub(super) fn check(
    tables: &Tables,
    labels: &BTreeSet<&str>,
    english: Option<&Tables>,
) -> Result<()> {
    if tables.locale == Locale::EnUs {
        return Ok(());
    }
    let lexicon = Labels::english();
    let known_headers = HEADERS.iter().copied();
    let known_headers = known_headers.chain(english.into_iter().flat_map(headers));
    let known_headers: BTreeSet<_> = known_headers.map(normal).collect();
    let translated: BTreeSet<_> = labels
        .iter()
        .filter(|label| !is_label(&lexicon, label))
        .copied()
        .collect();
    let mut headers = headers(tables).peekable();
    let some = !labels.is_empty() || headers.peek().is_some();
    let is_english = |header: &str| known_headers.contains(&normal(header));
    if some && translated.is_empty() && headers.all(is_english) {
        return Err(in_another(tables.locale, Locale::EnUs));
    }
    let count = |locale: Locale| {
        let lexicon = Labels::lexicon(locale);
        let known = translated.iter().filter(|label| is_label(&lexicon, label));
        known.count()
    };
    // languages share words: `Lista` is Spanish and Portuguese
    let shared = 2 * count(tables.locale) + COINCIDENCE;
    if translated.len() <= shared {
        return Ok(());
    }
    let counts = Locale::ALL.map(|other| (count(other), other));
    match counts.into_iter().max_by_key(|(count, _)| *count) {
        Some((count, other)) if count > shared => Err(in_another(tables.locale, other)),
        _ => Ok(()),
    }
}

/// Returns the column headers of a page.
fn headers(tables: &Tables) -> impl Iterator<Item = &str> {
    let tables = tables.sections.iter().filter_map(|it| it.table.as_ref());
    tables.flat_map(|table| table.headers.iter().map(String::as_str))
}

/// Returns whether a lexicon has an access level or a mark.
fn is_label(lexicon: &Labels, label: &str) -> bool {
    let mut marks = lexicon.permission_only.iter();
    look_up(&lexicon.access_levels, label).is_some()
        || marks.any(|mark| normal(mark) == normal(label))
}

fn in_another(stated: Locale, written: Locale) -> Error {
    Error::new(
        format!("text in {}", quoted(written.as_str())),
        format!("text in {}, the locale of the page", quoted(stated.as_str())),
    )
    .hint("the page may not be translated yet; `locales` in snapshots/modules.toml lists the languages in which a page is published")
}
