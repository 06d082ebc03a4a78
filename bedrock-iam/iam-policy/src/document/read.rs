//! Deserialization of documents: each member may appear once, and has the type that IAM requires.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{
    Comparisons, Document, DocumentStatement, Json, List, Number, PrincipalElement, Scalar,
    Statements,
};

/// Deserializes the value of a member that may appear once.
fn once<'de, T: Deserialize<'de>, M: MapAccess<'de>>(
    place: &mut Option<T>,
    name: &str,
    map: &mut M,
) -> Result<(), M::Error> {
    if place.is_some() {
        return map.next_value_seed(Twice(name));
    }
    *place = Some(map.next_value()?);
    Ok(())
}

/// The second value of a member with this name. It fails while the value is deserialized, so that the
/// error has the member's path and the position of its second value.
struct Twice<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Twice<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        IgnoredAny::deserialize(deserializer)?;
        Err(D::Error::custom(format_args!(
            "found `{}` twice; expected it once, because IAM rejects duplicate keys",
            self.0
        )))
    }
}

/// The members of an object during deserialization, each name once.
struct Unique<T> {
    members: Vec<(String, T)>,
    /// The names, if there are at least [`MANY`] members.
    names: HashSet<String>,
}

/// The number of members from which on names are looked up by their hash, so that the time to read an
/// object is linear in its size.
const MANY: usize = 16;

impl<T> Unique<T> {
    fn new() -> Self {
        Self {
            members: Vec::new(),
            names: HashSet::new(),
        }
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error>
    where
        T: Deserialize<'de>,
    {
        if name.len() > LONGEST_NAME {
            return Err(M::Error::custom(format_args!(
                "found a name of {} bytes; expected at most {LONGEST_NAME}",
                name.len()
            )));
        }
        if self.members.len() == MANY {
            self.names = self.members.iter().map(|(name, _)| name.clone()).collect();
        }
        let known = if self.members.len() < MANY {
            self.members.iter().any(|(other, _)| *other == name)
        } else {
            !self.names.insert(name.clone())
        };
        if known {
            return map.next_value_seed(Twice(&name));
        }
        self.members.push((name, map.next_value()?));
        Ok(())
    }
}

/// The maximum length of a name in bytes, far more than IAM allows. The path of each value inside has it.
const LONGEST_NAME: usize = 16 << 10;

/// The maximum number of statements, far more than IAM allows. Empty ones need a hundred times their text.
pub(super) const MOST_STATEMENTS: usize = 50_000;

/// Deserializes the members of an object, which may have any names.
fn members<'de, T: Deserialize<'de>, M: MapAccess<'de>>(
    mut map: M,
) -> Result<Vec<(String, T)>, M::Error> {
    let mut unique = Unique::new();
    while let Some(name) = map.next_key::<String>()? {
        unique.read(name, &mut map)?;
    }
    Ok(unique.members)
}

/// A visitor of objects whose members have any names and values of one type.
struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Vec<(String, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Self::Value, M::Error> {
        members(map)
    }
}

/// An object inside another one: a newtype, because a vector deserializes from a list.
struct Object<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData)).map(Self)
    }
}

/// The value of `Condition`.
pub(super) struct Condition(pub(super) Vec<(String, Comparisons)>);

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let operators: Object<Object<List>> = Object::deserialize(deserializer)?;
        let operators = operators.0.into_iter();
        Ok(Self(
            operators
                .map(|(operator, keys)| (operator, keys.0))
                .collect(),
        ))
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Document;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a policy document, which is an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Document, M::Error> {
                let mut document = Document::default();
                let mut others = Unique::new();
                while let Some(name) = map.next_key::<Name>()? {
                    match &*name.0 {
                        "Version" => once(&mut document.version, &name.0, &mut map)?,
                        "Id" => once(&mut document.id, &name.0, &mut map)?,
                        "Statement" => once(&mut document.statements, &name.0, &mut map)?,
                        _ => others.read(name.0.into_owned(), &mut map)?,
                    }
                }
                document.others = others.members;
                Ok(document)
            }
        }

        deserializer.deserialize_map(Visit)
    }
}

