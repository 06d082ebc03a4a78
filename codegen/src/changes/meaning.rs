//! What a change means for somebody's policy: one sentence, in words of our own.

use super::absent::absent;
use super::calls::{self, Needs};
use super::change::{Change, Scope};
use super::headline::reach;
use super::same;
use super::table::{Entries, Table};
use super::words::{Sides, code, distinct, few, levels, names, own_and_others};
use crate::emit;
use crate::model::{Action, AuthorizedAction};
use crate::template;

/// Says what a change means, of one row or of several that changed in the same way.
/// `marked` says whether it touches security.
pub(super) fn meaning(change: &Change, rows: &[String], marked: bool, sides: Sides<'_>) -> String {
    // the headline names them all
    let (who, it) = match (rows, change.subject()) {
        ([_, _, ..], Some((table, _))) => (format!("these {}s", table.row()), "them"),
        _ => (few(rows), "it"),
    };
    if let Some(same) = same::said(change, sides) {
        return same;
    }
    match change {
        Change::ServiceAppeared { facts } => format!(
            "policies can name {} now; where none does yet, only an Allow of `*`, or one with \
             `NotAction`, reaches it",
            code(&format!("{}:…", facts.prefix))
        ),
        Change::ServiceGone { facts } => format!(
            "statements that name {} match nothing that the reference knows: see whether the service \
             was closed or its page moved",
            code(&format!("{}:…", facts.prefix))
        ),
        Change::PrefixChanged { old, new } => format!(
            "statements that name {} match nothing any more: name {}",
            code(&format!("{old}:…")),
            code(&format!("{new}:…"))
        ),
        Change::TableAppeared { table, entries, .. } => appeared(*table, entries),
        Change::TableGone { table, .. } => gone(*table),
        Change::ActionAdded { .. } if marked => format!(
            "see that no wildcard and no `NotAction` of an Allow covers {who}, `{}:*` included; deny \
             {it} where {it} {} not meant",
            sides.prefix(),
            if rows.len() > 1 { "are" } else { "is" }
        )
        .replace("where them", "where they"),
        Change::ActionAdded { .. } => {
            format!(
                "nobody may call {who} unless a wildcard or a `NotAction` covers {it}: name {it} where \
                 needed"
            )
        }
        Change::ActionRemoved { .. } => format!(
            "statements that name {who} match nothing that the reference knows: take {it} out, or \
             name what replaced {it}"
        ),
        Change::ResourceTypeAdded { resource_type, .. } => {
            let on = |action: &Action| {
                action
                    .resources
                    .iter()
                    .any(|it| it.resource_type == *resource_type)
            };
            let tail = users(rows, sides, on)
                .unwrap_or_else(|| "in the actions that take them".to_owned());
            format!("statements can name ARNs of {who} {tail}")
        }
        Change::ResourceTypeRemoved { .. } => {
            format!("statements that name ARNs of {who} match nothing that the reference knows")
        }
        Change::ConditionKeyAdded { condition_key, .. } => {
            let tests = |action: &Action| {
                let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
                action
                    .condition_keys
                    .iter()
                    .chain(of_resources)
                    .any(|key| key == condition_key)
            };
            let tail =
                users(rows, sides, tests).unwrap_or_else(|| "where they are in effect".to_owned());
            format!("conditions can test {who} {tail}")
        }
        Change::ConditionKeyRemoved {
            condition_key,
            facts,
        } => match same::users(sides.new, condition_key).as_slice() {
            [] => {
                let absent = absent(Some(&facts.value_type), it);
                format!("{who} may be absent from requests: {absent}")
            }
            users => format!(
                "only its row is gone: it is still in effect for {}",
                few(&users
                    .iter()
                    .map(|name| sides.full(name))
                    .collect::<Vec<_>>())
            ),
        },
        Change::OperationAdded {
            operation, needs, ..
        } => {
            format!(
                "who calls {who} needs {}",
                operation_needs(operation, needs, it, sides)
            )
        }
        Change::OperationRemoved { operation, sdk, .. }
            if calls::is_elsewhere(sides.new, operation, sdk.as_deref()) =>
        {
            format!("{who} can still be called otherwise: keep what is allowed for {it}")
        }
        Change::OperationRemoved { .. } => format!(
            "the reference knows no call of {who} any more: where nobody makes one, what was allowed \
             for {it} alone can be taken out"
        ),
        Change::ArnChanged { old, new, .. } if template::same_arns(old, new) => {
            "no policy changes by that: only placeholders have other names, and the fields of its \
             builder with them"
                .to_owned()
        }
        Change::ArnChanged { new, .. } => format!(
            "statements that name ARNs of {who} in the old form match nothing: write them as {}",
            code(new)
        ),
        Change::ResourceTypeKeysChanged { .. } => format!(
            "what conditions can test wherever {who} is used; where that changed an action, it is \
             listed apart"
        ),
        Change::KeyTypeChanged { old, new, .. } if emit::same_value_type(old, new) => {
            "another spelling of the same type: no policy changes by that".to_owned()
        }
        Change::KeyTypeChanged { new, .. } => {
            format!("conditions on {who} need operators that suit {new}: see that they still match")
        }
        Change::OperationChanged {
            operation,
            sdk,
            gained,
            lost,
        } => Needs::of((operation, sdk.as_deref()), gained, lost, sides).meaning(&who),
        Change::ServiceNameChanged { .. } | Change::PageChanged { .. } => {
            "no policy changes by that".to_owned()
        }
        Change::ApiLinkChanged { .. } => {
            format!("no policy changes by that: only the documentation of {who} moved")
        }
        _ => of_actions(change, &who, it, sides),
    }
}

