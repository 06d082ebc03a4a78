//! Comparison of actions: their access levels, resource types and condition keys.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::Layout;
use iam_policy::wire::{AccessLevel, Action, ActionResource};

use super::super::ServiceReference;
use super::super::disagreement::{Both, Disagreement, Kind, Statements};
use super::tables::ResourceTypes;
use super::{Comparison, Stated, borrowed};

pub(super) fn compare(
    pages: &[Stated<'_>],
    types: &ResourceTypes,
    reference: &ServiceReference,
    comparison: &mut Comparison,
) {
    let on_pages = borrowed(pages.iter().flat_map(|page| page.service.actions.keys()));
    let both = comparison.names(Kind::Actions, on_pages, borrowed(reference.actions.keys()));
    comparison.compared.actions = both.len();
    let restates = restates(pages, reference);
    for name in both {
        let theirs = &reference.actions[name];
        for page in pages {
            let Some(action) = page.service.actions.get(name) else {
                continue;
            };
            access_levels(name, action, page.layout, theirs, comparison);
            resource_types(name, action, theirs, comparison);
            let carried = |resource_type: &str, key: &str| {
                let on_page = types.carries(resource_type, key);
                let stated = carries(reference, resource_type, key);
                // if one side's resource type lacks it, the resource type is reported instead
                (on_page || stated) && !(restates && on_page && stated)
            };
            condition_keys(name, action, theirs, carried, comparison);
        }
    }
}

/// Returns whether a resource type itself has a condition key in the service reference.
fn carries(reference: &ServiceReference, resource_type: &str, key: &str) -> bool {
    let stated = reference.resource_types.get(resource_type);
    stated.is_some_and(|stated| stated.condition_keys.contains(key))
}

/// Returns whether the service reference repeats the condition keys of resource types with their
/// actions, in at least nine of ten cases. Then a missing key is a disagreement, not an abbreviation.
fn restates(pages: &[Stated<'_>], reference: &ServiceReference) -> bool {
    let (mut stated, mut all) = (0, 0);
    for (name, action) in pages.iter().flat_map(|page| &page.service.actions) {
        let Some(theirs) = reference.actions.get(name) else {
            continue;
        };
        let carries = |it: &ActionResource, key: &str| carries(reference, &it.resource_type, key);
        // keys that both the action itself and all of its resource types have
        let own = action.condition_keys.iter();
        let own = own.filter(|key| action.resources.iter().all(|it| carries(it, key)));
        let own: Vec<_> = own.collect();
        for resource in &action.resources {
            let Some(of_type) = theirs.resources.get(&resource.resource_type) else {
                continue;
            };
            let of_resource = resource.condition_keys.iter();
            let of_resource = of_resource.filter(|key| carries(resource, key));
            for key in own.iter().copied().chain(of_resource) {
                all += 1;
                let of_type = of_type.as_ref().is_some_and(|keys| keys.contains(key));
                stated += usize::from(of_type || theirs.condition_keys.contains(key));
            }
        }
    }
    all > 0 && stated * 10 >= all * 9
}

fn access_levels(
    name: &str,
    action: &Action,
    layout: Layout,
    theirs: &super::super::Action,
    comparison: &mut Comparison,
) {
    let Some(properties) = &theirs.properties else {
        return;
    };
    // `Read` has no property, so it cannot be stated in addition to another level
    let mut page = action.access_levels.clone();
    page.remove(&AccessLevel::Read);
    let mut stated = properties.clone();
    let specific = [AccessLevel::Tagging, AccessLevel::PermissionsManagement];
    if layout == Layout::Classic
        && specific
            .iter()
            .any(|level| page == BTreeSet::from([*level]))
    {
        // the classic layout states only the most specific level of an action
        stated.remove(&AccessLevel::Write);
    }
    if page != stated {
        let mut levels = properties.clone();
        if levels.is_empty() {
            levels.insert(AccessLevel::Read);
        }
        let both = Both {
            page: action.access_levels.clone(),
            service_reference: levels,
        };
        comparison.add(Kind::AccessLevels, name, Statements::Levels(both));
    }
}

fn resource_types(
    name: &str,
    action: &Action,
    theirs: &super::super::Action,
    comparison: &mut Comparison,
) {
    let page = action.resources.iter().map(|it| it.resource_type.clone());
    let stated = theirs.resources.keys().cloned().collect();
    if let Some(difference) = Both::difference(&page.collect(), &stated) {
        let kind = Kind::ActionResourceTypes;
        comparison.add(kind, name, Statements::Names(difference));
    }
}

/// Compares the keys in effect on each resource type that both sides name.
///
/// Keys of the resource types themselves are compared with the resource types, not here.
fn condition_keys(
    name: &str,
    action: &Action,
    theirs: &super::super::Action,
    carried: impl Fn(&str, &str) -> bool,
    comparison: &mut Comparison,
) {
    let on_page: BTreeMap<&str, BTreeSet<&str>> = action
        .resources
        .iter()
        .map(|it| {
            let keys = borrowed(action.condition_keys.iter().chain(&it.condition_keys));
            (it.resource_type.as_str(), keys)
        })
        .collect();
    let everywhere = borrowed(&action.condition_keys);
    let anywhere: BTreeSet<&str> = on_page.values().flatten().copied().collect();
    let anywhere = &anywhere | &everywhere;
    let own = borrowed(&theirs.condition_keys);
    let common: Vec<&str> = on_page
        .keys()
        .copied()
        .filter(|it| theirs.resources.contains_key(*it))
        .collect();

    // if the reference does not list keys by resource type, a key of the action may be in effect on
    // only some resource types
    let by_type = theirs.resources.values().any(Option::is_some) && !common.is_empty();
    let mut found = Found::default();
    for &resource_type in &common {
        let of_type = theirs.resources[resource_type].iter().flatten();
        let stated = &own | &borrowed(of_type);
        for &key in on_page[resource_type].difference(&stated) {
            if !carried(resource_type, key) {
                found.page.entry(key).or_default().push(resource_type);
            }
        }
        if by_type {
            for &key in stated.difference(&on_page[resource_type]) {
                if !carried(resource_type, key) {
                    found.reference.entry(key).or_default().push(resource_type);
                }
            }
        }
    }
    if common.is_empty() {
        let named = &on_page.keys().copied().collect() | &borrowed(theirs.resources.keys());
        for &key in everywhere.difference(&own) {
            if !named.iter().any(|it| carried(it, key)) {
                found.page.entry(key).or_default();
            }
        }
    }
    if !by_type {
        for &key in own.difference(&anywhere) {
            found.reference.entry(key).or_default();
        }
    }
    found.report(name, &common, comparison);
}

/// Keys that only one side has, each with the affected resource types.
#[derive(Default)]
struct Found<'a> {
    page: BTreeMap<&'a str, Vec<&'a str>>,
    reference: BTreeMap<&'a str, Vec<&'a str>>,
}

impl Found<'_> {
    /// Reports the keys of the same resource types as one disagreement, which names the resource types
    /// unless all are affected.
    fn report(self, action: &str, all: &[&str], comparison: &mut Comparison) {
        let mut by_types: BTreeMap<Vec<&str>, Both<String>> = BTreeMap::new();
        let confined = |on: Vec<_>| if on == all { Vec::new() } else { on };
        for (key, on) in self.page {
            let both = by_types.entry(confined(on)).or_default();
            both.page.insert(key.to_owned());
        }
        for (key, on) in self.reference {
            let both = by_types.entry(confined(on)).or_default();
            both.service_reference.insert(key.to_owned());
        }
        for (on, both) in by_types {
            comparison.disagreements.insert(Disagreement {
                on: on.into_iter().map(str::to_owned).collect(),
                ..Disagreement::new(Kind::ActionConditionKeys, action, Statements::Names(both))
            });
        }
    }
}
