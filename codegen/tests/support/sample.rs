//! Invented services.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{
    AccessLevel, ActionFacts, AuthorizedAction, ConditionKey, Facts, Locale, Operation,
    RequiredType, ResourceType, Scenario, Use,
};

const TAG: &str = "aws:ResourceTag/${TagKey}";

/// Returns empty facts.
pub fn nothing(page: &str) -> Facts {
    Facts {
        page: page.to_owned(),
        locale: Locale::EnUs,
        prefix: page.to_owned(),
        service: "Example Orchard".to_owned(),
        actions: BTreeMap::new(),
        resource_types: BTreeMap::new(),
        condition_keys: BTreeMap::new(),
        operations: Vec::new(),
    }
}

/// Returns an action with these levels and uses.
pub fn action(levels: &[AccessLevel], uses: Vec<Use>) -> ActionFacts {
    ActionFacts {
        access_levels: levels.iter().copied().collect::<BTreeSet<_>>(),
        uses,
        ..ActionFacts::default()
    }
}

/// Returns a use of a resource type.
pub fn on(resource_type: &str, required: bool, keys: &[&str]) -> Use {
    Use {
        resource_type: Some(resource_type.to_owned()),
        required: Some(required),
        condition_keys: owned(keys),
        ..Use::default()
    }
}

/// Returns a use of condition keys without a resource type.
pub fn keys_alone(keys: &[&str]) -> Use {
    Use {
        condition_keys: owned(keys),
        ..Use::default()
    }
}

/// Returns a resource type.
pub fn resource_type(arn: &str, keys: &[&str]) -> ResourceType {
    ResourceType {
        arn: arn.to_owned(),
        condition_keys: owned(keys),
    }
}

/// Returns a condition key.
pub fn condition_key(value_type: &str) -> ConditionKey {
    ConditionKey {
        value_type: value_type.to_owned(),
    }
}

