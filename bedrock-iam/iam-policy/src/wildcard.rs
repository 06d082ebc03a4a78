//! Action patterns: names of actions with wildcards, in any case.

mod minimize;
mod set;

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::Catalog;
use crate::text::glob;

pub use minimize::Minimize;
pub use set::ActionSet;

/// Returns whether an entry of `Action` matches every action of every service.
///
/// AWS names `*:*` as full administrative privileges beside `*`, although no other pattern can have a wildcard
/// in the prefix: <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cis-controls.html>, 1.22, read on
/// 2026-11-26.
pub(crate) fn is_everything(entry: &str) -> bool {
    matches!(entry, "*" | "*:*")
}

/// An action or action pattern of a policy, such as `bedrock:Get*`.
///
/// As in IAM, `*` matches any text, `?` any one character, and ASCII case is ignored.
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
    /// The length of the text before the first wildcard.
    head: usize,
    /// The text from the first wildcard on, in lower case.
    tail: Box<str>,
}

impl ActionPattern {
    /// Parses a pattern: `*`, or a service prefix, `:` and a name, which may contain wildcards.
    ///
    /// # Errors
    /// Returns [`ActionPatternError`] if the text is not an action or action pattern.
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

    /// Returns the pattern's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text before the first wildcard.
    pub(crate) fn head(&self) -> &str {
        &self.text[..self.head]
    }

    /// Returns whether the pattern is the name of one action, without wildcards.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.head == self.text.len()
    }

    /// Returns whether the pattern matches an action, given with its prefix.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        glob::matches_name(&self.text, action)
    }

    /// Returns the matching actions of a catalog, in the catalog's order.
    pub fn expand<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c str> + Clone {
        self.positions(catalog)
            .map(|index| &*catalog.known()[index].name)
    }

    /// Returns the positions of the matching actions in a catalog.
    pub(crate) fn positions<'c>(
        &'c self,
        catalog: &'c Catalog,
    ) -> impl Iterator<Item = usize> + Clone + use<'c> {
        let known = catalog.known();
        let automaton =
            (self.tail.len() > 1).then(|| glob::Automaton::new(&self.tail).map(Box::new));
        let automaton = automaton.flatten();
        catalog.beginning_with(self.head()).filter(move |index| {
            let name = &known[*index].lower[self.head..];
            match &automaton {
                Some(automaton) => automaton.matches(name),
                None => glob::matches(&self.tail, name),
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

/// The error of a text that is not a valid action or action pattern.
#[derive(Clone, PartialEq, Eq)]
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
    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for ActionPatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
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
        write!(
            f,
            "`{}` is not a valid action or action pattern; {expected}",
            self.text.escape_debug()
        )
    }
}

impl Error for ActionPatternError {}
