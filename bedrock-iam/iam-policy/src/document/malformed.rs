//! Policies of which parts are malformed.

use serde::Deserialize;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::read::{Condition, MOST_STATEMENTS};
use super::{Document, DocumentStatement, Json, Number, Statements};

impl Document {
    /// Reads a policy. Elements with values of another type stand among the members that IAM does not define,
    /// so that nothing is lost.
    pub(crate) fn with_malformed(members: &[(String, Json)]) -> Self {
        let mut document = Self::default();
        let others = &mut document.others;
        for member in members {
            match &*member.0 {
                "Version" => read(&mut document.version, member, others),
                "Id" => read(&mut document.id, member, others),
                "Statement" => match statements(&member.1) {
                    Some(statements) => document.statements = Some(statements),
                    None => others.push(member.clone()),
                },
                _ => others.push(member.clone()),
            }
        }
        document
    }
}

fn statements(json: &Json) -> Option<Statements> {
    Some(match json {
        Json::List(list) if list.len() > MOST_STATEMENTS => return None,
        Json::List(list) => Statements::List(list.iter().map(statement).collect::<Option<_>>()?),
        _ => Statements::Alone(Box::new(statement(json)?)),
    })
}

fn statement(json: &Json) -> Option<DocumentStatement> {
    let Json::Object(members) = json else {
        return None;
    };
    let (mut it, mut condition) = (DocumentStatement::default(), None);
    let others = &mut it.others;
    for member in members {
        match &*member.0 {
            "Sid" => read(&mut it.sid, member, others),
            "Effect" => read(&mut it.effect, member, others),
            "Principal" => read(&mut it.principal, member, others),
            "NotPrincipal" => read(&mut it.not_principal, member, others),
            "Action" => read(&mut it.action, member, others),
            "NotAction" => read(&mut it.not_action, member, others),
            "Resource" => read(&mut it.resource, member, others),
            "NotResource" => read(&mut it.not_resource, member, others),
            "Condition" => read(&mut condition, member, others),
            _ => others.push(member.clone()),
        }
    }
    it.condition = condition.map(|Condition(operators)| operators);
    Some(it)
}

/// Reads a member, or adds it to the others if its value is of another type.
fn read<'a, T: Deserialize<'a>>(
    place: &mut Option<T>,
    member: &'a (String, Json),
    others: &mut Vec<(String, Json)>,
) {
    match T::deserialize(&member.1) {
        Ok(value) => *place = Some(value),
        Err(_) => others.push(member.clone()),
    }
}

impl<'de> Deserializer<'de> for &'de Json {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Number(Number::Unsigned(number)) => visitor.visit_u64(*number),
            Json::Number(Number::Signed(number)) => visitor.visit_i64(*number),
            Json::Number(Number::Float(number)) => visitor.visit_f64(*number),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::List(values) => SeqDeserializer::new(values.iter()).deserialize_any(visitor),
            Json::Object(members) => {
                let members = members.iter().map(|(name, value)| (&**name, value));
                MapDeserializer::new(members).deserialize_any(visitor)
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de> for &'de Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
