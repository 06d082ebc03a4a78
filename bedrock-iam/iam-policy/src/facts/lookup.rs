//! Lookup of names in the services of a catalog, through one index for all services.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::{ActionFacts, ActionRef, Catalog, OperationFacts, SensitiveActions, Service, Sibling};
use crate::ArnPattern;
use crate::arn::{Piece, Template};
use crate::text::names::{bare, find_template, is_template};

/// A reference to a resource type of a catalog, by the indices of its service and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceTypeRef {
    /// The index of the service.
    pub service: usize,
    /// The index of the row in the service's resource types.
    pub resource_type: usize,
}

/// A reference to a condition key of a catalog, by the indices of its service and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyRef {
    /// The index of the service.
    pub service: usize,
    /// The index of the row in the service's condition keys.
    pub key: usize,
}

/// Indexes of a catalog's names, built on first use.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    /// The rows of condition keys by lower-case name, including templates.
    keys: HashMap<Box<str>, Vec<KeyRef>>,
    /// The names of templates by lower-case prefix; by `None` if the prefix contains a placeholder.
    key_templates: HashMap<Box<str>, Vec<&'static str>>,
    /// The resource types by the service field of their ARNs.
    resource_types: HashMap<&'static str, Vec<ResourceTypeRef>>,
    /// The resource types whose ARNs have no fixed service field, such as the recovery points of
    /// AWS Backup, which are resources of other services.
    of_any_service: Vec<ResourceTypeRef>,
    /// The positions of actions in the catalog, by lower-case name without prefix.
    bare_actions: HashMap<Box<str>, Vec<usize>>,
    /// Sensitive actions, sorted by name, ignoring case.
    sensitive: Vec<(&'static str, &'static SensitiveActions)>,
    /// Siblings, sorted by the action with the same effect, ignoring case.
    siblings: Vec<&'static Sibling>,
}

impl Lookup {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut it = Self::default();
        let mut templates = HashSet::new();
        for (service, facts) in catalog.services().iter().enumerate() {
            for (key, row) in facts.condition_keys.iter().enumerate() {
                let lower = row.name.to_ascii_lowercase();
                if is_template(row.name) && templates.insert(lower.clone()) {
                    let prefix = prefix(&lower).filter(|prefix| !prefix.contains(['{', '<']));
                    let names = it.key_templates.entry(prefix.unwrap_or_default().into());
                    names.or_default().push(row.name);
                }
                let rows = it.keys.entry(lower.into()).or_default();
                rows.push(KeyRef { service, key });
            }
            for (resource_type, row) in facts.resource_types.iter().enumerate() {
                let Some(template) = row.template else {
                    continue;
                };
                let rows = match service_field(template) {
                    Some(field) => it.resource_types.entry(field).or_default(),
                    None => &mut it.of_any_service,
                };
                rows.push(ResourceTypeRef {
                    service,
                    resource_type,
                });
            }
        }
        for (position, action) in catalog.known().iter().enumerate() {
            let rows = it.bare_actions.entry(bare(&action.lower).into());
            rows.or_default().push(position);
        }
        let overlays = catalog.services().iter().map(|it| it.overlay);
        let rows = overlays.flat_map(|overlay| overlay.sensitive_actions);
        let rows = rows.chain(catalog.sensitive());
        it.sensitive = rows
            .flat_map(|row| row.actions.iter().map(move |name| (*name, row)))
            .collect();
        it.sensitive.sort_by(|a, b| ignoring_case(a.0, b.0));
        it.sensitive
            .dedup_by(|later, first| later.0.eq_ignore_ascii_case(first.0));
        let overlays = catalog.services().iter().map(|it| it.overlay);
        let siblings = overlays.flat_map(|overlay| overlay.siblings);
        it.siblings = siblings.collect();
        it.siblings
            .sort_by(|a, b| ignoring_case(a.action, b.action));
        it
    }
}

/// Returns the text before a name's first colon.
fn prefix(name: &str) -> Option<&str> {
    Some(name.split_once(':')?.0)
}

