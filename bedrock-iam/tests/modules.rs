//! Every template of every service module: build, print, read back.

#![cfg(any(
    feature = "bedrock",
    feature = "bedrock-agentcore",
    feature = "bedrock-mantle",
    feature = "bedrock-websearch"
))]

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// A template with its placeholders filled in: the places by these values, the others by
/// `values` in turn.
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

macro_rules! module_tests {
    ($($module:ident if $feature:literal;)*) => {$(
        #[cfg(feature = $feature)]
        mod $module {
            use super::*;
            use bedrock_iam::ArnPattern;
            use bedrock_iam::$module::{Action, AnyArn, ConditionKey, Operation, ResourceType};

            #[test]
            fn every_name_is_read_back_in_any_case() {
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

            proptest! {
                #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn every_template_is_read_back(
                    region in "[a-z]{2}-(gov-)?[a-z]{4,9}-[1-9]",
                    account in "[0-9]{12}",
                    // letters of any script, and the signs that no place refuses
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
}

#[cfg(feature = "bedrock")]
#[test]
fn model_ids_hold_colons_and_agent_ids_do_not() {
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
fn a_guardrail_has_a_version_in_key_values_alone() {
    use bedrock_iam::bedrock::arn;
    use bedrock_iam::{Arn, Version, VersionedArn};

    let text = "arn:aws:bedrock:eu-central-1:123456789012:guardrail/abc:1";
    let read: VersionedArn<arn::Guardrail> = text.parse().unwrap();
    assert_eq!(read.version(), Version::Number(1));
    assert_eq!(read.to_string(), text);
    assert!(text.parse::<Arn<arn::Guardrail>>().is_err());
}
