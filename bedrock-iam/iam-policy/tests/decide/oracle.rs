//! Another engine, iam-rs, decides the same where both know all.

use iam_policy::decide::Outcome;
use iam_rs::{
    Arn, Context, ContextValue, Decision, IAMPolicy, IAMRequest, Principal, PrincipalId,
    evaluate_policies,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::laws::{outcome, read_request};
use crate::universe;

const CALLER: &str = "arn:aws:iam::111111111111:user/a";

/// Returns the decision of iam-rs about identity-based policies; `None` if it refuses one of them.
fn theirs(documents: &[Value], request: &Value) -> Option<Outcome> {
    let policies = documents
        .iter()
        .map(|it| serde_json::from_value(it.clone()).ok());
    let policies: Vec<IAMPolicy> = policies.collect::<Option<_>>()?;
    let mut context = Context::new();
    context.insert("aws:username".into(), ContextValue::String("a".into()));
    for (key, value) in request["context"].as_object().unwrap() {
        if let Some(text) = value.as_str() {
            let value = match key {
                _ if key.starts_with("t:number") => ContextValue::Number(text.parse().unwrap()),
                _ if key.starts_with("t:flag") => ContextValue::Boolean(text == "true"),
                _ => ContextValue::String(text.to_owned()),
            };
            context.insert(key.clone(), value);
        }
    }
    let request = IAMRequest::new_with_context(
        Principal::Aws(PrincipalId::String(CALLER.to_owned())),
        request["action"].as_str()?,
        Arn::parse(request["resource"].as_str()?).ok()?,
        context,
    );
    Some(match evaluate_policies(&policies, &request).ok()? {
        Decision::Allow => Outcome::Allowed,
        Decision::Deny => Outcome::ExplicitlyDenied,
        Decision::NotApplicable => Outcome::ImplicitlyDenied,
    })
}

/// Returns a request for an object in the account of the caller.
fn of_object(context: Value) -> Value {
    json!({
        "principal": CALLER,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/a",
        "context": context,
    })
}

fn ours(documents: &[Value], request: &Value) -> Outcome {
    let policies = json!({ "identity": documents });
    outcome(&policies, &read_request(request, false))
}

/// A policy that both read differently.
struct Difference {
    /// Returns whether a policy is one of these.
    is_in: fn(&str) -> bool,
    condition: fn() -> Value,
    context: fn() -> Value,
    ours: Outcome,
    theirs: Outcome,
}

/// The differences, each with an example of an Allow. AWS documents our answers in
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
/// and <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>.
const DIFFERENCES: &[Difference] = &[
    // `ArnEquals` and `ArnLike` behave the same: wildcards in each of the six parts
    Difference {
        is_in: |text| text.contains("ArnEquals") || text.contains("ArnNotEquals"),
        condition: || json!({"ArnEquals": {"t:arn0": "arn:*:*:*:*:*"}}),
        context: || json!({"t:arn0": "arn:aws:a:::b"}),
        ours: Outcome::Allowed,
        theirs: Outcome::ImplicitlyDenied,
    },
    // several values of an operator are alternatives, for dates too
    Difference {
        is_in: |text| text.contains("\"Date") || text.contains(":Date"),
        condition: || json!({"DateGreaterThan": {"t:time0": ["1767225600", "2026-01-01T00:00:00.5Z"]}}),
        context: || json!({"t:time0": "2027-01-01"}),
        ours: Outcome::Allowed,
        theirs: Outcome::ImplicitlyDenied,
    },
    // `Null` accepts one of its values
    Difference {
        is_in: |text| text.contains("Null"),
        condition: || json!({"Null": {"t:any0": ["false", "true"]}}),
        context: || json!({}),
        ours: Outcome::Allowed,
        theirs: Outcome::ImplicitlyDenied,
    },
    // `${*}` is the character itself
    Difference {
        is_in: |text| text.contains("${*}"),
        condition: || json!({"ForAnyValue:StringEquals": {"t:text0": "x${*}"}}),
        context: || json!({"t:text0": "x*"}),
        ours: Outcome::Allowed,
        theirs: Outcome::ImplicitlyDenied,
    },
    // variables are replaced in each value of a list
    Difference {
        is_in: |text| text.contains("${t:"),
        condition: || json!({"StringEquals": {"t:text0": ["b", "${t:text1}"]}}),
        context: || json!({"t:text0": "a", "t:text1": "a"}),
        ours: Outcome::Allowed,
        theirs: Outcome::ImplicitlyDenied,
    },
];

#[test]
fn each_difference_is_one() {
    for (at, difference) in DIFFERENCES.iter().enumerate() {
        let condition = (difference.condition)();
        assert!((difference.is_in)(&condition.to_string()), "{condition}");
        let documents = [json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition,
        }]})];
        let request = of_object((difference.context)());
        let found = (ours(&documents, &request), theirs(&documents, &request));
        assert_eq!(
            found,
            (difference.ours, Some(difference.theirs)),
            "{at}: {condition}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_engine_decides_the_same(
        statements in prop::collection::vec(universe::statement(false, 2), 1..6),
        request in universe::request(),
    ) {
        let is_known = |statement: &Value| {
            let document = json!({"Version": "2012-10-17", "Statement": [statement]});
            let is_different = DIFFERENCES.iter().any(|it| (it.is_in)(&statement.to_string()));
            !is_different && theirs(&[document], &of_object(json!({}))).is_some()
        };
        let statements: Vec<_> = statements.into_iter().filter(is_known).collect();
        let (one, other) = statements.split_at(statements.len() / 2);
        let documents = [one, other].map(|it| json!({"Version": "2012-10-17", "Statement": it}));
        let request = of_object(request["context"].clone());
        let ours = ours(&documents, &request);
        if let Some(theirs) = theirs(&documents, &request) && ours != Outcome::Undecided {
            prop_assert_eq!(ours, theirs);
        }
    }
}
