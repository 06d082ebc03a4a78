//! Overlays: those of the project match its snapshots, and an entry that matches nothing is refused.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::overlay::Overlay;
use iam_policy::wire::{self, Service};
use support::sample;

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../snapshots")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_entry_of_the_project_matches_something() {
    let entries = fs::read_dir(snapshots()).expect("a folder");
    let folders = entries.map(|entry| entry.expect("an entry").path());
    let modules: Vec<_> = folders
        .filter(|it| it.join("service.json").exists())
        .collect();
    let service = |folder: &PathBuf| -> Service {
        serde_json::from_str(&read(&folder.join("service.json"))).expect("a snapshot")
    };
    let services: Vec<_> = modules.iter().map(service).collect();
    let mut checked = 0;
    for (folder, service) in modules.iter().zip(&services) {
        let path = folder.join("overlay.json");
        if path.exists() {
            let overlay = Overlay::parse(&read(&path));
            let valid = overlay.and_then(|it| it.validate(Some(service), &services));
            valid.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            checked += 1;
        }
    }
    assert!(checked > 0);
    let others = read(&snapshots().join("global/sensitive_actions.json"));
    let others = Overlay::parse_sensitive_actions(&others).expect("a list");
    others
        .validate(None, &services)
        .expect("no action of a module");
}

