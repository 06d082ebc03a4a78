//! Services from JSON at run time, in any of three forms.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::catalog::is_action;
use super::wire::{self, service_reference};
use super::{
    AccessLevels, ActionFacts, ConditionKeyFacts, ContextEntry, OperationFacts, Overlay, PairFacts,
    RequiredAction, ResourceTypeFacts, Service,
};
use crate::arn::Template;

/// How messages describe the forms that are read.
const FORMS: &str = "the facts of a service: a snapshot (`page`, `prefix`, `actions`, …), the facts \
     of a page (those and `locale`), or AWS's service reference (`Name`, `Actions`, …)";

impl Service {
    /// Reads the facts of a service from JSON, in one of three forms: a snapshot (`service.json`),
    /// the facts of one page (as `cargo xtask scrape` prints them), or AWS's machine-readable service
    /// reference.
    ///
    /// A form is recognized by its members. What a form does not state is not known: the service
    /// reference has no required marks, no dependent actions and no permission-only marks, and not
    /// every access level.
    ///
    /// The rows are leaked, as those of generated modules are `static`: load each service once in a
    /// process. A large service takes some hundred kilobytes.
    ///
    /// ```
    /// use iam_policy::{Catalog, Service};
    ///
    /// let text = r#"{
    ///     "Name": "orchard",
    ///     "Actions": [{"Name": "PlantTree", "Resources": [{"Name": "tree"}]}],
    ///     "Resources": [{"Name": "tree", "ARNFormats": ["arn:${Partition}:orchard:::tree/${Id}"]}]
    /// }"#;
    /// let orchard = Service::from_json(text)?;
    /// assert_eq!(orchard.actions[0].name, "orchard:PlantTree");
    /// assert_eq!(orchard.actions[0].dependent_actions, None);
    /// assert_eq!(Catalog::new([orchard]).find("Orchard:plantTREE"), Some("orchard:PlantTree"));
    /// # Ok::<(), iam_policy::FactsError>(())
    /// ```
    ///
    /// # Errors
    /// [`FactsError`] for a text that is not JSON, has another form, states a name twice, or has more
    /// than 65,535 names of a kind.
    pub fn from_json(text: &str) -> Result<&'static Self, FactsError> {
        let Members(members) = read(text, FORMS)?;
        let has = |names: &[&str]| names.iter().all(|name| members.contains(*name));
        if has(&["Name", "Actions"]) {
            let reference = service_reference::read(text)?;
            return rows(&wire::normal_form(&reference.facts()), false);
        }
        if !has(&["prefix", "actions"]) {
            return Err(FactsError::new("", found(&members), FORMS));
        }
        if members.contains("locale") {
            let facts: wire::Facts = read(text, "the facts of a page")?;
            return rows(&wire::normal_form(&facts), true);
        }
        rows(&read(text, "a snapshot")?, true)
    }
}

/// An object's members, for a message.
fn found(members: &BTreeSet<String>) -> String {
    const SHOWN: usize = 5;
    let names = members.iter().take(SHOWN);
    let mut names: Vec<_> = names.map(|it| format!("`{}`", it.escape_debug())).collect();
    if members.len() > SHOWN {
        names.push("…".to_owned());
    }
    match names.len() {
        0 => "an empty object".to_owned(),
        _ => format!("an object with {}", names.join(", ")),
    }
}

/// The names of an object's members.
struct Members(BTreeSet<String>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Members, A::Error> {
                let mut names = BTreeSet::new();
                while let Some((name, IgnoredAny)) = members.next_entry()? {
                    names.insert(name);
                }
                Ok(Members(names))
            }
        }

        deserializer.deserialize_map(Names)
    }
}

/// Reads one JSON value; a byte order mark before it is skipped.
pub(super) fn read<T: DeserializeOwned>(
    text: &str,
    expected: &'static str,
) -> Result<T, FactsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        // An empty path is written as a full stop, and a name not yet read as a question mark.
        let path = error.path().to_string();
        FactsError::json(path.trim_end_matches(['.', '?']), error.inner(), expected)
    })?;
    json.end()
        .map_err(|error| FactsError::json("", &error, expected))?;
    Ok(value)
}

/// JSON that does not state the facts of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsError {
    path: String,
    found: String,
    expected: Cow<'static, str>,
}

impl FactsError {
    fn new(
        path: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            path: path.into(),
            found: found.into(),
            expected: expected.into(),
        }
    }

    /// The parser's message holds line and column.
    fn json(path: &str, error: &serde_json::Error, expected: &'static str) -> Self {
        Self::new(path, error.to_string(), expected)
    }

    /// The member that the error is in, such as `actions.PlantTree.resources[0]`; empty for the
    /// document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was found; for JSON that does not fit, the parser's message with line and column.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for FactsError {
    /// One line: the path, what was found and what was expected.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path.escape_debug())?;
        }
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl std::error::Error for FactsError {}

/// The names of one kind, in the order of their rows: ASCII case ignored.
struct Names<'a> {
    names: Vec<&'a str>,
    indices: HashMap<&'a str, u16>,
}

impl<'a> Names<'a> {
    fn new(table: &'static str, names: BTreeSet<&'a str>) -> Result<Self, FactsError> {
        let mut names = Vec::from_iter(names);
        names.sort_by_cached_key(|name| name.to_ascii_lowercase());
        let same = |pair: &&[&str]| pair[0].eq_ignore_ascii_case(pair[1]);
        if let Some(pair) = names.windows(2).find(same) {
            let found = format!("`{}` and `{}`", pair[0], pair[1]);
            let expected = "names that differ in more than case, which IAM ignores";
            return Err(FactsError::new(table, found, expected));
        }
        let Ok(_) = u16::try_from(names.len()) else {
            let found = format!("{} names", names.len());
            let expected = format!("{} at most", u16::MAX);
            return Err(FactsError::new(table, found, expected));
        };
        let indices = names.iter().copied().zip(0..).collect();
        Ok(Self { names, indices })
    }

