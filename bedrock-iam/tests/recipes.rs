//! Recipes build the expected policies.

#![cfg(feature = "bedrock")]

use bedrock_iam::bedrock::arn;
use bedrock_iam::{Partition, Policy, Segment, Site, account, recipes, region, seg};
use serde_json::{Value, json};

fn here() -> Site {
    Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    )
}

fn haiku() -> arn::FoundationModel {
    arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    }
}

const HAIKU: &str =
    "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";

fn of_us(rest: &str) -> String {
    format!("arn:aws:bedrock:eu-central-1:123456789012:{rest}")
}

#[test]
fn any_version_of_a_guardrail_is_compared_as_a_pattern() {
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let policy = Policy::new()
        .with_all(recipes::require_guardrail(&guardrail.with_any_version()))
        .build()
        .expect("a policy");
    let value: Value = serde_json::from_str(&policy.to_json()).expect("JSON");
    let condition = &value["Statement"][0]["Condition"];
    assert!(
        condition["ArnNotLike"]["bedrock:GuardrailIdentifier"].is_string(),
        "{condition}"
    );
}

#[test]
fn recipes_build_the_expected_policies() {
    let profile = arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let regions = [region!("eu-central-1"), region!("eu-west-3")];
    let policy = |statements: Vec<_>| {
        let policy = Policy::new()
            .with_all(statements)
            .build()
            .expect("a policy");
        serde_json::from_str::<Value>(&policy.to_json()).expect("JSON")["Statement"].clone()
    };
    let regional = policy(
        recipes::invoke_through_profile(&profile.clone().at(here()), &haiku(), regions).into(),
    );
    assert_eq!(
        regional[1]["Resource"],
        json!([HAIKU, HAIKU.replace("eu-central-1", "eu-west-3")])
    );
    assert_eq!(
        regional[1]["Condition"]["ArnEquals"]["bedrock:InferenceProfileArn"],
        profile.clone().at(here()).to_string()
    );
    let global =
        policy(recipes::invoke_through_global_profile(&profile.at(here()), &haiku()).into());
    assert_eq!(global[2]["Resource"], HAIKU.replace("eu-central-1", ""));
    assert_eq!(
        global[2]["Condition"]["StringEquals"]["aws:RequestedRegion"],
        "unspecified"
    );
    let guarded = policy(recipes::require_guardrail(&guardrail.clone().with_version(1)).into());
    assert_eq!(
        guarded[0]["Condition"]["StringNotEquals"]["bedrock:GuardrailIdentifier"],
        format!("{guardrail}:1")
    );
    assert_eq!(guarded[1]["Resource"], guardrail.to_string());
    let only = policy(recipes::only_models([haiku().at(here())]).into());
    for statement in only
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["Effect"] == "Deny")
    {
        assert!(
            statement["NotResource"]
                .as_array()
                .unwrap()
                .contains(&json!(HAIKU)),
            "{statement}"
        );
    }
}

#[test]
fn only_models_does_not_deny_other_resources_of_invocations() {
    let policy = Policy::new()
        .with_all(recipes::only_models([haiku().at(here())]))
        .build()
        .unwrap();
    let value: Value = serde_json::from_str(&policy.to_json()).unwrap();
    let statements = value["Statement"].as_array().unwrap();
    // each action that invokes a model has a Deny, which excludes exactly these resource types
    for (action, excluded) in [
        (
            "bedrock:InvokeModel",
            [
                "application-inference-profile",
                "async-invoke",
                "inference-profile",
                "project",
                "system-tool",
            ]
            .as_slice(),
        ),
        (
            "bedrock:InvokeModelWithResponseStream",
            &[
                "application-inference-profile",
                "inference-profile",
                "system-tool",
            ],
        ),
        (
            "bedrock:CreateModelInvocationJob",
            &["model-invocation-job"],
        ),
    ] {
        let deny = statements
            .iter()
            .find(|it| it["Effect"] == "Deny" && it["Action"] == action)
            .unwrap();
        let arns = deny["NotResource"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap());
        let (models, others): (Vec<&str>, Vec<&str>) =
            arns.partition(|arn| arn.contains(":foundation-model/"));
        assert_eq!(models, [HAIKU], "{action}");
        let mut types: Vec<_> = others
            .iter()
            .map(|arn| arn.rsplit(':').next().unwrap().trim_end_matches("/*"))
            .collect();
        types.sort_unstable();
        assert_eq!(types, excluded, "{action}");
    }
}

