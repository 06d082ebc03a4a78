//! Models as callers name them, and the resources that a call to them is authorized on.

use iam_policy::ArnPattern;
use iam_policy::words::code;

use super::error::CallError;
use super::given::{Given, concrete};
use super::rules;
use crate::rules::profile_regions::{GLOBAL, ProfileId, UNSPECIFIED};

const PROFILES: &[&str] = &["application-inference-profile", "inference-profile"];
const ROUTERS: &[&str] = &["default-prompt-router", "prompt-router"];
const REGION_KEY: &str = "aws:RequestedRegion";

/// A model as a caller names it.
pub(super) struct Model {
    pub(super) arn: String,
    /// The resource type, as the ARN states it.
    pub(super) kind: String,
}

/// A resource that a call to a model is authorized on, with the condition keys that the way to it adds.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) arn: String,
    pub(super) kind: String,
    pub(super) context: Vec<(&'static str, String)>,
}

impl Model {
    fn of_arn(arn: &str) -> Self {
        let pattern = ArnPattern::parse(arn).ok();
        let resource = pattern.as_ref().map_or("", ArnPattern::resource);
        let kind = resource.split('/').next().unwrap_or_default();
        Self {
            arn: arn.to_owned(),
            kind: kind.to_owned(),
        }
    }

    pub(super) fn is_one_of(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.kind.as_str())
    }

    fn region(&self) -> String {
        let pattern = ArnPattern::parse(&self.arn).ok();
        pattern.map_or_else(String::new, |it| it.region().to_owned())
    }

    /// Returns the part of the ARN after the type.
    fn id(&self) -> &str {
        self.arn.split_once('/').map_or("", |(_, id)| id)
    }

    pub(super) fn is_profile(&self) -> bool {
        self.is_one_of(PROFILES)
    }

    /// Returns the model as the resource of a request that reads it before it is invoked.
    pub(super) fn target_of_call(&self) -> Target {
        let region = self.is_profile().then(|| (REGION_KEY, self.region()));
        Target {
            context: region.into_iter().collect(),
            ..self.target()
        }
    }

    pub(super) fn target(&self) -> Target {
        Target {
            arn: self.arn.clone(),
            kind: self.kind.clone(),
            context: Vec::new(),
        }
    }
}