/// The changes of actions that stay.
fn of_actions(change: &Change, who: &str, it: &str, sides: Sides<'_>) -> String {
    match change {
        Change::AccessLevelsChanged { action, .. } => levels_changed(action, who, it, sides),
        Change::ScopingGained { resource_types, .. } => format!(
            "an Allow of {who} on `*` can be narrowed to ARNs of {}",
            types(resource_types)
        ),
        Change::ScopingLost { .. } => format!(
            "statements that name ARNs for {who} match nothing any more: an Allow and a Deny of it \
             need `\"Resource\": \"*\"`"
        ),
        Change::ResourceTypesGained {
            action,
            resource_types,
        } => match same::gained_scopes(action, resource_types, sides).as_slice() {
            [] => SAME_ARNS.to_owned(),
            types => format!(
                "an Allow of {who} on `*` reaches {} too, and a statement that lists ARNs of others \
                 does not: add or withhold them",
                few(types)
            ),
        },
        Change::ResourceTypesLost {
            action,
            resource_types,
        } => match same::lost_scopes(action, resource_types, sides).as_slice() {
            [] => SAME_ARNS.to_owned(),
            types => format!(
                "statements that name ARNs of {} no longer match {who}: an Allow grants less, a Deny \
                 stops less",
                few(types)
            ),
        },
        Change::RequiredChanged {
            resource_type,
            required: true,
            ..
        } => format!(
            "an Allow of {who} has to reach an ARN of {} too",
            code(resource_type)
        ),
        Change::RequiredChanged { resource_type, .. } => format!(
            "{who} can be called without naming {}: an Allow need not reach one, and a Deny on one \
             does not stop all calls",
            code(resource_type)
        ),
        Change::KeyGained {
            condition_key,
            on,
            everywhere,
            ..
        } => {
            let key = code(condition_key);
            let all = *everywhere && on.len() > 1;
            let on = if all { String::new() } else { reach(on) };
            format!("conditions on {key} can limit {who}{on}")
        }
        Change::KeyLost {
            condition_key,
            on,
            everywhere,
            ..
        } => {
            let key = code(condition_key);
            let on = if *everywhere {
                String::new()
            } else {
                reach(on)
            };
            let facts = sides
                .old
                .and_then(|it| it.condition_keys.get(condition_key));
            let absent = absent(facts.map(|it| it.value_type.as_str()), "it");
            format!(
                "requests for {who}{on} no longer carry {key}: {absent}; guard {who}{on} another way"
            )
        }
        Change::DependentActionsChanged {
            gained,
            lost,
            restated,
            ..
        } => dependents((who, it), gained, lost, *restated, sides),
        Change::PermissionOnlyChanged {
            permission_only: true,
            ..
        } => format!("no API operation asks for {who} alone; policies name {it} as before"),
        Change::PermissionOnlyChanged { .. } => {
            format!("API operations ask for {who} now; policies name {it} as before")
        }
        Change::ScenariosChanged { .. } => format!(
            "an Allow of {who} has to reach the resource types of the combination it is used with: \
             compare them"
        ),
        // the others are said above
        _ => String::new(),
    }
}

