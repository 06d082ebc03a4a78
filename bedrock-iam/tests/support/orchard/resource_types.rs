//! Resource types of Orchard.

use super::{Action, ConditionKey};

bedrock_iam::resource_type_table! {
    "orchard", "https://example.com/orchard#";
    AnyArn { CratePair, Gate, Plot, Tree, Twig, Variety, Windfall };
    /// `crate-pair`: `arn:${Partition}:orchard:${Region}:${Account}:crate/${Left}+${Right}`.
    CratePair { "crate-pair";
        arn "arn:${Partition}:orchard:${Region}:${Account}:crate/${Left}+${Right}"
            { left = "Left" in Before<'+'>, right = "Right" }; },
    /// `gate`: `arn:${Partition}:orchard:us-west-2:aws:gate/main`.
    Gate { "gate"; arn "arn:${Partition}:orchard:us-west-2:aws:gate/main"; },
    /// `label`: named by an action, without an ARN in the reference.
    Label { "label"; },
    /// `plot`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}`.
    Plot { "plot";
        arn "arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}" { plot_id = "PlotId" };
        keys AwsResourceTag; },
    /// `tree`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}/tree/${TreeId}`.
    Tree { "tree";
        arn "arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}/tree/${TreeId}"
            { plot_id = "PlotId", tree_id = "TreeId" }; },
    /// `twig`: `arn:${Partition}:${Vendor}:${Region}:*:${TwigId}`.
    Twig { "twig";
        arn "arn:${Partition}:${Vendor}:${Region}:*:${TwigId}"
            { vendor = "Vendor", twig_id = "TwigId" }; },
    /// `variety`: `arn:${Partition}:orchard:${Region}::variety/${VarietyId}`.
    Variety { "variety";
        arn "arn:${Partition}:orchard:${Region}::variety/${VarietyId}"
            { variety_id = "VarietyId" in Colon }; },
    /// `windfall`: `arn:${Partition}:orchard:::${FieldPath}/${Basket}`.
    Windfall { "windfall";
        arn "arn:${Partition}:orchard:::${FieldPath}/${Basket}"
            { field_path = "FieldPath" in Path, basket = "Basket" }; },
}