impl Given<'_> {
    /// Returns the model that a text names: an ARN, or the id of a model or inference profile.
    ///
    /// `kinds` are the types that the action accepts; an id that is not an inference profile's is one
    /// of a foundation model if the action accepts it.
    pub(super) fn model(&self, text: &str, kinds: &[&str]) -> Model {
        if text.starts_with("arn:") {
            return Model::of_arn(text);
        }
        // a profile of a geography that is newer than the crate
        let is_named_after = |arn: &String| {
            let id = Model::of_arn(arn).id().to_owned();
            text != id
                && text
                    .strip_suffix(id.as_str())
                    .is_some_and(|it| it.ends_with('.'))
        };
        let kind = if ProfileId::parse(text).is_some()
            || self.call.profile_models.iter().any(is_named_after)
        {
            "inference-profile"
        } else if kinds.contains(&"foundation-model") {
            "foundation-model"
        } else {
            kinds.first().copied().unwrap_or("foundation-model")
        };
        let arn = match kind {
            "foundation-model" => self.foundation_model(&self.region, text),
            _ => self.arn("bedrock", &format!("{kind}/{text}")),
        };
        Model {
            arn,
            kind: kind.to_owned(),
        }
    }

    fn foundation_model(&self, region: &str, id: &str) -> String {
        format!(
            "arn:{}:bedrock:{region}::foundation-model/{id}",
            self.partition
        )
    }

    /// Returns the resources that an invocation of a model is authorized on: the one that the caller
    /// names, and those behind it. Adds to `missing` the members without which some aren't known.
    pub(super) fn invoked(
        &self,
        model: &Model,
        missing: &mut Vec<String>,
    ) -> Result<Vec<Target>, CallError> {
        if model.is_profile() {
            let mut targets = vec![model.target_of_call()];
            targets.extend(self.behind_profile(model, false, missing));
            return Ok(targets);
        }
        if model.is_one_of(ROUTERS) {
            return self.behind_router(model, missing);
        }
        if model.is_one_of(&["prompt"]) {
            let named = self.call.prompt.as_ref().and_then(|it| it.model.as_ref());
            let Some(named) = named else {
                missing.push(format!(
                    "`prompt`: the model that {} names, as `GetPrompt` shows it",
                    code(&model.arn)
                ));
                return Ok(Vec::new());
            };
            let inner = self.model(named, rules::MODEL_KINDS);
            if inner.is_one_of(&["prompt"]) {
                return Err(CallError::member(
                    "prompt.model",
                    named,
                    "a model, not a prompt",
                ));
            }
            return self.invoked(&inner, missing);
        }
        if model.is_one_of(&["endpoint"]) {
            return Ok(vec![self.marketplace()]);
        }
        let direct = [
            "custom-model-deployment",
            "foundation-model",
            "imported-model",
            "provisioned-model",
        ];
        if model.is_one_of(&direct) {
            return Ok(vec![model.target()]);
        }
        let hint = match model.is_one_of(&["custom-model"]) {
            true => "; hint: name its deployment or provisioned model",
            false => "",
        };
        Err(CallError::new(format!(
            "{} can't be invoked; expected a model, an inference profile, a prompt router, a managed \
             prompt or an endpoint{hint}",
            code(&model.arn)
        )))
    }

    /// Returns the models behind an inference profile. A prompt router has several profiles, so `among`
    /// selects the models that the profile's id names.
    pub(super) fn behind_profile(
        &self,
        profile: &Model,
        among: bool,
        missing: &mut Vec<String>,
    ) -> Vec<Target> {
        let (geography, name) = profile.id().split_once('.').unwrap_or_default();
        let is_own =
            |it: &Model| !among || ProfileId::parse(profile.id()).is_none() || it.id() == name;
        let listed = self.call.profile_models.iter().map(|it| Model::of_arn(it));
        let mut models: Vec<_> = listed.filter(is_own).collect();
        if models.is_empty() && geography == GLOBAL {
            // the model in the region of the call, and in any other
            let regions = [profile.region(), String::new()];
            let arns = regions.map(|region| self.foundation_model(&region, name));
            models.extend(arns.iter().map(|it| Model::of_arn(it)));
        }
        if models.is_empty() {
            missing.push(format!(
                "`profile_models`: the models behind {} in each region that it routes to, as \
                 `GetInferenceProfile` lists them",
                code(&profile.arn)
            ));
        }
        let targets = models.iter().map(|model| {
            let region = Some(model.region()).filter(|it| !it.is_empty());
            Target {
                context: vec![
                    (REGION_KEY, region.unwrap_or_else(|| UNSPECIFIED.to_owned())),
                    ("bedrock:InferenceProfileArn", profile.arn.clone()),
                ],
                ..model.target()
            }
        });
        targets.collect()
    }

    fn behind_router(
        &self,
        router: &Model,
        missing: &mut Vec<String>,
    ) -> Result<Vec<Target>, CallError> {
        if self.call.router_models.is_empty() {
            missing.push(format!(
                "`router_models`: the models behind {}, as `GetPromptRouter` lists them",
                code(&router.arn)
            ));
        }
        let mut targets = vec![router.target()];
        for arn in &self.call.router_models {
            let model = Model::of_arn(arn);
            if model.is_one_of(ROUTERS) {
                return Err(CallError::member(
                    "router_models",
                    arn,
                    "a model or profile",
                ));
            }
            let mut behind = vec![model.target_of_call()];
            if model.is_profile() {
                behind.extend(self.behind_profile(&model, true, missing));
            }
            for target in &mut behind {
                target
                    .context
                    .push(("bedrock:PromptRouterArn", router.arn.clone()));
            }
            targets.append(&mut behind);
        }
        Ok(targets)
    }

    /// Returns the one resource that stands for all endpoints of Amazon Bedrock Marketplace.
    pub(super) fn marketplace(&self) -> Target {
        Target {
            arn: self.arn("bedrock", "marketplace/model-endpoint/all-access"),
            kind: "bedrock-marketplace-model-endpoint".to_owned(),
            context: Vec::new(),
        }
    }

    /// Returns the model that the caller names in place of a model id, or that a prompt names.
    pub(super) fn named_model(&self, kinds: &[&str]) -> Option<Model> {
        let call = self.call;
        match (&call.model, &call.prompt) {
            (Some(model), _) => Some(self.model(model, kinds)),
            (None, Some(prompt)) => concrete(&prompt.arn).map(|it| Model::of_arn(it.as_str())),
            (None, None) => None,
        }
    }
}
