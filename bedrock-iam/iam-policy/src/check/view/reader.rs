//! The reading of a document's statements.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;

use super::{ActionEntry, KeyComparison, ResourceEntry, Scope, StatementView, entries};
use crate::condition::Operator;
use crate::document::{DocumentStatement, Path, Scalar};
use crate::text::glob;
use crate::{ActionPattern, ActionRef, ArnPattern, Catalog, Effect, ResourceTypeRef};

/// A reader of statements, with a cache for the results that many entries share.
pub(super) struct Reader<'a> {
    catalog: &'a Catalog,
    matched: HashMap<Box<str>, Rc<[ActionRef]>>,
    sets: HashSet<Rc<[ActionRef]>>,
    no_actions: Rc<[ActionRef]>,
    types: HashSet<Rc<[ResourceTypeRef]>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            matched: HashMap::new(),
            sets: HashSet::new(),
            no_actions: Rc::default(),
            types: HashSet::new(),
        }
    }

    pub(super) fn statement(
        &mut self,
        path: Path,
        source: &'a DocumentStatement,
    ) -> StatementView<'a> {
        let effect = source.effect.as_ref().and_then(Scalar::as_str);
        let effect = effect.and_then(|text| match text {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            _ => None,
        });
        let actions: Vec<_> = entries(source.action.as_ref().or(source.not_action.as_ref()))
            .map(|(index, text)| self.action(index, text))
            .collect();
        let mut seen = HashSet::new();
        let sets = actions.iter().map(|action| &action.matched);
        let sets = sets.filter(|set| seen.insert(Rc::as_ptr(set)));
        let services: BTreeSet<usize> = sets
            .flat_map(|set| set.iter())
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
            compared: OnceCell::new(),
        }
    }

    fn action(&mut self, index: Option<usize>, text: &'a str) -> ActionEntry<'a> {
        let prefix = text.split_once(':').map(|(prefix, _)| prefix);
        // A pattern may also match actions that are on other pages.
        let is_known = prefix.is_some_and(|prefix| self.catalog.is_complete(prefix))
            || self.catalog.find(text).is_some();
        let pattern = ActionPattern::parse(&glob::without_runs(text)).ok();
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
            let rows = positions.flat_map(|at| known[at].rows.iter().copied());
            shared(&mut self.sets, rows.collect())
        });
        Rc::clone(matched)
    }

    fn resource(
        &mut self,
        index: Option<usize>,
        text: &'a str,
        services: &[usize],
    ) -> ResourceEntry<'a> {
        let pattern = ArnPattern::parse(&glob::without_runs(text)).ok();
        let types = match &pattern {
            Some(pattern) if !pattern.is_everything() => {
                let types = self.catalog.resource_types(pattern, services);
                shared(&mut self.types, types.into())
            }
            _ => Rc::default(),
        };
        let field = pattern.as_ref().and_then(ArnPattern::plain_service);
        let is_of_unknown_type =
            types.is_empty() && field.is_some_and(|field| self.knows_arns_of(field));
        ResourceEntry {
            index,
            text,
            pattern,
            types,
            is_of_unknown_type,
        }
    }

    /// Returns whether the facts contain the ARN formats of all resource types of a service.
    fn knows_arns_of(&self, prefix: &str) -> bool {
        self.catalog.is_complete(prefix)
            && self.catalog.with_prefix(prefix).all(|(_, service)| {
                let mut types = service.resource_types.iter();
                service.prefix == prefix
                    && types.all(|row| row.removed.is_some() || row.template.is_some())
            })
    }
}

/// Returns the equal set that is already known, or adds this one: many entries have equal sets.
fn shared<T: Eq + Hash>(known: &mut HashSet<Rc<[T]>>, set: Rc<[T]>) -> Rc<[T]> {
    if let Some(known) = known.get(&set) {
        return Rc::clone(known);
    }
    known.insert(Rc::clone(&set));
    set
}

fn scope(resources: &[ResourceEntry<'_>]) -> Scope {
    let mut scope = Scope::default();
    let mut seen = HashSet::new();
    for entry in resources {
        scope.everything |= entry.is_anything();
        scope.fits_untyped |= entry.fits_untyped();
        // Equal sets are shared, so their addresses are equal too.
        if !entry.is_anything() && seen.insert(Rc::as_ptr(&entry.types)) {
            scope.types.push(Rc::clone(&entry.types));
        }
    }
    scope
}
