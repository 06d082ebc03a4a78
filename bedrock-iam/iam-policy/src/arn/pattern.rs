//! ARN patterns, as in the `Resource` element of a statement.

use std::fmt;
use std::str::FromStr;

use crate::arn::fields::{self, colons};
use crate::arn::segment::Rules;
use crate::arn::site::Partition;
use crate::arn::{ArnError, ArnFault, Piece, Resource, Template};
use crate::text::glob::{self, Set, Step, meet, steps};

/// An ARN pattern: an ARN with wildcards and policy variables, or `*` for every resource.
///
/// Patterns match as in IAM: the first five colons separate six fields, and a wildcard matches
/// within its field; in the last field `*` also matches `/` and `:`. Matching is case-sensitive. A
/// policy variable matches like `*`, because its value depends on the request; see
/// [`has_variables`](Self::has_variables). The text is kept unchanged.
///
/// ```
/// use iam_policy::ArnPattern;
///
/// let models = ArnPattern::parse("arn:aws:bedrock:*::foundation-model/anthropic.*")?;
/// assert!(models.matches("arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-v2:1"));
/// assert!(!models.matches("arn:aws:bedrock:eu-central-1:123456789012:foundation-model/anthropic.x"));
/// assert!(models.meets(&ArnPattern::parse("arn:aws:bedrock:eu-*::*/*v2*")?));
/// # Ok::<(), iam_policy::ArnError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArnPattern {
    text: Box<str>,
    /// The positions of the first five colons; `None` if the pattern is `*`.
    colons: Option<[usize; 5]>,
}

impl ArnPattern {
    /// Parses a pattern: `*`, or six fields separated by `:`, the first of them `arn`.
    ///
    /// # Errors
    ///
    /// Returns [`ArnError`] if the text is neither. The values of the fields are not checked.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let colons = colons(text);
        if text != "*" && (colons.is_none() || !text.starts_with("arn:")) {
            return Err(ArnError::new(text, "", 0, ArnFault::Fields));
        }
        Ok(Self {
            text: text.into(),
            colons,
        })
    }

    /// Creates the pattern of a typed ARN, which always has six fields.
    pub(crate) fn of_arn(text: String) -> Self {
        Self {
            colons: colons(&text),
            text: text.into(),
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the pattern is `*` alone.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        self.colons.is_none()
    }

    /// Returns the partition, such as `aws` or `${aws:Partition}`; `*` if the pattern is `*`.
    ///
    /// ```
    /// use iam_policy::ArnPattern;
    ///
    /// let agents = ArnPattern::parse("arn:${aws:Partition}:bedrock:*:123456789012:agent/*")?;
    /// assert_eq!(agents.partition(), "${aws:Partition}");
    /// assert_eq!((agents.service(), agents.region()), ("bedrock", "*"));
    /// assert_eq!((agents.account(), agents.resource()), ("123456789012", "agent/*"));
    /// # Ok::<(), iam_policy::ArnError>(())
    /// ```
    #[must_use]
    pub fn partition(&self) -> &str {
        self.field_or_any(1)
    }

    /// Returns the service, such as `bedrock`; `*` if the pattern is `*`.
    #[must_use]
    pub fn service(&self) -> &str {
        self.field_or_any(2)
    }

    /// Returns the region, such as `eu-*`, which may be empty; `*` if the pattern is `*`.
    #[must_use]
    pub fn region(&self) -> &str {
        self.field_or_any(3)
    }

    /// Returns the account, such as `123456789012`, which may be empty; `*` if the pattern is `*`.
    #[must_use]
    pub fn account(&self) -> &str {
        self.field_or_any(4)
    }

    /// Returns the resource, all text after the fifth colon, such as `agent/*`; `*` if the pattern
    /// is `*`.
    #[must_use]
    pub fn resource(&self) -> &str {
        self.field_or_any(5)
    }

    /// Returns whether the pattern contains a policy variable, such as `${aws:username}`.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        let inside = self.text.split("${").skip(1);
        inside.into_iter().any(|rest| {
            rest.split_once('}')
                .is_some_and(|(name, _)| !matches!(name, "*" | "?" | "$"))
        })
    }

    /// Returns whether the pattern matches a concrete ARN.
    #[must_use]
    pub fn matches(&self, arn: &str) -> bool {
        let Some(colons) = self.colons else {
            return true;
        };
        let mut rest = arn;
        for index in 0..5 {
            let Some((field, tail)) = rest.split_once(':') else {
                return false;
            };
            if !glob::matches(self.field(colons, index), field) {
                return false;
            }
            rest = tail;
        }
        glob::matches(self.field(colons, 5), rest)
    }

    /// Returns whether there can be an ARN that matches both patterns.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs)) = (self.colons, other.colons) else {
            return true;
        };
        (0..6).all(|index| {
            let (a, b) = (self.field(mine, index), other.field(theirs, index));
            match (glob::is_plain(a), glob::is_plain(b)) {
                (true, true) => a == b,
                (true, false) => glob::matches(b, a),
                (false, true) => glob::matches(a, b),
                (false, false) => a == b || meet(&steps(a), &steps(b)),
            }
        })
    }

    /// Returns whether the pattern can match an ARN of this resource type.
    ///
    /// The result depends on the type's template and on the values that its placeholders allow:
    /// `…:agent/A/B` can't be an agent; `…:flow/*` can be a flow or one of its aliases.
    #[must_use]
    pub fn fits<R: Resource>(&self) -> bool {
        self.fits_template(&R::TEMPLATE)
    }

    /// Same as [`fits`](Self::fits), for a template.
    #[doc(hidden)]
    #[must_use]
    pub fn fits_template(&self, template: &Template) -> bool {
        let Some(colons) = self.colons else {
            return true;
        };
        // Rules out most types cheaply.
        if !begins_alike(self.field(colons, 5), template.head) {
            return false;
        }
        let mut pieces = template.pieces.iter().copied();
        // The rest of a literal that contains a colon.
        let mut literal = "";
        let mut field = Vec::with_capacity(8);
        (0..6).all(|index| {
            field.clear();
            loop {
                let (text, rest) = match literal.split_once(':') {
                    Some((text, rest)) if index < 5 => (text, Some(rest)),
                    _ => (literal, None),
                };
                if !text.is_empty() {
                    field.push(Piece::Literal(text));
                }
                literal = rest.unwrap_or_default();
                if rest.is_some() {
                    break;
                }
                match pieces.next() {
                    Some(Piece::Literal(text)) => literal = text,
                    Some(piece) => field.push(piece),
                    None => break,
                }
            }
            field_fits(self.field(colons, index), &field, template)
        })
    }

    /// Returns the service if it has neither wildcards nor variables.
    pub(crate) fn plain_service(&self) -> Option<&str> {
        Some(self.service()).filter(|field| glob::is_plain(field))
    }

    /// Returns the pattern with another account; `*` alone is returned unchanged.
    pub(crate) fn with_account(&self, account: &str) -> Self {
        self.with_field(4, account)
    }

    /// Returns the pattern with another region; `*` alone is returned unchanged.
    pub(crate) fn with_region(&self, region: &str) -> Self {
        self.with_field(3, region)
    }

    /// Returns the pattern with one of its first five fields replaced.
    fn with_field(&self, index: usize, text: &str) -> Self {
        match self.colons {
            None => self.clone(),
            Some(colons) => {
                let (before, after) = (
                    &self.text[..=colons[index - 1]],
                    &self.text[colons[index]..],
                );
                Self::of_arn([before, text, after].concat())
            }
        }
    }

    fn field(&self, colons: [usize; 5], index: usize) -> &str {
        fields::field(&self.text, colons, index)
    }

    fn field_or_any(&self, index: usize) -> &str {
        self.colons.map_or("*", |colons| self.field(colons, index))
    }
}

