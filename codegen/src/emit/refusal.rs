//! What the compiler reports where things do not go together.

use std::collections::BTreeSet;

use iam_policy::wire::Action;

use super::Module;
use super::docs::code;
use crate::overlay::Kind;

/// Text for `diagnostic::on_unimplemented`, to which braces are special.
fn plain(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// How many names a note lists at most.
const LISTED: usize = 40;

/// Names for a note: the first of them, and how many more there are.
fn noted(names: &[String]) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names[..names.len() - more].join(", ");
    if more == 0 {
        listed
    } else {
        format!("{listed} and {more} more")
    }
}

/// An action on a resource type that it does not support: message, label unless it supports none,
/// and note.
pub(super) fn not_on(it: &Module<'_>, name: &str, action: &Action) -> Vec<String> {
    let full = plain(&code(&format!("{}:{name}", it.service.prefix)));
    if action.resources.is_empty() {
        return vec![
            format!("{full} cannot be scoped to `{{Self}}`: it has no resource types"),
            format!("{full} is allowed or denied on all resources alike: `.on(AnyResource)`"),
        ];
    }
    let mut types = Vec::new();
    for resource in &action.resources {
        let resource_type = &resource.resource_type;
        types.push(if it.service.resource_types.contains_key(resource_type) {
            let builder = it.names.resource_types.get(resource_type);
            let builder = builder.map_or(resource_type.as_str(), String::as_str);
            format!("{} (`arn::{builder}`)", code(resource_type))
        } else {
            format!(
                "{} (without an ARN in the reference: `raw_arn!`)",
                code(resource_type)
            )
        });
    }
    let supports = plain(&noted(&types));
    vec![
        format!("{full} cannot be scoped to `{{Self}}`"),
        format!("not a resource of {full}"),
        format!("{full} supports: {supports}; `AnyResource` is all of them"),
    ]
}

/// A condition key in a statement for whose action and resource it is not in effect: which are.
pub(super) fn not_in_effect(it: &Module<'_>, keys: &BTreeSet<&str>) -> String {
    let of_today: BTreeSet<_> = keys
        .iter()
        .filter(|name| it.kept.removed(Kind::ConditionKey, name).is_none())
        .copied()
        .collect();
    // removed ones are named where there are no others
    let named = if of_today.is_empty() { keys } else { &of_today };
    let keys: Vec<_> = named.iter().map(|name| code(name)).collect();
    plain(&if keys.is_empty() {
        "no key of the service is in effect there; every key of `global` is".to_owned()
    } else {
        format!(
            "in effect there: {}; every key of `global` is",
            noted(&keys)
        )
    })
}
