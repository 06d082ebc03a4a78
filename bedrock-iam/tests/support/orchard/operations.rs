//! API operations of Orchard.

bedrock_iam::operation_table! {
    "orchard";
    /// `ListTrees`.
    ListTrees { : "orchard:ListTrees"; },
    /// `PlantTree`.
    PlantTree { "orchard": "iam:PassRole" when "iam:PassedToService" = ["orchard.example.com"],
            "orchard:PlantTree"; },
}
