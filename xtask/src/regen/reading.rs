//! Reading of the configured modules' pages into new snapshots.

use std::collections::BTreeMap;
use std::sync::Mutex;

use codegen::error::quoted;
use codegen::page::Page;
use codegen::refresh::{self, Drift, Guard, Localized};
use iam_policy::Layout;
use iam_policy::wire::{self, Locale, Service};
use rayon::prelude::*;

use super::Regen;
use crate::pages::{self, Text};
use crate::pages::{Found, PageSource, Wanted};
use crate::snapshots::Snapshot;
use crate::snapshots::modules::{Module, Modules};
use crate::terminal::{self, report};

/// The result of reading the pages of all modules.
#[derive(Default)]
pub(crate) struct Reading {
    /// The snapshots of the modules whose pages were read.
    pub(crate) snapshots: BTreeMap<String, Snapshot>,
    /// The localized pages that were read, each with its differences from the English page.
    pub(crate) locales: Vec<(String, Locale, Drift)>,
    /// The modules, or pages of a module in a language, that failed.
    pub(crate) failed: Vec<String>,
    /// The modules without a page.
    pub(crate) without: Vec<String>,
}

/// Reads the pages of all modules. A module with a page that fails is left out; with `--keep-going`,
/// only the failed localized pages are.
pub(crate) fn read(
    source: &dyn PageSource,
    modules: &Modules,
    committed: &BTreeMap<String, Snapshot>,
    arguments: &Regen,
) -> anyhow::Result<Reading> {
    let selected = |name: &str| {
        arguments.module.is_empty() || arguments.module.iter().any(|module| module == name)
    };
    let modules: Vec<_> = modules.iter().filter(|(name, _)| selected(name)).collect();
    let wanted: Vec<_> = modules
        .into_iter()
        .map(|(module, configured)| wanted(module, configured, &arguments.locale))
        .collect();
    let all = wanted.iter().map(Vec::len).sum();
    let mut from = 0;
    let mut reading = Reading::default();
    // module by module, so that the texts of only one module are in memory
    for wanted in &wanted {
        let mut found = wanted.iter().zip(source.texts(wanted, from, all)?);
        from += wanted.len();
        if let Some((first, english)) = found.next() {
            let work = Work {
                source,
                committed: committed.get(first.module),
                arguments,
            };
            work.module(first, english, found.collect(), &mut reading);
        }
    }
    Ok(reading)
}

/// Returns the pages of a module to read, the English one first.
fn wanted<'a>(module: &'a str, configured: &'a Module, only: &[Locale]) -> Vec<Wanted<'a>> {
    let locales = Locale::ALL.into_iter().filter(|locale| {
        let selected = only.is_empty() || only.contains(locale);
        *locale == Locale::EnUs || selected && configured.locales.contains(locale)
    });
    let wanted = locales.map(|locale| Wanted {
        module,
        configured,
        locale,
    });
    wanted.collect()
}

/// The context in which the pages of one module are read.
struct Work<'a> {
    source: &'a dyn PageSource,
    committed: Option<&'a Snapshot>,
    arguments: &'a Regen,
}

