//! Comparison of resource types and condition keys.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::ValueType;

use super::super::ServiceReference;
use super::super::disagreement::{Both, Kind, Statements};
use super::{Comparison, Stated, borrowed};

/// The resource types of all pages with one prefix.
pub(super) struct ResourceTypes(BTreeMap<String, ResourceType>);

#[derive(Default)]
struct ResourceType {
    arns: BTreeSet<String>,
    condition_keys: BTreeSet<String>,
}

impl ResourceTypes {
    pub(super) fn of(pages: &[Stated<'_>]) -> Self {
        let mut types: BTreeMap<String, ResourceType> = BTreeMap::new();
        for (name, stated) in pages.iter().flat_map(|page| &page.service.resource_types) {
            let known = types.entry(name.clone()).or_default();
            known.arns.insert(stated.arn.clone());
            known
                .condition_keys
                .extend(stated.condition_keys.iter().cloned());
        }
        Self(types)
    }

    /// Returns whether a resource type itself has a condition key.
    pub(super) fn carries(&self, resource_type: &str, key: &str) -> bool {
        self.0
            .get(resource_type)
            .is_some_and(|known| known.condition_keys.contains(key))
    }
}

pub(super) fn resource_types(
    types: &ResourceTypes,
    reference: &ServiceReference,
    comparison: &mut Comparison,
) {
    let theirs = borrowed(reference.resource_types.keys());
    let both = comparison.names(Kind::ResourceTypes, borrowed(types.0.keys()), theirs);
    comparison.compared.resource_types = both.len();
    for name in both {
        let (page, theirs) = (&types.0[name], &reference.resource_types[name]);
        if let Some(formats) = &theirs.arn_formats
            && let Some(difference) = Both::difference(&page.arns, formats)
        {
            comparison.add(Kind::ArnFormats, name, Statements::Names(difference));
        }
        if let Some(difference) = Both::difference(&page.condition_keys, &theirs.condition_keys) {
            let kind = Kind::ResourceTypeConditionKeys;
            comparison.add(kind, name, Statements::Names(difference));
        }
    }
}

pub(super) fn condition_keys(
    pages: &[Stated<'_>],
    reference: &ServiceReference,
    comparison: &mut Comparison,
) {
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, key) in pages.iter().flat_map(|page| &page.service.condition_keys) {
        keys.entry(name).or_default().insert(key.value_type.clone());
    }
    let theirs = borrowed(reference.condition_keys.keys());
    let both = comparison.names(Kind::ConditionKeys, keys.keys().copied().collect(), theirs);
    comparison.compared.condition_keys = both.len();
    for name in both {
        let Some(theirs) = &reference.condition_keys[name] else {
            continue;
        };
        let page = &keys[name];
        let one = |spelled: &String| match spelled.parse::<ValueType>() {
            Ok(known) => known.to_string(),
            Err(_) => spelled.to_ascii_lowercase(),
        };
        let normal =
            |types: &BTreeSet<String>| -> BTreeSet<String> { types.iter().map(one).collect() };
        if normal(page) != normal(theirs) {
            let types = Both {
                page: page.clone(),
                service_reference: theirs.clone(),
            };
            comparison.add(Kind::ValueTypes, name, Statements::Types(types));
        }
    }
}
