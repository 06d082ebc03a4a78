//! What the links and ids of a page point to.
//!
//! Machine translation touches the text of links but not where they lead, so where text and anchor
//! disagree the anchor is right. The anchors of actions are exact; those of resource types and
//! keys are lossy (`aws_TagKeys`) and are resolved through the tables: the English page's, if there
//! is one, and the page's own.

use std::collections::BTreeMap;

use iam_policy::wire::Locale;

use crate::error::{Error, Result, quoted};
use crate::tables::layout::{Anchored, Column, Ids, SectionKind, letters};
use crate::tables::{Cell, Tables, folded, without_space};

/// The anchors of one page.
pub(crate) struct Links {
    ids: Ids,
    /// The prefix of the page's actions.
    prefix: String,
    /// Whether texts can be relied on: a machine may have translated those of other pages.
    in_english: bool,
    /// Those of the English page that a localized one is read beside.
    english: Option<Box<Links>>,
    resource_types: Known,
    condition_keys: Known,
    /// Resource types by their ARNs.
    by_arn: BTreeMap<String, String>,
}

/// The names of one table by their anchors. Several names may share one, for anchors are lossy.
#[derive(Default)]
struct Known {
    exact: BTreeMap<String, Vec<String>>,
    lossy: BTreeMap<String, Vec<String>>,
}

impl Known {
    fn add(&mut self, id: Option<&str>, name: &str) {
        let exact = id.map(|id| self.exact.entry(id.to_owned()).or_default());
        let own = self.lossy.entry(letters(name)).or_default();
        for names in exact.into_iter().chain([own]) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        if let Some(id) = id.filter(|id| letters(id) != letters(name)) {
            self.lossy
                .entry(letters(id))
                .or_default()
                .push(name.to_owned());
        }
    }

    /// The name at an anchor; where several share it, the one that the link shows.
    fn resolve(&self, id: &str, shown: &str) -> Option<&str> {
        if let Some(names) = self.exact.get(id) {
            return one_of(names, shown);
        }
        // the text agrees with the anchor, so it is a name that the table lacks
        if agree(id, shown) && !self.exact.is_empty() {
            return None;
        }
        one_of(self.lossy.get(&letters(id))?, shown)
    }
}

fn one_of<'a>(names: &'a [String], shown: &str) -> Option<&'a str> {
    match names {
        [name] => Some(name),
        names => names.iter().map(String::as_str).find(|name| *name == shown),
    }
}

impl Links {
    pub(crate) fn new(tables: &Tables, english: Option<&Tables>) -> Result<Self> {
        let english = english.filter(|english| !std::ptr::eq(*english, tables));
        let mut links = Self {
            ids: Ids::of(tables)?,
            prefix: tables.prefix.clone(),
            in_english: tables.locale == Locale::EnUs,
            english: english
                .map(|english| Self::new(english, None))
                .transpose()?
                .map(Box::new),
            resource_types: Known::default(),
            condition_keys: Known::default(),
            by_arn: BTreeMap::new(),
        };
        for row in rows(tables, SectionKind::ResourceTypes) {
            let name = links.resource_type_of_row(row.cell(Column::Name), row.cell(Column::Arn));
            let id = row
                .cell(Column::Name)
                .anchor
                .as_deref()
                .map(|id| links.ids.local(id, Anchored::ResourceType));
            links.resource_types.add(id, &name);
            links
                .by_arn
                .insert(without_space(&row.cell(Column::Arn).text()), name);
        }
        for row in rows(tables, SectionKind::ConditionKeys) {
            let name = links.key_of_row(row.cell(Column::Name));
            let id = row
                .cell(Column::Name)
                .anchor
                .as_deref()
                .map(|id| links.ids.local(id, Anchored::ConditionKey));
            links.condition_keys.add(id, &name);
        }
        Ok(links)
    }

