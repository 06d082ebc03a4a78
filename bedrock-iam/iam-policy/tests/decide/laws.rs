//! Laws that decisions follow, for random policies and requests.

use iam_policy::decide::{Need, Outcome, Policies, Request};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;

use crate::universe::{self, Size};

const SIZE: Size = Size {
    statements: 3,
    conditions: 2,
    layers: 0.25,
};

pub(crate) fn read_policies(json: &Value) -> Policies {
    Policies::from_json(&json.to_string()).unwrap()
}

pub(crate) fn read_request(json: &Value, is_partial: bool) -> Request {
    let request = Request::from_json(&json.to_string()).unwrap();
    if is_partial {
        request.partial()
    } else {
        request
    }
}

pub(crate) fn outcome(policies: &Value, request: &Request) -> Outcome {
    read_policies(policies).decide(request).outcome()
}

/// Shuffles all lists in a value, by the numbers given.
fn shuffle(value: &mut Value, numbers: &mut impl Iterator<Item = Index>) {
    match value {
        Value::Array(list) => {
            for at in (1..list.len()).rev() {
                let other = numbers.next().map_or(0, |it| it.index(at + 1));
                list.swap(at, other);
            }
            list.iter_mut().for_each(|it| shuffle(it, numbers));
        }
        Value::Object(members) => members.values_mut().for_each(|it| shuffle(it, numbers)),
        _ => {}
    }
}

/// Returns the lists of statements of all policies, each with whether the statements have principals.
fn statements(policies: &mut Value) -> Vec<(bool, &mut Vec<Value>)> {
    fn collect<'v>(
        value: &'v mut Value,
        principals: bool,
        all: &mut Vec<(bool, &'v mut Vec<Value>)>,
    ) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|it| collect(it, principals, all)),
            Value::Object(document) => {
                let list = document.get_mut("Statement").and_then(Value::as_array_mut);
                all.push((principals, list.unwrap()));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    for (layer, value) in policies.as_object_mut().unwrap() {
        let principals = matches!(&**layer, "resource" | "rcp" | "vpc_endpoint");
        collect(value, principals, &mut all);
    }
    all
}

/// Adds a statement with an effect to one of the policies; returns whether there is one.
fn add(
    policies: &mut Value,
    at: Index,
    effect: &str,
    plain: &Value,
    with_principal: &Value,
) -> bool {
    let mut lists = statements(policies);
    if lists.is_empty() {
        return false;
    }
    let (principals, list) = at.get_mut(&mut lists);
    let mut statement = if *principals { with_principal } else { plain }.clone();
    statement["Effect"] = effect.into();
    list.push(statement);
    true
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_matter(
        policies in universe::policies(SIZE),
        request in universe::request(),
        partial: bool,
        numbers in prop::collection::vec(any::<Index>(), 40),
    ) {
        let request = read_request(&request, partial);
        let mut shuffled = policies.clone();
        shuffle(&mut shuffled, &mut numbers.into_iter());
        prop_assert_eq!(outcome(&policies, &request), outcome(&shuffled, &request));
    }

    #[test]
    fn an_allow_takes_no_access_away_and_a_deny_gives_none(
        policies in universe::policies(SIZE),
        request in universe::request(),
        partial: bool,
        plain in universe::statement(false, 1),
        with_principal in universe::statement(true, 1),
        at: Index,
    ) {
        use Outcome::{Allowed, ExplicitlyDenied, ImplicitlyDenied, Undecided};

        let request = read_request(&request, partial);
        let before = outcome(&policies, &request);
        for (effect, possible) in [
            ("Allow", match before {
                Allowed => &[Allowed][..],
                ExplicitlyDenied => &[ExplicitlyDenied],
                ImplicitlyDenied => &[ImplicitlyDenied, Undecided, Allowed],
                _ => &[Undecided, Allowed],
            }),
            ("Deny", match before {
                Allowed => &[Allowed, Undecided, ExplicitlyDenied][..],
                ExplicitlyDenied => &[ExplicitlyDenied],
                ImplicitlyDenied => &[ImplicitlyDenied, Undecided, ExplicitlyDenied],
                _ => &[Undecided, ExplicitlyDenied],
            }),
        ] {
            let mut more = policies.clone();
            if add(&mut more, at, effect, &plain, &with_principal) {
                let after = outcome(&more, &request);
                prop_assert!(possible.contains(&after), "{} became {} by {}", before, after, effect);
            }
        }
    }

    #[test]
    fn prepared_policies_and_explanations_decide_the_same(
        policies in universe::policies(SIZE),
        request in universe::request(),
        partial: bool,
    ) {
        let (policies, request) = (read_policies(&policies), read_request(&request, partial));
        let (decision, prepared) = (policies.decide(&request), policies.prepare());
        let again = prepared.decide(&request);
        prop_assert_eq!(decision.outcome(), again.outcome());
        prop_assert_eq!(decision.deciding_statement(), again.deciding_statement());
        let explained = decision.explain();
        prop_assert_eq!(explained.decision.outcome(), decision.outcome());
        let deciding = decision.deciding_statement().map(|place| explained.statement(place).unwrap());
        prop_assert_eq!(deciding.map(|it| it.matches), deciding.map(|_| Some(true)));
        match decision.outcome() {
            Outcome::ExplicitlyDenied => prop_assert!(deciding.is_some()),
            Outcome::ImplicitlyDenied => {
                prop_assert!(!explained.lacking.is_empty() || explained.reason.is_some());
            }
            Outcome::Undecided => prop_assert!(!explained.needs.is_empty()),
            _ => {}
        }
    }

    #[test]
    fn the_keys_that_an_undecided_request_needs_decide_it(
        policies in universe::policies(SIZE),
        request in universe::request(),
        values in prop::collection::vec(prop::option::of(any::<Index>()), 24),
    ) {
        let (policies, request) = (read_policies(&policies), read_request(&request, true));
        let explained = policies.decide(&request).explain();
        let mut stated = request.clone();
        for (need, value) in explained.needs.iter().zip(values.iter().cycle()) {
            let Need::Key { key, .. } = need else {
                return Ok(());
            };
            let lower = key.to_lowercase();
            stated = match value {
                None => stated.without(key),
                Some(at) => stated.key(key, [at.get(universe::values_of(&lower))]),
            };
        }
        let decision = policies.decide(&stated);
        prop_assert_ne!(decision.outcome(), Outcome::Undecided, "{}", decision);
    }
}

/// The laws would hold if nothing happened, so the requests have to have all outcomes, in many layers.
#[test]
fn the_universe_has_all_outcomes() {
    use proptest::strategy::{Strategy, ValueTree};

    let mut runner = TestRunner::new(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    });
    let all = (universe::policies(SIZE), universe::request(), any::<bool>());
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..1000 {
        let (policies, request, partial) = all.new_tree(&mut runner).unwrap().current();
        let outcome = outcome(&policies, &read_request(&request, partial));
        *counts.entry(outcome.as_str()).or_insert(0) += 1;
    }
    println!("{counts:?}");
    assert!(
        counts.len() == 4 && counts.values().all(|count| *count >= 40),
        "{counts:?}"
    );
}
