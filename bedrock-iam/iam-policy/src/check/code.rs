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
    /// the text is not JSON, or does not have the structure of a policy. IAM rejects it.
    NOT_A_POLICY = "not-a-policy", Error;
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
    /// two statements have the same `Sid`. IAM rejects the document, unless it is a resource-based
    /// policy.
    DUPLICATE_SID = "duplicate-sid", Error;
    /// a `Sid` with a character that is not an ASCII letter or digit, in a policy that IAM or AWS
    /// Organizations stores, or with a policy variable. AWS rejects the document.
    INVALID_SID = "invalid-sid", Error;
    /// a list or an object has no entries, so the statement does not apply to anything, or a condition
    /// compares nothing.
    EMPTY_LIST = "empty-list", Suggestion;
    /// a number or boolean where a string is required, such as in `Action`. IAM rejects the document.
    NOT_A_TEXT = "not-a-text", Error;
    /// an element that this kind of policy does not have, such as `Principal` in an identity-based
    /// policy, or `Allow` in a resource control policy. AWS rejects the document.
    UNSUPPORTED_ELEMENT = "unsupported-element", Error;
    /// an action, a resource or a principal that this kind of policy can't have, such as an action of
    /// another service in a key policy. AWS rejects the document, or the entry has no effect.
    UNSUPPORTED_ENTRY = "unsupported-entry", Error;
    /// a key policy without a statement by which anyone can change it. The key can become unmanageable.
    UNMANAGEABLE_KEY = "unmanageable-key", Warning;
    /// a text that is not a principal of its kind. AWS rejects the document, or the entry matches
    /// nobody.
    INVALID_PRINCIPAL = "invalid-principal", Error;
    /// the id of a user or role that was deleted. It matches nobody.
    DELETED_PRINCIPAL = "deleted-principal", Warning;
    /// a service principal that is not known. IAM rejects the trust policy of a role with a service
    /// principal that does not exist.
    UNKNOWN_SERVICE_PRINCIPAL = "unknown-service-principal", Warning;
    /// an `Allow` statement for everyone, without a condition that limits the callers.
    OPEN_TO_EVERYONE = "open-to-everyone", SecurityWarning;
    /// an `Allow` statement for a service, without a condition on the resource that it calls for. Other
    /// customers of the service can use it to gain access (the confused deputy problem).
    CONFUSED_DEPUTY = "confused-deputy", SecurityWarning;
    /// conditions on `aws:SourceAccount` and `aws:SourceArn` with different accounts, or a source that the
    /// service never calls for. No request matches them.
    SOURCE_MISMATCH = "source-mismatch", Error;
    /// an action that is not valid in a trust policy, or not the one by which the statement's
    /// principals assume a role. IAM rejects the document, or the principals can't assume the role.
    TRUST_ACTION = "trust-action", Error;
    /// a trust policy without an action that its principals or condition keys require. They can't assume
    /// the role.
    MISSING_TRUST_ACTION = "missing-trust-action", Error;
    /// trust in an identity provider without a condition that limits it to identities of one's own.
    OPEN_IDENTITY_PROVIDER = "open-identity-provider", SecurityWarning;
    /// `ForAnyValue` or `ForAllValues` on the audience of a web identity, which is one value.
    /// `ForAllValues` is also true if the key is absent.
    AUDIENCE_SET_OPERATOR = "audience-set-operator", Suggestion;
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
    /// allows nor denies it. An error if this is so for all actions of an `Allow` statement.
    ACTION_WITHOUT_RESOURCE = "action-without-resource", Warning;
    /// a resource that none of the statement's actions applies to, so the entry has no effect.
    RESOURCE_WITHOUT_ACTION = "resource-without-action", Warning;
    /// a resource pattern that also matches ARNs of another resource type, to which one of the
    /// statement's actions applies. The statement allows more than it seems to.
    WIDER_THAN_IT_SEEMS = "wider-than-it-seems", Suggestion;
    /// a condition key that is not in the reference. If no request has it, the condition is always
    /// false, or always true. An error if the name looks misspelled or is a global one, a warning if the
    /// key may be newer than the facts.
    UNKNOWN_KEY = "unknown-key", Warning;
    /// a condition key that is never in the requests of some of an `Allow` statement's actions, which
    /// therefore are not allowed. An error if the statement allows nothing.
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
    /// `ForAllValues` on a condition key with several values, in an `Allow` statement that does not require
    /// the key. It is also true if the key is absent, so the statement allows such requests, as most
    /// authors intend.
    UNGUARDED_FOR_ALL_VALUES = "unguarded-for-all-values", Suggestion;
    /// a value that the condition operator can't compare, or that the key never has. The comparison is
    /// never true, or IAM rejects the document.
    INVALID_VALUE = "invalid-value", Error;
    /// a condition value with `*` or `?` under an operator that compares them as plain characters, such as
    /// `StringEquals`. An error if no value of the key can have them, so that none is equal.
    WILDCARD_WITHOUT_LIKE = "wildcard-without-like", Warning;
    /// numbers or booleans beside strings in the values of one condition key.
    MIXED_VALUES = "mixed-values", Suggestion;
    /// the same condition key twice under one operator, in different letter case. IAM ignores the case
    /// and rejects the document.
    DUPLICATE_KEY = "duplicate-key", Error;
    /// an address that is not used on the internet, compared with a key that has public addresses only.
    /// The comparison is never true.
    PRIVATE_ADDRESS = "private-address", Error;
    /// a network with bits behind its prefix, which IAM ignores.
    HOST_BITS = "host-bits", Suggestion;
    /// conditions of one statement that are never true together, or a condition that is never true. The
    /// statement never applies.
    CONTRADICTORY_CONDITION = "contradictory-condition", Error;
    /// a condition that is true for every request, or for every request with its key. It does not limit
    /// the statement.
    CONDITION_ALWAYS_TRUE = "condition-always-true", Suggestion;
    /// a condition that requests evade: on a key that limits little without another one, or on prefixes that
    /// are not to be listed, although a shorter prefix lists the same.
    WEAK_CONDITION = "weak-condition", SecurityWarning;
    /// an `…IfExists` operator in an `Allow` statement, on a key that limits who can use it. Requests
    /// without the key are allowed.
    ABSENT_KEY_ALLOWED = "absent-key-allowed", Warning;
    /// a condition of a `Deny` statement on a key that requests with long-term credentials lack. Such
    /// requests are not denied.
    ABSENT_KEY_NOT_DENIED = "absent-key-not-denied", Warning;
    /// a condition of a resource control policy on a key that only principals or only AWS services have. The
    /// statement also denies the calls of the others.
    UNINTENDED_CALLERS = "unintended-callers", Warning;
    /// `ForAllValues` in a `Deny` statement. It also denies requests without the key, and does not deny
    /// requests that have one other value.
    FOR_ALL_VALUES_IN_DENY = "for-all-values-in-deny", Warning;
    /// `${…}` that is not a policy variable. IAM rejects the document, or the text never matches.
    INVALID_VARIABLE = "invalid-variable", Error;
    /// a policy variable whose condition key does not exist. It has no value, so the text never matches.
    UNKNOWN_VARIABLE = "unknown-variable", Error;
    /// `NotAction` in an `Allow` statement. It allows every action except those listed, including
    /// actions of future services.
    ALLOW_NOT_ACTION = "allow-not-action", SecurityWarning;
    /// `NotPrincipal` in an `Allow` statement. It grants access to everyone except those listed,
    /// including anonymous callers.
    ALLOW_NOT_PRINCIPAL = "allow-not-principal", SecurityWarning;
    /// `NotPrincipal` in a `Deny` statement, with a user, role or session but without its account. The
    /// statement may deny access to the whole account, the listed principal included.
    NOT_PRINCIPAL_WITHOUT_ACCOUNT = "not-principal-without-account", Warning;
    /// a condition key of one service in a statement with `NotAction`. The key is absent from the
    /// requests of all other services.
    NOT_ACTION_SERVICE_KEY = "not-action-service-key", Warning;
    /// the key of a tag in a `Deny` statement with `NotAction`. Requests for actions without tags do not
    /// have the key, so they are not denied.
    NOT_ACTION_TAG_KEY = "not-action-tag-key", Suggestion;
    /// `iam:CreateServiceLinkedRole` without the name of a service. A caller can create the roles of services
    /// that were not intended.
    ANY_SERVICE_LINKED_ROLE = "any-service-linked-role", Warning;
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
