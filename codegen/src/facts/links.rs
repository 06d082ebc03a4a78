//! What the links and ids of a page point to.
//!
//! Machine translation touches the text of links but not where they lead, so where text and anchor
//! disagree the anchor is right. The anchors of actions are exact; those of resource types and
//! keys are lossy (`aws_TagKeys`) and are resolved through the tables: the English page's, if there
//! is one, and the page's own.

use std::collections::BTreeMap;

use crate::error::{Error, Result, quoted};
use crate::source::Layout;
use crate::table::{Cell, SectionKind, Tables, folded, without_space};

/// The anchors of one page.
pub(crate) struct Links {
    ids: Ids,
    resource_types: Known,
    condition_keys: Known,
    /// Resource types by their ARNs, on the English page.
    by_arn: BTreeMap<String, String>,
}

/// How a page's ids are made up.
struct Ids {
    slug: String,
    layout: Layout,
}

impl Ids {
    fn of(tables: &Tables) -> Result<Self> {
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
        Ok(Self {
            slug,
            layout: Layout::of(tables),
        })
    }

    /// What is left of an id without the page's name and the kind of thing.
    fn local<'a>(&self, id: &'a str, kind: &str) -> &'a str {
        let id = id.strip_prefix(&self.slug).unwrap_or(id);
        let id = id.strip_prefix('-').unwrap_or(id);
        let current = self.layout == Layout::Current;
        if current {
            id.strip_prefix(kind).unwrap_or(id)
        } else {
            id
        }
    }
}

const RESOURCE: &str = "resource-";
const KEY: &str = "";

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
    pub(crate) fn new(tables: &Tables, english: Option<&Tables>) -> Result<Self> {
        let mut links = Self {
            ids: Ids::of(tables)?,
            resource_types: Known::default(),
            condition_keys: Known::default(),
            by_arn: BTreeMap::new(),
        };
        if let Some(english) = english.filter(|english| !std::ptr::eq(*english, tables)) {
            let of_english = Self::new(english, None)?;
            links.resource_types = of_english.resource_types;
            links.condition_keys = of_english.condition_keys;
            for row in rows(english, SectionKind::ResourceTypes) {
                let name = shown(row.cell(0));
                links
                    .by_arn
                    .insert(without_space(&row.cell(1).text()), name);
            }
        }
        for row in rows(tables, SectionKind::ResourceTypes) {
            let name = links.resource_type_of_row(row.cell(0), row.cell(1));
            let id = row
                .cell(0)
                .anchor
                .as_deref()
                .map(|id| links.ids.local(id, RESOURCE));
            links.resource_types.add(id, &name);
        }
        for row in rows(tables, SectionKind::ConditionKeys) {
            let name = links.key_of_row(row.cell(0));
            let id = row
                .cell(0)
                .anchor
                .as_deref()
                .map(|id| links.ids.local(id, KEY));
            links.condition_keys.add(id, &name);
        }
        Ok(links)
    }

    /// The action that an id stands for.
    pub(crate) fn action<'a>(&self, id: &'a str) -> Option<&'a str> {
        let name = id.strip_prefix(&self.ids.slug)?.strip_prefix('-')?;
        let current = self.ids.layout == Layout::Current;
        let name = if current {
            name.strip_prefix("action-")?
        } else {
            name
        };
        Some(name).filter(|name| !name.is_empty())
    }

    /// The resource type that a row of their table is about.
    pub(crate) fn resource_type_of_row(&self, cell: &Cell, arn: &Cell) -> String {
        let shown = shown(cell);
        if let Some(id) = cell
            .anchor
            .as_deref()
            .map(|id| self.ids.local(id, RESOURCE))
        {
            if let Some(name) = self.resource_types.resolve(id, &shown) {
                return name.to_owned();
            }
            // a translated name: its anchor is not
            if !id.is_empty() && lossy(id) != lossy(&shown) && !shown.is_ascii() {
                return id.to_owned();
            }
        } else if !self.by_arn.is_empty() && !self.resource_types.lossy.contains_key(&lossy(&shown))
        {
            // Markdown has no anchor there; the ARN is not translated
            if let Some(name) = self.by_arn.get(&without_space(&arn.text())) {
                return name.clone();
            }
        }
        shown
    }

    /// The condition key that a row of their table is about.
    pub(crate) fn key_of_row(&self, cell: &Cell) -> String {
        let shown = without_space(&shown(cell));
        let id = cell.anchor.as_deref().map(|id| self.ids.local(id, KEY));
        id.and_then(|id| self.condition_keys.resolve(id, &shown))
            .map_or(shown.clone(), str::to_owned)
    }

    /// The resource type that a link with this text points to.
    pub(crate) fn resource_type(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(&self.resource_types, text, href, RESOURCE)
    }

    /// The condition key that a link with this text points to.
    pub(crate) fn condition_key(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(&self.condition_keys, text, href, KEY)
    }

    fn resolve(&self, known: &Known, shown: &str, href: Option<&str>, kind: &str) -> String {
        let target = href.and_then(|href| href.strip_prefix('#'));
        target
            .and_then(|id| known.resolve(self.ids.local(id, kind), shown))
            .unwrap_or(shown)
            .to_owned()
    }
}

/// The name that a row shows.
fn shown(cell: &Cell) -> String {
    let linked = cell.runs.iter().find(|run| run.href.is_some());
    linked.map_or_else(|| cell.text(), |run| folded(&run.text))
}

fn rows(tables: &Tables, kind: SectionKind) -> impl Iterator<Item = crate::table::Row<'_>> {
    let sections = tables
        .sections
        .iter()
        .filter(move |section| section.kind == kind);
    sections
        .filter_map(|section| section.table.as_ref())
        .flat_map(|table| table.rows())
}

/// What is left of a name in any anchor: ids write `aws:RequestTag/${TagKey}` as
/// `aws_RequestTag___TagKey_`, and `bot alias` as `botalias`.
fn lossy(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
