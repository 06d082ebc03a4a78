//! Several services: what wildcards can stand for, and what checks know.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::lookup::Lookup;
use super::{ActionFacts, GlobalKey, ResourceTypeFacts, SensitiveActions, Service};

/// Several services with the global condition keys: what wildcards can stand for, and what checks know.
///
/// Several services may share a prefix, as the pages of AWS Marketplace do.
#[derive(Clone)]
pub struct Catalog {
    services: Vec<&'static Service>,
    global_keys: &'static [GlobalKey],
    /// Every action that the reference has today, by its name in lower case, each once.
    actions: Vec<Named>,
    by_prefix: HashMap<Box<str>, Vec<usize>>,
    sensitive: &'static [SensitiveActions],
    /// The rules of checks, a room above this one, which knows what they are.
    extensions: Vec<&'static (dyn Any + Send + Sync)>,
    lookup: OnceLock<Arc<Lookup>>,
}

/// The name of an action, and the rows that state it.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) lower: Box<str>,
    pub(crate) name: Box<str>,
    pub(crate) rows: Vec<ActionRef>,
}

/// An action of a catalog: the indices of its service and of its row there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionRef {
    /// The service.
    pub service: usize,
    /// The row among the service's actions.
    pub action: usize,
}

impl Catalog {
    /// A catalog of these services and the global condition keys that IAM documents.
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
            extensions: Vec::new(),
            lookup: OnceLock::new(),
        }
    }

    /// The same catalog with sensitive actions beside those that its services state: of services
    /// that it may not have.
    #[must_use]
    pub fn with_sensitive(mut self, sensitive: &'static [SensitiveActions]) -> Self {
        self.sensitive = sensitive;
        self.lookup = OnceLock::new();
        self
    }

    /// The sensitive actions beside those that its services state.
    #[must_use]
    pub const fn sensitive(&self) -> &'static [SensitiveActions] {
        self.sensitive
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

    /// A catalog of nothing but these actions, each with its prefix; of names that differ in case
    /// alone the first counts. A text that is not the name of an action, such as a pattern, is left
    /// out.
    pub fn of_actions<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut catalog = Self::empty();
        let names = names.into_iter().filter(|name| is_action(name));
        catalog.actions.extend(names.map(|name| Named {
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
                self.actions.push(Named {
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

    /// The services, in the order in which they were given.
    #[must_use]
    pub fn services(&self) -> &[&'static Service] {
        &self.services
    }

    /// The services whose actions have this prefix, ASCII case ignored, each with its index.
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (usize, &'static Service)> {
        let found = if prefix.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.by_prefix.get(prefix.to_ascii_lowercase().as_str())
        } else {
            self.by_prefix.get(prefix)
        };
        let indices = found.map(Vec::as_slice).unwrap_or_default();
        indices.iter().map(|index| (*index, self.services[*index]))
    }

    /// The prefix of an action or pattern that the catalog has no facts of; `None` where it has some,
    /// or where no one service is named.
    #[must_use]
    pub fn service_without_facts<'a>(&self, action: &'a str) -> Option<&'a str> {
        let (prefix, _) = action.split_once(':')?;
        let is_named = !prefix.contains(['*', '?']);
        (is_named && self.with_prefix(prefix).next().is_none()).then_some(prefix)
    }

    /// The global condition keys.
    #[must_use]
    pub const fn global_keys(&self) -> &'static [GlobalKey] {
        self.global_keys
    }

    /// The service and the row that a reference stands for.
    #[must_use]
    pub fn action(&self, at: ActionRef) -> (&'static Service, &'static ActionFacts) {
        let service = self.services[at.service];
        (service, &service.actions[at.action])
    }

    /// The same catalog with further services.
    ///
    /// A service takes the place of the one that was read from the same page, and keeps what is
    /// known of that one beyond the reference, of its ARNs as well; a service that was not read from a page takes the
    /// place of one with its prefix that was not either.
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

    /// How many actions it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether it has no action.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Every action, by name, case ignored.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.actions.iter().map(|action| &*action.name)
    }

    /// The action of a name in any case, as the catalog writes it.
    #[must_use]
    pub fn find(&self, action: &str) -> Option<&str> {
        self.position(action)
            .map(|index| &*self.actions[index].name)
    }

    pub(crate) fn position(&self, action: &str) -> Option<usize> {
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        self.actions
            .binary_search_by(|known| known.lower.bytes().cmp(action.as_bytes().iter().map(lower)))
            .ok()
    }

    pub(crate) fn known(&self) -> &[Named] {
        &self.actions
    }

    /// The positions of the actions that begin with a text in any case.
    pub(crate) fn beginning_with(&self, head: &str) -> std::ops::Range<usize> {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        let order = |known: &Named| {
            let known = known.lower.bytes().take(head.len());
            known.cmp(head.bytes().map(lower))
        };
        let begin = self.actions.partition_point(|known| order(known).is_lt());
        let rest = &self.actions[begin..];
        begin..begin + rest.partition_point(|known| order(known).is_eq())
    }
}

/// Whether a text is a prefix, a colon and the name of one action.
pub(super) fn is_action(text: &str) -> bool {
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
