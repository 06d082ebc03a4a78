//! From the text of a page to its tables: a reader for each rendition.

mod grid;
mod html;
mod markdown;
mod text;

use iam_policy::wire::Locale;

use crate::error::{Error, Result, quoted};
use crate::tables::Tables;
use crate::tables::layout::SectionKind;

/// How a page is written down.
///
/// Ordered by how much a rendition keeps: HTML has anchors everywhere, text nowhere.
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
    /// The endings of file names, in the order in which a page is looked for.
    pub const EXTENSIONS: [(&'static str, Self); 3] = [
        ("html", Self::Html),
        ("md", Self::Markdown),
        ("txt", Self::Text),
    ];

    /// The rendition that a file name's ending stands for.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::EXTENSIONS
            .into_iter()
            .find_map(|(known, rendition)| (known == extension).then_some(rendition))
    }
}

/// A page's text and what is known of it from outside.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file or address, for messages.
    pub name: &'a str,
    /// The page's name: `bedrock` for `list_bedrock.html`.
    pub page: &'a str,
    /// How it is written down.
    pub rendition: Rendition,
    /// Its locale, unless the page itself says another.
    pub locale: Locale,
    /// The text.
    pub text: &'a str,
}

/// The page's name and locale as its file name says them: `list_amazonbedrock.es_es.txt` is
/// `amazonbedrock` in `es_es`. The name may lack `list_`; a dot that begins no locale belongs to it
/// (`list_awsservice….console.html`).
pub fn name_of_file(stem: &str) -> (&str, Option<Locale>) {
    let stem = stem.strip_prefix("list_").unwrap_or(stem);
    if let Some((page, locale)) = stem.rsplit_once('.')
        && let Ok(locale) = locale.parse()
    {
        return (page, Some(locale));
    }
    (stem, None)
}

/// Reads a page into tables.
///
/// # Errors
/// A page that is none, is cut off, or holds a row that does not fit its table.
pub fn read(input: &Input<'_>) -> Result<Tables> {
    if input.text.trim().is_empty() {
        let error = Error::new(
            "an empty text",
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

/// Refuses a page without actions: an error page served as if all were well, or one cut off.
fn complete(tables: Tables) -> Result<Tables> {
    for kind in [
        SectionKind::Actions,
        SectionKind::ResourceTypes,
        SectionKind::ConditionKeys,
    ] {
        if !tables.sections.iter().any(|section| section.kind == kind) {
            let found = format!(
                "a page headed {} without a section for it",
                quoted(&tables.heading)
            );
            return Err(Error::new(found, "a section whose id ends as the reference's do")
                .within(kind.name())
                .hint("is this a page of the Service Authorization Reference, and was it saved whole?"));
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
        return Err(Error::new("no action", "at least one").within(SectionKind::Actions.name()));
    }
    if tables.prefix.is_empty() {
        return Err(
            Error::new("no service prefix", "one in the first paragraph").within("introduction"),
        );
    }
    Ok(tables)
}