impl<'de> Deserialize<'de> for DocumentStatement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(VisitStatement)
    }
}

struct VisitStatement;

impl<'de> Visitor<'de> for VisitStatement {
    type Value = DocumentStatement;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a statement, which is an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<DocumentStatement, M::Error> {
        let mut it = DocumentStatement::default();
        let mut condition: Option<Condition> = None;
        let mut others = Unique::new();
        while let Some(name) = map.next_key::<Name>()? {
            match &*name.0 {
                "Sid" => once(&mut it.sid, &name.0, &mut map)?,
                "Effect" => once(&mut it.effect, &name.0, &mut map)?,
                "Principal" => once(&mut it.principal, &name.0, &mut map)?,
                "NotPrincipal" => once(&mut it.not_principal, &name.0, &mut map)?,
                "Action" => once(&mut it.action, &name.0, &mut map)?,
                "NotAction" => once(&mut it.not_action, &name.0, &mut map)?,
                "Resource" => once(&mut it.resource, &name.0, &mut map)?,
                "NotResource" => once(&mut it.not_resource, &name.0, &mut map)?,
                "Condition" => once(&mut condition, &name.0, &mut map)?,
                _ => others.read(name.0.into_owned(), &mut map)?,
            }
        }
        it.condition = condition.map(|it| it.0);
        it.others = others.members;
        Ok(it)
    }
}

/// The name of a member, borrowed from the input if possible.
struct Name<'de>(std::borrow::Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(name.into()))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(name.to_owned().into()))
            }

            fn visit_string<E: Error>(self, name: String) -> Result<Name<'de>, E> {
                Ok(Name(name.into()))
            }
        }

        deserializer.deserialize_str(Visit)
    }
}

impl<'de> Deserialize<'de> for Statements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Statements;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a statement or a list of statements")
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Statements, M::Error> {
                VisitStatement
                    .visit_map(map)
                    .map(|statement| Statements::Alone(Box::new(statement)))
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Statements, S::Error> {
                let mut statements = Vec::new();
                while let Some(statement) = list.next_element()? {
                    if statements.len() == MOST_STATEMENTS {
                        return Err(S::Error::custom(format_args!(
                            "found more than {MOST_STATEMENTS} statements; expected fewer"
                        )));
                    }
                    statements.push(statement);
                }
                Ok(Statements::List(statements))
            }
        }

        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for PrincipalElement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = PrincipalElement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`*` or an object of principals by kind")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<PrincipalElement, E> {
                Ok(PrincipalElement::Text(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<PrincipalElement, M::Error> {
                members(map).map(PrincipalElement::Kinds)
            }
        }

        deserializer.deserialize_any(Visit)
    }
}

/// Defines the methods of a visitor that accepts single values.
macro_rules! scalars {
    ($Value:ty, $wrap:expr) => {
        fn visit_str<E: Error>(self, text: &str) -> Result<$Value, E> {
            Ok($wrap(Scalar::Text(text.to_owned())))
        }

        fn visit_string<E: Error>(self, text: String) -> Result<$Value, E> {
            Ok($wrap(Scalar::Text(text)))
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<$Value, E> {
            Ok($wrap(Scalar::Bool(value)))
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<$Value, E> {
            Ok($wrap(Scalar::Number(Number::Unsigned(value))))
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<$Value, E> {
            Ok($wrap(Scalar::Number(Number::Signed(value))))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<$Value, E> {
            Ok($wrap(Scalar::Number(Number::Float(value))))
        }
    };
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl Visitor<'_> for Visit {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            scalars!(Scalar, |scalar| scalar);
        }

        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = List;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            scalars!(List, List::Alone);

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<List, S::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(List::Several(values))
            }
        }

        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E: Error>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }

            scalars!(Json, |scalar| match scalar {
                Scalar::Text(text) => Json::Text(text),
                Scalar::Bool(value) => Json::Bool(value),
                Scalar::Number(number) => Json::Number(number),
            });

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Json, S::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Json::List(values))
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Json, M::Error> {
                members(map).map(Json::Object)
            }
        }

        deserializer.deserialize_any(Visit)
    }
}
