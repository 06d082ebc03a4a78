//! A change with what it means.

use serde::Serialize;

use super::change::Change;
use super::verdict::Bump;

/// A change of facts, and how it is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What changed; in JSON its fields stand beside the others.
    #[serde(flatten)]
    pub change: Change,
    /// What changed, in words: names stand in backticks.
    pub headline: String,
    /// What it means for somebody's policy, in one sentence.
    pub meaning: String,
    /// What it asks of the crate's version.
    pub bump: Bump,
    /// What of it touches security; none for most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Mark>,
}

/// Why a change touches security.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// In what way.
    pub kind: MarkKind,
    /// The reason, in words that follow the names of what changed.
    pub why: String,
}

/// In what way a change touches security, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// An action grants or changes permissions.
    PermissionsManagement,
    /// An action is on the list of sensitive ones.
    Sensitive,
    /// A statement that denies or guards something may have stopped doing so.
    GuardLost,
    /// An action does more than it did, or the same for fewer permissions.
    Broader,
    /// An action has a name that sensitive ones have.
    Suspected,
    /// A wildcard that allows covers new actions that do no more than those it covered before.
    Covered,
}

impl MarkKind {
    /// In two or three words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PermissionsManagement => "permissions management",
            Self::Sensitive => "sensitive action",
            Self::GuardLost => "guard lost",
            Self::Broader => "broader",
            Self::Suspected => "perhaps sensitive",
            Self::Covered => "wildcard",
        }
    }
}
