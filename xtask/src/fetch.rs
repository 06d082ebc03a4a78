//! HTTP requests: a few at a time, retried after transient failures, and conditional if a response is
//! in the cache.

mod cache;
mod failure;
mod response;
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
use response::Received;
use retry::RetryPolicy;

/// The number of concurrent requests.
const CONCURRENT: usize = 6;

/// The `User-Agent` header of all requests.
const USER_AGENT: &str = concat!("bedrock-iam-xtask/", env!("CARGO_PKG_VERSION"));

/// The command-line options of all commands that make requests.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Folder of the page cache [default: in the user's cache folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Read timeout, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
    /// Retries after a transient failure.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=10))]
    pub(crate) retries: u8,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The address.
    pub(crate) url: Url,
    /// The accepted media types, the preferred one first.
    pub(crate) accept: &'static [&'static str],
    /// Whether the request is conditional, so that the cached response is used if it is current.
    pub(crate) conditional: bool,
}

/// A successful response, or the cached one if it is current.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    /// The address after redirects.
    pub(crate) url: Url,
    /// Whether the text is equal to the cached one.
    pub(crate) unchanged: bool,
    /// Whether the text is from the cache.
    pub(crate) cached: bool,
    entry: Entry,
}

impl Fetched {
    /// Returns the text of the response.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.entry.text)
    }
}

/// A client for requests to one host.
pub(crate) struct Fetcher {
    runtime: tokio::runtime::Runtime,
    client: Client,
    base: Url,
    cache: Option<Cache>,
    /// The maximum number of retries of a request.
    retries: usize,
    policy: RetryPolicy,
}

impl Fetcher {
    /// Creates a client for the host of an address: `https`, or `http` on a loopback address.
    pub(crate) fn new(base: &str, arguments: &Options) -> anyhow::Result<Self> {
        let base = address(base)?;
        let timeout = Duration::from_secs(arguments.timeout);
        let mut client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(timeout.min(Duration::from_secs(10)))
            .read_timeout(timeout)
            // for the whole response
            .timeout(timeout * 4)
            // `attempt` follows redirects, to check and report them
            .redirect(redirect::Policy::none());
        if is_loopback(&base) {
            client = client.no_proxy();
        } else {
            client = client.https_only(true);
        }
        if base.scheme() == "http" {
            // trusted certificates take a while to load
            client = client.tls_certs_only([]);
        }
        // fails only if a provider is already installed, which is harmless
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .context("cannot create a runtime for requests")?,
            client: client
                .build()
                .context("cannot create a client for requests")?,
            base,
            cache: match &arguments.cache {
                Some(folder) => Some(Cache::in_folder(folder)),
                None => Cache::of_user(),
            },
            retries: arguments.retries.into(),
            policy: RetryPolicy::default(),
        })
    }

    /// Returns the base address of all requests.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// Returns whether the server has sent any response.
    pub(crate) fn was_reached(&self) -> bool {
        self.policy.was_reached()
    }

    /// Runs jobs that make requests, a few at a time, and returns their results in the jobs' order.
    pub(crate) fn all<J, T, F>(
        &self,
        jobs: impl IntoIterator<Item = J>,
        run: impl Fn(J) -> F,
    ) -> Vec<T>
    where
        F: Future<Output = T>,
    {
        let work = stream::iter(jobs).map(run).buffered(CONCURRENT);
        self.runtime.block_on(work.collect())
    }

    /// Makes a request, and retries it after transient failures.
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
            .when(|failure| self.policy.may_retry(failure, tries.get()))
            .adjust(|failure, delay| {
                let requested = failure.retry_after();
                delay.map(|delay| requested.unwrap_or_default().max(delay))
            })
            .notify(|failure, delay| {
                // an unreachable server is reported once, for all pages
                if failure.kind != Kind::Unreachable || self.policy.was_reached() {
                    let seconds = delay.as_secs_f64();
                    progress.print(&format!("{failure}; retrying in {seconds:.1} s"));
                }
            })
            .await
            .inspect(|_| self.policy.succeeded())
            .map_err(|failure| {
                self.policy.failed(&failure);
                failure.after(tries.get())
            })
    }

    /// Makes a request once, following redirects.
    async fn attempt(
        &self,
        request: &Request,
        entry: Option<&Entry>,
        first: bool,
        progress: &Progress,
    ) -> Result<Fetched, Failure> {
        const REDIRECTS: usize = 5;
        let mut url = request.url.clone();
        if first {
            self.policy.check(&url)?;
        }
        for _ in 0..=REDIRECTS {
            self.policy.wait().await;
            let mut builder = self
                .client
                .get(url.clone())
                .header(ACCEPT, request.accept.join(", "));
            if let Some(entry) = entry {
                if let Some(etag) = &entry.etag {
                    builder = builder.header(IF_NONE_MATCH, etag);
                }
                if let Some(date) = &entry.last_modified {
                    builder = builder.header(IF_MODIFIED_SINCE, date);
                }
            }
            let response = builder
                .send()
                .await
                .map_err(|error| self.policy.note(Failure::transport(&url, &error)))?;
            self.policy.reached();
            match response::read(response, &url, request, entry).await {
                Ok(Received::Content(fetched)) => return Ok(fetched),
                Ok(Received::Redirect(target)) => {
                    response::check_redirect(&self.base, &url, &target)?;
                    progress.print(&format!("{url}: redirected to {target}"));
                    url = target;
                }
                Err(failure) => return Err(self.policy.note(failure)),
            }
        }
        Err(Failure::new(
            Kind::Final,
            &request.url,
            format!("more than {REDIRECTS} redirects"),
            "a response",
        ))
    }

    /// Puts a response into the cache. Callers check its text first.
    ///
    /// Errors are ignored: if the cache cannot be written, the next run fetches the page again.
    pub(crate) fn keep(&self, fetched: &Fetched) {
        if let Some(cache) = &self.cache {
            cache.keep(&fetched.entry);
        }
    }
}

/// Fetches the text at an address.
pub(crate) fn text(
    url: &str,
    accept: &'static [&'static str],
    arguments: &Options,
) -> anyhow::Result<Arc<str>> {
    let fetcher = Fetcher::new(url, arguments)?;
    let request = Request {
        url: fetcher.base().clone(),
        accept,
        // the text is not checked here, so it is not put into the cache either
        conditional: false,
    };
    let progress = Progress::of(0, 1);
    let mut results = fetcher.all([request], async |request| {
        fetcher.get(&request, &progress).await
    });
    match results.pop() {
        Some(Ok(fetched)) => Ok(fetched.text()),
        Some(Err(failure)) => Err((*failure.error).into()),
        None => bail!("{url}: found nothing, expected a response"),
    }
}

/// Parses an address for requests: `https`, or `http` on a loopback address.
pub(crate) fn address(text: &str) -> anyhow::Result<Url> {
    let quoted = codegen::error::quoted(text);
    let expected = "expected `https://…`, or `http://…` on a loopback address";
    let url: Url = text
        .parse()
        .map_err(|error| anyhow::anyhow!("found the address {quoted} ({error}), {expected}"))?;
    let encrypted = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
    if !encrypted || url.host().is_none() {
        bail!("found the address {quoted}, {expected}");
    }
    if !url.username().is_empty() || url.password().is_some() {
        // the address is not printed, to keep the password out of logs
        bail!("found an address that contains a user name or password, {expected}");
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
