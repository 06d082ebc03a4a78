//! Failures of requests.

use std::fmt;
use std::time::Duration;

use codegen::Error;
use reqwest::Url;

/// A kind of failure, which determines whether a retry or another rendition can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The page does not exist.
    Missing,
    /// The connection failed.
    Unreachable,
    /// A transient failure, with the time to wait if the server sent one.
    Transient(Option<Duration>),
    /// The content has an unexpected type or form; another rendition may be readable.
    Unreadable,
    /// A retry will not help.
    Final,
}

/// The failure of a request.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The kind.
    pub(crate) kind: Kind,
    /// The message: the address, what was found and what was expected.
    pub(crate) error: Box<Error>,
}

impl Failure {
    pub(crate) fn new(
        kind: Kind,
        url: &Url,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        let error = Box::new(Error::new(found, expected).of(url.as_str()));
        Self { kind, error }
    }

    /// Creates the failure for a connection that failed or was interrupted.
    pub(super) fn transport(url: &Url, error: &reqwest::Error) -> Self {
        let (kind, found) = if error.is_connect() {
            (Kind::Unreachable, "no connection")
        } else if error.is_timeout() {
            (Kind::Transient(None), "a timeout")
        } else {
            (Kind::Transient(None), "an incomplete response")
        };
        let mut reason = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            // the innermost error is the most specific one: `connection refused`
            reason = inner.to_string();
            source = inner.source();
        }
        // a proxy that refuses is otherwise named only by this word
        let found = match reason.starts_with("tunnel error") {
            true => "no connection through the proxy",
            false => found,
        };
        Self::new(kind, url, format!("{found} ({reason})"), "a response")
    }

    /// Returns the time to wait that the server sent.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            Kind::Transient(after) => after,
            _ => None,
        }
    }

    /// Adds the number of tries to the message.
    pub(super) fn after(mut self, tries: usize) -> Self {
        if tries > 1 {
            self.error.found = format!("{} after {tries} tries", self.error.found);
        }
        self
    }

    /// Creates the failure for another address, which was not requested because of this failure.
    pub(super) fn skipped(&self, url: &Url) -> Self {
        let found = format!(
            "no response: not requested after too many failures, the last with {}",
            self.error.found
        );
        Self::new(self.kind, url, found, self.error.expected.clone())
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: &str) -> Self {
        self.error.hint = Some(hint.to_owned());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}
