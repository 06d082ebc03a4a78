//! API operations in place of an action, such as `bedrock:Converse`.

use iam_policy::Catalog;
use iam_policy::decide::Layer;
use iam_policy::words::{code, list};

use super::Cause;
use super::causes::cause;

/// An operation that a message states as the action.
pub(super) struct Operation {
    stated: String,
    /// The actions as which every call of it is authorized.
    pub(super) actions: Vec<String>,
}

/// Reads an action that is an operation of the service and not an action.
pub(super) fn read(stated: &str, catalog: &Catalog) -> Option<Operation> {
    let (prefix, name) = stated.split_once(':')?;
    if catalog.find(stated).is_some() {
        return None;
    }
    let mut services = catalog.with_prefix(prefix).map(|it| it.1);
    let (service, facts) = services.find_map(|service| {
        let mut operations = service.operations.iter();
        let facts = operations.find(|it| it.name.eq_ignore_ascii_case(name))?;
        Some((service, facts))
    })?;
    let is_optional = |action: &str| {
        let mut uses = service.overlay.needed_only_with.iter();
        uses.any(|it| {
            it.action == action && (it.operations.is_empty() || it.operations.contains(&facts.name))
        })
    };
    let actions = facts.required_actions.iter().map(|it| it.action);
    let actions: Vec<_> = actions
        .filter(|action| !is_optional(action))
        .map(str::to_owned)
        .collect();
    (!actions.is_empty()).then(|| Operation {
        stated: stated.to_owned(),
        actions,
    })
}

impl Operation {
    pub(super) fn cause(&self) -> Cause {
        let actions = list(&self.actions, 2);
        cause(
            "operation-is-not-action",
            format!(
                "{} is an API operation and not an action: a call of it is authorized as {actions}",
                code(&self.stated)
            ),
            "the service has an operation with this name, and no action",
            format!("write {actions} in policies"),
        )
        .at(Layer::Identity)
    }
}
