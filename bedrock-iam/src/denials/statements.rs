//! Statements that allow a denied request, for the policies of each layer.

use iam_policy::decide::Layer;
use iam_policy::{
    AccountId, AnyResource, ArnPattern, Catalog, ForeignAction, Policy, PolicyBuilder, Principal,
    RawArn, Statement, foreign_key, global, typing::Unscoped,
};

use super::caller::{Caller, unmasked};
use super::{models, named};

/// The most resource types that are written for an action without a stated resource.
const MOST_TYPES: usize = 4;

/// A denied request, as far as the message states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) actions: &'a [String],
    pub(super) resource: Option<&'a str>,
    /// The name of the resource, if the message states no ARN.
    pub(super) name: Option<&'a str>,
    /// The message without its wrapping.
    pub(super) text: &'a str,
    /// Whether the resource is cut, so that no statement can be on it.
    pub(super) is_cut: bool,
    pub(super) operation: Option<&'a str>,
    pub(super) caller: Caller<'a>,
}

/// The resources of an action: an inference profile with the models behind it, or any.
type Resources = (Option<(String, Vec<String>)>, Vec<RawArn>);

/// The action that passes a role, in lower case.
pub(super) const PASS_ROLE: &str = "iam:passrole";

impl<'a> Request<'a> {
    /// Returns the first action, in lower case.
    pub(super) fn action(&self) -> String {
        let first = self.actions.first().map(String::as_str);
        first.unwrap_or_default().to_ascii_lowercase()
    }

