//! A document as the rules look at it: read once, asked often.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::condition::{Family, Operator};
use crate::document::{Document, DocumentStatement, List, Path, Scalar, Statements};
use crate::{ActionFacts, ActionPattern, ActionRef, ArnPattern, Catalog, Effect, ResourceTypeRef};

/// A document, with what the facts of a catalog say of it.
#[derive(Debug)]
pub struct DocumentView<'a> {
    /// The document.
    pub document: &'a Document,
    /// The facts.
    pub catalog: &'a Catalog,
    /// The statements, in order.
    pub statements: Vec<StatementView<'a>>,
    named: RefCell<HashMap<(Effect, Box<str>), bool>>,
}

/// A statement.
#[derive(Debug)]
pub struct StatementView<'a> {
    /// Where it stands.
    pub path: Path,
    /// As it is written.
    pub source: &'a DocumentStatement,
    /// Its effect, if that is right.
    pub effect: Option<Effect>,
    /// The entries of `Action`, or of `NotAction` where there is no `Action`.
    pub actions: Vec<ActionEntry<'a>>,
    /// The entries of `Resource`, or of `NotResource` where there is no `Resource`.
    pub resources: Vec<ResourceEntry<'a>>,
    /// The condition keys, each with what it is compared to.
    pub comparisons: Vec<KeyComparison<'a>>,
    scope: Scope,
}

/// What a statement's resources come to, however many there are.
#[derive(Debug, Default)]
struct Scope {
    /// Whether one of them can be any resource.
    everything: bool,
    /// Whether one of them can be that of an action without resource types.
    vague: bool,
    /// The different sets of resource types of the others.
    types: Vec<Rc<[ResourceTypeRef]>>,
}

/// An entry of `Action` or `NotAction`.
#[derive(Debug)]
pub struct ActionEntry<'a> {
    /// Its place in the list; `None` where it stands alone.
    pub index: Option<usize>,
    /// As it is written.
    pub text: &'a str,
    /// The text read; `None` if it is not a valid action or action pattern.
    pub pattern: Option<ActionPattern>,
    /// Whether the catalog has facts for its prefix.
    pub is_known: bool,
    /// The catalog's actions that it matches; of an action that several services have, the row of
    /// each.
    pub matched: Rc<[ActionRef]>,
}

/// An entry of `Resource` or `NotResource`.
#[derive(Debug)]
pub struct ResourceEntry<'a> {
    /// Its place in the list; `None` where it stands alone.
    pub index: Option<usize>,
    /// As it is written.
    pub text: &'a str,
    /// The text read; `None` if it is not an ARN.
    pub pattern: Option<ArnPattern>,
    /// The resource types with ARNs that it matches, sorted; empty for `*`. Where it has wildcards
    /// in place of the service, only those of services with an action in the statement.
    pub types: Rc<[ResourceTypeRef]>,
    /// Whether it is an ARN of a service with facts and of none of its resource types: no pair can
    /// be judged by it, and a finding of its own says so.
    pub is_odd: bool,
}

/// A condition key with what it is compared to.
#[derive(Debug)]
pub struct KeyComparison<'a> {
    /// The condition operator as it is written.
    pub written: &'a str,
    pub(super) operator: Option<Operator>,
    /// The key as it is written.
    pub key: &'a str,
    /// The values.
    pub values: &'a List,
}

impl<'a> DocumentView<'a> {
    /// Looks at a document by the facts of a catalog.
    #[must_use]
    pub fn new(document: &'a Document, catalog: &'a Catalog) -> Self {
        let mut reader = Reader {
            catalog,
            matched: HashMap::new(),
            no_actions: Rc::default(),
            types: HashMap::new(),
        };
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
            statements,
            named: RefCell::default(),
        }
    }

    /// Whether a statement of this effect names the action, with or without a wildcard, or as one
    /// that its `NotAction` leaves.
    #[must_use]
    pub fn names(&self, effect: Effect, action: &str) -> bool {
        let key = (effect, action.into());
        if let Some(known) = self.named.borrow().get(&key) {
            return *known;
        }
        let mut same = self
            .statements
            .iter()
            .filter(|it| it.effect == Some(effect));
        let found = same.any(|statement| statement.names(action));
        self.named.borrow_mut().insert(key, found);
        found
    }

    /// Facts of an action.
    #[must_use]
    pub fn action(&self, at: ActionRef) -> &'static ActionFacts {
        self.catalog.action(at).1
    }

    /// Whether some resource of the entry is one that the action is authorized on, as far as the
    /// facts tell.
    #[must_use]
    pub fn can_use(&self, action: ActionRef, entry: &ResourceEntry<'_>) -> bool {
        let facts = self.action(action);
        if facts.resources.is_empty() {
            return entry.is_vague();
        }
        entry.is_anything() || self.has_open_type(action) || self.shares_type(action, &entry.types)
    }

    /// Whether some resource of the statement is one that the action is authorized on, as far as
    /// the facts tell.
    #[must_use]
    pub fn can_use_any(&self, action: ActionRef, statement: &StatementView<'_>) -> bool {
        let scope = &statement.scope;
        if self.action(action).resources.is_empty() {
            return scope.vague;
        }
        let mut types = scope.types.iter();
        scope.everything
            || !scope.types.is_empty() && self.has_open_type(action)
            || types.any(|types| self.shares_type(action, types))
    }

    /// The sets of resource types of a statement's resources that the action is authorized on;
    /// `None` in place of a set for what can be any resource.
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

    /// Whether the action is authorized on a resource type whose ARNs are not known.
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
    /// Whether it matches every action of every service.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        matches!(self.text, "*" | "*:*")
    }

    /// Whether it names one action, without wildcards.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.pattern.as_ref().is_some_and(ActionPattern::is_exact)
    }

    /// Whether it matches an action, given with its prefix.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        let pattern = self.pattern.as_ref();
        self.is_everything() || pattern.is_some_and(|pattern| pattern.matches(action))
    }

    /// What stands before the colon.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        Some(self.text.split_once(':')?.0)
    }
}

