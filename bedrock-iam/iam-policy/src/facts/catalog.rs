//! Catalogs: the services that wildcards expand to and checks rely on.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::lookup::{Lookup, ignoring_case};
use super::{
    ActionFacts, GlobalKey, NotPrefix, ResourceTypeFacts, SensitiveActions, Service,
    ServicePrefixes,
};
use crate::text::names::nearest;

/// A set of services and the global condition keys, which wildcards expand to and checks rely on.
///
/// Services can share a prefix, as those of AWS Marketplace do.
#[derive(Clone)]
pub struct Catalog {
    services: Vec<&'static Service>,
    global_keys: &'static [GlobalKey],
    /// All actions without removed ones, sorted by lower-case name, each name once.
    actions: Vec<ActionEntry>,
    by_prefix: HashMap<Box<str>, Vec<usize>>,
    sensitive: &'static [SensitiveActions],
    prefixes: Option<&'static ServicePrefixes>,
    /// The rules of checks, untyped because this module must not depend on `check`.
    extensions: Vec<&'static (dyn Any + Send + Sync)>,
    lookup: OnceLock<Arc<Lookup>>,
}

/// The name of an action and its rows in the services.
#[derive(Clone)]
pub(crate) struct ActionEntry {
    pub(crate) lower: Box<str>,
    pub(crate) name: Box<str>,
    pub(crate) rows: Vec<ActionRef>,
}

/// A reference to an action of a catalog, by the indices of its service and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionRef {
    /// The index of the service.
    pub service: usize,
    /// The index of the row in the service's actions.
    pub action: usize,
}

impl Catalog {
    /// Creates a catalog of these services and the global condition keys.
    pub fn new(services: impl IntoIterator<Item = &'static Service>) -> Self {
        let mut catalog = Self::empty();
        for service in services {
            catalog.push(service);
        }
        catalog.sort();
        catalog
    }

    fn empty() -> Self {
        Self {
            services: Vec::new(),
            #[cfg(feature = "global")]
            global_keys: &crate::global::ALL,
            #[cfg(not(feature = "global"))]
            global_keys: &[],
            actions: Vec::new(),
            by_prefix: HashMap::new(),
            sensitive: &[],
            prefixes: None,
            extensions: Vec::new(),
            lookup: OnceLock::new(),
        }
    }

    /// Adds sensitive actions to those in the services' overlays. They may belong to services that
    /// are not in the catalog.
    #[must_use]
    pub fn with_sensitive(mut self, sensitive: &'static [SensitiveActions]) -> Self {
        self.sensitive = sensitive;
        self.lookup = OnceLock::new();
        self
    }

