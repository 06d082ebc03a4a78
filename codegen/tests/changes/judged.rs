//! How changes are judged: one edit of an orchard at a time, and what is said of it.
//!
//! `golden.txt` is the text to review: every kind of change with its bump, its marks, its
//! headline and its meaning.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::changes::{self, Criteria, Report, ServiceChanges, Wildcard};
use codegen::model::{AccessLevel, Action, ActionResource, Operation, Scenario, Service};
use codegen::normal;
use codegen::sensitive::Sensitive;
use expect_test::expect_file;

use crate::support::sample;

/// The orchard that every edit begins with.
fn orchard() -> Service {
    normal::service(&sample::current_orchard())
}

fn judged(
    old: Option<&Service>,
    new: Option<&Service>,
    wildcards: &[Wildcard],
) -> Option<ServiceChanges> {
    let sensitive = Sensitive::read().expect("the list");
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards,
    };
    changes::service("orchard", old, new, &criteria)
}

fn edited(edit: impl FnOnce(&mut Service)) -> Service {
    let mut service = orchard();
    edit(&mut service);
    service
}

fn action<'a>(service: &'a mut Service, name: &str) -> &'a mut Action {
    service.actions.get_mut(name).expect("an action")
}

fn on(resource_type: &str, keys: &[&str]) -> ActionResource {
    ActionResource {
        resource_type: resource_type.to_owned(),
        required: false,
        condition_keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

fn with(level: AccessLevel) -> Action {
    Action {
        access_levels: BTreeSet::from([level]),
        ..Action::default()
    }
}

type Edit = fn(&mut Service);

const EDITS: &[(&str, Edit)] = &[
    ("another prefix", |it| it.prefix = "grove".to_owned()),
    ("another name and page", |it| {
        it.service = "Example Grove".to_owned();
        it.page = "grove".to_owned();
    }),
    ("an action goes", |it| {
        it.actions.remove("GetRow");
    }),
    ("actions come", |it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        it.actions
            .insert("GetTrees".to_owned(), with(AccessLevel::Read));
        let share = with(AccessLevel::PermissionsManagement);
        it.actions.insert("ShareTree".to_owned(), share);
        it.actions
            .insert("CreateTreeToken".to_owned(), with(AccessLevel::Write));
    }),
    ("resource types come and go", |it| {
        it.resource_types.remove("seed_bag");
        let shed = sample::resource_type("arn:${Partition}:orchard:::shed/${Shed}", &[]);
        it.resource_types.insert("shed".to_owned(), shed);
    }),
    ("condition keys come and go", |it| {
        it.condition_keys.remove("orchard:Variety");
        for action in it.actions.values_mut() {
            let lists = action.resources.iter_mut().map(|it| &mut it.condition_keys);
            lists.for_each(|keys| keys.retain(|key| key != "orchard:Variety"));
        }
        it.condition_keys
            .insert("orchard:Season".to_owned(), sample::condition_key("String"));
    }),
    ("operations come and go", |it| {
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
    ("all operations go", |it| it.operations.clear()),
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
    ("an action takes only `*`", |it| {
        let row = action(it, "GetRow");
        row.resources.clear();
        row.condition_keys.clear();
    }),
    ("a resource type more and one less", |it| {
        let graft = action(it, "GraftTree");
        graft.resources.retain(|it| it.resource_type != "tree");
        graft.resources.push(on("seed_bag", &[]));
    }),
    ("a type that was not there before", |it| {
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
    ("a type's own keys", |it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.condition_keys = vec!["orchard:Row".to_owned()];
    }),
    ("types of values", |it| {
        let retyped = [("aws:TagKeys", "String"), ("orchard:Variety", "Arn")];
        for (key, value_type) in retyped {
            it.condition_keys
                .insert(key.to_owned(), sample::condition_key(value_type));
        }
    }),
    ("what operations need", |it| {
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
        let _ = writeln!(text, "\n{kind}, {}", finding.bump.as_str());
        let _ = writeln!(text, "  {}", finding.headline);
        let _ = writeln!(text, "  → {}", finding.meaning);
        for mark in &finding.security {
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
            coverage.pattern,
            coverage.actions.join(", ")
        );
        for beyond in &coverage.beyond {
            let _ = writeln!(text, "  ! {} {}", beyond.action, beyond.why);
        }
    }
    text.push('\n');
}

/// Every kind of change there is.
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
fn every_kind_of_change_is_judged_and_worded() {
    let orchard = orchard();
    let mut text = String::new();
    for (title, edit) in EDITS {
        let changes = judged(Some(&orchard), Some(&edited(edit)), &[]).expect("changes");
        describe(&mut text, title, &changes);
    }
    let whole = [
        ("a service comes", None, Some(&orchard)),
        ("a service goes", Some(&orchard), None),
    ];
    for (title, old, new) in whole {
        describe(&mut text, title, &judged(old, new, &[]).expect("changes"));
    }
    let classic = edited(|it| {
        it.operations.clear();
        action(it, "GraftTree").dependent_actions = vec!["orchard:GetRow".to_owned()];
    });
    let changes = judged(Some(&classic), Some(&orchard), &[]).expect("changes");
    describe(&mut text, "the current layout comes", &changes);
    for kind in KINDS {
        assert!(text.contains(&format!("\n{kind}, ")), "no {kind}");
    }
    expect_file!["golden.txt"].assert_eq(&text);
}

#[test]
fn nothing_is_said_where_nothing_changed() {
    let orchard = orchard();
    assert_eq!(judged(Some(&orchard), Some(&orchard), &[]), None);
    assert_eq!(judged(None, None, &[]), None);
    let report = Report::new(Vec::new(), Some("0.1.0"));
    assert!(report.is_empty());
    assert_eq!(report.version.to.as_deref(), Some("0.1.0"));
    assert_eq!(changes::changelog(&report), "");
}

#[test]
fn sensitive_actions_are_marked_by_the_list() {
    let list = Sensitive::read().expect("the list");
    let listed = &list.reasons()[0];
    let (prefix, name) = listed.actions[0].split_once(':').expect("a prefix");
    let mut old = orchard();
    old.prefix = prefix.to_owned();
    let mut new = old.clone();
    new.actions.insert(name.to_owned(), with(AccessLevel::Read));
    let changes = judged(Some(&old), Some(&new), &[]).expect("changes");
    let marks = &changes.changes[0].security;
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(
        (marks[0].kind.as_str(), marks[0].why.as_str()),
        ("sensitive action", listed.why.as_str())
    );
}

#[test]
fn wildcards_of_policies_are_held_against_new_actions() {
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Action": ["orchard:get*", "orchard:PlantTree", "forest:*"]},
        {"Effect": "Deny", "Action": "orchard:*"},
        {"Effect": "Allow", "NotAction": ["orchard:GetTree", "iam:*"]}]}"#;
    let mut wildcards = changes::wildcards_of("one.json", policy).expect("a policy");
    wildcards.extend(changes::wildcards_of("two.json", policy).expect("a policy"));
    let new = edited(|it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        it.actions
            .insert("GetSeed".to_owned(), with(AccessLevel::Write));
    });
    let changes = judged(Some(&orchard()), Some(&new), &wildcards).expect("changes");
    let found: BTreeMap<_, _> = changes
        .wildcards
        .iter()
        .map(|it| {
            let beyond: Vec<_> = it.beyond.iter().map(|it| it.action.as_str()).collect();
            assert_eq!(it.from.iter().collect::<Vec<_>>(), ["one.json", "two.json"]);
            (
                (it.pattern.as_str(), it.allows),
                (it.actions.join(" "), beyond),
            )
        })
        .collect();
    let expected = [
        (
            ("NotAction orchard:GetTree, iam:*", true),
            ("GetSeed".to_owned(), Vec::new()),
        ),
        (
            ("orchard:*", false),
            ("GetSeed GetTree".to_owned(), Vec::new()),
        ),
        (
            ("orchard:get*", true),
            ("GetSeed GetTree".to_owned(), vec!["GetSeed"]),
        ),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn a_verb_counts_as_a_wildcard_once_two_actions_have_it() {
    let one = orchard();
    let two = edited(|it| {
        it.actions
            .insert("GetSeed".to_owned(), with(AccessLevel::List));
    });
    let patterns = |old: &Service| -> Vec<String> {
        let mut new = old.clone();
        new.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        let changes = judged(Some(old), Some(&new), &[]).expect("changes");
        changes.wildcards.into_iter().map(|it| it.pattern).collect()
    };
    assert_eq!(patterns(&one), Vec::<String>::new());
    assert_eq!(patterns(&two), ["orchard:Get*"]);
}

#[test]
fn what_several_actions_have_in_common_is_said_once() {
    let names: Vec<_> = (0..40)
        .map(|number| format!("Get{}Tree", "X".repeat(number + 1)))
        .collect();
    let new = edited(|it| {
        for name in &names {
            it.actions.insert(name.clone(), with(AccessLevel::Read));
        }
    });
    let changes = judged(Some(&orchard()), Some(&new), &[]).expect("changes");
    assert_eq!((changes.changes.len(), changes.lines.len()), (40, 1));
    let line = &changes.lines[0];
    assert_eq!(line.headline, "40 new actions (Read)");
    assert_eq!(line.more_rows().map(<[String]>::len), Some(40));
    assert!(
        names
            .iter()
            .all(|name| line.full_headline().contains(name.as_str()))
    );
    let report = Report::new(vec![changes], None);
    let entry = changes::changelog(&report);
    assert!(
        names
            .iter()
            .all(|name| entry.contains(&format!("`orchard:{name}`"))),
        "{entry}"
    );
}

#[test]
fn not_actions_that_say_the_same_are_one_line() {
    let policies = ["iam:*", "account:*", "orchard:Get*"].map(|except| {
        let text = format!(r#"{{"Statement": {{"Effect": "Deny", "NotAction": "{except}"}}}}"#);
        changes::wildcards_of(&format!("{except}.json"), &text).expect("a policy")
    });
    let new = edited(|it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
    });
    let changes = judged(Some(&orchard()), Some(&new), &policies.concat()).expect("changes");
    assert_eq!(changes.wildcards.len(), 2);
    let headlines: Vec<_> = changes
        .lines
        .iter()
        .map(|line| line.headline.as_str())
        .collect();
    let expected = "Deny statements with `NotAction` (in `account:*.json` and `iam:*.json`) now cover \
                    1 more action: `orchard:GetTree`";
    assert_eq!(headlines[1..], [expected]);
}
