//! Edits of the sample service, an orchard, that cause every kind of change.
//!
//! `golden.txt` lists their changes, with bump, headline, meaning and marks, for review.

use std::fmt::Write as _;

use codegen::changes::ServiceChanges;
use expect_test::expect_file;
use iam_policy::wire::{AccessLevel, Operation, Scenario, Service};

use super::judged::{action, edited, judged, on, orchard, with};
use crate::support::sample;

type Edit = fn(&mut Service);

const EDITS: &[(&str, Edit)] = &[
    ("another prefix", |it| it.prefix = "grove".to_owned()),
    ("another name and page", |it| {
        it.service = "Example Grove".to_owned();
        it.page = "grove".to_owned();
    }),
    ("an action is removed", |it| {
        it.actions.remove("GetRow");
    }),
    ("actions are added", |it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        it.actions
            .insert("GetTrees".to_owned(), with(AccessLevel::Read));
        let share = with(AccessLevel::PermissionsManagement);
        it.actions.insert("ShareTree".to_owned(), share);
        it.actions
            .insert("CreateTreeToken".to_owned(), with(AccessLevel::Write));
    }),
    ("a resource type is added, another removed", |it| {
        it.resource_types.remove("seed_bag");
        let shed = sample::resource_type("arn:${Partition}:orchard:::shed/${Shed}", &[]);
        it.resource_types.insert("shed".to_owned(), shed);
    }),
    ("a condition key is added, another removed", |it| {
        it.condition_keys.remove("orchard:Variety");
        for action in it.actions.values_mut() {
            let lists = action.resources.iter_mut().map(|it| &mut it.condition_keys);
            lists.for_each(|keys| keys.retain(|key| key != "orchard:Variety"));
        }
        it.condition_keys
            .insert("orchard:Season".to_owned(), sample::condition_key("String"));
    }),
    ("operations are added and removed", |it| {
        it.operations.retain(|row| row.operation != "Water");
        for (name, needs) in [
            ("Prune", &["orchard:PlantTree"][..]),
            ("Pick", &["orchard:Pick", "iam:PassRole"]),
            ("Press", &["orchard:Press"]),
            ("Rake", &[]),
        ] {
            it.operations
                .push(sample::operation(name, Some("orchard"), needs));
        }
    }),
    ("all operations are removed", |it| it.operations.clear()),
    ("access levels", |it| {
        action(it, "GetRow")
            .access_levels
            .insert(AccessLevel::Write);
        action(it, "listTrees")
            .access_levels
            .insert(AccessLevel::PermissionsManagement);
        action(it, "PlantTree")
            .access_levels
            .remove(&AccessLevel::Write);
    }),
    ("an action can be scoped", |it| {
        action(it, "listTrees").resources = vec![on("tree", &["orchard:Variety"])];
    }),
    ("an action supports only `*`", |it| {
        let row = action(it, "GetRow");
        row.resources.clear();
        row.condition_keys.clear();
    }),
    ("an action gains and loses a resource type", |it| {
        let graft = action(it, "GraftTree");
        graft.resources.retain(|it| it.resource_type != "tree");
        graft.resources.push(on("seed_bag", &[]));
    }),
    ("an action gains a new resource type", |it| {
        let shed = sample::resource_type("arn:${Partition}:orchard:::shed/${Shed}", &[]);
        it.resource_types.insert("shed".to_owned(), shed);
        action(it, "GetRow").resources.push(on("shed", &[]));
    }),
    ("required", |it| {
        let resources = &mut action(it, "GraftTree").resources;
        resources
            .iter_mut()
            .for_each(|it| it.required = !it.required);
    }),
    ("keys in effect", |it| {
        let plant = action(it, "PlantTree");
        plant.condition_keys.retain(|key| key != "aws:TagKeys");
        plant.condition_keys.push("orchard:Season".to_owned());
        let graft = action(it, "GraftTree");
        graft.resources[0]
            .condition_keys
            .push("orchard:Season".to_owned());
        graft.resources[1].condition_keys.clear();
    }),
    ("dependent actions", |it| {
        action(it, "GraftTree").dependent_actions = vec!["kms:Decrypt".to_owned()];
    }),
    ("permission-only", |it| {
        action(it, "Share-Harvest").permission_only = false;
        action(it, "GetRow").permission_only = true;
    }),
    ("scenarios", |it| {
        let scenarios = &mut action(it, "GraftTree").scenarios;
        scenarios.remove(0);
        scenarios.push(Scenario {
            name: "ROW".to_owned(),
            resource_types: Vec::new(),
            condition_keys: Vec::new(),
        });
    }),
    ("an ARN", |it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.arn = tree.arn.replace("tree/", "trees/");
        let bag = it.resource_types.get_mut("seed_bag").expect("a type");
        bag.arn.push_str("/${Bag}");
    }),
    ("the name of a placeholder", |it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.arn = tree.arn.replace("${TreeId}", "${TreeName}");
    }),
    ("condition keys of a resource type", |it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.condition_keys = vec!["orchard:Row".to_owned()];
    }),
    ("value types", |it| {
        let retyped = [("aws:TagKeys", "String"), ("orchard:Variety", "Arn")];
        for (key, value_type) in retyped {
            it.condition_keys
                .insert(key.to_owned(), sample::condition_key(value_type));
        }
    }),
    ("required actions of operations", |it| {
        let needs = |row: &mut Operation, action: &str| {
            row.actions.retain(|needed| needed.action != action);
        };
        for row in &mut it.operations {
            match (row.operation.as_str(), row.sdk.as_deref()) {
                ("GraftTree", _) => row.actions[1].context.clear(),
                ("ListTrees", Some("orchard-v2")) => needs(row, "orchard:GetRow"),
                ("Water", _) => row.actions[0].action = "orchard:GetRow".to_owned(),
                _ => {}
            }
        }
    }),
    ("links", |it| {
        action(it, "GetRow").api = None;
        action(it, "PlantTree").api = Some("https://docs.example.com/plant".to_owned());
    }),
    ("a rename", |it| {
        let row = it.actions.remove("GetRow").expect("an action");
        it.actions.insert("DescribeRow".to_owned(), row);
        let variety = it.condition_keys.remove("orchard:Variety").expect("a key");
        it.condition_keys
            .insert("orchard:TreeVariety".to_owned(), variety);
        let lists = it
            .actions
            .values_mut()
            .flat_map(|action| &mut action.resources);
        for key in lists.flat_map(|it| &mut it.condition_keys) {
            if key == "orchard:Variety" {
                *key = "orchard:TreeVariety".to_owned();
            }
        }
    }),
];

