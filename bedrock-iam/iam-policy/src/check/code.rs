//! The findings by name: one table of codes, each with its severity and what it means.

use std::fmt;

use super::Severity;

/// Declares the enum, its names, its severities and its explanations in one place.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $Code:ident = $name:literal, $severity:ident;)*) => {
        /// The name of a kind of finding: stable, to be matched on and to be silenced by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $name, "`:")]
                $(#[doc = $doc])+
                $Code,
            )*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$Code),*];

            /// The code's name, such as `unknown-action`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Code => $name,)*
                }
            }

            /// What a finding with this code means.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$Code => concat!($($doc, "\n"),+),)*
                }
            }

            /// How bad such a finding usually is; one finding may be graded otherwise.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$Code => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// the document has no statement.
    MissingStatement = "missing-statement", Error;
    /// the version is none of IAM's two.
    InvalidVersion = "invalid-version", Error;
    /// without `2012-10-17`, policy variables are plain text and newer features are off.
    OldVersion = "old-version", Warning;
    /// a member that IAM does not define: it refuses the document.
    UnknownElement = "unknown-element", Error;
    /// the effect is missing or neither `Allow` nor `Deny`.
    InvalidEffect = "invalid-effect", Error;
    /// a statement lacks one of the elements that it needs.
    MissingElement = "missing-element", Error;
    /// an element and its negation in one statement: IAM takes one of them.
    ConflictingElements = "conflicting-elements", Error;
    /// two statements with one `Sid`.
    DuplicateSid = "duplicate-sid", Error;
    /// a list without an entry.
    EmptyList = "empty-list", Suggestion;
    /// a number or truth value where only texts may stand.
    NotAText = "not-a-text", Error;
    /// an entry that is no action and no pattern of actions.
    MalformedAction = "malformed-action", Error;
    /// an action that the reference does not know: an error where a word of it looks misspelt, a
    /// warning where it may be newer than the snapshot that the crate was made from.
    UnknownAction = "unknown-action", Warning;
    /// an action, a condition key or an ARN of a resource type that has left the reference: it may
    /// still work, and it may do nothing.
    RemovedName = "removed-name", Warning;
    /// an API operation where an action belongs: some operations are authorized by other actions.
    OperationAsAction = "operation-as-action", Error;
    /// a resource that is no ARN, or an ARN against the grammar of its resource type.
    MalformedArn = "malformed-arn", Error;
    /// an ARN's account where the resource type has none, or none where it has one.
    ArnAccount = "arn-account", Error;
    /// an ARN of no resource type that the reference knows.
    UnknownResourceType = "unknown-resource-type", Warning;
    /// an action that none of the statement's resources is for: the statement has no effect on it.
    ActionWithoutResource = "action-without-resource", Warning;
    /// a resource that none of the statement's actions is for.
    ResourceWithoutAction = "resource-without-action", Warning;
    /// a pattern that covers a resource type beyond the one it is written for, for an action that
    /// takes both.
    WiderThanItSeems = "wider-than-it-seems", Suggestion;
    /// a condition key that the reference does not know.
    UnknownKey = "unknown-key", Warning;
    /// a condition key that is in no request of some of the statement's actions: in an `Allow` they
    /// are not allowed.
    DeadCondition = "dead-condition", Warning;
    /// a condition key that is in no request of some of the statement's actions: in a `Deny` they
    /// are not denied.
    OpenCondition = "open-condition", SecurityWarning;
    /// a negated condition on a key that is in no request of some of the statement's actions: it
    /// always holds for them.
    VacuousCondition = "vacuous-condition", Warning;
    /// a condition operator that IAM does not have.
    UnknownOperator = "unknown-operator", Error;
    /// an operator that compares another type than the key's.
    OperatorType = "operator-type", Error;
    /// a key with several values, compared without `ForAnyValue` or `ForAllValues`.
    MissingSetOperator = "missing-set-operator", Error;
    /// `ForAllValues` or `ForAnyValue` on a key with one value.
    NeedlessSetOperator = "needless-set-operator", Suggestion;
    /// `ForAllValues` in an `Allow` holds where the key is absent as well.
    UnguardedForAllValues = "unguarded-for-all-values", SecurityWarning;
    /// a value that the operator can't compare.
    InvalidValue = "invalid-value", Error;
    /// `NotAction` in an `Allow` grants every action but some, those of new services included.
    AllowNotAction = "allow-not-action", SecurityWarning;
    /// `NotPrincipal` in an `Allow` grants to everybody but some, anonymous callers included.
    AllowNotPrincipal = "allow-not-principal", SecurityWarning;
    /// a service's key with `NotAction`: it is absent from the other services' requests.
    NotActionServiceKey = "not-action-service-key", Warning;
    /// `iam:PassRole` on every role: whoever has it hands any role to a service.
    PassRoleOnEveryRole = "pass-role-on-every-role", SecurityWarning;
    /// actions with which a caller takes safeguards down, opens data or spends money: an access
    /// level does not tell.
    SensitiveAction = "sensitive-action", Suggestion;
    /// an action that can do what another one in the statement can, and is not there.
    ForgottenSibling = "forgotten-sibling", Suggestion;
    /// an inference profile without the models that it calls, or models that are allowed only
    /// through a profile that is not.
    ProfileWithoutModels = "profile-without-models", Warning;
    /// actions that a call needs beside the one allowed.
    MissingDependentAction = "missing-dependent-action", Suggestion;
    /// an action that is authorized on several resources at once, some of which are not allowed.
    MissingRequiredResource = "missing-required-resource", Warning;
    /// an entry that stands twice, or that a wildcard beside it covers.
    RedundantEntry = "redundant-entry", Suggestion;
    /// a statement that stands twice.
    DuplicateStatement = "duplicate-statement", Suggestion;
    /// a statement that adds nothing to another, unconditional one.
    ShadowedStatement = "shadowed-statement", Suggestion;
    /// more characters than some kind of policy may have.
    PolicySize = "policy-size", Suggestion;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        let kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        assert!(names.iter().all(|name| name.bytes().all(kebab)));
        assert!(
            Code::ALL
                .iter()
                .all(|code| !code.explanation().trim().is_empty())
        );
    }
}
