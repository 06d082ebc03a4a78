//! A partial request is undecided exactly if its completions are decided differently.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::decide::{Need, Outcome, Policies, Prepared, Request};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;

use crate::laws::{read_policies, read_request};
use crate::universe::{self, Size, USER_ID};

/// The values that a key can have in a completion: none if it is absent.
type Pool = Vec<Vec<String>>;

/// A condition key or a variable of the policies, in lower case, with the values that complete it.
type Pools = BTreeMap<String, Pool>;

/// Calls a function with each text in a value, and the key of the condition in which it is a value.
fn each_text(value: &mut Value, call: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => call(text),
        Value::Array(list) => list.iter_mut().for_each(|it| each_text(it, call)),
        Value::Object(members) => members.values_mut().for_each(|it| each_text(it, call)),
        _ => {}
    }
}

fn each_condition(
    value: &mut Value,
    call: &mut impl FnMut(&str, &mut serde_json::Map<String, Value>),
) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|it| each_condition(it, call)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::Object(operators) if name == "Condition" => {
                        for (operator, keys) in operators {
                            call(operator, keys.as_object_mut().unwrap());
                        }
                    }
                    _ => each_condition(member, call),
                }
            }
        }
        _ => {}
    }
}

/// Makes each key stand once, by a number at its end.
fn make_keys_unique(policies: &mut Value) {
    let mut count = 0;
    let mut number = || {
        count += 1;
        format!("-{count}")
    };
    each_condition(policies, &mut |_, keys| {
        *keys = std::mem::take(keys)
            .into_iter()
            .map(|(key, values)| (key + &number(), values))
            .collect();
    });
    let mut has_id = false;
    each_text(policies, &mut |text| {
        if let Some(at) = text.find("${t:") {
            let end = at + "${t:text0".len();
            text.insert_str(end, &number());
        }
        if text == USER_ID && std::mem::replace(&mut has_id, true) {
            *text = "333333333333".to_owned();
        }
    });
}

/// Returns the keys of the policies that a request does not state.
fn unstated(policies: &mut Value, request: &Value) -> Pools {
    let mut pools = Pools::new();
    // `x` is of no type but text
    let single = |key: &str| -> Pool {
        let values = universe::values_of(key).iter().chain(&["x"]);
        values
            .map(|it| vec![(*it).to_owned()])
            .chain([vec![]])
            .collect()
    };
    let caller = request["principal"].as_str().unwrap_or_default();
    let has_id = caller.contains('/');
    each_condition(policies, &mut |operator, keys| {
        for (key, texts) in keys {
            let key = key.to_lowercase();
            let mut values = single(&key);
            // without variables, `${` is text
            each_text(texts, &mut |text| values.push(vec![text.clone()]));
            if operator.starts_with("For") {
                let all: Vec<_> = values.iter().flatten().cloned().collect();
                values.push(vec![all[0].clone(), all[1].clone()]);
                values.push(vec![all[1].clone(), all[all.len() - 1].clone()]);
            }
            pools.entry(key).or_default().extend(values);
        }
    });
    each_text(policies, &mut |text| {
        if let Some(at) = text.find("${t:") {
            let key = text[at + 2..].split([',', '}']).next().unwrap();
            let values = ["a", "b", "app"].map(|it| vec![it.to_owned()]);
            pools
                .entry(key.to_owned())
                .or_default()
                .extend(values.into_iter().chain([vec![]]));
        }
        // that of other callers follows from who they are
        if text == USER_ID && has_id {
            pools.insert("aws:userid".to_owned(), single("aws:userid"));
        }
    });
    for pool in pools.values_mut() {
        let values: BTreeSet<_> = std::mem::take(pool).into_iter().collect();
        *pool = values.into_iter().collect();
    }
    let stated = request["context"].as_object().unwrap();
    pools.retain(|key, _| !stated.contains_key(key));
    pools
}

/// The most completions that are decided for a request, to find two that differ, and to see that all agree.
const MOST: usize = 8000;
const SAMPLE: usize = 400;

