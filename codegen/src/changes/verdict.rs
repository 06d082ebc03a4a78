//! Versions of the crate, and names that programs can no longer use.

use jiff::civil::Date;
use semver::Version;
use serde::Serialize;

use super::change::{Change, Kind, named};
use super::differ::between;
use super::judge::unchanged;
use super::states::{States, is_elsewhere};
use crate::global::Globals;
use crate::removed::{Removed, Replacements, Seen};

named! {
    /// The part of the crate's version that has to be raised after a change, the least first.
    #[derive(Default)]
    Bump {
        /// Nothing changed.
        #[default]
        None = "none",
        /// Links, names, documentation: no program is affected.
        Patch = "patch",
        /// Additions, deprecations, and facts that programs branch on.
        Minor = "minor",
        /// A program could stop compiling, or a typed policy no longer builds.
        Major = "major",
    }
}

/// The effect of all changes on the crate's version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The greatest bump of all changes.
    pub bump: Bump,
    /// The version before the changes, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version after the changes, by cargo's rules: `0.1.0` → `0.2.0` for a major change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Verdict {
    /// Returns the verdict for a version, which may be unknown or invalid.
    pub fn new(bump: Bump, version: Option<&str>) -> Self {
        let version = version.and_then(|version| Version::parse(version).ok());
        Self {
            bump,
            from: version.as_ref().map(Version::to_string),
            to: version.map(|version| next(&version, bump).to_string()),
        }
    }
}

/// Returns the version after a change. Cargo treats the first number that is not zero as the major
/// one: at `0.1.0` a breaking change raises the second number, any other the third.
fn next(version: &Version, bump: Bump) -> Version {
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    match (bump, major, minor) {
        (Bump::None, ..) => version.clone(),
        (Bump::Major, 1.., _) => Version::new(major + 1, 0, 0),
        (Bump::Minor, 1.., _) | (Bump::Major, 0, 1..) => Version::new(major, minor + 1, 0),
        _ => Version::new(major, minor, patch + 1),
    }
}

/// Returns the changes after which programs that use the crate may stop compiling.
///
/// A name that was removed from a page stays for one version, with its pairs of actions, resource
/// types and keys, so it is not a loss. A global condition key is on no page, and does not stay.
pub(super) fn lost(states: States<'_>) -> Vec<Change> {
    let (Some(before), Some(now)) = (states.old, states.new) else {
        return Vec::new();
    };
    let (date, version) = (Date::ZERO, Version::new(0, 0, 0));
    let seen = Seen { date, version };
    let (known, replaced) = (Removed::default(), Replacements::new());
    let update = known.update(before, now, &seen, &replaced);
    let kept = match now.prefix.as_str() {
        Globals::PREFIX => now.clone(),
        _ => update.removed.restored(now),
    };
    let mut lost = between(states.old, Some(&kept));
    lost.retain(|change| is_loss(&change.kind) && !has_identifier(change, states));
    lost
}

/// Whether a change of this kind removes something that programs can name.
const fn is_loss(kind: &Kind) -> bool {
    use Kind::{ActionRemoved, ConditionKeyRemoved, KeyLost, OperationRemoved};
    use Kind::{ResourceTypeRemoved, ResourceTypesLost, ScopingLost, TableGone};
    matches!(
        kind,
        ScopingLost { .. }
            | ResourceTypesLost { .. }
            | KeyLost(_)
            | TableGone(_)
            | ActionRemoved(_)
            | ResourceTypeRemoved(_)
            | ConditionKeyRemoved(_)
            | OperationRemoved(_)
    )
}

/// Whether the crate still has the identifier of a removed name: from another spelling, or from the
/// same operation in another SDK client.
fn has_identifier(change: &Change, states: States<'_>) -> bool {
    match (&change.kind, &change.row) {
        (Kind::OperationRemoved(it), Some(row)) => {
            is_elsewhere(states.new, &row.name, it.sdk.as_deref())
        }
        (Kind::ActionRemoved(_) | Kind::ConditionKeyRemoved(_) | Kind::KeyLost(_), _) => {
            unchanged(change, states).is_some()
        }
        _ => false,
    }
}

/// Whether a change is one of the losses, which are compared by row and, if any, condition key.
pub(super) fn is_lost(change: &Change, lost: &[Change]) -> bool {
    let is_same = |it: &Change| match (&change.kind, &it.kind) {
        (Kind::KeyLost(one), Kind::KeyLost(other)) => {
            change.row == it.row && one.condition_key == other.condition_key
        }
        (Kind::KeyLost(_), _) | (_, Kind::KeyLost(_)) => false,
        (Kind::TableGone(rows), _) => it.table() == Some(rows.table),
        _ => change.row.is_some() && change.row == it.row,
    };
    is_loss(&change.kind) && lost.iter().any(is_same)
}
