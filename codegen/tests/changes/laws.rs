//! Properties of the comparison, for generated services.

use codegen::changes::{self, Bump, Criteria, between};
use codegen::overlay::Sensitive;
use iam_policy::wire::{self, Facts, Service};
use proptest::prelude::*;
use serde_json::Value;

use crate::edits::{edited, edits};
use crate::elementary::{self, Elements};
use crate::expand::expand;
use crate::strategy;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 192,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    }
}

fn any_facts() -> impl Strategy<Value = Facts> {
    prop_oneof![strategy::current_facts(), strategy::classic_facts()]
}

fn elements(service: Option<&Service>) -> Elements {
    elementary::of_service(&serde_json::to_value(service).expect("JSON"))
}

/// Checks that changes contain exactly the removed and added facts.
fn exact(old: Option<&Service>, new: Option<&Service>) -> Result<(), TestCaseError> {
    let changes: Value = serde_json::to_value(between(old, new)).expect("JSON");
    let (before, after) = (elements(old), elements(new));
    let (removed, added) = expand(&changes);
    let lost: Elements = before.difference(&after).cloned().collect();
    let gained: Elements = after.difference(&before).cloned().collect();
    prop_assert_eq!(&removed, &lost, "removed facts of {:#}", changes);
    prop_assert_eq!(&added, &gained, "added facts of {:#}", changes);
    let none = changes.as_array().is_some_and(Vec::is_empty);
    prop_assert_eq!(none, before == after, "{:#}", changes);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn equal_services_have_no_changes(facts in any_facts()) {
        let service = wire::normal_form(&facts);
        prop_assert!(between(Some(&service), Some(&service)).is_empty());
    }

    #[test]
    fn changes_are_exactly_the_difference(facts in any_facts(), edits in edits()) {
        let (old, new) = (wire::normal_form(&facts), wire::normal_form(&edited(&facts, &edits)));
        exact(Some(&old), Some(&new))?;
        exact(Some(&new), Some(&old))?;
    }

    #[test]
    fn changes_between_unrelated_services_are_exactly_the_difference(old in any_facts(), new in any_facts()) {
        exact(Some(&wire::normal_form(&old)), Some(&wire::normal_form(&new)))?;
    }

    #[test]
    fn added_and_removed_services_are_complete(facts in any_facts()) {
        let service = wire::normal_form(&facts);
        exact(None, Some(&service))?;
        exact(Some(&service), None)?;
    }

    #[test]
    fn the_order_of_rows_is_ignored(facts in any_facts(), edits in edits(), by in 1..9_usize) {
        let (old, new) = (facts.clone(), edited(&facts, &edits));
        let (old, new) = (wire::normal_form(&old), wire::normal_form(&new));
        let turned = |service: &Service| {
            let mut turned = service.clone();
            let length = turned.operations.len().max(1);
            turned.operations.rotate_left(by % length);
            for operation in &mut turned.operations {
                operation.actions.reverse();
                for needed in &mut operation.actions {
                    needed.context.values_mut().for_each(|values| values.reverse());
                }
            }
            for action in turned.actions.values_mut() {
                action.scenarios.reverse();
                for scenario in &mut action.scenarios {
                    scenario.resource_types.reverse();
                    scenario.condition_keys.reverse();
                }
            }
            turned
        };
        prop_assert!(between(Some(&old), Some(&turned(&old))).is_empty());
        // the rows in a change may be in another order
        let sorted = |old: &Service, new: &Service| -> Vec<Value> {
            let changes = between(Some(old), Some(new));
            let values = changes.iter().map(|it| serde_json::to_value(it).expect("JSON"));
            values.map(|it| elementary::sorted(&it)).collect()
        };
        prop_assert_eq!(sorted(&old, &new), sorted(&turned(&old), &turned(&new)));
    }

    #[test]
    fn every_change_is_judged_and_in_a_line(facts in any_facts(), edits in edits(), other in any_facts()) {
        let sensitive = Sensitive::default();
        let criteria = Criteria { sensitive: &sensitive, wildcards: &[] };
        let service = wire::normal_form(&facts);
        for other in [&edited(&facts, &edits), &other] {
            let other = wire::normal_form(other);
            for (old, new) in [(Some(&service), Some(&other)), (Some(&other), None), (None, Some(&other))] {
                let changes = between(old, new);
                let judged = changes::service("orchard", old, new, Vec::new(), &criteria);
                prop_assert_eq!(judged.is_some(), !changes.is_empty());
                let Some(judged) = judged else { continue };
                prop_assert_eq!(&judged, &changes::service("orchard", old, new, Vec::new(), &criteria).expect("the same"));
                prop_assert_eq!(judged.changes.len(), changes.len());
                let worst = judged.changes.iter().map(|it| it.line.bump).max();
                prop_assert_eq!(Some(judged.bump), worst);
                prop_assert!(judged.bump > Bump::None);
                // effects on security come first
                let marked: Vec<_> = judged.changes.iter().map(|it| it.line.security.is_empty()).collect();
                prop_assert!(marked.is_sorted(), "{:?}", marked);
                let headlines: Vec<_> = judged.lines.iter().map(|line| line.full_headline.as_str()).collect();
                for finding in &judged.changes {
                    prop_assert!(!finding.line.headline.is_empty() && !finding.line.meaning.is_empty());
                    if let Some(row) = &finding.change.row {
                        let plain = row.name.replace('`', "'");
                        prop_assert!(headlines.iter().any(|line| line.contains(&plain)), "{} in {:#?}", row.name, headlines);
                    }
                }
                let rows: usize = judged.lines.iter().map(|line| line.rows.len().max(1)).sum();
                let extra = judged.renames.len() + judged.wildcards.len();
                prop_assert!(rows <= changes.len() + extra);
            }
        }
    }
}
