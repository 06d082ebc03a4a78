//! Parsing of services from run-time JSON, in each of its forms.
#![cfg(feature = "json")]

mod arns;
mod refused;
mod shared;

use std::collections::BTreeSet;

use iam_policy::wire::{Facts, Service as Normal, normal_form};
use iam_policy::{AccessLevel, AccessLevels, Service, ValueType};

const PAGE: &str = include_str!("page.json");
const SNAPSHOT: &str = include_str!("snapshot.json");
const SERVICE_REFERENCE: &str = include_str!("service_reference.json");

fn service(text: &str) -> &'static Service {
    Service::from_json(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns the facts that every form states: names, formats, condition keys in effect, operations.
fn common(service: &Service) -> Vec<String> {
    let keys = |rows: &[u16]| {
        let names = rows
            .iter()
            .map(|row| service.condition_keys[usize::from(*row)].name);
        names.collect::<Vec<_>>()
    };
    let mut lines = vec![service.prefix.to_owned()];
    for action in service.actions {
        let own = keys(action.condition_keys);
        lines.push(format!("{} {own:?}", action.name));
        for pair in action.resources {
            let of = service.resource_types[usize::from(pair.resource_type)].name;
            lines.push(format!("  {of} {:?}", keys(pair.condition_keys)));
        }
    }
    for it in service.resource_types {
        lines.push(format!("{} {:?}", it.name, keys(it.condition_keys)));
    }
    for it in service.condition_keys {
        lines.push(format!("{} {:?}", it.name, it.value_type));
    }
    for it in service.operations {
        lines.push(format!("{} {:?}", it.name, it.sdk_clients));
        let needed = it.required_actions.iter().map(|needed| {
            let context = needed.context.iter().map(|it| (it.key, it.values));
            let context = context.collect::<Vec<_>>();
            format!("  {:?} {} {context:?}", needed.sdk_client, needed.action)
        });
        lines.extend(needed.collect::<BTreeSet<_>>());
    }
    lines
}

#[test]
fn snapshots_become_rows_that_refer_to_each_other() {
    let orchard = service(SNAPSHOT);
    assert_eq!(
        (orchard.page, orchard.prefix, orchard.name),
        ("orchard", "orchard", "Amazon Orchard")
    );
    assert!(orchard.module.is_none() && orchard.snapshot.is_none());
    let expected = [
        "orchard",
        r#"orchard:GetTree ["aws:ResourceTag/${TagKey}"]"#,
        "  tree []",
        "orchard:listTrees []",
        r#"orchard:PlantTree ["aws:RequestTag/${TagKey}", "aws:TagKeys"]"#,
        "  orchard []",
        r#"  tree ["aws:ResourceTag/${TagKey}", "orchard:Species"]"#,
        r#"orchard:ShareHarvest ["saml:aud"]"#,
        "  basket []",
        "basket []",
        "orchard []",
        r#"tree ["aws:ResourceTag/${TagKey}"]"#,
        "aws:RequestTag/${TagKey} Some(String)",
        "aws:ResourceTag/${TagKey} Some(String)",
        "aws:TagKeys Some(ArrayOfString)",
        "orchard:Ripe Some(Bool)",
        "orchard:Season None",
        "orchard:Species Some(Arn)",
        "saml:aud None",
        r#"ListTrees ["orchard", "orchard-v2"]"#,
        r#"  Some("orchard") orchard:listTrees []"#,
        r#"  Some("orchard-v2") orchard:listTrees []"#,
        r#"PlantTree ["orchard"]"#,
        r#"  Some("orchard") iam:PassRole [("iam:PassedToService", ["orchard.example.com"])]"#,
        r#"  Some("orchard") orchard:PlantTree []"#,
    ];
    assert_eq!(common(orchard), expected);
    let [get, list, plant, share] = orchard.actions else {
        panic!("four actions");
    };
    let levels = |of: &[AccessLevel]| AccessLevels::of(of);
    assert_eq!(get.access_levels, levels(&[AccessLevel::Read]));
    assert_eq!(
        plant.access_levels,
        levels(&[AccessLevel::Write, AccessLevel::Tagging])
    );
    assert_eq!(plant.dependent_actions, Some(&["iam:PassRole"][..]));
    assert_eq!(list.dependent_actions, Some(&[][..]));
    assert_eq!(
        plant.api_reference,
        Some("https://docs.example.com/orchard/API_PlantTree.html")
    );
    let marks = |of: &iam_policy::ActionFacts| {
        let required = of.resources.iter().map(|pair| pair.required);
        (of.permission_only, required.collect::<Vec<_>>())
    };
    assert_eq!(marks(plant), (Some(false), vec![Some(false), Some(true)]));
    assert_eq!(marks(share), (Some(true), vec![Some(true)]));
    let formats = orchard.resource_types.iter().map(|it| it.arn_format);
    assert_eq!(
        formats.collect::<Vec<_>>(),
        [
            None,
            Some("arn:${Partition}:orchard:${Region}:${Account}:orchard/${Name}"),
            Some("arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}"),
        ]
    );
}

#[test]
fn a_page_and_its_snapshot_have_the_same_rows() {
    assert_eq!(
        format!("{:?}", service(PAGE)),
        format!("{:?}", service(SNAPSHOT))
    );
    let facts: Facts = serde_json::from_str(PAGE).unwrap();
    let snapshot: Normal = serde_json::from_str(SNAPSHOT).unwrap();
    assert_eq!(normal_form(&facts), snapshot);
    let written: serde_json::Value = serde_json::to_value(&snapshot).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(SNAPSHOT).unwrap()
    );
}

