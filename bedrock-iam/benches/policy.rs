//! Building and printing of a policy, compared with other crates.
//!
//! `cargo bench -p bedrock-iam --bench policy`. Each crate builds the same document: two actions on
//! one model ARN, with one condition.

use aws_iam::model::builder::ConditionBuilder;
use aws_iam::model::{self as aws, GlobalConditionOperator, OneOrAll};
use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{Partition, Policy, Site, Statement, account, global, region, seg};
use iam_rs::{
    ConditionValue, IAMAction, IAMEffect, IAMOperator, IAMPolicy, IAMResource, IAMStatement,
};

const ACTIONS: [&str; 2] = [
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
];
const MODEL: &str =
    "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";
const REGION: &str = "eu-central-1";

fn main() {
    let value = |text: String| serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    let ours = value(bedrock_iam());
    assert_eq!(ours["Statement"][0]["Resource"], MODEL);
    for other in [iam_rs(), aws_iam()].map(value) {
        let statement = match &other["Statement"] {
            serde_json::Value::Array(statements) => &statements[0],
            statement => statement,
        };
        for member in ["Effect", "Action", "Resource", "Condition"] {
            assert_eq!(statement[member], ours["Statement"][0][member], "{other}");
        }
    }
    divan::main();
}

#[divan::bench(sample_size = 500)]
fn bedrock_iam() -> String {
    let here = Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    );
    let model = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    };
    Policy::new()
        .with(
            Statement::allow((action::InvokeModel, action::InvokeModelWithResponseStream))
                .on(model.at(here))
                .when(global::REQUESTED_REGION.string_equals(REGION)),
        )
        .build()
        .expect("a policy")
        .to_json()
}

#[divan::bench(sample_size = 500)]
fn iam_rs() -> String {
    let policy = IAMPolicy::new().add_statement(
        IAMStatement::new(IAMEffect::Allow)
            .with_action(IAMAction::Multiple(ACTIONS.map(str::to_owned).to_vec()))
            .with_resource(IAMResource::Single(MODEL.to_owned()))
            .with_condition(
                IAMOperator::StringEquals,
                "aws:RequestedRegion".to_owned(),
                ConditionValue::String(REGION.to_owned()),
            ),
    );
    serde_json::to_string(&policy).expect("JSON")
}

#[divan::bench(sample_size = 500)]
fn aws_iam() -> String {
    let actions = ACTIONS.map(|action| action.parse().expect("an action"));
    let policy = aws::Policy {
        version: Some(aws::Version::V2012),
        id: None,
        statement: OneOrAll::All(vec![aws::Statement {
            sid: None,
            principal: None,
            effect: aws::Effect::Allow,
            action: aws::Action::these(&mut actions.to_vec()),
            resource: aws::Resource::this(MODEL.to_owned()),
            condition: Some(
                ConditionBuilder::new(GlobalConditionOperator::StringEquals)
                    .right_hand_str("aws:RequestedRegion", REGION)
                    .build_as_condition(),
            ),
        }]),
    };
    serde_json::to_string(&policy).expect("JSON")
}
