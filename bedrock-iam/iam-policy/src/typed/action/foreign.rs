//! Actions given as text, without a type in a service module.

use std::error::Error;
use std::fmt;

use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::supports::{AnyKeys, On};

use super::{ActionUse, Actions};

/// An action given as text: one of a service without a module, or newer than the snapshot.
///
/// [`foreign_action!`](crate::foreign_action) creates it from a literal, [`parse`](Self::parse) and
/// [`glob`](Self::glob) from run-time strings. It accepts every resource and every condition key,
/// and the compiler does not detect a misspelled action.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ForeignAction(Text);

impl ForeignAction {
    /// Parses one action, such as `iam:PassRole`.
    ///
    /// # Errors
    ///
    /// Returns [`ActionError`] if the text is not a prefix, a colon and a name, both of ASCII
    /// letters, digits and `-`.
    pub fn parse(name: &str) -> Result<Self, ActionError> {
        Self::read(name, false)
    }

    /// Parses an action pattern, such as `bedrock:Get*`.
    ///
    /// # Errors
    ///
    /// Returns [`ActionError`] as [`parse`](Self::parse) does, except that the name can contain
    /// `*` and `?`.
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

    /// Returns the action with its prefix.
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

/// Returns whether a text is an action with its prefix; `glob` allows wildcards in the name.
pub(super) const fn is_action(text: &str, glob: bool) -> bool {
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

/// Creates the action of [`foreign_action!`](crate::foreign_action).
///
/// An invalid literal does not compile.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn action_literal(name: &'static str) -> ForeignAction {
    assert!(
        is_action(name, false),
        "not a valid action; expected a prefix, a colon and a name, such as `iam:PassRole`; \
         hint: `foreign_action!(glob \"…\")` accepts wildcards"
    );
    ForeignAction(Text::Borrowed(name))
}

/// Creates the action pattern of [`foreign_action!`](crate::foreign_action) with `glob`.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn action_glob(pattern: &'static str) -> ForeignAction {
    assert!(
        is_action(pattern, true),
        "not a valid action pattern; expected a prefix, a colon and a name, which can contain `*` \
         and `?`, such as `s3:Get*`"
    );
    ForeignAction(Text::Borrowed(pattern))
}

/// Creates a [`ForeignAction`](crate::ForeignAction) from a literal.
///
/// The form of the literal is checked at compile time.
///
/// Use it for an action of a service without a module, or one that is newer than the snapshot.
/// `foreign_action!(glob "s3:Get*")` accepts the wildcards `*` and `?`.
/// `foreign_action!(newer "s3:GetFruit")` is for an action that a crate's module does not have yet,
/// if the crate checks the actions of its services.
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
    (newer $name:expr) => {
        $crate::foreign_action!($name)
    };
    ($name:expr) => {{
        const ACTION: $crate::ForeignAction = $crate::runtime::action_literal($name);
        ACTION
    }};
}

/// The error of a text that is not an action or action pattern.
#[derive(Clone, PartialEq, Eq)]
pub struct ActionError {
    text: Box<str>,
    glob: bool,
}

impl ActionError {
    /// Returns the text that was parsed.
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
                "`{text}` is not a valid action pattern; expected a prefix, a colon and a name, \
                 which can contain `*` and `?`, such as `s3:Get*`"
            );
        }
        write!(
            f,
            "`{text}` is not a valid action; expected a prefix, a colon and a name, such as \
             `iam:PassRole`"
        )?;
        if self.text.contains(['*', '?']) {
            f.write_str("; hint: `ForeignAction::glob` accepts wildcards")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ActionError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ActionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_glob_accepts_wildcards() {
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
        for malformed in [
            "", "*", "s3", ":Get", "s3:", "s3:Get*", "s3:Get:x", "s3: Get", "s3:Gét",
        ] {
            assert!(ForeignAction::parse(malformed).is_err(), "{malformed:?}");
        }
        assert!(ForeignAction::glob("*:Get").is_err() && ForeignAction::glob("*").is_err());
    }
}
