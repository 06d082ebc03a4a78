//! Names that differ and mean the same to IAM: it tells neither actions nor condition keys apart by
//! case, and statements name resources by their ARNs, not by their types.

use super::change::{Change, Scope};
use super::renames::Rename;
use super::table::Table;
use super::words::{Sides, code};
use crate::model::{Action, Service};
use crate::template;

/// What is said of a row or key that came or went where the other state has another spelling of it,
/// or, of a resource type, another name of the same ARNs.
pub(super) fn said(change: &Change, sides: Sides<'_>) -> Option<String> {
    let Sides { old, new } = sides;
    let respelled = |one: &str, other: &str| {
        let (one, other) = (code(one), code(other));
        format!("IAM does not tell {one} from {other}: no policy changes by that")
    };
    match change {
        Change::ActionAdded { action: name, .. } => Some(respelled(action(old, name)?, name)),
        Change::ActionRemoved { action: name, .. } => Some(respelled(name, action(new, name)?)),
        Change::ConditionKeyAdded {
            condition_key: name,
            ..
        } => Some(respelled(condition_key(old, name)?, name)),
        Change::ConditionKeyRemoved {
            condition_key: name,
            ..
        } => Some(respelled(name, condition_key(new, name)?)),
        Change::KeyGained {
            action,
            condition_key,
            on,
            ..
        } => {
            let action = old?.actions.get(action)?;
            let other = key_in_effect(action, condition_key, on)?;
            Some(respelled(other, condition_key))
        }
        Change::KeyLost {
            action,
            condition_key,
            on,
            ..
        } => {
            let action = new?.actions.get(action)?;
            let other = key_in_effect(action, condition_key, on)?;
            Some(respelled(condition_key, other))
        }
        Change::ResourceTypeAdded {
            resource_type: name,
            ..
        } => {
            let other = code(resource_type(name, new, old)?);
            Some(format!(
                "statements that name ARNs of {other} name its ARNs: they are the same"
            ))
        }
        Change::ResourceTypeRemoved {
            resource_type: name,
            ..
        } => {
            let other = code(resource_type(name, old, new)?);
            Some(format!(
                "statements that name its ARNs name those of {other}: they are the same"
            ))
        }
        _ => None,
    }
}

/// The actions of a state for which a key is in effect.
pub(super) fn users<'a>(service: Option<&'a Service>, key: &str) -> Vec<&'a str> {
    let actions = service.into_iter().flat_map(|it| &it.actions);
    let uses = |action: &Action| {
        let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
        let mut keys = action.condition_keys.iter().chain(of_resources);
        keys.any(|it| it == key)
    };
    let users = actions.filter(|(_, action)| uses(action));
    users.map(|(name, _)| name.as_str()).collect()
}

/// The action that took another spelling's place, if case alone tells them apart.
pub(super) fn action<'a>(service: Option<&'a Service>, name: &str) -> Option<&'a str> {
    let mut names = service?.actions.keys();
    let same = names.find(|it| *it != name && it.eq_ignore_ascii_case(name));
    same.map(String::as_str)
}

/// The condition key of a table that another spelling stands for.
pub(super) fn condition_key<'a>(service: Option<&'a Service>, name: &str) -> Option<&'a str> {
    let mut names = service?.condition_keys.keys();
    let same = names.find(|it| *it != name && same_key(it, name));
    same.map(String::as_str)
}

/// The key that is in effect for an action under another spelling, on each of these resource types;
/// wherever the action takes it if there are none.
pub(super) fn key_in_effect<'a>(action: &'a Action, name: &str, on: &[String]) -> Option<&'a str> {
    let of = |resource_type: Option<&String>| {
        let resources = action.resources.iter();
        let resources = resources
            .filter(move |it| resource_type.is_none_or(|wanted| it.resource_type == *wanted));
        let keys = resources.flat_map(|it| &it.condition_keys);
        action
            .condition_keys
            .iter()
            .chain(keys)
            .find(|it| *it != name && same_key(it, name))
    };
    let first = of(on.first())?;
    let everywhere = on
        .iter()
        .all(|resource_type| of(Some(resource_type)).is_some());
    everywhere.then_some(first)
}

