//! Codes of findings, in one table with their severities and explanations.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::Severity;

/// The kind of a finding, with a stable name by which findings can be ignored.
///
/// The codes of the engine's rules are constants of this type; other crates define codes for their
/// own rules. [`Catalog::codes`](crate::Catalog::codes) returns all codes that a check can report.
/// Two codes are equal if their names are.
///
/// ```
/// use iam_policy::check::{Code, Severity};
///
/// let code = Code::UNKNOWN_ACTION;
/// assert_eq!(code.as_str(), "unknown-action");
/// assert_eq!(code.severity(), Severity::Warning);
/// assert!(code.explanation().contains("not in the reference"));
/// ```
#[derive(Clone, Copy)]
pub struct Code {
    name: &'static str,
    severity: Severity,
    explanation: &'static str,
}

impl Code {
    /// Creates a code from a name in kebab case, the usual severity of its findings, and an
    /// explanation of the problem and its effect.
    #[must_use]
    pub const fn new(name: &'static str, severity: Severity, explanation: &'static str) -> Self {
        Self {
            name,
            severity,
            explanation,
        }
    }

    /// Returns the code's name, such as `unknown-action`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// Returns an explanation of the problem and its effect.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        self.explanation
    }

    /// Returns the usual severity; a single finding may have another one.
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
    /// the document has no statement. IAM rejects it.
    MISSING_STATEMENT = "missing-statement", Error;
    /// the `Version` is neither `2012-10-17` nor `2008-10-17`. IAM rejects the document.
    INVALID_VERSION = "invalid-version", Error;
    /// the document has no `Version`, or uses policy variables in version `2008-10-17`. Without
    /// `2012-10-17`, policy variables are plain text, and newer features are not available.
    OLD_VERSION = "old-version", Warning;
    /// an element or a kind of principal that IAM does not define. IAM rejects the document.
    UNKNOWN_ELEMENT = "unknown-element", Error;
    /// the `Effect` is missing, or neither `Allow` nor `Deny`. IAM rejects the document.
    INVALID_EFFECT = "invalid-effect", Error;
    /// a statement lacks an element that it requires, or a principal has no kind. IAM rejects the
    /// document.
    MISSING_ELEMENT = "missing-element", Error;
    /// a statement has an element and its negation, such as `Action` and `NotAction`. IAM rejects
    /// the document.
    CONFLICTING_ELEMENTS = "conflicting-elements", Error;
    /// two statements have the same `Sid`. IAM rejects the document.
    DUPLICATE_SID = "duplicate-sid", Error;
    /// a list has no entries, so the statement does not apply to anything.
    EMPTY_LIST = "empty-list", Suggestion;
    /// a number or boolean in a list of strings, such as `Action`. IAM rejects the document.
    NOT_A_TEXT = "not-a-text", Error;
    /// an entry that is not a valid action or action pattern. IAM rejects the document, or the entry
    /// matches nothing.
    MALFORMED_ACTION = "malformed-action", Error;
    /// a service prefix, or the service field of an ARN, that no AWS service has. An error if it is the
    /// name of an SDK client or endpoint, or a misspelled prefix; a warning if the service may be newer
    /// than the facts.
    UNKNOWN_SERVICE = "unknown-service", Warning;
    /// an action that is not in the reference, so the entry probably has no effect. An error if the
    /// name looks misspelled, a warning if the action may be newer than the facts.
    UNKNOWN_ACTION = "unknown-action", Warning;
    /// an action, a condition key or an ARN of a resource type that was removed from the reference.
    /// It may still work, or may have no effect.
    REMOVED_NAME = "removed-name", Warning;
    /// an API operation instead of an action. The operation is authorized by other actions, so the
    /// entry has no effect.
    OPERATION_AS_ACTION = "operation-as-action", Error;
    /// a resource that is not an ARN, or an ARN with an invalid field. It matches no resource.
    MALFORMED_ARN = "malformed-arn", Error;
    /// an ARN with an account id although its resource type has none, or without the account id
    /// that its resource type has. It matches no resource.
    ARN_ACCOUNT = "arn-account", Error;
    /// an ARN of a resource type that is not in the reference. It probably matches no resource.
    UNKNOWN_RESOURCE_TYPE = "unknown-resource-type", Warning;
    /// an action that does not apply to any of the statement's resources, so the statement neither
    /// allows nor denies it.
    ACTION_WITHOUT_RESOURCE = "action-without-resource", Warning;
    /// a resource that none of the statement's actions applies to, so the entry has no effect.
    RESOURCE_WITHOUT_ACTION = "resource-without-action", Warning;
    /// a resource pattern that also matches ARNs of another resource type, to which one of the
    /// statement's actions applies. The statement allows more than it seems to.
    WIDER_THAN_IT_SEEMS = "wider-than-it-seems", Suggestion;
    /// a condition key that is not in the reference. If no request has it, the condition is always
    /// false, or always true.
    UNKNOWN_KEY = "unknown-key", Warning;
    /// a condition key that is never in the requests of some of an `Allow` statement's actions, which
    /// therefore are not allowed.
    DEAD_CONDITION = "dead-condition", Warning;
    /// a condition key that is never in the requests of some of a `Deny` statement's actions, which
    /// therefore are not denied.
    OPEN_CONDITION = "open-condition", SecurityWarning;
    /// a negated condition on a key that is never in the requests of some of the statement's
    /// actions. It is always true for them, so it does not limit the statement.
    VACUOUS_CONDITION = "vacuous-condition", Warning;
    /// a condition operator that IAM does not define. IAM rejects the document.
    UNKNOWN_OPERATOR = "unknown-operator", Error;
    /// a condition operator for values of another type than the key's. The comparison may never be
    /// true.
    OPERATOR_TYPE = "operator-type", Error;
    /// a condition key with several values in a request, compared without `ForAnyValue` or
    /// `ForAllValues`. The comparison does not work as expected.
    MISSING_SET_OPERATOR = "missing-set-operator", Error;
    /// `ForAllValues` or `ForAnyValue` on a condition key with a single value. It is not needed, and
    /// `ForAllValues` is also true if the key is absent.
    NEEDLESS_SET_OPERATOR = "needless-set-operator", Suggestion;
    /// `ForAllValues` in an `Allow` statement that does not require the key. It is also true if the
    /// key is absent, so the statement allows such requests.
    UNGUARDED_FOR_ALL_VALUES = "unguarded-for-all-values", SecurityWarning;
    /// a value that the condition operator can't compare, or that the key never has. The comparison is
    /// never true, or IAM rejects the document.
    INVALID_VALUE = "invalid-value", Error;
    /// `NotAction` in an `Allow` statement. It allows every action except those listed, including
    /// actions of future services.
    ALLOW_NOT_ACTION = "allow-not-action", SecurityWarning;
    /// `NotPrincipal` in an `Allow` statement. It grants access to everyone except those listed,
    /// including anonymous callers.
    ALLOW_NOT_PRINCIPAL = "allow-not-principal", SecurityWarning;
    /// a condition key of one service in a statement with `NotAction`. The key is absent from the
    /// requests of all other services.
    NOT_ACTION_SERVICE_KEY = "not-action-service-key", Warning;
    /// `iam:PassRole` on every role. A caller can pass a role with more permissions than its own to a
    /// service.
    PASS_ROLE_ON_EVERY_ROLE = "pass-role-on-every-role", SecurityWarning;
    /// an action with which a caller can disable safeguards, expose data or spend money, although
    /// its access level does not suggest it.
    SENSITIVE_ACTION = "sensitive-action", Suggestion;
    /// an action is denied without another action that has the same effect. A caller can use the other
    /// action to bypass the `Deny`.
    FORGOTTEN_SIBLING = "forgotten-sibling", Warning;
    /// an allowed action requires other actions that no statement allows. Requests may fail.
    MISSING_DEPENDENT_ACTION = "missing-dependent-action", Suggestion;
    /// an action is authorized on several resources at once, and some of them are not allowed.
    /// Requests fail.
    MISSING_REQUIRED_RESOURCE = "missing-required-resource", Warning;
    /// an entry that is listed twice, or that a wildcard in the same list also matches. It can be
    /// removed.
    REDUNDANT_ENTRY = "redundant-entry", Suggestion;
    /// a statement that repeats another one. It can be removed.
    DUPLICATE_STATEMENT = "duplicate-statement", Suggestion;
    /// a statement that adds nothing to another, unconditional one. It can be removed.
    SHADOWED_STATEMENT = "shadowed-statement", Suggestion;
    /// the document is longer than the limit for some types of policies. IAM rejects it as such a
    /// policy.
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
