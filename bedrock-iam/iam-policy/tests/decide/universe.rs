//! Random policies and requests over a small universe, as JSON.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

const ACCOUNT: &str = "111111111111";

/// The unique id of the users, which `aws:userid` states.
pub(crate) const USER_ID: &str = "AIDAEXAMPLEEXAMPLEEX";

/// Actions, each with a resource that has it.
const ACTIONS: [(&str, &str); 3] = [
    ("s3:GetObject", "arn:aws:s3:::b/a"),
    ("kms:Decrypt", "arn:aws:kms:eu-central-1:111111111111:key/k"),
    ("sts:AssumeRole", "arn:aws:iam::111111111111:role/app"),
];

/// Families of operators: the beginning of their keys' names, the operators, and values of policies and of
/// requests.
pub(crate) struct Family {
    pub(crate) key: &'static str,
    operators: &'static [&'static str],
    policy: &'static [&'static str],
    pub(crate) request: &'static [&'static str],
}

pub(crate) const FAMILIES: [Family; 8] = [
    Family {
        key: "t:text",
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        policy: &[
            "a",
            "A",
            "b*",
            "*",
            "?",
            "${t:text2}",
            "${t:text1, 'a'}",
            "x${*}",
        ],
        request: &["a", "A", "b", "b*", "bc", "*", "?", "x*", "dd"],
    },
    Family {
        key: "t:number",
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        policy: &["1", "2.50", "-3"],
        request: &["-4", "-3", "0", "1", "2", "2.5", "3"],
    },
    Family {
        key: "t:time",
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        policy: &["2026-01-01", "2026-01-01T00:00:00.5Z", "1767225600"],
        request: &[
            "2025-12-31T23:59:59Z",
            "1767225600",
            "2026-01-01T00:00:00.2Z",
            "2026-01-01T00:00:00.5Z",
            "2027-01-01",
        ],
    },
    Family {
        key: "t:flag",
        operators: &["Bool"],
        policy: &["true", "False"],
        request: &["true", "false"],
    },
    Family {
        key: "t:bytes",
        operators: &["BinaryEquals"],
        policy: &["Zg==", "Zm8="],
        request: &["Zg==", "Zm8=", "Zm9v"],
    },
    Family {
        key: "t:address",
        operators: &["IpAddress", "NotIpAddress"],
        policy: &["203.0.113.0/24", "203.0.113.7", "2001:db8::/32"],
        request: &["203.0.113.7", "203.0.113.8", "198.51.100.1", "2001:db8::1"],
    },
    Family {
        key: "t:arn",
        operators: &["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
        policy: &[
            "arn:aws:a:::b",
            "arn:aws:a:*::b*",
            "arn:*:*:*:*:*",
            "arn:aws:a:::${t:text0}",
        ],
        request: &[
            "arn:aws:a:::b",
            "arn:aws:a:r::bc:d",
            "arn:aws:b:::b",
            "arn:aws:a:::a",
        ],
    },
    Family {
        key: "t:any",
        operators: &["Null"],
        policy: &["true", "false"],
        request: &["a", "b"],
    },
];

/// Returns the values of requests for a key.
pub(crate) fn values_of(key: &str) -> &'static [&'static str] {
    if key.eq_ignore_ascii_case("aws:userid") {
        return &[USER_ID, "AIDAOTHEROTHEROTHER00"];
    }
    let mut families = FAMILIES.iter();
    families.find(|it| key.starts_with(it.key)).unwrap().request
}

fn one_or_some(all: &'static [&'static str]) -> impl Strategy<Value = Value> {
    subsequence(all, 1..=2)
        .prop_shuffle()
        .prop_map(|list| match &*list {
            [one] => json!(one),
            list => json!(list),
        })
}

/// Returns a condition: operator, key and values.
fn condition() -> impl Strategy<Value = (String, String, Value)> {
    let family = 0..FAMILIES.len();
    family.prop_flat_map(|at| {
        let family = &FAMILIES[at];
        let sets = match family.key {
            "t:any" => &[""][..],
            _ => &["", "", "ForAllValues:", "ForAnyValue:"],
        };
        let ends = match family.key {
            "t:any" => &[""][..],
            _ => &["", "IfExists"],
        };
        let operator = (select(sets), select(family.operators), select(ends));
        let key = (select(&["", "_"]), 0..3_u8);
        (operator, key, one_or_some(family.policy)).prop_map(
            move |((set, operator, end), (case, index), values)| {
                // the case of a key does not matter
                let key = match case {
                    "" => format!("{}{index}", family.key),
                    _ => format!("{}{index}", family.key.to_uppercase()),
                };
                (format!("{set}{operator}{end}"), key, values)
            },
        )
    })
}

fn actions() -> impl Strategy<Value = Value> {
    let other = one_or_some(&[
        "s3:GetObject",
        "S3:getobject",
        "s3:Get*",
        "?3:*",
        "kms:*",
        "kms:Decrypt",
        "sts:Assume*",
        "sts:TagSession",
    ]);
    prop_oneof![2 => Just(json!("*")), 2 => other]
}

fn resources() -> impl Strategy<Value = Value> {
    let other = one_or_some(&[
        "arn:aws:s3:::b/a",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::?/${aws:username}",
        "arn:aws:s3:::b/${t:text0}",
        "arn:aws:kms:*:*:key/*",
        "arn:aws:kms:eu-central-1:111111111111:key/k",
        "arn:aws:iam::*:role/${t:text1, 'app'}",
        "arn:aws:iam",
    ]);
    prop_oneof![3 => Just(json!("*")), 2 => other]
}

