//! Writing documents by `serde`: AWS's order of members, then what IAM does not define.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{
    Comparisons, Document, DocumentStatement, Json, List, Number, PrincipalElement, Scalar,
    Statements,
};

fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &'static str,
    value: Option<&T>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, value))
}

fn others<M: SerializeMap>(map: &mut M, others: &[(String, Json)]) -> Result<(), M::Error> {
    others
        .iter()
        .try_for_each(|(name, value)| map.serialize_entry(name, value))
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "Version", self.version.as_ref())?;
        optional(&mut map, "Id", self.id.as_ref())?;
        optional(&mut map, "Statement", self.statements.as_ref())?;
        others(&mut map, &self.others)?;
        map.end()
    }
}

impl Serialize for Statements {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Alone(statement) => statement.serialize(serializer),
            Self::List(statements) => statements.serialize(serializer),
        }
    }
}

impl Serialize for DocumentStatement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        optional(&mut map, "Sid", self.sid.as_ref())?;
        optional(&mut map, "Effect", self.effect.as_ref())?;
        optional(&mut map, "Principal", self.principal.as_ref())?;
        optional(&mut map, "NotPrincipal", self.not_principal.as_ref())?;
        optional(&mut map, "Action", self.action.as_ref())?;
        optional(&mut map, "NotAction", self.not_action.as_ref())?;
        optional(&mut map, "Resource", self.resource.as_ref())?;
        optional(&mut map, "NotResource", self.not_resource.as_ref())?;
        optional(
            &mut map,
            "Condition",
            self.condition.as_deref().map(Operators).as_ref(),
        )?;
        others(&mut map, &self.others)?;
        map.end()
    }
}

/// `Condition`: operators with their keys.
struct Operators<'a>(&'a [(String, Comparisons)]);

impl Serialize for Operators<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .map(|(operator, keys)| (operator, Members(keys))),
        )
    }
}

/// Members of an object in their order.
struct Members<'a, T>(&'a [(String, T)]);

impl<T: Serialize> Serialize for Members<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for PrincipalElement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Kinds(kinds) => Members(kinds).serialize(serializer),
        }
    }
}

impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Alone(value) => value.serialize(serializer),
            Self::Several(values) => values.serialize(serializer),
        }
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Unsigned(number) => serializer.serialize_u64(number),
            Self::Signed(number) => serializer.serialize_i64(number),
            Self::Float(number) => serializer.serialize_f64(number),
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                values
                    .iter()
                    .try_for_each(|value| list.serialize_element(value))?;
                list.end()
            }
            Self::Object(members) => Members(members).serialize(serializer),
        }
    }
}
