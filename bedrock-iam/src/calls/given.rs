//! The ids and ARNs of a call, checked.

use iam_policy::words::{code, with_article};
use iam_policy::{AccountId, ArnPattern, Catalog, Region, ResourceTypeFacts, Service};

use super::call::{Call, Guardrail};
use super::error::CallError;
use super::rules;
use crate::catalog::catalog;

/// A call whose members are well-formed.
pub(super) struct Given<'a> {
    pub(super) call: &'a Call,
    pub(super) catalog: &'static Catalog,
    pub(super) partition: &'static str,
    pub(super) region: String,
    pub(super) account: String,
    /// The resources that the request names, without models, the role and resources of other services.
    pub(super) resources: Vec<CallResource>,
}

/// A resource that a call names.
#[derive(Clone, Debug)]
pub(super) struct CallResource {
    pub(super) arn: String,
    /// The types that the ARN can have.
    pub(super) types: Vec<(&'static Service, &'static ResourceTypeFacts)>,
}

impl CallResource {
    /// Returns whether the ARN can have this type of Bedrock's services.
    pub(super) fn is(&self, name: &str) -> bool {
        self.types.iter().any(|(_, it)| it.name == name)
    }
}

impl<'a> Given<'a> {
    pub(super) fn new(call: &'a Call, service: &'static Service) -> Result<Self, CallError> {
        let (Some(region), Some(account)) = (call.region, call.account) else {
            return Err(CallError::new(
                "the call has no region and account; hint: set them with `.at(…)`",
            ));
        };
        // a region newer than the crate is most likely one of the commercial partition
        let partition = region.partition().unwrap_or(iam_policy::Partition::Aws);
        let mut given = Self {
            call,
            catalog: catalog(),
            partition: partition.as_str(),
            region: region.to_string(),
            account: account.to_string(),
            resources: Vec::new(),
        };
        given.check_models()?;
        given.check_others()?;
        for (member, arn) in &call.resources {
            given.add(service, member, arn)?;
        }
        if let Some(guardrail) = &call.guardrail {
            given.add_guardrail(guardrail)?;
        }
        if let (Some(model), None) = (&call.model, &call.prompt)
            && model.contains(":prompt/")
        {
            let named = given.named("model", model, &["prompt", "prompt-version"])?;
            given.resources.push(named);
        }
        if let Some(prompt) = &call.prompt {
            let named = given.named("prompt.arn", &prompt.arn, &["prompt", "prompt-version"])?;
            given.resources.push(named);
        }
        Ok(given)
    }

    fn check_models(&self) -> Result<(), CallError> {
        let call = self.call;
        if let Some(model) = &call.model {
            check_model("model", model)?;
        }
        for (member, model) in &call.part_models {
            check_model(member, model)?;
        }
        if let (Some(model), Some(prompt)) = (&call.model, &call.prompt)
            && model.contains(":prompt/")
            && *model != prompt.arn
        {
            let expected = format!("{}, as in `prompt.arn`", code(&prompt.arn));
            return Err(CallError::member("model", model, &expected));
        }
        if let Some(model) = call.prompt.as_ref().and_then(|it| it.model.as_ref()) {
            check_model("prompt.model", model)?;
        }
        let lists = [
            ("profile_models", &call.profile_models),
            ("router_models", &call.router_models),
        ];
        for (member, arns) in lists {
            for (index, arn) in arns.iter().enumerate() {
                let member = format!("{member}[{index}]");
                self.named(&member, arn, rules::MODEL_KINDS)?;
            }
        }
        Ok(())
    }

