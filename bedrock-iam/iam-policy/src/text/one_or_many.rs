//! A list of texts that needs no vector for a single one, as in most lists of a policy.

use std::borrow::Cow;

/// A text of a policy: a literal or an owned string.
pub(crate) type Text = Cow<'static, str>;

/// The list of texts of a policy element.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OneOrMany {
    #[default]
    None,
    One(Text),
    Several(Vec<Text>),
}

impl OneOrMany {
    /// Appends a text.
    pub(crate) fn push(&mut self, text: Text) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(text),
            Self::One(first) => {
                // most lists have at most a few texts
                let mut texts = Vec::with_capacity(4);
                texts.extend([first, text]);
                Self::Several(texts)
            }
            Self::Several(mut texts) => {
                texts.push(text);
                Self::Several(texts)
            }
        };
    }

    /// Appends the name of a known action.
    #[doc(hidden)]
    pub fn push_known(&mut self, name: &'static str) {
        self.push(Text::Borrowed(name));
    }

    /// Appends the texts of another list that are not in this one yet.
    pub(crate) fn merge(&mut self, other: Self) {
        match other {
            Self::None => {}
            Self::One(text) => self.push_new(text),
            Self::Several(texts) => texts.into_iter().for_each(|text| self.push_new(text)),
        }
    }

    fn push_new(&mut self, text: Text) {
        if !self.as_slice().contains(&text) {
            self.push(text);
        }
    }

    /// Returns the texts in order.
    pub(crate) fn as_slice(&self) -> &[Text] {
        match self {
            Self::None => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }

    /// Returns whether the list is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_appended_and_merged_in_order() {
        let mut many = OneOrMany::default();
        assert!(many.is_empty());
        for text in ["a", "b", "c"] {
            many.push(Text::Borrowed(text));
        }
        let mut other = OneOrMany::One("c".into());
        other.push("d".into());
        many.merge(other);
        many.merge(OneOrMany::None);
        assert_eq!(many.as_slice(), ["a", "b", "c", "d"]);
    }
}
