//! Checks of all service modules: names, ARN templates and implementations.

#![cfg(feature = "bedrock")]
use std::collections::{BTreeMap, BTreeSet};

use bedrock_iam::Service;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Replaces a template's placeholders: region and account by their values, the others by `values`
/// in turn.
fn filled(template: &str, region: &str, account: &str, values: &[String]) -> String {
    let mut values = values.iter().cycle();
    let mut parts = template.split("${");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').expect("a placeholder ends");
        text += match name {
            "Partition" => "aws",
            "Region" => region,
            "Account" => account,
            _ => values.next().expect("a cycle has no end"),
        };
        text += rest;
    }
    text
}

/// Asserts that the implementations in a module's `on.rs` agree with its facts: for each action its
/// resource types that have ARNs, and for each pair the set of condition keys in effect.
fn agree(service: &Service, on: &str) {
    let keys = |indices: &[u16]| -> BTreeSet<&str> {
        let names = indices
            .iter()
            .map(|at| &service.condition_keys[usize::from(*at)]);
        names
            .map(|key| key.name)
            .filter(|name| !is_everywhere(name))
            .collect()
    };
    let mut wanted = BTreeMap::new();
    for action in service.actions {
        let own = keys(action.condition_keys);
        let mut any = own.clone();
        let mut pair = |resource: String, keys: BTreeSet<_>| {
            wanted.insert((action.rust_name, resource), keys);
        };
        for resource in action.resources {
            let of = &service.resource_types[usize::from(resource.resource_type)];
            let in_effect: BTreeSet<_> =
                own.union(&keys(resource.condition_keys)).copied().collect();
            any.extend(&in_effect);
            if of.arn_format.is_some() {
                pair(format!("arn::{}", of.rust_name), in_effect);
            }
        }
        pair("crate::AnyResource".to_owned(), any);
    }
    let mut found = BTreeMap::new();
    for line in on.lines() {
        let Some(rest) = line.strip_prefix("impl ") else {
            continue;
        };
        let (name, rest) = rest
            .split_once("On for ")
            .expect("an implementation for a resource");
        let (resource, rest) = rest.split_once(" { type Keys = ").expect("its keys");
        let (set, of) = rest.split_once('<').expect("a set of keys");
        assert_eq!(of, format!("action::{name}, Self>; }}"), "{line}");
        found.insert((name, resource.to_owned()), members(service, on, set));
    }
    assert_eq!(found, wanted);
}

/// Returns the names of the keys in a set.
fn members<'s>(service: &'s Service, on: &str, set: &str) -> BTreeSet<&'s str> {
    let start = format!("key_set! {{ {set}: In{set} {{");
    let (_, rest) = on.split_once(&start).expect("the set");
    let (types, _) = rest.split_once('}').expect("its end");
    let types = types
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    types
        .map(|name| {
            let (_, name) = name.rsplit_once("::").expect("a path");
            let mut keys = service.condition_keys.iter();
            keys.find(|key| key.rust_name == name)
                .expect("a key of the service")
                .name
        })
        .collect()
}

/// Returns whether a key is in effect for every pair and therefore not in any set.
fn is_everywhere(name: &str) -> bool {
    let mut keys = bedrock_iam::global::ALL.iter();
    keys.any(|key| key.name == name && !key.follows_page)
}

