//! Checks of ARNs with formats from run-time JSON.

use iam_policy::check::check;
use iam_policy::document::Document;
use iam_policy::runtime::Template;
use iam_policy::{Catalog, ResourceTypeFacts, Service};
use serde_json::json;

use crate::service;

/// Returns a service with these resource types, each with an action `Use…`.
fn with_types(prefix: &str, types: &[(&str, &str)]) -> &'static Service {
    let actions = types.iter().map(|(name, _)| {
        let resource = json!({"resource_type": name, "required": true});
        let action = json!({"access_levels": ["Read"], "resources": [resource]});
        (format!("Use{name}"), action)
    });
    let resource_types = types
        .iter()
        .map(|(name, format)| ((*name).to_owned(), json!({"arn": format})));
    let snapshot = json!({
        "page": prefix, "prefix": prefix, "service": prefix,
        "actions": actions.collect::<serde_json::Map<_, _>>(),
        "resource_types": resource_types.collect::<serde_json::Map<_, _>>(),
        "condition_keys": {},
    });
    service(&snapshot.to_string())
}

/// Returns the codes of the findings for a statement that allows an action on a resource.
fn codes(catalog: &Catalog, action: &str, resource: &str) -> Vec<&'static str> {
    let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
    let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let document = Document::from_json(&policy).expect("a document");
    let findings = check(&document, catalog).findings.into_iter();
    findings.map(|finding| finding.code.as_str()).collect()
}

const ON_OTHERS: [&str; 2] = ["action-without-resource", "resource-without-action"];

fn shop() -> &'static Service {
    with_types(
        "shop",
        &[
            ("Room", "arn:${Partition}:shop:::${RoomName}"),
            ("Box", "arn:${Partition}:shop:::${RoomName}/${BoxName}"),
        ],
    )
}

#[test]
fn a_resource_inside_another_is_not_that_resource() {
    let shop = Catalog::new([shop()]);
    for (action, resource) in [
        ("shop:UseRoom", "arn:aws:shop:::r"),
        ("shop:UseRoom", "arn:aws:shop:::r*"),
        ("shop:UseBox", "arn:aws:shop:::r*"),
        ("shop:UseBox", "arn:aws:shop:::r/*"),
        ("shop:UseBox", "arn:aws:shop:::r/in/a:folder"),
    ] {
        assert_eq!(
            codes(&shop, action, resource),
            [""; 0],
            "{action} {resource}"
        );
    }
    assert_eq!(
        codes(&shop, "shop:UseRoom", "arn:aws:shop:::r/*"),
        ON_OTHERS
    );
    assert_eq!(codes(&shop, "shop:UseBox", "arn:aws:shop:::r"), ON_OTHERS);
}

#[test]
fn a_type_of_any_service_applies_to_its_own_actions_only() {
    let keep = with_types(
        "keep",
        &[(
            "Point",
            "arn:${Partition}:${Vendor}:${Region}:*:${Kind}:${Id}",
        )],
    );
    let both = Catalog::new([keep, shop()]);
    let strange = "arn:aws:shop:eu-central-1:123456789012:snap:a";
    // For its own actions, ARNs of any service are valid.
    for resource in [strange, "arn:aws:other:eu-central-1:123456789012:snap:a"] {
        assert_eq!(
            codes(&both, "keep:UsePoint", resource),
            [""; 0],
            "{resource}"
        );
    }
    assert_eq!(
        codes(&both, "shop:UseBox", strange),
        codes(&Catalog::new([shop()]), "shop:UseBox", strange)
    );
    // the shop's own ARNs have no region
    assert_eq!(codes(&both, "shop:UseBox", strange), ["malformed-arn"]);
}

/// Only modules state whether a region may be missing. Newer facts that replace a module keep that.
#[test]
fn missing_regions_are_reported_where_they_are_known_to_be_required() {
    let format = "arn:${Partition}:farm:${Region}:${Account}:field/${FieldId}";
    let given = with_types("farm", &[("Field", format)]);
    let types = given.resource_types.iter().map(|row| {
        let template = row.template.map(|it| Template {
            regionless: false,
            ..*it
        });
        ResourceTypeFacts {
            template: template.map(|it| &*Box::leak(Box::new(it))),
            ..*row
        }
    });
    let module: &'static Service = Box::leak(Box::new(Service {
        resource_types: types.collect::<Vec<_>>().leak(),
        ..*given
    }));
    let of = |catalog: Catalog| {
        codes(
            &catalog,
            "farm:UseField",
            "arn:aws:farm::123456789012:field/a",
        )
    };
    assert_eq!(of(Catalog::new([given])), [""; 0]);
    assert_eq!(of(Catalog::new([module])), ["malformed-arn"]);
    let replaced = Catalog::new([module]).with_services([given]);
    assert_eq!(of(replaced.clone()), ["malformed-arn"]);
    // If a format changed, the newer facts apply.
    let moved = with_types("farm", &[("Field", &format.replace("field", "meadow"))]);
    let meadow = "arn:aws:farm::123456789012:meadow/a";
    let replaced = replaced.with_services([moved]);
    assert_eq!(codes(&replaced, "farm:UseField", meadow), [""; 0]);
}
