//! Lookups of global condition keys.

use crate::condition::{Family, Suits};
use crate::text::names::{longer_or_shorter, nearest};
use crate::{Catalog, ValueType};

/// Prefixes of condition keys that end with the key of a tag.
const TAGS: &[&str] = &["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/// Returns the type of a global key; `None` if it is not one.
pub(super) fn find(catalog: &Catalog, name: &str) -> Option<ValueType> {
    if is_tag(name) {
        return Some(ValueType::String);
    }
    let mut keys = catalog.global_keys().iter();
    keys.find(|key| key.name.eq_ignore_ascii_case(name))
        .map(|key| key.value_type)
}

/// Returns whether a condition key is that of a tag, such as `aws:RequestTag/team`. Every operator
/// that compares values applies to such keys.
pub(super) fn is_tag(name: &str) -> bool {
    TAGS.iter()
        .any(|tag| begins(name, tag) && name.len() > tag.len())
}

/// Returns whether a global key is only in requests for actions whose facts list it, as the keys of
/// request and resource tags are.
pub(super) fn follows_action(name: &str) -> bool {
    name.eq_ignore_ascii_case("aws:TagKeys") || is_tag(name) && !begins(name, TAGS[0])
}

/// Returns whether a name begins with a prefix, ignoring ASCII case.
pub(super) fn begins(name: &str, with: &str) -> bool {
    name.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// Returns the global key with the most similar name, if one is similar enough.
pub(super) fn near(catalog: &Catalog, name: &str) -> Option<&'static str> {
    similar(&names(catalog), name, None)
}

/// Returns the names of the global keys, with the types of their values.
pub(super) fn names(catalog: &Catalog) -> Vec<(&'static str, Option<ValueType>)> {
    let keys = catalog.global_keys().iter();
    keys.map(|key| (key.name, Some(key.value_type))).collect()
}

/// Returns the key with the most similar name, if one is similar enough. Keys that the operators of a
/// family apply to are preferred.
pub(super) fn similar(
    keys: &[(&'static str, Option<ValueType>)],
    name: &str,
    family: Option<Family>,
) -> Option<&'static str> {
    let suits = |of: Option<ValueType>| {
        family.is_none_or(|family| of.is_some_and(|of| family.suits(of) == Suits::Meant))
    };
    let near = |is_suitable: bool| {
        let wanted = keys.iter().filter(|(_, of)| suits(*of) == is_suitable);
        let wanted: Vec<&'static str> = wanted.map(|(name, _)| *name).collect();
        let closest = nearest(wanted.iter().copied(), name);
        closest.or_else(|| longer_or_shorter(wanted, name))
    };
    near(true).or_else(|| near(false))
}
