//! Checks that each overlay entry matches the facts of the services.

use std::collections::BTreeMap;

use iam_policy::wire::{Action, Operation, Service};

use super::{
    DependentActions, Identifier, KeyTemplate, NeededOnlyWith, NeededTogether, NotKey, NotPrefix,
    OperationNeed, OtherPages, Overlay, Placeholder, RegionlessArn, SensitiveActions, Sibling,
    UnstatedKeys, UnstatedResource,
};
use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::template::{self, ArnPiece, Piece};

/// The services that entries are checked against.
pub(super) struct Services<'a> {
    /// The overlay's own service; `None` for the list of services without a module.
    service: Option<&'a Service>,
    /// The services of all modules, by prefix.
    by_prefix: BTreeMap<&'a str, &'a Service>,
    /// The actions of operations that the overlay adds to those of the page.
    operation_needs: &'a [OperationNeed],
}

impl Overlay {
    /// Checks that every entry matches a name in `service`, or in one of `services`.
    ///
    /// `service` is the overlay's own service, and `None` for the list of services without a
    /// module; `services` are those of all modules. Names with any other prefix are not checked.
    ///
    /// # Errors
    /// Returns [`Error`] for the first entry that matches nothing, is stated by the reference itself, or
    /// belongs in another file.
    pub fn validate<'a>(
        &'a self,
        service: Option<&'a Service>,
        services: impl IntoIterator<Item = &'a Service>,
    ) -> Result<()> {
        let services = services.into_iter();
        let services = Services {
            service,
            by_prefix: services.map(|it| (it.prefix.as_str(), it)).collect(),
            operation_needs: &self.operation_needs,
        };
        self.each(|entry| entry.check(&services))
    }
}

/// Returns the error for an entry whose name is not on the page.
fn lacks(what: &str, name: &str) -> Error {
    missing(format!("the {what} {}", quoted(name)))
}

fn missing(what: String) -> Error {
    Error::new(
        format!("{what}, which is not on the page"),
        "a name on the page",
    )
    .hint("correct the name or remove the entry")
}

impl<'a> Services<'a> {
    fn service(&self) -> Result<&'a Service> {
        self.service.ok_or_else(|| {
            Error::new(
                "an entry for a service with a module",
                "only sensitive actions",
            )
        })
    }

    /// Checks an action of any service; if the service has a module, the action must exist.
    fn action(&self, action: &str) -> Result<()> {
        let Some((prefix, name)) = action.split_once(':').filter(|(_, name)| !name.is_empty())
        else {
            return Err(Error::new(
                format!("the action {}", quoted(action)),
                "an action with its prefix, such as `bedrock:InvokeModel`",
            ));
        };
        match self.by_prefix.get(prefix) {
            Some(service) if !service.actions.contains_key(name) => Err(lacks("action", action)),
            _ => Ok(()),
        }
    }

    /// Returns an action of the overlay's own service.
    /// Returns whether the service has an API operation with this name.
    fn own_operation(&self, name: &str) -> Result<()> {
        let mut operations = self.service()?.operations.iter();
        match operations.any(|it| it.operation == name) {
            true => Ok(()),
            false => Err(lacks("operation", name)),
        }
    }

    fn own_action(&self, action: &str) -> Result<&'a Action> {
        self.action(action)?;
        let service = self.service()?;
        let own = action.split_once(':');
        let own = own.filter(|(prefix, _)| *prefix == service.prefix);
        own.and_then(|(_, name)| service.actions.get(name))
            .ok_or_else(|| {
                Error::new(
                    format!("the action {}", quoted(action)),
                    format!("an action of {}", quoted(&service.prefix)),
                )
                .hint(
                    "move it to the overlay of its own module; sensitive actions of \
                     services without a module are in `snapshots/global/sensitive_actions.json`",
                )
            })
    }

    /// Returns the rows of an operation.
    fn rows(&self, operation: &str) -> Result<Vec<&'a Operation>> {
        let rows = self.service()?.operations.iter();
        let rows: Vec<_> = rows.filter(|row| row.operation == operation).collect();
        match rows.is_empty() {
            true => Err(lacks("operation", operation)),
            false => Ok(rows),
        }
    }

    /// Checks a condition key; a global one or one of a service with a module must exist.
    fn key(&self, key: &str) -> Result<()> {
        let prefix = key.split(':').next().unwrap_or_default();
        let there = match self.by_prefix.get(prefix) {
            Some(service) => service.condition_key_names().contains(key),
            None if prefix == "aws" => Globals::read()?.find(key).is_some(),
            None => true,
        };
        match there {
            true => Ok(()),
            false => Err(lacks("condition key", key)),
        }
    }

    /// Returns the ARN template of a resource type.
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