    /// The rows that some names stand for, sorted. Every name that the service mentions has one.
    fn rows<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> &'static [u16] {
        let rows = names.into_iter().filter_map(|name| self.row(name));
        leak(BTreeSet::from_iter(rows))
    }

    fn row(&self, name: &str) -> Option<u16> {
        self.indices.get(name).copied()
    }
}

fn leak<T>(rows: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::from_iter(rows).leak()
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn texts<'a>(all: impl IntoIterator<Item = &'a String>) -> &'static [&'static str] {
    leak(all.into_iter().map(|one| text(one)))
}

/// An ARN format taken apart; until it can be at run time, none is.
fn template(_name: &'static str, _format: &'static str) -> Option<&'static Template> {
    None
}

/// The rows of a service. `of_page` tells whether the form has what pages alone state: required
/// marks, dependent actions and permission-only marks.
fn rows(service: &wire::Service, of_page: bool) -> Result<&'static Service, FactsError> {
    let types = Names::new("resource_types", service.resource_type_names())?;
    let keys = Names::new("condition_keys", service.condition_key_names())?;
    let actions = service.actions.keys().map(String::as_str).collect();
    let actions = Names::new("actions", actions)?;
    let actions: Result<Vec<_>, _> = actions
        .names
        .iter()
        .map(|name| action(service, name, &types, &keys, of_page))
        .collect();
    let resource_types = types.names.iter().map(|name| {
        let row = service.resource_types.get(*name);
        let name = text(name);
        let format = row
            .map(|row| row.arn.as_str())
            .filter(|arn| !arn.is_empty());
        let arn_format = format.map(text);
        ResourceTypeFacts {
            name,
            rust_name: "",
            arn_format,
            template: arn_format.and_then(|format| template(name, format)),
            condition_keys: keys.rows(row.into_iter().flat_map(|row| &row.condition_keys)),
            documentation: "",
            removed: None,
        }
    });
    let condition_keys = keys.names.iter().map(|name| ConditionKeyFacts {
        name: text(name),
        rust_name: "",
        item: "",
        value_type: service
            .condition_keys
            .get(*name)
            .and_then(|row| row.value_type.parse().ok()),
        documentation: "",
        removed: None,
    });
    Ok(Box::leak(Box::new(Service {
        page: text(&service.page),
        prefix: text(&service.prefix),
        name: text(&service.service),
        module: None,
        snapshot: None,
        actions: leak(actions?),
        resource_types: leak(resource_types),
        condition_keys: leak(condition_keys),
        operations: operations(service)?,
        overlay: Overlay::NONE,
    })))
}

fn action(
    service: &wire::Service,
    name: &str,
    types: &Names<'_>,
    keys: &Names<'_>,
    of_page: bool,
) -> Result<ActionFacts, FactsError> {
    let action = &service.actions[name];
    let full = format!("{}:{name}", service.prefix);
    if !is_action(&full) {
        let found = format!("`{}`", full.escape_debug());
        let expected = "a service prefix and the name of one action, such as `prefix:Name`";
        return Err(FactsError::new(format!("actions.{name}"), found, expected));
    }
    let mut pairs = BTreeMap::new();
    for resource in &action.resources {
        let Some(row) = types.row(&resource.resource_type) else {
            continue;
        };
        let pair = PairFacts {
            resource_type: row,
            required: of_page.then_some(resource.required),
            condition_keys: keys.rows(&resource.condition_keys),
        };
        if pairs.insert(row, pair).is_some() {
            let found = format!("`{}` twice", resource.resource_type.escape_debug());
            let path = format!("actions.{name}.resources");
            return Err(FactsError::new(path, found, "each resource type once"));
        }
    }
    Ok(ActionFacts {
        name: full.leak(),
        rust_name: "",
        access_levels: AccessLevels::from_iter(action.access_levels.iter().copied()),
        permission_only: of_page.then_some(action.permission_only),
        resources: leak(pairs.into_values()),
        kept_types: &[],
        condition_keys: keys.rows(&action.condition_keys),
        dependent_actions: of_page.then(|| texts(&action.dependent_actions)),
        documentation: "",
        api_reference: action.api.as_deref().map(text),
        removed: None,
    })
}

/// One row for each name: the clients that have the operation, and what it needs with each.
fn operations(service: &wire::Service) -> Result<&'static [OperationFacts], FactsError> {
    let mut by_name: BTreeMap<&str, Vec<&wire::Operation>> = BTreeMap::new();
    for row in &service.operations {
        by_name.entry(&row.operation).or_default().push(row);
    }
    let names = Names::new("operations", by_name.keys().copied().collect())?;
    let required = |row: &wire::Operation| {
        let sdk_client = row.sdk.as_deref().map(text);
        let needed = row.actions.iter().map(|needed| RequiredAction {
            sdk_client,
            action: text(&needed.action),
            context: leak(needed.context.iter().map(|(key, values)| ContextEntry {
                key: text(key),
                values: texts(values),
            })),
        });
        needed.collect::<Vec<_>>()
    };
    Ok(leak(names.names.iter().map(|name| {
        let rows = &by_name[name];
        let clients: BTreeSet<_> = rows.iter().filter_map(|row| row.sdk.as_ref()).collect();
        OperationFacts {
            name: text(name),
            rust_name: "",
            sdk_clients: texts(clients),
            required_actions: leak(rows.iter().flat_map(|row| required(row))),
            removed: None,
        }
    })))
}
