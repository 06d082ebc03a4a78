//! Prepared policies decide as the others do, with the same statement.

use iam_policy::decide::{Caller, Outcome, Policies, Request};
use iam_policy::document::Document;
use serde_json::{Value, json};

/// Returns statements with all combinations of forms of actions and resources.
fn statements() -> Vec<Value> {
    let actions = [
        json!({"Action": "a:Get"}),
        json!({"Action": ["A:get", "a:G*", "b:Get"]}),
        json!({"Action": ["a:*", "b:Put"]}),
        json!({"Action": "*"}),
        json!({"Action": "*:Get"}),
        json!({"NotAction": ["a:Put", "b:*"]}),
        json!({"Action": "a:Put", "NotAction": "b:Get"}),
        json!({}),
    ];
    let resources = [
        json!({"Resource": "*"}),
        json!({"Resource": "arn:aws:a:r:111122223333:thing/one"}),
        json!({"Resource": ["arn:aws:a:*:*:thing/t*", "arn:aws:a:r:111122223333:x"]}),
        json!({"Resource": "arn:aws:a:*:*:${aws:username}"}),
        json!({"Resource": "thing/*"}),
        json!({"NotResource": "arn:aws:a:r:111122223333:thing/one"}),
        json!({"Resource": []}),
    ];
    let mut all = Vec::new();
    for action in &actions {
        for resource in &resources {
            for effect in ["Allow", "Deny"] {
                let mut statement = json!({"Effect": effect});
                for (key, value) in [action, resource]
                    .into_iter()
                    .flat_map(|it| it.as_object().unwrap())
                {
                    statement[key] = value.clone();
                }
                all.push(statement);
            }
        }
    }
    all
}

#[test]
fn prepared_policies_decide_alike() {
    let caller: Caller = "arn:aws:iam::111122223333:user/me".parse().unwrap();
    let mut requests = Vec::new();
    for action in ["a:Get", "A:GET", "a:Put", "b:Get", "b:Put", "c:Get"] {
        for name in ["thing/one", "thing/two", "thing/", "x", "me", ""] {
            let arn = format!("arn:aws:a:r:111122223333:{name}");
            requests.push(Request::of(caller.clone(), action, &arn).unwrap());
        }
        requests.push(Request::of(caller.clone(), action, "*").unwrap());
    }
    let statements = statements();
    let mut outcomes = Vec::new();
    // statements far from each other stand together, and each stands at several places
    for (size, step) in [(1, 1), (4, 13), (9, 41), (30, 55)] {
        for start in 0..statements.len() {
            let chosen = (0..size).map(|at| &statements[(start + at * step) % statements.len()]);
            let policy = json!({"Version": "2012-10-17", "Statement": chosen.collect::<Vec<_>>()});
            let policy = Document::from_json(&policy.to_string()).unwrap();
            let policies = Policies::new().identity(policy);
            let prepared = policies.prepare();
            for request in &requests {
                let (one, other) = (policies.decide(request), prepared.decide(request));
                assert_eq!(one.outcome(), other.outcome(), "{one}");
                assert_eq!(
                    one.deciding_statement(),
                    other.deciding_statement(),
                    "{one}"
                );
                outcomes.push(one.outcome());
            }
        }
    }
    for outcome in [
        Outcome::Allowed,
        Outcome::ExplicitlyDenied,
        Outcome::ImplicitlyDenied,
        Outcome::Undecided,
    ] {
        assert!(
            outcomes.iter().filter(|it| **it == outcome).count() > 100,
            "{outcome}"
        );
    }
}
