//! The value types of condition keys: those that IAM has, however pages spell them.

use iam_policy::ValueType;

use crate::model::Service;

/// Whether two spellings name one type.
pub fn same(one: &str, other: &str) -> bool {
    let known = |spelled: &str| spelled.parse::<ValueType>().ok();
    one == other || known(one).is_some_and(|it| Some(it) == known(other))
}

/// The condition keys of a service whose types IAM does not have, each with its type: modules are
/// emitted as if the page gave them none.
pub fn unknown(service: &Service) -> impl Iterator<Item = (&str, &str)> {
    let keys = service.condition_keys.iter();
    keys.map(|(name, key)| (name.as_str(), key.value_type.as_str()))
        .filter(|(_, spelled)| spelled.parse::<ValueType>().is_err())
}

/// Whether an English word can be the name of a type that is not known yet: `Season`, `ArrayOfUUID`.
pub(crate) fn may_be(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}