    /// The page's own action that an id stands for, where the text beside it is `shown`.
    ///
    /// # Errors
    /// An English text with another service's prefix, such as `iam:PassRole`: which of the two is
    /// wrong can't be known.
    pub(crate) fn own_action<'a>(
        &self,
        id: Option<&'a str>,
        shown: &str,
    ) -> Result<Option<&'a str>> {
        let Some(name) = id.and_then(|id| self.ids.action(id)) else {
            return Ok(None);
        };
        match shown.split_once(':') {
            Some((prefix, _)) if self.in_english && !prefix.eq_ignore_ascii_case(&self.prefix) => {
                Err(Error::new(
                    format!(
                        "{} at the anchor of {}",
                        quoted(shown),
                        quoted(&format!("{}:{name}", self.prefix))
                    ),
                    "a text and an anchor with the same prefix",
                ))
            }
            _ => Ok(Some(name)),
        }
    }

    /// The resource type that a row of their table is about: by the English page's row at the same
    /// anchor, else as the row says it.
    pub(crate) fn resource_type_of_row(&self, cell: &Cell, arn: &Cell) -> String {
        let shown = shown(cell);
        let id = cell
            .anchor
            .as_deref()
            .map(|id| self.ids.local(id, Anchored::ResourceType));
        if let Some(english) = &self.english {
            let known = &english.resource_types;
            let by_arn = || {
                english
                    .by_arn
                    .get(&without_space(&arn.text()))
                    .map(String::as_str)
            };
            let name = match id {
                Some(id) => known.resolve(id, &shown),
                None if known.lossy.contains_key(&letters(&shown)) => None,
                // Markdown has no anchor there; the ARN is not translated
                None => by_arn(),
            };
            if let Some(name) = name {
                return name.to_owned();
            }
        }
        match id {
            // a translated name: its anchor is not
            Some(id) if !id.is_empty() && !agree(id, &shown) && !shown.is_ascii() => id.to_owned(),
            _ => shown,
        }
    }

    /// The condition key that a row of their table is about, likewise.
    pub(crate) fn key_of_row(&self, cell: &Cell) -> String {
        let shown = without_space(&shown(cell));
        let id = cell
            .anchor
            .as_deref()
            .map(|id| self.ids.local(id, Anchored::ConditionKey));
        let english = self.english.as_ref().map(|english| &english.condition_keys);
        let name = id
            .and_then(|id| english?.resolve(id, &shown))
            .map(str::to_owned);
        name.unwrap_or(shown)
    }

    /// The resource type that a link with this text points to.
    pub(crate) fn resource_type(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(
            |links| &links.resource_types,
            text,
            href,
            Anchored::ResourceType,
        )
    }

    /// The condition key that a link with this text points to.
    pub(crate) fn condition_key(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(
            |links| &links.condition_keys,
            text,
            href,
            Anchored::ConditionKey,
        )
    }

    fn resolve(
        &self,
        known: impl Fn(&Self) -> &Known,
        shown: &str,
        href: Option<&str>,
        thing: Anchored,
    ) -> String {
        let id = href
            .and_then(|href| href.strip_prefix('#'))
            .map(|id| self.ids.local(id, thing));
        let english = self.english.as_deref();
        let name = id.and_then(|id| {
            let name = english.and_then(|english| known(english).resolve(id, shown));
            name.or_else(|| known(self).resolve(id, shown))
        });
        name.unwrap_or(shown).to_owned()
    }
}

/// Whether a text and an anchor can be the same name: anchors lose signs, not letters.
fn agree(id: &str, shown: &str) -> bool {
    letters(id) == letters(shown)
}

/// The name that a row shows.
fn shown(cell: &Cell) -> String {
    let linked = cell.runs.iter().find(|run| run.href.is_some());
    linked.map_or_else(|| cell.text(), |run| folded(&run.text))
}

fn rows(tables: &Tables, kind: SectionKind) -> impl Iterator<Item = crate::tables::Row<'_>> {
    let sections = tables
        .sections
        .iter()
        .filter(move |section| section.kind == kind);
    sections
        .filter_map(|section| section.table.as_ref())
        .flat_map(|table| table.rows())
}
