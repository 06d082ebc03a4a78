//! Findings about inference profiles, by the geography that their ids state.

use super::*;
use bedrock_iam::rules::{PROFILE_ID_AS_MODEL, PROFILE_REGIONS};

const ACTIONS: [&str; 2] = [
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
];

fn profile(id: &str) -> String {
    format!("arn:aws:bedrock:us-east-1:123456789012:inference-profile/{id}")
}

fn model(region: &str) -> String {
    format!("arn:aws:bedrock:{region}::foundation-model/apple.core-1")
}

/// Returns the findings of a statement that allows these resources.
fn invoking(resources: &[String], condition: Value) -> Vec<Finding> {
    let mut statement = json!({"Effect": "Allow", "Action": ACTIONS, "Resource": resources});
    if condition != json!({}) {
        statement["Condition"] = condition;
    }
    of(json!([statement]))
}

#[track_caller]
fn only_at(found: Vec<Finding>, path: &str, end: &str) {
    let finding = only(found, PROFILE_REGIONS);
    assert_eq!(finding.path.to_string(), path);
    assert!(finding.message.ends_with(end), "{finding}");
}

#[test]
fn the_id_of_a_profile_is_not_that_of_a_model() {
    for id in ["us.apple.core-1", "global.apple.core-1", "us-gov.apple.*"] {
        let wrong = format!("arn:aws:bedrock:us-east-1::foundation-model/{id}");
        let finding = only(invoking(&[wrong], json!({})), PROFILE_ID_AS_MODEL);
        let (_, model) = id.split_once('.').unwrap();
        let right = format!("arn:aws:bedrock:us-east-1::foundation-model/{model}");
        assert_eq!(finding.fix.unwrap().change, Change::Replace(vec![right]));
    }
    none(invoking(&[model("us-east-1")], json!({})));
    none(invoking(&[model("*").replace("apple", "us*")], json!({})));
}

#[test]
fn a_geographic_profile_requires_its_model_in_several_regions() {
    let eu = profile("eu.apple.core-1");
    let found = invoking(&[eu.clone(), model("eu-west-1")], json!({}));
    only_at(
        found,
        "Statement[0].Resource[1]",
        "which `GetInferenceProfile` lists",
    );
    let region = json!({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}});
    let found = invoking(&[eu.clone(), model("eu-*")], region);
    only_at(
        found,
        "Statement[0].Condition.StringEquals.aws:RequestedRegion",
        "which `GetInferenceProfile` lists",
    );
    let other = model("eu-*").replace("core", "pip");
    only_at(
        invoking(&[eu.clone(), other], json!({})),
        "Statement[0].Resource[0]",
        "the model that the profile `eu.apple.core-1` calls",
    );
    let regions = json!({"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-3"]}});
    for (resources, condition) in [
        (vec![model("*")], json!({})),
        (vec![model("eu-*")], regions),
        (vec![model("eu-west-1"), model("eu-west-3")], json!({})),
        (vec![model("eu-*").replace("core-1", "*")], json!({})),
    ] {
        none(invoking(
            &[&[eu.clone()][..], &resources].concat(),
            condition,
        ));
    }
    // where the regions do not depend on the model, the missing ones are named
    let jp = profile("jp.apple.core-1");
    only_at(
        invoking(&[jp.clone(), model("ap-northeast-1")], json!({})),
        "Statement[0].Resource[0]",
        "also routes to `ap-northeast-3`, where no statement allows its model",
    );
    none(invoking(
        &[jp, model("ap-northeast-1"), model("ap-northeast-3")],
        json!({}),
    ));
    for (id, regions) in [("us", "eu-*"), ("eu", "us-east-?")] {
        only_at(
            invoking(
                &[profile(&format!("{id}.apple.core-1")), model(regions)],
                json!({}),
            ),
            "Statement[0].Resource[0]",
            "where no statement allows its model",
        );
    }
    none(invoking(
        &[profile("us.apple.core-1"), model("us-*")],
        json!({}),
    ));
    // any profile
    none(invoking(&[profile("*"), model("eu-west-1")], json!({})));
}

#[test]
fn a_global_profile_requires_its_model_with_and_without_a_region() {
    let global = profile("global.apple.core-1");
    let region = |region: &str| json!({"StringEquals": {"aws:RequestedRegion": region}});
    only_at(
        invoking(&[global.clone(), model("us-east-1")], json!({})),
        "Statement[0].Resource[0]",
        "its model without a region, `arn:aws:bedrock:::foundation-model/apple.core-1`",
    );
    only_at(
        invoking(&[global.clone(), model("")], json!({})),
        "Statement[0].Resource[0]",
        "its model in us-east-1, from which it is called",
    );
    let all = || vec![global.clone(), model("us-east-1"), model("")];
    let path = "Statement[0].Condition.StringEquals.aws:RequestedRegion";
    only_at(
        invoking(&all(), region("us-east-1")),
        path,
        "is `unspecified`, which this condition excludes",
    );
    none(invoking(&all(), json!({})));
    none(invoking(&[global.clone(), model("*")], json!({})));
    let both = json!({"StringEquals": {"aws:RequestedRegion": ["us-east-1", "unspecified"]}});
    none(invoking(&all(), both));
    // a denial of other regions blocks it too
    let denying = |regions: Value| {
        let condition = json!({"StringNotEquals": {"aws:RequestedRegion": regions}});
        of(json!([
            {"Effect": "Allow", "Action": ACTIONS, "Resource": all()},
            {"Effect": "Deny", "Action": "bedrock:*", "Resource": "*", "Condition": condition},
        ]))
    };
    only_at(
        denying(json!("us-east-1")),
        "Statement[1].Condition.StringNotEquals.aws:RequestedRegion",
        "which this condition excludes",
    );
    none(denying(json!(["us-east-1", "unspecified"])));
}