    /// Checks the members that name resources of other services.
    fn check_others(&self) -> Result<(), CallError> {
        let call = self.call;
        let rows = [
            ("role", &call.role, "iam", "role/"),
            ("kms_key", &call.kms_key, "kms", "key/"),
            ("function", &call.function, "lambda", "function:"),
            (
                "credentials_secret",
                &call.credentials_secret,
                "secretsmanager",
                "secret:",
            ),
        ];
        for (member, arn, service, begin) in rows {
            let Some(arn) = arn else { continue };
            let fits = concrete(arn).is_some_and(|it| {
                it.service() == service
                    && it.resource().len() > begin.len()
                    && it.resource().starts_with(begin)
            });
            if !fits {
                let region = if service == "iam" {
                    ""
                } else {
                    self.region.as_str()
                };
                let form = format!(
                    "an ARN such as `arn:{}:{service}:{region}:{}:{begin}…`",
                    self.partition, self.account
                );
                return Err(CallError::member(member, arn, &form));
            }
        }
        if let Some(store) = call
            .vector_store
            .as_ref()
            .filter(|it| it.starts_with("arn:"))
            && concrete(store).is_none()
        {
            return Err(CallError::member("vector_store", store, "an ARN or an id"));
        }
        for (member, bucket) in [
            ("buckets.input", &call.input_bucket),
            ("buckets.output", &call.output_bucket),
        ] {
            let is_name = |it: &String| {
                let plain =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
                (3..=63).contains(&it.len()) && it.chars().all(plain)
            };
            if let Some(bucket) = bucket.as_ref().filter(|it| !is_name(it)) {
                let expected = "the name of a bucket, without `s3://` and path";
                return Err(CallError::member(member, bucket, expected));
            }
        }
        for (index, arn) in call.collaborators.iter().enumerate() {
            self.named(&format!("collaborators[{index}]"), arn, &["agent-alias"])?;
        }
        if let Some(image) = &call.image
            && self.repository(image).is_none()
        {
            let expected = "the URI of an image in Amazon ECR, such as \
                            `123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1`";
            return Err(CallError::member("image", image, expected));
        }
        if let Some(schema) = &call.schema
            && concrete(schema).is_none_or(|it| it.service() != "s3")
        {
            let expected =
                "the ARN of an object in Amazon S3, such as `arn:aws:s3:::bucket/schema.json`";
            return Err(CallError::member("schema", schema, expected));
        }
        if let Some(guardrail) = &call.enforced_guardrail {
            let arn = self.guardrail_arn(guardrail);
            self.named("enforced_guardrail", &arn, &["guardrail"])?;
        }
        for tool in &call.system_tools {
            if !is_id(tool) {
                return Err(CallError::member(
                    "system_tools",
                    tool,
                    "the name of a system tool",
                ));
            }
        }
        Ok(())
    }

    /// Adds a resource that a member names, which is named after its type or `resource`.
    fn add(&mut self, service: &Service, member: &str, text: &str) -> Result<(), CallError> {
        let types = rules::types_of_member(member);
        let named = match types.is_empty() {
            false => {
                let arn = self.of_id(service, &types, text);
                self.named(member, arn.as_deref().unwrap_or(text), &types)?
            }
            true => {
                let Some(pattern) = concrete(text) else {
                    return Err(CallError::member(member, text, "an ARN without wildcards"));
                };
                CallResource {
                    types: self.types(&pattern),
                    arn: text.to_owned(),
                }
            }
        };
        self.resources.push(named);
        Ok(())
    }

    /// Returns the ARN of a resource that calls name by its id: a tool of AWS's own, such as the browser
    /// `aws.browser.v1`, a guardrail profile or a project.
    fn of_id(&self, service: &Service, types: &[&'static str], text: &str) -> Option<String> {
        if text.starts_with("arn:") || !is_id(text) {
            return None;
        }
        let by_id: &[_] = match text.starts_with("aws.") {
            true => &["browser", "code-interpreter"],
            false => &["guardrail-profile", "project", "workload-identity"],
        };
        let kind = types.iter().find(|it| by_id.contains(*it))?;
        let row = service.resource_types.iter().find(|it| it.name == *kind)?;
        let last = row.template?.fields.last();
        self.instance(row, &|field| match Some(&field) == last {
            true => Some(text.to_owned()),
            false => rules::default(field, row.name).map(str::to_owned),
        })
    }

    /// Returns the ARN of a guardrail, which calls name by id or ARN.
    pub(super) fn guardrail_arn(&self, text: &str) -> String {
        match is_id(text) {
            true => self.arn("bedrock", &format!("guardrail/{text}")),
            false => text.to_owned(),
        }
    }

    /// Returns the ARN of the repository of a container image.
    pub(super) fn repository(&self, image: &str) -> Option<String> {
        let (host, path) = image.split_once('/')?;
        let (account, host) = host.split_once(".dkr.ecr.")?;
        let (region, _) = host.split_once(".amazonaws.com")?;
        let name = path.split([':', '@']).next()?;
        let account = AccountId::parse(account).ok()?;
        let region = Region::parse(region).ok()?;
        let partition = self.partition;
        let arn = format!("arn:{partition}:ecr:{region}:{account}:repository/{name}");
        concrete(&arn).filter(|_| !name.is_empty()).map(|_| arn)
    }

    fn add_guardrail(&mut self, guardrail: &Guardrail) -> Result<(), CallError> {
        let Guardrail {
            id,
            version,
            profile,
            profile_regions,
        } = guardrail;
        let arn = self.guardrail_arn(id);
        let named = self.named("guardrail.id", &arn, &["guardrail"])?;
        self.resources.push(named);
        let is_version = |it: &&String| {
            *it == "DRAFT" || !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit())
        };
        if let Some(version) = version.as_ref().filter(|it| !is_version(it)) {
            let expected = "a number or `DRAFT`";
            return Err(CallError::member("guardrail.version", version, expected));
        }
        for region in profile_regions {
            if Region::parse(region).is_err() {
                let member = "guardrail.profile_regions";
                return Err(CallError::member(member, region, "a region"));
            }
        }
        if let Some(profile) = profile {
            let arn = match profile.starts_with("arn:") {
                true => profile.clone(),
                false => self.arn("bedrock", &format!("guardrail-profile/{profile}")),
            };
            let named = self.named("guardrail.profile", &arn, &["guardrail-profile"])?;
            self.resources.push(named);
        }
        Ok(())
    }