/// Returns whether a text has the six fields of an ARN, the first of them `arn`.
pub(crate) const fn is_pattern(text: &str) -> bool {
    let [b'a', b'r', b'n', b':', ..] = text.as_bytes() else {
        return false;
    };
    colons(text).is_some()
}

/// Returns whether the pattern's text before its first wildcard is a prefix of the literal, or the
/// reverse.
fn begins_alike(pattern: &str, literal: &str) -> bool {
    let plain = pattern
        .bytes()
        .take_while(|byte| !matches!(byte, b'*' | b'?' | b'$'));
    plain.zip(literal.bytes()).all(|(a, b)| a == b)
}

/// Returns whether a field of a pattern can match the same field of a template.
fn field_fits(pattern: &str, pieces: &[Piece], template: &Template) -> bool {
    const WITHIN: Rules = Rules {
        colon: false,
        slash: false,
        delimiter: None,
    };
    match pieces {
        _ if pattern == "*" => return true,
        [] => return glob::matches(pattern, ""),
        [Piece::Literal(text)] => return glob::matches(pattern, text),
        [Piece::Literal(text), ..] if !begins_alike(pattern, text) => return false,
        _ => {}
    }
    let mut wanted = Vec::with_capacity(64);
    for piece in pieces {
        match *piece {
            Piece::Literal(text) => wanted.extend(text.chars().map(|c| Step::once(Set::Only(c)))),
            Piece::Partition => {
                return Partition::ALL
                    .iter()
                    .any(|known| glob::matches(pattern, known.as_str()));
            }
            Piece::Account => {
                let digits = [Step::once(Set::Digit); 12];
                return glob::matches(pattern, "aws") || meet(&steps(pattern), &digits);
            }
            Piece::Region => {
                if !template.regionless {
                    wanted.push(Step::once(Set::Within(WITHIN)));
                }
                wanted.push(Step::any_number(Set::Within(WITHIN)));
            }
            Piece::Segment(index) => {
                let rules = template.rules.get(index).copied().unwrap_or(WITHIN);
                wanted.push(Step::once(Set::Within(rules)));
                wanted.push(Step::any_number(Set::Within(rules)));
            }
            Piece::Any => {
                wanted.push(Step::once(Set::Any));
                wanted.push(Step::any_number(Set::Any));
            }
        }
    }
    meet(&steps(pattern), &wanted)
}

impl fmt::Display for ArnPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for ArnPattern {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl FromStr for ArnPattern {
    type Err = ArnError;

    /// Calls [`ArnPattern::parse`].
    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ArnPattern {
    type Error = ArnError;

    /// Calls [`ArnPattern::parse`].
    fn try_from(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

impl<R: Resource> From<&crate::Arn<R>> for ArnPattern {
    /// Calls [`Arn::to_pattern`](crate::Arn::to_pattern).
    fn from(arn: &crate::Arn<R>) -> Self {
        arn.to_pattern()
    }
}

crate::__serde_str!(ArnPattern);