/// Returns the policies of all recipes, with their names.
fn all_recipes() -> Vec<(&'static str, Policy)> {
    let profile = |id: &'static str| {
        let resource_id = Segment::parse(id).expect("an id");
        arn::InferenceProfile { resource_id }.at(here())
    };
    let own = arn::ApplicationInferenceProfile {
        resource_id: seg!("a1b2c3d4e5f6"),
    }
    .at(here());
    let model = || haiku().at(here());
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let eu = profile("eu.anthropic.claude-3-haiku-20240307-v1:0");
    let global = profile("global.anthropic.claude-3-haiku-20240307-v1:0");
    let regions = [region!("eu-central-1"), region!("eu-west-3")];
    let imported = arn::ImportedModel {
        resource_id: seg!("abcdef123456"),
    };
    let custom = arn::CustomModel {
        resource_id: seg!("abcdef123456"),
    };
    let everywhere = || haiku().at(here().any_region());
    let policies: Vec<(&str, Vec<_>)> = vec![
        (
            "profile",
            recipes::invoke_through_profile(&eu, &haiku(), regions).into(),
        ),
        (
            "global profile",
            recipes::invoke_through_global_profile(&global, &haiku()).into(),
        ),
        (
            "application profile",
            recipes::invoke_through_any_profile(&own, [model()]).into(),
        ),
        (
            "any geographic profile",
            recipes::invoke_through_any_profile(&eu, [everywhere()]).into(),
        ),
        (
            "any global profile",
            recipes::invoke_through_any_profile(&global, [model(), haiku().at(here().no_region())])
                .into(),
        ),
        (
            "guardrail",
            recipes::require_guardrail(&guardrail.clone().with_version(1)).into(),
        ),
        (
            "any version of a guardrail",
            recipes::require_guardrail(&guardrail.with_any_version()).into(),
        ),
        ("models", recipes::only_models([model()]).into()),
        (
            "models of any kind",
            recipes::only_models_of_any_kind([
                model().into(),
                imported.at(here()).into(),
                own.into(),
                custom.at(here()).into(),
            ]),
        ),
        (
            "only custom models",
            recipes::only_models_of_any_kind([arn::CustomModel {
                resource_id: seg!("abcdef123456"),
            }
            .at(here())
            .into()]),
        ),
        ("no models", recipes::only_models_of_any_kind([])),
        ("no API keys", recipes::no_api_keys().into()),
        (
            "tags",
            recipes::resources_of_own_tag("team").expect("it").into(),
        ),
        (
            "costs",
            recipes::only_through_tagged_profiles("team")
                .expect("it")
                .into(),
        ),
    ];
    let built = policies.into_iter().map(|(name, statements)| {
        let policy = Policy::new().with_all(statements).build();
        (
            name,
            policy.unwrap_or_else(|error| panic!("{name}: {error}")),
        )
    });
    built.collect()
}

#[test]
fn recipes_have_no_findings() {
    for (name, policy) in all_recipes() {
        let mut findings = policy.check(bedrock_iam::catalog()).findings;
        // which role a batch job has is up to another statement
        findings.retain(|it| {
            !it.message
                .ends_with("`iam:PassRole`, which no statement allows")
        });
        let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0], "{name}");
    }
}

#[test]
fn recipes_limit_what_they_name() {
    let recipes = all_recipes();
    let of = |wanted: &str| -> Value {
        let (_, policy) = recipes
            .iter()
            .find(|(name, _)| *name == wanted)
            .expect(wanted);
        let policy: Value = serde_json::from_str(&policy.to_json()).expect("JSON");
        policy["Statement"].clone()
    };
    let keys = of("no API keys");
    assert_eq!(
        keys[0]["Action"],
        json!([
            "bedrock:CallWithBearerToken",
            "bedrock-mantle:CallWithBearerToken"
        ])
    );
    assert_eq!(
        keys[1]["Condition"],
        json!({"StringEquals": {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"}})
    );
    let costs = of("costs");
    let profiles = "arn:*:bedrock:*:*:application-inference-profile/*";
    assert_eq!(
        costs[0]["Condition"],
        json!({"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}})
    );
    assert_eq!(
        costs[2]["Condition"],
        json!({"ArnNotLike": {"bedrock:InferenceProfileArn": profiles}})
    );
    // each kind of model is excluded only from the denial of the actions that it supports
    let models = of("models of any kind");
    let excluded = |action: &str, arn: &str| {
        let statements = models.as_array().unwrap().iter();
        let mut denying = statements.filter(|it| it["Effect"] == "Deny" && it["Action"] == action);
        let excluded = denying.next().expect(action)["NotResource"].clone();
        excluded.as_array().unwrap().contains(&json!(arn))
    };
    let imported = of_us("imported-model/abcdef123456");
    let custom = of_us("custom-model/abcdef123456");
    for (action, own, other) in [
        ("bedrock:InvokeModel", &imported, &custom),
        ("bedrock:InvokeModelWithResponseStream", &imported, &custom),
        ("bedrock:CreateModelInvocationJob", &custom, &imported),
    ] {
        assert!(excluded(action, own) && excluded(action, HAIKU), "{action}");
        assert!(!excluded(action, other), "{action}");
    }
    recipes::resources_of_own_tag("a${b").expect_err("a key that ends the variable");
}