    /// Checks that a text is the ARN of a resource with one of these types.
    fn named(
        &self,
        member: &str,
        text: &str,
        types: &[&'static str],
    ) -> Result<CallResource, CallError> {
        let found = concrete(text).map(|pattern| self.types(&pattern));
        let found = found.unwrap_or_default();
        if found.iter().any(|(_, it)| types.contains(&it.name)) {
            return Ok(CallResource {
                arn: text.to_owned(),
                types: found,
            });
        }
        let [first, ..] = types else {
            return Err(CallError::member(member, text, "an ARN"));
        };
        let expected = match types == rules::MODEL_KINDS {
            true => "the ARN of a model or inference profile".to_owned(),
            false => {
                let kind = with_article(&code(first));
                let id = if is_id(text) { text } else { "…" };
                match self.example(first, id) {
                    Some(arn) => format!("the ARN of {kind}, such as {}", code(&arn)),
                    None => format!("the ARN of {kind}"),
                }
            }
        };
        Err(CallError::member(member, text, &expected))
    }

    /// Returns an ARN of a type with one text for its ids.
    fn example(&self, name: &str, id: &str) -> Option<String> {
        let mut services = self.catalog.services().iter();
        let row = services.find_map(|service| {
            let mut rows = service.resource_types.iter();
            rows.find(|it| it.name == name && it.template.is_some())
        })?;
        self.instance(row, &|_| Some(id.to_owned()))
    }

    /// Returns the types of Bedrock's services that an ARN can have.
    fn types(&self, pattern: &ArnPattern) -> Vec<(&'static Service, &'static ResourceTypeFacts)> {
        let rows = self.catalog.resource_types(pattern, &[]).into_iter();
        rows.map(|it| {
            let service = self.catalog.services()[it.service];
            (service, &service.resource_types[it.resource_type])
        })
        .collect()
    }

    /// Returns an ARN in the region and account of the call.
    pub(super) fn arn(&self, service: &str, resource: &str) -> String {
        let (partition, region, account) = (self.partition, &self.region, &self.account);
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    }

    /// Returns the first resource of a type.
    pub(super) fn find(&self, resource_type: &str) -> Option<&CallResource> {
        self.resources.iter().find(|it| it.is(resource_type))
    }
}

impl Call {
    /// Returns whether a member names a resource, such as `knowledge_base`.
    pub(super) fn names(&self, member: &str) -> bool {
        let segment = format!(":{}/", member.replace('_', "-"));
        let mut all = self.resources.iter();
        all.any(|(of, arn)| of == member || arn.contains(&segment))
    }
}

/// Parses an ARN without wildcards and policy variables.
pub(super) fn concrete(text: &str) -> Option<ArnPattern> {
    let is_plain = !text.contains(['*', '?', '$']) && text.bytes().all(|b| b.is_ascii_graphic());
    let pattern = ArnPattern::parse(text).ok().filter(|_| is_plain)?;
    (!pattern.resource().is_empty()).then_some(pattern)
}

/// Returns whether a text can be the id of a resource.
fn is_id(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ":._-".contains(c);
    !text.is_empty() && !text.starts_with("arn:") && text.chars().all(is_part)
}

fn check_model(member: &str, model: &str) -> Result<(), CallError> {
    let is_id = |c: char| c.is_ascii_alphanumeric() || ".:_/-".contains(c);
    let is_arn = concrete(model).is_some_and(|it| ["bedrock", "sagemaker"].contains(&it.service()));
    let fits = match model.starts_with("arn:") {
        true => is_arn,
        false => !model.is_empty() && model.chars().all(is_id),
    };
    if fits {
        return Ok(());
    }
    let expected = "the id of a model or inference profile, or an ARN";
    Err(CallError::member(member, model, expected))
}
