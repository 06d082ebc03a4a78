//! Versions of the crate, and what its users can no longer name.

use jiff::civil::Date;
use semver::Version;
use serde::Serialize;

use super::change::{Change, Kind, named};
use super::differ::between;
use super::judge::unchanged;
use super::states::{States, is_elsewhere};
use crate::overlay::Overlay;
use crate::removed::{Removed, Replacements, Seen};

named! {
    /// Which part of the version a change asks to raise, the least first.
    #[derive(Default)]
    Bump {
        /// None: nothing changed.
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

/// What all changes together ask of the crate's version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The greatest of them.
    pub bump: Bump,
    /// The version before, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version that it asks for, as cargo reads versions: `0.1.0` → `0.2.0` for a major change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Verdict {
    /// The verdict for a version, which may be unknown or none.
    pub fn new(bump: Bump, version: Option<&str>) -> Self {
        let version = version.and_then(|version| Version::parse(version).ok());
        Self {
            bump,
            from: version.as_ref().map(Version::to_string),
            to: version.map(|version| next(&version, bump).to_string()),
        }
    }
}

/// The version after a change. Cargo takes the first number that is not zero for the major one: at
/// `0.1.0` a breaking change raises the second number, any other the third.
fn next(version: &Version, bump: Bump) -> Version {
    let (major, minor, patch) = (version.major, version.minor, version.patch);
    match (bump, major, minor) {
        (Bump::None, ..) => version.clone(),
        (Bump::Major, 1.., _) => Version::new(major + 1, 0, 0),
        (Bump::Minor, 1.., _) | (Bump::Major, 0, 1..) => Version::new(major, minor + 1, 0),
        _ => Version::new(major, minor, patch + 1),
    }
}

/// What programs can no longer name, although what left the reference stays for one version.
///
/// Pairs of what is kept are kept with it; a name that another takes cannot be kept.
pub(super) fn lost(states: States<'_>) -> Vec<Change> {
    let (Some(before), Some(now)) = (states.old, states.new) else {
        return Vec::new();
    };
    let (date, version) = (Date::ZERO, Version::new(0, 0, 0));
    let seen = Seen { date, version };
    let (known, replaced) = (Removed::default(), Replacements::new());
    let kept = match known.update(before, now, &Overlay::default(), &seen, &replaced) {
        Ok(update) => update.removed.restored(now),
        // names that are not identifiers were never in the crate
        Err(_) => now.clone(),
    };
    let mut lost = between(states.old, Some(&kept));
    lost.retain(|change| is_loss(&change.kind) && !is_there(change, states));
    lost
}

/// Whether something that programs name was removed.
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

/// Whether the crate has the same identifier for what was removed: of another spelling, or of an
/// operation that another SDK client has.
fn is_there(change: &Change, states: States<'_>) -> bool {
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

/// Whether a change is among what programs lose: of the same name, and the same key of it.
pub(super) fn is_lost(change: &Change, lost: &[Change]) -> bool {
    let is_same = |it: &Change| match (&change.kind, &it.kind) {
        (Kind::KeyLost(one), Kind::KeyLost(other)) => {
            change.row == it.row && one.condition_key == other.condition_key
        }
        (Kind::KeyLost(_), _) | (_, Kind::KeyLost(_)) => false,
        (Kind::TableGone(gone), _) => it.row.as_ref().is_some_and(|row| row.table == gone.table),
        _ => change.row.is_some() && change.row == it.row,
    };
    is_loss(&change.kind) && lost.iter().any(is_same)
}
