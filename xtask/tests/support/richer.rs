//! An earlier version of the made-up page: it also has an action, a resource type, a key and an
//! operation that were removed, and pairs of remaining and removed names.

use std::fs;

/// Texts of the page and their replacements.
const EDITS: [(&str, &str); 5] = [
    (
        "<tr><td rowspan=\"2\">PlantTree</td>",
        "<tr><td>PruneTree</td><td>orchard</td><td><a href=\"#list_orchard-action-PruneTree\">orchard:PruneTree</a></td><td></td><td></td><td>Write</td></tr>\n\
         <tr><td rowspan=\"2\">PlantTree</td>",
    ),
    (
        "<tr><td rowspan=\"2\"><span id=\"list_orchard-action-PlantTree\"></span><a href=\"https://docs.aws.amazon.com/orchard/PlantTree.html\">PlantTree</a></td><td rowspan=\"2\">Plants one</td><td><a href=\"#list_orchard-resource-tree\">tree*</a></td><td><a href=\"#list_orchard-orchard_Soil\">orchard:Soil</a></td><td rowspan=\"2\">Write</td></tr>\n",
        "<tr><td><span id=\"list_orchard-action-PruneTree\"></span><a href=\"https://docs.aws.amazon.com/orchard/PruneTree.html\">PruneTree</a></td><td>Cuts one</td><td><a href=\"#list_orchard-resource-branch\">branch*</a></td><td><a href=\"#list_orchard-orchard_Season\">orchard:Season</a></td><td>Write</td></tr>\n\
         <tr><td rowspan=\"3\"><span id=\"list_orchard-action-PlantTree\"></span><a href=\"https://docs.aws.amazon.com/orchard/PlantTree.html\">PlantTree</a></td><td rowspan=\"3\">Plants one</td><td><a href=\"#list_orchard-resource-tree\">tree*</a></td><td><p><a href=\"#list_orchard-orchard_Soil\">orchard:Soil</a></p><p><a href=\"#list_orchard-orchard_Season\">orchard:Season</a></p></td><td rowspan=\"3\">Write</td></tr>\n\
         <tr><td><a href=\"#list_orchard-resource-branch\">branch</a></td><td></td></tr>\n",
    ),
    (
        "<tr><td id=\"list_orchard-resource-tree\">",
        "<tr><td id=\"list_orchard-resource-branch\"><a href=\"https://docs.aws.amazon.com/orchard/\">branch</a></td><td><code>arn:${Partition}:orchard:${Region}:${Account}:branch/${BranchId}</code></td><td></td></tr>\n\
         <tr><td id=\"list_orchard-resource-tree\">",
    ),
    (
        "<tr><td id=\"list_orchard-orchard_Soil\">",
        "<tr><td id=\"list_orchard-orchard_Season\"><a href=\"https://docs.aws.amazon.com/\">orchard:Season</a></td><td>By season</td><td>String</td></tr>\n\
         <tr><td id=\"list_orchard-orchard_Soil\">",
    ),
    ("made up for tests", "made up for tests, and richer"),
];

/// The earlier version of the page.
pub(crate) fn page() -> String {
    let mut text = fs::read_to_string(super::page()).expect("the page");
    for (from, to) in EDITS {
        assert!(text.contains(from), "the page lacks {from:?}");
        text = text.replacen(from, to, 1);
    }
    text
}
