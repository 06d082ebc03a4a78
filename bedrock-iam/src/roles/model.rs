//! Models that a role invokes.

use iam_policy::{Arn, Region, Site, Statement};

use crate::generated::bedrock::{action, arn};

/// A model that a role invokes: directly, or through an inference profile.
///
/// An ARN of a foundation model, a provisioned, imported or deployed custom model converts into it. An
/// inference profile needs the model in each of its regions as well.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::roles::{Agent, Model};
/// use bedrock_iam::{Partition, Policy, Site, account, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let profile = arn::InferenceProfile { resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0") };
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let regions = [region!("eu-central-1"), region!("eu-west-1"), region!("eu-west-3")];
/// let role = Agent::new(here, Model::through_profile(profile.at(here), &haiku, regions));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Model {
    foundation: Vec<Arn<arn::FoundationModel>>,
    profile: Vec<Arn<arn::InferenceProfile>>,
    application_profile: Vec<Arn<arn::ApplicationInferenceProfile>>,
    imported: Vec<Arn<arn::ImportedModel>>,
    deployment: Vec<Arn<arn::CustomModelDeployment>>,
    provisioned: Vec<Arn<arn::ProvisionedModel>>,
}

/// The actions that invoke a model synchronously.
const INVOKE: (action::InvokeModel, action::InvokeModelWithResponseStream) =
    (action::InvokeModel, action::InvokeModelWithResponseStream);

/// The resources on which invocations of a model are authorized.
type Resources = (
    Vec<Arn<arn::InferenceProfile>>,
    Vec<Arn<arn::ApplicationInferenceProfile>>,
    Vec<Arn<arn::FoundationModel>>,
    Vec<Arn<arn::ImportedModel>>,
    Vec<Arn<arn::CustomModelDeployment>>,
    Vec<Arn<arn::ProvisionedModel>>,
);

fn in_regions(
    model: &arn::FoundationModel,
    site: Site,
    regions: impl IntoIterator<Item = Region>,
) -> Vec<Arn<arn::FoundationModel>> {
    let regions = regions.into_iter();
    regions
        .map(|region| model.clone().at(site.with_region(region)))
        .collect()
}

impl Model {
    /// Returns a model that is invoked through a cross-region inference profile.
    ///
    /// The regions are those to which the profile routes. The model itself is allowed in each of them,
    /// because the service authorizes it as well.
    pub fn through_profile(
        profile: Arn<arn::InferenceProfile>,
        model: &arn::FoundationModel,
        regions: impl IntoIterator<Item = Region>,
    ) -> Self {
        Self {
            foundation: in_regions(model, profile.site(), regions),
            profile: vec![profile],
            ..Self::default()
        }
    }

    /// Returns a model that is invoked through a global inference profile.
    ///
    /// The service authorizes the model in the profile's region, and the ARN of the model without a
    /// region for requests that it routes to another one.
    pub fn through_global_profile(
        profile: Arn<arn::InferenceProfile>,
        model: &arn::FoundationModel,
    ) -> Self {
        let site = profile.site();
        Self {
            foundation: vec![model.clone().at(site), model.clone().at(site.no_region())],
            profile: vec![profile],
            ..Self::default()
        }
    }

    /// Returns a model that is invoked through an application inference profile.
    ///
    /// The regions are those to which the profile routes.
    pub fn through_application_profile(
        profile: Arn<arn::ApplicationInferenceProfile>,
        model: &arn::FoundationModel,
        regions: impl IntoIterator<Item = Region>,
    ) -> Self {
        Self {
            foundation: in_regions(model, profile.site(), regions),
            application_profile: vec![profile],
            ..Self::default()
        }
    }

    /// Returns the resources on which the invocation is authorized.
    fn resources(self) -> Resources {
        (
            self.profile,
            self.application_profile,
            self.foundation,
            self.imported,
            self.deployment,
            self.provisioned,
        )
    }

    /// Returns the statement with which an agent invokes the model.
    pub(super) fn invoked_by_agent(self) -> Statement {
        if self.profile.is_empty() && self.application_profile.is_empty() {
            return self.invoked();
        }
        Statement::allow((
            action::InvokeModel,
            action::InvokeModelWithResponseStream,
            action::GetInferenceProfile,
            action::GetFoundationModel,
        ))
        .on_mixed(self.resources())
        .checked()
    }

    /// Returns the statement with which a role invokes the model, also with streaming.
    pub(super) fn streamed(self) -> Statement {
        Statement::allow(INVOKE).on(self.resources()).checked()
    }

    /// Returns the statements with which an evaluation uses the model.
    pub(super) fn evaluated(self) -> Vec<Statement> {
        let profiles = (self.profile, self.application_profile);
        let mut statements = Vec::new();
        if !self.foundation.is_empty() {
            let actions = (INVOKE, action::CreateModelInvocationJob);
            statements.push(Statement::allow(actions).on(self.foundation).checked());
        }
        if !profiles.0.is_empty() || !profiles.1.is_empty() {
            let actions = (INVOKE, action::GetInferenceProfile);
            statements.push(Statement::allow(actions).on(profiles).checked());
        }
        if !self.imported.is_empty() {
            let actions = (INVOKE, action::GetImportedModel);
            statements.push(Statement::allow(actions).on(self.imported).checked());
        }
        if !self.deployment.is_empty() {
            statements.push(Statement::allow(INVOKE).on(self.deployment).checked());
        }
        if !self.provisioned.is_empty() {
            let actions = (INVOKE, action::GetProvisionedModelThroughput);
            statements.push(Statement::allow(actions).on(self.provisioned).checked());
        }
        statements
    }

    /// Returns the statement with which a role invokes the model.
    ///
    /// A provisioned model needs `bedrock:GetProvisionedModelThroughput` as well.
    pub(super) fn invoked(self) -> Statement {
        if self.provisioned.is_empty() {
            Statement::allow(action::InvokeModel)
                .on(self.resources())
                .checked()
        } else {
            Statement::allow((action::InvokeModel, action::GetProvisionedModelThroughput))
                .on(self.provisioned)
                .checked()
        }
    }
}

/// Converts an ARN into a model.
macro_rules! from {
    ($($Name:ident $field:ident),*) => {$(
        impl From<Arn<arn::$Name>> for Model {
            fn from(arn: Arn<arn::$Name>) -> Self {
                Self { $field: vec![arn], ..Self::default() }
            }
        }
    )*};
}

from! {
    FoundationModel foundation, ImportedModel imported, CustomModelDeployment deployment,
    ProvisionedModel provisioned
}