/// The overlay with one entry of a kind: its own fields, without the braces.
fn overlay(kind: &str, fields: &str) -> Overlay {
    let text = format!(
        r#"{{"{kind}": [{{{fields}, "why": "w", "source": "https://example.com/page"}}]}}"#
    );
    Overlay::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn services() -> [Service; 2] {
    let mut plum = wire::normal_form(&sample::nothing("plum"));
    plum.actions.insert("Eat".to_owned(), Default::default());
    [wire::normal_form(&sample::current_orchard()), plum]
}

#[test]
fn entries_that_match_are_accepted() {
    let services = services();
    for (kind, fields) in [
        (
            "identifiers",
            r#""kind": "condition-key", "name": "orchard:Variety", "identifier": "Sort""#,
        ),
        (
            "identifiers",
            r#""kind": "placeholder", "name": "TreeId", "identifier": "tree""#,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:GetRow", "use": "tools", "when": "with a ladder""#,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:GetRow", "operations": ["ListTrees"], "use": "tagging", "when": "w""#,
        ),
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "beside": ["fruit tree"], "needs": "tree""#,
        ),
        ("not_prefixes", r#""name": "orchard-runtime""#),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["orchard:GetRow", "plum:Eat", "unknown:Any"],
               "context": {"aws:CalledViaLast": ["orchard.example.com"], "orchard:Variety": ["oak"]}"#,
        ),
        (
            "placeholders",
            r#""resource_type": "tree", "placeholder": "TreeId", "may_hold": ["/"]"#,
        ),
        ("regionless_arns", r#""resource_type": "tree""#),
        ("sensitive_actions", r#""actions": ["orchard:GetRow"]"#),
        (
            "siblings",
            r#""action": "orchard:GetRow", "sibling": "plum:Eat""#,
        ),
        (
            "siblings",
            r#""action": "orchard:GetRow", "sibling": "unknown:Any""#,
        ),
    ] {
        let valid = overlay(kind, fields).validate(Some(&services[0]), &services);
        assert_eq!(valid, Ok(()), "{kind}: {fields}");
    }
}

#[test]
fn an_entry_that_matches_nothing_is_named() {
    let services = services();
    let matching = "entries that match something";
    for (kind, fields, found, expected) in [
        (
            "identifiers",
            r#""kind": "action", "name": "Prune", "identifier": "Cut""#,
            "the action `Prune`, which the page lacks",
            matching,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:Prune", "use": "tools", "when": "w""#,
            "the action `orchard:Prune`, which the page lacks",
            matching,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:Share-Harvest", "use": "tools", "when": "w""#,
            "no operation",
            "`orchard:Share-Harvest` in its row",
        ),
        (
            "needed_only_with",
            r#""action": "orchard:GetRow", "operations": ["ListTrees", "Water"], "use": "tools", "when": "w""#,
            "the operation `Water`",
            "`orchard:GetRow` in its row",
        ),
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "needs": "row/north""#,
            "the resource type of `orchard:PlantTree` `row/north`, which the page lacks",
            matching,
        ),
        (
            "needed_together",
            r#""actions": ["plum:Eat"], "needs": "tree""#,
            "the action `plum:Eat`",
            "one of `orchard`",
        ),
        (
            "not_prefixes",
            r#""name": "plum""#,
            "`plum`, the prefix of Example Orchard",
            "names that are not prefixes",
        ),
        (
            "operation_needs",
            r#""operations": ["Prune"], "actions": ["plum:Eat"]"#,
            "the operation `Prune`, which the page lacks",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Cook"]"#,
            "the action `plum:Cook`, which the page lacks",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["GraftTree"], "actions": ["iam:PassRole"]"#,
            "the action `iam:PassRole` of `GraftTree`",
            "actions that the table of operations lacks",
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["PlantTree"]"#,
            "the action `PlantTree`",
            "one with its prefix, such as `bedrock:InvokeModel`",
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Eat"], "context": {"aws:CalledViaFirstly": ["x"]}"#,
            "the condition key `aws:CalledViaFirstly`, which the page lacks",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Eat"], "context": {"orchard:Color": ["x"]}"#,
            "the condition key `orchard:Color`, which the page lacks",
            matching,
        ),
        (
            "placeholders",
            r#""resource_type": "tree", "placeholder": "RowId", "may_hold": [":"]"#,
            "the placeholder of `tree` `RowId`, which the page lacks",
            matching,
        ),
        (
            "placeholders",
            r#""resource_type": "bush", "placeholder": "TreeId", "may_hold": [":"]"#,
            "the resource type `bush`, which the page lacks",
            matching,
        ),
        (
            "regionless_arns",
            r#""resource_type": "bush""#,
            "the resource type `bush`, which the page lacks",
            matching,
        ),
        (
            "regionless_arns",
            r#""resource_type": "seed_bag""#,
            "the resource type `seed_bag`",
            "one whose ARN template has a region",
        ),
        (
            "sensitive_actions",
            r#""actions": ["orchard:Prune"]"#,
            "the action `orchard:Prune`, which the page lacks",
            matching,
        ),
        (
            "sensitive_actions",
            r#""actions": ["unknown:Any"]"#,
            "the action `unknown:Any`",
            "one of `orchard`",
        ),
        (
            "siblings",
            r#""action": "orchard:GetRow", "sibling": "plum:Cook""#,
            "the action `plum:Cook`, which the page lacks",
            matching,
        ),
        (
            "siblings",
            r#""action": "plum:Eat", "sibling": "orchard:GetRow""#,
            "the action `plum:Eat`",
            "one of `orchard`",
        ),
    ] {
        let valid = overlay(kind, fields).validate(Some(&services[0]), &services);
        let error = valid.expect_err(fields);
        assert_eq!(
            error.to_string(),
            format!("`{kind}[0]`: found {found}, expected {expected}")
        );
        let says_what_to_do = error.hint.is_some() || expected.contains("such as");
        assert!(says_what_to_do, "{error}");
    }
}

#[test]
fn the_list_of_other_services_has_no_action_of_a_module() {
    let services = services();
    let list = |action: &str| {
        let text = format!(
            r#"[{{"actions": ["{action}"], "why": "w", "source": "https://example.com"}}]"#
        );
        Overlay::parse_sensitive_actions(&text).expect("a list")
    };
    assert_eq!(list("unknown:Any").validate(None, &services), Ok(()));
    let error = list("plum:Eat")
        .validate(None, &services)
        .expect_err("an error");
    assert_eq!(
        error.to_string(),
        "`sensitive_actions[0]`: found the action `plum:Eat`, expected actions of services without a module"
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("move it to the overlay of its module")
    );
}
