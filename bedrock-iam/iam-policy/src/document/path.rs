//! Places in a document, as values.

use std::borrow::Cow;
use std::fmt;

/// A place in a document: the members and list indices from its top, such as
/// `Statement[3].Condition.StringEquals`. Empty for the document itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To the member of an object with this name.
    Member(Cow<'static, str>),
    /// To the element of a list with this index.
    Index(usize),
}

impl Path {
    /// The document itself.
    pub const DOCUMENT: Self = Self(Vec::new());

    /// The place of a member of what is here.
    #[must_use]
    pub fn member(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(Step::Member(name.into()))
    }

    /// The place of an element of the list that is here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    /// The steps from the document's top.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it is the document itself.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if number == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_a_way_through_json() {
        let statement = Path::DOCUMENT.member("Statement").index(3);
        let key = statement
            .member("Condition")
            .member("Bool")
            .member("aws:x.y");
        assert_eq!(key.to_string(), "Statement[3].Condition.Bool.aws:x.y");
        assert_eq!(Path::DOCUMENT.to_string(), "");
        assert!(statement < key && statement < Path::DOCUMENT.member("Version"));
    }
}
