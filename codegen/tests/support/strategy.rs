//! Strategies for services, including the unusual names of real pages.

// each test uses only a part
#![allow(dead_code, unreachable_pub)]

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{
    AccessLevel, ActionFacts, AuthorizedAction, ConditionKey, Facts, Locale, Operation,
    RequiredType, ResourceType, Scenario, Use,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// The choices that a service is made from; rows refer to names by index.
#[derive(Clone, Debug)]
struct Vocabulary {
    prefix: String,
    resource_types: Vec<String>,
    condition_keys: Vec<String>,
}

/// Returns facts that both layouts can state: without operations and dependent actions.
pub fn facts() -> impl Strategy<Value = Facts> {
    (vocabulary(), page_name(), service_name())
        .prop_flat_map(|(vocabulary, page, service)| {
            let head = (Just(vocabulary.clone()), Just(page), Just(service));
            (head, body(vocabulary))
        })
        .prop_map(|((vocabulary, page, service), body)| {
            let (actions, resource_types, condition_keys) = body;
            Facts {
                page,
                locale: Locale::EnUs,
                prefix: vocabulary.prefix,
                service,
                actions,
                resource_types,
                condition_keys,
                operations: Vec::new(),
            }
        })
}

/// Returns the same with operations, as in the current layout.
pub fn current_facts() -> impl Strategy<Value = Facts> {
    facts().prop_flat_map(|facts| {
        let own: Vec<_> = facts
            .actions
            .keys()
            .map(|name| format!("{}:{name}", facts.prefix))
            .collect();
        vec(operation(own), 0..5).prop_map(move |operations| Facts {
            operations,
            ..facts.clone()
        })
    })
}

/// Returns the same with dependent actions, as in the classic layout.
pub fn classic_facts() -> impl Strategy<Value = Facts> {
    (
        facts(),
        vec((any::<Index>(), any::<Index>(), dependents()), 0..4),
    )
        .prop_map(|(mut facts, additions)| {
            let mut actions: Vec<_> = facts.actions.values_mut().collect();
            for (action, row, dependent_actions) in additions {
                let uses = &mut action.get_mut(actions.as_mut_slice()).uses;
                if uses.is_empty() {
                    uses.push(Use {
                        dependent_actions,
                        ..Use::default()
                    });
                } else {
                    row.get_mut(uses.as_mut_slice()).dependent_actions = dependent_actions;
                }
            }
            facts
        })
}

fn page_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9]{1,10}(-[a-z0-9]{1,6}){0,2}",
        Just("awsorchard-action".to_owned()),
        Just("orchard.console".to_owned()),
    ]
}

fn service_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,8}( [A-Z][A-Za-z0-9]{0,6}){0,2}",
        Just("Orchard & Sons (Preview)".to_owned()),
        Just("Fruit_Farm *beta* <1>".to_owned()),
    ]
}

fn vocabulary() -> impl Strategy<Value = Vocabulary> {
    let resource_type = prop_oneof![
        "[a-z]{1,8}([ /_-][a-zA-Z0-9]{1,6}){0,2}",
        "[A-Z][a-zA-Z0-9]{1,9}",
        select(vec![
            "fruit tree",
            "listener/app/",
            "row_2024",
            "2d-plan",
            "*"
        ])
        .prop_map(str::to_owned),
    ];
    (
        "[a-z][a-z0-9]{3,6}(-[a-z0-9]{1,5})?",
        vec(resource_type, 1..7),
    )
        .prop_flat_map(|(prefix, resource_types)| {
            let known = prefix.clone();
            vec(condition_key(prefix), 1..8).prop_map(move |condition_keys| Vocabulary {
                prefix: known.clone(),
                resource_types: distinct(resource_types.clone()),
                condition_keys: distinct(condition_keys),
            })
        })
}

/// Drops names that anchors cannot distinguish.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let letters = |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut kept = names;
    kept.retain(|name| name != "*" && seen.insert(letters(name)));
    if kept.is_empty() {
        kept.push("tree".to_owned());
    }
    kept
}

