//! The policy for requests: when they are made, retried or skipped.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Url;
use tokio::time::Instant;

use super::failure::{Failure, Kind};

/// The maximum wait after a `Retry-After` header; a request with a longer one fails.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// The number of consecutive pages that have to fail, after all retries, before the remaining pages
/// are skipped. Applies if no page was fetched before.
const MAX_FAILED: usize = 3;

/// The same number if pages were fetched before. It is higher, because some pages may fail on a
/// server that works.
const MAX_FAILED_AFTER_SUCCESS: usize = 24;

/// The number of consecutive failed pages at which requests are no longer retried.
const MAX_FAILED_WITH_RETRIES: usize = 6;

/// The number of tries for a host that never responded.
const MAX_TRIES_UNREACHED: usize = 3;

/// The state that all requests to a host share, and its rules for retries.
#[derive(Debug, Default)]
pub(super) struct RetryPolicy {
    /// The end of the wait that the server requested, for all requests.
    not_before: Mutex<Option<Instant>>,
    /// Whether the server has responded at all.
    reached: AtomicBool,
    /// Whether the server has sent a page, or that a page does not exist.
    delivered: AtomicBool,
    /// The number of consecutive failed pages.
    failed: AtomicUsize,
    /// The failure after which all further pages are skipped.
    stopped: Mutex<Option<Failure>>,
}

impl RetryPolicy {
    /// Returns an error if further pages are to be skipped.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        match self.stopped.lock() {
            Ok(stopped) => stopped
                .as_ref()
                .map_or(Ok(()), |failure| Err(failure.skipped(url))),
            Err(_) => Ok(()),
        }
    }

    /// Waits until the server accepts requests again.
    pub(super) async fn wait(&self) {
        // another request may extend the wait meanwhile
        while let Some(until) = self.not_before() {
            tokio::time::sleep_until(until).await;
        }
    }

    fn not_before(&self) -> Option<Instant> {
        let until = self.not_before.lock().ok().and_then(|until| *until);
        until.filter(|until| *until > Instant::now())
    }

    /// Records a response of any status.
    pub(super) fn reached(&self) {
        self.reached.store(true, Ordering::Relaxed);
    }

    /// Returns whether the server has responded at all.
    pub(super) fn was_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Records the wait that a failure imposes on all requests.
    pub(super) fn note(&self, failure: Failure) -> Failure {
        if let Some(after) = failure.retry_after().filter(|after| *after <= MAX_WAIT)
            && let Ok(mut until) = self.not_before.lock()
        {
            let requested = Instant::now() + after;
            *until = Some(until.map_or(requested, |until| until.max(requested)));
        }
        failure
    }

    /// Records that a page was fetched or does not exist.
    pub(super) fn succeeded(&self) {
        self.delivered.store(true, Ordering::Relaxed);
        self.failed.store(0, Ordering::Relaxed);
    }

    /// Records that a page could not be fetched after all retries.
    pub(super) fn failed(&self, failure: &Failure) {
        if !matches!(failure.kind, Kind::Transient(_) | Kind::Unreachable) {
            return self.succeeded();
        }
        let most = match self.delivered.load(Ordering::Relaxed) {
            true => MAX_FAILED_AFTER_SUCCESS,
            false => MAX_FAILED,
        };
        if self.failed.fetch_add(1, Ordering::Relaxed) + 1 >= most
            && let Ok(mut stopped) = self.stopped.lock()
        {
            stopped.get_or_insert_with(|| failure.clone());
        }
    }

    /// Returns whether a request may be made again, after `tries` tries of which the last one
    /// failed.
    pub(super) fn may_retry(&self, failure: &Failure, tries: usize) -> bool {
        if self.stopped.lock().is_ok_and(|stopped| stopped.is_some()) {
            return false;
        }
        if self.failed.load(Ordering::Relaxed) >= MAX_FAILED_WITH_RETRIES {
            return false;
        }
        match failure.kind {
            Kind::Transient(after) => after.is_none_or(|after| after <= MAX_WAIT),
            Kind::Unreachable if self.was_reached() => true,
            Kind::Unreachable => {
                let Ok(mut stopped) = self.stopped.lock() else {
                    return false;
                };
                if tries >= MAX_TRIES_UNREACHED {
                    stopped.get_or_insert_with(|| failure.clone());
                }
                stopped.is_none()
            }
            Kind::Missing | Kind::Unreadable | Kind::Final => false,
        }
    }
}