fn principals() -> impl Strategy<Value = Value> {
    let aws = one_or_some(&[
        "*",
        "111111111111",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::111111111111:user/a",
        "arn:aws:iam::111111111111:role/r",
        "arn:aws:sts::111111111111:assumed-role/r/s",
        "222222222222",
        USER_ID,
    ]);
    let other = select(vec![
        json!({"Service": "bedrock.amazonaws.com"}),
        json!({"Federated": "accounts.google.com", "AWS": USER_ID}),
        json!({"CanonicalUser": "0123"}),
    ]);
    prop_oneof![
        2 => Just(json!("*")),
        4 => aws.prop_map(|it| json!({"AWS": it})),
        1 => other,
    ]
}

/// Returns a statement; one with principals for a policy of a resource.
pub(crate) fn statement(has_principals: bool, conditions: usize) -> impl Strategy<Value = Value> {
    let effect = prop_oneof![3 => Just("Allow"), 1 => Just("Deny")];
    let negated = || prop_oneof![5 => Just(false), 1 => Just(true)];
    let element = (negated(), negated(), negated());
    let conditions = vec(condition(), 0..=conditions);
    let parts = (
        effect,
        element,
        actions(),
        resources(),
        principals(),
        conditions,
    );
    parts.prop_map(
        move |(effect, negated, actions, resources, principals, conditions)| {
            let name = |negated: bool, name: &str| match negated {
                true => format!("Not{name}"),
                false => name.to_owned(),
            };
            let mut statement = Map::new();
            statement.insert("Effect".into(), json!(effect));
            statement.insert(name(negated.0, "Action"), actions);
            statement.insert(name(negated.1, "Resource"), resources);
            if has_principals {
                statement.insert(name(negated.2, "Principal"), principals);
            }
            if !conditions.is_empty() {
                let mut block = json!({});
                for (operator, key, values) in conditions {
                    block[&operator][&key] = values;
                }
                statement.insert("Condition".into(), block);
            }
            statement.into()
        },
    )
}

/// The sizes of random policies.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) statements: usize,
    pub(crate) conditions: usize,
    /// The probability that a layer beside the identity-based policies is in force.
    pub(crate) layers: f64,
}

fn document(has_principals: bool, size: Size) -> impl Strategy<Value = Value> {
    let statements = vec(
        statement(has_principals, size.conditions),
        0..=size.statements,
    );
    let version = prop_oneof![5 => Just(Some("2012-10-17")), 1 => Just(None)];
    (version, statements).prop_map(|(version, statements)| {
        let mut document = json!({"Statement": statements});
        if let Some(version) = version {
            document["Version"] = json!(version);
        }
        document
    })
}

/// Returns policies by layer.
pub(crate) fn policies(size: Size) -> impl Strategy<Value = Value> {
    let in_force = size.layers;
    let list = |has_principals| vec(document(has_principals, size), 1..=2);
    let levels = |has_principals| vec(list(has_principals), 1..=2);
    let layers = (
        vec(document(false, size), 0..=2),
        weighted(in_force.max(0.5), document(true, size)),
        weighted(in_force, list(false)),
        weighted(in_force, list(false)),
        weighted(in_force, levels(false)),
        weighted(in_force, levels(true)),
        weighted(in_force, list(true)),
    );
    layers.prop_map(
        |(identity, resource, boundary, session, scp, rcp, vpc_endpoint)| {
            let mut layers = json!({"identity": identity});
            let mut add = |name: &str, layer: Option<Value>| {
                if let Some(layer) = layer {
                    layers[name] = layer;
                }
            };
            add("resource", resource);
            add("boundary", boundary.map(Value::from));
            add("session", session.map(Value::from));
            add("scp", scp.map(|it| json!(it)));
            add("rcp", rcp.map(|it| json!(it)));
            add("vpc_endpoint", vpc_endpoint.map(Value::from));
            layers
        },
    )
}

/// Returns a request with some keys stated, some of them as absent.
pub(crate) fn request() -> impl Strategy<Value = Value> {
    let callers = vec![
        json!("arn:aws:iam::111111111111:user/a"),
        json!("arn:aws:iam::222222222222:user/a"),
        json!("arn:aws:iam::111111111111:role/r"),
        json!("arn:aws:sts::111111111111:assumed-role/r/s"),
        json!("arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForX/s"),
        json!("arn:aws:sts::111111111111:federated-user/a"),
        json!("arn:aws:iam::111111111111:root"),
        json!("bedrock.amazonaws.com"),
        json!({"Federated": "accounts.google.com"}),
        json!("*"),
    ];
    let keys: Vec<_> = FAMILIES
        .iter()
        .flat_map(|family| (0..3).map(move |at| format!("{}{at}", family.key)))
        .chain(["aws:userid".to_owned()])
        .collect();
    let stated = vec(
        (
            select(keys),
            any::<prop::sample::Index>(),
            weighted(0.8, Just(())),
        ),
        0..8,
    );
    let untyped = prop_oneof![8 => Just(false), 1 => Just(true)];
    (select(callers), select(&ACTIONS), stated, untyped).prop_map(
        |(caller, (action, resource), stated, untyped)| {
            let mut context = json!({});
            for (key, index, value) in stated {
                context[&key] = match value {
                    Some(()) => json!(index.get(values_of(&key))),
                    None => Value::Null,
                };
            }
            json!({
                "principal": caller,
                "action": action,
                "resource": if untyped { "*" } else { resource },
                "resource_account": ACCOUNT,
                "context": context,
                "action_has_no_resource_types": untyped,
            })
        },
    )
}
