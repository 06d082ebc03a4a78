//! A document prepared for the rules: its entries are parsed and matched with the facts once.

mod reader;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Change, Day, Fix, Options};
use crate::condition::{Family, Operator};
use crate::document::{Document, DocumentStatement, List, Path, Scalar, Statements};
use crate::text::glob;
use crate::wildcard::is_everything;
use crate::{
    ActionFacts, ActionPattern, ActionRef, ArnPattern, Catalog, Effect, PolicyKind, ResourceTypeRef,
};
use reader::Reader;

/// A document, with the catalog's facts about its entries.
#[derive(Debug)]
pub struct DocumentView<'a> {
    /// The document.
    pub document: &'a Document,
    /// The facts.
    pub catalog: &'a Catalog,
    /// The kind of the policy.
    pub kind: PolicyKind,
    /// The statements, in order.
    pub statements: Vec<StatementView<'a>>,
    /// The day of the check, if it is known.
    pub(super) today: Option<Day>,
    covers_cache: RefCell<HashMap<(Effect, Box<str>), bool>>,
}

/// A statement, with the catalog's facts about its entries.
#[derive(Debug)]
pub struct StatementView<'a> {
    /// The path of the statement.
    pub path: Path,
    /// The statement as written.
    pub source: &'a DocumentStatement,
    /// The effect; `None` if it is missing or invalid.
    pub effect: Option<Effect>,
    /// The entries of `Action`, or of `NotAction` if `Action` is missing.
    pub actions: Vec<ActionEntry<'a>>,
    /// The entries of `Resource`, or of `NotResource` if `Resource` is missing.
    pub resources: Vec<ResourceEntry<'a>>,
    /// The condition keys, each with its operator and values.
    pub comparisons: Vec<KeyComparison<'a>>,
    scope: Scope,
    /// The operators, and the keys in lower case that each compares; filled on first use.
    compared: OnceCell<HashSet<(Operator, String)>>,
}

/// A summary of a statement's resources.
#[derive(Debug, Default)]
struct Scope {
    /// Whether one of the resources matches any resource.
    everything: bool,
    /// Whether one of the resources is valid for an action without resource types.
    fits_untyped: bool,
    /// The sets of resource types of the other resources, each set once.
    types: Vec<Rc<[ResourceTypeRef]>>,
}

/// An entry of `Action` or `NotAction`.
#[derive(Debug)]
pub struct ActionEntry<'a> {
    /// The index in the list; `None` for a single value outside a list.
    pub index: Option<usize>,
    /// The entry as written.
    pub text: &'a str,
    /// The parsed entry; `None` if it is not a valid action or action pattern.
    pub pattern: Option<ActionPattern>,
    /// Whether the catalog has facts about a service with its prefix.
    pub is_known: bool,
    /// The catalog's actions that it matches. An action that several services list appears once for
    /// each service.
    pub matched: Rc<[ActionRef]>,
}

/// An entry of `Resource` or `NotResource`.
#[derive(Debug)]
pub struct ResourceEntry<'a> {
    /// The index in the list; `None` for a single value outside a list.
    pub index: Option<usize>,
    /// The entry as written.
    pub text: &'a str,
    /// The parsed entry; `None` if it is not an ARN.
    pub pattern: Option<ArnPattern>,
    /// The resource types whose ARNs it can match, sorted; empty for `*`. If the service field has
    /// wildcards, only the types of services with an action in the statement.
    pub types: Rc<[ResourceTypeRef]>,
    /// Whether it is an ARN of a service with facts, but matches none of the service's resource
    /// types. Another rule reports this, so rules about actions and resources skip the entry.
    pub is_of_unknown_type: bool,
}

/// A condition key with its operator and values.
#[derive(Debug)]
pub struct KeyComparison<'a> {
    /// The condition operator as written.
    pub written: &'a str,
    pub(super) operator: Option<Operator>,
    /// The key as written.
    pub key: &'a str,
    /// The values.
    pub values: &'a List,
}