    /// Returns the sensitive actions that [`with_sensitive`](Self::with_sensitive) added.
    #[must_use]
    pub const fn sensitive(&self) -> &'static [SensitiveActions] {
        self.sensitive
    }

    /// Adds the list of all service prefixes, with which checks recognize a prefix that does not
    /// exist.
    #[must_use]
    pub const fn with_prefixes(mut self, prefixes: &'static ServicePrefixes) -> Self {
        self.prefixes = Some(prefixes);
        self
    }

    /// Returns the list that [`with_prefixes`](Self::with_prefixes) added.
    #[must_use]
    pub const fn prefixes(&self) -> Option<&'static ServicePrefixes> {
        self.prefixes
    }

    /// Returns the fact that a name, given in any case, is that of an SDK client or endpoint and not
    /// a service prefix.
    #[must_use]
    pub fn not_prefix(&self, name: &str) -> Option<&'static NotPrefix> {
        let mut rows = self.services.iter().flat_map(|it| it.overlay.not_prefixes);
        rows.find(|row| row.name.eq_ignore_ascii_case(name))
    }

    pub(crate) fn extend<T: Any + Send + Sync>(&mut self, extensions: &'static [T]) {
        let extensions = extensions.iter().map(|it| it as &(dyn Any + Send + Sync));
        self.extensions.extend(extensions);
    }

    pub(crate) fn extensions<T: Any>(&self) -> impl Iterator<Item = &'static T> {
        self.extensions.iter().filter_map(|it| it.downcast_ref())
    }

    pub(super) fn lookup(&self) -> &Lookup {
        self.lookup.get_or_init(|| Arc::new(Lookup::new(self)))
    }

    /// Creates a catalog of actions only, given with their prefixes.
    ///
    /// If names differ only in case, the first one is used. Texts that are not names of actions,
    /// such as patterns, are ignored.
    pub fn of_actions<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut catalog = Self::empty();
        let names = names.into_iter().filter(|name| is_action(name));
        catalog.actions.extend(names.map(|name| ActionEntry {
            lower: name.to_ascii_lowercase().into(),
            name: name.into(),
            rows: Vec::new(),
        }));
        catalog.sort();
        catalog
    }

    fn push(&mut self, service: &'static Service) {
        let index = self.services.len();
        self.services.push(service);
        let prefix = service.prefix.to_ascii_lowercase();
        self.by_prefix.entry(prefix.into()).or_default().push(index);
        for (action, row) in service.actions.iter().enumerate() {
            if row.removed.is_none() {
                self.actions.push(ActionEntry {
                    lower: row.name.to_ascii_lowercase().into(),
                    name: row.name.into(),
                    rows: vec![ActionRef {
                        service: index,
                        action,
                    }],
                });
            }
        }
    }

    fn sort(&mut self) {
        self.actions.sort_by(|a, b| a.lower.cmp(&b.lower));
        self.actions.dedup_by(|later, first| {
            let same = later.lower == first.lower;
            if same {
                first.rows.append(&mut later.rows);
            }
            same
        });
    }

    /// Returns the services, in the given order.
    #[must_use]
    pub fn services(&self) -> &[&'static Service] {
        &self.services
    }

    /// Returns the services with this action prefix, ignoring ASCII case, each with its index.
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (usize, &'static Service)> {
        let found = if prefix.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.by_prefix.get(prefix.to_ascii_lowercase().as_str())
        } else {
            self.by_prefix.get(prefix)
        };
        let indices = found.map(Vec::as_slice).unwrap_or_default();
        indices.iter().map(|index| (*index, self.services[*index]))
    }

    /// Returns whether the catalog has all actions, condition keys and resource types with a prefix:
    /// it has a service with the prefix, and knows of no [other page](super::Overlay::other_pages).
    #[must_use]
    pub fn is_complete(&self, prefix: &str) -> bool {
        let mut services = self.with_prefix(prefix).peekable();
        services.peek().is_some()
            && services.all(|(_, service)| service.overlay.other_pages.is_empty())
    }

    /// Returns the prefix of an action or pattern that the catalog has no facts about.
    ///
    /// Returns `None` if the catalog has all actions with the prefix, or at least this one, or if the
    /// prefix is missing or contains wildcards.
    #[must_use]
    pub fn service_without_facts<'a>(&self, action: &'a str) -> Option<&'a str> {
        let (prefix, _) = action.split_once(':')?;
        let is_named = !prefix.contains(['*', '?']);
        let is_known = || self.is_complete(prefix) || self.find(action).is_some();
        (is_named && !is_known()).then_some(prefix)
    }

    /// Returns the action with the name most similar to one that does not exist, if one is similar
    /// enough. Only services with the name's prefix are searched, and removed actions are not
    /// suggested.
    #[must_use]
    pub fn suggestion(&self, action: &str) -> Option<&'static str> {
        let (prefix, _) = action.split_once(':')?;
        let actions = self.with_prefix(prefix).flat_map(|(_, it)| it.actions);
        let present = actions.filter(|row| row.removed.is_none());
        nearest(present.map(|row| row.name), action)
    }

    /// Returns the global condition keys.
    #[must_use]
    pub const fn global_keys(&self) -> &'static [GlobalKey] {
        self.global_keys
    }

    /// Returns the service and the row of an action.
    #[must_use]
    pub fn action(&self, at: ActionRef) -> (&'static Service, &'static ActionFacts) {
        let service = self.services[at.service];
        (service, &service.actions[at.action])
    }

    /// Adds services, replacing those with the same page.
    ///
    /// A service that was read from a page replaces the one from the same page, and takes over its
    /// overlay and ARN templates. Among services that were not read from a page, a service replaces
    /// the one with the same prefix.
    #[must_use]
    pub fn with_services(self, services: impl IntoIterator<Item = &'static Service>) -> Self {
        let mut all = self.services;
        let mut catalog = Self {
            services: Vec::new(),
            actions: Vec::new(),
            by_prefix: HashMap::new(),
            lookup: OnceLock::new(),
            ..self
        };
        for service in services {
            let same = |known: &&mut &Service| {
                known.page == service.page
                    && (!service.page.is_empty() || known.prefix == service.prefix)
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    let types = service.resource_types.iter().map(|row| {
                        let mut all = known.resource_types.iter();
                        let same =
                            all.find(|it| it.arn_format == row.arn_format && it.name == row.name);
                        ResourceTypeFacts {
                            template: same.map_or(row.template, |it| it.template),
                            ..*row
                        }
                    });
                    *known = Box::leak(Box::new(Service {
                        overlay: known.overlay,
                        resource_types: types.collect::<Vec<_>>().leak(),
                        ..*service
                    }));
                }
                None => all.push(service),
            }
        }
        for service in all {
            catalog.push(service);
        }
        catalog.sort();
        catalog
    }

    /// Returns the number of actions.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.actions.len()
    }

    /// Returns whether the catalog has no actions.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Returns the names of all actions, sorted, ignoring case.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.actions.iter().map(|action| &*action.name)
    }

    /// Returns an action's name as spelled in the catalog, given the name in any case.
    #[must_use]
    pub fn find(&self, action: &str) -> Option<&str> {
        self.position(action)
            .map(|index| &*self.actions[index].name)
    }

    pub(crate) fn position(&self, action: &str) -> Option<usize> {
        self.actions
            .binary_search_by(|known| ignoring_case(&known.lower, action))
            .ok()
    }

    pub(crate) fn known(&self) -> &[ActionEntry] {
        &self.actions
    }

    /// Returns the positions of the actions that begin with a text, ignoring case.
    pub(crate) fn beginning_with(&self, head: &str) -> std::ops::Range<usize> {
        let head = &*head.to_ascii_lowercase();
        let begin = self.actions.partition_point(|known| *known.lower < *head);
        let rest = &self.actions[begin..];
        begin..begin + rest.partition_point(|known| known.lower.starts_with(head))
    }
}

/// Returns whether a text consists of a prefix, a colon and the name of one action.
fn is_action(text: &str) -> bool {
    let is_name = |text: &str, more: &[u8]| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
        !text.is_empty() && text.bytes().all(fits)
    };
    text.split_once(':')
        .is_some_and(|(prefix, name)| is_name(prefix, b"-") && is_name(name, b"-_"))
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefixes = self.services.iter().map(|service| service.prefix);
        f.debug_struct("Catalog")
            .field("services", &prefixes.collect::<Vec<_>>())
            .field("actions", &self.actions.len())
            .finish()
    }
}
