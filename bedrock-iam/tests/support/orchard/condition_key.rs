//! Condition keys of Orchard.

use bedrock_iam::runtime::{ConditionKeyFacts, ValueType};

/// A condition key of Orchard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConditionKey {
    /// `aws:RequestTag/${TagKey}`: String.
    AwsRequestTag,
    /// `aws:ResourceTag/${TagKey}`: String.
    AwsResourceTag,
    /// `aws:TagKeys`: ArrayOfString.
    AwsTagKeys,
    /// `orchard:fruit/${FruitId}.colour`: String.
    OrchardFruitColour,
    /// `orchard:fruit/apple.colour`: String.
    OrchardFruitAppleColour,
    /// `orchard:Season`: Numeric.
    OrchardSeason,
}

bedrock_iam::condition_key_enum!(ConditionKey, FACTS, "orchard");

static FACTS: [ConditionKeyFacts<ConditionKey>; 6] = [
    ConditionKeyFacts {
        variant: ConditionKey::AwsRequestTag,
        name: "aws:RequestTag/${TagKey}",
        value_type: Some(ValueType::String),
        documentation: "https://example.com/orchard#aws_RequestTag",
    },
    ConditionKeyFacts {
        variant: ConditionKey::AwsResourceTag,
        name: "aws:ResourceTag/${TagKey}",
        value_type: Some(ValueType::String),
        documentation: "https://example.com/orchard#aws_ResourceTag",
    },
    ConditionKeyFacts {
        variant: ConditionKey::AwsTagKeys,
        name: "aws:TagKeys",
        value_type: Some(ValueType::ArrayOfString),
        documentation: "https://example.com/orchard#aws_TagKeys",
    },
    ConditionKeyFacts {
        variant: ConditionKey::OrchardFruitColour,
        name: "orchard:fruit/${FruitId}.colour",
        value_type: Some(ValueType::String),
        documentation: "https://example.com/orchard#orchard_fruit",
    },
    ConditionKeyFacts {
        variant: ConditionKey::OrchardFruitAppleColour,
        name: "orchard:fruit/apple.colour",
        value_type: Some(ValueType::String),
        documentation: "https://example.com/orchard#orchard_apple",
    },
    ConditionKeyFacts {
        variant: ConditionKey::OrchardSeason,
        name: "orchard:Season",
        value_type: Some(ValueType::Numeric),
        documentation: "https://example.com/orchard#orchard_Season",
    },
];