/// The actions that one new row is of use for; nothing of several rows.
fn users(rows: &[String], sides: Sides<'_>, uses: impl Fn(&Action) -> bool) -> Option<String> {
    if rows.len() > 1 {
        return None;
    }
    let actions = sides.new.into_iter().flat_map(|it| &it.actions);
    let users: Vec<_> = actions
        .filter(|(_, facts)| uses(facts))
        .map(|(name, _)| sides.full(name))
        .collect();
    Some(match users.as_slice() {
        [] => "once an action takes it: none does yet".to_owned(),
        users => format!("for {}", few(users)),
    })
}

fn types(scopes: &[Scope]) -> String {
    let types: Vec<_> = scopes.iter().map(|scope| &scope.resource_type).collect();
    few(&types)
}

fn appeared(table: Table, entries: &Entries) -> String {
    let all = distinct(entries.names());
    match table {
        Table::Actions => format!("policies can name {}", few(&all)),
        Table::ResourceTypes => format!(
            "statements can name ARNs of {}; the actions that take them are listed apart",
            few(&all)
        ),
        Table::ConditionKeys => format!(
            "conditions can test {}; the actions they are in effect for are listed apart",
            few(&all)
        ),
        Table::Operations => {
            "no policy changes by that: it can be looked up now which actions a call needs"
                .to_owned()
        }
    }
}

fn gone(table: Table) -> String {
    match table {
        Table::Actions => "statements that name its actions match nothing that the reference knows",
        Table::ResourceTypes => "statements that name its ARNs match nothing that the reference knows",
        Table::ConditionKeys => {
            "conditions on its keys may find them absent, unless actions still name them: a Deny with \
             `StringEquals` stops matching, and an Allow with `StringNotEquals` always matches"
        }
        Table::Operations => {
            "no policy changes by that: it can no longer be looked up which actions a call needs"
        }
    }
    .to_owned()
}

/// What an operation needs: mostly the action of its own name.
fn operation_needs(
    operation: &str,
    needs: &[AuthorizedAction],
    it: &str,
    sides: Sides<'_>,
) -> String {
    let (own, others) = own_and_others(operation, needs, sides);
    let others: Vec<_> = others.iter().map(|needed| needed.action.as_str()).collect();
    let own_name = if it == "it" {
        code(&sides.full(operation))
    } else {
        "the actions of the same names".to_owned()
    };
    match (own, others.is_empty()) {
        (true, true) => own_name,
        (true, false) => format!("{own_name}, and {}", names(&distinct(others))),
        (false, true) => "no permission of its own".to_owned(),
        (false, false) => names(&distinct(others)),
    }
}

fn levels_changed(action: &str, who: &str, it: &str, sides: Sides<'_>) -> String {
    let facts = sides.new.and_then(|it| it.actions.get(action));
    let now = facts.map_or_else(String::new, |facts| levels(&facts.access_levels));
    format!(
        "policies that name {who} stay as they are; whoever picks actions by access level finds {it} \
         under {now} now"
    )
}

fn dependents(
    (who, it): (&str, &str),
    gained: &[String],
    lost: &[String],
    restated: bool,
    sides: Sides<'_>,
) -> String {
    if restated {
        return restatement(who, gained, lost, sides);
    }
    match (gained.is_empty(), lost.is_empty()) {
        (false, true) => format!(
            "whoever calls {who} may need an Allow of {} too",
            names(gained)
        ),
        (true, _) => format!(
            "{who} works without {}: a Deny of that no longer stops it, and an Allow for its sake can \
             go",
            names(lost)
        ),
        _ => format!(
            "whoever calls {who} may need an Allow of {} too; a Deny of {} no longer stops {it}",
            names(gained),
            names(lost)
        ),
    }
}

/// What an action asks for is stated with each action or by the table of operations: where the table
/// came or went, another page says what another way.
fn restatement(who: &str, gained: &[String], lost: &[String], sides: Sides<'_>) -> String {
    let mut parts = Vec::new();
    if !gained.is_empty() {
        parts.push(format!(
            "see that whoever may call {who} may {} too",
            names(gained)
        ));
    }
    if !lost.is_empty() {
        parts.push(format!(
            "keep what allows {}, which the page's layout no longer states",
            names(lost)
        ));
    }
    let gone = sides.new.is_none_or(|it| it.operations.is_empty());
    format!(
        "the page's table of operations, which states that, is {} itself, so IAM need not have \
         changed: {}",
        if gone { "gone" } else { "new" },
        parts.join("; ")
    )
}

/// What is said where ARNs are those of a resource type of another name.
const SAME_ARNS: &str = "no policy changes by that: the ARNs are the same under another name";
