//! The live reference: addresses of its pages, and fetching them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

use codegen::markup::{Rendition, name_of_file};
use iam_policy::wire::Locale;
use reqwest::Url;

use super::Text;
use super::source::{Found, PageSource, Wanted};
use crate::fetch::{Failure, Fetched, Fetcher, Kind, Request};
use crate::terminal::Progress;

/// The address at which AWS publishes the reference.
pub(crate) const HOST: &str = "https://docs.aws.amazon.com";

/// The folder of the pages, below the host and (except for English) the locale.
const FOLDER: &str = "service-authorization/latest/reference";

const HTML: &[&str] = &["text/html", "application/xhtml+xml"];
const MARKDOWN: &[&str] = &["text/markdown", "text/x-markdown", "text/plain"];

/// Pages from the live reference, or from a mirror of it.
pub(crate) struct HttpSource {
    fetcher: Fetcher,
    /// The pages of a module, by address, that were fetched and not yet approved or refused.
    fetched: RefCell<BTreeMap<String, Fetched>>,
    counts: Cell<Counts>,
}

/// The numbers of pages by the result of their requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// New or changed pages.
    pub(crate) fetched: usize,
    /// Pages that are equal to the cached ones.
    pub(crate) unchanged: usize,
    /// Pages that could not be fetched or read.
    pub(crate) failed: usize,
}

impl HttpSource {
    pub(crate) fn new(fetcher: Fetcher) -> Self {
        Self {
            fetcher,
            fetched: RefCell::default(),
            counts: Cell::default(),
        }
    }

    /// Returns the numbers of pages so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts.get()
    }

    fn address(&self, locale: Locale, page: &str, rendition: Rendition) -> Url {
        let folder = match locale {
            Locale::EnUs => FOLDER.to_owned(),
            _ => format!("{locale}/{FOLDER}"),
        };
        let extension = match rendition {
            Rendition::Markdown => "md",
            Rendition::Html | Rendition::Text => "html",
        };
        let mut url = self.fetcher.base().clone();
        let below = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{below}/{folder}/list_{page}.{extension}"));
        url
    }

    /// Fetches a page under its names, newest first; for each name in HTML, or in Markdown if the
    /// HTML is unreadable.
    async fn page(&self, wanted: &Wanted<'_>, progress: &Progress) -> Result<Text, Failure> {
        let mut missing: Option<Failure> = None;
        for name in &wanted.configured.pages {
            let html = self.rendition(wanted, name, Rendition::Html, true, progress);
            match html.await {
                Err(failure) if failure.kind == Kind::Missing => match &mut missing {
                    None => missing = Some(failure),
                    Some(first) => {
                        let (found, at) = (&failure.error.found, &failure.error.input);
                        first.error.found += &format!(", {found} at {at}");
                    }
                },
                Err(failure) if failure.kind == Kind::Unreadable => {
                    let markdown =
                        self.rendition(wanted, name, Rendition::Markdown, true, progress);
                    return markdown.await.map_err(|other| with_other(failure, &other));
                }
                result => return result,
            }
        }
        let mut failure = missing.unwrap_or_else(|| {
            let (found, expected) = ("a module without page names", "at least one");
            Failure::new(Kind::Final, self.fetcher.base(), found, expected)
        });
        failure.error.hint = Some(
            "`--keep-going` continues without the page; `pages` and `locales` in snapshots/modules.toml list the published pages"
                .to_owned(),
        );
        Err(failure)
    }

    async fn rendition(
        &self,
        wanted: &Wanted<'_>,
        page: &str,
        rendition: Rendition,
        conditional: bool,
        progress: &Progress,
    ) -> Result<Text, Failure> {
        let request = Request {
            url: self.address(wanted.locale, page, rendition),
            accept: match rendition {
                Rendition::Markdown => MARKDOWN,
                Rendition::Html | Rendition::Text => HTML,
            },
            conditional,
        };
        let fetched = self.fetcher.get(&request, progress).await?;
        // a page that was moved has the name at its new address
        let name = page_name(&fetched.url).unwrap_or_else(|| page.to_owned());
        if !wanted.configured.pages.contains(&name) {
            progress.print(&format!(
                "{}: `list_{page}` is now `list_{name}`: put `{name}` first in its `pages` in snapshots/modules.toml",
                wanted.module
            ));
        }
        let text = Text {
            name: fetched.url.to_string(),
            page: name,
            rendition,
            locale: match fetched.url.path() == request.url.path() {
                true => wanted.locale,
                // after a redirect, a page that does not state its language has that of its address
                false => locale_of(&fetched.url),
            },
            text: fetched.text(),
        };
        self.fetched.borrow_mut().insert(text.name.clone(), fetched);
        Ok(text)
    }

    fn is(&self, text: &Text, condition: impl Fn(&Fetched) -> bool) -> bool {
        self.fetched.borrow().get(&text.name).is_some_and(condition)
    }

    fn count(&self, add: impl Fn(&mut Counts)) {
        let mut counts = self.counts.get();
        add(&mut counts);
        self.counts.set(counts);
    }
}