/// Returns the service field of a template if it is a literal.
fn service_field(template: &Template) -> Option<&'static str> {
    let mut colons = 0;
    for piece in template.pieces {
        let Piece::Literal(text) = *piece else {
            continue;
        };
        let mut begin = 0;
        for (at, _) in text.match_indices(':') {
            // If the field begins before this literal, the literal is only a part of it.
            if colons == 2 {
                return Some(&text[begin..at]).filter(|_| begin > 0);
            }
            colons += 1;
            begin = at + 1;
        }
        if colons == 2 && begin < text.len() {
            return None;
        }
    }
    None
}

impl Catalog {
    /// Returns the rows of a condition key, given in any case, at most one per service, sorted by
    /// service.
    ///
    /// That includes removed keys. A key such as `aws:RequestTag/team` is found by its template.
    #[must_use]
    pub fn find_keys(&self, name: &str) -> Vec<KeyRef> {
        let lookup = self.lookup();
        let lower = name.to_ascii_lowercase();
        let mut rows = lookup.keys.get(&*lower).cloned().unwrap_or_default();
        let of_prefix = |prefix: &str| lookup.key_templates.get(prefix);
        let lists = [prefix(&lower).and_then(of_prefix), of_prefix("")];
        let mut templates: Vec<&str> = lists.into_iter().flatten().flatten().copied().collect();
        // Of each service's templates, the one with the most literal text wins.
        while !templates.is_empty() {
            let Some(best) = find_template(&templates, name) else {
                break;
            };
            let found = lookup.keys.get(&*templates[best].to_ascii_lowercase());
            rows.extend(found.into_iter().flatten());
            templates.swap_remove(best);
        }
        rows.sort_by_key(|row| row.service);
        rows.dedup_by_key(|row| row.service);
        rows
    }

    /// Returns the resource types whose ARNs the pattern can match, sorted, without removed ones.
    ///
    /// If the pattern's service field has wildcards, only types of the given services are returned.
    /// The same applies to types whose ARNs can be of any service: an ARN of Amazon S3 can be a
    /// recovery point for actions of AWS Backup, but not for actions of Amazon S3.
    #[must_use]
    pub fn resource_types(&self, pattern: &ArnPattern, services: &[usize]) -> Vec<ResourceTypeRef> {
        self.fitting(pattern, services, false)
    }

    /// Returns the removed resource types whose ARNs the pattern can match.
    #[must_use]
    pub fn removed_resource_types(&self, pattern: &ArnPattern) -> Vec<ResourceTypeRef> {
        self.fitting(pattern, &[], true)
    }

