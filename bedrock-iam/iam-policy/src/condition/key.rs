//! Typed condition keys.

mod foreign;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::ValueType;
use crate::text::names::placeholder;
use crate::value::ValueKind;

pub use foreign::{ForeignKey, KeyError, key_literal};

/// The type of one condition key, such as `bedrock::key::ServiceTier`.
///
/// Generated code implements it; do not implement it yourself.
pub trait KeyId: 'static {
    /// The type of the key's values.
    type Value: ValueKind;
}

/// A condition key.
///
/// Service modules have a constant or function for each key in `key`, and the global keys are in
/// [`global`](crate::global): `key::SERVICE_TIER`, `key::request_tag("team")`. The methods of a key
/// are the condition operators that apply to its value type; each returns a
/// [`Condition`](crate::Condition) for [`Statement::when`](crate::Statement::when). As in IAM, the
/// names of keys are compared without regard to ASCII case. A key prints as given.
///
/// ```
/// # #[cfg(feature = "bedrock")] {
/// use iam_policy::bedrock::key;
///
/// let tier = key::SERVICE_TIER.string_equals(["default", "flex"]);
/// let tags = key::TAG_KEYS.for_all_values().string_equals("team");
/// # }
/// ```
pub struct Key<I: KeyId> {
    name: Cow<'static, str>,
    id: PhantomData<fn() -> I>,
}

impl<I: KeyId> Key<I> {
    /// Creates a key from its full name.
    #[doc(hidden)]
    #[must_use]
    pub const fn constant(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            id: PhantomData,
        }
    }

    /// Creates a key from a template, with a value for each of its placeholders.
    ///
    /// The values are inserted unchanged and unchecked. A tag key may contain any letter, digit,
    /// space and `+ - = . _ : / @`, and IAM does not expand wildcards or policy variables in the
    /// names of condition keys. So a value can't do more than name another key.
    #[doc(hidden)]
    #[must_use]
    pub fn template(template: &str, values: &[&str]) -> Self {
        let size = template.len() + values.iter().map(|value| value.len()).sum::<usize>();
        let mut name = String::with_capacity(size);
        let (mut rest, mut values) = (template, values.iter());
        while let Some((literal, after)) = placeholder(rest) {
            name.push_str(literal);
            name.push_str(values.next().copied().unwrap_or_default());
            rest = after;
        }
        name.push_str(rest);
        Self {
            name: Cow::Owned(name),
            id: PhantomData,
        }
    }

    /// Returns the full name, such as `aws:RequestTag/team`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the type of its values; `None` if the reference does not state it.
    #[must_use]
    pub const fn value_type(&self) -> Option<ValueType> {
        I::Value::TYPE
    }

    pub(crate) fn into_name(self) -> Cow<'static, str> {
        self.name
    }
}

impl<I: KeyId> Clone for Key<I> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            id: PhantomData,
        }
    }
}

impl<I: KeyId> fmt::Display for Key<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

impl<I: KeyId> fmt::Debug for Key<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

impl<I: KeyId> PartialEq for Key<I> {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl<I: KeyId> Eq for Key<I> {}

impl<I: KeyId> Hash for Key<I> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.name.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_insert_values_unchanged() {
        let key = Key::<ForeignKey>::template("git.${Domain}.com:<key>", &["a", "b c/d:*"]);
        assert_eq!(key.name(), "git.a.com:b c/d:*");
        assert_eq!(key, Key::template("GIT.a.com:b c/d:*", &[]));
        assert_eq!(key.value_type(), None);
    }
}
