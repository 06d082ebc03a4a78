//! What left the reference: laws of keeping it, on any two services.

#[path = "support/strategy.rs"]
mod strategy;
mod support;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use codegen::model::{Service, to_json};
use codegen::names::{self, Kind};
use codegen::normal;
use codegen::removed::{Removed, Replacements, Seen, Update};
use proptest::prelude::*;
use semver::Version;
use support::sample;

fn seen(day: &str, version: &str) -> Seen {
    Seen {
        date: day.parse().expect("a date"),
        version: Version::parse(version).expect("a version"),
    }
}

fn update(removed: &Removed, old: &Service, new: &Service, seen: &Seen) -> Update {
    let update = removed.update(old, new, seen, &Replacements::new());
    update.unwrap_or_else(|error| panic!("{error}"))
}

/// Every name of a service that has an identifier, found without the code that is tested.
fn named(service: &Service) -> BTreeSet<(Kind, String)> {
    let mut named = BTreeSet::new();
    let Ok(names) = names::assign(service) else {
        return named;
    };
    named.extend(names.actions.into_keys().map(|name| (Kind::Action, name)));
    let types = names.resource_types.into_keys();
    named.extend(types.map(|name| (Kind::ResourceType, name)));
    let keys = names.condition_keys.into_keys();
    named.extend(keys.map(|name| (Kind::ConditionKey, name)));
    let operations = names.operations.into_keys();
    named.extend(operations.map(|name| (Kind::Operation, name)));
    named
}

/// Pairs of actions and resource types with the keys in effect for them, which statements rely on.
fn in_effect(service: &Service) -> BTreeSet<(String, String, String)> {
    let mut all = BTreeSet::new();
    for (name, action) in &service.actions {
        let on_any = action.condition_keys.iter();
        let mut add = |resource_type: &str, key: &str| {
            all.insert((name.clone(), resource_type.to_owned(), key.to_owned()));
        };
        add("", "");
        on_any.for_each(|key| add("", key));
        for resource in &action.resources {
            add(&resource.resource_type, "");
            for key in action.condition_keys.iter().chain(&resource.condition_keys) {
                add(&resource.resource_type, key);
            }
        }
    }
    all
}

/// A service that is left of another: some of each table.
fn part(whole: &Service, keep: &[bool]) -> Service {
    let mut keep = keep.iter().copied().cycle();
    let mut kept = || keep.next().unwrap_or(true);
    let mut part = whole.clone();
    part.actions.retain(|_, _| kept());
    part.resource_types.retain(|_, _| kept());
    part.condition_keys.retain(|_, _| kept());
    part.operations.retain(|_| kept());
    // what is in no table is named by no row either, as when a page drops it for good
    let types: BTreeSet<_> = part.resource_types.keys().cloned().collect();
    let keys: BTreeSet<_> = part.condition_keys.keys().cloned().collect();
    for action in part.actions.values_mut() {
        action
            .resources
            .retain(|it| types.contains(&it.resource_type));
        action.condition_keys.retain(|key| keys.contains(key));
        for resource in &mut action.resources {
            resource.condition_keys.retain(|key| keys.contains(key));
        }
        action.scenarios.clear();
    }
    for resource_type in part.resource_types.values_mut() {
        resource_type
            .condition_keys
            .retain(|key| keys.contains(key));
    }
    part
}