impl DependentActions {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        let action = services.own_action(&self.action)?;
        for name in &self.dependent_actions {
            services.action(name)?;
            if action.dependent_actions.contains(name) {
                return Err(Error::new(
                    format!(
                        "the dependent action {} of {}",
                        quoted(name),
                        quoted(&self.action)
                    ),
                    "one that the page does not state",
                )
                .hint("remove the entry, because the page states it now"));
            }
        }
        Ok(())
    }
}

impl UnstatedKeys {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        for name in &self.actions {
            let action = services.own_action(name)?;
            for key in &self.keys {
                let mut pairs = action.resources.iter();
                if action.condition_keys.contains(key)
                    || pairs.any(|it| it.condition_keys.contains(key))
                {
                    return Err(Error::new(
                        format!("the condition key {} of {}", quoted(key), quoted(name)),
                        "one that the page does not state for the action",
                    )
                    .hint("remove the key, because the page states it now"));
                }
                if !services.service()?.condition_keys.contains_key(key) {
                    return Err(lacks("condition key", key));
                }
            }
        }
        Ok(())
    }
}

impl UnstatedResource {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        services.template(&self.resource_type)?;
        for name in &self.actions {
            let mut stated = services.own_action(name)?.resources.iter();
            if stated.any(|it| it.resource_type == self.resource_type) {
                return Err(Error::new(
                    format!("the action {}", quoted(name)),
                    format!(
                        "an action for which the page does not state {}",
                        quoted(&self.resource_type)
                    ),
                )
                .hint("remove the action, because the page states the resource type now"));
            }
        }
        Ok(())
    }
}

impl Identifier {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        match self.kind.is_in(services.service()?, &self.name) {
            true => Ok(()),
            false => Err(lacks(self.kind.name(), &self.name)),
        }
    }
}

impl KeyTemplate {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        if !services
            .service()?
            .condition_key_names()
            .contains(self.key.as_str())
        {
            return Err(lacks("condition key", &self.key));
        }
        let pieces = template::condition_key(&self.template)?;
        match pieces.iter().any(|it| matches!(it, Piece::Placeholder(_))) {
            true => Ok(()),
            false => Err(Error::new(
                format!("the template {}", quoted(&self.template)),
                "a condition key with a placeholder, such as `aws:RequestTag/${TagKey}`",
            )),
        }
    }
}

impl NeededOnlyWith {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        services.action(&self.action)?;
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase());
        if !self.r#use.split('-').all(is_word) {
            return Err(Error::new(
                format!("the use {}", quoted(&self.r#use)),
                "lower-case words with hyphens, such as `api-keys`",
            ));
        }
        let unlisted = |found: String| {
            Error::new(
                found,
                format!("an operation that lists {}", quoted(&self.action)),
            )
            .hint("remove the entry, because the page does not list the action there")
        };
        // classic pages have no table of operations, but dependent actions
        let service = services.service()?;
        let mut dependent = service.actions.iter();
        let mut requires = |name: Option<&String>| {
            dependent.any(|(action, row)| {
                name.is_none_or(|name| name == action)
                    && row.dependent_actions.contains(&self.action)
            })
        };
        let added = |name: Option<&String>| {
            let mut needs = services.operation_needs.iter();
            needs.any(|it| {
                it.actions.contains(&self.action)
                    && name.is_none_or(|name| it.operations.contains(name))
            })
        };
        for operation in &self.operations {
            if !requires(Some(operation))
                && !added(Some(operation))
                && !services
                    .rows(operation)?
                    .iter()
                    .any(|row| lists(row, &self.action))
            {
                return Err(unlisted(format!("the operation {}", quoted(operation))));
            }
        }
        let mut rows = service.operations.iter();
        match !self.operations.is_empty()
            || rows.any(|row| lists(row, &self.action))
            || requires(None)
            || added(None)
        {
            true => Ok(()),
            false => Err(unlisted("no operation".to_owned())),
        }
    }
}

