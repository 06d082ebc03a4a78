//! Condition keys of Orchard.

bedrock_iam::condition_key_table! {
    "orchard", "https://example.com/orchard#";
    /// `aws:RequestTag/${TagKey}`: String.
    AwsRequestTag { "aws:RequestTag/${TagKey}" at "aws_RequestTag": String;
        fn request_tag(tag_key): global RequestTag; },
    /// `aws:ResourceTag/${TagKey}`: String.
    AwsResourceTag { "aws:ResourceTag/${TagKey}" at "aws_ResourceTag": String;
        fn resource_tag(tag_key): global ResourceTag; },
    /// `aws:TagKeys`: ArrayOfString.
    AwsTagKeys { "aws:TagKeys" at "aws_TagKeys": ArrayOfString; const TAG_KEYS: global TagKeys; },
    /// `orchard:fruit/${FruitId}.colour`: String.
    OrchardFruitColour { "orchard:fruit/${FruitId}.colour" at "orchard_fruit": String;
        fn fruit_colour(fruit_id): String; },
    /// `orchard:fruit/apple.colour`: String.
    OrchardFruitAppleColour { "orchard:fruit/apple.colour" at "orchard_apple": String;
        const FRUIT_APPLE_COLOUR: String; },
    /// `orchard:Season`: Numeric.
    OrchardSeason { "orchard:Season" at "orchard_Season": Numeric; const SEASON: Numeric; },
}

impl<A, R: bedrock_iam::runtime::Takes<Self, A>> bedrock_iam::runtime::InEffect<A, R>
    for key::OrchardFruitColour
{
}
impl<A, R: bedrock_iam::runtime::Takes<Self, A>> bedrock_iam::runtime::InEffect<A, R>
    for key::OrchardFruitAppleColour
{
}
impl<A, R: bedrock_iam::runtime::Takes<Self, A>> bedrock_iam::runtime::InEffect<A, R>
    for key::OrchardSeason
{
}
