//! Lookup of names with a Rust item: actions, ARN types and condition keys of the services in a
//! catalog that have a module, and the global condition keys.

use std::collections::HashMap;

use crate::arn::fields::fields;
use crate::arn::{Piece, Template};
use crate::facts::{ActionFacts, Catalog, ResourceTypeFacts, RustModule, Service};
use crate::text::names::placeholder;
use crate::{ArnPattern, GlobalKey, ValueType};

/// The modules of a catalog, indexed by the names in policies.
pub(super) struct Modules<'c> {
    catalog: &'c Catalog,
    all: Vec<Module>,
    /// The module of each service of the catalog, by the service's index there.
    of_service: Vec<Option<usize>>,
    /// Every key: the global ones, then those of each module.
    keys: Vec<Key>,
    /// The keys without a placeholder, by name.
    constants: HashMap<&'static str, Vec<usize>>,
    /// The keys with placeholders by their prefix; `""` if it contains a placeholder.
    templates: HashMap<&'static str, Vec<usize>>,
    /// The types of ARNs by their service field; `""` if it contains a placeholder.
    arns: HashMap<&'static str, Vec<ArnType>>,
}

/// A service with a Rust module.
struct Module {
    rust: RustModule,
    /// The index of each of the service's condition keys among all keys.
    keys: Vec<usize>,
}

/// An action that has a Rust name.
#[derive(Clone, Copy)]
pub(super) struct Action {
    /// The index of its module.
    pub(super) module: usize,
    pub(super) facts: &'static ActionFacts,
}

/// A resource type whose ARNs have a builder.
#[derive(Clone, Copy)]
pub(super) struct ArnType {
    /// The index of its module.
    pub(super) module: usize,
    /// The index of its row in the service.
    pub(super) row: u16,
    pub(super) facts: &'static ResourceTypeFacts,
    pub(super) template: &'static Template,
}

/// A condition key with its constant or function.
pub(super) struct Key {
    /// The index of its module; `None` for the keys of `global`.
    pub(super) module: Option<usize>,
    /// The constant or function.
    pub(super) item: &'static str,
    pub(super) kind: Kind,
    /// Whether it is in effect only for certain pairs of actions and resource types.
    pub(super) is_bound: bool,
    /// The text around its placeholders: one more than there are placeholders.
    literals: Vec<&'static str>,
}

/// The kind of a key's values, which decides what operators it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A tag's value, which can be compared as any single value.
    Tag,
    /// A value of this type; `None` if the type is unknown.
    Of(Option<ValueType>),
}

