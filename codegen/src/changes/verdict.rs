//! What a change asks of the crate's version: the rules of CONTRIBUTING, section "Versions".

use jiff::civil::Date;
use semver::Version;
use serde::Serialize;

use super::calls;
use super::change::Change;
use super::compare::between;
use super::same;
use super::words::Sides;
use crate::emit;
use crate::model::Service;
use crate::overlay::Overlay;
use crate::removed::{Removed, Replacements, Seen};
use crate::template::{self, ArnPiece};

/// Which part of the version a change asks to raise, the least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// None: nothing changed.
    #[default]
    None,
    /// Links, names, documentation: no program can tell.
    Patch,
    /// Additions, deprecations, and facts that programs branch on.
    Minor,
    /// A program could stop compiling, or a typed policy no longer builds.
    Major,
}

impl Bump {
    /// `none`, `patch`, `minor`, `major`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
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
pub(super) fn lost(old: Option<&Service>, new: Option<&Service>) -> Vec<Change> {
    let (Some(old), Some(new)) = (old, new) else {
        return Vec::new();
    };
    let seen = Seen {
        date: Date::ZERO,
        version: Version::new(0, 0, 0),
    };
    let update =
        Removed::default().update(old, new, &Overlay::default(), &seen, &Replacements::new());
    let kept = match &update {
        Ok(update) => update.removed.restored(new),
        // names that are no identifiers were never in the crate
        Err(_) => new.clone(),
    };
    let mut lost = between(Some(old), Some(&kept));
    let sides = Sides {
        old: Some(old),
        new: Some(new),
    };
    lost.retain(|change| is_loss(change) && !is_there(change, sides));
    lost
}

/// Whether something that programs name is not there any more.
fn is_loss(change: &Change) -> bool {
    matches!(
        change,
        Change::ScopingLost { .. }
            | Change::ResourceTypesLost { .. }
            | Change::KeyLost { .. }
            | Change::TableGone { .. }
            | Change::ActionRemoved { .. }
            | Change::ResourceTypeRemoved { .. }
            | Change::ConditionKeyRemoved { .. }
            | Change::OperationRemoved { .. }
    )
}

/// Whether the crate has the same identifier for what went: of another spelling, or of an operation
/// that another SDK client has.
fn is_there(change: &Change, sides: Sides<'_>) -> bool {
    match change {
        Change::OperationRemoved { operation, sdk, .. } => {
            calls::is_elsewhere(sides.new, operation, sdk.as_deref())
        }
        Change::ActionRemoved { .. }
        | Change::ConditionKeyRemoved { .. }
        | Change::KeyLost { .. } => same::said(change, sides).is_some(),
        _ => false,
    }
}

/// Whether a loss is among what programs lose: of the same name, and the same key of it.
fn is_among(change: &Change, lost: &[Change]) -> bool {
    lost.iter().any(|it| match (change, it) {
        (
            Change::KeyLost {
                action,
                condition_key,
                ..
            },
            Change::KeyLost {
                action: other,
                condition_key: key,
                ..
            },
        ) => action == other && condition_key == key,
        (Change::KeyLost { .. }, _) | (_, Change::KeyLost { .. }) => false,
        (Change::TableGone { table, .. }, _) => it.subject().is_some_and(|(of, _)| of == *table),
        _ => change.subject().is_some() && change.subject() == it.subject(),
    })
}

/// What one change asks for; `lost` is what programs lose by all changes together.
pub(super) fn bump(change: &Change, lost: &[Change]) -> Bump {
    match change {
        // a module is gone, or everything in it prints another name
        Change::ServiceGone { .. } | Change::PrefixChanged { .. } => Bump::Major,
        // pairs and keys are trait bounds: without them `.on(…)` and `.when(…)` do not compile
        _ if is_loss(change) && is_among(change, lost) => Bump::Major,
        Change::ScopingLost { .. } | Change::ResourceTypesLost { .. } | Change::KeyLost { .. } => {
            Bump::Minor
        }
        // the operators of a key come with its type
        Change::KeyTypeChanged { old, new, .. } if !emit::same_value_type(old, new) => Bump::Major,
        Change::KeyTypeChanged { .. } => Bump::Patch,
        // placeholders are the fields of a builder
        Change::ArnChanged { old, new, .. } if placeholders(old) != placeholders(new) => {
            Bump::Major
        }
        Change::ArnChanged { .. } => Bump::Minor,
        // names that went stay for one version, deprecated
        Change::TableGone { .. }
        | Change::ActionRemoved { .. }
        | Change::ResourceTypeRemoved { .. }
        | Change::ConditionKeyRemoved { .. }
        | Change::OperationRemoved { .. } => Bump::Minor,
        Change::ServiceAppeared { .. }
        | Change::TableAppeared { .. }
        | Change::ActionAdded { .. }
        | Change::ResourceTypeAdded { .. }
        | Change::ConditionKeyAdded { .. }
        | Change::OperationAdded { .. }
        | Change::ScopingGained { .. }
        | Change::ResourceTypesGained { .. }
        | Change::KeyGained { .. } => Bump::Minor,
        // what programs branch on
        Change::AccessLevelsChanged { .. }
        | Change::RequiredChanged { .. }
        | Change::DependentActionsChanged { .. }
        | Change::PermissionOnlyChanged { .. }
        | Change::ScenariosChanged { .. }
        | Change::ResourceTypeKeysChanged { .. }
        | Change::OperationChanged { .. } => Bump::Minor,
        Change::ServiceNameChanged { .. }
        | Change::PageChanged { .. }
        | Change::ApiLinkChanged { .. } => Bump::Patch,
    }
}

/// What a user of an ARN builder fills in, in order; nothing of a template that is none.
fn placeholders(arn: &str) -> Option<Vec<ArnPiece>> {
    let pieces = template::arn(arn).ok()?;
    let filled_in = |piece: &ArnPiece| !matches!(piece, ArnPiece::Literal(_));
    Some(pieces.into_iter().filter(filled_in).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_raised_as_cargo_reads_them() {
        let raised = |version, bump| Verdict::new(bump, Some(version)).to;
        for (version, patch, minor, major) in [
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("0.1.0", "0.1.1", "0.1.1", "0.2.0"),
            ("1.4.2", "1.4.3", "1.5.0", "2.0.0"),
        ] {
            assert_eq!(raised(version, Bump::None).as_deref(), Some(version));
            assert_eq!(raised(version, Bump::Patch).as_deref(), Some(patch));
            assert_eq!(raised(version, Bump::Minor).as_deref(), Some(minor));
            assert_eq!(raised(version, Bump::Major).as_deref(), Some(major));
        }
        assert_eq!(raised("one", Bump::Major), None);
    }

    #[test]
    fn only_what_a_builder_asks_for_breaks_it() {
        let arn = |old: &str, new: &str| {
            bump(
                &Change::ArnChanged {
                    resource_type: "tree".to_owned(),
                    old: old.to_owned(),
                    new: new.to_owned(),
                },
                &[],
            )
        };
        let tree = "arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}";
        assert_eq!(arn(tree, &tree.replace("tree/", "trees/")), Bump::Minor);
        assert_eq!(arn(tree, &format!("{tree}/${{Branch}}")), Bump::Major);
        assert_eq!(arn(tree, &tree.replace("${Region}", "")), Bump::Major);
        let key = |old: &str, new: &str| {
            bump(
                &Change::KeyTypeChanged {
                    condition_key: "orchard:Row".to_owned(),
                    old: old.to_owned(),
                    new: new.to_owned(),
                },
                &[],
            )
        };
        assert_eq!(key("ARN", "Arn"), Bump::Patch);
        assert_eq!(key("String", "ArrayOfString"), Bump::Major);
    }
}