fn services() -> impl Strategy<Value = (Service, Service)> {
    let keep = proptest::collection::vec(any::<bool>(), 1..40);
    (strategy::current_facts(), keep).prop_map(|(facts, keep)| {
        let whole = normal::service(&facts);
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
    fn the_same_service_removes_nothing((whole, _) in services()) {
        prop_assume!(names::assign(&whole).is_ok());
        let update = update(&Removed::default(), &whole, &whole, &seen("2026-11-22", "0.1.0"));
        prop_assert_eq!(update, Update::default());
    }

    #[test]
    fn what_vanished_is_there_again_when_put_back((whole, part) in services()) {
        prop_assume!(names::assign(&whole).is_ok());
        let update = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        // some names may stand in the way of others; here none is new
        prop_assert_eq!(&update.refused, &[]);
        let restored = update.removed.restored(&part);
        let (there, kept) = (named(&restored), update.removed.names());
        let kept: BTreeSet<_> = kept.map(|(kind, name)| (kind, name.to_owned())).collect();
        let all: BTreeSet<_> = there.union(&kept).cloned().collect();
        prop_assert!(all.is_superset(&named(&whole)), "{}", to_json(&update.removed));
        // what went together goes together, but for pairs of what is still there
        let lost: Vec<_> = in_effect(&whole).difference(&in_effect(&restored)).cloned().collect();
        let types = names::resource_types(&part);
        let keys = names::condition_keys(&part);
        for (action, resource_type, key) in lost {
            let there = part.actions.contains_key(&action)
                && (resource_type.is_empty() || types.contains(resource_type.as_str()))
                && (key.is_empty() || keys.contains(key.as_str()));
            prop_assert!(there, "{action} {resource_type} {key} of {}", to_json(&update.removed));
        }
        // and each removed name has a day, each other none
        for (kind, name) in named(&whole) {
            let gone = update.removed.of(kind, &name).is_some();
            let lost_row = kind == Kind::ResourceType
                && whole.resource_types.contains_key(&name)
                && !part.resource_types.contains_key(&name);
            prop_assert_eq!(gone, lost_row || !named(&part).contains(&(kind, name)));
        }
    }

    #[test]
    fn what_comes_back_leaves_nothing((whole, part) in services()) {
        prop_assume!(names::assign(&whole).is_ok());
        let gone = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let back = update(&gone.removed, &part, &whole, &seen("2026-12-24", "0.1.3"));
        prop_assert_eq!(back, Update::default());
    }

    #[test]
    fn a_second_reading_changes_nothing_and_the_first_day_stays((whole, part) in services()) {
        prop_assume!(names::assign(&whole).is_ok());
        let once = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let twice = update(&once.removed, &part, &part, &seen("2026-12-24", "0.2.0"));
        prop_assert_eq!(&twice.removed, &once.removed);
        prop_assert!(twice.added.is_empty() && twice.expired.is_empty());
        let later = update(&once.removed, &part, &part, &seen("2027-01-01", "0.3.0"));
        prop_assert!(later.removed.is_empty());
        prop_assert_eq!(later.expired.len(), once.removed.len());
    }

    #[test]
    fn step_by_step_keeps_what_one_step_keeps((whole, part) in services(), keep in proptest::collection::vec(any::<bool>(), 1..40)) {
        prop_assume!(names::assign(&whole).is_ok());
        let less = self::part(&part, &keep);
        let first = update(&Removed::default(), &whole, &part, &seen("2026-11-22", "0.1.0"));
        let second = update(&first.removed, &part, &less, &seen("2026-12-24", "0.1.0"));
        let at_once = update(&Removed::default(), &whole, &less, &seen("2026-11-22", "0.1.0"));
        let names = |removed: &Removed| -> BTreeSet<(Kind, String)> {
            removed.names().map(|(kind, name)| (kind, name.to_owned())).collect()
        };
        prop_assert_eq!(names(&second.removed), names(&at_once.removed));
        let second = in_effect(&second.removed.restored(&less));
        let at_once = in_effect(&at_once.removed.restored(&less));
        // a pair that an earlier step cost is lost to the later one
        prop_assert!(at_once.is_superset(&second));
    }

    #[test]
    fn what_is_kept_reads_back_and_is_emitted((whole, part) in services()) {
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

fn orchard() -> Service {
    normal::service(&sample::current_orchard())
}

#[test]
fn a_name_that_only_an_action_mentions_is_kept_too() {
    let (old, mut new) = (orchard(), orchard());
    let share = new.actions.get_mut("Share-Harvest").expect("an action");
    share.resources.clear();
    share.condition_keys.clear();
    let update = update(
        &Removed::default(),
        &old,
        &new,
        &seen("2026-11-22", "0.1.0"),
    );
    let names: Vec<_> = update.removed.names().collect();
    assert_eq!(
        names,
        [
            (Kind::ResourceType, "unlisted_basket"),
            (Kind::ConditionKey, "orchard:Unlisted"),
            (Kind::ConditionKey, "saml:aud"),
        ]
    );
    let files = support::emit_keeping(&new, &update.removed, support::Layout::Current).unwrap();
    let all: String = files.iter().map(|file| file.text.as_str()).collect();
    for kept in [
        "UnlistedBasket,",
        "pub const SAML_AUD:",
        "pub enum Unlisted {}",
    ] {
        assert!(all.contains(kept), "{kept}");
    }
}

#[test]
fn a_type_that_lost_its_row_alone_keeps_its_builder() {
    let (old, mut new) = (orchard(), orchard());
    new.resource_types.remove("tree");
    let update = update(
        &Removed::default(),
        &old,
        &new,
        &seen("2026-11-22", "0.1.0"),
    );
    let names: Vec<_> = update.removed.names().collect();
    assert_eq!(names, [(Kind::ResourceType, "tree")]);
    let files = support::emit_keeping(&new, &update.removed, support::Layout::Current).unwrap();
    let text = |name: &str| {
        let mut files = files.iter();
        let file = files.find(|file| file.path.ends_with(name)).expect(name);
        file.text.as_str()
    };
    let (before, _) = text("/arn.rs")
        .split_once("pub struct Tree {")
        .expect("a builder");
    assert!(
        before.ends_with("#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n")
            && before.contains("#[deprecated(")
    );
    // actions still name the type itself, without its ARN
    assert!(!text("/resource_type.rs").contains("deprecated"));
    assert!(text("/resource_type.rs").contains("name: \"tree\",\n        arn_format: None,"));
    assert!(text("/on.rs").contains("for arn::Tree"));
    // once they do so no longer, the first day stays, and the row
    let mut less = new.clone();
    for action in less.actions.values_mut() {
        action.resources.retain(|it| it.resource_type != "tree");
        action.scenarios.clear();
    }
    let later = self::update(&update.removed, &new, &less, &seen("2026-12-24", "0.1.0"));
    let tree = later.removed.resource_types.get("tree");
    assert_eq!(tree, update.removed.resource_types.get("tree"));
    let files = support::emit_keeping(&less, &later.removed, support::Layout::Current).unwrap();
    let types = files
        .iter()
        .find(|file| file.path.ends_with("/resource_type.rs"));
    assert!(types.is_some_and(|file| file.text.contains("#[deprecated(")));
}

#[test]
fn a_key_stays_in_effect_where_it_was_and_a_type_with_what_it_went_with() {
    let (old, mut new) = (orchard(), orchard());
    let plant = new.actions.get_mut("PlantTree").expect("an action");
    plant
        .resources
        .retain(|it| it.resource_type != "fruit tree");
    for resource in &mut plant.resources {
        resource
            .condition_keys
            .retain(|key| key != "orchard:Variety");
    }
    new.resource_types.remove("fruit tree");
    new.condition_keys.remove("orchard:Variety");
    let update = update(
        &Removed::default(),
        &old,
        &new,
        &seen("2026-11-22", "0.1.0"),
    );
    let restored = update.removed.restored(&new);
    assert_eq!(in_effect(&restored), in_effect(&old));
    assert_eq!(restored.resource_types, old.resource_types);
    // but the facts of today tell nothing of either
    assert_eq!(update.removed.listed(&new).actions, new.actions);
}

#[test]
fn a_name_that_takes_anothers_identifier_is_refused() {
    let (old, mut new) = (orchard(), orchard());
    let tree = new.resource_types.remove("fruit tree").expect("a type");
    new.resource_types.insert("fruit-tree".to_owned(), tree);
    for resource in new.actions.values_mut().flat_map(|it| &mut it.resources) {
        if resource.resource_type == "fruit tree" {
            "fruit-tree".clone_into(&mut resource.resource_type);
        }
    }
    new.actions.remove("GetRow");
    let today = seen("2026-11-22", "0.1.0");
    let update = update(&Removed::default(), &old, &new, &today);
    // the other one is kept all the same
    assert_eq!(update.added, [(Kind::Action, "GetRow".to_owned())]);
    let refused: Vec<_> = update.refused.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(refused, ["fruit tree"]);
}

#[test]
fn replacements_are_guessed_said_by_hand_and_forgotten_with_the_name() {
    let (old, mut new) = (orchard(), orchard());
    new.actions.remove("GetRow");
    new.actions.remove("listTrees");
    let today = seen("2026-11-22", "0.1.0");
    let of = |from: &str, to: &str| ((Kind::Action, from.to_owned()), to.to_owned());
    let guesses = Replacements::from([of("GetRow", "GraftTree"), of("listTrees", "NoSuchAction")]);
    let said = |removed: &Removed, name: &str| removed.actions[name].replaced_by.clone();
    let first = Removed::default();
    let mut first = first.update(&old, &new, &today, &guesses).unwrap().removed;
    assert_eq!(said(&first, "GetRow").as_deref(), Some("GraftTree"));
    assert_eq!(said(&first, "listTrees"), None);
    let by_hand = first.actions.get_mut("GetRow").expect("an entry");
    by_hand.replaced_by = Some("PlantTree".to_owned());
    let again = first.update(&new, &new, &today, &guesses).unwrap().removed;
    assert_eq!(said(&again, "GetRow").as_deref(), Some("PlantTree"));
    // a replacement that goes too is kept itself, and says what replaces it
    let mut less = new.clone();
    less.actions.remove("PlantTree");
    let later = again.update(&new, &less, &today, &guesses).unwrap().removed;
    assert_eq!(said(&later, "GetRow").as_deref(), Some("PlantTree"));
    assert!(later.actions.contains_key("PlantTree"));
}

#[test]
fn a_date_that_is_none_is_refused() {
    let text =
        r#"{"operations": {"Water": {"last": [], "removed": "2026-02-30", "version": "0.1.0"}}}"#;
    assert!(serde_json::from_str::<Removed>(text).is_err());
    let text = text.replace("02-30", "02-28");
    let removed: Removed = serde_json::from_str(&text).expect("JSON");
    let day = NaiveDate::from_ymd_opt(2026, 2, 28);
    assert_eq!(
        removed.of(Kind::Operation, "Water").map(|it| it.removed),
        day
    );
    let text = text.replace("0.1.0", "1");
    assert!(serde_json::from_str::<Removed>(&text).is_err());
}