impl<'a> DocumentView<'a> {
    /// Parses a document's entries and looks up the facts about them.
    #[must_use]
    pub fn new(document: &'a Document, catalog: &'a Catalog, options: &Options) -> Self {
        let mut reader = Reader::new(catalog);
        let path = Path::DOCUMENT.member("Statement");
        let statements = match &document.statements {
            None => Vec::new(),
            Some(Statements::Alone(statement)) => vec![reader.statement(path, statement)],
            Some(Statements::List(statements)) => statements
                .iter()
                .enumerate()
                .map(|(index, statement)| reader.statement(path.index(index), statement))
                .collect(),
        };
        Self {
            document,
            catalog,
            kind: options.kind.unwrap_or_else(|| PolicyKind::guess(document)),
            statements,
            today: options.today,
            covers_cache: RefCell::default(),
        }
    }

    /// Returns whether a statement with this effect covers the action: its `Action` matches it, or
    /// its `NotAction` does not.
    #[must_use]
    pub fn covers(&self, effect: Effect, action: &str) -> bool {
        let key = (effect, action.into());
        if let Some(known) = self.covers_cache.borrow().get(&key) {
            return *known;
        }
        let mut same = self
            .statements
            .iter()
            .filter(|it| it.effect == Some(effect));
        let found = same.any(|statement| statement.covers(action));
        self.covers_cache.borrow_mut().insert(key, found);
        found
    }

    /// Returns the facts of an action.
    #[must_use]
    pub fn action(&self, at: ActionRef) -> &'static ActionFacts {
        self.catalog.action(at).1
    }

    /// Returns whether the entry can match a resource that the action is authorized on, as far as
    /// the facts state.
    #[must_use]
    pub fn can_use(&self, action: ActionRef, entry: &ResourceEntry<'_>) -> bool {
        let (service, facts) = self.catalog.action(action);
        if let Some(resource) = self.fixed_resource(action) {
            return entry.fits_untyped() || entry.matches_resource(service.prefix, resource);
        }
        if facts.resources.is_empty() {
            return entry.fits_untyped();
        }
        entry.is_anything() || self.has_open_type(action) || self.shares_type(action, &entry.types)
    }

    /// Returns whether an entry of the statement can match a resource that the action is authorized
    /// on, as far as the facts state.
    #[must_use]
    pub fn can_use_any(&self, action: ActionRef, statement: &StatementView<'_>) -> bool {
        let scope = &statement.scope;
        if self.fixed_resource(action).is_some() {
            let mut entries = statement.resources.iter();
            return entries.any(|entry| self.can_use(action, entry));
        }
        if self.action(action).resources.is_empty() {
            return scope.fits_untyped;
        }
        let mut types = scope.types.iter();
        scope.everything
            || !scope.types.is_empty() && self.has_open_type(action)
            || types.any(|types| self.shares_type(action, types))
    }

    /// Returns the last field of the only resource that the action is authorized on, if there is one.
    #[must_use]
    pub fn fixed_resource(&self, action: ActionRef) -> Option<&'static str> {
        let (service, facts) = self.catalog.action(action);
        let mut rows = service.overlay.fixed_resources.iter();
        let found = rows.find(|row| row.actions.contains(&facts.name))?;
        Some(found.resource)
    }

    /// Returns the sets of resource types of those resources of a statement on which the action is
    /// authorized. `None` stands for a resource that can be of any type.
    pub(super) fn usable_types<'s>(
        &'s self,
        action: ActionRef,
        statement: &'s StatementView<'_>,
    ) -> impl Iterator<Item = Option<&'s [ResourceTypeRef]>> {
        let scope = &statement.scope;
        let open = scope.everything || !scope.types.is_empty() && self.has_open_type(action);
        let sets = scope.types.iter().map(|types| &**types);
        let sets = sets.filter(move |types| self.shares_type(action, types));
        open.then_some(None).into_iter().chain(sets.map(Some))
    }

    /// Returns whether the action is authorized on a resource type whose ARN format is not known.
    fn has_open_type(&self, action: ActionRef) -> bool {
        let (service, facts) = self.catalog.action(action);
        let types = facts.resources.iter();
        types
            .map(|pair| &service.resource_types[usize::from(pair.resource_type)])
            .any(|row| row.template.is_none())
    }

    fn shares_type(&self, action: ActionRef, types: &[ResourceTypeRef]) -> bool {
        let mut pairs = self.action(action).resources.iter();
        pairs.any(|pair| contains(types, action.service, usize::from(pair.resource_type)))
    }
}

