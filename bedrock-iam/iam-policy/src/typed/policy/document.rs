//! Conversions between policies and documents.

use crate::document::{
    Comparisons, Document, DocumentStatement, List, PrincipalElement, Scalar, Statements,
};
use crate::text::one_or_many::Text;
use crate::typed::statement::{Body, Element};

use super::write::VERSION;
use super::{Content, Policy};

impl From<Document> for Policy {
    /// Wraps an existing policy, which is not checked and prints as it was written.
    fn from(document: Document) -> Self {
        Self {
            content: Content::Read(Box::new(document)),
        }
    }
}

impl Policy {
    /// Reads a policy from JSON.
    ///
    /// # Errors
    ///
    /// Returns [`DocumentError`](crate::document::DocumentError), with the path in the document, the
    /// line and the column, if the text is not JSON, is not a policy, is larger than 1 MB, or is
    /// nested too deeply.
    #[cfg(feature = "json")]
    pub fn from_json(text: &str) -> Result<Self, crate::document::DocumentError> {
        Document::from_json(text).map(Self::from)
    }

    /// Returns the document that the policy prints.
    #[must_use]
    pub fn to_document(&self) -> Document {
        match &self.content {
            Content::Read(document) => (**document).clone(),
            Content::Built { id, statements } => built(id.as_ref(), statements),
        }
    }
}

fn text(text: &str) -> Scalar {
    Scalar::Text(text.to_owned())
}

fn list(texts: &[Text]) -> List {
    match texts {
        [one] => List::Alone(text(one)),
        texts => List::Several(texts.iter().map(|it| text(it)).collect()),
    }
}

fn built(id: Option<&Text>, statements: &[Body]) -> Document {
    Document {
        version: Some(text(VERSION)),
        id: id.map(|id| text(id)),
        statements: Some(Statements::List(statements.iter().map(statement).collect())),
        others: Vec::new(),
    }
}

fn statement(body: &Body) -> DocumentStatement {
    let mut it = DocumentStatement {
        sid: body.sid.as_ref().map(|sid| text(sid)),
        effect: Some(text(body.effect.as_str())),
        ..DocumentStatement::default()
    };
    let principals = &body.principals;
    if !principals.all.is_empty() {
        let element = if principals.is_anyone() {
            PrincipalElement::Text("*".to_owned())
        } else {
            let kinds = principals.by_kind();
            PrincipalElement::Kinds(
                kinds
                    .map(|(kind, texts)| (kind.to_owned(), list(texts.as_slice())))
                    .collect(),
            )
        };
        *if principals.negated {
            &mut it.not_principal
        } else {
            &mut it.principal
        } = Some(element);
    }
    let put = |element: &Element, plain: &mut Option<List>, negated: &mut Option<List>| {
        let texts = element.values.as_slice();
        if !texts.is_empty() {
            *if element.negated { negated } else { plain } = Some(list(texts));
        }
    };
    put(&body.actions, &mut it.action, &mut it.not_action);
    put(&body.resources, &mut it.resource, &mut it.not_resource);
    if !body.conditions.is_empty() {
        let operators = body.conditions.by_operator().map(|(operator, entries)| {
            let keys: Comparisons = entries
                .map(|entry| (entry.key.to_string(), list(entry.values.as_slice())))
                .collect();
            (operator.parts().concat(), keys)
        });
        it.condition = Some(operators.collect());
    }
    it
}
