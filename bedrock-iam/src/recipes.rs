//! Ready-made statements for Bedrock policies that are easy to get wrong.
//!
//! - [`invoke_through_profile`] and [`invoke_through_global_profile`] allow model invocations through
//!   an inference profile, but not directly.
//! - [`require_guardrail`] denies model invocations without a guardrail.
//! - [`only_models`] allows only some models.

use crate::generated::bedrock::{action, arn, key};
use iam_policy::Statement;
use iam_policy::{AnyResource, Segment, global};
use iam_policy::{Arn, Version, VersionedArn};
use iam_policy::{Region, Site};

/// The actions that invoke a model synchronously.
const INVOKE: (action::InvokeModel, action::InvokeModelWithResponseStream) =
    (action::InvokeModel, action::InvokeModelWithResponseStream);

/// The actions that invoke a model, including batch inference.
const INVOKE_OR_BATCH: (
    action::InvokeModel,
    action::InvokeModelWithResponseStream,
    action::CreateModelInvocationJob,
) = (
    action::InvokeModel,
    action::InvokeModelWithResponseStream,
    action::CreateModelInvocationJob,
);

/// Returns statements that allow a model through a cross-region inference profile.
///
/// The first statement allows the profile; the second allows the model in each region to which the
/// profile routes, but only through the profile. Without the second statement, requests fail; without
/// its condition, callers could also invoke the model directly.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let profile = arn::InferenceProfile { resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0") };
/// let model = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let regions = [region!("eu-central-1"), region!("eu-west-1"), region!("eu-west-3")];
/// let policy = Policy::new()
///     .with_all(recipes::invoke_through_profile(&profile.at(here), &model, regions))
///     .build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn invoke_through_profile(
    profile: &Arn<arn::InferenceProfile>,
    model: &arn::FoundationModel,
    regions: impl IntoIterator<Item = Region>,
) -> [Statement; 2] {
    let models: Vec<_> = regions
        .into_iter()
        .map(|region| model.clone().at(profile.site().with_region(region)))
        .collect();
    [
        Statement::allow(INVOKE).on(profile.clone()).checked(),
        Statement::allow(INVOKE)
            .on(models)
            .when(key::INFERENCE_PROFILE_ARN.arn_equals(profile.to_string()))
            .checked(),
    ]
}

/// Returns statements that allow a model through a global inference profile.
///
/// They allow the profile and the model in the profile's region, and the model without a region: for a
/// request that is routed to another region, IAM authorizes the ARN without a region, and
/// `aws:RequestedRegion` is `unspecified`.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let profile = arn::InferenceProfile { resource_id: seg!("global.anthropic.claude-sonnet-4-v1:0") };
/// let model = arn::FoundationModel { resource_id: seg!("anthropic.claude-sonnet-4-v1:0") };
/// let policy = Policy::new()
///     .with_all(recipes::invoke_through_global_profile(&profile.at(here), &model))
///     .build()?;
/// assert!(policy.to_json().contains("arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-v1:0"));
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn invoke_through_global_profile(
    profile: &Arn<arn::InferenceProfile>,
    model: &arn::FoundationModel,
) -> [Statement; 3] {
    let here = profile.site();
    let through = || key::INFERENCE_PROFILE_ARN.arn_equals(profile.to_string());
    [
        Statement::allow(INVOKE).on(profile.clone()).checked(),
        Statement::allow(INVOKE)
            .on(model.clone().at(here))
            .when(through())
            .checked(),
        Statement::allow(INVOKE)
            .on(model.clone().at(here.no_region()))
            .when(global::REQUESTED_REGION.string_equals("unspecified"))
            .when(through())
            .checked(),
    ]
}

/// Returns statements that deny model invocations without this version of a guardrail, and that allow
/// applying the guardrail.
///
/// The `Deny` also applies to the streaming action, and to requests without a guardrail, because a
/// negated operator matches if its key is absent. Use [`with_any_version`](Arn::with_any_version)
/// to accept every version.
///
/// Batch inference does not support guardrails and has no condition key for them. Deny
/// `CreateModelInvocationJob` too if batch jobs must not bypass the guardrail.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let guardrail = arn::Guardrail { guardrail_id: seg!("abcdef123456") }.at(here);
/// let policy = Policy::new().with_all(recipes::require_guardrail(&guardrail.with_version(1))).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn require_guardrail(guardrail: &VersionedArn<arn::Guardrail>) -> [Statement; 2] {
    let deny = Statement::deny(INVOKE).on(AnyResource);
    [
        match guardrail.version() {
            Version::Number(_) if guardrail.arn().is_concrete() => {
                deny.when(key::GUARDRAIL_IDENTIFIER.string_not_equals(guardrail))
            }
            // `StringNotEquals` would compare `*` as a plain character
            _ => deny.when(key::GUARDRAIL_IDENTIFIER.arn_not_like(guardrail)),
        }
        .checked(),
        Statement::allow(action::ApplyGuardrail)
            .on(guardrail.arn().clone())
            .checked(),
    ]
}

/// Returns statements that allow only these models.
///
/// All actions that invoke a model, including streaming, asynchronous and batch invocations, are
/// allowed on these models and denied on any other.
///
/// The `Deny` statements exclude the other resources on which invocations are authorized: inference
/// profiles (whose models are authorized as well), projects, system tools, asynchronous invocations
/// and batch jobs. `bedrock-mantle` is a separate service, which has a condition key for the model
/// instead.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let policy = Policy::new().with_all(recipes::only_models([haiku.at(here)])).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn only_models(models: impl IntoIterator<Item = Arn<arn::FoundationModel>>) -> [Statement; 5] {
    let models: Vec<_> = models.into_iter().collect();
    let asynchronous = arn::AsyncInvoke {
        resource_id: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let batch = arn::ModelInvocationJob {
        job_identifier: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let project = arn::Project {
        resource_id: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let tools = arn::SystemTool {
        resource_id: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let profiles = (
        arn::InferenceProfile {
            resource_id: Segment::ANY,
        }
        .at(Site::ANYWHERE),
        arn::ApplicationInferenceProfile {
            resource_id: Segment::ANY,
        }
        .at(Site::ANYWHERE),
    );
    // the other resource types differ by action, so each action needs its own `Deny`
    [
        Statement::allow(INVOKE_OR_BATCH)
            .on(models.clone())
            .checked(),
        Statement::allow((action::InvokeModel, action::CreateModelInvocationJob))
            .on_mixed((asynchronous.clone(), batch.clone()))
            .checked(),
        Statement::deny(action::InvokeModel)
            .on_all_except((&models, &profiles, &tools, project, asynchronous))
            .checked(),
        Statement::deny(action::InvokeModelWithResponseStream)
            .on_all_except((&models, profiles, tools))
            .checked(),
        Statement::deny(action::CreateModelInvocationJob)
            .on_all_except((models, batch))
            .checked(),
    ]
}