fn contains(types: &[ResourceTypeRef], service: usize, resource_type: usize) -> bool {
    let wanted = ResourceTypeRef {
        service,
        resource_type,
    };
    types.binary_search(&wanted).is_ok()
}

impl ActionEntry<'_> {
    /// Returns whether it matches every action of every service.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        is_everything(self.text)
    }

    /// Returns whether it is one action, without wildcards.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.pattern.as_ref().is_some_and(ActionPattern::is_exact)
    }

    /// Returns whether it matches an action, given with its prefix.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        let pattern = self.pattern.as_ref();
        self.is_everything() || pattern.is_some_and(|pattern| pattern.matches(action))
    }

    /// Returns the part before the colon, if there is one.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        Some(self.text.split_once(':')?.0)
    }
}

impl ResourceEntry<'_> {
    /// Returns whether it is `*`.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.text == "*"
    }

    /// Returns whether it can match any resource: it is `*`, or it is not an ARN because its
    /// wildcards or variables can replace several fields.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        self.pattern.is_none() || self.is_everything()
    }

    /// Returns whether it can match ARNs of a resource type.
    #[must_use]
    pub fn is_of_type(&self, service: usize, resource_type: usize) -> bool {
        contains(&self.types, service, resource_type)
    }

    /// Returns whether it can match an ARN with this service field and this last field.
    pub(super) fn matches_resource(&self, service: &str, resource: &str) -> bool {
        let pattern = self.pattern.as_ref();
        pattern.is_some_and(|pattern| {
            glob::matches(pattern.service(), service) && glob::matches(pattern.resource(), resource)
        })
    }

    /// Returns whether it is valid for an action without resource types. Such actions require `*`;
    /// an ARN made of wildcards is accepted too, because its effect is not documented.
    pub(super) fn fits_untyped(&self) -> bool {
        let last = self.pattern.as_ref().map_or("*", ArnPattern::resource);
        last.trim_start_matches('*').is_empty()
    }
}

impl KeyComparison<'_> {
    /// Returns the values as texts, with their indices.
    pub(super) fn texts(&self) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
        let values = self.values.as_slice().iter().enumerate();
        values.map(|(index, value)| match value {
            Scalar::Text(text) => (index, Cow::Borrowed(text.as_str())),
            other => (index, Cow::Owned(other.to_string())),
        })
    }

    /// Returns whether one of the values is this one, ignoring ASCII case.
    pub(super) fn has_value(&self, wanted: &str) -> bool {
        self.values.as_slice().iter().any(|value| match value {
            Scalar::Text(text) => text.eq_ignore_ascii_case(wanted),
            Scalar::Bool(value) => wanted == if *value { "true" } else { "false" },
            Scalar::Number(_) => false,
        })
    }

    /// Returns whether the comparison is true if the request lacks the key; `None` for an unknown
    /// operator.
    #[must_use]
    pub fn is_true_without_key(&self) -> Option<bool> {
        let absent = self.is_null() && self.has_value("true");
        Some(self.operator?.holds_without_key(absent))
    }

    /// Returns whether its operator is `Null`, which tests if the request has the key.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.family() == Family::Null)
    }
}

