//! Actions that no module knows: the loud way out.

use std::error::Error;
use std::fmt;

use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::supports::{AnyKeys, On};

use super::{ActionUse, Actions};

/// An action by name alone: of a service without a module, or newer than the snapshot.
///
/// [`foreign_action!`](crate::foreign_action) makes one from a literal, [`parse`](Self::parse) and
/// [`glob`](Self::glob) from run-time strings. It is accepted on every resource and with every
/// condition key, so that nothing tells a misspelt action from a right one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ForeignAction(Text);

impl ForeignAction {
    /// One action, such as `iam:PassRole`.
    ///
    /// # Errors
    ///
    /// [`ActionError`] for anything but a prefix of ASCII letters, digits and `-`, a colon, and a
    /// name of the same.
    pub fn parse(name: &str) -> Result<Self, ActionError> {
        Self::read(name, false)
    }

    /// A pattern of actions, such as `bedrock:Get*`.
    ///
    /// # Errors
    ///
    /// [`ActionError`] for what [`parse`](Self::parse) refuses, but for `*` and `?` in the name.
    pub fn glob(pattern: &str) -> Result<Self, ActionError> {
        Self::read(pattern, true)
    }

    fn read(name: &str, glob: bool) -> Result<Self, ActionError> {
        if is_action(name, glob) {
            return Ok(Self(Text::Owned(name.to_owned())));
        }
        Err(ActionError {
            text: name.into(),
            glob,
        })
    }

    /// The action with its prefix.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ForeignAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Actions for ForeignAction {
    fn push_to(&self, names: &mut OneOrMany) {
        names.push(self.0.clone());
    }

    fn uses(&self, uses: &mut Vec<ActionUse>) {
        uses.push(ActionUse {
            name: self.0.clone(),
            supports: None,
        });
    }
}

impl<R> On<R> for ForeignAction {
    type Keys = AnyKeys;
}

/// Whether a text is an action with its prefix; wildcards may stand in the name.
const fn is_action(text: &str, glob: bool) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut colon) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b':' if colon == 0 && at > 0 => colon = at,
            b'*' | b'?' if glob && colon > 0 => {}
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => {}
            _ => return false,
        }
        at += 1;
    }
    colon > 0 && colon + 1 < bytes.len()
}

/// An action for [`foreign_action!`](crate::foreign_action); does not compile for what is none.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn action_literal(name: &'static str) -> ForeignAction {
    assert!(
        is_action(name, false),
        "this is no action; expected a prefix, a colon and a name, such as `iam:PassRole`; \
         wildcards are said by `foreign_action!(glob \"…\")`"
    );
    ForeignAction(Text::Borrowed(name))
}

/// The same for a pattern.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn action_glob(pattern: &'static str) -> ForeignAction {
    assert!(
        is_action(pattern, true),
        "this is no pattern of actions; expected a prefix, a colon and a name that may hold `*` \
         and `?`, such as `s3:Get*`"
    );
    ForeignAction(Text::Borrowed(pattern))
}

/// A [`ForeignAction`](crate::ForeignAction) from a literal whose form is checked while compiling:
/// an action of a service without a module here, or one that is newer than the snapshot.
///
/// `foreign_action!(glob "s3:Get*")` may hold the wildcards `*` and `?`.
///
/// ```
/// use iam_policy::{Statement, foreign_action, foreign_key, raw_arn};
///
/// let pass = Statement::allow(foreign_action!("iam:PassRole"))
///     .on(raw_arn!("arn:aws:iam::123456789012:role/bedrock"))
///     .when(foreign_key!("iam:PassedToService").string_equals("bedrock.amazonaws.com"));
/// ```
///
/// ```compile_fail
/// iam_policy::foreign_action!("PassRole");
/// ```
#[macro_export]
macro_rules! foreign_action {
    (glob $pattern:expr) => {{
        const ACTION: $crate::ForeignAction = $crate::runtime::action_glob($pattern);
        ACTION
    }};
    ($name:expr) => {{
        const ACTION: $crate::ForeignAction = $crate::runtime::action_literal($name);
        ACTION
    }};
}

/// A text that is no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionError {
    text: Box<str>,
    glob: bool,
}

impl ActionError {
    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ActionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.escape_debug();
        if self.glob {
            return write!(
                f,
                "`{text}` is no pattern of actions; expected a prefix, a colon and a name that may \
                 hold `*` and `?`, such as `s3:Get*`"
            );
        }
        write!(
            f,
            "`{text}` is no action; expected a prefix, a colon and a name, such as `iam:PassRole`"
        )?;
        if self.text.contains(['*', '?']) {
            f.write_str("; hint: `ForeignAction::glob` holds wildcards")?;
        }
        Ok(())
    }
}

impl Error for ActionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_said_aloud() {
        for action in [
            "iam:PassRole",
            "aws-marketplace:ViewSubscriptions",
            "a4b:Get-1",
        ] {
            assert_eq!(
                ForeignAction::parse(action).map(|it| it.to_string()),
                Ok(action.to_owned())
            );
        }
        assert!(ForeignAction::glob("s3:Get*").is_ok() && ForeignAction::glob("s3:*").is_ok());
        for none in [
            "", "*", "s3", ":Get", "s3:", "s3:Get*", "s3:Get:x", "s3: Get", "s3:Gét",
        ] {
            assert!(ForeignAction::parse(none).is_err(), "{none:?}");
        }
        assert!(ForeignAction::glob("*:Get").is_err() && ForeignAction::glob("*").is_err());
    }
}
