//! Access-denied messages: what AWS's sentence states, in whatever the message is wrapped.

mod arns;
mod pasted;
mod reason;
mod sentence;

use std::fmt;

use crate::decide::Layer;

/// Whether a `Deny` matched the request, or no `Allow` did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DenialKind {
    /// A `Deny` statement matched.
    Explicit,
    /// No `Deny` statement matched, and no `Allow` statement either.
    Implicit,
}

impl DenialKind {
    /// Returns the word in JSON: `explicit` or `implicit`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Implicit => "implicit",
        }
    }
}

impl fmt::Display for DenialKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The facts that an access-denied message states, of any service.
///
/// The text can be wrapped by an SDK, a proxy or a log: JSON escapes, HTML entities, percent
/// encoding, Markdown, line breaks and colors are removed. `None` means that the text does not state
/// the fact; nothing is guessed. Masks such as `****` or `<account>` are kept.
///
/// ```
/// use iam_policy::decide::Layer;
/// use iam_policy::{AccessDenied, DenialKind};
///
/// let denied = AccessDenied::read(
///     "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sqs:SendMessage \
///      on resource: arn:aws:sqs:eu-central-1:123456789012:orders because no session policy allows \
///      the sqs:SendMessage action",
/// );
/// assert_eq!(denied.principal(), Some("arn:aws:iam::123456789012:user/ann"));
/// assert_eq!(denied.action(), Some("sqs:SendMessage"));
/// assert_eq!(denied.resource(), Some("arn:aws:sqs:eu-central-1:123456789012:orders"));
/// assert_eq!(denied.layer(), Some(Layer::Session));
/// assert_eq!(denied.kind(), Some(DenialKind::Implicit));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessDenied {
    plain: String,
    principal: Option<String>,
    actions: Vec<String>,
    resource: Option<String>,
    resource_name: Option<String>,
    reason: reason::Reason,
    operation: Option<String>,
    encoded: bool,
    in_full: bool,
    others: usize,
}

impl AccessDenied {
    /// The most bytes of a text that are read.
    pub const MOST_BYTES: usize = 1 << 20;

    /// Reads a message; any text is accepted. Of a longer text, reads the first
    /// [`MOST_BYTES`](Self::MOST_BYTES).
    #[must_use]
    pub fn read(text: &str) -> Self {
        let start = arns::boundary(text, Self::MOST_BYTES);
        Self {
            in_full: start == text.len(),
            ..sentence::read(pasted::unwrapped(&text[..start]))
        }
    }

    /// Returns whether the whole text was read, and not only its first
    /// [`MOST_BYTES`](Self::MOST_BYTES).
    #[must_use]
    pub const fn is_read_in_full(&self) -> bool {
        self.in_full
    }

    /// Returns the text without its wrapping: no escapes, marks or control characters other than
    /// line breaks.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// Returns whether the text ends with a fact, so that the fact can be cut.
    #[must_use]
    pub fn ends_with(&self, fact: &str) -> bool {
        let is_mark = |it: &char| !it.is_whitespace();
        let mut end = self.plain.chars().rev().filter(is_mark);
        let mut fact = fact.chars().rev().filter(is_mark);
        fact.all(|char| end.next() == Some(char))
    }

    /// Returns the number of other actions or resources that further sentences of the text state.
    #[must_use]
    pub const fn others(&self) -> usize {
        self.others
    }

    /// Returns the ARN of the principal.
    #[must_use]
    pub fn principal(&self) -> Option<&str> {
        self.principal.as_deref()
    }

    /// Returns the denied action, such as `sqs:SendMessage`; the first one if there are several.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.actions.first().map(String::as_str)
    }

    /// Returns all denied actions.
    #[must_use]
    pub fn actions(&self) -> &[String] {
        &self.actions
    }

    /// Returns the ARN of the resource, or `*`.
    #[must_use]
    pub fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    /// Returns the name of the resource if the message states one instead of an ARN, as in "on resource:
    /// role app".
    #[must_use]
    pub fn resource_name(&self) -> Option<&str> {
        self.resource_name.as_deref()
    }

    /// Returns the layer that denied the request.
    #[must_use]
    pub const fn layer(&self) -> Option<Layer> {
        self.reason.layer
    }

    /// Returns whether the denial is explicit or implicit.
    #[must_use]
    pub const fn kind(&self) -> Option<DenialKind> {
        self.reason.kind
    }

    /// Returns the ARN of the policy that denied the request.
    #[must_use]
    pub fn policy_arn(&self) -> Option<&str> {
        self.reason.policy_arn.as_deref()
    }

    /// Returns the action that the reason names, if it is not the [`action`](Self::action).
    ///
    /// A policy has to allow the action that was denied; the other one can be a misspelling.
    #[must_use]
    pub fn other_action(&self) -> Option<&str> {
        let named = self.reason.action.as_deref();
        named.filter(|it| self.action().is_some_and(|action| action != *it))
    }

    /// Returns the API operation that was called, such as `Converse`, if the SDK names it.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// Returns whether the message has an encoded part, which `sts:DecodeAuthorizationMessage`
    /// decodes.
    #[must_use]
    pub const fn is_encoded(&self) -> bool {
        self.encoded
    }
}
