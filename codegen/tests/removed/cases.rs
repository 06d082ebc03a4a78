//! Removed names of a sample service.

use codegen::overlay::Kind;
use codegen::overlay::Overlay;
use codegen::removed::{Removed, Replacements};
use iam_policy::wire::{self, Service};
use jiff::civil::Date;

use super::support::{self, sample};
use super::{in_effect, seen, update};

fn orchard() -> Service {
    wire::normal_form(&sample::current_orchard())
}

#[test]
fn names_without_a_row_are_kept() {
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
    for kept in ["    UnlistedBasket {", "const SAML_AUD:", "    Unlisted {"] {
        assert!(all.contains(kept), "{kept}");
    }
}

#[test]
fn resource_types_that_lose_only_their_row_keep_their_builder() {
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
    // the builder is deprecated, but not the type, which actions still name
    let types = text("/resource_types.rs");
    let (before, tree) = types.split_once("    Tree {").expect("a type");
    assert!(before.ends_with("-resource-tree>)\n"), "{before}");
    let (tree, _) = tree.split_once("},\n").expect("an entry");
    assert!(
        tree.contains("#[deprecated(") && tree.contains("arn lost"),
        "{tree}"
    );
    assert!(text("/on.rs").contains("for arn::Tree"));
    // when actions no longer name the type either, its entry keeps the first day and the row
    let mut less = new.clone();
    for action in less.actions.values_mut() {
        action.resources.retain(|it| it.resource_type != "tree");
        action.scenarios.clear();
    }
    let later = super::update(&update.removed, &new, &less, &seen("2026-12-24", "0.1.0"));
    let tree = later.removed.resource_types.get("tree");
    assert_eq!(tree, update.removed.resource_types.get("tree"));
    let files = support::emit_keeping(&less, &later.removed, support::Layout::Current).unwrap();
    let types = files
        .iter()
        .find(|file| file.path.ends_with("/resource_types.rs"));
    assert!(types.is_some_and(|file| file.text.contains("#[deprecated(")));
}

#[test]
fn removed_keys_and_types_keep_their_actions() {
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
    // the current actions do not mention the removed key and type
    assert_eq!(update.removed.listed(&new).actions, new.actions);
}

#[test]
fn removed_names_keep_their_identifiers() {
    let (old, mut new) = (orchard(), orchard());
    let tree = new.resource_types.remove("fruit tree").expect("a type");
    new.resource_types.insert("fruit-tree".to_owned(), tree);
    for resource in new.actions.values_mut().flat_map(|it| &mut it.resources) {
        if resource.resource_type == "fruit tree" {
            "fruit-tree".clone_into(&mut resource.resource_type);
        }
    }
    // the same action in another case, which IAM ignores
    let row = new.actions.remove("GetRow").expect("an action");
    new.actions.insert("GetROW".to_owned(), row);
    let today = seen("2026-11-22", "0.1.0");
    let update = update(&Removed::default(), &old, &new, &today);
    let tree = "fruit tree".to_owned();
    assert_eq!(update.added, [(Kind::ResourceType, tree)]);
    let given = support::assign(&old).expect("identifiers");
    let assigned = update
        .removed
        .assign_names(&given, &new, &Overlay::default());
    let names = assigned.expect("identifiers");
    assert_eq!(names.resource_types["fruit tree"], "FruitTree");
    assert_eq!(names.resource_types["fruit-tree"], "FruitTree2");
    assert_eq!(names.actions["GetROW"], "GetRow");
}

#[test]
fn replacements_by_hand_prevail_over_guesses() {
    let (old, mut new) = (orchard(), orchard());
    new.actions.remove("GetRow");
    new.actions.remove("listTrees");
    let today = seen("2026-11-22", "0.1.0");
    let of = |from: &str, to: &str| ((Kind::Action, from.to_owned()), to.to_owned());
    let guesses = Replacements::from([of("GetRow", "GraftTree"), of("listTrees", "NoSuchAction")]);
    let replacement = |removed: &Removed, name: &str| removed.actions[name].replaced_by.clone();
    let first = Removed::default();
    let mut first = first.update(&old, &new, &today, &guesses).removed;
    assert_eq!(replacement(&first, "GetRow").as_deref(), Some("GraftTree"));
    assert_eq!(replacement(&first, "listTrees"), None);
    let by_hand = first.actions.get_mut("GetRow").expect("an entry");
    by_hand.replaced_by = Some("PlantTree".to_owned());
    let again = first.update(&new, &new, &today, &guesses).removed;
    assert_eq!(replacement(&again, "GetRow").as_deref(), Some("PlantTree"));
    // a replacement that is removed later is kept as well, and stays the replacement
    let mut less = new.clone();
    less.actions.remove("PlantTree");
    let later = again.update(&new, &less, &today, &guesses).removed;
    assert_eq!(replacement(&later, "GetRow").as_deref(), Some("PlantTree"));
    assert!(later.actions.contains_key("PlantTree"));
}

#[test]
fn invalid_dates_and_versions_are_rejected() {
    let text =
        r#"{"operations": {"Water": {"last": [], "removed": "2026-02-30", "version": "0.1.0"}}}"#;
    assert!(serde_json::from_str::<Removed>(text).is_err());
    let text = text.replace("02-30", "02-28");
    let removed: Removed = serde_json::from_str(&text).expect("JSON");
    let day = Date::new(2026, 2, 28).ok();
    assert_eq!(
        removed.of(Kind::Operation, "Water").map(|it| it.removed),
        day
    );
    let text = text.replace("0.1.0", "1");
    assert!(serde_json::from_str::<Removed>(&text).is_err());
}