/// Whether two spellings are one key: case and the names of placeholders tell nothing.
fn same_key(one: &str, other: &str) -> bool {
    let plain = |key: &str| {
        let mut plain = String::new();
        let mut rest = key;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((_, after)) = after.split_once('}') else {
                break;
            };
            plain.push_str(before);
            plain.push_str("${}");
            rest = after;
        }
        plain.push_str(rest);
        plain.to_ascii_lowercase()
    };
    plain(one) == plain(other)
}

/// The resource type of another name that has the ARNs that a type has in another state.
pub(super) fn resource_type<'a>(
    name: &str,
    from: Option<&Service>,
    to: Option<&'a Service>,
) -> Option<&'a str> {
    let arn = &from?.resource_types.get(name)?.arn;
    let mut types = to?.resource_types.iter();
    let same = types.find(|(other, it)| *other != name && template::same_arns(arn, &it.arn));
    same.map(|(other, _)| other.as_str())
}

/// Those of an action's resource types whose ARNs it had no resource type for: what it gained.
pub(super) fn gained_scopes<'a>(
    action: &str,
    scopes: &'a [Scope],
    sides: Sides<'_>,
) -> Vec<&'a str> {
    others(action, scopes, sides.new, sides.old)
}

/// Those of an action's resource types whose ARNs it has no resource type for any more.
pub(super) fn lost_scopes<'a>(action: &str, scopes: &'a [Scope], sides: Sides<'_>) -> Vec<&'a str> {
    others(action, scopes, sides.old, sides.new)
}

/// The scopes of one state whose ARNs the action does not take in the other by any name.
fn others<'a>(
    action: &str,
    scopes: &'a [Scope],
    from: Option<&Service>,
    to: Option<&Service>,
) -> Vec<&'a str> {
    let taken = to.and_then(|service| Some((service, service.actions.get(action)?)));
    let has_same = |name: &str| {
        let arn = from.and_then(|it| it.resource_types.get(name));
        let (Some(arn), Some((service, action))) = (arn, taken) else {
            return false;
        };
        let types = action.resources.iter().map(|it| &it.resource_type);
        let mut types = types.filter_map(|name| service.resource_types.get(name));
        types.any(|it| template::same_arns(&arn.arn, &it.arn))
    };
    let names = scopes.iter().map(|scope| scope.resource_type.as_str());
    names.filter(|name| !has_same(name)).collect()
}

/// What a guess means for policies, if it is right; both names as they are shown.
pub(super) fn renamed(rename: &Rename, from: &str, to: &str, sides: Sides<'_>) -> String {
    let (before, now) = (code(from), code(to));
    match rename.table {
        Table::Actions | Table::ConditionKeys if same_key(from, to) => {
            "IAM does not tell them apart: no policy changes by that".to_owned()
        }
        Table::Actions => format!(
            "if so, statements that name {before} have to name {now} too, a Deny first of all"
        ),
        Table::ConditionKeys => {
            format!("if so, conditions on {before} have to test {now} too, those of a Deny first")
        }
        Table::ResourceTypes => {
            let arn = |service: Option<&Service>, name: &str| {
                let row = service.and_then(|it| it.resource_types.get(name));
                row.map(|it| it.arn.clone())
            };
            match (arn(sides.old, &rename.from), arn(sides.new, &rename.to)) {
                (Some(old), Some(new)) if template::same_arns(&old, &new) => {
                    "statements name ARNs, and those are the same: no policy changes by that"
                        .to_owned()
                }
                _ => format!(
                    "if so, statements that name ARNs of {before} have to name those of {now} too, a \
                     Deny first of all"
                ),
            }
        }
        Table::Operations => {
            format!("if so, callers move to {now}: see that they may do what it needs")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_same_whatever_their_placeholders_are_called() {
        assert!(same_key(
            "aws:RequestTag/${TagKey}",
            "aws:requesttag/${Tag}"
        ));
        assert!(!same_key(
            "aws:RequestTag/${TagKey}",
            "aws:ResourceTag/${TagKey}"
        ));
        assert!(!same_key("plum:a${b", "plum:a${c"));
    }
}
