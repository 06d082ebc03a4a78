//! Policies that people get wrong, as functions: what they return was checked while compiling.

use crate::generated::bedrock::{action, arn, key};
use iam_policy::Statement;
use iam_policy::{AnyResource, Segment, global};
use iam_policy::{Arn, Version, VersionedArn};
use iam_policy::{Region, Site};

/// The actions that invoke a model and wait for it.
const INVOKE: (action::InvokeModel, action::InvokeModelWithResponseStream) =
    (action::InvokeModel, action::InvokeModelWithResponseStream);

/// Those, and the one that invokes it in a batch.
const INVOKE_OR_BATCH: (
    action::InvokeModel,
    action::InvokeModelWithResponseStream,
    action::CreateModelInvocationJob,
) = (
    action::InvokeModel,
    action::InvokeModelWithResponseStream,
    action::CreateModelInvocationJob,
);

/// Invoking a model through a cross-region inference profile: the profile, and its model in each of
/// the regions that it routes to, there only through the profile.
///
/// Without the second statement requests fail; without its condition the model could be invoked past
/// the profile.
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

/// Invoking a model through a global inference profile: the profile and the model in the region that
/// is called, and the model without a region, which is what a request is authorized on that is routed
/// anywhere; the region asked for is `unspecified` then.
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

/// Requiring a guardrail: models may be invoked only with it, at this version, and the guardrail may
/// be applied.
///
/// The Deny covers the streaming action too, and requests that name no guardrail: a negated operator
/// holds where its key is absent. With [any version](Arn::with_any_version), each version will do.
///
/// Batch inference takes no guardrail, and has no key for one: where `CreateModelInvocationJob` is no
/// way out either, deny it as well.
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
            // `StringNotEquals` would take the `*` for a version of that name
            Version::Any => deny.when(key::GUARDRAIL_IDENTIFIER.arn_not_like(guardrail)),
            Version::Number(_) => deny.when(key::GUARDRAIL_IDENTIFIER.string_not_equals(guardrail)),
        }
        .checked(),
        Statement::allow(action::ApplyGuardrail)
            .on(guardrail.arn().clone())
            .checked(),
    ]
}

/// Allowing only certain models: every action that invokes one, streaming, asynchronous and batch, is
/// allowed on these models and denied on any other.
///
/// What an invocation is authorized on beside a model stays open to other statements: inference
/// profiles (whose models are checked each), projects, system tools, asynchronous invocations and
/// batch jobs.
/// `bedrock-mantle` is a service of its own, with a condition key for the model instead.
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
    // what is beside a model differs by action, so each has a Deny of its own
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
