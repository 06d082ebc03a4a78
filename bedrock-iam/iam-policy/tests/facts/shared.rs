//! Facts of real pages, from files outside the project: all of them load, and all forms of a page
//! have the same rows.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use iam_policy::AccessLevel;
use iam_policy::wire::{self, Facts, normal_form};
use serde_json::{Value, json};

use crate::{common, service};

/// Returns the folder next to the checkout; if it is missing, the test reports that it was skipped.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/expected");
    if !folder.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {} is missing",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("text");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn facts_and_snapshots_of_real_pages_have_the_same_rows() {
    let Some(folder) = shared() else { return };
    let mut pages = 0;
    for part in ["classic", "current", "history", "seeds"] {
        let snapshots = texts(&folder.join("snapshots").join(part));
        let facts = texts(&folder.join(part));
        assert_eq!(facts.len(), snapshots.len(), "{part}");
        for ((path, facts), (_, snapshot)) in facts.iter().zip(&snapshots) {
            let name = path.display();
            assert_eq!(
                format!("{:?}", service(facts)),
                format!("{:?}", service(snapshot)),
                "{name}"
            );
            let facts: Facts = serde_json::from_str(facts).expect("facts");
            let snapshot: Value = serde_json::from_str(snapshot).expect("JSON");
            let normal = serde_json::to_value(normal_form(&facts)).expect("JSON");
            assert_eq!(normal, snapshot, "{name}");
            pages += 1;
        }
    }
    assert!(pages > 150, "{pages}");
}

#[test]
fn the_service_reference_of_a_real_page_states_its_names_and_keys() {
    let Some(folder) = shared() else { return };
    for part in ["classic", "current"] {
        for (path, text) in texts(&folder.join("snapshots").join(part)) {
            let snapshot: wire::Service = serde_json::from_str(&text).expect("a snapshot");
            let derived = service(&reference(&snapshot).to_string());
            let stated = service(&text);
            assert_eq!(common(derived), common(stated), "{}", path.display());
            for (derived, stated) in derived.actions.iter().zip(stated.actions) {
                let mut levels: BTreeSet<_> = stated.access_levels.iter().collect();
                // No property means `Read`.
                if levels.len() > 1 {
                    levels.remove(&AccessLevel::Read);
                }
                let derived: BTreeSet<_> = derived.access_levels.iter().collect();
                assert!(derived == levels || levels.is_empty(), "{}", path.display());
            }
        }
    }
}

/// Returns a service reference with the facts of a page.
fn reference(page: &wire::Service) -> Value {
    let actions = page.actions.iter().map(|(name, action)| {
        let has = |level| action.access_levels.contains(&level);
        let resources = action
            .resources
            .iter()
            .map(|it| json!({"Name": it.resource_type, "ConditionKeys": it.condition_keys}));
        json!({
            "Name": name,
            "ActionConditionKeys": action.condition_keys,
            "Annotations": {"Properties": {
                "IsList": has(AccessLevel::List),
                "IsPermissionManagement": has(AccessLevel::PermissionsManagement),
                "IsTaggingOnly": has(AccessLevel::Tagging),
                "IsWrite": has(AccessLevel::Write),
            }},
            "Resources": resources.collect::<Vec<_>>(),
        })
    });
    let resources = page.resource_types.iter().map(|(name, it)| {
        json!({"Name": name, "ARNFormats": [it.arn], "ConditionKeys": it.condition_keys})
    });
    let keys = page
        .condition_keys
        .iter()
        .map(|(name, it)| json!({"Name": name, "Types": [it.value_type]}));
    let operations = page.operations.iter().map(|it| {
        let needed = it.actions.iter().map(|needed| {
            let (service, name) = needed.action.split_once(':').expect("a prefix");
            json!({"Name": name, "Service": service, "Context": needed.context})
        });
        let mut operation = json!({
            "Name": it.operation,
            "AuthorizedActions": needed.collect::<Vec<_>>(),
        });
        if let Some(sdk) = &it.sdk {
            operation["SDK"] = json!([{"Name": sdk, "Package": "Boto3"}]);
        }
        operation
    });
    json!({
        "Name": page.prefix,
        "Actions": actions.collect::<Vec<_>>(),
        "Resources": resources.collect::<Vec<_>>(),
        "ConditionKeys": keys.collect::<Vec<_>>(),
        "Operations": operations.collect::<Vec<_>>(),
    })
}
