//! What changed, in words.

use super::calls::{self, Needs};
use super::change::{Change, Scope};
use super::table::{Entries, Table};
use super::words::{Sides, all_names, code, fit, is_are, levels, names};
use crate::model::{Scenario, Service};

/// How many of its rows a headline names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A handful; where there are more, it counts them.
    Few,
    /// All.
    All,
}

/// Says a change of one row or of several that changed in the same way; `rows` names them, actions
/// with their prefix.
pub(super) fn headline(change: &Change, rows: &[String], named: Named, sides: Sides<'_>) -> String {
    let counted = change
        .subject()
        .map(|(table, _)| table.counted(rows.len()))
        .unwrap_or_default();
    let is_named = named == Named::All || fit(rows.len());
    let who = if is_named {
        all_names(rows)
    } else {
        counted.clone()
    };
    // what came or went as a whole row: `new actions (Read): …`, `21 new actions (Read)`
    let whole = |before: &str, after: &str, kind: &str| {
        let table = change.subject().map_or("", |(table, _)| table.row());
        let plural = if rows.len() == 1 { "" } else { "s" };
        if is_named {
            format!("{before}{table}{plural}{after}{kind}: {who}")
        } else {
            format!("{} {before}{table}{plural}{after}{kind}", rows.len())
        }
    };
    match change {
        Change::ServiceAppeared { facts } => {
            format!("{} appears: {}", service(facts), counts(facts))
        }
        Change::ServiceGone { facts } => format!("{} is gone: {}", service(facts), counts(facts)),
        Change::PrefixChanged { old, new } => format!(
            "actions are named {} instead of {}",
            code(&format!("{new}:…")),
            code(&format!("{old}:…"))
        ),
        Change::TableAppeared {
            table,
            count,
            entries,
        } => format!(
            "a table of {}s appears for the first time: {}{}",
            table.row(),
            table.counted(*count),
            listed(entries)
        ),
        Change::TableGone {
            table,
            count,
            entries,
        } => format!(
            "the table of {}s is gone: it had {}{}",
            table.row(),
            table.counted(*count),
            listed(entries)
        ),
        Change::ActionAdded { facts, .. } => {
            whole("new ", "", &format!(" ({})", levels(&facts.access_levels)))
        }
        Change::ConditionKeyAdded { facts, .. } => {
            whole("new ", "", &format!(" ({})", facts.value_type))
        }
        Change::OperationAdded { operation, sdk, .. }
            if calls::is_elsewhere(sides.old, operation, sdk.as_deref()) =>
        {
            let listed = calls::listed(sdk.as_deref());
            format!("{who} {} {listed} now", is_are(rows.len()))
        }
        Change::OperationRemoved { operation, sdk, .. }
            if calls::is_elsewhere(sides.new, operation, sdk.as_deref()) =>
        {
            let listed = calls::listed(sdk.as_deref());
            format!("{who} {} no longer {listed}", is_are(rows.len()))
        }
        Change::ResourceTypeAdded { .. } | Change::OperationAdded { .. } => whole("new ", "", ""),
        Change::ActionRemoved { .. }
        | Change::ResourceTypeRemoved { .. }
        | Change::ConditionKeyRemoved { .. }
        | Change::OperationRemoved { .. } => whole("", " gone", ""),
        Change::ArnChanged { old, new, .. } => {
            format!("ARNs of {who} are {} now, {} before", code(new), code(old))
        }
        Change::KeyTypeChanged { old, new, .. } => {
            format!("values of {who} are of type {new} now, {old} before")
        }
        Change::ServiceNameChanged { old, new } => {
            format!("the service is called {new} now, {old} before")
        }
        Change::PageChanged { old, new } => format!(
            "the page is {} now, {} before",
            code(&format!("list_{new}.html")),
            code(&format!("list_{old}.html"))
        ),
        Change::ApiLinkChanged { .. } => format!("the API link of {who} changed"),
        Change::ResourceTypeKeysChanged { gained, lost, .. } => format!(
            "{who}: {}",
            both("of its own now", gained, "no longer of its own", lost)
        ),
        Change::OperationChanged {
            operation,
            sdk,
            gained,
            lost,
        } => {
            let needs = Needs::of((operation, sdk.as_deref()), gained, lost, sides);
            format!("{who} {}", needs.headline(rows.len()))
        }
        _ => of_actions(change, who, rows.len(), sides),
    }
}

