//! The findings by name: one table of codes, each with its severity and what it means.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::Severity;

/// The name of a kind of finding: stable, to be compared with and to be silenced by.
///
/// Those of the engine's rules are constants here; the rules of other crates have codes of their
/// own. [`Catalog::codes`](crate::Catalog::codes) lists all that a check can find. Two codes are
/// equal if their names are.
#[derive(Clone, Copy)]
pub struct Code {
    name: &'static str,
    severity: Severity,
    explanation: &'static str,
}

impl Code {
    /// A code of a rule: its name in kebab case, how bad such a finding usually is, and what it
    /// means.
    #[must_use]
    pub const fn new(name: &'static str, severity: Severity, explanation: &'static str) -> Self {
        Self {
            name,
            severity,
            explanation,
        }
    }

    /// The code's name, such as `unknown-action`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// What a finding with this code means.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        self.explanation
    }

    /// How bad such a finding usually is; one finding may be graded otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

/// Declares constants with their names, severities and explanations in one place.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $CODE:ident = $name:literal, $severity:ident;)*) => {
        impl Code {
            $(
                #[doc = concat!("`", $name, "`:")]
                $(#[doc = $doc])+
                pub const $CODE: Self =
                    Self::new($name, Severity::$severity, concat!($($doc, "\n"),+));
            )*
        }
    };
}

codes! {
    /// the document has no statement.
    MISSING_STATEMENT = "missing-statement", Error;
    /// the version is none of IAM's two.
    INVALID_VERSION = "invalid-version", Error;
    /// without `2012-10-17`, policy variables are plain text and newer features are off.
    OLD_VERSION = "old-version", Warning;
    /// a member that IAM does not define: it refuses the document.
    UNKNOWN_ELEMENT = "unknown-element", Error;
    /// the effect is missing or neither `Allow` nor `Deny`.
    INVALID_EFFECT = "invalid-effect", Error;
    /// a statement lacks one of the elements that it needs.
    MISSING_ELEMENT = "missing-element", Error;
    /// an element and its negation in one statement: IAM takes one of them.
    CONFLICTING_ELEMENTS = "conflicting-elements", Error;
    /// two statements with one `Sid`.
    DUPLICATE_SID = "duplicate-sid", Error;
    /// a list without an entry.
    EMPTY_LIST = "empty-list", Suggestion;
    /// a number or truth value where only texts may stand.
    NOT_A_TEXT = "not-a-text", Error;
    /// an entry that is no action and no pattern of actions.
    MALFORMED_ACTION = "malformed-action", Error;
    /// an action that the reference does not know: an error where a word of it looks misspelt, a
    /// warning where it may be newer than the facts.
    UNKNOWN_ACTION = "unknown-action", Warning;
    /// an action, a condition key or an ARN of a resource type that has left the reference: it may
    /// still work, and it may do nothing.
    REMOVED_NAME = "removed-name", Warning;
    /// an API operation where an action belongs: some operations are authorized by other actions.
    OPERATION_AS_ACTION = "operation-as-action", Error;
    /// a resource that is no ARN, or an ARN against the grammar of its resource type.
    MALFORMED_ARN = "malformed-arn", Error;
    /// an ARN's account where the resource type has none, or none where it has one.
    ARN_ACCOUNT = "arn-account", Error;
    /// an ARN of no resource type that the reference knows.
    UNKNOWN_RESOURCE_TYPE = "unknown-resource-type", Warning;
    /// an action that none of the statement's resources is for: the statement has no effect on it.
    ACTION_WITHOUT_RESOURCE = "action-without-resource", Warning;
    /// a resource that none of the statement's actions is for.
    RESOURCE_WITHOUT_ACTION = "resource-without-action", Warning;
    /// a pattern that covers a resource type beyond the one it is written for, for an action that
    /// takes both.
    WIDER_THAN_IT_SEEMS = "wider-than-it-seems", Suggestion;
    /// a condition key that the reference does not know.
    UNKNOWN_KEY = "unknown-key", Warning;
    /// a condition key that is in no request of some of the statement's actions: in an `Allow` they
    /// are not allowed.
    DEAD_CONDITION = "dead-condition", Warning;
    /// a condition key that is in no request of some of the statement's actions: in a `Deny` they
    /// are not denied.
    OPEN_CONDITION = "open-condition", SecurityWarning;
    /// a negated condition on a key that is in no request of some of the statement's actions: it
    /// always holds for them.
    VACUOUS_CONDITION = "vacuous-condition", Warning;
    /// a condition operator that IAM does not have.
    UNKNOWN_OPERATOR = "unknown-operator", Error;
    /// an operator that compares another type than the key's.
    OPERATOR_TYPE = "operator-type", Error;
    /// a key with several values, compared without `ForAnyValue` or `ForAllValues`.
    MISSING_SET_OPERATOR = "missing-set-operator", Error;
    /// `ForAllValues` or `ForAnyValue` on a key with one value.
    NEEDLESS_SET_OPERATOR = "needless-set-operator", Suggestion;
    /// `ForAllValues` in an `Allow` holds where the key is absent as well.
    UNGUARDED_FOR_ALL_VALUES = "unguarded-for-all-values", SecurityWarning;
    /// a value that the operator can't compare.
    INVALID_VALUE = "invalid-value", Error;
    /// `NotAction` in an `Allow` grants every action but some, those of new services included.
    ALLOW_NOT_ACTION = "allow-not-action", SecurityWarning;
    /// `NotPrincipal` in an `Allow` grants to everybody but some, anonymous callers included.
    ALLOW_NOT_PRINCIPAL = "allow-not-principal", SecurityWarning;
    /// a service's key with `NotAction`: it is absent from the other services' requests.
    NOT_ACTION_SERVICE_KEY = "not-action-service-key", Warning;
    /// `iam:PassRole` on every role: whoever has it hands any role to a service.
    PASS_ROLE_ON_EVERY_ROLE = "pass-role-on-every-role", SecurityWarning;
    /// actions with which a caller takes safeguards down, opens data or spends money: an access
    /// level does not tell.
    SENSITIVE_ACTION = "sensitive-action", Suggestion;
    /// an action that can do what another one in the statement can, and is not there.
    FORGOTTEN_SIBLING = "forgotten-sibling", Suggestion;
    /// actions that a call needs beside the one allowed.
    MISSING_DEPENDENT_ACTION = "missing-dependent-action", Suggestion;
    /// an action that is authorized on several resources at once, some of which are not allowed.
    MISSING_REQUIRED_RESOURCE = "missing-required-resource", Warning;
    /// an entry that stands twice, or that a wildcard beside it covers.
    REDUNDANT_ENTRY = "redundant-entry", Suggestion;
    /// a statement that stands twice.
    DUPLICATE_STATEMENT = "duplicate-statement", Suggestion;
    /// a statement that adds nothing to another, unconditional one.
    SHADOWED_STATEMENT = "shadowed-statement", Suggestion;
    /// more characters than some kind of policy may have.
    POLICY_SIZE = "policy-size", Suggestion;
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}
