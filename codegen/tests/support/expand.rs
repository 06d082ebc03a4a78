//! The elementary facts that changes remove and add, from the JSON of the changes.

use serde_json::Value;

use crate::elementary::{self, Collector, Elements, list, rows, text, texts};

/// The facts that changes remove and those that they add.
pub fn expand(changes: &Value) -> (Elements, Elements) {
    let (mut removed, mut added) = (Elements::new(), Elements::new());
    for change in list(changes) {
        one(
            change,
            &mut Collector::new(&mut removed),
            &mut Collector::new(&mut added),
        );
    }
    (removed, added)
}

fn one<'a>(change: &Value, removed: &mut Collector<'a>, added: &mut Collector<'a>) {
    let kind = text(&change["kind"]);
    let name = |field: &str| text(&change[field]);
    let action = || ["actions", name("action")];
    match kind {
        "service_appeared" => added
            .elements
            .extend(elementary::of_service(&change["facts"])),
        "service_gone" => removed
            .elements
            .extend(elementary::of_service(&change["facts"])),
        "prefix_changed" | "page_changed" | "service_name_changed" => {
            let field = match kind {
                "prefix_changed" => "prefix",
                "page_changed" => "page",
                _ => "service",
            };
            removed.add(&[field, name("old")]);
            added.add(&[field, name("new")]);
        }
        "table_appeared" => table(change, added),
        "table_gone" => table(change, removed),
        "action_added" => elementary::of_action(&mut added.below(&action()), &change["facts"]),
        "action_removed" => elementary::of_action(&mut removed.below(&action()), &change["facts"]),
        "resource_type_added" | "resource_type_removed" => {
            let to = if kind.ends_with("added") {
                added
            } else {
                removed
            };
            let mut row = to.below(&["resource_types", name("resource_type")]);
            elementary::of_resource_type(&mut row, &change["facts"]);
        }
        "condition_key_added" | "condition_key_removed" => {
            let to = if kind.ends_with("added") {
                added
            } else {
                removed
            };
            let mut row = to.below(&["condition_keys", name("condition_key")]);
            elementary::of_key(&mut row, &change["facts"]);
        }
        "operation_added" => elementary::of_operation(added, change, "needs"),
        "operation_removed" => elementary::of_operation(removed, change, "needs"),
        "access_levels_changed" | "dependent_actions_changed" => {
            let field = kind.trim_end_matches("_changed");
            for (side, to) in [("gained", &mut *added), ("lost", &mut *removed)] {
                for value in texts(&change[side]) {
                    to.below(&action()).add(&[field, value]);
                }
            }
        }
        "scoping_gained" => {
            pairs(change, &mut added.below(&action()));
            let before = texts(&change["condition_keys_before"]);
            elementary::of_no_pair(&mut removed.below(&action()), before);
        }
        "scoping_lost" => {
            pairs(change, &mut removed.below(&action()));
            let now = texts(&change["condition_keys_now"]);
            elementary::of_no_pair(&mut added.below(&action()), now);
        }
        "resource_types_gained" => pairs(change, &mut added.below(&action())),
        "resource_types_lost" => pairs(change, &mut removed.below(&action())),
        "required_changed" => {
            let required = change["required"].as_bool().expect("a flag");
            for (to, required) in [(added, required), (removed, !required)] {
                let flag = required.to_string();
                to.below(&action())
                    .add(&["on", name("resource_type"), "required", &flag]);
            }
        }
        "key_gained" => key(change, &mut added.below(&action())),
        "key_lost" => key(change, &mut removed.below(&action())),
        "permission_only_changed" => {
            let to = if change["permission_only"] == true {
                added
            } else {
                removed
            };
            to.below(&action()).add(&["permission_only"]);
        }
        "scenarios_changed" => {
            for (side, to) in [("gained", &mut *added), ("lost", &mut *removed)] {
                for scenario in list(&change[side]) {
                    let scenario = elementary::sorted(scenario).to_string();
                    to.below(&action()).add(&["scenarios", &scenario]);
                }
            }
        }
        "api_link_changed" => {
            for (side, to) in [("new", &mut *added), ("old", &mut *removed)] {
                if let Some(link) = change[side].as_str() {
                    to.below(&action()).add(&["api", link]);
                }
            }
        }
        "arn_changed" => {
            for (side, to) in [("new", &mut *added), ("old", &mut *removed)] {
                to.add(&["resource_types", name("resource_type"), "arn", name(side)]);
            }
        }
        "resource_type_keys_changed" => {
            for (side, to) in [("gained", &mut *added), ("lost", &mut *removed)] {
                for key in texts(&change[side]) {
                    to.add(&[
                        "resource_types",
                        name("resource_type"),
                        "condition_keys",
                        key,
                    ]);
                }
            }
        }
        "key_type_changed" => {
            for (side, to) in [("new", &mut *added), ("old", &mut *removed)] {
                to.add(&["condition_keys", name("condition_key"), "type", name(side)]);
            }
        }
        "operation_changed" => {
            let sdk = change["sdk"].to_string();
            for (side, to) in [("gained", &mut *added), ("lost", &mut *removed)] {
                for needed in list(&change[side]) {
                    let needed = elementary::sorted(needed).to_string();
                    to.add(&["operations", name("operation"), &sdk, &needed]);
                }
            }
        }
        other => panic!("unknown change: {other}"),
    }
}

fn pairs(change: &Value, action: &mut Collector<'_>) {
    for scope in list(&change["resource_types"]) {
        elementary::of_pair(action, scope, texts(&scope["condition_keys"]));
    }
}

/// Adds a key in effect for resource types, or for an action without resource types.
fn key(change: &Value, action: &mut Collector<'_>) {
    let (key, on) = (text(&change["condition_key"]), texts(&change["on"]));
    for name in &on {
        action.add(&["on", name, "in effect", key]);
    }
    if on.is_empty() {
        action.add(&["in effect", key]);
    }
}

fn table(change: &Value, to: &mut Collector<'_>) {
    let (table, entries) = (text(&change["table"]), &change["entries"]);
    let counted = match entries.as_array() {
        Some(operations) => operations.len(),
        None => rows(entries).count(),
    };
    assert_eq!(change["count"], counted);
    for (name, row) in rows(entries) {
        let mut row_of = to.below(&[table, name]);
        match table {
            "actions" => elementary::of_action(&mut row_of, row),
            "resource_types" => elementary::of_resource_type(&mut row_of, row),
            "condition_keys" => elementary::of_key(&mut row_of, row),
            other => panic!("unknown table: {other}"),
        }
    }
    for operation in list(entries) {
        elementary::of_operation(to, operation, "actions");
    }
}
