//! Comparison of AWS's own Bedrock policies with policies built with this API.
//!
//! Only policies whose actions have no wildcards are compared. The documents are read from
//! `../shared/policies` if it is available.
#![cfg(feature = "bedrock")]

use std::fs;
use std::path::Path;

use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::{
    AnyResource, Arn, Partition, Policy, Segment, Site, Statement, Variable, foreign_action,
    global, raw_arn,
};
use serde_json::Value as Json;

const AWS: Site = Site::ANYWHERE.with_partition(Partition::Aws);

/// Returns a policy published by AWS, with lists of one replaced by their element; `None` if it is
/// not available.
fn published(name: &str) -> Option<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/policies")
        .join(name)
        .with_extension("json");
    if !path.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} is missing\n", path.display()),
        );
        return None;
    }
    let text = fs::read_to_string(path).expect("a policy");
    Some(plain(serde_json::from_str(&text).expect("JSON")))
}

/// Replaces lists of one text by that text, which is equivalent.
fn plain(value: Json) -> Json {
    match value {
        Json::Array(mut list) if list.len() == 1 && list[0].is_string() => list.remove(0),
        Json::Array(list) => list.into_iter().map(plain).collect(),
        Json::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}

fn printed(policy: &Policy) -> Json {
    plain(serde_json::from_str(&policy.to_json()).expect("JSON"))
}

/// Asserts that each statement equals the published one with its Sid.
fn assert_published(name: &str, statements: Vec<Statement>) {
    let Some(published) = published(name) else {
        return;
    };
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let all = published["Statement"].as_array().expect("statements");
    for statement in printed(&policy)["Statement"]
        .as_array()
        .expect("statements")
    {
        let same = all.iter().find(|it| it["Sid"] == statement["Sid"]);
        assert_eq!(same, Some(statement), "{name}");
    }
}

fn profiles() -> Arn<arn::ApplicationInferenceProfile> {
    arn::ApplicationInferenceProfile {
        resource_id: Segment::ANY,
    }
    .at(AWS)
}

fn system_profiles() -> Arn<arn::InferenceProfile> {
    arn::InferenceProfile {
        resource_id: Segment::ANY,
    }
    .at(AWS)
}

fn models() -> Arn<arn::FoundationModel> {
    arn::FoundationModel {
        resource_id: Segment::ANY,
    }
    .at(AWS)
}

/// Returns the variable of the caller's account, which is also the resource's.
fn caller() -> Variable {
    Variable::new("aws:PrincipalAccount").expect("a variable")
}

#[test]
fn a_whole_policy_is_built() {
    let Some(published) = published("AmazonDataZoneBedrockModelManagementPolicy") else {
        return;
    };
    let project = "AmazonDataZoneProject";
    let policy = Policy::new()
        .with(
            Statement::allow((action::CreateInferenceProfile, action::TagResource))
                .sid("ManageApplicationInferenceProfile")
                .on(profiles())
                .when(global::RESOURCE_ACCOUNT.string_equals(caller()))
                .when(key::TAG_KEYS.for_any_value().string_equals(project))
                .when(key::resource_tag(project).null(false))
                .when(key::request_tag(project).null(false)),
        )
        .with(
            Statement::allow(action::DeleteInferenceProfile)
                .sid("DeleteApplicationInferenceProfile")
                .on(profiles())
                .when(global::RESOURCE_ACCOUNT.string_equals(caller()))
                .when(key::resource_tag(project).null(false)),
        )
        .with(
            Statement::allow(action::CreateInferenceProfile)
                .sid("CreateApplicationInferenceProfileUsingFoundationModels")
                .on(models()),
        )
        .with(
            Statement::allow(action::CreateInferenceProfile)
                .sid("CreateApplicationInferenceProfileUsingBedrockModels")
                .on(system_profiles())
                .when(global::RESOURCE_ACCOUNT.string_equals(caller())),
        )
        .build()
        .expect("a policy");
    assert_eq!(printed(&policy), published);
}

#[test]
fn sagemaker_studio_statements_are_built() {
    let (project, domain) = ("AmazonDataZoneProject", "AmazonDataZoneDomain");
    assert_published(
        "SageMakerStudioFullAccess",
        vec![
            // The reference does not state a resource type for the second action.
            Statement::allow((
                action::GetFoundationModel,
                foreign_action!("bedrock:GetFoundationModelAvailability"),
            ))
            .sid("GetFoundationModelStatement")
            .on(models())
            .checked(),
            Statement::allow(action::GetInferenceProfile)
                .sid("GetInferenceProfileStatement")
                .on((system_profiles(), profiles()))
                .checked(),
            Statement::allow(action::CreateInferenceProfile)
                .sid("ApplicationInferenceProfileStatement")
                .on(profiles())
                .when(key::request_tag(project).null(true))
                .when(key::request_tag(domain).null(false))
                .checked(),
            Statement::allow(action::TagResource)
                .sid("TagApplicationInferenceProfileStatement")
                .on(profiles())
                .when(key::resource_tag(project).null(true))
                .when(key::request_tag(project).null(true))
                .when(key::resource_tag(domain).null(false))
                .when(key::request_tag(domain).null(false))
                .checked(),
            Statement::allow(action::DeleteInferenceProfile)
                .sid("DeleteApplicationInferenceProfileStatement")
                .on(profiles())
                .when(key::resource_tag(project).null(true))
                .when(key::resource_tag(domain).null(false))
                .checked(),
            Statement::allow((
                action::GetUseCaseForModelAccess,
                action::PutUseCaseForModelAccess,
            ))
            .sid("ModelAccessUseCaseStatement")
            .on(AnyResource)
            .checked(),
        ],
    );
}

#[test]
fn permissions_boundary_statements_are_built() {
    let custom_models = arn::CustomModel {
        resource_id: Segment::ANY,
    };
    let project = "AmazonDataZoneProject";
    let of_project = Variable::new("aws:PrincipalTag/AmazonDataZoneProject").expect("a variable");
    let invoke = (action::InvokeModel, action::InvokeModelWithResponseStream);
    assert_published(
        "SageMakerStudioProjectUserRolePermissionsBoundary",
        vec![
            Statement::allow((action::GetInferenceProfile, invoke))
                .sid("BedrockAppInferenceProfileInvocationPermissions")
                .on_mixed(profiles())
                .when(key::resource_tag(project).null(false))
                .checked(),
            // A pattern for several resource types is not an ARN of any one type.
            Statement::allow(invoke)
                .sid("BedrockModelInvocationPermissions")
                .on(raw_arn!("arn:aws:bedrock:*:*:*-model/*"))
                .when(key::INFERENCE_PROFILE_ARN.null(false))
                .checked(),
            Statement::allow(action::ListFoundationModels)
                .sid("ModelRegistryBedRockPermissions")
                .on(AnyResource)
                .checked(),
            Statement::allow(action::CreateEvaluationJob)
                .sid("CreateEvaluationJobForFoundationModel")
                .on((models(), custom_models.at(AWS)))
                .checked(),
            Statement::allow(action::InvokeInlineAgent)
                .sid("InvokeBedrockInlineAgentPermissions")
                .on(AnyResource)
                .checked(),
            Statement::allow(action::RetrieveAndGenerate)
                .sid("BedrockRetrieveAndGeneratePermissions")
                .on(AnyResource)
                .checked(),
            Statement::allow(action::ListEvaluationJobs)
                .sid("ListBedrockEvaluationJobPermissions")
                .on(AnyResource)
                .checked(),
            Statement::allow(action::TagResource)
                .sid("TagBedrockResourcePermissions")
                .on(AnyResource)
                .when(key::resource_tag(project).string_equals(of_project))
                .checked(),
        ],
    );
}

#[test]
fn statements_with_two_services_are_built() {
    assert_published(
        "BedrockAgentCoreFullAccess",
        vec![
            Statement::allow((action::InvokeModel, action::InvokeModelWithResponseStream))
                .sid("AgentCoreEvaluationBedrockInvokeAccess")
                .on((models(), system_profiles()))
                .checked(),
        ],
    );
    assert_published(
        "AWSObservabilityAdminTelemetryEnablementServiceRolePolicy",
        vec![
            Statement::allow((
                foreign_action!("bedrock-agentcore:AllowVendedLogDeliveryForResource"),
                action::AllowVendedLogDeliveryForResource,
            ))
            .sid("TelemetryOperationsForBedrock")
            .on(AnyResource)
            .when(global::RESOURCE_ACCOUNT.string_equals(caller()))
            .checked(),
        ],
    );
}

#[cfg(feature = "bedrock-mantle")]
#[test]
fn mantle_statements_are_built() {
    use bedrock_iam::bedrock_mantle::{action, arn};

    let projects = arn::Project {
        resource_id: Segment::ANY,
    };
    assert_published(
        "BedrockAgentCoreFullAccess",
        vec![
            Statement::allow(action::CreateInference)
                .sid("AgentCoreEvaluationBedrockMantleInference")
                .on(projects.at(AWS))
                .when(global::RESOURCE_ACCOUNT.string_equals(caller()))
                .checked(),
            Statement::allow(action::CallWithBearerToken)
                .sid("AgentCoreEvaluationBedrockMantleCallWithBearerToken")
                .on(AnyResource)
                .checked(),
        ],
    );
}
