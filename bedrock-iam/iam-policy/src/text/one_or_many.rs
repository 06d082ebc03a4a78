//! None, one or several texts: most lists in a policy hold one, which then needs no vector.

use std::borrow::Cow;

/// A text of a policy: a literal of the program or a string of its own.
pub(crate) type Text = Cow<'static, str>;

/// A list of texts, as an element of a policy holds it.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OneOrMany {
    #[default]
    None,
    One(Text),
    Several(Vec<Text>),
}

impl OneOrMany {
    /// Adds a text at the end.
    pub(crate) fn push(&mut self, text: Text) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(text),
            Self::One(first) => {
                // most lists that grow at all grow to a few
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

    /// Adds the name of a known action.
    #[doc(hidden)]
    pub fn push_known(&mut self, name: &'static str) {
        self.push(Text::Borrowed(name));
    }

    /// Adds those texts of another list that are not there yet.
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

    /// The texts in order.
    pub(crate) fn as_slice(&self) -> &[Text] {
        match self {
            Self::None => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_merges_in_order() {
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
