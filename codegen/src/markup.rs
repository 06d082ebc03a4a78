//! Parsing of a page's text into tables, with one parser for each rendition.

mod grid;
mod html;
mod markdown;
mod text;

use iam_policy::wire::Locale;

use crate::error::{Error, Result, quoted};
use crate::tables::Tables;
use crate::tables::layout::SectionKind;

/// The format of a page's text.
///
/// The variants are ordered by how much of the page they preserve: HTML has all anchors, text has
/// no anchors.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Rendition {
    /// `list_<slug>.html`, as served or saved pretty-printed.
    Html,
    /// `list_<slug>.md`.
    Markdown,
    /// The flattened text of a page of the classic layout.
    Text,
}

impl Rendition {
    /// File name extensions, in the order in which a page is looked for.
    pub const EXTENSIONS: [(&'static str, Self); 3] = [
        ("html", Self::Html),
        ("md", Self::Markdown),
        ("txt", Self::Text),
    ];

    /// Returns the rendition for a file name extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::EXTENSIONS
            .into_iter()
            .find_map(|(known, rendition)| (known == extension).then_some(rendition))
    }
}

/// A page's text and its metadata.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file or address, for messages.
    pub name: &'a str,
    /// The page's name: `bedrock` for `list_bedrock.html`.
    pub page: &'a str,
    /// The format of the text.
    pub rendition: Rendition,
    /// Its locale, unless the page itself states another one.
    pub locale: Locale,
    /// The text.
    pub text: &'a str,
}

/// Splits a file stem into the page's name and locale: `list_amazonbedrock.es_es` is `amazonbedrock`
/// in `es_es`. `list_` is optional; a dot that is not followed by a locale belongs to the name
/// (`list_awsservice….console`).
pub fn name_of_file(stem: &str) -> (&str, Option<Locale>) {
    let stem = stem.strip_prefix("list_").unwrap_or(stem);
    if let Some((page, locale)) = stem.rsplit_once('.')
        && let Ok(locale) = locale.parse()
    {
        return (page, Some(locale));
    }
    (stem, None)
}

/// Parses a page into tables.
///
/// # Errors
/// Returns [`Error`] if the text is not a page of the reference, is truncated, or contains a row that
/// does not fit its table.
pub fn read(input: &Input<'_>) -> Result<Tables> {
    if input.text.trim().is_empty() {
        let error = Error::new(
            "empty text",
            "a page of the Service Authorization Reference",
        );
        return Err(error.of(input.name));
    }
    let tables = match input.rendition {
        Rendition::Html => html::read(input),
        Rendition::Markdown => markdown::read(input),
        Rendition::Text => text::read(input),
    };
    tables
        .and_then(complete)
        .map_err(|error| error.of(input.name))
}

/// Rejects a page without actions: an error page with status 200, or a truncated page.
fn complete(tables: Tables) -> Result<Tables> {
    for kind in [
        SectionKind::Actions,
        SectionKind::ResourceTypes,
        SectionKind::ConditionKeys,
    ] {
        if !tables.sections.iter().any(|section| section.kind == kind) {
            let found = format!(
                "a page with the heading {} and without this section",
                quoted(&tables.heading)
            );
            return Err(Error::new(found, "a heading with the section's id")
                .within(kind.name())
                .hint("check that it is a page of the Service Authorization Reference and was saved completely"));
        }
    }
    let has_actions = tables.sections.iter().any(|section| {
        matches!(
            section.kind,
            SectionKind::Actions | SectionKind::PermissionOnlyActions
        ) && section
            .table
            .as_ref()
            .is_some_and(|table| table.rows().len() > 0)
    });
    if !has_actions {
        return Err(Error::new("no actions", "at least one").within(SectionKind::Actions.name()));
    }
    if tables.prefix.is_empty() {
        return Err(
            Error::new("no service prefix", "the prefix in the first paragraph")
                .within("introduction"),
        );
    }
    Ok(tables)
}
