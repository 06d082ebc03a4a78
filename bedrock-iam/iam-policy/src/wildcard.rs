//! Actions as policies name them: with wildcards, and in any case.

mod minimize;
mod set;

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::Catalog;
use crate::text::glob;

pub use minimize::Minimize;
pub use set::ActionSet;

/// An action as a policy names it, such as `bedrock:Get*`: `*` stands for any text, `?` for any
/// one character, and ASCII case is ignored, as IAM has it.
///
/// ```
/// use iam_policy::{ActionPattern, Catalog};
///
/// let pattern: ActionPattern = "Bedrock:get*Guardrail".parse()?;
/// assert!(pattern.matches("bedrock:GetGuardrail"));
/// assert!(!pattern.matches("bedrock:ListGuardrails"));
/// let catalog = Catalog::of_actions(["bedrock:GetGuardrail", "bedrock:ListGuardrails"]);
/// assert_eq!(pattern.expand(&catalog).collect::<Vec<_>>(), ["bedrock:GetGuardrail"]);
/// # Ok::<(), iam_policy::ActionPatternError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ActionPattern {
    text: Box<str>,
    /// How much of it stands before the first wildcard.
    head: usize,
    /// The rest, in lower case.
    tail: Box<str>,
}

impl ActionPattern {
    /// Reads a pattern: `*`, or a service prefix without wildcards, `:`, and a name that may have
    /// some.
    ///
    /// # Errors
    /// [`ActionPatternError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ActionPatternError> {
        let fault = |fault| ActionPatternError {
            text: text.into(),
            fault,
        };
        if text != "*" {
            let (prefix, name) = text.split_once(':').ok_or_else(|| fault(Fault::NoPrefix))?;
            if prefix.is_empty()
                || !prefix
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            {
                return Err(fault(Fault::Prefix));
            }
            let is_name = |byte: u8| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'?' | b'-' | b'_')
            };
            if name.is_empty() || !name.bytes().all(is_name) {
                return Err(fault(Fault::Name));
            }
        }
        let head = text.find(['*', '?']).unwrap_or(text.len());
        Ok(Self {
            text: text.into(),
            head,
            tail: text[head..].to_ascii_lowercase().into(),
        })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the first wildcard.
    pub(crate) fn head(&self) -> &str {
        &self.text[..self.head]
    }

    /// Whether it is the name of one action, without wildcards.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.head == self.text.len()
    }

    /// Whether it matches an action, given with its prefix.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        match (action.get(..self.head), &*self.tail) {
            (Some(head), tail) if head.eq_ignore_ascii_case(self.head()) => {
                tail == "*"
                    || tail.is_empty() && action.len() == self.head
                    || !tail.is_empty()
                        && glob::matches(tail, &action[self.head..].to_ascii_lowercase())
            }
            _ => false,
        }
    }

    /// The actions of a catalog that it matches, in the catalog's order.
    pub fn expand<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c str> + Clone {
        self.positions(catalog)
            .map(|index| &*catalog.known()[index].name)
    }

    /// Where the actions stand in a catalog that it matches.
    pub(crate) fn positions<'c>(
        &'c self,
        catalog: &'c Catalog,
    ) -> impl Iterator<Item = usize> + Clone + use<'c> {
        let known = catalog.known();
        catalog.beginning_with(self.head()).filter(move |index| {
            let name = &known[*index].lower[self.head..];
            match &*self.tail {
                "*" => true,
                "" => name.is_empty(),
                tail => glob::matches(tail, name),
            }
        })
    }
}

impl PartialEq for ActionPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for ActionPattern {}

impl std::hash::Hash for ActionPattern {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.to_ascii_lowercase().hash(state);
    }
}

impl fmt::Display for ActionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for ActionPattern {
    type Err = ActionPatternError;

    fn from_str(text: &str) -> Result<Self, ActionPatternError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ActionPattern {
    type Error = ActionPatternError;

    fn try_from(text: &str) -> Result<Self, ActionPatternError> {
        Self::parse(text)
    }
}

/// A text that is no action and no pattern of actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionPatternError {
    text: Box<str>,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NoPrefix,
    Prefix,
    Name,
}

impl ActionPatternError {
    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ActionPatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = match self.fault {
            Fault::NoPrefix => {
                "expected `*`, or a service prefix and a name, such as `bedrock:Get*`"
            }
            Fault::Prefix => {
                "expected a service prefix of letters, digits and `-`, without wildcards"
            }
            Fault::Name => {
                "expected a name of letters, digits, `-`, `_`, `*` and `?` after the colon"
            }
        };
        write!(f, "`{}` is no action: {expected}", self.text)
    }
}

impl Error for ActionPatternError {}
