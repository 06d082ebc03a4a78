//! The actions that a call needs, and the part of the call that causes each.

use iam_policy::words::code;
use iam_policy::{ArnPattern, ContextEntry};

use super::context::Context;
use super::error::CallError;
use super::given::Given;
use super::models::Target;
use super::operation::{Listed, Operation};
use super::requests::{CallRequest, CallRequests};
use super::resources::Action;
use super::rules;

const MARKETPLACE: &str = "bedrock-marketplace-model-endpoint";

/// An action of a call, before its resources are known.
pub(super) struct Need {
    pub(super) action: &'static str,
    pub(super) context: &'static [ContextEntry],
    pub(super) required: bool,
    pub(super) when: String,
    /// Whether the reference's table lists it for the operation.
    pub(super) in_table: bool,
}

/// One resource that an action is authorized on.
pub(super) struct Authorized<'a> {
    pub(super) action: &'a str,
    pub(super) arn: String,
    pub(super) context: Context,
    pub(super) required: bool,
    pub(super) when: &'a str,
}

impl<'a> Authorized<'a> {
    pub(super) fn new(need: &'a Need, arn: String, context: Context) -> Self {
        Self {
            action: need.action,
            arn,
            context,
            required: need.required,
            when: &need.when,
        }
    }
}

/// The requests of one side of a call that are being collected.
pub(super) struct Collected<'a> {
    pub(super) given: &'a Given<'a>,
    pub(super) operation: &'a Operation,
    /// Whether the requests are those of the service's role, which carry nothing of the call.
    is_role: bool,
    requests: Vec<CallRequest>,
    missing: Vec<String>,
}

impl Given<'_> {
    /// Returns the requests of the caller.
    pub(super) fn caller(&self, operation: &Operation) -> Result<CallRequests, CallError> {
        let mut collected = Collected::new(self, operation);
        for listed in &operation.actions {
            if let Some(need) = self.need(listed, operation) {
                collected.listed(&need)?;
            }
        }
        collected.bearer();
        for row in rules::CALLER {
            collected.row(row)?;
        }
        collected.keys();
        Ok(collected.finish())
    }

    /// Returns the requests of the role that is passed, or with which the service runs.
    pub(super) fn service_role(
        &self,
        operation: &Operation,
    ) -> Result<Vec<CallRequest>, CallError> {
        let mut collected = Collected {
            is_role: true,
            ..Collected::new(self, operation)
        };
        for row in rules::SERVICE_ROLE {
            collected.row(row)?;
        }
        Ok(collected.finish().caller)
    }

    /// Returns whether and when the call needs an action of its operation.
    fn need(&self, listed: &Listed, operation: &Operation) -> Option<Need> {
        let Listed {
            action,
            context,
            in_table,
        } = *listed;
        let name = operation.name.as_str();
        let need = |required, when: &str| {
            Some(Need {
                action,
                context,
                required,
                when: when.to_owned(),
                in_table,
            })
        };
        if operation.is_main(action) && action.split(':').nth(1) == Some(name) {
            return need(true, "always");
        }
        if rules::LISTED_ONLY.contains(&(name, action)) {
            return need(false, "only the reference's table of operations lists it");
        }
        if action == "iam:PassRole" {
            return match self.call.role {
                Some(_) => need(true, "a role is passed"),
                None => need(false, "a role is passed"),
            };
        }
        let mut rows = operation.service.overlay.needed_only_with.iter();
        let optional = rows.find(|it| {
            it.action == action && (it.operations.is_empty() || it.operations.contains(&name))
        });
        match optional {
            None => need(true, "always"),
            Some(row) => match self.uses(row.usage, action) {
                Some(true) => need(true, row.when),
                Some(false) => None,
                None => need(false, row.when),
            },
        }
    }

    /// Returns whether a call has a use of the overlay's `needed_only_with`; `None` if its members do
    /// not show it.
    fn uses(&self, usage: &str, action: &str) -> Option<bool> {
        let call = self.call;
        Some(match usage {
            "api-keys" => call.api_key.is_some(),
            "automated-reasoning" | "capacity-providers" | "memory" => {
                let facts = self.action(action)?;
                let (_, bare) = action.split_once(':')?;
                let created = self.created(facts.service, bare).map(|row| row.name);
                let types = facts.types().map(|(row, _)| row.name);
                // no member names a new resource
                let mut types = types.filter(|name| created != Some(name)).peekable();
                types.peek()?;
                types.any(|name| self.find(name).is_some())
            }
            "guardrails" => call.guardrail.is_some(),
            "prompts" => {
                let model = self.named_model(rules::MODEL_KINDS);
                model.is_some_and(|it| it.is_one_of(&["prompt"]))
            }
            "tagging" => !call.tags.is_empty(),
            "third-party-stores" => call.has_third_party_store(),
            "tools" => !call.system_tools.is_empty(),
            "user-ids" => call.keys.contains_key("user_id"),
            _ => return None,
        })
    }
}

