//! Keys that no module knows: the loud way out.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::value;

use super::{Key, KeyId};

/// Stands for a condition key by name alone: accepted everywhere, with every operator.
///
/// [`foreign_key!`](crate::foreign_key) makes one from a literal, [`Key::parse`] from a run-time
/// string.
pub enum ForeignKey {}

impl KeyId for ForeignKey {
    type Value = value::Any;
}

impl Key<ForeignKey> {
    /// A key by its name, such as `iam:PassedToService`, for which nothing is checked but the
    /// name's form.
    ///
    /// # Errors
    ///
    /// [`KeyError`] for a text without a prefix before its first `:` or without a name behind it,
    /// with white space at an end, with a control character, or with a policy variable.
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

/// Whether a text can be a condition key: some prefix, a colon, some name.
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

/// A key for [`foreign_key!`](crate::foreign_key); does not compile for what is none.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn key_literal(name: &'static str) -> Key<ForeignKey> {
    assert!(
        is_key(name),
        "this is no condition key; expected a prefix, a colon and a name, such as `iam:PassedToService`"
    );
    Key::constant(name)
}

/// A condition [`Key`](crate::Key) that no module of this crate knows, or one that the reference
/// lacks for an action, from a literal whose form is checked while compiling.
///
/// A loud way out: it is accepted in every statement and takes every operator, so that nothing
/// tells a misspelt key from a right one.
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

/// A text that is no condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    text: Box<str>,
}

impl KeyError {
    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no condition key; expected a prefix, a colon and a name, such as `iam:PassedToService`",
            self.text.escape_debug()
        )
    }
}

impl Error for KeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_and_a_name() {
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