/// Returns an operation that needs these actions, without contexts.
pub fn operation(name: &str, sdk: Option<&str>, actions: &[&str]) -> Operation {
    let needed = |action: &&str| AuthorizedAction {
        action: (*action).to_owned(),
        context: BTreeMap::new(),
    };
    Operation {
        operation: name.to_owned(),
        sdk: sdk.map(str::to_owned),
        actions: actions.iter().map(needed).collect(),
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn api(name: &str) -> Option<String> {
    Some(format!("https://docs.example.com/orchard/API_{name}.html"))
}

/// Returns the facts of a small service, an orchard, with those peculiarities of real pages that
/// both layouts have.
pub fn orchard() -> Facts {
    use AccessLevel::{List, PermissionsManagement, Read, Tagging, Write};
    let mut facts = nothing("orchard");
    let mut add = |name: &str, facts_of: ActionFacts| {
        facts.actions.insert(name.to_owned(), facts_of);
    };
    let plant = action(
        &[Write, Tagging],
        vec![
            on("tree", true, &["orchard:Variety", TAG]),
            on("fruit tree", false, &[]),
            on("tree", false, &["aws:TagKeys"]),
            keys_alone(&["aws:RequestTag/${TagKey}", "aws:TagKeys"]),
        ],
    );
    add(
        "PlantTree",
        ActionFacts {
            api: api("PlantTree"),
            ..plant
        },
    );
    let scenario = |name: &str, types: &[(&str, bool)], keys: &[&str]| Scenario {
        name: name.to_owned(),
        resource_types: types
            .iter()
            .map(|(name, required)| RequiredType {
                resource_type: (*name).to_owned(),
                required: *required,
            })
            .collect(),
        condition_keys: owned(keys),
    };
    let graft = action(
        &[Write],
        vec![
            on("tree", true, &[]),
            on("row/north", false, &["orchard:Row/${rowId}.length"]),
        ],
    );
    add(
        "GraftTree",
        ActionFacts {
            scenarios: vec![
                scenario("TREE-ROW", &[("tree", true), ("row/north", false)], &[TAG]),
                scenario("with a *scion* / by hand", &[], &[]),
            ],
            api: api("GraftTree"),
            ..graft
        },
    );
    add("listTrees", action(&[List], vec![]));
    add(
        "Share-Harvest",
        ActionFacts {
            permission_only: true,
            api: Some("#welcome".to_owned()),
            ..action(
                &[PermissionsManagement],
                vec![on(
                    "unlisted_basket",
                    true,
                    &["saml:aud", "orchard:Unlisted"],
                )],
            )
        },
    );
    add(
        "GetRow",
        ActionFacts {
            api: api("GetRow"),
            ..action(
                &[Read],
                vec![on("row/north", true, &["orchard:Tree/<kind>"])],
            )
        },
    );
    for (name, arn, keys) in [
        (
            "tree",
            "arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}",
            &[TAG][..],
        ),
        (
            "fruit tree",
            "arn:${Partition}:orchard:${Region}:${AccountId}:tree/${TreeId}+${Branch}",
            &[],
        ),
        (
            "row/north",
            "^arn:${Partition}:orchard:eu-north-1:aws:row:${Row_Id}",
            &["token.${Domain}.example:sub"],
        ),
        ("seed_bag", "arn:aws:${Vendor}:::bag/*", &[]),
    ] {
        facts
            .resource_types
            .insert(name.to_owned(), resource_type(arn, keys));
    }
    for (name, value_type) in [
        (TAG, "String"),
        ("aws:RequestTag/${TagKey}", "String"),
        ("aws:TagKeys", "ArrayOfString"),
        ("orchard:Variety", "ARN"),
        ("orchard:Row/${rowId}.length", "Numeric"),
        ("orchard:Tree/<kind>", "Bool"),
        ("token.${Domain}.example:sub", "String"),
        ("example.com/farms/${Farm}:actor", "Arn"),
    ] {
        facts
            .condition_keys
            .insert(name.to_owned(), condition_key(value_type));
    }
    facts
}

/// Returns the same orchard with the facts that only the current layout states.
pub fn current_orchard() -> Facts {
    let mut facts = orchard();
    let mut graft = operation(
        "GraftTree",
        Some("orchard"),
        &["orchard:GraftTree", "iam:PassRole"],
    );
    let role = &mut graft.actions[1].context;
    role.insert(
        "iam:PassedToService".to_owned(),
        owned(&["orchard.example.com", "graft.example.com"]),
    );
    role.insert("iam:AssociatedResourceArn".to_owned(), owned(&["tree"]));
    facts.operations = vec![
        graft,
        operation("ListTrees", Some("orchard"), &["orchard:listTrees"]),
        operation(
            "ListTrees",
            Some("orchard-v2"),
            &["orchard:listTrees", "orchard:GetRow"],
        ),
        operation("Water", None, &["orchard:PlantTree"]),
    ];
    facts
}

/// Returns the same orchard with the facts that only the classic layout states.
pub fn classic_orchard() -> Facts {
    let mut facts = orchard();
    if let Some(plant) = facts.actions.get_mut("PlantTree") {
        plant.uses[0].dependent_actions = owned(&["iam:PassRole", "ec2:DescribeSubnets"]);
    }
    if let Some(graft) = facts.actions.get_mut("GraftTree") {
        graft.uses.push(Use {
            dependent_actions: owned(&["kms:Decrypt"]),
            ..Use::default()
        });
    }
    facts
}

/// Returns a plantation with a number of trees, for pages of any size.
pub fn plantation(actions: usize) -> Facts {
    let mut facts = nothing("plantation");
    for number in 0..actions {
        let tree = format!("tree-{}", number % 97);
        let level = AccessLevel::ALL[number % AccessLevel::ALL.len()];
        let keys = [TAG, "plantation:Season", "plantation:Row"];
        let mut uses = vec![on(&tree, number.is_multiple_of(2), &keys[..number % 4])];
        if number.is_multiple_of(3) {
            uses.push(on("shed", false, &keys[..1]));
        }
        let name = format!("TendTree{number}");
        let full = format!("plantation:{name}");
        facts.operations.push(operation(
            &name,
            Some("plantation"),
            &[&full, "iam:PassRole"],
        ));
        let facts_of = ActionFacts {
            api: api(&name),
            ..action(&[level], uses)
        };
        facts.actions.insert(name, facts_of);
        let arn =
            format!("arn:${{Partition}}:plantation:${{Region}}:${{Account}}:{tree}/${{TreeId}}");
        facts
            .resource_types
            .entry(tree)
            .or_insert_with(|| resource_type(&arn, &[TAG]));
    }
    let shed = resource_type("arn:${Partition}:plantation:::shed/${ShedName}", &[]);
    facts.resource_types.insert("shed".to_owned(), shed);
    for key in [TAG, "plantation:Season", "plantation:Row"] {
        facts
            .condition_keys
            .insert(key.to_owned(), condition_key("String"));
    }
    facts
}