macro_rules! module_tests {
    ($($module:ident if $feature:literal;)*) => {$(
        #[cfg(feature = $feature)]
        mod $module {
            use super::*;
            use bedrock_iam::ArnPattern;
            use bedrock_iam::$module::{Action, AnyArn, ConditionKey, Operation, ResourceType, SERVICE};

            /// Each pair appears twice: in the facts, and as an implementation for the compiler.
            #[test]
            fn implementations_agree_with_the_facts() {
                let on = include_str!(concat!("../src/generated/", stringify!($module), "/on.rs"));
                agree(&SERVICE, on);
            }

            /// The lists are made from the rows at compile time.
            #[test]
            fn accessors_return_what_the_rows_state() {
                let key_names = |keys: &[u16]| -> Vec<&str> {
                    let rows = keys.iter().map(|key| &SERVICE.condition_keys[usize::from(*key)]);
                    rows.map(|row| row.name).collect()
                };
                let names_of = |keys: &[ConditionKey]| -> Vec<&str> {
                    keys.iter().map(|key| key.as_str()).collect()
                };
                for action in Action::ALL {
                    let row = SERVICE.find_action(action.as_str()).unwrap();
                    assert_eq!(names_of(action.condition_keys()), key_names(row.condition_keys));
                    let pairs = action.resources().iter().map(|pair| {
                        let keys = names_of(pair.condition_keys);
                        (pair.resource_type.as_str(), pair.required, keys)
                    });
                    let stated = row.resources.iter().map(|pair| {
                        let index = usize::from(pair.resource_type);
                        let keys = key_names(pair.condition_keys);
                        (SERVICE.resource_types[index].name, pair.required == Some(true), keys)
                    });
                    assert!(pairs.eq(stated), "{action}");
                    let requires = |required: &[bedrock_iam::RequiredAction]| {
                        let mut required = required.iter();
                        required.any(|it| it.action.eq_ignore_ascii_case(action.as_str()))
                    };
                    let operations = SERVICE.operations.iter().filter(|row| row.removed.is_none());
                    let operations: BTreeSet<_> = operations
                        .filter(|row| requires(row.required_actions))
                        .map(|row| row.name)
                        .collect();
                    let listed = action.operations().iter().map(|it| it.as_str());
                    assert!(listed.eq(operations), "{action}");
                }
                for resource_type in ResourceType::ALL {
                    let index = SERVICE.find_resource_type(resource_type.as_str()).unwrap();
                    let row = &SERVICE.resource_types[index];
                    assert_eq!(names_of(resource_type.condition_keys()), key_names(row.condition_keys));
                    let has = |action: &&Action| {
                        let mut pairs = action.resources().iter();
                        pairs.any(|pair| pair.resource_type == *resource_type)
                    };
                    let actions = Action::ALL.iter().filter(has);
                    let actions: BTreeSet<_> = actions.map(|action| action.as_str()).collect();
                    let listed = resource_type.actions().iter().map(|it| it.as_str());
                    assert!(listed.eq(actions), "{resource_type}");
                }
            }

            #[test]
            fn names_are_parsed_in_any_case() {
                macro_rules! check {
                    ($Enum:ident) => {
                        for variant in $Enum::ALL {
                            assert_eq!(variant.as_str().parse(), Ok(*variant));
                            assert_eq!(variant.as_str().to_uppercase().parse(), Ok(*variant));
                            assert_eq!($Enum::try_from(variant.to_string().to_lowercase().as_str()), Ok(*variant));
                            assert!(variant.as_str().ends_with(variant.name()));
                            assert!(format!("{}~", variant.name()).parse::<$Enum>().is_err());
                        }
                    };
                }
                check!(Action);
                check!(ResourceType);
                check!(ConditionKey);
                check!(Operation);
            }

            /// Lookups rely on the order.
            #[test]
            fn names_are_sorted_ignoring_case_and_unique() {
                let names: [Vec<&str>; 4] = [
                    SERVICE.actions.iter().map(|row| row.name).collect(),
                    SERVICE.resource_types.iter().map(|row| row.name).collect(),
                    SERVICE.condition_keys.iter().map(|row| row.name).collect(),
                    SERVICE.operations.iter().map(|row| row.name).collect(),
                ];
                for names in names {
                    let lower = names.iter().map(|name| name.to_lowercase());
                    assert!(lower.is_sorted_by(|a, b| a < b), "{names:?}");
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn arns_of_all_templates_are_parsed(
                    region in "[a-z]{2}-(gov-)?[a-z]{4,9}-[1-9]",
                    account in "[0-9]{12}",
                    // Letters of any script, and the characters that every place allows.
                    values in proptest::collection::vec("[\\p{L}\\p{N}]([\\p{L}\\p{N} _.,@=+~^!'()#&%-]{0,12}[\\p{L}\\p{N}])?", 4),
                ) {
                    for resource_type in ResourceType::ALL {
                        let Some(template) = resource_type.arn_format() else { continue };
                        let text = filled(template, &region, &account, &values);
                        let found = AnyArn::parse(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
                        let own = found.iter().find(|arn| arn.resource_type() == *resource_type);
                        prop_assert_eq!(own.map(ToString::to_string), Some(text.clone()));
                        let pattern = ArnPattern::parse(&text)?;
                        prop_assert!(pattern.matches(&text));
                        prop_assert!(AnyArn::types_of(&pattern).any(|fitting| fitting == *resource_type));
                        let anywhere = ArnPattern::parse(&filled(template, "*", "*", &["*".to_owned()]))?;
                        prop_assert!(anywhere.matches(&text) && anywhere.meets(&pattern));
                        prop_assert!(AnyArn::parse(anywhere.as_str()).is_err() || anywhere == pattern);
                    }
                }
            }
        }
    )*};
}

module_tests! {
    bedrock if "bedrock";
    bedrock_agentcore if "bedrock-agentcore";
    bedrock_mantle if "bedrock-mantle";
    bedrock_websearch if "bedrock-websearch";
    aoss if "aoss";
    aws_marketplace if "aws-marketplace";
    cloudwatch if "cloudwatch";
    dynamodb if "dynamodb";
    ecr if "ecr";
    iam if "iam";
    kms if "kms";
    lambda if "lambda";
    logs if "logs";
    rds_data if "rds-data";
    s3 if "s3";
    s3vectors if "s3vectors";
    secretsmanager if "secretsmanager";
    sts if "sts";
}

#[cfg(feature = "bedrock")]
#[test]
fn model_ids_allow_colons_and_agent_ids_do_not() {
    use bedrock_iam::Arn;
    use bedrock_iam::bedrock::arn;

    let model = "arn:aws:bedrock:::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";
    let read: Arn<arn::FoundationModel> = model.parse().unwrap();
    assert_eq!(
        read.resource().resource_id.as_str(),
        "anthropic.claude-3-haiku-20240307-v1:0"
    );
    assert_eq!(read.to_string(), model);
    assert!(
        "arn:aws:bedrock:eu-central-1:123456789012:agent/A:B"
            .parse::<arn::Agent>()
            .is_err()
    );
}

#[cfg(feature = "bedrock")]
#[test]
fn guardrails_have_a_version_only_in_condition_values() {
    use bedrock_iam::bedrock::arn;
    use bedrock_iam::{Arn, Version, VersionedArn};

    let text = "arn:aws:bedrock:eu-central-1:123456789012:guardrail/abc:1";
    let read: VersionedArn<arn::Guardrail> = text.parse().unwrap();
    assert_eq!(read.version(), Version::Number(1));
    assert_eq!(read.to_string(), text);
    assert!(text.parse::<Arn<arn::Guardrail>>().is_err());
}
