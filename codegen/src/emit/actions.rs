//! Emits the table of actions: `Action`, and a zero-sized type for each action in `action`.

use iam_policy::wire::Action;

use super::render::{self, Entry, literal};
use super::{Module, docs, ident, in_order};
use crate::error::Result;
use crate::overlay::Kind;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<String>> {
    let actions = it.service.actions.iter();
    let entries: Result<Vec<_>> = in_order(actions.map(|(name, action)| (name.as_str(), action)))
        .into_iter()
        .map(|(name, action)| entry(it, name, action))
        .collect();
    let head = [format!(
        "{}, {};",
        literal(&it.service.prefix),
        literal(&it.source.action(""))
    )];
    let mut imports = "use super::{ConditionKey, Operation, ResourceType};".to_owned();
    let mut types = it
        .service
        .actions
        .values()
        .flat_map(|action| &action.resources);
    if types.any(|one| it.has_builder(&one.resource_type)) {
        imports.push_str(&docs::import("arn"));
    }
    Ok(vec![
        imports,
        render::table(&it.path("action_table"), &head, entries?),
    ])
}

fn entry(it: &Module<'_>, name: &str, action: &Action) -> Result<Entry> {
    let variant = ident(&it.names.actions[name])?;
    let mut entry = Entry {
        docs: docs::action(it, name, action),
        attribute: it.deprecated_variant(Kind::Action, name)?,
        inner: it.deprecated_action(name)?,
        name: variant.clone(),
        clauses: Vec::new(),
    };
    let anchor = it.anchor(name, |it, name| it.action(name));
    if anchor != name {
        let clause = format!("{} at {}", literal(name), literal(&anchor));
        entry.clauses.push(vec![clause]);
    } else if variant != name {
        entry.clauses.push(vec![literal(name)]);
    }
    let levels = action
        .access_levels
        .iter()
        .map(|level| format!("{level:?}"));
    entry.clauses.push(render::listed(levels));
    if action.permission_only {
        entry.clauses.push(vec!["permission only".to_owned()]);
    }
    let on: Result<Vec<_>> = action
        .resources
        .iter()
        .map(|resource| {
            let mark = if resource.required {
                "required"
            } else {
                "optional"
            };
            let resource_type = it.resource_type(&resource.resource_type)?;
            let keys = it.condition_keys(&resource.condition_keys)?;
            Ok(match keys.is_empty() {
                true => format!("{mark} {resource_type}"),
                false => format!("{mark} {resource_type} [{}]", keys.join(", ")),
            })
        })
        .collect();
    entry.list("on", on?);
    entry.list("kept", kept_types(it, name, action)?);
    entry.list("keys", it.condition_keys(&action.condition_keys)?);
    let needed = action.dependent_actions.iter();
    entry.list("needs", needed.map(|needed| literal(needed)));
    entry.list("api", action.api.iter().map(|api| literal(api)));
    entry.clauses.extend(it.removed_clause(Kind::Action, name)?);
    Ok(entry)
}

/// Returns the removed resource types that statements still accept for an action.
fn kept_types(it: &Module<'_>, name: &str, action: &Action) -> Result<Vec<String>> {
    let stated = |name: &str| action.resources.iter().any(|it| it.resource_type == name);
    let resources = it.restored.actions[name].resources.iter();
    let kept = resources.filter(|it| !stated(&it.resource_type));
    kept.map(|kept| it.resource_type(&kept.resource_type))
        .collect()
}