impl<'a> Collected<'a> {
    fn new(given: &'a Given<'a>, operation: &'a Operation) -> Self {
        Self {
            given,
            operation,
            is_role: false,
            requests: Vec::new(),
            missing: Vec::new(),
        }
    }

    fn finish(self) -> CallRequests {
        CallRequests {
            caller: self.requests,
            missing: self.missing,
            ..CallRequests::default()
        }
    }

    /// Adds a request; those that differ only in their resources become one.
    pub(super) fn push(&mut self, authorized: Authorized<'_>) {
        let Authorized {
            action,
            arn,
            context,
            required,
            when,
        } = authorized;
        let same = self.requests.iter_mut().find(|it| {
            it.action == action
                && it.context == context
                && it.required == required
                && it.when == when
        });
        match same {
            Some(request) if request.resources.contains(&arn) => {}
            Some(request) => request.resources.push(arn),
            None => self.requests.push(CallRequest {
                action: action.to_owned(),
                resources: vec![arn],
                context,
                required,
                when: when.to_owned(),
                region: self.given.region.clone(),
            }),
        }
    }

    /// Adds the requests of an action that the reference or its overlay lists.
    fn listed(&mut self, need: &Need) -> Result<(), CallError> {
        let mut fixed = Context::new();
        for entry in need.context {
            // the reference can state several values as one: `a.amazonaws.com, b.amazonaws.com`
            let values = entry.values.iter().flat_map(|value| value.split(", "));
            fixed.insert(entry.key.to_owned(), values.map(str::to_owned).collect());
        }
        let given = self.given;
        if need.action == "iam:PassRole" {
            let any = || format!("arn:{}:iam::{}:role/*", given.partition, given.account);
            let arn = given.call.role.clone().unwrap_or_else(any);
            self.push(Authorized::new(need, arn, fixed));
            return Ok(());
        }
        if need.action.ends_with(":TagResource") && self.operation.name != "TagResource" {
            let Operation { service, name, .. } = self.operation;
            let tagged = rules::TAGGED.iter().find(|(of, _)| of == name);
            let tagged = tagged
                .and_then(|(_, kind)| service.resource_types.iter().find(|row| row.name == *kind));
            let created = tagged
                .or_else(|| given.created(service, name))
                .filter(|row| {
                    // the reference does not list each type that can be created with tags
                    let tag = given.action(need.action);
                    tag.is_none_or(|it| it.has_type(row.name))
                });
            let new = created.and_then(|row| given.new_resource(service, row));
            let arn = new.unwrap_or_else(|| "*".to_owned());
            let context = given.context(need.action, None, false);
            self.push(Authorized::new(need, arn, context));
            return Ok(());
        }
        if need.action.ends_with(":InvokeTool") {
            for tool in &given.call.system_tools {
                let maker = if tool.contains('.') { "" } else { "amazon." };
                let (partition, account) = (given.partition, &given.account);
                let arn = format!("arn:{partition}:bedrock::{account}:system-tool/{maker}{tool}");
                self.push(Authorized::new(need, arn, fixed.clone()));
            }
            return Ok(());
        }
        match given.action(need.action) {
            Some(action) => self.action(action, need, &fixed),
            // an action of a service without facts
            None => {
                for arn in given.of_sagemaker(need.action) {
                    self.push(Authorized::new(need, arn, fixed.clone()));
                }
                Ok(())
            }
        }
    }

