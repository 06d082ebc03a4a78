//! Checks entries against the facts: each has to match something.

use std::collections::BTreeMap;

use iam_policy::wire::{Action, Operation, Service};

use super::{
    Identifier, NeededOnlyWith, NeededTogether, NotPrefix, OperationNeed, Overlay, Placeholder,
    RegionlessArn, SensitiveActions, Sibling,
};
use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::template::{self, ArnPiece};

/// The facts that entries are checked against.
pub(super) struct Known<'a> {
    /// The service of the overlay; `None` for the list of services without a module.
    service: Option<&'a Service>,
    /// The services of all modules by prefix.
    services: BTreeMap<&'a str, &'a Service>,
}

impl Overlay {
    /// Checks that every entry matches something in the overlay's own service, or in another one of
    /// `services`, those of all modules. Without a service of its own, an overlay is about services
    /// without a module. Names of services that are not there are taken as they are.
    ///
    /// # Errors
    /// The first entry that matches nothing, that the reference states by now, or that belongs
    /// elsewhere.
    pub fn validate<'a>(
        &self,
        service: Option<&'a Service>,
        services: impl IntoIterator<Item = &'a Service>,
    ) -> Result<()> {
        let services = services.into_iter();
        let known = Known {
            service,
            services: services.map(|it| (it.prefix.as_str(), it)).collect(),
        };
        self.each(|entry| entry.check(&known))
    }
}

/// An entry names something that the page lacks.
fn lacks(what: &str, name: &str) -> Error {
    Error::new(
        format!("the {what} {}, which the page lacks", quoted(name)),
        "entries that match something",
    )
    .hint("correct the name, or remove the entry")
}

impl<'a> Known<'a> {
    fn service(&self) -> Result<&'a Service> {
        self.service
            .ok_or_else(|| Error::new("an entry about a service", "one about sensitive actions"))
    }

    /// Checks an action of any service: of a module's service, it has to be there.
    fn action(&self, action: &str) -> Result<()> {
        let Some((prefix, name)) = action.split_once(':').filter(|(_, name)| !name.is_empty())
        else {
            return Err(Error::new(
                format!("the action {}", quoted(action)),
                "one with its prefix, such as `bedrock:InvokeModel`",
            ));
        };
        match self.services.get(prefix) {
            Some(service) if !service.actions.contains_key(name) => Err(lacks("action", action)),
            _ => Ok(()),
        }
    }

    /// An action of the overlay's own service.
    fn own_action(&self, action: &str) -> Result<&'a Action> {
        self.action(action)?;
        let service = self.service()?;
        let own = action.split_once(':');
        let own = own.filter(|(prefix, _)| *prefix == service.prefix);
        own.and_then(|(_, name)| service.actions.get(name))
            .ok_or_else(|| {
                Error::new(
                    format!("the action {}", quoted(action)),
                    format!("one of {}", quoted(&service.prefix)),
                )
                .hint(
                    "each action has its place in the overlay of its own module; sensitive actions of \
                     other services are in `snapshots/global/sensitive_actions.json`",
                )
            })
    }

    /// The rows of an operation.
    fn rows(&self, operation: &str) -> Result<Vec<&'a Operation>> {
        let rows = self.service()?.operations.iter();
        let rows: Vec<_> = rows.filter(|row| row.operation == operation).collect();
        match rows.is_empty() {
            true => Err(lacks("operation", operation)),
            false => Ok(rows),
        }
    }

    /// Checks a condition key of any service: a global one or one of a module's has to be there.
    fn key(&self, key: &str) -> Result<()> {
        let prefix = key.split(':').next().unwrap_or_default();
        let there = match self.services.get(prefix) {
            Some(service) => service.condition_key_names().contains(key),
            None if prefix == "aws" => Globals::read()?.find(key).is_some(),
            None => true,
        };
        match there {
            true => Ok(()),
            false => Err(lacks("condition key", key)),
        }
    }

    /// The ARN template of a resource type.
    fn template(&self, resource_type: &str) -> Result<Vec<ArnPiece>> {
        let row = self.service()?.resource_types.get(resource_type);
        template::arn(
            &row.ok_or_else(|| lacks("resource type", resource_type))?
                .arn,
        )
    }
}

