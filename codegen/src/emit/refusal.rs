//! Compiler messages for resources and condition keys that do not apply to an action.

use std::collections::BTreeSet;

use iam_policy::wire::Action;

use super::Module;
use crate::escape::code;
use crate::overlay::Kind;

/// Escapes braces, which are placeholders in `diagnostic::on_unimplemented`.
fn plain(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The largest number of names in a note.
const LISTED: usize = 40;

/// Formats names for a note: the first ones, and the number of the others.
fn noted(names: &[String]) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names[..names.len() - more].join(", ");
    if more == 0 {
        listed
    } else {
        format!("{listed} and {more} more")
    }
}

/// Returns the message, the label (for an action with resource types) and the note for an action on
/// a resource type that it does not support.
pub(super) fn not_on(it: &Module<'_>, name: &str, action: &Action) -> Vec<String> {
    let full = plain(&code(&format!("{}:{name}", it.service.prefix)));
    if action.resources.is_empty() {
        return vec![
            format!("{full} cannot be scoped to `{{Self}}`: it has no resource types"),
            format!("{full} can only be allowed or denied on all resources: `.on(AnyResource)`"),
        ];
    }
    let mut types = Vec::new();
    for resource in &action.resources {
        let resource_type = &resource.resource_type;
        types.push(if it.has_builder(resource_type) {
            let builder = it.names.resource_types.get(resource_type);
            let builder = builder.map_or(resource_type.as_str(), String::as_str);
            let module = &it.options.module;
            format!("{} (`{module}::arn::{builder}`)", code(resource_type))
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
        format!("{full} supports: {supports}; `AnyResource` stands for all of them"),
    ]
}

/// Returns the note for a condition key that is not in effect, with the keys that are.
pub(super) fn not_in_effect(it: &Module<'_>, keys: &BTreeSet<&str>) -> String {
    let of_today: BTreeSet<_> = keys
        .iter()
        .filter(|name| it.kept.removed(Kind::ConditionKey, name).is_none())
        .copied()
        .collect();
    // removed keys are listed only if the set has nothing else
    let named = if of_today.is_empty() { keys } else { &of_today };
    let keys: Vec<_> = named.iter().map(|name| code(name)).collect();
    plain(&if keys.is_empty() {
        "no key of the service is in effect there, only the keys in `global`".to_owned()
    } else {
        format!(
            "in effect there: {}, and the keys in `global`",
            noted(&keys)
        )
    })
}
