//! Parsing of a service's facts from JSON at run time, in any of three forms.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::lookup::ignoring_case;
use super::wire::{self, service_reference};
use super::{
    AccessLevels, ActionFacts, ConditionKeyFacts, ContextEntry, OperationFacts, Overlay, PairFacts,
    RequiredAction, ResourceTypeFacts, Service,
};
use crate::arn::{Formats, Template};
use crate::text::json;
use crate::text::words::code;

/// The description of the accepted forms in messages.
const FORMS: &str = "the facts of a service: a snapshot (`page`, `prefix`, `actions`, …), the facts \
     of a page (those and `locale`), or AWS's service reference (`Name`, `Actions`, …)";

impl Service {
    /// Parses the facts of a service from JSON.
    ///
    /// Three forms are accepted and recognized by their members: a snapshot (`service.json`), the
    /// facts of one page (as `cargo xtask scrape` prints them), and AWS's machine-readable service
    /// reference. Facts that a form does not state are unknown: the service reference has no
    /// required marks, dependent actions or permission-only marks, and not all access levels.
    ///
    /// The rows are leaked, because those of generated modules are `static` too: load each service
    /// once per process. They take about as much memory as the snapshot's text.
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
    /// Returns [`FactsError`] if the text is not JSON or has another form, if a name is repeated or
    /// has characters that real names do not have, or if there are more than 65,535 names of a kind.
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

/// Describes an object's members, for messages.
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

/// Parses one JSON value, skipping a byte order mark; errors contain the path in it.
///
/// `expected` describes the form for messages.
///
/// # Errors
/// Returns [`FactsError`] if the text is not JSON or has another form.
pub fn read<T: DeserializeOwned>(text: &str, expected: &'static str) -> Result<T, FactsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    read_after("", text, expected)
}

/// Parses one JSON value that stands after another text; errors have the line and column in both.
pub(crate) fn read_after<'t, T: Deserialize<'t>>(
    before: &str,
    text: &'t str,
    expected: &'static str,
) -> Result<T, FactsError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        // `serde_path_to_error` writes `.` for an empty path and `?` for a name that was not read
        // yet.
        let path = error.path().to_string();
        FactsError::json(
            path.trim_end_matches(['.', '?']),
            error.inner(),
            before,
            expected,
        )
    })?;
    json.end()
        .map_err(|error| FactsError::json("", &error, before, expected))?;
    Ok(value)
}

/// The error of JSON that does not state the facts of a service.
#[derive(Clone, PartialEq, Eq)]
pub struct FactsError {
    path: String,
    found: String,
    expected: Cow<'static, str>,
}

impl FactsError {
    pub(super) fn new(
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

    /// Adds an enclosing part to the path.
    pub(crate) fn within(self, part: &str) -> Self {
        let path = match self.path.chars().next() {
            None => part.to_owned(),
            Some('[') => format!("{part}{}", self.path),
            Some(_) => format!("{part}.{}", self.path),
        };
        Self { path, ..self }
    }

    /// Creates an error from the parser's message.
    fn json(path: &str, error: &serde_json::Error, before: &str, expected: &'static str) -> Self {
        let mut mismatch = json::mismatch(error);
        let (lines, last) = (before.matches('\n').count(), before.rsplit('\n').next());
        let column = match error.line() {
            1 => error.column() + last.map_or(0, str::len),
            _ => error.column(),
        };
        mismatch.found += &format!(" at line {} column {column}", error.line() + lines);
        // For a whole document, `expected` is more helpful than "an object" or "a value".
        let wanted = mismatch.expected.filter(|it| match error.is_data() {
            true => !path.is_empty(),
            false => !matches!(it.as_str(), "value" | "ident"),
        });
        let wanted = wanted.map_or(Cow::Borrowed(expected), Cow::Owned);
        Self::new(path, mismatch.found, wanted)
    }

    /// Returns the path of the invalid member, such as `actions.PlantTree.resources[0]`; empty for
    /// the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns a description of the invalid value, with line and column if JSON could not be
    /// parsed.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns a description of the expected value.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for FactsError {
    /// Prints one line with the path, the invalid value and the expected one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", code(&self.path))?;
        }
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl std::error::Error for FactsError {}

/// The names of one kind in the order of their rows, which ignores ASCII case.
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
        Self::of(table, names)
    }

    /// Creates the names of condition keys. Some pages have keys that differ only in case, which are
    /// one key in IAM: they share the row of the first.
    fn of_keys(keys: BTreeSet<&'a str>) -> Result<Self, FactsError> {
        let mut sorted = Vec::from_iter(keys.iter().copied());
        sorted.sort_by_cached_key(|name| name.to_ascii_lowercase());
        sorted.dedup_by(|later, first| later.eq_ignore_ascii_case(first));
        let mut names = Self::of("condition_keys", sorted)?;
        for key in keys {
            let order = |name: &&str| ignoring_case(name, key);
            if let Ok(row) = names.names.binary_search_by(order) {
                let row = names.indices[names.names[row]];
                names.indices.insert(key, row);
            }
        }
        Ok(names)
    }

    fn of(table: &'static str, names: Vec<&'a str>) -> Result<Self, FactsError> {
        let Ok(_) = u16::try_from(names.len()) else {
            let found = format!("{} names", names.len());
            let expected = format!("{} at most", u16::MAX);
            return Err(FactsError::new(table, found, expected));
        };
        let indices = names.iter().copied().zip(0..).collect();
        Ok(Self { names, indices })
    }

    fn row(&self, name: &str) -> Option<u16> {
        self.indices.get(name).copied()
    }
}

