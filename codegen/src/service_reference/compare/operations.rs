//! Comparison of operations: their SDK clients and the actions that they need.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::AuthorizedAction;

use super::super::ServiceReference;
use super::super::disagreement::{Both, Disagreement, Kind, Statements};
use super::{Comparison, Stated};

/// The actions that an operation needs, by SDK client.
type Needed = BTreeMap<Option<String>, BTreeSet<AuthorizedAction>>;

pub(super) fn compare(
    pages: &[Stated<'_>],
    reference: &ServiceReference,
    comparison: &mut Comparison,
) {
    let mut on_pages: BTreeMap<&str, Needed> = BTreeMap::new();
    for operation in pages.iter().flat_map(|page| &page.service.operations) {
        let clients = on_pages.entry(&operation.operation).or_default();
        let needed = clients.entry(operation.sdk.clone()).or_default();
        needed.extend(operation.actions.iter().map(ordered));
    }
    let stated: BTreeMap<&str, Needed> = reference
        .operations
        .iter()
        .map(|(name, operation)| {
            let needed = operation.iter().map(|(client, actions)| {
                let actions = actions.iter().flatten().map(ordered).collect();
                (client.clone(), actions)
            });
            (name.as_str(), needed.collect())
        })
        .collect();
    let states_actions = reference
        .operations
        .values()
        .flat_map(BTreeMap::values)
        .any(Option::is_some);
    let states_clients = names_clients(&on_pages) && names_clients(&stated);

    let both = comparison.names(
        Kind::Operations,
        on_pages.keys().copied().collect(),
        stated.keys().copied().collect(),
    );
    comparison.compared.operations = both.len();
    for name in both {
        let (page, theirs) = (&on_pages[name], &stated[name]);
        if states_clients {
            clients(name, page, theirs, comparison);
        }
        if states_actions {
            actions(name, page, theirs, comparison);
        }
    }
}

/// Sorts the values of each context key, because their order has no meaning.
fn ordered(needed: &AuthorizedAction) -> AuthorizedAction {
    let mut needed = needed.clone();
    for values in needed.context.values_mut() {
        values.sort();
        values.dedup();
    }
    needed
}

fn names_clients(operations: &BTreeMap<&str, Needed>) -> bool {
    operations
        .values()
        .flat_map(BTreeMap::keys)
        .any(Option::is_some)
}

fn clients(name: &str, page: &Needed, theirs: &Needed, comparison: &mut Comparison) {
    let named = |needed: &Needed| needed.keys().flatten().cloned().collect();
    if let Some(difference) = Both::difference(&named(page), &named(theirs)) {
        comparison.add(Kind::SdkClients, name, Statements::Names(difference));
    }
}

/// Compares the actions client by client if the sides share clients, else all actions together.
fn actions(name: &str, page: &Needed, theirs: &Needed, comparison: &mut Comparison) {
    let common: Vec<_> = page
        .keys()
        .filter(|client| theirs.contains_key(*client))
        .collect();
    let mut found: BTreeMap<Both<AuthorizedAction>, Vec<String>> = BTreeMap::new();
    if common.is_empty() {
        let all = |needed: &Needed| needed.values().flatten().cloned().collect();
        if let Some(difference) = Both::difference(&all(page), &all(theirs)) {
            found.insert(difference, Vec::new());
        }
    }
    for client in &common {
        if let Some(difference) = Both::difference(&page[*client], &theirs[*client]) {
            let on = found.entry(difference).or_default();
            on.extend(client.iter().map(|client| (*client).clone()));
        }
    }
    for (difference, on) in found {
        let everywhere = on.len() == common.iter().copied().flatten().count();
        comparison.disagreements.insert(Disagreement {
            on: if everywhere { Vec::new() } else { on },
            ..Disagreement::new(
                Kind::AuthorizedActions,
                name,
                Statements::Actions(difference),
            )
        });
    }
}