impl PageSource for HttpSource {
    fn texts(&self, wanted: &[Wanted<'_>], from: usize, all: usize) -> anyhow::Result<Vec<Found>> {
        self.fetched.borrow_mut().clear();
        let progress = Progress::of(from, all);
        let results = self.fetcher.all(wanted, async |wanted| {
            let result = self.page(wanted, &progress).await;
            progress.step(&format!("{} {}", wanted.module, wanted.locale));
            result
        });
        drop(progress);
        let unreachable = |result: &Result<Text, Failure>| matches!(result, Err(failure) if failure.kind == Kind::Unreachable);
        if let Some(Err(failure)) = results.first()
            && !self.fetcher.was_reached()
            && results.iter().all(unreachable)
        {
            return Err((*failure.error.clone()).into());
        }
        Ok(results
            .into_iter()
            .map(|result| {
                self.count(|counts| match &result {
                    Ok(text) if self.is(text, |fetched| fetched.unchanged) => counts.unchanged += 1,
                    Ok(_) => counts.fetched += 1,
                    Err(_) => counts.failed += 1,
                });
                result.map(Some).map_err(|failure| (*failure.error).into())
            })
            .collect())
    }

    fn other(&self, wanted: &Wanted<'_>, unreadable: &Text) -> Found {
        let progress = Progress::of(0, 1);
        let again = |rendition, conditional| {
            let page = &unreadable.page;
            let work = [self.rendition(wanted, page, rendition, conditional, &progress)];
            let mut results = self.fetcher.all(work, |work| work);
            results
                .pop()
                .transpose()
                .map_err(|failure| (*failure.error).into())
        };
        if self.is(unreadable, |fetched| fetched.cached) {
            // another version of the reader accepted the cached text
            return again(unreadable.rendition, false);
        }
        match unreadable.rendition {
            Rendition::Html => again(Rendition::Markdown, true),
            Rendition::Markdown | Rendition::Text => Ok(None),
        }
    }

    fn approve(&self, text: &Text) {
        let fetched = self.fetched.borrow();
        if let Some(fetched) = fetched.get(&text.name).filter(|it| !it.cached) {
            self.fetcher.keep(fetched);
        }
    }

    fn refuse(&self, text: &Text) {
        let unchanged = self.is(text, |fetched| fetched.unchanged);
        self.count(|counts| {
            let counted = match unchanged && counts.unchanged > 0 {
                true => &mut counts.unchanged,
                false => &mut counts.fetched,
            };
            *counted = counted.saturating_sub(1);
            counts.failed += 1;
        });
    }
}

/// Adds the failure of the page's other rendition to a failure, as its hint.
fn with_other(mut failure: Failure, other: &Failure) -> Failure {
    let hint = format!("its other rendition cannot be used either: {other}");
    failure.error.hint.get_or_insert(hint);
    failure
}

/// Returns the language of an address: `ja_jp` for `…/ja_jp/service-authorization/…`.
fn locale_of(url: &Url) -> Locale {
    let mut parts = url.path_segments().into_iter().flatten();
    parts.find_map(|part| part.parse().ok()).unwrap_or_default()
}

/// Returns the page name of an address: `bedrock` for `…/list_bedrock.html`.
fn page_name(url: &Url) -> Option<String> {
    let file = url.path_segments()?.next_back()?;
    let stem = Path::new(file).file_stem()?.to_str()?;
    let named = stem.starts_with("list_") && stem.len() > "list_".len();
    named.then(|| name_of_file(stem).0.to_owned())
}
