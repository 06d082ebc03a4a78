//! Comparison of pages with a service reference, fact by fact.

mod actions;
mod operations;
mod tables;

use std::collections::BTreeSet;

use iam_policy::Layout;
use iam_policy::wire::Service;
use serde::Serialize;

use super::ServiceReference;
use super::disagreement::{Disagreement, Kind, Side, Statements};

/// A page's facts in normal form, with its layout.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The facts.
    pub service: &'a Service,
    /// The page's layout: the classic one states a single access level for each action.
    pub layout: Layout,
}

/// The number of names that both sides have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Actions.
    pub actions: usize,
    /// Resource types.
    pub resource_types: usize,
    /// Condition keys.
    pub condition_keys: usize,
    /// Operations, by name.
    pub operations: usize,
}

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The number of names that were compared.
    pub compared: Counts,
    /// The disagreements, by kind, then by name.
    pub disagreements: BTreeSet<Disagreement>,
}

/// Compares all pages of one prefix with its service reference.
pub fn compare(pages: &[Stated<'_>], reference: &ServiceReference) -> Comparison {
    let mut comparison = Comparison::default();
    let types = tables::ResourceTypes::of(pages);
    actions::compare(pages, &types, reference, &mut comparison);
    tables::resource_types(&types, reference, &mut comparison);
    tables::condition_keys(pages, reference, &mut comparison);
    operations::compare(pages, reference, &mut comparison);
    comparison
}

/// The largest number of entries that are reported one by one if the other side lacks the table.
const A_FEW: usize = 3;

impl Comparison {
    fn add(&mut self, kind: Kind, name: &str, statements: Statements) {
        self.disagreements
            .insert(Disagreement::new(kind, name, statements));
    }

    /// Compares the names in a table; returns those that both sides have.
    fn names<'a>(
        &mut self,
        kind: Kind,
        page: BTreeSet<&'a str>,
        reference: BTreeSet<&str>,
    ) -> Vec<&'a str> {
        let (on_page, in_reference) = (page.len(), reference.len());
        let lacking = on_page.min(in_reference) == 0;
        if lacking && on_page.max(in_reference) > A_FEW {
            let entries = Statements::Entries {
                page: on_page,
                service_reference: in_reference,
            };
            self.add(kind, "", entries);
            return Vec::new();
        }
        for name in page.difference(&reference) {
            self.add(kind, name, Statements::Only(Side::Page));
        }
        for name in reference.difference(&page) {
            self.add(kind, name, Statements::Only(Side::ServiceReference));
        }
        page.into_iter()
            .filter(|name| reference.contains(name))
            .collect()
    }
}

/// Borrows the names.
fn borrowed<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    names.into_iter().map(String::as_str).collect()
}
