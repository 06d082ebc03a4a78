//! The condition keys of a request, with their values.

/// The condition keys of a request.
pub(crate) trait Keys {
    /// Returns the values of a key. The case of the name does not matter.
    fn find(&self, key: &str) -> Found<'_>;
}

/// The result of looking up a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// The request has the key.
    Values(Values<'a>),
    /// The request does not have the key.
    Absent,
    /// It is not stated whether the request has the key.
    Unknown,
}

/// The values of a condition key: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values<'a> {
    One(&'a str),
    Several(&'a [Box<str>]),
}

impl<'a> Values<'a> {
    /// Returns the values in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        let (one, several) = match self {
            Self::One(value) => (Some(value), &[][..]),
            Self::Several(values) => (None, values),
        };
        one.into_iter().chain(several.iter().map(|value| &**value))
    }

    /// Returns the value, if there is exactly one.
    pub(crate) const fn single(self) -> Option<&'a str> {
        match self {
            Self::One(value) => Some(value),
            Self::Several([value]) => Some(value),
            Self::Several(_) => None,
        }
    }
}

/// The condition keys that a request has, with one or several values each.
///
/// The names of keys are compared without regard to ASCII case, as in IAM. A key that is not stated is
/// absent, or unknown in a [`partial`](Self::partial) context.
///
/// ```
/// use iam_policy::decide::Context;
///
/// let context = Context::new()
///     .with("aws:SourceIp", "203.0.113.7")
///     .with("aws:TagKeys", "team")
///     .with("aws:tagkeys", "stage");
/// assert_eq!(context.get("AWS:TagKeys").collect::<Vec<_>>(), ["team", "stage"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The keys as first written, in order. A key without values is stated as absent.
    keys: Vec<(Box<str>, Vec<Box<str>>)>,
    is_partial: bool,
}

impl Context {
    /// Creates a context without keys, in which every key that is not stated is absent.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            keys: Vec::new(),
            is_partial: false,
        }
    }

    /// Creates a context without keys, in which every key that is not stated is unknown.
    #[must_use]
    pub const fn partial() -> Self {
        Self {
            keys: Vec::new(),
            is_partial: true,
        }
    }

    /// Adds a value of a key. A key that is added several times has several values.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Box<str>>) -> Self {
        self.add(key, value);
        self
    }

    /// States that the request does not have a key, and removes its values.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.remove(key);
        self
    }

    /// Adds a value of a key; same as [`with`](Self::with).
    pub fn add(&mut self, key: &str, value: impl Into<Box<str>>) {
        self.entry(key).push(value.into());
    }

    /// Returns the values of a key; none if the key is absent or unknown.
    pub fn get(&self, key: &str) -> impl Iterator<Item = &str> {
        let values = self.position(key).map(|at| &*self.keys[at].1);
        values.unwrap_or_default().iter().map(|value| &**value)
    }

    /// Returns the keys with their values, in the order of their first appearance. A key without
    /// values is stated as absent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        let keys = self.keys.iter();
        keys.map(|(key, values)| (&**key, values.iter().map(|value| &**value)))
    }

    /// Returns whether a key that is not stated is unknown, instead of absent.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// States that the request does not have a key; same as [`without`](Self::without).
    pub(super) fn remove(&mut self, key: &str) {
        self.entry(key).clear();
    }

    /// Makes every key that is not stated unknown.
    pub(super) fn make_partial(&mut self) {
        self.is_partial = true;
    }

    /// Returns what is stated about a key, if anything is.
    pub(super) fn stated(&self, key: &str) -> Option<Found<'_>> {
        let (_, values) = &self.keys[self.position(key)?];
        Some(match &**values {
            [] => Found::Absent,
            [value] => Found::Values(Values::One(value)),
            values => Found::Values(Values::Several(values)),
        })
    }

    /// Returns what is known about a key that is not stated.
    pub(super) const fn unstated(&self) -> Found<'_> {
        match self.is_partial {
            true => Found::Unknown,
            false => Found::Absent,
        }
    }

    fn position(&self, key: &str) -> Option<usize> {
        let mut keys = self.keys.iter();
        keys.position(|(other, _)| other.eq_ignore_ascii_case(key))
    }

    fn entry(&mut self, key: &str) -> &mut Vec<Box<str>> {
        let at = self.position(key).unwrap_or_else(|| {
            self.keys.push((key.into(), Vec::new()));
            self.keys.len() - 1
        });
        &mut self.keys[at].1
    }
}

impl Keys for Context {
    fn find(&self, key: &str) -> Found<'_> {
        self.stated(key).unwrap_or_else(|| self.unstated())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_not_stated_are_absent_or_unknown() {
        for (context, other) in [
            (Context::new(), Found::Absent),
            (Context::partial(), Found::Unknown),
        ] {
            let context = context
                .with("a:One", "1")
                .with("a:two", "2")
                .with("A:TWO", "3");
            let context = context.with("a:none", "4").without("a:None");
            assert_eq!(context.find("A:one"), Found::Values(Values::One("1")));
            let Found::Values(two) = context.find("a:Two") else {
                panic!("{context:?}");
            };
            assert_eq!(two.iter().collect::<Vec<_>>(), ["2", "3"]);
            assert_eq!(two.single(), None);
            assert_eq!(context.find("a:none"), Found::Absent);
            assert_eq!(context.find("a:other"), other);
            let keys: Vec<_> = context
                .iter()
                .map(|(key, values)| (key, values.count()))
                .collect();
            assert_eq!(keys, [("a:One", 1), ("a:two", 2), ("a:none", 0)]);
        }
    }
}
