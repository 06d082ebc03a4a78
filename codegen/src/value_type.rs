//! The value types of condition keys: those that IAM has, however pages spell them.

use crate::model::Service;

/// The types by the names of their variants in `bedrock_iam::ValueType`.
const NAMES: [&str; 14] = [
    "Arn",
    "ArrayOfArn",
    "ArrayOfBinary",
    "ArrayOfBool",
    "ArrayOfDate",
    "ArrayOfIpAddress",
    "ArrayOfNumeric",
    "ArrayOfString",
    "Binary",
    "Bool",
    "Date",
    "IpAddress",
    "Numeric",
    "String",
];

/// The variant for a type as a page spells it; `None` for a type that IAM does not have.
pub fn variant(spelled: &str) -> Option<&'static str> {
    // pages write `ARN` and `Arn`, `Bool` and `Boolean`, and `Long` for the number
    // `secretsmanager:RecoveryWindowInDays`
    let plain = spelled
        .to_ascii_lowercase()
        .replace("boolean", "bool")
        .replace("long", "numeric")
        .replace(' ', "");
    NAMES
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(&plain))
}

/// Whether two spellings name one type.
pub fn same(one: &str, other: &str) -> bool {
    one == other || variant(one).is_some_and(|it| Some(it) == variant(other))
}

/// The condition keys of a service whose types IAM does not have, each with its type: modules are
/// emitted as if the page gave them none.
pub fn unknown(service: &Service) -> impl Iterator<Item = (&str, &str)> {
    let keys = service.condition_keys.iter();
    keys.map(|(name, key)| (name.as_str(), key.value_type.as_str()))
        .filter(|(_, spelled)| variant(spelled).is_none())
}

/// Whether an English word can be the name of a type that is not known yet: `Season`, `ArrayOfUUID`.
pub(crate) fn may_be(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}
