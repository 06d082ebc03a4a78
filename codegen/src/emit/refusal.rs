//! What the compiler says where things do not go together.

use std::collections::BTreeSet;

use super::Module;
use super::docs::code;
use crate::model::Action;
use crate::names::Kind;

/// What rustc says where something does not go together.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) label: String,
    pub(super) notes: Vec<String>,
}

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

/// An action on a resource type that it does not support.
pub(super) fn not_on(it: &Module<'_>, name: &str, action: &Action) -> Refusal {
    let full = plain(&code(&format!("{}:{name}", it.service.prefix)));
    if action.resources.is_empty() {
        return Refusal {
            message: format!("{full} cannot be scoped to `{{Self}}`: it has no resource types"),
            label: "expected `AnyResource`".to_owned(),
            notes: vec![format!(
                "{full} is allowed or denied on all resources alike: `.on(AnyResource)`"
            )],
        };
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
    Refusal {
        message: format!("{full} cannot be scoped to `{{Self}}`"),
        label: format!("not a resource of {full}"),
        notes: vec![
            format!("{full} supports: {supports}; `AnyResource` is all of them"),
            "`.on_mixed(…)` takes actions and resources that match up crosswise".to_owned(),
        ],
    }
}

/// A condition key in a statement for whose action and resource it is not in effect.
pub(super) fn not_in_effect(it: &Module<'_>, keys: &BTreeSet<&str>) -> Refusal {
    let of_today: BTreeSet<_> = keys
        .iter()
        .filter(|name| it.kept.gone(Kind::ConditionKey, name).is_none())
        .copied()
        .collect();
    // what is gone is told where there is nothing else
    let told = if of_today.is_empty() { keys } else { &of_today };
    let keys: Vec<_> = told.iter().map(|name| code(name)).collect();
    let right = if keys.is_empty() {
        "no key of the service is in effect there; every key of `global` is".to_owned()
    } else {
        format!(
            "in effect there: {}; every key of `global` is",
            noted(&keys)
        )
    };
    Refusal {
        message: "condition key `{K}` is not in effect for `{Self}` on `{R}`".to_owned(),
        label: "not in effect here".to_owned(),
        notes: vec![
            plain(&right),
            "`foreign_key!(\"…\")` takes a key that the reference lacks".to_owned(),
        ],
    }
}
