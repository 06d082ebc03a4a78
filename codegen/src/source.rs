//! What a snapshot was read from: kept beside the facts, because addresses in the reference depend on it.

use serde::{Deserialize, Serialize};

use crate::page::Rendition;
use crate::table::{SectionKind, Tables};

pub use iam_policy::Layout;

/// The layout of a page: six columns of actions are the classic one.
pub fn layout(tables: &Tables) -> Layout {
    let six = tables.sections.iter().any(|section| {
        section.kind == SectionKind::Actions
            && section
                .table
                .as_ref()
                .is_some_and(|table| table.columns == 6)
    });
    if six {
        Layout::Classic
    } else {
        Layout::Current
    }
}

/// What the English facts of a snapshot were read from: `source.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's name.
    pub page: String,
    /// Its layout.
    pub layout: Layout,
    /// What it was written in.
    pub rendition: Rendition,
}

const REFERENCE: &str = "https://docs.aws.amazon.com/service-authorization/latest/reference";

impl Source {
    /// What a page was read from.
    pub fn of(tables: &Tables, rendition: Rendition) -> Self {
        Self {
            page: tables.page.clone(),
            layout: layout(tables),
            rendition,
        }
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        format!("{REFERENCE}/list_{}.html", self.page)
    }

    /// The file that was read, by its name.
    pub fn file(&self) -> String {
        let extension = Rendition::EXTENSIONS
            .into_iter()
            .find(|(_, rendition)| *rendition == self.rendition);
        format!(
            "list_{}.{}",
            self.page,
            extension.map_or("html", |(extension, _)| extension)
        )
    }

    /// The address of an action's row.
    pub fn action(&self, name: &str) -> String {
        self.anchor(if self.is_classic() { "" } else { "action-" }, name)
    }

    /// The address of a resource type's row.
    pub fn resource_type(&self, name: &str) -> String {
        self.anchor(if self.is_classic() { "" } else { "resource-" }, name)
    }

    /// The address of a condition key's row.
    pub fn condition_key(&self, name: &str) -> String {
        self.anchor("", name)
    }

    /// The address of the table of operations.
    pub fn operations(&self) -> String {
        self.anchor("", "operations")
    }

    fn is_classic(&self) -> bool {
        self.layout == Layout::Classic
    }

    /// Anchors drop spaces and angle brackets, and write `_` for most other signs:
    /// `aws:RequestTag/${TagKey}` is at `aws_RequestTag___TagKey_`.
    fn anchor(&self, part: &str, name: &str) -> String {
        let list = if self.is_classic() { "" } else { "list_" };
        let slug = format!("{list}{}", self.page);
        let kept = name.chars().filter(|c| !matches!(c, '<' | '>' | ' '));
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') {
                c
            } else {
                '_'
            }
        };
        format!(
            "{}#{slug}-{part}{}",
            self.address(),
            kept.map(plain).collect::<String>()
        )
    }
}
