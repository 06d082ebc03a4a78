//! What checks ask of the global condition keys.

use crate::text::names::nearest;
use crate::{Catalog, ValueType};

/// Prefixes of keys that end in a tag's key.
const TAGS: &[&str] = &["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/// What a name is among the global keys.
pub(super) fn find(catalog: &Catalog, name: &str) -> Option<ValueType> {
    if is_tag(name) {
        return Some(ValueType::String);
    }
    let mut keys = catalog.global_keys().iter();
    keys.find(|key| key.name.eq_ignore_ascii_case(name))
        .map(|key| key.value_type)
}

/// Whether it is the key of a tag: those take every operator that compares values.
pub(super) fn is_tag(name: &str) -> bool {
    TAGS.iter()
        .any(|tag| begins(name, tag) && name.len() > tag.len())
}

/// Whether it is a key of tags that follows the action: in effect only where the reference says so.
pub(super) fn follows_action(name: &str) -> bool {
    name.eq_ignore_ascii_case("aws:TagKeys") || is_tag(name) && !begins(name, TAGS[0])
}

/// Whether a text begins with another one, in any case.
pub(super) fn begins(name: &str, with: &str) -> bool {
    name.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The nearest global key.
pub(super) fn near(catalog: &Catalog, name: &str) -> Option<&'static str> {
    nearest(catalog.global_keys().iter().map(|key| key.name), name)
}
