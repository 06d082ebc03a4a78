//! Actions of Orchard.

use super::{ConditionKey, Operation, ResourceType};

bedrock_iam::action_table! {
    "orchard", "https://example.com/orchard#";
    /// `orchard:ListTrees`: List.
    ListTrees { List; api "https://example.com/orchard/API_ListTrees.html"; },
    /// `orchard:PlantTree`: Write, Tagging.
    PlantTree { Write, Tagging;
        on required Plot [AwsResourceTag], optional Variety;
        keys AwsRequestTag, AwsTagKeys;
        needs "iam:PassRole";
        api "https://example.com/orchard/API_PlantTree.html"; },
    /// `orchard:pruneTree`: Write. Permission only.
    PruneTree { "pruneTree"; Write; permission only; on required Tree [OrchardSeason]; },
}