/// Creates the rows of a service. Each string is leaked once, even if it appears repeatedly.
struct Maker<'a> {
    service: &'a wire::Service,
    /// Whether the form has the facts that only pages state: required marks, dependent actions and
    /// permission-only marks.
    of_page: bool,
    types: Names<'a>,
    keys: Names<'a>,
    texts: HashSet<&'static str>,
    key_lists: HashSet<&'static [u16]>,
}

/// Creates the rows of a service; `of_page` as in [`Maker`].
fn rows(service: &wire::Service, of_page: bool) -> Result<&'static Service, FactsError> {
    service.check_texts()?;
    let mut maker = Maker {
        service,
        of_page,
        types: Names::new("resource_types", service.resource_type_names())?,
        keys: Names::of_keys(service.condition_key_names())?,
        texts: HashSet::new(),
        key_lists: HashSet::new(),
    };
    let made = Service {
        page: maker.text(&service.page),
        prefix: maker.text(&service.prefix),
        name: maker.text(&service.service),
        module: None,
        snapshot: None,
        actions: maker.actions()?,
        resource_types: maker.resource_types(),
        condition_keys: maker.condition_keys(),
        operations: maker.operations()?,
        overlay: Overlay::NONE,
    };
    Ok(Box::leak(Box::new(made)))
}

fn leak<T>(rows: impl IntoIterator<Item = T>) -> &'static [T] {
    Box::leak(rows.into_iter().collect())
}

