//! Conversion of facts into a document: the sections of a page and the rows of their tables.

use iam_policy::wire::{ActionFacts, Facts, Operation, Use};

use super::cells::{Cells, link, texts};
use super::dictionary::Head;
use super::document::{Cell, Document, Entry, Inline, Section, Table};
use super::noise::Noise;
use super::{Form, Layout, Style};

/// Lays facts out as a page. Facts that a layout cannot state are left out: operations in the classic
/// layout, dependent actions in the current one.
pub fn document(facts: &Facts, style: &Style) -> Document {
    let cells = Cells {
        facts,
        style,
        noise: Noise::new(style.seed),
    };
    Build { cells }.document()
}

struct Build<'a> {
    cells: Cells<'a>,
}

impl Build<'_> {
    fn document(mut self) -> Document {
        let (facts, style) = (self.cells.facts, self.cells.style);
        let words = style.dictionary;
        let mut sections = Vec::new();
        if style.layout == Layout::Current && !facts.operations.is_empty() {
            let table = self.operations();
            sections.push(self.section("operations", Head::Operation, table));
        }
        let (main, apart): (Vec<_>, Vec<_>) = facts
            .actions
            .iter()
            .partition(|(_, action)| style.layout == Layout::Classic || !action.permission_only);
        let table = self.actions(main);
        sections.push(self.section("actions-as-permissions", Head::Actions, table));
        if let Some(table) = self.actions(apart) {
            sections.push(self.section("permission-only-actions", Head::Actions, Some(table)));
        }
        let table = self.resource_types();
        sections.push(self.section("resources-for-iam-policies", Head::ResourceTypes, table));
        let table = self.condition_keys();
        sections.push(self.section("policy-keys", Head::ConditionKeys, table));
        Document {
            page: facts.page.clone(),
            heading: words.titled(&facts.service),
            introduction: (
                format!("{} (", facts.service),
                facts.prefix.clone(),
                ") is described here.".to_owned(),
            ),
            sections,
        }
    }

    fn section(&self, ending: &str, title: Head, table: Option<Table>) -> Section {
        let title = self.cells.style.dictionary.head(title);
        let title = without_brackets(&title);
        let prose = match table {
            Some(_) => "What follows is a table.",
            None => "There is nothing to list.",
        };
        Section {
            id: format!("{}-{ending}", self.cells.slug()),
            title: title.to_owned(),
            prose: prose.to_owned(),
            table,
        }
    }

    fn table(&self, headers: &[Head], entries: Vec<Entry>) -> Option<Table> {
        let words = self.cells.style.dictionary;
        (!entries.is_empty()).then(|| Table {
            headers: headers.iter().map(|head| words.head(*head)).collect(),
            entries,
        })
    }

    fn operations(&mut self) -> Option<Table> {
        let operations = &self.cells.facts.operations;
        let clients = operations.iter().any(|it| it.sdk.is_some()) || self.cells.noise.once_in(2);
        let mut headers = vec![Head::Operation];
        if clients {
            headers.push(Head::SdkClient);
        }
        headers.extend([
            Head::IamAction,
            Head::ConditionKey,
            Head::Values,
            Head::Level,
        ]);
        let entries: Vec<_> = operations
            .iter()
            .map(|operation| self.operation(operation, clients))
            .collect();
        self.table(&headers, entries)
    }

    fn operation(&mut self, operation: &Operation, clients: bool) -> Entry {
        let mut rows = Vec::new();
        for needed in &operation.actions {
            let level = Some(Cell::text(self.any_level()));
            let action = Some(self.cells.needed(&needed.action));
            let context: Vec<_> = needed.context.iter().collect();
            let single = context.iter().all(|(_, values)| values.len() == 1);
            if context.len() > 1 && single && self.cells.noise.once_in(2) {
                let keys: Vec<_> = context.iter().map(|(key, _)| (*key).clone()).collect();
                let values: Vec<_> = context
                    .iter()
                    .map(|(_, values)| values[0].clone())
                    .collect();
                rows.push(vec![
                    action,
                    Some(texts(&keys)),
                    Some(texts(&values)),
                    level,
                ]);
                continue;
            }
            let mut stated = context
                .into_iter()
                .map(|(key, values)| (Some(Cell::text(key)), Some(texts(values))));
            let (key, values) = stated
                .next()
                .unwrap_or_else(|| (Some(Cell::default()), Some(Cell::default())));
            rows.push(vec![action, key, values, level]);
            rows.extend(stated.map(|(key, values)| vec![None, key, values, None]));
        }
        if rows.is_empty() {
            rows.push(vec![Some(Cell::default()); 4]);
        }
        for (index, row) in rows.iter_mut().enumerate() {
            let sdk = || Cell::text(operation.sdk.clone().unwrap_or_default());
            if clients {
                row.insert(0, (index == 0).then(sdk));
            }
            row.insert(0, (index == 0).then(|| Cell::text(&operation.operation)));
        }
        Entry { rows }
    }

    /// Returns any level, because those of operations are not read.
    fn any_level(&mut self) -> String {
        let at = self.cells.noise.below(5);
        let words = self.cells.style.dictionary;
        words
            .level(
                iam_policy::wire::AccessLevel::ALL[at],
                &mut self.cells.noise,
            )
            .to_owned()
    }

    fn actions(&mut self, actions: Vec<(&String, &ActionFacts)>) -> Option<Table> {
        let headers: &[Head] = match self.cells.style.layout {
            Layout::Classic => &[
                Head::Actions,
                Head::Description,
                Head::Level,
                Head::ResourceTypes,
                Head::ConditionKeys,
                Head::DependentActions,
            ],
            Layout::Current => &[
                Head::Actions,
                Head::Description,
                Head::ResourceTypes,
                Head::ConditionKeys,
                Head::Level,
            ],
        };
        let mut first = Vec::new();
        let mut second = Vec::new();
        for (name, action) in actions {
            // some actions appear twice, and a reader has to combine their rows
            let twice = action.uses.len() > 1 && self.cells.noise.once_in(8);
            let at = if twice { 1 } else { action.uses.len() };
            let (here, there) = action.uses.split_at(at);
            first.push(self.action(name, action, here, true));
            if twice {
                second.push(self.action(name, action, there, false));
            }
        }
        let order = &mut self.cells.noise;
        order.shuffle(&mut first);
        first.append(&mut second);
        self.table(headers, first)
    }

    fn action(&mut self, name: &str, action: &ActionFacts, uses: &[Use], whole: bool) -> Entry {
        let classic = self.cells.style.layout == Layout::Classic;
        let marked = action.permission_only && classic;
        let mut rows: Vec<_> = self
            .grouped(uses)
            .iter()
            .map(|row| {
                let named = row.iter().filter_map(|used| {
                    let name = used.resource_type.as_deref()?;
                    Some((name, used.required == Some(true)))
                });
                let resource_types = self.cells.resource_types(named);
                let keys = row.first().map(|used| used.condition_keys.as_slice());
                let keys = self.cells.keys(keys.unwrap_or_default());
                let dependents = classic.then(|| self.cells.dependent_actions(row));
                placed(None, None, resource_types, keys, dependents)
            })
            .collect();
        let name_cell = self.cells.action(name, action.api.as_deref(), marked);
        let description = self.description(name);
        let levels = self.levels(action);
        if let Some(row) = rows.first_mut() {
            row[0] = Some(name_cell);
            row[1] = Some(Cell::text(description));
            row[if classic { 2 } else { 4 }] = Some(levels);
        }
        for scenario in action.scenarios.iter().filter(|_| whole) {
            let label = self.cells.style.dictionary.scenario;
            let space = if self.cells.noise.once_in(2) { "" } else { " " };
            let name = vec![
                Inline::Bold(format!("{label}{space}")),
                Inline::Text(scenario.name.clone()),
            ];
            let named = scenario
                .resource_types
                .iter()
                .map(|it| (it.resource_type.as_str(), it.required));
            let resource_types = self.cells.resource_types(named);
            let keys = self.cells.keys(&scenario.condition_keys);
            let mut name = Cell::line(name);
            name.paragraphs = true;
            let dependents = classic.then(Cell::default);
            let level = Some(Cell::default());
            rows.push(placed(Some(name), level, resource_types, keys, dependents));
        }
        Entry { rows }
    }

    /// Returns the uses of an action by row: adjacent uses that differ only in their resource type can
    /// share a row, and a row can be empty.
    fn grouped<'u>(&mut self, uses: &'u [Use]) -> Vec<Vec<&'u Use>> {
        let mut rows: Vec<Vec<&Use>> = Vec::new();
        for used in uses {
            let fits = |row: &Vec<&Use>| {
                row.last().is_some_and(|last| {
                    last.resource_type.is_some()
                        && used.resource_type.is_some()
                        && last.condition_keys == used.condition_keys
                        && last.dependent_actions == used.dependent_actions
                })
            };
            match rows.last_mut() {
                Some(row) if fits(row) && self.cells.noise.once_in(4) => row.push(used),
                _ => rows.push(vec![used]),
            }
            if self.cells.noise.once_in(12) {
                rows.push(Vec::new());
            }
        }
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        rows
    }

    fn levels(&mut self, action: &ActionFacts) -> Cell {
        let words = self.cells.style.dictionary;
        let comma = self.cells.noise.pick(words.commas);
        let mut levels: Vec<_> = action
            .access_levels
            .iter()
            .map(|level| words.level(*level, &mut self.cells.noise))
            .collect();
        self.cells.noise.shuffle(&mut levels);
        Cell::text(levels.join(comma))
    }

    /// Returns a description, which is not a fact and may contain anything.
    fn description(&mut self, name: &str) -> String {
        let sentence = self.cells.noise.pick(&[
            "Does what its name says",
            "Picks apples / pears, or both (see the _season_)",
            "Prunes: water shoots *and* dead wood; either/or | neither",
            "Needs a [ladder] with \\ rungs & `nails` < 9 cm",
            "SCENARIO: not one, in spite of its first word",
            "",
        ]);
        if sentence.is_empty() || self.cells.noise.once_in(2) {
            sentence.to_owned()
        } else {
            format!("{sentence}, {name}")
        }
    }

    fn resource_types(&mut self) -> Option<Table> {
        let headers = [Head::ResourceTypes, Head::Description, Head::ConditionKeys];
        let mut entries = Vec::new();
        let mut rows: Vec<_> = self.cells.facts.resource_types.iter().collect();
        self.cells.noise.shuffle(&mut rows);
        for (name, it) in rows {
            // if several rows have the same name, the last one counts
            if self.cells.noise.once_in(10) {
                entries.push(self.resource_type(name, "arn:${Partition}:shed:::old", &[]));
            }
            entries.push(self.resource_type(name, &it.arn, &it.condition_keys));
        }
        let mut table = self.table(&headers, entries)?;
        table.headers[0] = without_brackets(&table.headers[0]).to_owned();
        "ARN".clone_into(&mut table.headers[1]);
        Some(table)
    }

    fn resource_type(&mut self, name: &str, arn: &str, keys: &[String]) -> Entry {
        let mut named = if self.cells.noise.once_in(4) {
            Cell::text(name)
        } else {
            Cell::line(vec![link(name, "https://docs.example.com/orchard")])
        };
        named.id = Some(self.cells.resource_type_id(name));
        let arn = Cell::line(vec![Inline::Arn(arn.to_owned())]);
        let keys = self.cells.keys(keys);
        Entry {
            rows: vec![vec![Some(named), Some(arn), Some(keys)]],
        }
    }

    fn condition_keys(&mut self) -> Option<Table> {
        let headers = [Head::ConditionKeys, Head::Description, Head::Type];
        let mut entries = Vec::new();
        let mut rows: Vec<_> = self.cells.facts.condition_keys.iter().collect();
        self.cells.noise.shuffle(&mut rows);
        for (name, it) in rows {
            if self.cells.noise.once_in(10) {
                entries.push(self.condition_key(name, "Date"));
            }
            entries.push(self.condition_key(name, &it.value_type));
        }
        self.table(&headers, entries)
    }

    fn condition_key(&mut self, name: &str, value_type: &str) -> Entry {
        let mut named = Cell::line(vec![link(name, "https://docs.example.com/keys")]);
        named.id = Some(self.cells.condition_key_id(name));
        let words = self.cells.style.dictionary;
        let value_type = words.value_type(value_type, &mut self.cells.noise);
        let description = self.description("a key");
        Entry {
            rows: vec![vec![
                Some(named),
                Some(Cell::text(description)),
                Some(Cell::text(value_type)),
            ]],
        }
    }
}

/// Returns the cells of a row in the order of its layout, which is the classic one if there are
/// dependent actions.
fn placed(
    description: Option<Cell>,
    level: Option<Cell>,
    resource_types: Cell,
    keys: Cell,
    dependents: Option<Cell>,
) -> Vec<Option<Cell>> {
    let (resource_types, keys) = (Some(resource_types), Some(keys));
    match dependents {
        Some(_) => vec![None, description, level, resource_types, keys, dependents],
        None => vec![None, description, resource_types, keys, level],
    }
}

/// Removes the note in brackets from a column's header: `Resource types (*required)`.
fn without_brackets(head: &str) -> &str {
    head.split(['(', '（']).next().unwrap_or_default().trim()
}
