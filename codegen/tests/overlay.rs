//! Validation of overlays: the committed ones match their snapshots, and obsolete entries are rejected.

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
fn all_committed_entries_match_their_snapshots() {
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
        .expect("only actions of services without a module");
}

/// Returns an overlay with a single entry, from the entry's own fields without the braces.
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
            "unstated_keys",
            r#""actions": ["orchard:listTrees"], "keys": ["orchard:Variety"]"#,
        ),
        (
            "unstated_resources",
            r#""actions": ["orchard:listTrees"], "resource_type": "tree", "resource": "tree/""#,
        ),
        (
            "unstated_resources",
            r#""actions": ["orchard:listTrees"], "resource_type": "tree""#,
        ),
        (
            "key_templates",
            r#""key": "orchard:Variety", "template": "orchard:${Variety}""#,
        ),
        ("other_pages", r#""pages": ["orchard-north"]"#),
        (
            "needed_only_with",
            r#""action": "iam:PassRole", "operations": ["GraftTree"], "use": "roles", "when": "w""#,
        ),
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
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "operations": ["Water"], "needs": "tree", "or": ["fruit tree"]"#,
        ),
        ("not_keys", r#""key": "orchard:Color""#),
        (
            "not_keys",
            r#""key": "orchard:Color", "instead": "orchard:Variety""#,
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
fn the_error_of_an_entry_without_a_match_names_it() {
    let services = services();
    let matching = "a name on the page";
    for (kind, fields, found, expected) in [
        (
            "unstated_keys",
            r#""actions": ["orchard:listTrees"], "keys": ["orchard:Color"]"#,
            "the condition key `orchard:Color`, which is not on the page",
            matching,
        ),
        (
            "unstated_keys",
            r#""actions": ["orchard:PlantTree"], "keys": ["orchard:Variety"]"#,
            "the condition key `orchard:Variety` of `orchard:PlantTree`",
            "one that the page does not state for the action",
        ),
        (
            "unstated_resources",
            r#""actions": ["orchard:PlantTree"], "resource_type": "tree", "resource": "tree/""#,
            "the action `orchard:PlantTree`",
            "an action for which the page does not state `tree`",
        ),
        (
            "unstated_resources",
            r#""actions": ["orchard:listTrees"], "resource_type": "bush", "resource": "bush/""#,
            "the resource type `bush`, which is not on the page",
            matching,
        ),
        (
            "key_templates",
            r#""key": "orchard:Color", "template": "orchard:${Color}""#,
            "the condition key `orchard:Color`, which is not on the page",
            matching,
        ),
        (
            "key_templates",
            r#""key": "orchard:Variety", "template": "orchard:Sort""#,
            "the template `orchard:Sort`",
            "a condition key with a placeholder, such as `aws:RequestTag/${TagKey}`",
        ),
        (
            "needed_only_with",
            r#""action": "orchard:GetRow", "use": "Tools!", "when": "w""#,
            "the use `Tools!`",
            "lower-case words with hyphens, such as `api-keys`",
        ),
        (
            "other_pages",
            r#""pages": ["orchard"]"#,
            "`orchard`, the page of a module",
            "pages without a module",
        ),
        (
            "identifiers",
            r#""kind": "action", "name": "Prune", "identifier": "Cut""#,
            "the action `Prune`, which is not on the page",
            matching,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:Prune", "use": "tools", "when": "w""#,
            "the action `orchard:Prune`, which is not on the page",
            matching,
        ),
        (
            "needed_only_with",
            r#""action": "orchard:Share-Harvest", "use": "tools", "when": "w""#,
            "no operation",
            "an operation that lists `orchard:Share-Harvest`",
        ),
        (
            "needed_only_with",
            r#""action": "orchard:GetRow", "operations": ["ListTrees", "Water"], "use": "tools", "when": "w""#,
            "the operation `Water`",
            "an operation that lists `orchard:GetRow`",
        ),
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "operations": ["Frobnicate"], "needs": "tree""#,
            "the operation `Frobnicate`, which is not on the page",
            matching,
        ),
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "needs": "tree", "or": ["row/north"]"#,
            "the resource type `row/north` of `orchard:PlantTree`, which is not on the page",
            matching,
        ),
        (
            "needed_together",
            r#""actions": ["orchard:PlantTree"], "needs": "row/north""#,
            "the resource type `row/north` of `orchard:PlantTree`, which is not on the page",
            matching,
        ),
        (
            "needed_together",
            r#""actions": ["plum:Eat"], "needs": "tree""#,
            "the action `plum:Eat`",
            "an action of `orchard`",
        ),
        (
            "not_keys",
            r#""key": "orchard:Variety""#,
            "the condition key `orchard:Variety`",
            "a name with the prefix `orchard` that is not on the page",
        ),
        (
            "not_keys",
            r#""key": "plum:Color""#,
            "the condition key `plum:Color`",
            "a name with the prefix `orchard` that is not on the page",
        ),
        (
            "not_keys",
            r#""key": "orchard:Color", "instead": "orchard:Sort""#,
            "the condition key `orchard:Sort`, which is not on the page",
            matching,
        ),
        (
            "not_prefixes",
            r#""name": "plum""#,
            "`plum`, the prefix of Example Orchard",
            "a name that is not a prefix",
        ),
        (
            "operation_needs",
            r#""operations": ["Prune"], "actions": ["plum:Eat"]"#,
            "the operation `Prune`, which is not on the page",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Cook"]"#,
            "the action `plum:Cook`, which is not on the page",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["GraftTree"], "actions": ["iam:PassRole"]"#,
            "the action `iam:PassRole` of `GraftTree`",
            "an action that the operations table does not list for it",
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["PlantTree"]"#,
            "the action `PlantTree`",
            "an action with its prefix, such as `bedrock:InvokeModel`",
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Eat"], "context": {"aws:CalledViaFirstly": ["x"]}"#,
            "the condition key `aws:CalledViaFirstly`, which is not on the page",
            matching,
        ),
        (
            "operation_needs",
            r#""operations": ["Water"], "actions": ["plum:Eat"], "context": {"orchard:Color": ["x"]}"#,
            "the condition key `orchard:Color`, which is not on the page",
            matching,
        ),
        (
            "placeholders",
            r#""resource_type": "tree", "placeholder": "RowId", "may_hold": [":"]"#,
            "the placeholder `RowId` of `tree`, which is not on the page",
            matching,
        ),
        (
            "placeholders",
            r#""resource_type": "bush", "placeholder": "TreeId", "may_hold": [":"]"#,
            "the resource type `bush`, which is not on the page",
            matching,
        ),
        (
            "regionless_arns",
            r#""resource_type": "bush""#,
            "the resource type `bush`, which is not on the page",
            matching,
        ),
        (
            "regionless_arns",
            r#""resource_type": "seed_bag""#,
            "the resource type `seed_bag`",
            "a resource type whose ARN template has a region",
        ),
        (
            "sensitive_actions",
            r#""actions": ["orchard:Prune"]"#,
            "the action `orchard:Prune`, which is not on the page",
            matching,
        ),
        (
            "sensitive_actions",
            r#""actions": ["unknown:Any"]"#,
            "the action `unknown:Any`",
            "an action of `orchard`",
        ),
        (
            "siblings",
            r#""action": "orchard:GetRow", "sibling": "plum:Cook""#,
            "the action `plum:Cook`, which is not on the page",
            matching,
        ),
        (
            "siblings",
            r#""action": "plum:Eat", "sibling": "orchard:GetRow""#,
            "the action `plum:Eat`",
            "an action of `orchard`",
        ),
    ] {
        let valid = overlay(kind, fields).validate(Some(&services[0]), &services);
        let error = valid.expect_err(fields);
        assert_eq!(
            error.to_string(),
            format!("`{kind}[0]`: found {found}, expected {expected}")
        );
        let has_hint = error.hint.is_some() || expected.contains("such as");
        assert!(has_hint, "{error}");
    }
}

