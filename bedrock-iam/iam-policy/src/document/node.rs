//! A document as a JSON tree, which all writers traverse.

use super::element::{DocumentElement, StatementElement};
use super::{
    Comparisons, Document, DocumentStatement, Json, List, Number, PrincipalElement, Scalar,
    Statements,
};

/// A value of a document as JSON, one level deep.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'a str),
    List(Elements<'a>),
    Object(Members<'a>),
}

/// The elements of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Elements<'a> {
    Statements(&'a [DocumentStatement]),
    Scalars(&'a [Scalar]),
    Json(&'a [Json]),
}

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Members<'a> {
    Document(&'a Document),
    Statement(&'a DocumentStatement),
    Operators(&'a [(String, Comparisons)]),
    Lists(&'a [(String, List)]),
    Json(&'a [(String, Json)]),
}

impl<'a> Elements<'a> {
    /// Calls the closure with each element.
    pub(super) fn try_for_each<E>(
        self,
        visit: impl FnMut(Node<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Statements(all) => all.iter().map(Node::from).try_for_each(visit),
            Self::Scalars(all) => all.iter().map(Node::from).try_for_each(visit),
            Self::Json(all) => all.iter().map(Node::from).try_for_each(visit),
        }
    }
}

impl<'a> Members<'a> {
    /// Calls the closure with each member.
    ///
    /// Elements of documents and statements are in AWS's order, followed by members that IAM does not
    /// define. All other members keep their order.
    pub(super) fn try_for_each<E>(
        self,
        mut visit: impl FnMut(&'a str, Node<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Document(document) => {
                for name in DocumentElement::ALL {
                    if let Some(value) = document.element(*name) {
                        visit(name.as_str(), value)?;
                    }
                }
                Self::Json(&document.others).try_for_each(visit)
            }
            Self::Statement(statement) => {
                for name in StatementElement::ALL {
                    if let Some(value) = statement.element(*name) {
                        visit(name.as_str(), value)?;
                    }
                }
                Self::Json(&statement.others).try_for_each(visit)
            }
            Self::Operators(all) => each(all, |keys| Node::Object(Members::Lists(keys)), visit),
            Self::Lists(all) => each(all, Node::from, visit),
            Self::Json(all) => each(all, Node::from, visit),
        }
    }
}

fn each<'a, T, E>(
    members: &'a [(String, T)],
    node: impl Fn(&'a T) -> Node<'a>,
    mut visit: impl FnMut(&'a str, Node<'a>) -> Result<(), E>,
) -> Result<(), E> {
    members
        .iter()
        .try_for_each(|(name, value)| visit(name, node(value)))
}

impl Document {
    fn element(&self, name: DocumentElement) -> Option<Node<'_>> {
        match name {
            DocumentElement::Version => self.version.as_ref().map(Node::from),
            DocumentElement::Id => self.id.as_ref().map(Node::from),
            DocumentElement::Statement => self.statements.as_ref().map(Node::from),
        }
    }
}

impl DocumentStatement {
    fn element(&self, name: StatementElement) -> Option<Node<'_>> {
        use StatementElement as Name;
        match name {
            Name::Sid => self.sid.as_ref().map(Node::from),
            Name::Effect => self.effect.as_ref().map(Node::from),
            Name::Principal => self.principal.as_ref().map(Node::from),
            Name::NotPrincipal => self.not_principal.as_ref().map(Node::from),
            Name::Action => self.action.as_ref().map(Node::from),
            Name::NotAction => self.not_action.as_ref().map(Node::from),
            Name::Resource => self.resource.as_ref().map(Node::from),
            Name::NotResource => self.not_resource.as_ref().map(Node::from),
            Name::Condition => {
                let operators = self.condition.as_deref()?;
                Some(Node::Object(Members::Operators(operators)))
            }
        }
    }
}

impl<'a> From<&'a Document> for Node<'a> {
    fn from(document: &'a Document) -> Self {
        Self::Object(Members::Document(document))
    }
}

impl<'a> From<&'a Statements> for Node<'a> {
    fn from(statements: &'a Statements) -> Self {
        match statements {
            Statements::Alone(statement) => Self::from(&**statement),
            Statements::List(statements) => Self::List(Elements::Statements(statements)),
        }
    }
}

impl<'a> From<&'a DocumentStatement> for Node<'a> {
    fn from(statement: &'a DocumentStatement) -> Self {
        Self::Object(Members::Statement(statement))
    }
}

impl<'a> From<&'a PrincipalElement> for Node<'a> {
    fn from(principals: &'a PrincipalElement) -> Self {
        match principals {
            PrincipalElement::Text(text) => Self::Text(text),
            PrincipalElement::Kinds(kinds) => Self::Object(Members::Lists(kinds)),
        }
    }
}

impl<'a> From<&'a List> for Node<'a> {
    fn from(list: &'a List) -> Self {
        match list {
            List::Alone(value) => Self::from(value),
            List::Several(values) => Self::List(Elements::Scalars(values)),
        }
    }
}

impl<'a> From<&'a Scalar> for Node<'a> {
    fn from(scalar: &'a Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => Self::Text(text),
            Scalar::Bool(value) => Self::Bool(*value),
            Scalar::Number(number) => Self::from(number),
        }
    }
}

impl From<&Number> for Node<'_> {
    fn from(number: &Number) -> Self {
        Self::Number(*number)
    }
}

impl<'a> From<&'a Json> for Node<'a> {
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::from(number),
            Json::Text(text) => Self::Text(text),
            Json::List(values) => Self::List(Elements::Json(values)),
            Json::Object(members) => Self::Object(Members::Json(members)),
        }
    }
}