fn lists(row: &Operation, action: &str) -> bool {
    row.actions.iter().any(|it| it.action == action)
}

impl Identifier {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        match self.kind.is_in(known.service()?, &self.name) {
            true => Ok(()),
            false => Err(lacks(self.kind.name(), &self.name)),
        }
    }
}

impl NeededOnlyWith {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        known.own_action(&self.action)?;
        let unlisted = |found: String| {
            Error::new(found, format!("{} in its row", quoted(&self.action)))
                .hint("remove it: the table of operations does not list the action there")
        };
        for operation in &self.operations {
            if !known
                .rows(operation)?
                .iter()
                .any(|row| lists(row, &self.action))
            {
                return Err(unlisted(format!("the operation {}", quoted(operation))));
            }
        }
        let mut rows = known.service()?.operations.iter();
        match rows.any(|row| lists(row, &self.action)) {
            true => Ok(()),
            false => Err(unlisted("no operation".to_owned())),
        }
    }
}

impl NeededTogether {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        for name in &self.actions {
            let action = known.own_action(name)?;
            for resource_type in self.beside.iter().chain([&self.needs]) {
                let mut resources = action.resources.iter();
                if !resources.any(|it| it.resource_type == *resource_type) {
                    return Err(lacks(
                        &format!("resource type of {}", quoted(name)),
                        resource_type,
                    ));
                }
            }
        }
        Ok(())
    }
}

impl NotPrefix {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        match known.services.get(self.name.as_str()) {
            None => Ok(()),
            Some(service) => Err(Error::new(
                format!("{}, the prefix of {}", quoted(&self.name), service.service),
                "names that are not prefixes",
            )
            .hint("remove it")),
        }
    }
}

impl OperationNeed {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        for operation in &self.operations {
            let rows = known.rows(operation)?;
            for action in &self.actions {
                known.action(action)?;
                if rows.iter().any(|row| lists(row, action)) {
                    return Err(Error::new(
                        format!("the action {} of {}", quoted(action), quoted(operation)),
                        "actions that the table of operations lacks",
                    )
                    .hint("remove it: the table lists it by now"));
                }
            }
        }
        self.context.keys().try_for_each(|key| known.key(key))
    }
}

impl Placeholder {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        let wanted = ArnPiece::Placeholder(self.placeholder.clone());
        match known.template(&self.resource_type)?.contains(&wanted) {
            true => Ok(()),
            false => {
                let what = format!("placeholder of {}", quoted(&self.resource_type));
                Err(lacks(&what, &self.placeholder))
            }
        }
    }
}

impl RegionlessArn {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        match known
            .template(&self.resource_type)?
            .contains(&ArnPiece::Region)
        {
            true => Ok(()),
            false => Err(Error::new(
                format!("the resource type {}", quoted(&self.resource_type)),
                "one whose ARN template has a region",
            )
            .hint("remove it")),
        }
    }
}

impl SensitiveActions {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        for action in &self.actions {
            if known.service.is_some() {
                known.own_action(action)?;
                continue;
            }
            known.action(action)?;
            let prefix = action.split(':').next().unwrap_or_default();
            if known.services.contains_key(prefix) {
                return Err(Error::new(
                    format!("the action {}", quoted(action)),
                    "actions of services without a module",
                )
                .hint("move it to the overlay of its module"));
            }
        }
        Ok(())
    }
}

impl Sibling {
    pub(super) fn matches(&self, known: &Known<'_>) -> Result<()> {
        known.own_action(&self.action)?;
        known.action(&self.sibling)
    }
}
