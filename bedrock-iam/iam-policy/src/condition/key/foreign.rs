//! Condition keys given by name, for keys that no module has.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::value;

use super::{Key, KeyId};

/// The type of a condition key known only by name, valid in every statement and with every
/// operator.
///
/// [`foreign_key!`](crate::foreign_key) creates such a key from a literal, [`Key::parse`] from a
/// run-time string.
pub enum ForeignKey {}

impl KeyId for ForeignKey {
    type Value = value::Any;
}

impl Key<ForeignKey> {
    /// Parses the name of a key, such as `iam:PassedToService`, checking only its form.
    ///
    /// # Errors
    ///
    /// Returns [`KeyError`] if the prefix before the first `:` or the name after it is missing, or
    /// if the text contains white space at its start or end, a control character or a policy
    /// variable.
    pub fn parse(name: &str) -> Result<Self, KeyError> {
        if !is_key(name) {
            return Err(KeyError { text: name.into() });
        }
        Ok(Self {
            name: Cow::Owned(name.to_owned()),
            id: std::marker::PhantomData,
        })
    }
}

/// Returns whether a text has the form of a condition key: a prefix, a colon and a name.
const fn is_key(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut colon) = (0, None);
    while at < bytes.len() {
        match bytes[at] {
            b':' if colon.is_none() => colon = Some(at),
            0..=0x1f | 0x7f | b'"' => return false,
            b'$' if at + 1 < bytes.len() && bytes[at + 1] == b'{' => return false,
            _ => {}
        }
        at += 1;
    }
    match colon {
        Some(colon) => {
            colon > 0
                && colon + 1 < bytes.len()
                && bytes[0] != b' '
                && bytes[bytes.len() - 1] != b' '
        }
        None => false,
    }
}

/// Creates the key of [`foreign_key!`](crate::foreign_key); an invalid literal does not compile.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn key_literal(name: &'static str) -> Key<ForeignKey> {
    assert!(
        is_key(name),
        "this is not a condition key; expected a prefix, a colon and a name, such as `iam:PassedToService`"
    );
    Key::constant(name)
}

/// Creates a condition [`Key`](crate::Key) from a literal, whose form is checked at compile time.
///
/// Use it for keys of services without a module, and for keys that the reference does not list for
/// an action. Every statement accepts the key with every operator, so a misspelled key is not
/// detected.
///
/// ```
/// use iam_policy::foreign_key;
///
/// let passed = foreign_key!("iam:PassedToService").string_equals("bedrock.amazonaws.com");
/// ```
///
/// ```compile_fail
/// iam_policy::foreign_key!("PassedToService");
/// ```
#[macro_export]
macro_rules! foreign_key {
    ($name:expr) => {{
        const KEY: $crate::Key<$crate::ForeignKey> = $crate::runtime::key_literal($name);
        KEY
    }};
}

/// The error of a text that is not a condition key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyError {
    text: Box<str>,
}

impl KeyError {
    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a condition key; expected a prefix, a colon and a name, such as `iam:PassedToService`",
            self.text.escape_debug()
        )
    }
}

impl Error for KeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_a_prefix_and_a_name() {
        for key in [
            "iam:PassedToService",
            "aws:RequestTag/Cost Centre: 7",
            "token.x.com:sub",
        ] {
            assert_eq!(
                Key::parse(key).map(|key| key.to_string()),
                Ok(key.to_owned())
            );
        }
        for none in ["", "x", ":x", "x:", " a:b", "a:b ", "a:b\n", "a:${b}"] {
            assert!(Key::parse(none).is_err(), "{none:?}");
        }
    }
}
