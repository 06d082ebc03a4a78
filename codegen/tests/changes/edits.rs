//! Random edits of a service's facts, for two states that have most facts in common.

use iam_policy::wire::{AccessLevel, ActionFacts, Facts, Use};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A small edit of facts.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    RemoveAction(Index),
    CopyAction(Index, String),
    FlipLevel(Index, AccessLevel),
    FlipPermissionOnly(Index),
    ClearUses(Index),
    DropUse(Index, Index),
    FlipRequired(Index, Index),
    DropKeys(Index, Index),
    UseTypeOf(Index, Index, Index),
    AddKey(Index, Index, String),
    Unlink(Index),
    DropScenarios(Index),
    RemoveType(Index),
    ChangeArn(Index),
    DropTypeKeys(Index),
    RemoveKey(Index),
    RetypeKey(Index),
    DropOperation(Index),
    DropNeed(Index, Index),
    NoOperations,
    Rename,
}

/// Returns a strategy of up to five edits.
pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let i = any::<Index>;
    let edit = prop_oneof![
        i().prop_map(Edit::RemoveAction),
        (i(), "[A-Z][a-z]{1,5}").prop_map(|(of, name)| Edit::CopyAction(of, name)),
        (i(), select(AccessLevel::ALL.to_vec())).prop_map(|(of, level)| Edit::FlipLevel(of, level)),
        i().prop_map(Edit::FlipPermissionOnly),
        i().prop_map(Edit::ClearUses),
        (i(), i()).prop_map(|(of, row)| Edit::DropUse(of, row)),
        (i(), i()).prop_map(|(of, row)| Edit::FlipRequired(of, row)),
        (i(), i()).prop_map(|(of, row)| Edit::DropKeys(of, row)),
        (i(), i(), i()).prop_map(|(of, from, row)| Edit::UseTypeOf(of, from, row)),
        (i(), i(), "orchard:[A-C]").prop_map(|(of, row, key)| Edit::AddKey(of, row, key)),
        i().prop_map(Edit::Unlink),
        i().prop_map(Edit::DropScenarios),
        i().prop_map(Edit::RemoveType),
        i().prop_map(Edit::ChangeArn),
        i().prop_map(Edit::DropTypeKeys),
        i().prop_map(Edit::RemoveKey),
        i().prop_map(Edit::RetypeKey),
        i().prop_map(Edit::DropOperation),
        (i(), i()).prop_map(|(of, row)| Edit::DropNeed(of, row)),
        Just(Edit::NoOperations),
        Just(Edit::Rename),
    ];
    proptest::collection::vec(edit, 0..6)
}

pub(crate) fn edited(facts: &Facts, edits: &[Edit]) -> Facts {
    let mut facts = facts.clone();
    for edit in edits {
        apply(edit, &mut facts);
    }
    facts
}

fn apply(edit: &Edit, facts: &mut Facts) {
    match edit {
        Edit::RemoveAction(of) => {
            if let Some(name) = pick(facts.actions.keys(), of) {
                facts.actions.remove(&name);
            }
        }
        Edit::CopyAction(of, name) => {
            if let Some(from) = pick(facts.actions.values(), of) {
                facts.actions.insert(name.clone(), from);
            }
        }
        Edit::FlipLevel(of, level) => with_action(facts, of, |action| {
            if !action.access_levels.remove(level) {
                action.access_levels.insert(*level);
            }
        }),
        Edit::FlipPermissionOnly(of) => {
            with_action(facts, of, |action| action.permission_only ^= true);
        }
        Edit::ClearUses(of) => with_action(facts, of, |action| action.uses.clear()),
        Edit::DropUse(of, row) => with_action(facts, of, |action| {
            if !action.uses.is_empty() {
                action.uses.remove(row.index(action.uses.len()));
            }
        }),
        Edit::FlipRequired(of, row) => with_use(facts, of, row, |used| {
            used.required = used.required.map(|required| !required);
        }),
        Edit::DropKeys(of, row) => with_use(facts, of, row, |used| used.condition_keys.clear()),
        Edit::UseTypeOf(of, from, row) => {
            if let Some(other) = pick(facts.actions.values(), from)
                && let Some(used) = pick(other.uses.iter(), row)
            {
                with_action(facts, of, |action| action.uses.push(used));
            }
        }
        Edit::AddKey(of, row, key) => {
            with_use(facts, of, row, |used| used.condition_keys.push(key.clone()));
        }
        Edit::Unlink(of) => with_action(facts, of, |action| action.api = None),
        Edit::DropScenarios(of) => with_action(facts, of, |action| action.scenarios.clear()),
        _ => apply_to_tables(edit, facts),
    }
}

fn apply_to_tables(edit: &Edit, facts: &mut Facts) {
    match edit {
        Edit::RemoveType(of) => {
            if let Some(name) = pick(facts.resource_types.keys(), of) {
                facts.resource_types.remove(&name);
            }
        }
        Edit::ChangeArn(of) => {
            if let Some(name) = pick(facts.resource_types.keys(), of) {
                facts
                    .resource_types
                    .entry(name)
                    .and_modify(|row| row.arn.push_str("/${Leaf}"));
            }
        }
        Edit::DropTypeKeys(of) => {
            if let Some(name) = pick(facts.resource_types.keys(), of) {
                facts
                    .resource_types
                    .entry(name)
                    .and_modify(|row| row.condition_keys.clear());
            }
        }
        Edit::RemoveKey(of) => {
            if let Some(name) = pick(facts.condition_keys.keys(), of) {
                facts.condition_keys.remove(&name);
            }
        }
        Edit::RetypeKey(of) => {
            if let Some(name) = pick(facts.condition_keys.keys(), of) {
                let to = "ArrayOfBool".to_owned();
                facts
                    .condition_keys
                    .entry(name)
                    .and_modify(|row| row.value_type = to);
            }
        }
        Edit::DropOperation(of) if !facts.operations.is_empty() => {
            facts.operations.remove(of.index(facts.operations.len()));
        }
        Edit::DropNeed(of, row) => {
            let count = facts.operations.len();
            if count > 0 {
                let needs = &mut facts.operations[of.index(count)].actions;
                if !needs.is_empty() {
                    needs.remove(row.index(needs.len()));
                }
            }
        }
        Edit::NoOperations => facts.operations.clear(),
        Edit::Rename => facts.service.push_str(" Two"),
        _ => {}
    }
}

fn pick<'a, T: Clone + 'a>(from: impl Iterator<Item = &'a T>, index: &Index) -> Option<T> {
    let all: Vec<_> = from.collect();
    (!all.is_empty()).then(|| (*index.get(&all)).clone())
}

fn with_action(facts: &mut Facts, of: &Index, edit: impl FnOnce(&mut ActionFacts)) {
    let mut actions: Vec<_> = facts.actions.values_mut().collect();
    if !actions.is_empty() {
        let index = of.index(actions.len());
        edit(actions[index]);
    }
}

fn with_use(facts: &mut Facts, of: &Index, row: &Index, edit: impl FnOnce(&mut Use)) {
    with_action(facts, of, |action| {
        if !action.uses.is_empty() {
            edit(row.get_mut(action.uses.as_mut_slice()));
        }
    });
}
