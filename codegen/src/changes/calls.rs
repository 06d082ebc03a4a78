//! What is said of operations and of the actions that they need.

use std::collections::BTreeSet;

use super::words::{Sides, code, names};
use crate::model::{AuthorizedAction, Service};

/// Actions whose part in an operation changed, by name.
pub(super) struct Needs {
    /// Not needed before.
    gained: Vec<String>,
    /// Not needed any more.
    lost: Vec<String>,
    /// Needed before and now, with other contexts.
    other: Vec<String>,
}

impl Needs {
    /// Of an operation of an SDK client; an action may be needed in several contexts, of which only
    /// one came or went.
    pub(super) fn of(
        (operation, sdk): (&str, Option<&str>),
        gained: &[AuthorizedAction],
        lost: &[AuthorizedAction],
        sides: Sides<'_>,
    ) -> Self {
        let needed = |service: Option<&Service>| -> BTreeSet<String> {
            let rows = service.into_iter().flat_map(|it| &it.operations);
            let rows = rows.filter(|row| row.operation == operation && row.sdk.as_deref() == sdk);
            rows.flat_map(|row| &row.actions)
                .map(|needed| needed.action.clone())
                .collect()
        };
        let (before, now) = (needed(sides.old), needed(sides.new));
        let changed: BTreeSet<_> = gained.iter().chain(lost).map(|it| &it.action).collect();
        let of = |was: bool, is: bool| {
            let these = changed.iter().copied();
            let these = these.filter(|it| (before.contains(*it), now.contains(*it)) == (was, is));
            these.cloned().collect()
        };
        Self {
            gained: of(false, true),
            lost: of(true, false),
            other: of(true, true),
        }
    }

    /// Those that are not needed any more.
    pub(super) fn lost(&self) -> &[String] {
        &self.lost
    }

    /// What tells one such change from another.
    pub(super) fn shape(&self) -> [&[String]; 3] {
        [&self.gained, &self.lost, &self.other]
    }

    /// What changed, said behind the names of so many operations.
    pub(super) fn headline(&self, count: usize) -> String {
        let (needs, does) = if count == 1 {
            ("needs", "does")
        } else {
            ("need", "do")
        };
        let mut parts = Vec::new();
        if !self.gained.is_empty() {
            parts.push(format!("{needs} {} as well", names(&self.gained)));
        }
        if !self.lost.is_empty() {
            parts.push(format!("{does} not need {} any more", names(&self.lost)));
        }
        if !self.other.is_empty() {
            parts.push(format!("{needs} {} in another context", names(&self.other)));
        }
        parts.join(" and ")
    }

    /// What it means for who calls the operations.
    pub(super) fn meaning(&self, who: &str) -> String {
        let (gained, lost) = (names(&self.gained), names(&self.lost));
        let mut parts = Vec::new();
        match (self.gained.is_empty(), self.lost.is_empty()) {
            (true, true) => {}
            (false, true) => parts.push(format!("who calls {who} needs an Allow of {gained} too")),
            (true, false) => parts.push(format!(
                "who calls {who} needs no Allow of {lost} any more, and a Deny of that does not stop \
                 the call"
            )),
            (false, false) => parts.push(format!(
                "who calls {who} needs an Allow of {gained} now, where it was {lost}"
            )),
        }
        if !self.other.is_empty() {
            parts.push(format!(
                "an Allow of {} for {who} has to fit other values of its condition keys",
                names(&self.other)
            ));
        }
        parts.join("; ")
    }
}

/// Whether an operation is that of another SDK client in a state, besides that of one row.
pub(super) fn is_elsewhere(service: Option<&Service>, operation: &str, sdk: Option<&str>) -> bool {
    let mut rows = service.into_iter().flat_map(|it| &it.operations);
    rows.any(|row| row.operation == operation && row.sdk.as_deref() != sdk)
}

/// What is said of an operation that one SDK client came to have, or has no longer.
pub(super) fn listed(sdk: Option<&str>) -> String {
    sdk.map_or_else(
        || "listed without an SDK client".to_owned(),
        |sdk| format!("listed in the SDK client {}", code(sdk)),
    )
}
