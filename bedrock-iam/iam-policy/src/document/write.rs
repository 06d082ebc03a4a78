//! Serialization of documents, as JSON and with `serde`, with elements in AWS's order.

use std::convert::Infallible;

use super::Document;
use super::node::Node;
use crate::text::json_writer::{self, Writer};

impl Document {
    /// Returns the document as JSON on one line, without white space.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.written(Writer::compact())
    }

    /// Returns the document as JSON with line breaks and an indent of two spaces.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.written(Writer::pretty())
    }

    /// Returns the number of characters that count towards IAM's [limits](crate::SizeLimit): all but
    /// white space.
    #[must_use]
    pub fn size(&self) -> usize {
        json_writer::size(&self.to_json())
    }

    fn written(&self, mut writer: Writer) -> String {
        print(self.into(), &mut writer);
        writer.finish()
    }
}

fn print(node: Node<'_>, writer: &mut Writer) {
    match node {
        Node::Null => writer.literal("null"),
        Node::Bool(value) => writer.literal(if value { "true" } else { "false" }),
        Node::Number(number) => writer.literal(&number.to_string()),
        Node::Text(text) => writer.string(text),
        Node::List(elements) => writer.array(|writer| {
            let Ok(()) = elements.try_for_each(|value| {
                writer.element();
                print(value, writer);
                Ok::<_, Infallible>(())
            });
        }),
        Node::Object(members) => writer.object(|writer| {
            let Ok(()) = members.try_for_each(|name, value| {
                writer.key(&[name]);
                print(value, writer);
                Ok::<_, Infallible>(())
            });
        }),
    }
}

#[cfg(feature = "serde")]
mod by_serde {
    use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

    use super::super::{
        Document, DocumentStatement, Json, List, Number, PrincipalElement, Scalar, Statements,
    };
    use super::Node;

    impl Serialize for Node<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match *self {
                Self::Null => serializer.serialize_unit(),
                Self::Bool(value) => serializer.serialize_bool(value),
                Self::Number(Number::Unsigned(number)) => serializer.serialize_u64(number),
                Self::Number(Number::Signed(number)) => serializer.serialize_i64(number),
                Self::Number(Number::Float(number)) => serializer.serialize_f64(number),
                Self::Text(text) => serializer.serialize_str(text),
                Self::List(elements) => {
                    let mut list = serializer.serialize_seq(None)?;
                    elements.try_for_each(|value| list.serialize_element(&value))?;
                    list.end()
                }
                Self::Object(members) => {
                    let mut map = serializer.serialize_map(None)?;
                    members.try_for_each(|name, value| map.serialize_entry(name, &value))?;
                    map.end()
                }
            }
        }
    }

    macro_rules! serialize {
        ($($Type:ty),*) => {$(
            impl Serialize for $Type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    Node::from(self).serialize(serializer)
                }
            }
        )*};
    }

    serialize!(
        Document,
        Statements,
        DocumentStatement,
        PrincipalElement,
        List,
        Scalar,
        Number,
        Json
    );
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use crate::Policy;
    use crate::document::Document;

    /// A document with all elements and all types of values, in AWS's order.
    const ALL: &str = r#"{"Version":"2012-10-17","Id":"a\tb c","Statement":[{"Sid":"S","Effect":"Allow","Principal":{"AWS":["*"],"Service":"x"},"NotPrincipal":"*","Action":["a:b","c:d"],"NotAction":"e:f","Resource":"\"\\é","NotResource":[],"Condition":{"Bool":{"k:é":true},"NumericEquals":{"k:n":[1,-2,0.5]}},"X":{"a":[null,"b ",false]}}],"Y":1.0}"#;

    #[test]
    fn every_writer_keeps_the_order_and_the_values() {
        let document = Document::from_json(ALL).unwrap();
        assert_eq!(document.to_json(), ALL);
        assert_eq!(serde_json::to_string(&document).unwrap(), ALL);
        let pretty = document.to_json_pretty();
        assert_eq!(serde_json::to_string_pretty(&document).unwrap(), pretty);
        assert_eq!(Document::from_json(&pretty).unwrap(), document);
        let policy = Policy::from(document.clone());
        assert_eq!(
            (policy.to_json(), policy.to_json_pretty()),
            (document.to_json(), pretty)
        );
    }

    #[test]
    fn white_space_does_not_count() {
        let document = Document::from_json(ALL).unwrap();
        let spaces = ALL.matches(' ').count();
        assert_eq!(spaces, 2);
        assert_eq!(document.size(), ALL.chars().count() - spaces);
        assert_eq!(Policy::from(document.clone()).size(), document.size());
    }
}