    /// Returns the request with other actions, on no stated resource.
    pub(super) fn of<'b>(&self, actions: &'b [String]) -> Request<'b>
    where
        'a: 'b,
    {
        Request {
            actions,
            resource: None,
            is_cut: false,
            name: self.name.filter(|_| actions == self.actions),
            ..*self
        }
    }

    /// Returns a policy of a layer with a statement that allows the request; `None` if the message
    /// states no action, or if nothing can be written for the layer.
    pub(super) fn allow(&self, layer: Layer) -> Option<Policy> {
        let statement = Statement::allow(self.foreign_actions()?);
        let names_resource = match layer {
            Layer::ServiceControl => false,
            Layer::Resource => !is_assumption(&self.action()),
            _ => true,
        };
        if self.is_cut && names_resource {
            return None;
        }
        match layer {
            Layer::Identity | Layer::Boundary | Layer::Session => {
                let service = self.passed_to().filter(|_| self.action() == PASS_ROLE);
                let limited = |statement: Statement| match service {
                    Some(service) => {
                        statement.when(foreign_key!("iam:PassedToService").string_equals(service))
                    }
                    None => statement,
                };
                let groups = self.by_resources().into_iter();
                let statements = groups.filter_map(|(actions, (behind, resources))| {
                    let request = self.of(&actions);
                    match behind {
                        Some((profile, models)) => request.through(&profile, &models),
                        None => {
                            let statement = Statement::allow(request.foreign_actions()?);
                            Some(vec![limited(scoped(statement, resources))])
                        }
                    }
                });
                built(Policy::new().with_all(statements.flatten()))
            }
            Layer::ServiceControl => {
                built(Policy::service_control().with(statement.on(AnyResource)))
            }
            Layer::VpcEndpoint => {
                let anyone = statement.principal(Principal::ANY_AWS);
                let statement = scoped(anyone, self.resources());
                built(Policy::vpc_endpoint().with(match self.caller.account {
                    Some(account) => {
                        statement.when(global::PRINCIPAL_ACCOUNT.string_equals(account))
                    }
                    None => statement,
                }))
            }
            Layer::Resource => {
                let statement = statement.principal(self.principal(self.caller.account?)?);
                match self.action() {
                    action if is_assumption(&action) => built(Policy::trust().with(statement)),
                    // in the policy of a key, `*` is the key
                    action if action.starts_with("kms:") => {
                        built(Policy::kms_key().with(statement.on(AnyResource)))
                    }
                    _ => built(Policy::resource().with(scoped(statement, self.resources()))),
                }
            }
            _ => None,
        }
    }

    /// Returns a policy that allows the request through inference profiles with an ARN like this, and
    /// on these models only through them.
    pub(super) fn allow_through(&self, profiles: &str, models: &[String]) -> Option<Policy> {
        built(Policy::new().with_all(self.through(profiles, models)?))
    }

    fn through(&self, profiles: &str, models: &[String]) -> Option<Vec<Statement>> {
        let profile = RawArn::parse(profiles).ok()?;
        let models: Option<Vec<_>> = models.iter().map(|it| RawArn::parse(it).ok()).collect();
        let actions = self.foreign_actions()?;
        let key = foreign_key!("bedrock:InferenceProfileArn");
        let models = Statement::allow(actions.clone()).on(models?);
        Some(vec![
            Statement::allow(actions).on(profile).checked(),
            models.when(key.arn_like(profiles)).checked(),
        ])
    }

    /// Returns the account of the resource if it is another one than the caller's.
    pub(super) fn foreign_account(&self) -> Option<&'a str> {
        let own = self.caller.account?;
        let owner = self.resource?.split(':').nth(4)?;
        (AccountId::parse(owner).is_ok() && owner != own.as_str()).then_some(owner)
    }

    /// Returns the role or user of the request, or the account if the role has a path that the message
    /// does not state.
    fn principal(&self, account: AccountId) -> Option<Principal> {
        let partition = self.caller.partition();
        match self
            .caller
            .role
            .filter(|_| !self.caller.is_permission_set())
        {
            Some(role) => {
                let arn = format!("arn:{partition}:iam::{}:role/{role}", account.as_str());
                Some(Principal::arn(RawArn::parse(&arn).ok()?))
            }
            None => Some(Principal::account(account)),
        }
    }

    /// Returns the actions of the request as they are written in policies: prefixes in lower case.
    fn foreign_actions(&self) -> Option<Vec<ForeignAction>> {
        let written = self.actions.iter().filter_map(|action| {
            let (prefix, name) = action.split_once(':')?;
            let known = self.catalog.rows(action).first();
            let known = known.map(|row| self.catalog.action(*row).1.name.to_owned());
            let name = known.unwrap_or_else(|| format!("{}:{name}", prefix.to_ascii_lowercase()));
            ForeignAction::parse(&name).ok()
        });
        let written: Vec<_> = written.collect();
        (!written.is_empty()).then_some(written)
    }

    /// Returns the actions with their resources; those with the same resources together.
    fn by_resources(&self) -> Vec<(Vec<String>, Resources)> {
        if self.resource.is_some() {
            return vec![(
                self.actions.to_vec(),
                (models::behind(self), self.resources()),
            )];
        }
        let mut groups: Vec<(Vec<String>, Resources)> = Vec::new();
        for action in self.actions {
            let request = self.of(std::slice::from_ref(action));
            let named = request.named();
            let request = Request {
                resource: named.as_deref(),
                ..request
            };
            let resources = (models::behind(&request), request.resources());
            match groups.iter_mut().find(|group| group.1 == resources) {
                Some(group) => group.0.push(action.clone()),
                None => groups.push((vec![action.clone()], resources)),
            }
        }
        groups
    }

    /// Returns the resources of the request: the stated one, those that the actions can be on, or all.
    fn resources(&self) -> Vec<RawArn> {
        let named = self.named();
        if named.is_some() {
            let resource = named.as_deref();
            return Request { resource, ..*self }.resources();
        }
        let behind = models::behind(self);
        let resources = match self.resource {
            _ if self.needs_every_resource() => Vec::new(),
            _ if behind.is_some() => behind
                .into_iter()
                .flat_map(|(profile, models)| [vec![profile], models].concat())
                .collect(),
            Some("*") => Vec::new(),
            Some(arn) => unmasked(arn).map_or_else(Vec::new, |arn| self.with_required(arn)),
            None => self.types(),
        };
        let parsed = resources.iter().filter_map(|arn| RawArn::parse(arn).ok());
        parsed.collect()
    }

    /// Returns a resource with those below it that the actions require at the same time, such as an
    /// endpoint of a runtime.
    fn with_required(&self, arn: String) -> Vec<String> {
        let Ok(pattern) = ArnPattern::parse(&arn) else {
            return Vec::new();
        };
        let mut resources = vec![arn];
        let actions = self.actions.iter();
        for row in actions.flat_map(|action| self.catalog.rows(action)) {
            let (service, facts) = self.catalog.action(*row);
            let required = facts
                .resources
                .iter()
                .filter(|it| it.required == Some(true));
            let types: Vec<_> = required
                .map(|it| &service.resource_types[usize::from(it.resource_type)])
                .collect();
            let stated = types.iter().find(|it| {
                let template = it.template;
                template.is_some_and(|it| pattern.fits_template(it))
            });
            let Some(stated) = stated.and_then(|it| it.arn_format) else {
                continue;
            };
            let formats = types.iter().filter_map(|it| it.arn_format);
            let below = formats.filter_map(|format| format.strip_prefix(stated));
            for below in below.filter(|it| it.starts_with('/')) {
                resources.push(format!("{}{}", pattern.as_str(), filled(below, &pattern)));
            }
        }
        resources
    }

    /// Returns whether one of the actions has no resource types, so that it can only be on `*`.
    pub(super) fn needs_every_resource(&self) -> bool {
        self.actions.iter().any(|action| {
            let rows = self.catalog.rows(action);
            let mut rows = rows.iter().map(|row| self.catalog.action(*row).1);
            !self.catalog.rows(action).is_empty() && rows.all(|row| row.resources.is_empty())
        })
    }

    /// Returns the ARNs of the resource types that the action can be on, in the caller's account.
    fn types(&self) -> Vec<String> {
        let mut types = self.formats();
        if models::is_invocation(&self.action()) {
            let kinds = [":foundation-model/", "inference-profile/"];
            types.retain(|format| kinds.iter().any(|kind| format.contains(kind)));
        }
        if types.len() > MOST_TYPES {
            return Vec::new();
        }
        types.iter().filter_map(|it| self.filled(it)).collect()
    }

    /// Returns the ARN formats of the resource types that the only action can be on.
    fn formats(&self) -> Vec<&'static str> {
        let [action] = self.actions else {
            return Vec::new();
        };
        let rows = self.catalog.rows(action).iter();
        let formats = rows.flat_map(|row| {
            let (service, facts) = self.catalog.action(*row);
            let pairs = facts.resources.iter();
            pairs.filter_map(|it| service.resource_types[usize::from(it.resource_type)].arn_format)
        });
        formats.collect()
    }

    /// Returns the ARN of the resource that the message names otherwise than by an ARN.
    fn named(&self) -> Option<String> {
        if self.resource.is_some() {
            return None;
        }
        self.filled(&named::format(&self.formats(), self.name, self.text)?)
    }

    /// Returns an ARN format with the caller's account.
    fn filled(&self, format: &str) -> Option<String> {
        let account = self.caller.account;
        let account = account.as_ref().map_or("*", |it| it.as_str());
        let site = format!("arn:{}:::{account}:", self.caller.partition());
        Some(filled(format, &ArnPattern::parse(&site).ok()?))
    }

    /// Returns the service that the called operation passes a role to.
    pub(super) fn passed_to(&self) -> Option<&'static str> {
        let called = self.operation?;
        let services = self.catalog.services().iter();
        let mut operations = services.flat_map(|service| service.operations);
        let operation = operations.find(|it| it.name.eq_ignore_ascii_case(called))?;
        let contexts = operation.required_actions.iter().flat_map(|it| it.context);
        let mut passed =
            contexts.filter(|entry| entry.key.eq_ignore_ascii_case("iam:PassedToService"));
        passed.find_map(|entry| entry.values.first().copied())
    }
}

/// Returns whether an action, in lower case, is one of a trust policy.
pub(super) fn is_assumption(action: &str) -> bool {
    action.starts_with("sts:assumerole")
        || matches!(
            action,
            "sts:tagsession" | "sts:setsourceidentity" | "sts:setcontext"
        )
}

/// Returns a part of an ARN format with its placeholders replaced by those of another ARN or `*`.
fn filled(format: &str, site: &ArnPattern) -> String {
    let known = |text: &str| if text.is_empty() { "*" } else { text }.to_owned();
    let mut out = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&match name {
            "Partition" => known(site.partition()),
            "Region" => known(site.region()),
            "Account" => known(site.account()),
            _ => "*".to_owned(),
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns the statement on these resources, or on all resources if the list is empty.
fn scoped(statement: Allowing, resources: Vec<RawArn>) -> Statement {
    match resources.is_empty() {
        true => statement.on(AnyResource).checked(),
        false => statement.on(resources).checked(),
    }
}

/// A statement without resources.
type Allowing = Statement<Vec<ForeignAction>, Unscoped>;

fn built<K>(policy: PolicyBuilder<K>) -> Option<Policy> {
    policy.build().ok()
}
