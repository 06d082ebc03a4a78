//! Fetching by HTTP, politely and within limits: a few requests at a time, tried again where that may
//! help, conditional where an earlier answer is in the cache.

mod answer;
mod cache;
mod failure;
mod retry;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use backon::{ExponentialBuilder, Retryable as _};
use clap::Args;
use futures_util::{StreamExt as _, stream};
use reqwest::header::{ACCEPT, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::{Client, Url, redirect};

use crate::terminal::Progress;
use cache::{Cache, Entry};
pub(crate) use failure::{Failure, Kind};
use retry::RetryPolicy;

/// How many requests are under way at once.
const AT_ONCE: usize = 6;

/// Who asks, for the server's log.
const USER_AGENT: &str = concat!(
    "bedrock-iam-xtask/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// How requests are made.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Keep fetched pages in this folder instead of the user's cache folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// For how many seconds a server may stay silent.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
    /// How often a request that failed in passing is made again.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=10))]
    pub(crate) retries: u8,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Where it is.
    pub(crate) url: Url,
    /// The media types that are expected, the best first.
    pub(crate) accept: &'static [&'static str],
    /// Whether an answer from the cache will do, if it is still what the server has.
    pub(crate) conditional: bool,
}

/// An answer that holds what was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    /// Where it was found in the end.
    pub(crate) url: Url,
    /// Whether it says what the cache had.
    pub(crate) unchanged: bool,
    /// Whether it is from the cache.
    pub(crate) cached: bool,
    entry: Entry,
}

impl Fetched {
    /// The text of the answer.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.entry.text)
    }
}

/// Makes requests to one host.
pub(crate) struct Fetcher {
    runtime: tokio::runtime::Runtime,
    client: Client,
    base: Url,
    cache: Option<Cache>,
    /// How often a request is made again.
    retries: usize,
    retry: RetryPolicy,
}

