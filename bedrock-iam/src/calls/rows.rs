//! The requests that a call causes beyond those that the reference lists, from the tables of rows.

use super::context::Context;
use super::error::CallError;
use super::given::Given;
use super::models::{Model, Target};
use super::needs::{Authorized, Collected, Need, is_request_tag};
use super::operation::Operation;
use super::rules::{self, On, Row};

impl Collected<'_> {
    /// Adds the requests of a row that applies to the call.
    pub(super) fn row(&mut self, row: &'static Row) -> Result<(), CallError> {
        let given = self.given;
        let call = given.call;
        if !row.operations.contains(&self.operation.name.as_str()) || !(row.with)(call) {
            return Ok(());
        }
        let need = Need {
            action: row.action,
            context: &[],
            required: row.required,
            when: row.when.to_owned(),
            in_table: false,
        };
        let mut fixed = Context::new();
        if let Some((key, value)) = row.context {
            fixed.insert(key.to_owned(), vec![value.to_owned()]);
        }
        let named = given.named_model(rules::MODEL_KINDS);
        let mut missing = Vec::new();
        let mut invoked = |model: Option<&Model>| match model {
            Some(model) => given.invoked(model, &mut missing),
            None => Ok(Vec::new()),
        };
        let part = |member: &str| {
            let text = call.part_models.get(member)?;
            Some(given.model(text, rules::MODEL_KINDS))
        };
        let targets = match row.on {
            On::Facts => {
                return match given.action(row.action) {
                    Some(action) => self.action(action, &need, &fixed),
                    None => Ok(()),
                };
            }
            On::Model | On::ModelWithoutGuardrail => invoked(named.as_ref())?,
            On::PartModel(member) => invoked(part(member).as_ref())?,
            On::NamedPartModel(member) => part(member).iter().map(Model::target).collect(),
            On::ModelOfType(kinds) => named
                .filter(|it| it.is_one_of(kinds))
                .map(|it| it.target_of_call())
                .into_iter()
                .collect(),
            On::BehindProfile => {
                let profile = named.filter(Model::is_profile);
                let behind = profile.map(|it| given.behind_profile(&it, false, &mut missing));
                let behind = behind.into_iter().flatten();
                behind
                    .map(|it| Target {
                        context: Vec::new(),
                        ..it
                    })
                    .collect()
            }
            _ => {
                for (arn, more) in given.other_resources(row.on, self.operation) {
                    let mut context = fixed.clone();
                    context.extend(given.stated_keys(row.action));
                    context.extend(more.map(|(key, value)| (key, vec![value])));
                    self.push(Authorized::new(&need, arn, context));
                }
                return Ok(());
            }
        };
        for target in targets {
            let mut authorized = self.target(target, &need, &fixed);
            authorized.context.retain(|key, _| !is_request_tag(key));
            if matches!(row.on, On::ModelWithoutGuardrail) {
                authorized.context.remove("bedrock:GuardrailIdentifier");
            }
            self.push(authorized);
        }
        Ok(())
    }
}

/// A resource of a row, with a condition key that only it has.
type Other = (String, Option<(String, String)>);

impl Given<'_> {
    /// Returns the resources of a row that are not models.
    fn other_resources(&self, on: On, operation: &Operation) -> Vec<Other> {
        let call = self.call;
        let bucket = |name: &String| format!("arn:{}:s3:::{name}", self.partition);
        let objects = |name: &String| format!("{}/*", bucket(name));
        let arns: Vec<String> = match on {
            On::Everything => vec!["*".to_owned()],
            On::Endpoint => {
                let model = self.named_model(rules::MODEL_KINDS);
                let endpoint = model.filter(|it| it.is_one_of(&["endpoint"]));
                let tags = call.resource_tags.iter().next();
                let tag =
                    tags.map(|(key, value)| (format!("aws:ResourceTag/{key}"), value.clone()));
                return endpoint.map(|it| (it.arn, tag)).into_iter().collect();
            }
            On::New(name) => {
                let Operation { service, .. } = operation;
                let row = service.resource_types.iter().find(|it| it.name == name);
                row.and_then(|row| self.new_resource(service, row))
                    .into_iter()
                    .collect()
            }
            On::Key => call.kms_key.iter().cloned().collect(),
            On::Role => call.role.iter().cloned().collect(),
            On::InputObjects => call.input_bucket.iter().map(objects).collect(),
            On::OutputObjects => call.output_bucket.iter().map(objects).collect(),
            On::Buckets => call
                .input_bucket
                .iter()
                .chain(&call.output_bucket)
                .map(bucket)
                .collect(),
            On::Store(service) => {
                let stores = call.vector_store.iter();
                let is_own = |it: &&String| it.split(':').nth(2) == Some(service);
                stores.filter(is_own).cloned().collect()
            }
            On::Function => call.function.iter().cloned().collect(),
            On::Secret => call.credentials_secret.iter().cloned().collect(),
            On::EnforcedGuardrail => call
                .enforced_guardrail
                .iter()
                .map(|it| self.guardrail_arn(it))
                .collect(),
            On::Schema => call.schema.iter().cloned().collect(),
            On::Collaborators => call.collaborators.clone(),
            On::Repository => call
                .image
                .iter()
                .filter_map(|it| self.repository(it))
                .collect(),
            On::WebSearch => {
                let (partition, region) = (self.partition, &self.region);
                vec![format!(
                    "arn:{partition}:bedrock-websearch:{region}:aws:tool/*"
                )]
            }
            On::GatewayIdentity => {
                let gateway = self.find("gateway").and_then(|it| it.arn.rsplit_once('/'));
                let ids = gateway.map(|(_, id)| {
                    let directory = "workload-identity-directory/default";
                    let identity = format!("{directory}/workload-identity/{id}");
                    [directory, &identity].map(|it| self.arn("bedrock-agentcore", it))
                });
                ids.into_iter().flatten().collect()
            }
            _ => Vec::new(),
        };
        arns.into_iter().map(|arn| (arn, None)).collect()
    }

    /// Returns the resources of an action of Amazon SageMaker AI: the endpoint that the call names, and new
    /// resources; `*` for other actions.
    pub(super) fn of_sagemaker(&self, action: &str) -> Vec<String> {
        let row = rules::SAGEMAKER.iter().find(|(of, _)| *of == action);
        let Some((_, kinds)) = row else {
            return vec!["*".to_owned()];
        };
        let named = self.named_model(rules::MODEL_KINDS).map(|it| it.arn);
        let mut all = named
            .into_iter()
            .chain(self.resources.iter().map(|it| it.arn.clone()));
        let endpoint = all.find(|it| it.contains(":sagemaker:") && it.contains(":endpoint/"));
        let arn = |kind: &&str| match &endpoint {
            Some(arn) if *kind == "endpoint" => arn.clone(),
            _ => self.arn("sagemaker", &format!("{kind}/*")),
        };
        kinds.iter().map(arn).collect()
    }
}
