//! From the pages of configured modules to new snapshots.

use std::collections::BTreeMap;
use std::sync::Mutex;

use codegen::error::quoted;
use codegen::page::Page;
use codegen::refresh::{self, Drift, Localized};
use iam_policy::wire::{self, Locale, Service};
use rayon::prelude::*;

use super::Regen;
use crate::pages::{self, Text};
use crate::pages::{Found, PageSource, Wanted};
use crate::snapshots::Snapshot;
use crate::snapshots::modules::{Module, Modules};
use crate::terminal::report;

/// What was read.
#[derive(Default)]
pub(crate) struct Reading {
    /// The snapshots of the modules whose pages were read.
    pub(crate) snapshots: BTreeMap<String, Snapshot>,
    /// The localized pages among them, and how far each is from the English one.
    pub(crate) locales: Vec<(String, Locale, Drift)>,
    /// What failed: a module, or a module's page in a language.
    pub(crate) failed: Vec<String>,
    /// The modules without a page.
    pub(crate) without: Vec<String>,
}

/// Reads the pages of all modules; one that fails is left out, as a whole unless `--keep-going`.
pub(crate) fn read(
    source: &dyn PageSource,
    modules: &Modules,
    committed: &BTreeMap<String, Snapshot>,
    arguments: &Regen,
) -> anyhow::Result<Reading> {
    let asked = |name: &str| {
        arguments.module.is_empty() || arguments.module.iter().any(|module| module == name)
    };
    let modules: Vec<_> = modules.iter().filter(|(name, _)| asked(name)).collect();
    let wanted: Vec<_> = modules
        .into_iter()
        .map(|(module, configured)| wanted(module, configured, &arguments.locale))
        .collect();
    let all = wanted.iter().map(Vec::len).sum();
    let mut from = 0;
    let mut reading = Reading::default();
    // module by module: the texts of one are held at once, and no more
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

/// The pages to ask for: the English one first.
fn wanted<'a>(module: &'a str, configured: &'a Module, only: &[Locale]) -> Vec<Wanted<'a>> {
    let locales = Locale::ALL.into_iter().filter(|locale| {
        let asked = only.is_empty() || only.contains(locale);
        *locale == Locale::EnUs || asked && configured.locales.contains(locale)
    });
    let wanted = locales.map(|locale| Wanted {
        module,
        configured,
        locale,
    });
    wanted.collect()
}

/// What the pages of one module are read with.
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
        let (english, service) = match self.english(wanted, english) {
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
        let mut locales = self
            .committed
            .map(|committed| committed.locales.clone())
            .unwrap_or_default();
        let mut failed = Vec::new();
        let mut drifts = Vec::new();
        for (wanted, page) in self.localized(&english, localized) {
            match page {
                Ok(None) => {}
                Ok(Some(page)) => {
                    let drift = refresh::drift(&service, &wire::normal_form(&page.facts));
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
            eprintln!("{name} {locale}: what is known of it stays");
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
        };
        reading.snapshots.insert(name.to_owned(), snapshot);
    }

    /// Leaves a module out.
    fn fails(&self, name: &str, reading: &mut Reading) {
        match self.committed {
            Some(_) => eprintln!("{name}: its snapshot stays"),
            None => eprintln!("{name}: it has no snapshot yet, and gets none"),
        }
        reading.failed.push(name.to_owned());
    }

    /// The English page and its facts in normal form.
    fn english(
        &self,
        wanted: &Wanted<'_>,
        found: Found,
    ) -> anyhow::Result<Option<(Page, Service)>> {
        let Some(text) = found? else { return Ok(None) };
        let first = read_text(&text, wanted, None);
        let (text, page) = self.readable(wanted, text, first, None)?;
        pages::warn(&text.name, &page);
        let service = wire::normal_form(&page.facts);
        if let Err(error) = self.guard(&text, &service) {
            self.source.refuse(&text);
            return Err(error);
        }
        self.source.approve(&text);
        Ok(Some((page, service)))
    }

    /// Refuses a page that lost too much.
    fn guard(&self, text: &Text, service: &Service) -> anyhow::Result<()> {
        if let Some(committed) = self.committed.filter(|_| !self.arguments.accept_removals) {
            let losses = refresh::losses(&committed.service, service);
            if !losses.is_empty() {
                let lost = format!("a page that lost {}", losses.join(" and "));
                let error = codegen::Error::new(lost, "most of what the committed snapshot has")
                    .of(&text.name)
                    .hint("if the reference dropped them, say `--accept-removals`");
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Reads the localized pages of a module beside its English one.
    fn localized<'a>(
        &self,
        english: &Page,
        found: Vec<(&'a Wanted<'a>, Found)>,
    ) -> Vec<(&'a Wanted<'a>, anyhow::Result<Option<Page>>)> {
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
                if !self.knows_labels(wanted.locale, &page) {
                    pages::warn(&text.name, &page);
                }
                self.source.approve(&text);
                Ok(Some(page))
            });
            (wanted, page)
        };
        firsts.into_iter().map(settle).collect()
    }

    /// Whether the committed snapshot takes a page's labels for the same, in doubt or not: then their
    /// doubts were told when they came.
    fn knows_labels(&self, locale: Locale, page: &Page) -> bool {
        let known = self.committed.and_then(|it| it.locales.get(&locale));
        known.is_some_and(|known| known.labels == page.labels)
    }

    /// The page, from its next best rendition where the first could not be read; where none can, the
    /// first one's error.
    fn readable(
        &self,
        wanted: &Wanted<'_>,
        mut text: Text,
        first: anyhow::Result<Page>,
        english: Option<&Page>,
    ) -> anyhow::Result<(Text, Page)> {
        let mut result = first;
        let mut why = None;
        loop {
            let error = match result {
                Ok(page) => return Ok((text, page)),
                Err(error) => why.get_or_insert(error),
            };
            match self.source.other(wanted, &text) {
                Ok(Some(other)) => {
                    eprintln!("{error:#}; trying {}", other.name);
                    text = other;
                }
                _ => {
                    self.source.refuse(&text);
                    break;
                }
            }
            result = read_text(&text, wanted, english);
        }
        Err(why.unwrap_or_else(|| anyhow::anyhow!("{}: cannot be read", text.name)))
    }
}

/// A text that is longer is read alone: what reading it takes is many times its length.
const LONG: usize = 512 << 10;

/// Held while a long text is read.
static READING: Mutex<()> = Mutex::new(());

/// Reads a text, which must be in the language it was asked for in (an untranslated page is served in
/// English) and have the prefix that its module is configured with.
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
        .hint("`locales` in snapshots/modules.toml says which languages a page is published in");
        return Err(error.into());
    }
    if page.facts.prefix != wanted.configured.prefix {
        let error = codegen::Error::new(
            format!("the prefix {}", quoted(&page.facts.prefix)),
            format!(
                "that of the module `{}`, {}",
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