impl Maker<'_> {
    fn text(&mut self, text: &str) -> &'static str {
        if let Some(known) = self.texts.get(text) {
            return known;
        }
        let text: &'static str = Box::leak(text.into());
        self.texts.insert(text);
        text
    }

    fn texts<'n>(&mut self, all: impl IntoIterator<Item = &'n String>) -> &'static [&'static str] {
        leak(all.into_iter().map(|one| self.text(one)))
    }

    /// Returns the sorted rows of condition keys. Every key that the service mentions has one.
    fn keys<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) -> &'static [u16] {
        let rows = names.into_iter().filter_map(|name| self.keys.row(name));
        let rows: Vec<_> = BTreeSet::from_iter(rows).into_iter().collect();
        if let Some(known) = self.key_lists.get(&*rows) {
            return known;
        }
        let rows = leak(rows);
        self.key_lists.insert(rows);
        rows
    }

    fn actions(&mut self) -> Result<&'static [ActionFacts], FactsError> {
        let names = self.service.actions.keys().map(String::as_str).collect();
        let names = Names::new("actions", names)?.names;
        let actions: Result<Vec<_>, _> = names.into_iter().map(|name| self.action(name)).collect();
        Ok(leak(actions?))
    }

    fn action(&mut self, name: &str) -> Result<ActionFacts, FactsError> {
        let action = &self.service.actions[name];
        let full = format!("{}:{name}", self.service.prefix);
        let mut pairs = BTreeMap::new();
        for resource in &action.resources {
            let Some(row) = self.types.row(&resource.resource_type) else {
                continue;
            };
            let pair = PairFacts {
                resource_type: row,
                required: self.of_page.then_some(resource.required),
                condition_keys: self.keys(&resource.condition_keys),
            };
            if pairs.insert(row, pair).is_some() {
                let found = format!("`{}` twice", resource.resource_type.escape_debug());
                let path = format!("actions.{name}.resources");
                return Err(FactsError::new(path, found, "each resource type once"));
            }
        }
        Ok(ActionFacts {
            name: self.text(&full),
            rust_name: "",
            access_levels: AccessLevels::from_iter(action.access_levels.iter().copied()),
            permission_only: self.of_page.then_some(action.permission_only),
            resources: leak(pairs.into_values()),
            kept_types: &[],
            condition_keys: self.keys(&action.condition_keys),
            dependent_actions: self.of_page.then(|| self.texts(&action.dependent_actions)),
            documentation: "",
            api_reference: action.api.as_deref().map(|api| self.text(api)),
            removed: None,
        })
    }

    fn resource_types(&mut self) -> &'static [ResourceTypeFacts] {
        let rows = self.service.resource_types.values();
        let formats = Formats::new(rows.map(|row| row.arn.as_str()));
        let names = self.types.names.clone();
        leak(names.into_iter().map(|name| {
            let row = self.service.resource_types.get(name);
            let name = self.text(name);
            let format = row
                .map(|row| row.arn.as_str())
                .filter(|arn| !arn.is_empty());
            let arn_format = format.map(|format| self.text(format));
            ResourceTypeFacts {
                name,
                rust_name: "",
                arn_format,
                template: arn_format.and_then(|format| Template::leak(name, format, &formats)),
                condition_keys: self.keys(row.into_iter().flat_map(|row| &row.condition_keys)),
                documentation: "",
                removed: None,
            }
        }))
    }

    fn condition_keys(&mut self) -> &'static [ConditionKeyFacts] {
        let names = self.keys.names.clone();
        let mut rows: HashMap<u16, &wire::ConditionKey> = HashMap::new();
        for (name, row) in &self.service.condition_keys {
            if let Some(index) = self.keys.row(name) {
                rows.entry(index).or_insert(row);
            }
        }
        leak((0..).zip(names).map(|(index, name)| {
            let row = rows.get(&index);
            ConditionKeyFacts {
                name: self.text(name),
                rust_name: "",
                item: "",
                value_type: row.and_then(|row| row.value_type.parse().ok()),
                documentation: "",
                removed: None,
            }
        }))
    }

    /// Creates a row for each operation name: its SDK clients, and the permissions it needs with
    /// each.
    fn operations(&mut self) -> Result<&'static [OperationFacts], FactsError> {
        let mut by_name: BTreeMap<&str, Vec<&wire::Operation>> = BTreeMap::new();
        for row in &self.service.operations {
            by_name.entry(&row.operation).or_default().push(row);
        }
        let names = Names::new("operations", by_name.keys().copied().collect())?.names;
        Ok(leak(names.into_iter().map(|name| {
            let rows = &by_name[name];
            let clients: BTreeSet<_> = rows.iter().filter_map(|row| row.sdk.as_ref()).collect();
            let mut required = Vec::new();
            for row in rows {
                let needed = row.actions.iter().map(|needed| self.required(row, needed));
                required.extend(needed);
            }
            OperationFacts {
                name: self.text(name),
                rust_name: "",
                sdk_clients: self.texts(clients),
                required_actions: leak(required),
                removed: None,
            }
        })))
    }

    fn required(
        &mut self,
        row: &wire::Operation,
        needed: &wire::AuthorizedAction,
    ) -> RequiredAction {
        let context = needed.context.iter().map(|(key, values)| ContextEntry {
            key: self.text(key),
            values: self.texts(values),
        });
        RequiredAction {
            context: leak(context),
            sdk_client: row.sdk.as_deref().map(|sdk| self.text(sdk)),
            action: self.text(&needed.action),
        }
    }
}
