//! Paths of values in a document.

use std::borrow::Cow;
use std::fmt;

use super::{Document, List, Scalar};

/// The path of a value in a document, such as `Statement[3].Condition.StringEquals`.
///
/// It consists of members and list indices, and is empty for the document itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

/// A step of a path, from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To the member of an object with this name.
    Member(Cow<'static, str>),
    /// To the element of a list with this index, counted from 0.
    Index(usize),
}

impl Path {
    /// The path of the document itself.
    pub const DOCUMENT: Self = Self(Vec::new());

    /// Returns the path of a member of the object at this path.
    #[must_use]
    pub fn member(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(Step::Member(name.into()))
    }

    /// Returns the path of an element of the list at this path.
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

    /// Returns the steps, starting from the document.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns whether it is the path of the document itself.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
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

impl Document {
    /// Returns the entries of the list that a path leads to: an element of a statement, or the values of
    /// a condition key.
    pub(crate) fn list(&self, steps: &[Step]) -> Option<&[Scalar]> {
        let statements = self.statements.as_ref()?.as_slice();
        let (statement, rest) = match steps {
            [_, Step::Index(index), rest @ ..] => (statements.get(*index)?, rest),
            [_, rest @ ..] => (statements.first()?, rest),
            [] => return None,
        };
        let list = match rest {
            [Step::Member(element)] => match &**element {
                "Action" => statement.action.as_ref(),
                "NotAction" => statement.not_action.as_ref(),
                "Resource" => statement.resource.as_ref(),
                "NotResource" => statement.not_resource.as_ref(),
                _ => None,
            },
            [_, Step::Member(operator), Step::Member(key)] => {
                let mut operators = statement.condition.iter().flatten();
                let (_, keys) = operators.find(|(name, _)| name == operator)?;
                let mut keys = keys.iter();
                keys.find(|(name, _)| name == key).map(|(_, list)| list)
            }
            _ => None,
        };
        list.map(List::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_print_members_and_indices() {
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