impl ResourceEntry<'_> {
    /// Whether it is `*`.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.text == "*"
    }

    /// Whether it can be any resource: `*`, or a text with wildcards or variables that is not an ARN
    /// as it stands.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        self.pattern.is_none() || self.is_everything()
    }

    /// Whether it matches ARNs of a resource type.
    #[must_use]
    pub fn is_of_type(&self, service: usize, resource_type: usize) -> bool {
        contains(&self.types, service, resource_type)
    }

    /// Whether it can be the resource of an action that has no resource types: IAM then asks for
    /// `*`, and nothing says what an ARN of wildcards does.
    pub(super) fn is_vague(&self) -> bool {
        let last = self.pattern.as_ref().map_or("*", ArnPattern::resource);
        last.trim_start_matches('*').is_empty()
    }
}

impl KeyComparison<'_> {
    fn has_value(&self, wanted: &str) -> bool {
        self.values.as_slice().iter().any(|value| match value {
            Scalar::Text(text) => text.eq_ignore_ascii_case(wanted),
            Scalar::Bool(value) => wanted == if *value { "true" } else { "false" },
            Scalar::Number(_) => false,
        })
    }

    /// Whether the comparison holds where the request lacks the key; `None` for an operator that IAM
    /// does not have.
    #[must_use]
    pub fn holds_without_key(&self) -> Option<bool> {
        let absent = self.is_null() && self.has_value("true");
        Some(self.operator?.holds_without_key(absent))
    }

    /// Whether it asks if the request has the key: `Null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.family() == Family::Null)
    }
}

impl StatementView<'_> {
    /// Whether its effect is `Allow`.
    #[must_use]
    pub fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    /// Whether its effect is `Deny`.
    #[must_use]
    pub fn denies(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    /// Whether its actions are those of `NotAction`.
    #[must_use]
    pub const fn has_not_action(&self) -> bool {
        self.source.action.is_none() && self.source.not_action.is_some()
    }

    /// Whether its resources are those of `NotResource`.
    #[must_use]
    pub const fn has_not_resource(&self) -> bool {
        self.source.resource.is_none() && self.source.not_resource.is_some()
    }

    /// Whether it names the action, with or without a wildcard, or as one that `NotAction` leaves.
    #[must_use]
    pub fn names(&self, action: &str) -> bool {
        let matches = self.actions.iter().any(|entry| entry.matches(action));
        matches != self.has_not_action()
    }

    /// Where an action stands.
    #[must_use]
    pub fn action_path(&self, entry: &ActionEntry<'_>) -> Path {
        let name = if self.has_not_action() {
            "NotAction"
        } else {
            "Action"
        };
        self.entry_path(name, entry.index)
    }

    /// Where a resource stands.
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

    /// Where a condition key stands.
    #[must_use]
    pub fn comparison_path(&self, comparison: &KeyComparison<'_>) -> Path {
        let condition = self.path.member("Condition");
        let operator = condition.member(comparison.written.to_owned());
        operator.member(comparison.key.to_owned())
    }

    /// Whether it names an action of a service with facts.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.actions.iter().any(|action| action.is_known)
    }

    /// Whether it names only actions of services with facts.
    #[must_use]
    pub fn is_all_known(&self) -> bool {
        !self.actions.is_empty() && self.actions.iter().all(|action| action.is_known)
    }
}

