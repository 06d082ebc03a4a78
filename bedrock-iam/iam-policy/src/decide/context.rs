//! The condition keys of a request, with their values.

use std::fmt;
use std::ops::Range;

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
    Several {
        texts: &'a str,
        entries: &'a [Entry],
    },
}

impl<'a> Values<'a> {
    /// Returns the values in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        let (one, texts, several) = match self {
            Self::One(value) => (Some(value), "", &[][..]),
            Self::Several { texts, entries } => (None, texts, entries),
        };
        let several = several.iter().filter_map(move |it| it.value(texts));
        one.into_iter().chain(several)
    }

    /// Returns the value, if there is exactly one.
    pub(crate) const fn single(self) -> Option<&'a str> {
        match self {
            Self::One(value) => Some(value),
            Self::Several { .. } => None,
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
#[derive(Clone, Default)]
pub struct Context {
    /// The keys as first written, and the values: in one text, because a request has many short ones.
    texts: String,
    /// One entry for each value. Those of a key stand together, in the order of the keys.
    entries: Vec<Entry>,
    is_partial: bool,
}

/// A key and one of its values, by their places in the text of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    key: Range<usize>,
    /// `None` for a key that is stated as absent.
    value: Option<Range<usize>>,
}

impl Entry {
    fn value<'a>(&self, texts: &'a str) -> Option<&'a str> {
        self.value.clone().map(|at| &texts[at])
    }
}

impl Context {
    /// Creates a context without keys, in which every key that is not stated is absent.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            texts: String::new(),
            entries: Vec::new(),
            is_partial: false,
        }
    }

    /// Creates a context without keys, in which every key that is not stated is unknown.
    #[must_use]
    pub const fn partial() -> Self {
        let mut context = Self::new();
        context.is_partial = true;
        context
    }

    /// Adds a value of a key. A key that is added several times has several values.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl AsRef<str>) -> Self {
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
    pub fn add(&mut self, key: &str, value: impl AsRef<str>) {
        self.set(key, Some(value.as_ref()));
    }

    /// Adds a value of a key, or makes room for one that is stated as absent.
    fn set(&mut self, key: &str, value: Option<&str>) {
        if self.texts.is_empty() {
            // enough for the keys of most requests
            self.texts.reserve(256);
        }
        let value = value.map(|value| self.push(value));
        let last = self.entries.iter().rposition(|it| self.has_key(it, key));
        match last {
            None => {
                let key = self.push(key);
                self.entries.push(Entry { key, value });
            }
            Some(at) if self.entries[at].value.is_none() => self.entries[at].value = value,
            Some(at) => {
                let key = self.entries[at].key.clone();
                self.entries.insert(at + 1, Entry { key, value });
            }
        }
    }

    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.texts.len();
        self.texts.push_str(text);
        start..self.texts.len()
    }

    /// Returns the values of a key; none if the key is absent or unknown.
    pub fn get(&self, key: &str) -> impl Iterator<Item = &str> {
        let entries = self.entries(key).iter();
        entries.filter_map(|it| it.value(&self.texts))
    }

    /// Returns the keys with their values, in the order of their first appearance. A key without
    /// values is stated as absent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        let keys = self.entries.chunk_by(|one, other| one.key == other.key);
        keys.map(|entries| {
            let values = entries.iter().filter_map(|it| it.value(&self.texts));
            (&self.texts[entries[0].key.clone()], values)
        })
    }

    /// Returns whether a key that is not stated is unknown, instead of absent.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// States that the request does not have a key; same as [`without`](Self::without).
    pub(super) fn remove(&mut self, key: &str) {
        let texts = &self.texts;
        let is_key = |it: &Entry| texts[it.key.clone()].eq_ignore_ascii_case(key);
        let first = self.entries.iter().position(is_key);
        let mut at = 0..;
        self.entries.retain(|it| at.next() == first || !is_key(it));
        match first {
            Some(first) => self.entries[first].value = None,
            None => self.set(key, None),
        }
    }

    /// Makes every key that is not stated unknown.
    pub(super) fn make_partial(&mut self) {
        self.is_partial = true;
    }

    /// Returns what is stated about a key, if anything is.
    pub(super) fn stated(&self, key: &str) -> Option<Found<'_>> {
        Some(match self.entries(key) {
            [] => return None,
            [entry] => match entry.value(&self.texts) {
                Some(value) => Found::Values(Values::One(value)),
                None => Found::Absent,
            },
            entries => Found::Values(Values::Several {
                texts: &self.texts,
                entries,
            }),
        })
    }

    /// Returns what is known about a key that is not stated.
    pub(super) const fn unstated(&self) -> Found<'_> {
        match self.is_partial {
            true => Found::Unknown,
            false => Found::Absent,
        }
    }

    /// Returns each value with its key.
    fn pairs(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let entries = self.entries.iter();
        entries.map(|it| (&self.texts[it.key.clone()], it.value(&self.texts)))
    }

    fn has_key(&self, entry: &Entry, key: &str) -> bool {
        self.texts[entry.key.clone()].eq_ignore_ascii_case(key)
    }

    /// Returns the entries of a key.
    fn entries(&self, key: &str) -> &[Entry] {
        let mut all = self.entries.iter();
        let Some(start) = all.position(|it| self.has_key(it, key)) else {
            return &[];
        };
        let others = all.take_while(|it| it.key == self.entries[start].key);
        &self.entries[start..=start + others.count()]
    }
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.pairs(), other.pairs());
        self.is_partial == other.is_partial && left.eq(right)
    }
}

impl Eq for Context {}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("entries", &self.pairs().collect::<Vec<_>>())
            .field("is_partial", &self.is_partial)
            .finish()
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

    #[test]
    fn values_stand_with_their_key_in_whatever_order_they_are_added() {
        let one = Context::new().with("a:x", "1").with("a:y", "2");
        let one = one.with("A:X", "3").with("a:z", "4").with("a:x", "");
        let other = Context::new().with("a:x", "1").with("a:x", "3");
        let other = other.with("a:x", "").with("a:y", "2").with("a:z", "4");
        assert_eq!(one, other);
        assert_eq!(one.get("a:x").collect::<Vec<_>>(), ["1", "3", ""]);
        let without = one.clone().without("a:X");
        assert_ne!(one, without);
        assert_eq!(
            (without.find("a:x"), without.get("a:x").count()),
            (Found::Absent, 0)
        );
        assert_eq!(without.find("a:y"), one.find("a:y"));
        let keys: Vec<_> = without.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a:x", "a:y", "a:z"]);
        assert_eq!(
            without.with("a:x", "1").find("a:x"),
            Found::Values(Values::One("1"))
        );
    }
}
