//! What can go wrong with a request.

use std::fmt;
use std::time::Duration;

use codegen::Error;
use reqwest::Url;

/// What a failure means for the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// There is nothing at the address.
    Missing,
    /// No server answered.
    Unreachable,
    /// It may go through the next time; the server may have said after how long.
    Passing(Option<Duration>),
    /// What came is of another kind: another rendition may do.
    Unreadable,
    /// Trying again will not help.
    Final,
}

/// A request that brought nothing.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// What it means.
    pub(crate) kind: Kind,
    /// What to tell the person: the address, what was found and what was expected there.
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

    /// A connection that failed or broke off.
    pub(super) fn transport(url: &Url, error: &reqwest::Error) -> Self {
        let (kind, found) = if error.is_connect() {
            (Kind::Unreachable, "no connection")
        } else if error.is_timeout() {
            (Kind::Passing(None), "no answer in time")
        } else {
            (Kind::Passing(None), "an answer that broke off")
        };
        let mut reason = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            // the innermost says most: `connection refused`
            reason = inner.to_string();
            source = inner.source();
        }
        Self::new(kind, url, format!("{found} ({reason})"), "an answer")
    }

    /// For how long the server asked to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            Kind::Passing(after) => after,
            _ => None,
        }
    }

    /// Says how often it was tried.
    pub(super) fn after(mut self, tries: usize) -> Self {
        if tries > 1 {
            self.error.found = format!("{} after {tries} tries", self.error.found);
        }
        self
    }

    /// The same for another address, which was not asked for on account of it.
    pub(super) fn spared(&self, url: &Url) -> Self {
        let found = format!(
            "no answer: not asked for after too many failures, the last with {}",
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