/// The texts of a list, each with its place in it.
pub(super) fn entries(list: Option<&List>) -> impl Iterator<Item = (Option<usize>, &str)> {
    let several = matches!(list, Some(List::Several(_)));
    let values = list
        .map(List::as_slice)
        .unwrap_or_default()
        .iter()
        .enumerate();
    values.filter_map(move |(index, value)| Some((several.then_some(index), value.as_str()?)))
}

/// Reads statements; what many entries share is kept once.
struct Reader<'a> {
    catalog: &'a Catalog,
    matched: HashMap<Box<str>, Rc<[ActionRef]>>,
    no_actions: Rc<[ActionRef]>,
    types: HashMap<Rc<[ResourceTypeRef]>, ()>,
}

impl<'a> Reader<'a> {
    fn statement(&mut self, path: Path, source: &'a DocumentStatement) -> StatementView<'a> {
        let effect = source.effect.as_ref().and_then(Scalar::as_str);
        let effect = effect.and_then(|text| match text {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            _ => None,
        });
        let actions: Vec<_> = entries(source.action.as_ref().or(source.not_action.as_ref()))
            .map(|(index, text)| self.action(index, text))
            .collect();
        let services: BTreeSet<usize> = actions
            .iter()
            .flat_map(|action| action.matched.iter())
            .map(|at| at.service)
            .collect();
        let services: Vec<usize> = services.into_iter().collect();
        let resources: Vec<_> = entries(source.resource.as_ref().or(source.not_resource.as_ref()))
            .map(|(index, text)| self.resource(index, text, &services))
            .collect();
        let operators = source.condition.iter().flatten();
        let comparisons = operators.flat_map(|(written, keys)| {
            let operator = Operator::parse(written);
            keys.iter().map(move |(key, values)| KeyComparison {
                written,
                operator,
                key,
                values,
            })
        });
        StatementView {
            path,
            source,
            effect,
            scope: scope(&resources),
            actions,
            resources,
            comparisons: comparisons.collect(),
        }
    }

    fn action(&mut self, index: Option<usize>, text: &'a str) -> ActionEntry<'a> {
        let prefix = text.split_once(':').map(|(prefix, _)| prefix);
        let is_known =
            prefix.is_some_and(|prefix| self.catalog.with_prefix(prefix).next().is_some());
        let pattern = ActionPattern::parse(text).ok();
        let matched = match &pattern {
            Some(pattern) if is_known => self.matched(pattern),
            _ => Rc::clone(&self.no_actions),
        };
        ActionEntry {
            index,
            text,
            pattern,
            is_known,
            matched,
        }
    }

    fn matched(&mut self, pattern: &ActionPattern) -> Rc<[ActionRef]> {
        let lower = pattern.as_str().to_ascii_lowercase().into();
        let matched = self.matched.entry(lower).or_insert_with(|| {
            let known = self.catalog.known();
            let positions = pattern.positions(self.catalog);
            positions
                .flat_map(|at| known[at].rows.iter().copied())
                .collect()
        });
        Rc::clone(matched)
    }

    fn resource(
        &mut self,
        index: Option<usize>,
        text: &'a str,
        services: &[usize],
    ) -> ResourceEntry<'a> {
        let pattern = ArnPattern::parse(text).ok();
        let types = match &pattern {
            Some(pattern) if !pattern.is_everything() => {
                self.shared(self.catalog.resource_types(pattern, services).into())
            }
            _ => Rc::default(),
        };
        let field = pattern.as_ref().and_then(ArnPattern::plain_service);
        let is_odd = types.is_empty() && field.is_some_and(|field| self.knows_arns_of(field));
        ResourceEntry {
            index,
            text,
            pattern,
            types,
            is_odd,
        }
    }

    fn shared(&mut self, types: Rc<[ResourceTypeRef]>) -> Rc<[ResourceTypeRef]> {
        if let Some((known, ())) = self.types.get_key_value(&types) {
            return Rc::clone(known);
        }
        self.types.insert(Rc::clone(&types), ());
        types
    }

    /// Whether the facts have all formats of a service's ARNs.
    fn knows_arns_of(&self, prefix: &str) -> bool {
        let mut services = self.catalog.with_prefix(prefix).peekable();
        services.peek().is_some()
            && services.all(|(_, service)| {
                let mut types = service.resource_types.iter();
                service.prefix == prefix
                    && types.all(|row| row.removed.is_some() || row.template.is_some())
            })
    }
}

fn scope(resources: &[ResourceEntry<'_>]) -> Scope {
    let mut scope = Scope::default();
    let mut seen = std::collections::HashSet::new();
    for entry in resources {
        scope.everything |= entry.is_anything();
        scope.vague |= entry.is_vague();
        // Shared sets are one place in memory.
        if !entry.is_anything() && seen.insert(Rc::as_ptr(&entry.types)) {
            scope.types.push(Rc::clone(&entry.types));
        }
    }
    scope
}
