//! Single changes to a service reference, each of which makes it disagree with its snapshot.

use codegen::service_reference::Kind;
use serde_json::{Value, json};

/// The disagreement that a change must cause.
pub(crate) struct Planted {
    pub(crate) kind: Kind,
    pub(crate) name: String,
}

type Mutation = fn(&mut Value, usize) -> Option<Planted>;

/// All changes. Each changes the entry at an index, or returns `None` if there is nothing to change.
pub(crate) const MUTATIONS: [(&str, Mutation); 20] = [
    ("action missing", |it, at| {
        remove(it, "Actions", Kind::Actions, at)
    }),
    ("action extra", |it, _| add(it, "Actions", Kind::Actions)),
    ("property flipped", |it, at| {
        let properties = [
            "IsList",
            "IsWrite",
            "IsTaggingOnly",
            "IsPermissionManagement",
        ];
        let (action, name) = pick(it, "Actions", at / 4)?;
        let property = &mut action["Annotations"]["Properties"][properties[at % 4]];
        *property = json!(!property.as_bool()?);
        planted(Kind::AccessLevels, name)
    }),
    ("resource type missing on an action", |it, at| {
        let (action, name) = with(it, "Actions", "Resources", at)?;
        action["Resources"].as_array_mut()?.remove(0);
        planted(Kind::ActionResourceTypes, name)
    }),
    ("resource type extra on an action", |it, at| {
        let (action, name) = pick(it, "Actions", at)?;
        action["Resources"]
            .as_array_mut()?
            .push(json!({"Name": "ZzNew0"}));
        planted(Kind::ActionResourceTypes, name)
    }),
    ("key missing on an action", |it, at| {
        let (action, name) = with(it, "Actions", "ActionConditionKeys", at)?;
        action["ActionConditionKeys"].as_array_mut()?.remove(0);
        planted(Kind::ActionConditionKeys, name)
    }),
    ("key extra on an action", |it, at| {
        let (action, name) = pick(it, "Actions", at)?;
        action["ActionConditionKeys"]
            .as_array_mut()?
            .push(json!("zz:New"));
        planted(Kind::ActionConditionKeys, name)
    }),
    ("key missing on an action's resource type", |it, at| {
        let (action, name) = with_keys_of_types(it, at)?;
        let mut resources = action["Resources"].as_array_mut()?.iter_mut();
        let keys = resources.find_map(|it| {
            it["ConditionKeys"]
                .as_array_mut()
                .filter(|it| !it.is_empty())
        });
        keys?.remove(0);
        planted(Kind::ActionConditionKeys, name)
    }),
    ("key extra on an action's resource type", |it, at| {
        let (action, name) = with(it, "Actions", "Resources", at)?;
        action["Resources"][0]["ConditionKeys"]
            .as_array_mut()?
            .push(json!("zz:New"));
        planted(Kind::ActionConditionKeys, name)
    }),
    ("resource type missing", |it, at| {
        remove(it, "Resources", Kind::ResourceTypes, at)
    }),
    ("resource type extra", |it, _| {
        add(it, "Resources", Kind::ResourceTypes)
    }),
    ("ARN format changed", |it, at| {
        let (resource, name) = pick(it, "Resources", at)?;
        let format = format!("{}/x", resource["ARNFormats"][0].as_str()?);
        resource["ARNFormats"][0] = json!(format);
        planted(Kind::ArnFormats, name)
    }),
    ("ARN format extra", |it, at| {
        let (resource, name) = pick(it, "Resources", at)?;
        resource["ARNFormats"]
            .as_array_mut()?
            .push(json!("arn:aws:zz:::new"));
        planted(Kind::ArnFormats, name)
    }),
    ("key missing on a resource type", |it, at| {
        let (resource, name) = with(it, "Resources", "ConditionKeys", at)?;
        resource["ConditionKeys"].as_array_mut()?.remove(0);
        planted(Kind::ResourceTypeConditionKeys, name)
    }),
    ("key missing", |it, at| {
        remove(it, "ConditionKeys", Kind::ConditionKeys, at)
    }),
    ("key's type changed", |it, at| {
        let (key, name) = pick(it, "ConditionKeys", at)?;
        key["Types"] = json!(["Zz"]);
        planted(Kind::ValueTypes, name)
    }),
    ("operation missing", |it, at| {
        let (_, name) = pick(it, "Operations", at)?;
        it["Operations"]
            .as_array_mut()?
            .retain(|it| it["Name"] != name.as_str());
        planted(Kind::Operations, name)
    }),
    ("authorized action changed", |it, at| {
        let (operation, name) = with(it, "Operations", "AuthorizedActions", at)?;
        operation["AuthorizedActions"][0]["Name"] = json!("Zz-New");
        planted(Kind::AuthorizedActions, name)
    }),
    ("context changed", |it, at| {
        let (operation, name) = with(it, "Operations", "AuthorizedActions", at)?;
        let context = &mut operation["AuthorizedActions"][0]["Context"];
        match context
            .as_object_mut()
            .and_then(|keys| keys.values_mut().next())
        {
            Some(values) => values.as_array_mut()?.push(json!("zz.new")),
            None => *context = json!({"zz:New": ["zz.new"]}),
        }
        planted(Kind::AuthorizedActions, name)
    }),
    ("SDK client changed", |it, at| {
        let (operation, name) = with(it, "Operations", "SDK", at)?;
        operation["SDK"][0]["Name"] = json!("zz-new");
        planted(Kind::SdkClients, name)
    }),
];

fn planted(kind: Kind, name: String) -> Option<Planted> {
    Some(Planted { kind, name })
}

/// Returns the entry of a table at an index modulo its length, and its name.
fn pick<'a>(reference: &'a mut Value, table: &str, at: usize) -> Option<(&'a mut Value, String)> {
    pick_if(reference, table, at, |_| true)
}

/// Returns one of the entries whose list `field` is not empty.
fn with<'a>(
    reference: &'a mut Value,
    table: &str,
    list: &str,
    at: usize,
) -> Option<(&'a mut Value, String)> {
    pick_if(reference, table, at, |it| some(&it[list]))
}

fn with_keys_of_types(reference: &mut Value, at: usize) -> Option<(&mut Value, String)> {
    pick_if(reference, "Actions", at, |action| {
        let mut resources = action["Resources"].as_array().into_iter().flatten();
        resources.any(|it| some(&it["ConditionKeys"]))
    })
}

fn some(list: &Value) -> bool {
    list.as_array().is_some_and(|list| !list.is_empty())
}

fn pick_if<'a>(
    reference: &'a mut Value,
    table: &str,
    at: usize,
    suits: impl Fn(&Value) -> bool,
) -> Option<(&'a mut Value, String)> {
    let entries = reference[table].as_array_mut()?;
    let mut entries: Vec<_> = entries.iter_mut().filter(|it| suits(it)).collect();
    if entries.is_empty() {
        return None;
    }
    let entry = entries.swap_remove(at % entries.len());
    let name = entry["Name"].as_str()?.to_owned();
    Some((entry, name))
}

fn remove(reference: &mut Value, table: &str, kind: Kind, at: usize) -> Option<Planted> {
    let (_, name) = pick(reference, table, at)?;
    let entries = reference[table].as_array_mut()?;
    entries.retain(|it| it["Name"] != name.as_str());
    planted(kind, name)
}

fn add(reference: &mut Value, table: &str, kind: Kind) -> Option<Planted> {
    let entries = reference[table].as_array_mut()?;
    entries.push(json!({"Name": "ZzNew0"}));
    planted(kind, "ZzNew0".to_owned())
}
