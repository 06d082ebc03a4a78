//! Properties of keeping removed names, for any two services.

use std::collections::BTreeSet;

use codegen::overlay::Kind;
use codegen::removed::{Removed, Update};
use iam_policy::wire::{self, Service, to_json};
use proptest::prelude::*;

use super::{in_effect, named, part, seen, strategy, support, update};

fn services() -> impl Strategy<Value = (Service, Service)> {
    let keep = proptest::collection::vec(any::<bool>(), 1..40);
    (strategy::current_facts(), keep).prop_map(|(facts, keep)| {
        let whole = wire::normal_form(&facts);
        let part = part(&whole, &keep);
        (whole, part)
    })
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_unchanged_service_has_no_removed_names((whole, _) in services()) {
        prop_assume!(support::assign(&whole).is_ok());
        let update = update(&Removed::default(), &whole, &whole, &seen("2026-11-22", "0.1.0"));
        prop_assert_eq!(update, Update::default());
    }

    #[test]
    fn restored_services_have_all_removed_names((whole, part) in services()) {
        prop_assume!(support::assign(&whole).is_ok());
        let update = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let restored = update.removed.restored(&part);
        let (there, kept) = (named(&restored), update.removed.names());
        let kept: BTreeSet<_> = kept.map(|(kind, name)| (kind, name.to_owned())).collect();
        let all: BTreeSet<_> = there.union(&kept).cloned().collect();
        prop_assert!(all.is_superset(&named(&whole)), "{}", to_json(&update.removed));
        // all pairs are restored, except those of two current names
        let lost: Vec<_> = in_effect(&whole).difference(&in_effect(&restored)).cloned().collect();
        let types = part.resource_type_names();
        let keys = part.condition_key_names();
        for (action, resource_type, key) in lost {
            let there = part.actions.contains_key(&action)
                && (resource_type.is_empty() || types.contains(resource_type.as_str()))
                && (key.is_empty() || keys.contains(key.as_str()));
            prop_assert!(there, "{action} {resource_type} {key} of {}", to_json(&update.removed));
        }
        // exactly the removed names have an entry
        for (kind, name) in named(&whole) {
            let removed = update.removed.of(kind, &name).is_some();
            let lost_row = kind == Kind::ResourceType
                && whole.resource_types.contains_key(&name)
                && !part.resource_types.contains_key(&name);
            prop_assert_eq!(removed, lost_row || !named(&part).contains(&(kind, name)));
        }
    }

    #[test]
    fn names_that_return_are_no_longer_removed((whole, part) in services()) {
        prop_assume!(support::assign(&whole).is_ok());
        let removed = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let back = update(&removed.removed, &part, &whole, &seen("2026-12-24", "0.1.3"));
        prop_assert_eq!(back, Update::default());
    }

    #[test]
    fn reading_the_same_page_again_changes_nothing((whole, part) in services()) {
        prop_assume!(support::assign(&whole).is_ok());
        let once = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let twice = update(&once.removed, &part, &part, &seen("2026-12-24", "0.2.0"));
        prop_assert_eq!(&twice.removed, &once.removed);
        prop_assert!(twice.added.is_empty() && twice.expired.is_empty());
        let later = update(&once.removed, &part, &part, &seen("2027-01-01", "0.3.0"));
        prop_assert!(later.removed.is_empty());
        prop_assert_eq!(later.expired.len(), once.removed.len());
    }

    #[test]
    fn several_updates_keep_the_same_names_as_one((whole, part) in services(), keep in proptest::collection::vec(any::<bool>(), 1..40)) {
        prop_assume!(support::assign(&whole).is_ok());
        let less = super::part(&part, &keep);
        let first = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let second = update(&first.removed, &part, &less, &seen("2026-12-24", "0.1.0"));
        let at_once = update(&Removed::default(), &whole, &less, &seen("2026-11-22", "0.1.0"));
        let names = |removed: &Removed| -> BTreeSet<(Kind, String)> {
            removed.names().map(|(kind, name)| (kind, name.to_owned())).collect()
        };
        prop_assert_eq!(names(&second.removed), names(&at_once.removed));
        let second = in_effect(&second.removed.restored(&less));
        let at_once = in_effect(&at_once.removed.restored(&less));
        // a pair that the first update lost, because both names were current, stays missing
        prop_assert!(at_once.is_superset(&second));
    }

    #[test]
    fn removed_names_round_trip_and_are_emitted((whole, part) in services()) {
        prop_assume!(support::emit_service(&whole, support::Layout::Current).is_ok());
        let update = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let text = to_json(&update.removed);
        prop_assert_eq!(&serde_json::from_str::<Removed>(&text).expect("JSON"), &update.removed);
        let files = support::emit_keeping(&part, &update.removed, support::Layout::Current);
        let files = files.unwrap_or_else(|error| panic!("{error}"));
        let notes = files.iter().map(|file| file.text.matches("#[deprecated(").count());
        prop_assert!(update.removed.is_empty() || notes.sum::<usize>() >= update.removed.len());
    }
}