impl<'c> Modules<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let mut modules = Self {
            catalog,
            all: Vec::new(),
            of_service: Vec::with_capacity(catalog.services().len()),
            keys: Vec::new(),
            constants: HashMap::new(),
            templates: HashMap::new(),
            arns: HashMap::new(),
        };
        let mut global = HashMap::new();
        for key in catalog.global_keys() {
            let value_type = Some(key.value_type);
            let with_item = Key::new(None, key.name, key.item, value_type, key.follows_page);
            let entry = (key, modules.push_key(with_item, true));
            global.insert(shape(key.name), entry);
        }
        for service in catalog.services() {
            let module = service
                .module
                .map(|rust| modules.push(service, rust, &global));
            modules.of_service.push(module);
        }
        modules
    }

    fn push(
        &mut self,
        service: &'static Service,
        rust: RustModule,
        global: &HashMap<Vec<String>, (&'static GlobalKey, usize)>,
    ) -> usize {
        let module = self.all.len();
        for (row, facts) in (0..).zip(service.resource_types) {
            if let (Some(template), None) = (facts.template, facts.removed) {
                let service = service_field(template.pieces).unwrap_or_default();
                self.arns.entry(service).or_default().push(ArnType {
                    module,
                    row,
                    facts,
                    template,
                });
            }
        }
        let mut keys = Vec::with_capacity(service.condition_keys.len());
        for facts in service.condition_keys {
            // a key with the name of a global key but another type is a different key
            let same = global
                .get(&shape(facts.name))
                .filter(|(global, _)| facts.value_type.is_none_or(|of| of == global.value_type));
            keys.push(match same {
                Some((_, index)) => *index,
                None => {
                    let own =
                        Key::new(Some(module), facts.name, facts.item, facts.value_type, true);
                    self.push_key(own, facts.removed.is_none())
                }
            });
        }
        self.all.push(Module { rust, keys });
        module
    }

    fn push_key(&mut self, key: Key, is_found: bool) -> usize {
        let index = self.keys.len();
        if is_found {
            let of = match key.literals.as_slice() {
                [name] => self.constants.entry(name).or_default(),
                literals => {
                    let first = literals.first().and_then(|first| first.split_once(':'));
                    let prefix = first.map_or("", |(prefix, _)| prefix);
                    self.templates.entry(prefix).or_default()
                }
            };
            of.push(index);
        }
        self.keys.push(key);
        index
    }

    /// Returns the names of a module.
    pub(super) fn rust(&self, module: usize) -> RustModule {
        self.all[module].rust
    }

    /// Returns whether a module in another crate has the same name.
    pub(super) fn shares_its_name(&self, module: usize) -> bool {
        let of = self.rust(module);
        let mut all = self.all.iter().map(|other| other.rust);
        all.any(|other| other.name == of.name && other.krate != of.krate)
    }

    /// Returns whether one of the modules is in this crate.
    pub(super) fn has_crate(&self, krate: &str) -> bool {
        self.all.iter().any(|module| module.rust.krate == krate)
    }

    /// Finds an action by its exact name. Case matters, because the program prints the name.
    pub(super) fn action(&self, name: &str) -> Option<Action> {
        let known = &self.catalog.known()[self.catalog.position(name)?];
        known.rows.iter().find_map(|at| {
            let module = self.of_service[at.service]?;
            let (_, facts) = self.catalog.action(*at);
            (facts.name == name).then_some(Action { module, facts })
        })
    }

    /// Returns whether a module has actions with this prefix.
    pub(super) fn has(&self, prefix: &str) -> bool {
        let mut services = self.catalog.with_prefix(prefix);
        services.any(|(index, _)| self.of_service[index].is_some())
    }

    /// Returns whether a module has actions with this prefix, or ARNs with this service field: those
    /// of the Data API are `rds`, not `rds-data`.
    pub(super) fn has_arns(&self, service: &str) -> bool {
        self.has(service) || self.arns.contains_key(service)
    }

    /// Returns whether an ARN in a policy can match a resource that an action can be scoped to.
    pub(super) fn can_match(&self, arn: &str, action: Action) -> bool {
        let Ok(pattern) = ArnPattern::parse(arn) else {
            return false;
        };
        let mut types = self.catalog.resource_types(&pattern, &[]).into_iter();
        types.any(|of| {
            let mut resources = action.facts.resources.iter();
            self.of_service[of.service] == Some(action.module)
                && resources.any(|it| usize::from(it.resource_type) == of.resource_type)
        })
    }

    /// Returns whether an action is known not to exist, so that `foreign_action!` rejects it.
    pub(super) fn lacks(&self, action: &str) -> bool {
        self.catalog.find(action).is_none() && self.catalog.service_without_facts(action).is_none()
    }

    /// Returns the types whose ARNs can match this text.
    pub(super) fn arn_types(&self, text: &str) -> impl Iterator<Item = ArnType> {
        let of_text = fields(text).map(|[_, _, service, .., resource]| (service, resource));
        let (service, resource) = of_text.unwrap_or_default();
        let types = self.arns.get(service).into_iter();
        let types = types.chain(self.arns.get("")).flatten().copied();
        types.filter(move |it| resource.starts_with(it.template.head))
    }

    /// Finds condition keys by their exact name, global ones first. Case matters, because the program
    /// prints the name.
    pub(super) fn keys(&self, name: &str) -> impl Iterator<Item = usize> {
        let constants = self.constants.get(name).into_iter().flatten();
        let prefix = name.split(':').next().unwrap_or_default();
        let templates = self.templates.get(prefix).into_iter();
        let templates = templates.chain(self.templates.get("")).flatten();
        let templates = templates.filter(move |key| self.keys[**key].arguments(name).is_some());
        constants.chain(templates).copied()
    }

    pub(super) fn key(&self, key: usize) -> &Key {
        &self.keys[key]
    }

    /// Returns whether a condition key is in effect for an action on any of its resource types.
    pub(super) fn takes(&self, action: Action, key: usize) -> bool {
        let pairs = action.facts.resources.iter();
        let mut rows = pairs
            .flat_map(|pair| pair.condition_keys)
            .chain(action.facts.condition_keys);
        rows.any(|row| self.is_key(action, *row, key))
    }

    /// Returns whether a condition key is in effect for an action on a resource type.
    pub(super) fn takes_on(&self, action: Action, of: &ArnType, key: usize) -> bool {
        action.on(of).is_some_and(|pair| {
            let mut rows = [pair.condition_keys, action.facts.condition_keys]
                .into_iter()
                .flatten();
            rows.any(|row| self.is_key(action, *row, key))
        })
    }

    fn is_key(&self, action: Action, row: u16, key: usize) -> bool {
        let keys = &self.all[action.module].keys;
        keys.get(usize::from(row)) == Some(&key)
    }
}

impl Action {
    fn on(self, of: &ArnType) -> Option<&'static crate::PairFacts> {
        let mut pairs = self.facts.resources.iter();
        pairs.find(|pair| of.module == self.module && pair.resource_type == of.row)
    }

    /// Returns whether a statement can scope it to a resource type.
    pub(super) fn supports(self, of: &ArnType) -> bool {
        self.on(of).is_some()
    }
}

