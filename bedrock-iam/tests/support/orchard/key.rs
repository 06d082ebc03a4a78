//! Condition keys of Orchard.

use bedrock_iam::Key;

/// `orchard:Season`: Numeric.
pub const SEASON: Key<Season> = Key::constant("orchard:Season");

/// Stands for `orchard:Season` in types.
pub enum Season {}

impl bedrock_iam::runtime::KeyId for Season {
    type Value = bedrock_iam::value::Numeric;
}

impl<A, R: bedrock_iam::runtime::Takes<Self, A>> bedrock_iam::runtime::InEffect<A, R> for Season {}

/// `aws:TagKeys`: ArrayOfString.
pub const TAG_KEYS: Key<bedrock_iam::global::TagKeys> = Key::constant("aws:TagKeys");

/// `aws:RequestTag/${TagKey}`: String.
pub fn request_tag(tag_key: impl AsRef<str>) -> Key<bedrock_iam::global::RequestTag> {
    Key::template(&["aws:RequestTag/", ""], &[tag_key.as_ref()])
}

/// `orchard:fruit/${FruitId}.colour`: String.
pub fn fruit_colour(fruit_id: impl AsRef<str>) -> Key<FruitColour> {
    Key::template(&["orchard:fruit/", ".colour"], &[fruit_id.as_ref()])
}

/// Stands for `orchard:fruit/${FruitId}.colour` in types.
pub enum FruitColour {}

impl bedrock_iam::runtime::KeyId for FruitColour {
    type Value = bedrock_iam::value::String;
}

impl<A, R: bedrock_iam::runtime::Takes<Self, A>> bedrock_iam::runtime::InEffect<A, R>
    for FruitColour
{
}
