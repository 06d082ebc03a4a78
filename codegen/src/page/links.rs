//! Resolution of a page's links and ids to names.
//!
//! Machine translation changes the text of links but not their targets, so the anchor is right if
//! text and anchor disagree. The anchors of actions are exact; those of resource types and condition
//! keys are lossy (`aws_TagKeys`) and are resolved through the tables of the English page, if given,
//! and of the page itself.

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
    /// Whether texts are reliable; those of localized pages are machine-translated.
    in_english: bool,
    /// The anchors of the English page that a localized page is aligned with.
    english: Option<Box<Links>>,
    resource_types: NamesByAnchor,
    condition_keys: NamesByAnchor,
    /// Resource types by their ARNs.
    by_arn: BTreeMap<String, String>,
}

/// The names of one table by their anchors. Anchors are lossy, so several names may share one.
#[derive(Default)]
struct NamesByAnchor {
    exact: BTreeMap<String, Vec<String>>,
    lossy: BTreeMap<String, Vec<String>>,
}

impl NamesByAnchor {
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

    /// Returns the name at an anchor; if several share it, the one that the link shows.
    fn resolve(&self, id: &str, shown: &str) -> Option<&str> {
        if let Some(names) = self.exact.get(id) {
            return one_of(names, shown);
        }
        // the text agrees with the anchor, so it is the name of something without a row
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
            resource_types: NamesByAnchor::default(),
            condition_keys: NamesByAnchor::default(),
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

    /// Returns the page's action that an id identifies, if the text next to it is `shown`.
    ///
    /// # Errors
    /// Returns [`Error`] if an English text has another service's prefix, such as `iam:PassRole`; either
    /// of the two may be wrong.
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
                        "the text {} at the anchor of {}",
                        quoted(shown),
                        quoted(&format!("{}:{name}", self.prefix))
                    ),
                    "a text and an anchor with the same prefix",
                ))
            }
            _ => Ok(Some(name)),
        }
    }

    /// Returns the resource type of a row: the name in the English page's row with the same anchor,
    /// otherwise the name in this row.
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
                // in Markdown, resource types have no anchors; ARNs are not translated
                None => by_arn(),
            };
            if let Some(name) = name {
                return name.to_owned();
            }
        }
        match id {
            // the name is translated, its anchor is not
            Some(id) if !id.is_empty() && !agree(id, &shown) && !shown.is_ascii() => id.to_owned(),
            _ => shown,
        }
    }

    /// Returns the condition key of a row, from the same sources as
    /// [`resource_type_of_row`](Self::resource_type_of_row).
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

    /// Returns the resource type that a link with this text points to.
    pub(crate) fn resource_type(&self, text: &str, href: Option<&str>) -> String {
        self.resolve(
            |links| &links.resource_types,
            text,
            href,
            Anchored::ResourceType,
        )
    }

    /// Returns the condition key that a link with this text points to.
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
        known: impl Fn(&Self) -> &NamesByAnchor,
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

/// Returns whether a text and an anchor can be the same name: anchors lose punctuation, not letters.
fn agree(id: &str, shown: &str) -> bool {
    letters(id) == letters(shown)
}

/// Returns the name that a cell shows.
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