/// Returns the completion with a number, in the mixed radix of the pools.
fn completion(request: &Request, pools: &Pools, mut number: usize) -> Request {
    pools.iter().fold(request.clone(), |request, (key, pool)| {
        let values = &pool[number % pool.len()];
        number /= pool.len();
        match values.is_empty() {
            true => request.without(key),
            false => request.key(key, values),
        }
    })
}

/// Returns the outcomes of the completions, and whether all of them were decided. Stops at the second
/// outcome if only the difference matters.
fn outcomes(
    policies: &Prepared<'_>,
    request: &Request,
    pools: &Pools,
    only_difference: bool,
) -> (BTreeSet<&'static str>, bool) {
    let total: usize = pools.values().map(Vec::len).product();
    let mut found = BTreeSet::new();
    // an odd step visits numbers that differ in all digits first
    let step = (0..)
        .map(|at| total * 5 / 8 + at)
        .find(|step| gcd(*step, total) == 1)
        .unwrap();
    let most = if only_difference { MOST } else { SAMPLE };
    for at in 0..total.min(most) {
        let outcome = policies
            .decide(&completion(request, pools, at.wrapping_mul(step) % total))
            .outcome();
        // a value of another type, of which AWS documents no result, differs from the others
        if outcome != Outcome::Undecided || only_difference {
            found.insert(outcome.as_str());
        }
        if only_difference && found.len() > 1 {
            return (found, true);
        }
    }
    (found, total <= most)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Returns whether all that is missing are keys.
fn is_modelled(policies: &Policies, request: &Request) -> bool {
    let needs = policies.decide(request).explain().needs;
    needs.iter().all(|need| matches!(need, Need::Key { .. }))
}

const SIZE: Size = Size {
    statements: 2,
    conditions: 2,
    layers: 0.2,
};

const SMALL: Size = Size {
    statements: 1,
    conditions: 2,
    layers: 0.15,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_decided_partial_request_is_decided_so_in_all_completions(
        mut policies in universe::policies(SIZE),
        request in universe::request(),
    ) {
        let pools = unstated(&mut policies, &request);
        let (policies, request) = (read_policies(&policies), read_request(&request, true));
        let prepared = policies.prepare();
        let decision = prepared.decide(&request);
        if decision.outcome() != Outcome::Undecided {
            let (found, _) = outcomes(&prepared, &request, &pools, false);
            let expected = BTreeSet::from([decision.outcome().as_str()]);
            prop_assert!(found.is_subset(&expected), "{:?}, but {}", found, decision);
        }
    }

    #[test]
    fn an_undecided_request_has_completions_that_differ_if_no_key_is_tested_twice(
        mut policies in universe::policies(SMALL),
        request in universe::request(),
    ) {
        make_keys_unique(&mut policies);
        let pools = unstated(&mut policies, &request);
        let (policies, request) = (read_policies(&policies), read_request(&request, true));
        let prepared = policies.prepare();
        let decision = prepared.decide(&request);
        if decision.outcome() == Outcome::Undecided && is_modelled(&policies, &request) {
            let (found, is_complete) = outcomes(&prepared, &request, &pools, true);
            prop_assert!(found.len() == 2 || !is_complete, "{:?}: {}", found, decision);
        }
    }
}

/// Where keys stand in several conditions, some requests are undecided although all completions agree.
#[test]
fn few_requests_are_undecided_without_need() {
    let mut runner = TestRunner::new(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    });
    let all = (universe::policies(SMALL), universe::request());
    let (mut undecided, mut needless) = (0, 0);
    for _ in 0..1500 {
        let (mut policies, request) = all.new_tree(&mut runner).unwrap().current();
        let pools = unstated(&mut policies, &request);
        let (policies, request) = (read_policies(&policies), read_request(&request, true));
        let prepared = policies.prepare();
        let is_undecided = prepared.decide(&request).outcome() == Outcome::Undecided;
        if is_undecided && is_modelled(&policies, &request) {
            let (found, is_complete) = outcomes(&prepared, &request, &pools, true);
            undecided += usize::from(is_complete);
            needless += usize::from(is_complete && found.len() < 2);
        }
    }
    println!("{needless} of {undecided} undecided requests have only completions that agree");
    assert!(
        undecided > 50 && needless * 20 < undecided,
        "{needless} of {undecided}"
    );
}