#[test]
fn facts_missing_from_the_service_reference_are_unknown() {
    let orchard = service(SERVICE_REFERENCE);
    assert_eq!(common(orchard), common(service(SNAPSHOT)));
    let [get, list, plant, share] = orchard.actions else {
        panic!("four actions");
    };
    for action in orchard.actions {
        assert_eq!(
            (action.permission_only, action.dependent_actions),
            (None, None)
        );
        assert!(action.resources.iter().all(|pair| pair.required.is_none()));
    }
    let levels = [get, list, plant, share].map(|it| it.access_levels.to_string());
    assert_eq!(levels, ["Read", "List", "Write, Tagging", ""]);
    // A row can't have several formats.
    let formats = orchard
        .resource_types
        .iter()
        .map(|it| it.arn_format.is_some());
    assert_eq!(formats.collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    for text in [PAGE, SNAPSHOT, SERVICE_REFERENCE] {
        let marked = format!("\u{feff}{text}");
        assert_eq!(common(service(&marked)), common(service(text)));
    }
}

#[test]
fn rows_are_sorted_for_lookups() {
    for text in [PAGE, SNAPSHOT, SERVICE_REFERENCE] {
        let service = service(text);
        let sorted = |names: Vec<&str>| {
            let lower: Vec<_> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
            assert!(lower.is_sorted(), "{names:?}");
        };
        sorted(service.actions.iter().map(|it| it.name).collect());
        sorted(service.resource_types.iter().map(|it| it.name).collect());
        sorted(service.condition_keys.iter().map(|it| it.name).collect());
        sorted(service.operations.iter().map(|it| it.name).collect());
    }
}

#[test]
fn value_types_are_parsed_in_all_spellings_of_the_reference() {
    for (spelled, value_type) in [
        ("ARN", ValueType::Arn),
        ("Array of Boolean", ValueType::ArrayOfBool),
    ] {
        let text = SNAPSHOT.replace("Almanac", spelled);
        let keys = service(&text).condition_keys.iter();
        let season = keys.clone().find(|it| it.name == "orchard:Season").unwrap();
        assert_eq!(season.value_type, Some(value_type));
    }
}

#[test]
fn condition_keys_that_differ_only_in_case_share_a_row() {
    let text = SNAPSHOT
        .replace(
            "\"orchard:Ripe\": {\"type\": \"Boolean\"}",
            "\"orchard:species\": {\"type\": \"Arn\"}",
        )
        .replacen(
            "\"aws:TagKeys\"]",
            "\"aws:TagKeys\", \"orchard:species\"]",
            1,
        );
    let orchard = service(&text);
    let keys = orchard.condition_keys.iter().map(|it| it.name);
    let species = keys.filter(|it| it.eq_ignore_ascii_case("orchard:Species"));
    assert_eq!(species.collect::<Vec<_>>(), ["orchard:Species"]);
    let plant = orchard.find_action("orchard:PlantTree").expect("an action");
    let named = |row: &u16| orchard.condition_keys[usize::from(*row)].name;
    assert!(
        plant
            .condition_keys
            .iter()
            .map(named)
            .any(|it| it == "orchard:Species")
    );
}