    /// Adds the requests of an action of a module, on the models and other resources of the call.
    pub(super) fn action(
        &mut self,
        action: Action,
        need: &Need,
        fixed: &Context,
    ) -> Result<(), CallError> {
        let given = self.given;
        let mut targets = self.models(action)?;
        let found = given.resources(action, self.operation);
        for arn in found.arns {
            let named = given.resources.iter().find(|it| it.arn == arn);
            let mut types = action.types().map(|(row, _)| row.name);
            let kind = types.find(|name| named.is_some_and(|it| it.is(name)));
            targets.push(Target {
                arn,
                kind: kind.unwrap_or_default().to_owned(),
                context: Vec::new(),
            });
        }
        if action.facts.name.ends_with(":ApplyGuardrail") {
            targets = self.in_each_region(targets);
        }
        let is_main = self.operation.is_main(need.action);
        let kinds: Vec<_> = action.types().filter(|(_, required)| *required).collect();
        let is_model = |kind: &str| rules::MODEL_KINDS.contains(&kind);
        let needs_model = kinds.iter().any(|(row, _)| is_model(row.name)) && !found.is_on_any;
        if kinds.is_empty() && targets.is_empty() && found.missing.is_empty() {
            targets.push(Target {
                arn: "*".to_owned(),
                kind: String::new(),
                context: Vec::new(),
            });
        }
        let is_named = given.named_model(rules::MODEL_KINDS).is_some();
        let has_model = is_named || targets.iter().any(|it| is_model(&it.kind));
        if need.required && needs_model && !has_model && (is_main || action.invokes_models()) {
            self.lack("model", need);
        } else if need.required && is_main && !(found.is_on_any && is_named) {
            for name in found.missing {
                self.lack(&name.replace('-', "_"), need);
            }
            // models that the action is authorized on beside others
            let together = action.needed_together(self.operation);
            let Operation { service, name, .. } = self.operation;
            let created = given.created(service, name).map(|row| row.name);
            let is_there =
                |it: &str| created == Some(it) || targets.iter().any(|target| target.kind == it);
            let lacking = together.filter(|it| {
                is_model(it.needs) && !is_there(it.needs) && !it.or.iter().any(|it| is_there(it))
            });
            for row in lacking {
                self.lack(&row.needs.replace('-', "_"), need);
            }
        } else if need.required && targets.is_empty() {
            for name in found.missing {
                match self.new_by_others(name) {
                    Some(arn) => targets.push(Target {
                        arn,
                        kind: name.to_owned(),
                        context: Vec::new(),
                    }),
                    // some of the overlay's are for an option of the request
                    None if need.in_table => self.lack(&name.replace('-', "_"), need),
                    None => {}
                }
            }
        }
        for target in targets {
            self.push(self.target(target, need, fixed));
        }
        Ok(())
    }

    /// Adds a member that names the resource of an action to those that the call lacks.
    fn lack(&mut self, member: &str, need: &Need) {
        let action = need.action;
        self.missing
            .push(format!("`{member}`: `{action}` is authorized on it"));
    }

    /// Returns the new resource of a type that an action of the operation creates, such as the runtime of
    /// a harness.
    fn new_by_others(&self, name: &str) -> Option<String> {
        let Operation {
            service, actions, ..
        } = self.operation;
        let mut created = actions.iter().filter_map(|it| {
            let (_, action) = it.action.split_once(':')?;
            self.given.created(service, action)
        });
        let row = created.find(|row| row.name == name)?;
        self.given.new_resource(service, row)
    }