/// The changes of actions that stay.
fn of_actions(change: &Change, who: String, count: usize, sides: Sides<'_>) -> String {
    let (do_not, ask) = if count == 1 {
        ("does", "asks")
    } else {
        ("do", "ask")
    };
    match change {
        Change::AccessLevelsChanged {
            action,
            gained,
            lost,
        } => {
            let of = |service: Option<&Service>| {
                let facts = service.and_then(|it| it.actions.get(action));
                facts.map_or_else(String::new, |facts| levels(&facts.access_levels))
            };
            let arrow = match (gained.is_empty(), lost.is_empty()) {
                (false, true) => format!("gained {}", levels(gained)),
                (true, false) => format!("lost {}", levels(lost)),
                _ => "changed".to_owned(),
            };
            let now = of(sides.new);
            format!("access level of {who} {arrow}: {} → {now}", of(sides.old))
        }
        Change::ScopingGained { resource_types, .. } => format!(
            "{who} took only `*` and can now be scoped to {}",
            types(resource_types)
        ),
        Change::ScopingLost { resource_types, .. } => format!(
            "{who} {} only `*` now and could be scoped to {}",
            if count == 1 { "takes" } else { "take" },
            types(resource_types)
        ),
        Change::ResourceTypesGained { resource_types, .. } => {
            format!("{who} can now be scoped to {}", types(resource_types))
        }
        Change::ResourceTypesLost { resource_types, .. } => {
            format!("{who} can no longer be scoped to {}", types(resource_types))
        }
        Change::RequiredChanged {
            resource_type,
            required,
            ..
        } => format!(
            "{} is {} for {who} now",
            code(resource_type),
            if *required { "required" } else { "optional" }
        ),
        Change::KeyGained {
            condition_key,
            on,
            everywhere,
            ..
        } => format!(
            "{} is now in effect for {who}{}",
            code(condition_key),
            if *everywhere && on.len() > 1 {
                " on every resource type".to_owned()
            } else {
                reach(on)
            }
        ),
        Change::KeyLost {
            condition_key,
            on,
            everywhere,
            ..
        } => format!(
            "{} is no longer in effect for {who}{}",
            code(condition_key),
            if *everywhere {
                String::new()
            } else {
                reach(on)
            }
        ),
        Change::DependentActionsChanged { gained, lost, .. } => {
            let mut parts = Vec::new();
            if !gained.is_empty() {
                parts.push(format!("{ask} for {} as well", names(gained)));
            }
            if !lost.is_empty() {
                parts.push(format!("{do_not} not ask for {} any more", names(lost)));
            }
            format!("{who} {}", parts.join(" and "))
        }
        Change::PermissionOnlyChanged {
            permission_only, ..
        } => format!(
            "{who} {} {}",
            is_are(count),
            if *permission_only {
                "permission-only now"
            } else {
                "no longer permission-only"
            }
        ),
        Change::ScenariosChanged { gained, lost, .. } => {
            let of = |these: &[Scenario], those: &[Scenario], both: bool| -> Vec<String> {
                let named = |name: &str| those.iter().any(|it| it.name == name);
                let of = these.iter().filter(|it| named(&it.name) == both);
                of.map(|it| it.name.clone()).collect()
            };
            let came_and_went = both(
                "now",
                &of(gained, lost, false),
                "no longer",
                &of(lost, gained, false),
            );
            let others = both("with other facts", &of(gained, lost, true), "", &[]);
            let parts = [came_and_went, others];
            let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
            format!("scenarios of {who}: {}", parts.join(", "))
        }
        // the others are said above
        _ => who,
    }
}

fn service(facts: &Service) -> String {
    let heading = if facts.service.is_empty() {
        facts.page.as_str()
    } else {
        &facts.service
    };
    format!("{heading} ({})", code(&format!("{}:…", facts.prefix)))
}

/// `3 actions, 1 resource type, …`.
fn counts(facts: &Service) -> String {
    let counts = [
        (Table::Actions, facts.actions.len()),
        (Table::ResourceTypes, facts.resource_types.len()),
        (Table::ConditionKeys, facts.condition_keys.len()),
        (Table::Operations, facts.operations.len()),
    ];
    let counted = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(table, count)| table.counted(*count));
    let counted: Vec<_> = counted.collect();
    if counted.is_empty() {
        "nothing in it".to_owned()
    } else {
        counted.join(", ")
    }
}

/// The names of a small table.
fn listed(entries: &Entries) -> String {
    let all = super::words::distinct(entries.names());
    if super::words::fit(all.len()) {
        format!(" ({})", names(&all))
    } else {
        String::new()
    }
}

fn types(scopes: &[Scope]) -> String {
    let types: Vec<_> = scopes.iter().map(|scope| &scope.resource_type).collect();
    names(&types)
}

/// ` on …`; nothing of an action without resource types.
pub(super) fn reach(on: &[String]) -> String {
    if on.is_empty() {
        String::new()
    } else {
        format!(" on {}", names(on))
    }
}

fn both(now: &str, gained: &[String], no_longer: &str, lost: &[String]) -> String {
    let mut parts = Vec::new();
    for (verb, names_of) in [(now, gained), (no_longer, lost)] {
        if !names_of.is_empty() {
            parts.push(format!("{} {verb}", names(names_of)));
        }
    }
    parts.join(", ")
}
