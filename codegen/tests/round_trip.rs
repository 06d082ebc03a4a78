//! Round trips: facts that are rendered as a page in any layout and form are read back unchanged.

#[path = "support/strategy.rs"]
mod strategy;
mod support;

use iam_policy::wire::{self, AccessLevel, Facts, Use};
use proptest::prelude::*;
use support::{Form, Layout, Noise, Style, render, sample};

fn reads_back(facts: &Facts, style: Style) -> Result<(), TestCaseError> {
    let text = render(facts, &style);
    match support::read(&facts.page, style.form, &text) {
        Ok(read) => prop_assert_eq!(&read, facts, "{:?}:\n{}", style, text),
        Err(error) => prop_assert!(false, "{error}\n{style:?}:\n{text}"),
    }
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 96,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pages_of_the_current_layout_round_trip(
        facts in strategy::current_facts(),
        seed in any::<u64>(),
    ) {
        for form in [Form::Served, Form::Saved, Form::Markdown] {
            reads_back(&facts, Style::english(Layout::Current, form).seeded(seed))?;
        }
    }

    #[test]
    fn pages_of_the_classic_layout_round_trip(
        facts in strategy::classic_facts(),
        seed in any::<u64>(),
    ) {
        for form in [Form::Served, Form::Saved] {
            reads_back(&facts, Style::english(Layout::Classic, form).seeded(seed))?;
        }
    }

    #[test]
    fn facts_that_plain_text_can_state_round_trip(facts in strategy::classic_facts(), seed in any::<u64>()) {
        let style = Style::english(Layout::Classic, Form::Text).seeded(seed);
        reads_back(&support::statable(&facts), style)?;
    }

    #[test]
    fn facts_round_trip_as_json(facts in strategy::current_facts()) {
        let json = iam_policy::wire::to_json(&facts);
        let read: Facts = serde_json::from_str(&json).expect("facts as JSON");
        prop_assert_eq!(read, facts);
    }

    #[test]
    fn the_layout_does_not_affect_the_normal_form(
        facts in strategy::classic_facts(),
    ) {
        let moved = moved(&facts);
        let (mut before, mut after) = (wire::normal_form(&facts), wire::normal_form(&moved));
        after.operations.clear();
        before.operations.clear();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn the_order_of_rows_does_not_affect_the_normal_form(
        facts in strategy::current_facts(),
        seed in 1..u64::MAX,
    ) {
        let mut shuffled = facts.clone();
        let mut noise = Noise::new(seed);
        for action in shuffled.actions.values_mut() {
            noise.shuffle(&mut action.uses);
            for used in &mut action.uses {
                noise.shuffle(&mut used.condition_keys);
            }
        }
        prop_assert_eq!(wire::normal_form(&facts), wire::normal_form(&shuffled));
    }
}

/// Converts classic facts to the current layout: every row lists all keys in effect, rows without a
/// resource type are dropped if there are others, and dependent actions become actions that the
/// operation needs.
fn moved(facts: &Facts) -> Facts {
    let mut moved = facts.clone();
    for (name, action) in &mut moved.actions {
        let dependents = action
            .uses
            .iter()
            .flat_map(|used| &used.dependent_actions)
            .filter(|needed| needed.split(':').next() != Some(facts.prefix.as_str()));
        let dependents: Vec<_> = dependents.map(String::as_str).collect();
        moved
            .operations
            .push(sample::operation(name, None, &dependents));
        let named = action.uses.iter().any(|used| used.resource_type.is_some());
        let alone: Vec<_> = action
            .uses
            .iter()
            .filter(|used| used.resource_type.is_none())
            .flat_map(|used| used.condition_keys.clone())
            .collect();
        let uses = action.uses.iter().filter_map(|used| {
            let own = match &used.resource_type {
                Some(name) => facts.resource_types.get(name),
                None if named => return None,
                None => None,
            };
            let own = own.map(|it| it.condition_keys.clone()).unwrap_or_default();
            Some(Use {
                condition_keys: [used.condition_keys.clone(), alone.clone(), own].concat(),
                dependent_actions: Vec::new(),
                ..used.clone()
            })
        });
        action.uses = uses.collect();
    }
    moved
}

#[test]
fn the_sample_orchard_round_trips_in_all_styles() {
    for style in support::ENGLISH_STYLES {
        let facts = match style.layout {
            Layout::Classic => sample::classic_orchard(),
            Layout::Current => sample::current_orchard(),
        };
        for seed in 0..40 {
            if let Err(error) = reads_back(&facts, style.seeded(seed)) {
                panic!("{error}");
            }
        }
    }
}

#[test]
fn all_forms_of_a_page_give_the_same_facts() {
    let facts = sample::plantation(40);
    let read = |form| {
        let text = render(&facts, &Style::english(Layout::Current, form));
        support::read(&facts.page, form, &text).expect("a page")
    };
    assert_eq!(read(Form::Served), facts);
    assert_eq!(read(Form::Saved), facts);
    assert_eq!(read(Form::Markdown), facts);
}

#[test]
fn names_with_the_same_anchor_are_distinguished() {
    let mut facts = sample::nothing("orchard");
    for name in ["a b", "ab"] {
        let arn = "arn:aws:orchard:::tree/${TreeId}";
        facts
            .resource_types
            .insert(name.to_owned(), sample::resource_type(arn, &[]));
    }
    // the anchor of `a_b` is also the same, but it has no row
    let uses = ["ab", "a b", "a_b"].map(|name| sample::on(name, true, &[]));
    facts.actions.insert(
        "Pick".to_owned(),
        sample::action(&[AccessLevel::Read], uses.to_vec()),
    );
    for style in support::ENGLISH_STYLES {
        if let Err(error) = reads_back(&facts, style) {
            panic!("{error}");
        }
    }
}

/// Returns the same facts in another order.
fn reordered(facts: &Facts, by: usize) -> Facts {
    fn turn<T>(list: &mut [T], by: usize) {
        if !list.is_empty() {
            let by = by % list.len();
            list.rotate_left(by);
        }
    }
    let mut facts = facts.clone();
    turn(&mut facts.operations, by);
    for action in facts.actions.values_mut() {
        turn(&mut action.uses, by);
        for used in &mut action.uses {
            turn(&mut used.condition_keys, by);
            turn(&mut used.dependent_actions, by);
        }
    }
    for resource_type in facts.resource_types.values_mut() {
        turn(&mut resource_type.condition_keys, by);
    }
    facts
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_output_does_not_depend_on_the_order_of_facts(
        facts in prop_oneof![strategy::current_facts(), strategy::classic_facts()],
        by in 1..20_usize,
    ) {
        // rows of the same operation and client stay in order, so they would differ
        let mut names = std::collections::BTreeSet::new();
        prop_assume!(facts.operations.iter().all(|it| names.insert((it.operation.clone(), it.sdk.clone()))));
        let bytes = |facts: &Facts| iam_policy::wire::to_json(&wire::normal_form(facts));
        prop_assert_eq!(bytes(&facts), bytes(&reordered(&facts, by)));
    }
}