impl Fetcher {
    /// Prepares requests to the host of an address: `https`, or `http` on this machine itself.
    pub(crate) fn new(base: &str, arguments: &Options) -> anyhow::Result<Self> {
        let base = address(base)?;
        let timeout = Duration::from_secs(arguments.timeout);
        let mut client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(timeout.min(Duration::from_secs(10)))
            .read_timeout(timeout)
            // a whole answer may take longer, but not for ever
            .timeout(timeout * 4)
            // followed one by one, to be checked and told
            .redirect(redirect::Policy::none());
        if is_loopback(&base) {
            client = client.no_proxy();
        } else {
            client = client.https_only(true);
        }
        // fails only if there is one already, which is as good
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .context("no runtime for requests")?,
            client: client.build().context("no client for requests")?,
            base,
            cache: match &arguments.cache {
                Some(folder) => Some(Cache::in_folder(folder)),
                None => Cache::of_user(),
            },
            retries: arguments.retries.into(),
            retry: RetryPolicy::default(),
        })
    }

    /// The address that all requests are below.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// Whether a server answered, ever.
    pub(crate) fn was_reached(&self) -> bool {
        self.retry.was_reached()
    }

    /// Runs jobs that make requests, a few at a time; their results stand in the order of the jobs.
    pub(crate) fn all<J, T, F>(
        &self,
        jobs: impl IntoIterator<Item = J>,
        run: impl Fn(J) -> F,
    ) -> Vec<T>
    where
        F: Future<Output = T>,
    {
        let work = stream::iter(jobs).map(run).buffered(AT_ONCE);
        self.runtime.block_on(work.collect())
    }

    /// Makes one request, again where that may help.
    pub(crate) async fn get(
        &self,
        request: &Request,
        progress: &Progress,
    ) -> Result<Fetched, Failure> {
        let entry = match &self.cache {
            Some(cache) if request.conditional => cache.find(&request.url),
            _ => None,
        };
        let backoff = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(500))
            .with_max_delay(Duration::from_secs(20))
            .with_max_times(self.retries)
            .with_jitter();
        let tries = std::cell::Cell::new(0);
        let attempt = || {
            tries.set(tries.get() + 1);
            self.attempt(request, entry.as_ref(), tries.get() == 1, progress)
        };
        attempt
            .retry(backoff)
            .when(|failure| self.retry.may_try_again(failure, tries.get()))
            .adjust(|failure, delay| {
                let asked = failure.retry_after();
                delay.map(|delay| asked.unwrap_or_default().max(delay))
            })
            .notify(|failure, delay| {
                // that nothing answers is said once, for all pages
                if failure.kind != Kind::Unreachable || self.retry.was_reached() {
                    let seconds = delay.as_secs_f64();
                    progress.say(&format!("{failure}; trying again in {seconds:.1} s"));
                }
            })
            .await
            .inspect(|_| self.retry.went_well())
            .map_err(|failure| {
                self.retry.gave_up(&failure);
                failure.after(tries.get())
            })
    }

    /// Makes a request once, and follows where it is sent.
    async fn attempt(
        &self,
        request: &Request,
        entry: Option<&Entry>,
        first: bool,
        progress: &Progress,
    ) -> Result<Fetched, Failure> {
        const HOPS: usize = 5;
        let mut url = request.url.clone();
        if first {
            self.retry.is_worth(&url)?;
        }
        for _ in 0..=HOPS {
            self.retry.wait().await;
            let mut asking = self
                .client
                .get(url.clone())
                .header(ACCEPT, request.accept.join(", "));
            if let Some(entry) = entry {
                if let Some(etag) = &entry.etag {
                    asking = asking.header(IF_NONE_MATCH, etag);
                }
                if let Some(date) = &entry.last_modified {
                    asking = asking.header(IF_MODIFIED_SINCE, date);
                }
            }
            let response = asking
                .send()
                .await
                .map_err(|error| self.retry.note(Failure::transport(&url, &error)))?;
            self.retry.reached();
            match answer::read(response, &url, request, entry).await {
                Ok(answer::Answer::Here(fetched)) => return Ok(fetched),
                Ok(answer::Answer::Elsewhere(target)) => {
                    answer::within(&self.base, &url, &target)?;
                    progress.say(&format!("{url}: redirected to {target}"));
                    url = target;
                }
                Err(failure) => return Err(self.retry.note(failure)),
            }
        }
        Err(Failure::new(
            Kind::Final,
            &request.url,
            format!("more than {HOPS} redirects"),
            "an answer",
        ))
    }

    /// Puts an answer into the cache: for callers that have seen that it is what it should be.
    ///
    /// A cache that cannot be written costs time the next time, and nothing else.
    pub(crate) fn keep(&self, fetched: &Fetched) {
        if let Some(cache) = &self.cache {
            cache.keep(&fetched.entry);
        }
    }
}

/// Fetches the one text at an address.
pub(crate) fn text(
    url: &str,
    accept: &'static [&'static str],
    arguments: &Options,
) -> anyhow::Result<Arc<str>> {
    let fetcher = Fetcher::new(url, arguments)?;
    let request = Request {
        url: fetcher.base().clone(),
        accept,
        // not known to be what it should be, it does not go into the cache either
        conditional: false,
    };
    let progress = Progress::of(0, 1);
    let mut results = fetcher.all([request], async |request| {
        fetcher.get(&request, &progress).await
    });
    match results.pop() {
        Some(Ok(fetched)) => Ok(fetched.text()),
        Some(Err(failure)) => Err((*failure.error).into()),
        None => bail!("{url}: found nothing, expected an answer"),
    }
}

/// An address that requests may be made to: `https`, or `http` on this machine itself.
pub(crate) fn address(text: &str) -> anyhow::Result<Url> {
    let quoted = codegen::error::quoted(text);
    let expected = "expected `https://…`, or `http://…` on this machine itself";
    let url: Url = text
        .parse()
        .map_err(|error| anyhow::anyhow!("found the address {quoted} ({error}), {expected}"))?;
    let encrypted = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
    if !encrypted || url.host().is_none() {
        bail!("found the address {quoted}, {expected}");
    }
    if !url.username().is_empty() || url.password().is_some() {
        // not repeated: messages and logs are read by many
        bail!("found an address with a user's name or password in it, {expected}");
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