fn condition_key(prefix: String) -> impl Strategy<Value = String> {
    let namespace = prop_oneof![
        3 => Just(prefix),
        1 => select(vec!["aws", "saml", "example.com", "token.${Domain}.example", "farm.org/${Farm}"])
            .prop_map(str::to_owned),
    ];
    let name = prop_oneof![
        3 => "[A-Za-z][A-Za-z0-9]{0,9}",
        1 => "[A-Z][a-z]{1,5}/(\\$\\{[A-Za-z]{1,6}\\}|<[a-z]{2,6}2>)(\\.[a-z]{1,5})?",
        1 => "[A-Z][a-z]{1,5}:\\$\\{[A-Za-z_]{2,6}\\}",
        1 => "[a-z]{1,4}[-_][a-z]{1,4}/",
    ];
    (namespace, name).prop_map(|(namespace, name)| format!("{namespace}:{name}"))
}

type Body = (
    BTreeMap<String, ActionFacts>,
    BTreeMap<String, ResourceType>,
    BTreeMap<String, ConditionKey>,
);

fn body(words: Vocabulary) -> impl Strategy<Value = Body> {
    // the tables contain some of the names, rows use any of them
    let listed = |names: &[String]| subsequence(names.to_vec(), 0..=names.len());
    let keys = some(words.condition_keys.clone(), 3);
    let types = listed(&words.resource_types)
        .prop_flat_map(move |names| {
            let rows = vec((arn(), keys.clone()), names.len());
            (Just(names), rows)
        })
        .prop_map(|(names, rows)| {
            let rows = rows.into_iter().map(|(arn, condition_keys)| ResourceType {
                arn,
                condition_keys,
            });
            names.into_iter().zip(rows).collect()
        });
    let keys = listed(&words.condition_keys)
        .prop_flat_map(|names| {
            let types = vec(value_type(), names.len());
            (Just(names), types)
        })
        .prop_map(|(names, types)| {
            let rows = types
                .into_iter()
                .map(|value_type| ConditionKey { value_type });
            names.into_iter().zip(rows).collect()
        });
    (btree_map(action_name(), action(&words), 1..6), types, keys)
}

/// Returns some of several names, in any order.
fn some(names: Vec<String>, most: usize) -> impl Strategy<Value = Vec<String>> + Clone {
    let most = most.min(names.len());
    subsequence(names, 0..=most).prop_shuffle()
}

fn action_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{1,8}([A-Z][a-zA-Z0-9]{0,7}){0,2}",
        1 => "[a-z][a-zA-Z0-9]{1,9}",
        1 => "[A-Z][a-z]{1,6}-[A-Za-z0-9]{1,6}",
        1 => Just("operations".to_owned()),
    ]
}

fn link() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "https://docs\\.example\\.com/[a-z]{1,6}/API_[A-Z][a-z]{1,6}\\.html",
        1 => Just("https://docs.example.com/?a=1&b=2#_x_*y*".to_owned()),
        1 => Just("https://docs.example.com/tree_(plant)".to_owned()),
        1 => Just("${ApiReferenceDocPage}API_Plant.html".to_owned()),
        1 => Just("#welcome".to_owned()),
        1 => Just("API_Plant.html".to_owned()),
    ]
}

fn action(words: &Vocabulary) -> impl Strategy<Value = ActionFacts> + use<> {
    let levels = btree_set(select(AccessLevel::ALL.to_vec()), 0..4);
    let uses = vec(a_use(words), 0..5);
    let scenarios =
        prop_oneof![3 => Just(Vec::new()).boxed(), 1 => vec(scenario(words), 1..3).boxed()];
    (
        levels,
        proptest::option::of(link()),
        any::<bool>(),
        uses,
        scenarios,
    )
        .prop_map(
            |(access_levels, api, permission_only, uses, scenarios)| ActionFacts {
                access_levels,
                api,
                permission_only,
                uses,
                scenarios,
            },
        )
}

