//! When a request may be made, or made again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Url;
use tokio::time::Instant;

use super::failure::{Failure, Kind};

/// For how long a server may ask to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// After how many pages in a row that failed for good, tries and all, the rest is not asked for, where
/// no page ever came.
const PAGES_IN_VAIN: usize = 3;

/// The same where pages came before: some of them may fail while the server is well.
const PAGES_IN_VAIN_LATER: usize = 24;

/// After how many pages in a row no other is asked for more than once.
const PAGES_IN_DOUBT: usize = 6;

/// How often a host that never answered is tried.
const TRIES_UNREACHED: usize = 3;

/// What all requests to a host know of it.
#[derive(Debug, Default)]
pub(super) struct RetryPolicy {
    /// No request before this: the server asked for it, and means all of them.
    not_before: Mutex<Option<Instant>>,
    /// It answered once.
    reached: AtomicBool,
    /// It said once what there is at an address, or that there is nothing.
    delivered: AtomicBool,
    /// How many pages in a row it could not deliver.
    in_vain: AtomicUsize,
    /// It was given up: there is no use in trying every page.
    lost: Mutex<Option<Failure>>,
}

impl RetryPolicy {
    /// Refuses a first request where the server was given up.
    pub(super) fn is_worth(&self, url: &Url) -> Result<(), Failure> {
        match self.lost.lock() {
            Ok(lost) => lost.as_ref().map_or(Ok(()), |lost| Err(lost.spared(url))),
            Err(_) => Ok(()),
        }
    }

    /// Waits until requests are welcome.
    pub(super) async fn wait(&self) {
        // asked to wait once more while waiting, it waits once more
        while let Some(until) = self.not_before() {
            tokio::time::sleep_until(until).await;
        }
    }

    fn not_before(&self) -> Option<Instant> {
        let until = self.not_before.lock().ok().and_then(|until| *until);
        until.filter(|until| *until > Instant::now())
    }

    /// A server answered, whatever it said.
    pub(super) fn reached(&self) {
        self.reached.store(true, Ordering::Relaxed);
    }

    /// Whether a server answered, ever.
    pub(super) fn was_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Takes from a failure what concerns the other requests too.
    pub(super) fn note(&self, failure: Failure) -> Failure {
        if let Some(after) = failure.retry_after().filter(|after| *after <= LONGEST_WAIT)
            && let Ok(mut until) = self.not_before.lock()
        {
            let asked = Instant::now() + after;
            *until = Some(until.map_or(asked, |until| until.max(asked)));
        }
        failure
    }

    /// A page came, or the server knows that there is none.
    pub(super) fn went_well(&self) {
        self.delivered.store(true, Ordering::Relaxed);
        self.in_vain.store(0, Ordering::Relaxed);
    }

    /// A page did not come, however often it was asked for.
    pub(super) fn gave_up(&self, failure: &Failure) {
        if !matches!(failure.kind, Kind::Passing(_) | Kind::Unreachable) {
            return self.went_well();
        }
        let most = match self.delivered.load(Ordering::Relaxed) {
            true => PAGES_IN_VAIN_LATER,
            false => PAGES_IN_VAIN,
        };
        if self.in_vain.fetch_add(1, Ordering::Relaxed) + 1 >= most
            && let Ok(mut lost) = self.lost.lock()
        {
            lost.get_or_insert_with(|| failure.clone());
        }
    }

    /// Whether there is a point in making a request again after `tries`.
    pub(super) fn may_try_again(&self, failure: &Failure, tries: usize) -> bool {
        if self.lost.lock().is_ok_and(|lost| lost.is_some()) {
            return false;
        }
        if self.in_vain.load(Ordering::Relaxed) >= PAGES_IN_DOUBT {
            return false;
        }
        match failure.kind {
            Kind::Passing(after) => after.is_none_or(|after| after <= LONGEST_WAIT),
            Kind::Unreachable if self.was_reached() => true,
            Kind::Unreachable => {
                let Ok(mut lost) = self.lost.lock() else {
                    return false;
                };
                if tries >= TRIES_UNREACHED {
                    lost.get_or_insert_with(|| failure.clone());
                }
                lost.is_none()
            }
            Kind::Missing | Kind::Unreadable | Kind::Final => false,
        }
    }
}
