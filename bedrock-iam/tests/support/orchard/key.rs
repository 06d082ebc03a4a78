//! Condition keys of Orchard, typed by their values.

use bedrock_iam::runtime::{Key, value};

/// `orchard:Season`: Numeric.
pub const SEASON: Key<value::Numeric> = Key::constant("orchard:Season");

/// `aws:TagKeys`: ArrayOfString.
pub const TAG_KEYS: Key<value::ArrayOfString> = Key::constant("aws:TagKeys");

/// `aws:RequestTag/${TagKey}`: String.
pub fn request_tag(tag_key: impl AsRef<str>) -> Key<value::String> {
    Key::template(&["aws:RequestTag/", ""], &[tag_key.as_ref()])
}

/// `orchard:fruit/${FruitId}.colour`: String.
pub fn fruit_colour(fruit_id: impl AsRef<str>) -> Key<value::String> {
    Key::template(&["orchard:fruit/", ".colour"], &[fruit_id.as_ref()])
}
