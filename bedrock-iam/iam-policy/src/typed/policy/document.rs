//! Between policies and documents: what was built as a document, and what was read as a policy.

use crate::document::{
    Comparisons, Document, DocumentStatement, Json, List, Number, PrincipalElement, Scalar,
    Statements,
};
use crate::text::json_writer::Writer;
use crate::text::one_or_many::Text;
use crate::typed::statement::{Body, Element};

use super::write::VERSION;
use super::{Content, Policy};

impl From<Document> for Policy {
    /// A policy that somebody wrote before: nothing of it is checked, and it prints as it was written.
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
    /// [`DocumentError`](crate::document::DocumentError) with the path in the document, line and
    /// column; a document over 1 MB or nested beyond reason is refused.
    #[cfg(feature = "json")]
    pub fn from_json(text: &str) -> Result<Self, crate::document::DocumentError> {
        Document::from_json(text).map(Self::from)
    }

    /// The policy as a document, as it prints.
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

/// Prints a document as it was written, in AWS's order.
pub(super) fn print(document: &Document, writer: &mut Writer) {
    writer.object(|writer| {
        optional(writer, "Version", document.version.as_ref(), scalar);
        optional(writer, "Id", document.id.as_ref(), scalar);
        optional(
            writer,
            "Statement",
            document.statements.as_ref(),
            |writer, statements| match statements {
                Statements::Alone(statement) => print_statement(statement, writer),
                Statements::List(statements) => writer.array(|writer| {
                    for statement in statements {
                        writer.element();
                        print_statement(statement, writer);
                    }
                }),
            },
        );
        members(writer, &document.others, json);
    });
}

fn print_statement(it: &DocumentStatement, writer: &mut Writer) {
    writer.object(|writer| {
        optional(writer, "Sid", it.sid.as_ref(), scalar);
        optional(writer, "Effect", it.effect.as_ref(), scalar);
        optional(writer, "Principal", it.principal.as_ref(), principal);
        optional(writer, "NotPrincipal", it.not_principal.as_ref(), principal);
        optional(writer, "Action", it.action.as_ref(), values);
        optional(writer, "NotAction", it.not_action.as_ref(), values);
        optional(writer, "Resource", it.resource.as_ref(), values);
        optional(writer, "NotResource", it.not_resource.as_ref(), values);
        optional(
            writer,
            "Condition",
            it.condition.as_ref(),
            |writer, operators| {
                writer.object(|writer| {
                    members(writer, operators, |writer, keys| {
                        writer.object(|writer| members(writer, keys, values))
                    });
                });
            },
        );
        members(writer, &it.others, json);
    });
}

fn optional<T>(
    writer: &mut Writer,
    name: &str,
    value: Option<&T>,
    print: impl FnOnce(&mut Writer, &T),
) {
    if let Some(value) = value {
        writer.key(&[name]);
        print(writer, value);
    }
}

fn members<T>(writer: &mut Writer, members: &[(String, T)], print: impl Fn(&mut Writer, &T)) {
    for (name, value) in members {
        writer.key(&[name]);
        print(writer, value);
    }
}

fn principal(writer: &mut Writer, it: &PrincipalElement) {
    match it {
        PrincipalElement::Text(text) => writer.string(text),
        PrincipalElement::Kinds(kinds) => writer.object(|writer| members(writer, kinds, values)),
    }
}

fn values(writer: &mut Writer, list: &List) {
    match list {
        List::Alone(value) => scalar(writer, value),
        List::Several(values) => writer.array(|writer| {
            for value in values {
                writer.element();
                scalar(writer, value);
            }
        }),
    }
}

fn scalar(writer: &mut Writer, value: &Scalar) {
    match value {
        Scalar::Text(text) => writer.string(text),
        Scalar::Bool(value) => writer.literal(if *value { "true" } else { "false" }),
        Scalar::Number(value) => number(writer, *value),
    }
}

fn number(writer: &mut Writer, number: Number) {
    match number {
        Number::Unsigned(number) => writer.literal(&number.to_string()),
        Number::Signed(number) => writer.literal(&number.to_string()),
        // JSON has no other numbers
        Number::Float(number) if !number.is_finite() => writer.literal("null"),
        Number::Float(number) => writer.literal(&format!("{number:?}")),
    }
}

fn json(writer: &mut Writer, value: &Json) {
    match value {
        Json::Null => writer.literal("null"),
        Json::Bool(value) => writer.literal(if *value { "true" } else { "false" }),
        Json::Number(value) => number(writer, *value),
        Json::Text(text) => writer.string(text),
        Json::List(values) => writer.array(|writer| {
            for value in values {
                writer.element();
                json(writer, value);
            }
        }),
        Json::Object(object) => writer.object(|writer| members(writer, object, json)),
    }
}