#[test]
fn dependent_actions_of_classic_pages_can_be_optional() {
    let orchard = wire::normal_form(&sample::classic_orchard());
    let of = |operation: &str| {
        let fields = format!(
            r#""action": "iam:PassRole", "operations": ["{operation}"], "use": "roles", "when": "w""#
        );
        overlay("needed_only_with", &fields).validate(Some(&orchard), [&orchard])
    };
    assert_eq!(of("PlantTree"), Ok(()));
    of("GetRow").expect_err("an action that requires nothing");
}

#[test]
fn templates_and_unstated_facts_are_applied_to_the_facts() {
    let [orchard, _] = services();
    let entries = r#"{
        "unstated_keys": [{"actions": ["orchard:listTrees"], "keys": ["orchard:Variety"],
            "why": "w", "source": "https://example.com"}],
        "unstated_resources": [{"actions": ["orchard:listTrees"], "resource_type": "tree",
            "resource": "tree/", "why": "w", "source": "https://example.com"}],
        "key_templates": [{"key": "orchard:Variety", "template": "orchard:Variety/${Kind}",
            "why": "w", "source": "https://example.com"}]}"#;
    let applied = Overlay::parse(entries)
        .expect("an overlay")
        .applied(&orchard);
    let resources = &applied.actions["listTrees"].resources;
    assert_eq!(resources.len(), 1);
    assert_eq!(
        (resources[0].resource_type.as_str(), resources[0].required),
        ("tree", false)
    );
    assert_eq!(
        applied.actions["listTrees"].condition_keys,
        ["orchard:Variety/${Kind}"]
    );
    // beside the types that the page states
    let more = r#"{"unstated_resources": [{"actions": ["orchard:PlantTree"], "required": true,
        "resource_type": "row/north", "why": "w", "source": "https://example.com"}]}"#;
    let applied_too = Overlay::parse(more).expect("an overlay").applied(&orchard);
    let resources = &applied_too.actions["PlantTree"].resources;
    let stated = &orchard.actions["PlantTree"].resources;
    assert_eq!(resources.len(), stated.len() + 1);
    assert!(resources.is_sorted_by_key(|it| &it.resource_type));
    let mut resources = resources.iter();
    assert!(resources.any(|it| it.resource_type == "row/north" && it.required));
    // every other fact is as before
    let mut back = applied.clone();
    let list = back.actions.get_mut("listTrees").expect("it");
    (list.resources, list.condition_keys) = (Vec::new(), Vec::new());
    let back = wire::to_json(&back).replace("orchard:Variety/${Kind}", "orchard:Variety");
    assert_eq!(back, wire::to_json(&orchard));
    assert!(!applied.condition_key_names().contains("orchard:Variety"));
}

#[test]
fn an_action_that_the_overlay_adds_to_an_operation_can_be_optional() {
    let services = services();
    let need = r#""operations": ["Water"], "actions": ["plum:Eat"], "why": "w", "source": "https://example.com""#;
    let only = |operation: &str| {
        format!(
            r#""action": "plum:Eat", "operations": ["{operation}"], "use": "tools", "when": "w", "why": "w", "source": "https://example.com""#
        )
    };
    let of = |operation: &str| {
        let only = only(operation);
        let text =
            format!(r#"{{"needed_only_with": [{{{only}}}], "operation_needs": [{{{need}}}]}}"#);
        Overlay::parse(&text)
            .expect("an overlay")
            .validate(Some(&services[0]), &services)
    };
    assert_eq!(of("Water"), Ok(()));
    of("ListTrees").expect_err("an operation that does not need the action");
}

#[test]
fn actions_of_modules_are_rejected_in_the_list_of_other_services() {
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
        "`sensitive_actions[0]`: found the action `plum:Eat`, expected an action of a service without a module"
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("move it to the overlay of its module")
    );
}