impl NeededTogether {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        for operation in &self.operations {
            services.own_operation(operation)?;
        }
        for name in &self.actions {
            let action = services.own_action(name)?;
            for resource_type in self.beside.iter().chain([&self.needs]).chain(&self.or) {
                let mut resources = action.resources.iter();
                if !resources.any(|it| it.resource_type == *resource_type) {
                    let what = format!(
                        "the resource type {} of {}",
                        quoted(resource_type),
                        quoted(name)
                    );
                    return Err(missing(what));
                }
            }
        }
        Ok(())
    }
}

impl NotKey {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        let service = services.service()?;
        let prefix = self.key.split(':').next();
        if prefix != Some(&service.prefix) || service.condition_key_names().contains(&*self.key) {
            return Err(Error::new(
                format!("the condition key {}", quoted(&self.key)),
                format!(
                    "a name with the prefix {} that is not on the page",
                    quoted(&service.prefix)
                ),
            )
            .hint("correct the name or remove the entry"));
        }
        self.instead.iter().try_for_each(|key| services.key(key))
    }
}

impl NotPrefix {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        match services.by_prefix.get(self.name.as_str()) {
            None => Ok(()),
            Some(service) => Err(Error::new(
                format!("{}, the prefix of {}", quoted(&self.name), service.service),
                "a name that is not a prefix",
            )
            .hint("remove the entry")),
        }
    }
}

impl OperationNeed {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        for operation in &self.operations {
            let rows = services.rows(operation)?;
            for action in &self.actions {
                services.action(action)?;
                if rows.iter().any(|row| lists(row, action)) {
                    return Err(Error::new(
                        format!("the action {} of {}", quoted(action), quoted(operation)),
                        "an action that the operations table does not list for it",
                    )
                    .hint("remove the entry, because the table lists the action now"));
                }
            }
        }
        self.context.keys().try_for_each(|key| services.key(key))
    }
}

impl OtherPages {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        let mut modules = services.by_prefix.values();
        match modules.find(|it| self.pages.contains(&it.page)) {
            None => Ok(()),
            Some(service) => Err(Error::new(
                format!("{}, the page of a module", quoted(&service.page)),
                "pages without a module",
            )
            .hint("remove the page")),
        }
    }
}

impl Placeholder {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        let wanted = ArnPiece::Placeholder(self.placeholder.clone());
        match services.template(&self.resource_type)?.contains(&wanted) {
            true => Ok(()),
            false => {
                let (name, of) = (quoted(&self.placeholder), quoted(&self.resource_type));
                Err(missing(format!("the placeholder {name} of {of}")))
            }
        }
    }
}

impl RegionlessArn {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        match services
            .template(&self.resource_type)?
            .contains(&ArnPiece::Region)
        {
            true => Ok(()),
            false => Err(Error::new(
                format!("the resource type {}", quoted(&self.resource_type)),
                "a resource type whose ARN template has a region",
            )
            .hint("remove the entry")),
        }
    }
}

impl SensitiveActions {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        for action in &self.actions {
            if services.service.is_some() {
                services.own_action(action)?;
                continue;
            }
            services.action(action)?;
            let prefix = action.split(':').next().unwrap_or_default();
            if services.by_prefix.contains_key(prefix) {
                return Err(Error::new(
                    format!("the action {}", quoted(action)),
                    "an action of a service without a module",
                )
                .hint("move it to the overlay of its module"));
            }
        }
        Ok(())
    }
}

impl Sibling {
    pub(super) fn matches(&self, services: &Services<'_>) -> Result<()> {
        services.own_action(&self.action)?;
        services.action(&self.sibling)
    }
}
