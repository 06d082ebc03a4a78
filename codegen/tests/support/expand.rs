//! Changes taken apart into the elementary facts that went and came, from their JSON alone.

use serde_json::Value;

use crate::elementary::{self, Collector, Elements, list, rows, text, texts};

/// The facts that changes take away, and those that they bring.
pub fn expand(changes: &Value) -> (Elements, Elements) {
    let (mut gone, mut come) = (Elements::new(), Elements::new());
    for change in list(changes) {
        one(
            change,
            &mut Collector::new(&mut gone),
            &mut Collector::new(&mut come),
        );
    }
    (gone, come)
}

fn one<'a>(change: &Value, gone: &mut Collector<'a>, come: &mut Collector<'a>) {
    let kind = text(&change["kind"]);
    let name = |field: &str| text(&change[field]);
    let action = || ["actions", name("action")];
    match kind {
        "service_appeared" => come
            .elements
            .extend(elementary::of_service(&change["facts"])),
        "service_gone" => gone
            .elements
            .extend(elementary::of_service(&change["facts"])),
        "prefix_changed" | "page_changed" | "service_name_changed" => {
            let field = match kind {
                "prefix_changed" => "prefix",
                "page_changed" => "page",
                _ => "service",
            };
            gone.add(&[field, name("old")]);
            come.add(&[field, name("new")]);
        }
        "table_appeared" => table(change, come),
        "table_gone" => table(change, gone),
        "action_added" => elementary::of_action(&mut come.below(&action()), &change["facts"]),
        "action_removed" => elementary::of_action(&mut gone.below(&action()), &change["facts"]),
        "resource_type_added" | "resource_type_removed" => {
            let to = if kind.ends_with("added") { come } else { gone };
            let mut row = to.below(&["resource_types", name("resource_type")]);
            elementary::of_resource_type(&mut row, &change["facts"]);
        }
        "condition_key_added" | "condition_key_removed" => {
            let to = if kind.ends_with("added") { come } else { gone };
            let mut row = to.below(&["condition_keys", name("condition_key")]);
            elementary::of_key(&mut row, &change["facts"]);
        }
        "operation_added" => elementary::of_operation(come, change, "needs"),
        "operation_removed" => elementary::of_operation(gone, change, "needs"),
        "access_levels_changed" | "dependent_actions_changed" => {
            let field = kind.trim_end_matches("_changed");
            for (side, to) in [("gained", &mut *come), ("lost", &mut *gone)] {
                for value in texts(&change[side]) {
                    to.below(&action()).add(&[field, value]);
                }
            }
        }
        "scoping_gained" => {
            pairs(change, &mut come.below(&action()));
            let before = texts(&change["condition_keys_before"]);
            elementary::of_no_pair(&mut gone.below(&action()), before);
        }
        "scoping_lost" => {
            pairs(change, &mut gone.below(&action()));
            let now = texts(&change["condition_keys_now"]);
            elementary::of_no_pair(&mut come.below(&action()), now);
        }
        "resource_types_gained" => pairs(change, &mut come.below(&action())),
        "resource_types_lost" => pairs(change, &mut gone.below(&action())),
        "required_changed" => {
            let required = change["required"].as_bool().expect("a flag");
            for (to, required) in [(come, required), (gone, !required)] {
                let flag = required.to_string();
                to.below(&action())
                    .add(&["on", name("resource_type"), "required", &flag]);
            }
        }
        "key_gained" => key(change, &mut come.below(&action())),
        "key_lost" => key(change, &mut gone.below(&action())),
        "permission_only_changed" => {
            let to = if change["permission_only"] == true {
                come
            } else {
                gone
            };
            to.below(&action()).add(&["permission_only"]);
        }
        "scenarios_changed" => {
            for (side, to) in [("gained", &mut *come), ("lost", &mut *gone)] {
                for scenario in list(&change[side]) {
                    let scenario = elementary::sorted(scenario).to_string();
                    to.below(&action()).add(&["scenarios", &scenario]);
                }
            }
        }
        "api_link_changed" => {
            for (side, to) in [("new", &mut *come), ("old", &mut *gone)] {
                if let Some(link) = change[side].as_str() {
                    to.below(&action()).add(&["api", link]);
                }
            }
        }
        "arn_changed" => {
            for (side, to) in [("new", &mut *come), ("old", &mut *gone)] {
                to.add(&["resource_types", name("resource_type"), "arn", name(side)]);
            }
        }
        "resource_type_keys_changed" => {
            for (side, to) in [("gained", &mut *come), ("lost", &mut *gone)] {
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
            for (side, to) in [("new", &mut *come), ("old", &mut *gone)] {
                to.add(&["condition_keys", name("condition_key"), "type", name(side)]);
            }
        }
        "operation_changed" => {
            let sdk = change["sdk"].to_string();
            for (side, to) in [("gained", &mut *come), ("lost", &mut *gone)] {
                for needed in list(&change[side]) {
                    let needed = elementary::sorted(needed).to_string();
                    to.add(&["operations", name("operation"), &sdk, &needed]);
                }
            }
        }
        other => panic!("a change nobody knows: {other}"),
    }
}

fn pairs(change: &Value, action: &mut Collector<'_>) {
    for scope in list(&change["resource_types"]) {
        elementary::of_pair(action, scope, texts(&scope["condition_keys"]));
    }
}

/// A key in effect: for resource types, or for an action that has none.
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
            other => panic!("a table nobody knows: {other}"),
        }
    }
    for operation in list(entries) {
        elementary::of_operation(to, operation, "actions");
    }
}