    fn fitting(
        &self,
        pattern: &ArnPattern,
        services: &[usize],
        removed: bool,
    ) -> Vec<ResourceTypeRef> {
        let lookup = self.lookup();
        let fits = |at: &ResourceTypeRef| {
            let row = &self.services()[at.service].resource_types[at.resource_type];
            row.removed.is_some() == removed
                && row
                    .template
                    .is_some_and(|template| pattern.fits_template(template))
        };
        let plain = pattern.plain_service();
        let mut found: Vec<_> = match plain {
            Some(field) => {
                let rows = lookup.resource_types.get(field).into_iter().flatten();
                let of_any_service = lookup.of_any_service.iter();
                let of_any_service = of_any_service.filter(|at| services.contains(&at.service));
                rows.chain(of_any_service).copied().filter(fits).collect()
            }
            None => {
                let rows = services.iter().flat_map(|&service| {
                    let all = 0..self.services()[service].resource_types.len();
                    all.map(move |resource_type| ResourceTypeRef {
                        service,
                        resource_type,
                    })
                });
                rows.filter(fits).collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the actions with this name, given without prefix and in any case.
    pub fn with_bare_name(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self
            .lookup()
            .bare_actions
            .get(&*name.to_ascii_lowercase())
            .map(Vec::as_slice);
        let positions = found.unwrap_or_default().iter();
        positions.map(|position| &*self.known()[*position].name)
    }

    /// Returns the rows of an action, one per service, given its name with prefix in any case.
    #[must_use]
    pub fn rows(&self, action: &str) -> &[ActionRef] {
        let found = self.position(action);
        found.map_or(&[], |position| &self.known()[position].rows)
    }

    /// Returns whether an action may exist: it is in the catalog, or the catalog does not have all
    /// actions with its prefix.
    #[must_use]
    pub fn may_exist(&self, action: &str) -> bool {
        let is_complete = prefix(action).is_some_and(|prefix| self.is_complete(prefix));
        !is_complete || self.find(action).is_some()
    }

    /// Returns the sensitive actions that begin with a text, ignoring case, each with the reason.
    pub(crate) fn sensitive_beginning_with(
        &self,
        head: &str,
    ) -> impl Iterator<Item = (&'static str, &'static SensitiveActions)> {
        let all = &self.lookup().sensitive;
        let begin = all.partition_point(|(name, ..)| ignoring_case(name, head).is_lt());
        let rest = all[begin..].iter();
        let is_in = move |name: &str| {
            let begin = name.get(..head.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(head))
        };
        rest.take_while(move |(name, ..)| is_in(name))
            .map(|(name, row)| (*name, *row))
    }

    /// Returns the actions with the same effect as an action, given with its prefix in any case.
    #[must_use]
    pub fn siblings(&self, action: &str) -> &[&'static Sibling] {
        let all = &*self.lookup().siblings;
        let order = |row: &&Sibling| ignoring_case(row.action, action);
        let begin = all.partition_point(|row| order(row).is_lt());
        let end = all.partition_point(|row| order(row).is_le());
        &all[begin..end]
    }
}

impl Service {
    /// Returns the action with this name, given with its prefix in any case, even if it was
    /// removed.
    #[must_use]
    pub fn find_action(&self, name: &str) -> Option<&'static ActionFacts> {
        position(self.actions, |row| row.name, name).map(|at| &self.actions[at])
    }

    /// Returns the API operation with this name in any case, even if it was removed.
    #[must_use]
    pub fn find_operation(&self, name: &str) -> Option<&'static super::OperationFacts> {
        position(self.operations, |row| row.name, name).map(|at| &self.operations[at])
    }

    /// Returns the index of the resource type with this name, even if it was removed.
    #[must_use]
    pub fn find_resource_type(&self, name: &str) -> Option<usize> {
        position(self.resource_types, |row| row.name, name)
    }
}

/// Returns the actions that an operation requires, each once; the text is its name, with or without
/// the service's prefix. Empty if the service does not have the operation.
#[doc(hidden)]
#[must_use]
pub fn required_by(rows: &[OperationFacts], prefix: &str, text: &str) -> Vec<&'static str> {
    let name = match text.split_once(':') {
        Some((given, name)) if given.eq_ignore_ascii_case(prefix) => name,
        Some(_) => return Vec::new(),
        None => text,
    };
    let row = position(rows, |row| row.name, name).map(|at| &rows[at]);
    let mut actions: Vec<_> = row
        .into_iter()
        .flat_map(|row| row.required_actions)
        .map(|it| it.action)
        .collect();
    actions.sort_unstable();
    actions.dedup();
    actions
}

/// Returns the position of a name in rows sorted by name, ignoring ASCII case.
fn position<T>(rows: &[T], name_of: impl Fn(&T) -> &'static str, name: &str) -> Option<usize> {
    rows.binary_search_by(|row| ignoring_case(name_of(row), name))
        .ok()
}

/// Compares two names, ignoring ASCII case.
pub(super) fn ignoring_case(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_fields_are_literals() {
        use Piece::{Literal, Partition, Region, Segment};
        let field = |pieces: &'static [Piece]| {
            service_field(&Template {
                name: "",
                pieces,
                fields: &[],
                rules: &[],
                head: "",
                regionless: false,
            })
        };
        assert_eq!(
            field(&[Literal("arn:"), Partition, Literal(":shop:"), Region]),
            Some("shop")
        );
        assert_eq!(
            field(&[Literal("arn:aws:shop:::x/"), Segment(0)]),
            Some("shop")
        );
        assert_eq!(
            field(&[
                Literal("arn:"),
                Partition,
                Literal(":"),
                Segment(0),
                Literal("::x")
            ]),
            None
        );
        assert_eq!(
            field(&[
                Literal("arn:"),
                Partition,
                Literal(":a-"),
                Segment(0),
                Literal(":x:")
            ]),
            None
        );
    }
}
