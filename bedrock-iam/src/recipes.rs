//! Ready-made statements for Bedrock policies that are easy to get wrong.
//!
//! - [`invoke_through_profile`], [`invoke_through_global_profile`] and
//!   [`invoke_through_any_profile`] allow model invocations through an inference profile, but not
//!   directly.
//! - [`require_guardrail`] denies model invocations without a guardrail.
//! - [`only_models`] allows only some foundation models, [`only_models_of_any_kind`] only some models,
//!   profiles, routers and endpoints.
//! - [`no_api_keys`] denies API keys and their creation.
//! - [`resources_of_own_tag`] allows resources that have the same tag as the caller.
//! - [`only_through_tagged_profiles`] allows models only through application inference profiles with a
//!   tag, to which the costs are allocated.

use crate::generated::bedrock::{action, arn, key};
use iam_policy::{
    AnyResource, Arn, RawArn, Region, Resource, Segment, Site, Statement, Variable, VariableError,
    Version, VersionedArn, foreign_action, foreign_key, global,
};

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

/// A resource type of inference profiles.
pub trait Profile: Resource + Clone {}

impl Profile for arn::InferenceProfile {}
impl Profile for arn::ApplicationInferenceProfile {}

/// Returns statements that allow models through an inference profile of any kind.
///
/// The models are those behind the profile, which `GetInferenceProfile` lists: of a geographic profile,
/// the model in each region; of a global one, the model in the region of the call and the model
/// [without a region](Site::no_region); of an application profile, those of the model or profile that
/// it was created from.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let profile = arn::ApplicationInferenceProfile { resource_id: seg!("a1b2c3d4e5f6") };
/// let model = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let policy = Policy::new()
///     .with_all(recipes::invoke_through_any_profile(&profile.at(here), [model.at(here)]))
///     .build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn invoke_through_any_profile<P: Profile>(
    profile: &Arn<P>,
    models: impl IntoIterator<Item = Arn<arn::FoundationModel>>,
) -> [Statement; 2] {
    let models: Vec<_> = models.into_iter().collect();
    [
        Statement::allow(INVOKE)
            .on(RawArn::from(profile.clone()))
            .checked(),
        Statement::allow(INVOKE)
            .on(models)
            .when(key::INFERENCE_PROFILE_ARN.arn_equals(profile.to_string()))
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
/// `CreateModelInvocationJob` too if batch jobs must not bypass the guardrail. The same applies to
/// `bedrock-mantle:CreateInference`.
///
/// # Limits
///
/// - The `Deny` also blocks invocations that cannot have a guardrail, such as those of embedding and
///   reranking models, and features that invoke models for the caller partly without the guardrail:
///   `RetrieveAndGenerate` and `InvokeAgent` make several invocations each.
/// - A caller who marks parts of a prompt with input tags excludes the rest of it from the guardrail. A
///   policy cannot prevent this.
///
/// Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html>.
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

/// The ARN of a model of any kind, or of a profile, router or endpoint through which models are
/// invoked, for [`only_models_of_any_kind`].
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::recipes::ModelArn;
/// use bedrock_iam::{Partition, Site, account, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let imported = arn::ImportedModel { resource_id: seg!("abcdef123456") };
/// let model: ModelArn = imported.at(here).into();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelArn {
    arn: RawArn,
    is_invoked: bool,
    is_in_batches: bool,
}

/// Implements `From` for the ARNs of resource types, with their uses.
macro_rules! model_arns {
    ($($(#[$attribute:meta])* $Type:ident: invoked $invoked:literal, in batches $batch:literal;)*) => {
        $(impl From<Arn<arn::$Type>> for ModelArn {
            fn from(arn: Arn<arn::$Type>) -> Self {
                Self { arn: arn.into(), is_invoked: $invoked, is_in_batches: $batch }
            }
        })*
    };
}

model_arns! {
    ApplicationInferenceProfile: invoked true, in batches false;
    BedrockMarketplaceModelEndpoint: invoked true, in batches false;
    CustomModel: invoked false, in batches true;
    CustomModelDeployment: invoked true, in batches false;
    DefaultPromptRouter: invoked true, in batches false;
    FoundationModel: invoked true, in batches true;
    ImportedModel: invoked true, in batches false;
    InferenceProfile: invoked true, in batches false;
    PromptRouter: invoked true, in batches false;
    ProvisionedModel: invoked true, in batches false;
}

/// Returns statements that allow only these models, of any kind.
///
/// In contrast to [`only_models`], a profile, router or endpoint is allowed only if it is listed; list
/// the models behind it as well. Requests for system tools, projects, asynchronous invocations and
/// batch jobs are not denied. `bedrock-mantle` is a separate service, which has a condition key for the
/// model instead.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::{Partition, Policy, Site, account, recipes, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let provisioned = arn::ProvisionedModel { resource_id: seg!("abcdef123456") };
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let models = [provisioned.at(here).into(), haiku.at(here).into()];
/// let policy = Policy::new().with_all(recipes::only_models_of_any_kind(models)).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn only_models_of_any_kind(models: impl IntoIterator<Item = ModelArn>) -> Vec<Statement> {
    let models: Vec<ModelArn> = models.into_iter().collect();
    let of = |fits: fn(&ModelArn) -> bool| -> Vec<RawArn> {
        let models = models.iter().filter(|it| fits(it));
        models.map(|it| it.arn.clone()).collect()
    };
    let (invoked, in_batches) = (of(|it| it.is_invoked), of(|it| it.is_in_batches));
    let asynchronous = RawArn::from(
        arn::AsyncInvoke {
            resource_id: Segment::ANY,
        }
        .at(Site::ANYWHERE),
    );
    let batch = RawArn::from(
        arn::ModelInvocationJob {
            job_identifier: Segment::ANY,
        }
        .at(Site::ANYWHERE),
    );
    let project = RawArn::from(
        arn::Project {
            resource_id: Segment::ANY,
        }
        .at(Site::ANYWHERE),
    );
    let tools = RawArn::from(
        arn::SystemTool {
            resource_id: Segment::ANY,
        }
        .at(Site::ANYWHERE),
    );
    let and = |models: &[RawArn], others: &[&RawArn]| -> Vec<RawArn> {
        let others = others.iter().map(|it| (*it).clone());
        models.iter().cloned().chain(others).collect()
    };
    let mut statements = Vec::new();
    if !invoked.is_empty() {
        statements.push(Statement::allow(INVOKE).on(invoked.clone()).checked());
        statements.push(
            Statement::allow(action::InvokeModel)
                .on(asynchronous.clone())
                .checked(),
        );
    }
    if !in_batches.is_empty() {
        statements.push(
            Statement::allow(action::CreateModelInvocationJob)
                .on(and(&in_batches, &[&batch]))
                .checked(),
        );
    }
    statements.extend([
        Statement::deny(action::InvokeModel)
            .on_all_except(and(&invoked, &[&tools, &project, &asynchronous]))
            .checked(),
        Statement::deny(action::InvokeModelWithResponseStream)
            .on_all_except(and(&invoked, &[&tools]))
            .checked(),
        Statement::deny(action::CreateModelInvocationJob)
            .on_all_except(and(&in_batches, &[&batch]))
            .checked(),
    ]);
    statements
}

/// Returns statements that deny calls with API keys, at both endpoints, and the creation of long-term
/// keys.
///
/// ```
/// use bedrock_iam::{Policy, recipes};
///
/// let policy = Policy::new().with_all(recipes::no_api_keys()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn no_api_keys() -> [Statement; 2] {
    [
        Statement::deny((
            action::CallWithBearerToken,
            foreign_action!("bedrock-mantle:CallWithBearerToken"),
        ))
        .on(AnyResource)
        .checked(),
        Statement::deny(foreign_action!("iam:CreateServiceSpecificCredential"))
            .on(AnyResource)
            .when(
                foreign_key!("iam:ServiceSpecificCredentialServiceName")
                    .string_equals("bedrock.amazonaws.com"),
            )
            .checked(),
    ]
}

/// Returns the variable for the caller's value of a tag.
fn own(tag: &str) -> Result<Variable, VariableError> {
    Variable::new(&format!("aws:PrincipalTag/{tag}"))
}

/// Returns statements that allow agents, flows and knowledge bases that have the same value of a tag as
/// the caller, and that deny changes of this tag.
///
/// A caller without the tag is not allowed anything. Resources are tagged by someone else, because the
/// denial also applies to tags at creation.
///
/// # Errors
///
/// Returns [`VariableError`] if the tag's key cannot be part of a policy variable.
///
/// ```
/// use bedrock_iam::{Policy, recipes};
///
/// let policy = Policy::new().with_all(recipes::resources_of_own_tag("team")?).build()?;
/// assert!(policy.to_json().contains("${aws:PrincipalTag/team}"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn resources_of_own_tag(tag: &str) -> Result<[Statement; 2], VariableError> {
    let used = (action::InvokeAgent, action::InvokeFlow, action::Retrieve);
    Ok([
        Statement::allow(used)
            .on(AnyResource)
            .when(key::resource_tag(tag).string_equals(own(tag)?))
            .checked(),
        Statement::deny((action::TagResource, action::UntagResource))
            .on(AnyResource)
            .when(key::TAG_KEYS.for_any_value().string_equals(tag.to_owned()))
            .checked(),
    ])
}