impl StatementView<'_> {
    /// Returns whether the effect is `Allow`.
    #[must_use]
    pub fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    /// Returns whether the effect is `Deny`.
    #[must_use]
    pub fn denies(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    /// Returns whether its actions are from `NotAction`.
    #[must_use]
    pub const fn has_not_action(&self) -> bool {
        self.source.action.is_none() && self.source.not_action.is_some()
    }

    /// Returns whether its resources are from `NotResource`.
    #[must_use]
    pub const fn has_not_resource(&self) -> bool {
        self.source.resource.is_none() && self.source.not_resource.is_some()
    }

    /// Returns whether it covers the action: its `Action` matches it, or its `NotAction` does not.
    #[must_use]
    pub fn covers(&self, action: &str) -> bool {
        let matches = self.actions.iter().any(|entry| entry.matches(action));
        matches != self.has_not_action()
    }

    /// Returns the path of an action.
    #[must_use]
    pub fn action_path(&self, entry: &ActionEntry<'_>) -> Path {
        let name = if self.has_not_action() {
            "NotAction"
        } else {
            "Action"
        };
        self.entry_path(name, entry.index)
    }

    /// Returns the path of a resource.
    #[must_use]
    pub fn resource_path(&self, entry: &ResourceEntry<'_>) -> Path {
        let name = if self.has_not_resource() {
            "NotResource"
        } else {
            "Resource"
        };
        self.entry_path(name, entry.index)
    }

    fn entry_path(&self, name: &'static str, index: Option<usize>) -> Path {
        let list = self.path.member(name);
        match index {
            Some(index) => list.index(index),
            None => list,
        }
    }

    /// Returns the path of a condition key.
    #[must_use]
    pub fn comparison_path(&self, comparison: &KeyComparison<'_>) -> Path {
        let condition = self.path.member("Condition");
        let operator = condition.member(comparison.written.to_owned());
        operator.member(comparison.key.to_owned())
    }

    /// Returns the path of a value of a condition key.
    #[must_use]
    pub fn value_path(&self, comparison: &KeyComparison<'_>, index: usize) -> Path {
        let path = self.comparison_path(comparison);
        match comparison.values {
            List::Alone(_) => path,
            List::Several(_) => path.index(index),
        }
    }

    /// Returns the pairs of an operator and a key in lower case, and each operator with an empty key.
    fn compared(&self) -> &HashSet<(Operator, String)> {
        self.compared.get_or_init(|| {
            let all = self.comparisons.iter();
            let pairs = all.filter_map(|it| Some((it.operator?, it.key.to_ascii_lowercase())));
            let operators = self.source.condition.iter().flatten();
            let operators = operators.filter_map(|(written, _)| Operator::parse(written));
            pairs
                .chain(operators.map(|operator| (operator, String::new())))
                .collect()
        })
    }

    /// Returns whether the condition has this operator with this key, ignoring ASCII case.
    pub(super) fn compares(&self, operator: Operator, key: &str) -> bool {
        let wanted = (operator, key.to_ascii_lowercase());
        self.compared().contains(&wanted)
    }

    /// Returns the change that replaces an operator, if the condition does not have the new one yet.
    pub(super) fn rename_operator(&self, written: &str, operator: Operator) -> Option<Fix> {
        let is_new = !self.compares(operator, "");
        is_new.then(|| Fix {
            path: self.path.member("Condition").member(written.to_owned()),
            change: Change::Rename(operator.to_string()),
        })
    }

    /// Returns whether it has an action of a service with facts.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.actions.iter().any(|action| action.is_known)
    }

    /// Returns whether it has only actions of services with facts.
    #[must_use]
    pub fn is_all_known(&self) -> bool {
        !self.actions.is_empty() && self.actions.iter().all(|action| action.is_known)
    }
}

/// Returns the strings of a list, each with its index unless it is a single value.
pub(super) fn entries(list: Option<&List>) -> impl Iterator<Item = (Option<usize>, &str)> {
    let several = matches!(list, Some(List::Several(_)));
    let values = list
        .map(List::as_slice)
        .unwrap_or_default()
        .iter()
        .enumerate();
    values.filter_map(move |(index, value)| Some((several.then_some(index), value.as_str()?)))
}
