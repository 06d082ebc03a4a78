//! What is kept of an orchard that lost something.

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
    for kept in ["    UnlistedBasket {", "const SAML_AUD:", "    Unlisted {"] {
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
    // the builder is deprecated; the type, which actions still name without its ARN, is not
    let types = text("/resource_types.rs");
    let (before, tree) = types.split_once("    Tree {").expect("a type");
    assert!(before.ends_with("-resource-tree>)\n"), "{before}");
    let (tree, _) = tree.split_once("},\n").expect("an entry");
    assert!(
        tree.contains("#[deprecated(") && tree.contains("arn lost"),
        "{tree}"
    );
    assert!(text("/on.rs").contains("for arn::Tree"));
    // once they do so no longer, the first day stays, and the row
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
    let (first, none) = (Removed::default(), Overlay::default());
    let mut first = first
        .update(&old, &new, &none, &today, &guesses)
        .unwrap()
        .removed;
    assert_eq!(said(&first, "GetRow").as_deref(), Some("GraftTree"));
    assert_eq!(said(&first, "listTrees"), None);
    let by_hand = first.actions.get_mut("GetRow").expect("an entry");
    by_hand.replaced_by = Some("PlantTree".to_owned());
    let again = first
        .update(&new, &new, &none, &today, &guesses)
        .unwrap()
        .removed;
    assert_eq!(said(&again, "GetRow").as_deref(), Some("PlantTree"));
    // a replacement that goes too is kept itself, and says what replaces it
    let mut less = new.clone();
    less.actions.remove("PlantTree");
    let later = again
        .update(&new, &less, &none, &today, &guesses)
        .unwrap()
        .removed;
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
    let day = Date::new(2026, 2, 28).ok();
    assert_eq!(
        removed.of(Kind::Operation, "Water").map(|it| it.removed),
        day
    );
    let text = text.replace("0.1.0", "1");
    assert!(serde_json::from_str::<Removed>(&text).is_err());
}
