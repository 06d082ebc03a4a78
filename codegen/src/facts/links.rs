//! What the links and ids of a page point to.
//!
//! Machine translation touches the text of links but not where they lead, so where text and anchor
//! disagree the anchor is right. The anchors of actions are exact; those of resource types and
//! keys are lossy (`aws_TagKeys`) and are resolved through the page's own tables.

use std::collections::BTreeMap;

use crate::error::{Error, Result, quoted};
use crate::table::{Cell, SectionKind, Tables, without_space};

/// The anchors of one page.
pub(super) struct Links {
    slug: String,
    current: bool,
    resource_types: Known,
    condition_keys: Known,
}

/// The names of one table by their anchors.
#[derive(Default)]
struct Known {
    exact: BTreeMap<String, String>,
    lossy: BTreeMap<String, Vec<String>>,
}

impl Known {
    fn add(&mut self, id: Option<&str>, name: &str) {
        if let Some(id) = id {
            self.exact
                .entry(id.to_owned())
                .or_insert_with(|| name.to_owned());
        }
        for key in [id.map(lossy), Some(lossy(name))].into_iter().flatten() {
            let names = self.lossy.entry(key).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }

    /// The name at an anchor; where several share its lossy form, the one that the link shows.
    fn resolve(&self, id: &str, shown: &str) -> Option<&str> {
        if let Some(name) = self.exact.get(id) {
            return Some(name);
        }
        match self.lossy.get(&lossy(id))?.as_slice() {
            [name] => Some(name),
            names => names.iter().map(String::as_str).find(|name| *name == shown),
        }
    }
}

impl Links {
    pub(super) fn new(tables: &Tables) -> Result<Self> {
        let slug = tables
            .sections
            .first()
            .map(|section| section.slug.clone())
            .unwrap_or_default();
        if let Some(other) = tables.sections.iter().find(|section| section.slug != slug) {
            return Err(Error::new(
                format!(
                    "ids that begin with {} and with {}",
                    quoted(&slug),
                    quoted(&other.slug)
                ),
                "one beginning for all sections",
            ));
        }
        let classic = |kind| kind == SectionKind::Actions;
        let current = !tables.sections.iter().any(|section| {
            classic(section.kind)
                && section
                    .table
                    .as_ref()
                    .is_some_and(|table| table.columns == 6)
        });
        let mut links = Self {
            slug,
            current,
            resource_types: Known::default(),
            condition_keys: Known::default(),
        };
        for section in &tables.sections {
            let (table, is_key) = match (&section.table, section.kind) {
                (Some(table), SectionKind::ResourceTypes) => (table, false),
                (Some(table), SectionKind::ConditionKeys) => (table, true),
                _ => continue,
            };
            for row in table.rows() {
                let cell = row.cell(0);
                let text = cell.text();
                let name = links.name(cell, &text);
                let name = if is_key { without_space(&name) } else { name };
                let id = cell
                    .anchor
                    .as_deref()
                    .map(|id| links.local(id, is_key).to_owned());
                let known = if is_key {
                    &mut links.condition_keys
                } else {
                    &mut links.resource_types
                };
                known.add(id.as_deref(), &name);
            }
        }
        Ok(links)
    }

    /// The action that an id stands for.
    pub(super) fn action<'a>(&self, id: &'a str) -> Option<&'a str> {
        let name = id.strip_prefix(&self.slug)?.strip_prefix('-')?;
        let name = if self.current {
            name.strip_prefix("action-")?
        } else {
            name
        };
        Some(name).filter(|name| !name.is_empty())
    }

    /// The name that a row of resource types or keys is about.
    pub(super) fn name(&self, cell: &Cell, text: &str) -> String {
        let linked = cell.runs.iter().find(|run| run.href.is_some());
        linked.map_or_else(|| text.to_owned(), |run| crate::table::folded(&run.text))
    }

    /// The resource type that a link with this text points to.
    pub(super) fn resource_type(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(&self.resource_types, text, href, false)
    }

    /// The condition key that a link with this text points to.
    pub(super) fn condition_key(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(&self.condition_keys, text, href, true)
    }

    fn resolve(&self, known: &Known, shown: &str, href: Option<&str>, is_key: bool) -> String {
        let target = href.and_then(|href| href.strip_prefix('#'));
        target
            .and_then(|id| known.resolve(self.local(id, is_key), shown))
            .unwrap_or(shown)
            .to_owned()
    }

    /// What is left of an id without the page's name.
    fn local<'a>(&self, id: &'a str, is_key: bool) -> &'a str {
        let id = id.strip_prefix(&self.slug).unwrap_or(id);
        let id = id.strip_prefix('-').unwrap_or(id);
        if is_key {
            id
        } else {
            id.strip_prefix("resource-")
                .filter(|_| self.current)
                .unwrap_or(id)
        }
    }
}

/// What is left of a name in any anchor: ids write `aws:RequestTag/${TagKey}` as
/// `aws_RequestTag___TagKey_`, and `bot alias` as `botalias`.
fn lossy(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