fn describe(text: &mut String, title: &str, changes: &ServiceChanges) {
    let _ = writeln!(text, "# {title}: {}", changes.bump.as_str());
    for finding in &changes.changes {
        let json = serde_json::to_value(finding).expect("JSON");
        let kind = json["kind"].as_str().expect("a kind");
        let _ = writeln!(text, "\n{kind}, {}", finding.line.bump.as_str());
        let _ = writeln!(text, "  {}", finding.line.headline);
        let _ = writeln!(text, "  → {}", finding.line.meaning);
        for mark in &finding.line.security {
            let _ = writeln!(text, "  ! {}: {}", mark.kind.as_str(), mark.why);
        }
    }
    for rename in &changes.renames {
        let (from, to) = (&rename.from, &rename.to);
        let alike = (rename.names_alike, rename.facts_alike);
        let _ = writeln!(text, "\nperhaps {from} → {to}, alike {alike:?}");
    }
    for coverage in &changes.wildcards {
        let _ = writeln!(
            text,
            "\n{} covers {}",
            coverage.wildcard.pattern,
            coverage.actions.join(", ")
        );
        for beyond in &coverage.beyond {
            let _ = writeln!(text, "  ! {} {}", beyond.action, beyond.why);
        }
    }
    text.push('\n');
}

/// The JSON names of all kinds of changes.
const KINDS: [&str; 31] = [
    "service_appeared",
    "service_gone",
    "prefix_changed",
    "table_appeared",
    "table_gone",
    "action_added",
    "action_removed",
    "resource_type_added",
    "resource_type_removed",
    "condition_key_added",
    "condition_key_removed",
    "operation_added",
    "operation_removed",
    "access_levels_changed",
    "scoping_gained",
    "scoping_lost",
    "resource_types_gained",
    "resource_types_lost",
    "required_changed",
    "key_gained",
    "key_lost",
    "dependent_actions_changed",
    "permission_only_changed",
    "scenarios_changed",
    "arn_changed",
    "resource_type_keys_changed",
    "key_type_changed",
    "operation_changed",
    "service_name_changed",
    "page_changed",
    "api_link_changed",
];

#[test]
fn every_kind_of_change_has_a_judgement_and_sentences() {
    let orchard = orchard();
    let mut text = String::new();
    for (title, edit) in EDITS {
        let changes = judged(Some(&orchard), Some(&edited(edit)), &[]).expect("changes");
        describe(&mut text, title, &changes);
    }
    let whole = [
        ("a service is added", None, Some(&orchard)),
        ("a service is removed", Some(&orchard), None),
    ];
    for (title, old, new) in whole {
        describe(&mut text, title, &judged(old, new, &[]).expect("changes"));
    }
    let classic = edited(|it| {
        it.operations.clear();
        action(it, "GraftTree").dependent_actions = vec!["orchard:GetRow".to_owned()];
    });
    let changes = judged(Some(&classic), Some(&orchard), &[]).expect("changes");
    describe(&mut text, "the page gets the current layout", &changes);
    for kind in KINDS {
        assert!(text.contains(&format!("\n{kind}, ")), "no {kind}");
    }
    expect_file!["golden.txt"].assert_eq(&text);
}