    /// Returns the request of an action on a target.
    pub(super) fn target<'n>(
        &self,
        target: Target,
        need: &'n Need,
        fixed: &Context,
    ) -> Authorized<'n> {
        let is_about = target.kind != "guardrail" || self.operation.name.contains("Guardrail");
        let named = is_about && !target.arn.ends_with('*');
        let kind = Some(target.kind.as_str());
        let mut context = match self.is_role {
            true => Context::new(),
            false => self.given.context(need.action, kind, named),
        };
        if !self.operation.takes_tags() {
            context.retain(|key, _| !is_request_tag(key));
        }
        context.extend(fixed.clone());
        let more = target.context.into_iter();
        context.extend(more.map(|(key, value)| (key.to_owned(), vec![value])));
        Authorized::new(need, target.arn, context)
    }

    /// Returns the models that an action is authorized on. An action that invokes them is authorized on
    /// those behind a profile or router as well, any other on what the caller names.
    fn models(&mut self, action: Action) -> Result<Vec<Target>, CallError> {
        let kinds = action.model_kinds();
        let given = self.given;
        if kinds == [MARKETPLACE] {
            return Ok(vec![given.marketplace()]);
        }
        if kinds.is_empty() {
            return Ok(Vec::new());
        }
        match given.named_model(&kinds) {
            Some(model) if action.invokes_models() => given.invoked(&model, &mut self.missing),
            Some(model) if model.is_one_of(&kinds) => Ok(vec![model.target()]),
            Some(model) if model.is_one_of(&["endpoint"]) && kinds.contains(&MARKETPLACE) => {
                Ok(vec![given.marketplace()])
            }
            Some(model) if self.operation.is_main(action.facts.name) => {
                Err(CallError::member("model", &model.arn, &expected(&kinds)))
            }
            Some(_) => Ok(Vec::new()),
            None if action.invokes_models() => Ok(Vec::new()),
            None => {
                let models = given.call.router_models.iter();
                Ok(models.map(|it| given.model(it, &kinds).target()).collect())
            }
        }
    }

    /// Adds a guardrail profile in each region that it routes to.
    fn in_each_region(&mut self, targets: Vec<Target>) -> Vec<Target> {
        let regions = self
            .given
            .call
            .guardrail
            .as_ref()
            .map(|it| &it.profile_regions);
        let mut all = Vec::new();
        for target in targets {
            let pattern = ArnPattern::parse(&target.arn).ok();
            let profile = pattern.filter(|it| it.resource().starts_with("guardrail-profile/"));
            let Some(profile) = profile else {
                all.push(target);
                continue;
            };
            let regions = regions.into_iter().flatten();
            let others = regions
                .filter(|it| *it != profile.region())
                .map(|region| Target {
                    arn: format!(
                        "arn:{}:bedrock:{region}:{}:{}",
                        profile.partition(),
                        profile.account(),
                        profile.resource()
                    ),
                    ..target.clone()
                });
            let others: Vec<_> = others.collect();
            if others.is_empty() {
                self.missing.push(format!(
                    "`guardrail.profile_regions`: the regions that {} routes to",
                    code(&target.arn)
                ));
            }
            all.push(target);
            all.extend(others);
        }
        all
    }

    /// Adds the request for a call with an API key, which not every operation's list has.
    fn bearer(&mut self) {
        let given = self.given;
        let action = format!("{}:CallWithBearerToken", self.operation.service.prefix);
        let is_there = self.requests.iter().any(|it| it.action == action);
        if given.call.api_key.is_none() || is_there || given.action(&action).is_none() {
            return;
        }
        let context = given.context(&action, None, false);
        self.push(Authorized {
            action: &action,
            arn: "*".to_owned(),
            context,
            required: true,
            when: "for callers with API keys",
        });
    }
}

/// Returns what the member `model` has to be for an action with these types of models.
fn expected(kinds: &[&str]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|it| code(it)).collect();
    format!("the ARN of {}", kinds.join(" or "))
}

/// Returns whether a condition key is about the tags of the request.
pub(super) fn is_request_tag(key: &str) -> bool {
    key == "aws:TagKeys" || key.starts_with("aws:RequestTag/")
}