impl Work<'_> {
    fn module(
        &self,
        wanted: &Wanted<'_>,
        english: Found,
        localized: Vec<(&Wanted<'_>, Found)>,
        reading: &mut Reading,
    ) {
        let name = wanted.module;
        let (text, english) = match self.english(wanted, english) {
            Ok(Some(english)) => english,
            Ok(None) => {
                reading.without.push(name.to_owned());
                return;
            }
            Err(error) => {
                report(&error);
                return self.fails(name, reading);
            }
        };
        let service = wire::normal_form(&english.facts);
        let localized = self.localized(&english, localized);
        if let Err(error) = self.guard(&service, english.source.layout, &localized) {
            report(&error.of(&text.name).into());
            self.source.refuse(&text);
            return self.fails(name, reading);
        }
        pages::warn(&text.name, &english);
        self.source.approve(&text);
        let mut locales = self
            .committed
            .map(|committed| committed.locales.clone())
            .unwrap_or_default();
        let mut failed = Vec::new();
        let mut drifts = Vec::new();
        for (wanted, page) in localized {
            match page {
                Ok(None) => {}
                Ok(Some(Translation {
                    text,
                    page,
                    service: translated,
                })) => {
                    if !self.knows_labels(wanted.locale, &page) {
                        pages::warn(&text.name, &page);
                    }
                    self.source.approve(&text);
                    let drift = refresh::drift(&service, &translated);
                    drifts.push((name.to_owned(), wanted.locale, drift.clone()));
                    let labels = page.labels;
                    locales.insert(wanted.locale, Localized { labels, drift });
                }
                Err(error) => {
                    report(&error);
                    failed.push(wanted.locale);
                }
            }
        }
        if !failed.is_empty() && !self.arguments.keep_going {
            return self.fails(name, reading);
        }
        for locale in failed {
            eprintln!("{name} {locale}: its snapshot is kept");
            reading.failed.push(format!("{name} {locale}"));
        }
        reading.locales.extend(drifts);
        let snapshot = Snapshot {
            service,
            source: english.source,
            locales,
            removed: self
                .committed
                .map(|committed| committed.removed.clone())
                .unwrap_or_default(),
            names: self
                .committed
                .map(|committed| committed.names.clone())
                .unwrap_or_default(),
        };
        reading.snapshots.insert(name.to_owned(), snapshot);
    }

    /// Records the failure of a module.
    fn fails(&self, name: &str, reading: &mut Reading) {
        match self.committed {
            Some(_) => eprintln!("{name}: its snapshot is kept"),
            None => eprintln!("{name}: no snapshot is written"),
        }
        reading.failed.push(name.to_owned());
    }

    /// Reads the English page.
    fn english(&self, wanted: &Wanted<'_>, found: Found) -> anyhow::Result<Option<(Text, Page)>> {
        let Some(text) = found? else { return Ok(None) };
        let first = read_text(&text, wanted, None);
        self.readable(wanted, text, first, None).map(Some)
    }

    /// Returns an error if a page differs suspiciously from the committed snapshot.
    fn guard(
        &self,
        service: &Service,
        layout: Layout,
        localized: &[(&Wanted<'_>, anyhow::Result<Option<Translation>>)],
    ) -> codegen::Result<()> {
        let Some(committed) = self.committed else {
            return Ok(());
        };
        let translations: Vec<_> = localized
            .iter()
            .filter_map(|(wanted, page)| {
                let page = page.as_ref().ok()?.as_ref()?;
                Some((wanted.locale, &page.service))
            })
            .collect();
        Guard::new(&committed.service, committed.source.layout, service, layout)
            .check(&self.arguments.accepted(), &translations)
    }

    /// Reads the localized pages of a module, using its English page to interpret their labels.
    fn localized<'a>(
        &self,
        english: &Page,
        found: Vec<(&'a Wanted<'a>, Found)>,
    ) -> Vec<(&'a Wanted<'a>, anyhow::Result<Option<Translation>>)> {
        type First<'a> = (
            &'a Wanted<'a>,
            anyhow::Result<Option<(Text, anyhow::Result<Page>)>>,
        );
        let firsts: Vec<First<'a>> = found
            .into_par_iter()
            .map(|(wanted, found)| {
                let read = |text: Text| {
                    let page = read_text(&text, wanted, Some(english));
                    (text, page)
                };
                (wanted, found.map(|text| text.map(read)))
            })
            .collect();
        let settle = |(wanted, first): First<'a>| {
            let page = first.and_then(|first| {
                let Some((text, first)) = first else {
                    return Ok(None);
                };
                let (text, page) = self.readable(wanted, text, first, Some(english))?;
                let service = wire::normal_form(&page.facts);
                Ok(Some(Translation {
                    text,
                    page,
                    service,
                }))
            });
            (wanted, page)
        };
        firsts.into_iter().map(settle).collect()
    }

    /// Returns whether the committed snapshot has the same labels as a page. Doubts about these labels
    /// were reported when they were first read.
    fn knows_labels(&self, locale: Locale, page: &Page) -> bool {
        let known = self.committed.and_then(|it| it.locales.get(&locale));
        known.is_some_and(|known| known.labels == page.labels)
    }

    /// Returns the page, read from its next best rendition if the first cannot be read.
    ///
    /// # Errors
    /// Returns the error of the first rendition if no rendition can be read.
    fn readable(
        &self,
        wanted: &Wanted<'_>,
        mut text: Text,
        first: anyhow::Result<Page>,
        english: Option<&Page>,
    ) -> anyhow::Result<(Text, Page)> {
        let mut result = first;
        let mut first_error = None;
        loop {
            let error = match result {
                Ok(page) => return Ok((text, page)),
                Err(error) => first_error.get_or_insert(error),
            };
            match self.source.other(wanted, &text) {
                Ok(Some(other)) => {
                    terminal::message(&format!("{error:#}; trying {}", other.name));
                    text = other;
                }
                _ => {
                    self.source.refuse(&text);
                    break;
                }
            }
            result = read_text(&text, wanted, english);
        }
        Err(first_error.unwrap_or_else(|| anyhow::anyhow!("{}: cannot be read", text.name)))
    }
}

/// A localized page that was read.
struct Translation {
    text: Text,
    page: Page,
    /// Its facts in normal form.
    service: Service,
}

/// The length above which texts are read one at a time, because reading takes many times their
/// length in memory.
const LONG: usize = 512 << 10;

/// A lock that is held while a long text is read.
static READING: Mutex<()> = Mutex::new(());

/// Reads a text as a page.
///
/// # Errors
/// Returns an error if the page is not in the requested language (a page without a translation is
/// served in English) or does not have the configured prefix of its module.
fn read_text(text: &Text, wanted: &Wanted<'_>, english: Option<&Page>) -> anyhow::Result<Page> {
    let alone = (text.text.len() > LONG).then(|| READING.lock());
    let page = text.read(english)?;
    drop(alone);
    if page.facts.locale != wanted.locale {
        let error = codegen::Error::new(
            format!("a page in `{}`", page.facts.locale),
            format!("one in `{}`", wanted.locale),
        )
        .of(&text.name)
        .hint(
            "`locales` in snapshots/modules.toml lists the languages in which a page is published",
        );
        return Err(error.into());
    }
    if page.facts.prefix != wanted.configured.prefix {
        let error = codegen::Error::new(
            format!("the prefix {}", quoted(&page.facts.prefix)),
            format!(
                "the prefix of the module `{}`, {}",
                wanted.module,
                quoted(&wanted.configured.prefix)
            ),
        )
        .of(&text.name)
        .hint("is this a page of another service, or is `prefix` in snapshots/modules.toml wrong?");
        return Err(error.into());
    }
    Ok(page)
}