impl Key {
    fn new(
        module: Option<usize>,
        name: &'static str,
        item: &'static str,
        value_type: Option<ValueType>,
        is_bound: bool,
    ) -> Self {
        let literals = literals(name);
        let kind = match literals.as_slice() {
            [start, ""]
                if value_type == Some(ValueType::String)
                    && start.to_ascii_lowercase().ends_with("tag/") =>
            {
                Kind::Tag
            }
            _ => Kind::Of(value_type),
        };
        Self {
            module,
            item,
            kind,
            is_bound,
            literals,
        }
    }

    /// Returns the arguments for which the key's function returns a key of this name; an empty list
    /// for a constant. Returns `None` if the key can't have this name.
    pub(super) fn arguments<'n>(&self, name: &'n str) -> Option<Vec<&'n str>> {
        let [first, middle @ .., last] = self.literals.as_slice() else {
            return (self.literals == [name]).then(Vec::new);
        };
        let mut rest = name.strip_prefix(first)?;
        let mut arguments = Vec::with_capacity(middle.len() + 1);
        for literal in middle {
            // an argument has at least one character
            let start = rest.chars().next()?.len_utf8();
            let end = start + rest[start..].find(literal)?;
            arguments.push(&rest[..end]);
            rest = &rest[end + literal.len()..];
        }
        let argument = rest.strip_suffix(last)?;
        arguments.push(argument);
        (!argument.is_empty()).then_some(arguments)
    }
}

/// Returns the text around the placeholders of a name.
fn literals(name: &'static str) -> Vec<&'static str> {
    let mut literals = Vec::new();
    let mut rest = name;
    while let Some((literal, tail)) = placeholder(rest) {
        literals.push(literal);
        rest = tail;
    }
    literals.push(rest);
    literals
}

/// Returns a key's name in lower case, split at its placeholders.
fn shape(name: &'static str) -> Vec<String> {
    let literals = literals(name);
    literals.iter().map(|it| it.to_ascii_lowercase()).collect()
}

/// Returns the service field of a template's ARNs; `None` if it contains a placeholder.
fn service_field(pieces: &'static [Piece]) -> Option<&'static str> {
    let mut colons = 0;
    for piece in pieces {
        let Piece::Literal(text) = *piece else {
            continue;
        };
        let mut start = None;
        for (at, _) in text.match_indices(':') {
            colons += 1;
            match colons {
                2 => start = Some(at + 1),
                3 => return start.map(|start| &text[start..at]),
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &'static str) -> Key {
        Key::new(None, name, "item", Some(ValueType::String), true)
    }

    #[test]
    fn arguments_are_read_from_a_keys_name() {
        let team = key("aws:PrincipalTag/${TagKey}");
        assert_eq!(
            team.arguments("aws:PrincipalTag/cost/centre"),
            Some(vec!["cost/centre"])
        );
        assert_eq!(team.arguments("aws:PrincipalTag/"), None);
        assert_eq!(team.arguments("aws:principaltag/team"), None);
        let two = key("git.${Domain}.com:${Repo}.location");
        assert_eq!(
            two.arguments("git..com.com:é.location"),
            Some(vec![".com", "é"])
        );
        assert_eq!(two.arguments("git.a.com:.location"), None);
        let constant = key("shop:Fruit");
        assert_eq!(constant.arguments("shop:Fruit"), Some(Vec::new()));
        assert_eq!(constant.arguments("shop:fruit"), None);
    }

    #[test]
    fn tags_are_recognized_by_name_and_type() {
        assert_eq!(key("shop:Tag/<key>").kind, Kind::Tag);
        let string = Kind::Of(Some(ValueType::String));
        assert_eq!(key("shop:Tag").kind, string);
        assert_eq!(key("shop:Tag/${key}.size").kind, string);
        let number = Some(ValueType::Numeric);
        let key = Key::new(None, "shop:Tag/${key}", "tag", number, true);
        assert_eq!(key.kind, Kind::Of(number));
    }

    #[test]
    fn the_service_field_is_found_unless_it_is_a_placeholder() {
        use Piece::{Literal, Partition, Segment};
        let of = |pieces: &'static [Piece]| service_field(pieces);
        assert_eq!(
            of(&[Literal("arn:"), Partition, Literal(":s3:::"), Segment(0)]),
            Some("s3")
        );
        assert_eq!(of(&[Literal("arn:aws:iam::aws:policy/")]), Some("iam"));
        assert_eq!(
            of(&[
                Literal("arn:"),
                Partition,
                Literal(":"),
                Segment(0),
                Literal(":::x")
            ]),
            None
        );
    }
}
