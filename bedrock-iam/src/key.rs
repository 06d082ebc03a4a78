//! Condition keys, typed by their values.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::ValueType;
use crate::value::ValueKind;

/// A condition key whose values are of the kind `T`.
///
/// The constants and functions of a service module's `key` make them: `key::SERVICE_TIER`,
/// `key::request_tag("team")`. Two keys are equal if their names are but for ASCII case, as IAM
/// compares them; the name prints as it was given.
#[derive(Clone)]
pub struct Key<T: ValueKind> {
    name: Cow<'static, str>,
    kind: PhantomData<T>,
}

impl<T: ValueKind> Key<T> {
    /// A key by its full name.
    #[doc(hidden)]
    #[must_use]
    pub const fn constant(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            kind: PhantomData,
        }
    }

    /// A key from a template: its literal parts, and a value between each two of them.
    ///
    /// The values go in as they are. A tag key may hold any letter, digit, space and
    /// `+ - = . _ : / @`, and nothing in a key's name is special to IAM: wildcards and policy
    /// variables are not expanded there. So no value can change the meaning of a policy beyond
    /// naming another key, and none is refused here.
    #[doc(hidden)]
    #[must_use]
    pub fn template(literals: &[&str], values: &[&str]) -> Self {
        let size = literals.iter().chain(values).map(|part| part.len()).sum();
        let mut name = String::with_capacity(size);
        let mut values = values.iter();
        for literal in literals {
            name.push_str(literal);
            if let Some(value) = values.next() {
                name.push_str(value);
            }
        }
        Self {
            name: Cow::Owned(name),
            kind: PhantomData,
        }
    }

    /// The full name, such as `aws:RequestTag/team`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of its values.
    #[must_use]
    pub const fn value_type(&self) -> ValueType {
        T::TYPE
    }
}

impl<T: ValueKind> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

impl<T: ValueKind> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}: {})", self.name, T::TYPE)
    }
}

impl<T: ValueKind> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl<T: ValueKind> Eq for Key<T> {}

impl<T: ValueKind> Hash for Key<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.name.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value;

    #[test]
    fn templates_take_values_as_they_are() {
        let key = Key::<value::String>::template(&["git.", ".com:", ""], &["a", "b c/d:*"]);
        assert_eq!(key.name(), "git.a.com:b c/d:*");
        assert_eq!(key, Key::template(&["GIT.a.com:b c/d:*"], &[]));
        assert_eq!(key.value_type(), ValueType::String);
    }
}