fn a_use(words: &Vocabulary) -> impl Strategy<Value = Use> + use<> {
    let keys = some(words.condition_keys.clone(), 4);
    let one_key = select(words.condition_keys.clone());
    let named = (
        select(words.resource_types.clone()),
        any::<bool>(),
        keys.clone(),
    );
    let named = named.prop_map(|(resource_type, required, condition_keys)| Use {
        resource_type: Some(resource_type),
        required: Some(required),
        condition_keys,
        dependent_actions: Vec::new(),
    });
    let alone = (one_key, keys).prop_map(|(first, mut condition_keys)| {
        condition_keys.retain(|key| *key != first);
        condition_keys.insert(0, first);
        Use {
            condition_keys,
            ..Use::default()
        }
    });
    prop_oneof![4 => named, 1 => alone]
}

fn scenario(words: &Vocabulary) -> impl Strategy<Value = Scenario> + use<> {
    let name = prop_oneof![
        "[A-Z]{2,4}(-[A-Z]{2,4}){0,2}",
        Just("trees / rows: *both* or <none>".to_owned()),
    ];
    let types = some(words.resource_types.clone(), 3)
        .prop_flat_map(|names| (vec(any::<bool>(), names.len()), Just(names)));
    (name, types, some(words.condition_keys.clone(), 2)).prop_map(
        |(name, (required, names), condition_keys)| Scenario {
            name,
            resource_types: names
                .into_iter()
                .zip(required)
                .map(|(resource_type, required)| RequiredType {
                    resource_type,
                    required,
                })
                .collect(),
            condition_keys,
        },
    )
}

/// Returns templates with the peculiarities of real ones.
fn arn() -> impl Strategy<Value = String> {
    let start = select(vec!["arn:${Partition}:", "arn:aws:", "^arn:${Partition}:"]);
    let service = select(vec!["orchard", "ec2", "${Vendor}"]);
    let region = select(vec!["${Region}", "", "us-west-2", "*"]);
    let account = select(vec!["${Account}", "${AccountId}", "", "aws", "*"]);
    let rest = prop_oneof![
        "[a-z]{1,6}[:/]\\$\\{[A-Z][A-Za-z_]{1,8}\\}",
        Just("${TreeName}+${Branch_2}".to_owned()),
        Just("tree/*".to_owned()),
        Just("${Kind}/${TreeId}/alias/${Alias Name}".replace(' ', "")),
    ];
    (start, service, region, account, rest).prop_map(|(start, service, region, account, rest)| {
        format!("{start}{service}:{region}:{account}:{rest}")
    })
}

fn value_type() -> impl Strategy<Value = String> {
    select(vec![
        "String",
        "ARN",
        "Arn",
        "ArrayOfString",
        "Bool",
        "Boolean",
        "Numeric",
        "IPAddress",
        "Date",
    ])
    .prop_map(str::to_owned)
}

fn dependents() -> impl Strategy<Value = Vec<String>> {
    let names = vec![
        "iam:PassRole",
        "ec2:DescribeSubnets",
        "kms:Decrypt",
        "s3:getObject",
    ];
    let names: Vec<_> = names.into_iter().map(str::to_owned).collect();
    subsequence(names, 1..3).prop_shuffle()
}

fn operation(own: Vec<String>) -> impl Strategy<Value = Operation> {
    let action = prop_oneof![
        2 => select(own),
        1 => select(vec!["iam:PassRole", "sts:SetContext"]).prop_map(str::to_owned),
    ];
    let key = select(vec![
        "iam:PassedToService",
        "orchard:Row/${rowId}",
        "aws:CalledVia",
    ]);
    let values = vec("[a-z]{1,8}(\\.[a-z*_]{1,6}){0,2}", 1..3);
    let context = btree_map(key.prop_map(str::to_owned), values, 0..3);
    let needed =
        (action, context).prop_map(|(action, context)| AuthorizedAction { action, context });
    let name = "[A-Z][a-z]{1,8}([A-Z][a-z0-9]{1,6})?";
    let sdk = proptest::option::of("[a-z]{1,8}(-[a-z0-9]{1,4})?");
    (name, sdk, vec(needed, 0..4)).prop_map(|(operation, sdk, actions)| Operation {
        operation,
        sdk,
        actions,
    })
}
