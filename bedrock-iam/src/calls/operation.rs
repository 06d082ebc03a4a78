//! The operation of a call, and the actions that the reference lists for it.

use iam_policy::words::code;
use iam_policy::{ContextEntry, OperationFacts, Service};

use super::call::Call;
use super::error::CallError;
use super::rules::{self, HttpOperation};
use crate::catalog::catalog;

/// An operation of a client, with the actions that it needs according to the reference and its overlay.
pub(super) struct Operation {
    pub(super) service: &'static Service,
    pub(super) name: String,
    pub(super) client: String,
    pub(super) actions: Vec<Listed>,
}

/// An action of an operation.
pub(super) struct Listed {
    pub(super) action: &'static str,
    pub(super) context: &'static [ContextEntry],
    /// Whether the reference's table lists it.
    pub(super) in_table: bool,
}

/// The services whose operations can be called, which have Bedrock's prefixes.
fn services() -> impl Iterator<Item = &'static Service> {
    let services = catalog().services().iter().copied();
    services.filter(|it| it.prefix.starts_with("bedrock"))
}

fn operations(service: &'static Service) -> impl Iterator<Item = &'static OperationFacts> {
    service.operations.iter().filter(|it| it.removed.is_none())
}

impl Operation {
    /// Finds the operation of a call.
    pub(super) fn of(call: &Call) -> Result<Self, CallError> {
        let name = call.operation.as_str();
        let client = match &call.client {
            Some(client) => client.as_str(),
            None => only_client(name)?,
        };
        let Some(service) = services().find(|it| clients(it).any(|it| it == client)) else {
            let known: Vec<_> = services().flat_map(clients).collect();
            let message = format!("{} is not an SDK client of Amazon Bedrock", code(client));
            return Err(CallError::unknown(message, client, &known));
        };
        let mut all = operations(service);
        if let Some(facts) = all.find(|it| it.name == name && it.sdk_clients.contains(&client)) {
            return Ok(Self::listed(service, facts, client));
        }
        if let Some(row) = http(client, name) {
            let streams = call.stream;
            let action = if streams { row.streaming } else { row.action };
            return Ok(Self::single(service, name, client, action));
        }
        let of_others = operations(service).find(|it| it.name == name);
        if let Some(other) = of_others.and_then(|it| it.sdk_clients.first()) {
            return Err(CallError::new(format!(
                "{} is an operation of `{other}`, not of {}",
                code(name),
                code(client)
            )));
        }
        if let Some(action) = action_named(service, name) {
            let mut operation = Self::single(service, name, client, action);
            if name.starts_with("Create") && !call.tags.is_empty() {
                // the reference lists it for the operations of other services
                operation.tag();
            }
            return Ok(operation);
        }
        let of_client = operations(service).filter(|it| it.sdk_clients.contains(&client));
        let https = rules::HTTP_OPERATIONS
            .iter()
            .filter(|it| it.client == client);
        let https = https.flat_map(|it| it.names.iter().copied());
        let known: Vec<_> = of_client.map(|it| it.name).chain(https).collect();
        let message = format!("{} is not an operation of {}", code(name), code(client));
        Err(CallError::unknown(message, name, &known))
    }

    fn listed(service: &'static Service, facts: &'static OperationFacts, client: &str) -> Self {
        let own = facts.required_actions.iter();
        let own = own.filter(|it| it.sdk_client.is_none_or(|of| of == client));
        let own = own.map(|it| Listed {
            action: it.action,
            context: it.context,
            in_table: true,
        });
        let needs = service.overlay.operation_needs.iter();
        let needs = needs.filter(|it| it.operations.contains(&facts.name));
        let needs = needs.map(|it| Listed {
            action: it.action,
            context: it.context,
            in_table: false,
        });
        Self {
            service,
            name: facts.name.to_owned(),
            client: client.to_owned(),
            actions: own.chain(needs).collect(),
        }
    }

    fn single(service: &'static Service, name: &str, client: &str, action: &'static str) -> Self {
        Self {
            service,
            name: name.to_owned(),
            client: client.to_owned(),
            actions: vec![Listed {
                action,
                context: &[],
                in_table: true,
            }],
        }
    }

    fn tag(&mut self) {
        self.actions.extend(
            action_named(self.service, "TagResource").map(|action| Listed {
                action,
                context: &[],
                in_table: false,
            }),
        );
    }

    /// Returns whether the request of the operation has tags.
    pub(super) fn takes_tags(&self) -> bool {
        let mut actions = self.actions.iter();
        actions
            .any(|it| it.action.ends_with(":TagResource") || it.action.ends_with(":UntagResource"))
    }

    /// Returns whether an action is the one that the operation is named after; if the reference lists
    /// none of that name, each that it lists is one.
    pub(super) fn is_main(&self, action: &str) -> bool {
        let is_own = |action: &str| action.split(':').nth(1) == Some(self.name.as_str());
        let is_listed = |it: &Listed| it.in_table && it.action == action;
        is_own(action)
            || self.actions.iter().any(is_listed)
                && !self.actions.iter().any(|it| is_own(it.action))
    }
}

/// Returns the SDK clients of a service. A service without operations in the reference has the client
/// of its prefix.
fn clients(service: &'static Service) -> impl Iterator<Item = &'static str> {
    let listed = operations(service).flat_map(|it| it.sdk_clients.iter().copied());
    listed.chain([service.prefix])
}

fn http(client: &str, name: &str) -> Option<&'static HttpOperation> {
    let mut rows = rules::HTTP_OPERATIONS.iter();
    rows.find(|it| it.client == client && it.names.contains(&name))
}

/// Returns the action with this name. The reference's table lacks the operations of some actions.
fn action_named(service: &'static Service, name: &str) -> Option<&'static str> {
    let mut rows = service.actions.iter().filter(|it| it.removed.is_none());
    let is_named = |action: &str| action.split(':').nth(1) == Some(name);
    rows.find(|it| is_named(it.name)).map(|it| it.name)
}

/// Returns the only client that has an operation of this name.
fn only_client(name: &str) -> Result<&'static str, CallError> {
    // services whose operations have the same needs for each client count once
    let listed = services().filter_map(|service| {
        let facts = operations(service).find(|it| it.name == name)?;
        facts.sdk_clients.first().copied()
    });
    let https = rules::HTTP_OPERATIONS.iter();
    let https = https
        .filter(|it| it.names.contains(&name))
        .map(|it| it.client);
    let actions = services().filter(|it| action_named(it, name).is_some());
    let actions = actions.map(|it| it.prefix);
    let groups: [Vec<&'static str>; 3] = [listed.collect(), https.collect(), actions.collect()];
    match groups.iter().find(|it| !it.is_empty()).map(Vec::as_slice) {
        Some([client]) => Ok(client),
        Some(several) => {
            let several: Vec<_> = several.iter().map(|it| format!("`{it}`")).collect();
            Err(CallError::new(format!(
                "{} is an operation of several SDK clients; expected the member `client`: {}",
                code(name),
                several.join(" or ")
            )))
        }
        None => {
            let known: Vec<_> = services()
                .flat_map(|it| operations(it).map(|it| it.name))
                .collect();
            let message = format!("{} is not an operation of Amazon Bedrock", code(name));
            Err(CallError::unknown(message, name, &known))
        }
    }
}