/// Returns statements that allow models only through application inference profiles that have the same
/// value of a tag as the caller, so that the costs of each invocation are allocated to the tag.
///
/// Direct invocations are denied, also if another policy allows them. The statements do not allow the
/// creation of such profiles; [`resources_of_own_tag`] denies changes of the tag.
///
/// # Errors
///
/// Returns [`VariableError`] if the tag's key cannot be part of a policy variable.
///
/// ```
/// use bedrock_iam::{Policy, recipes};
///
/// let policy = Policy::new().with_all(recipes::only_through_tagged_profiles("team")?).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn only_through_tagged_profiles(tag: &str) -> Result<[Statement; 3], VariableError> {
    let profiles = arn::ApplicationInferenceProfile {
        resource_id: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let models = arn::FoundationModel {
        resource_id: Segment::ANY,
    }
    .at(Site::ANYWHERE);
    let through = profiles.to_string();
    Ok([
        Statement::allow(INVOKE)
            .on(profiles)
            .when(key::resource_tag(tag).string_equals(own(tag)?))
            .checked(),
        Statement::allow(INVOKE)
            .on(models.clone())
            .when(key::INFERENCE_PROFILE_ARN.arn_like(through.clone()))
            .checked(),
        Statement::deny(INVOKE)
            .on(models)
            .when(key::INFERENCE_PROFILE_ARN.arn_not_like(through))
            .checked(),
    ])
}
