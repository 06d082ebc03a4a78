//! The resources that an action is authorized on in a call, from the reference's resource types.

use iam_policy::runtime::{Piece, Template};
use iam_policy::{ActionFacts, ArnPattern, ResourceTypeFacts, Service, Together};

use super::given::{CallResource, Given};
use super::operation::Operation;
use super::rules;

/// Operations on a resource of any type: they are authorized on it alone.
const ON_ANY: &[&str] = &[
    "DeleteResourcePolicy",
    "GetResourcePolicy",
    "ListTagsForResource",
    "PutResourcePolicy",
    "TagResource",
    "UntagResource",
];

/// The resources of an action, other than models.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) arns: Vec<String>,
    /// The resource types of which no member names a resource.
    pub(super) missing: Vec<&'static str>,
    /// Whether the action is on a resource of any type.
    pub(super) is_on_any: bool,
}

impl Found {
    fn add(&mut self, arns: Vec<String>) {
        for arn in arns {
            if !self.arns.contains(&arn) {
                self.arns.push(arn);
            }
        }
    }
}

/// The facts of an action.
#[derive(Clone, Copy)]
pub(super) struct Action {
    pub(super) service: &'static Service,
    pub(super) facts: &'static ActionFacts,
}

impl Action {
    pub(super) fn types(self) -> impl Iterator<Item = (&'static ResourceTypeFacts, bool)> {
        let Self { service, facts } = self;
        facts.resources.iter().map(|pair| {
            let row = &service.resource_types[usize::from(pair.resource_type)];
            (row, pair.required != Some(false))
        })
    }

    pub(super) fn has_type(self, name: &str) -> bool {
        self.types().any(|(row, _)| row.name == name)
    }

    /// Returns the resource types that are models.
    pub(super) fn model_kinds(self) -> Vec<&'static str> {
        let types = self.types().map(|(row, _)| row.name);
        types.filter(|it| rules::MODEL_KINDS.contains(it)).collect()
    }

    /// Returns whether it invokes models, and so is authorized on everything behind them.
    pub(super) fn invokes_models(self) -> bool {
        let kinds = [
            "custom-model-deployment",
            "foundation-model",
            "prompt-router",
        ];
        kinds.iter().all(|it| self.has_type(it))
    }

    /// Returns the types that the operation's use of the action needs beside others.
    pub(super) fn needed_together(
        self,
        operation: &Operation,
    ) -> impl Iterator<Item = &'static Together> {
        let rows = self.service.overlay.needed_together.iter();
        let name = self.facts.name;
        rows.filter(move |it| {
            it.actions.contains(&name)
                && it.beside.is_empty()
                && (it.operations.is_empty() || it.operations.contains(&operation.name.as_str()))
        })
    }
}

impl Given<'_> {
    /// Returns the facts of an action; `None` if its service has no module.
    pub(super) fn action(&self, name: &str) -> Option<Action> {
        let row = self.catalog.rows(name).first()?;
        let (service, facts) = self.catalog.action(*row);
        Some(Action { service, facts })
    }

    /// Returns the type of the resource that an operation or action creates.
    pub(super) fn created(
        &self,
        service: &'static Service,
        name: &str,
    ) -> Option<&'static ResourceTypeFacts> {
        let types = service.resource_types;
        let names: Vec<_> = types.iter().map(|it| it.name).collect();
        let name = rules::created(name, &names)?;
        types.iter().find(|it| it.name == name)
    }

    /// Returns the ARN of a resource that is created, with `*` for its id.
    pub(super) fn new_resource(
        &self,
        service: &'static Service,
        row: &ResourceTypeFacts,
    ) -> Option<String> {
        self.known(service, row, Some("*"))
    }

    /// Returns the resources of an action, other than the models of the call's members for models.
    pub(super) fn resources(&self, action: Action, operation: &Operation) -> Found {
        let mut found = Found::default();
        let is_main = operation.is_main(action.facts.name);
        let bare = action.facts.name.split(':').nth(1).unwrap_or_default();
        let creator = if is_main {
            operation.name.as_str()
        } else {
            bare
        };
        let created = self.created(action.service, creator);
        let is_created = |row: &ResourceTypeFacts| created.is_some_and(|it| it.name == row.name);
        let mut seen: Vec<&'static str> = Vec::new();
        let mut lacking: Vec<&'static ResourceTypeFacts> = Vec::new();
        for (row, required) in action.types() {
            let arns = if is_created(row) {
                self.new_resource(action.service, row).into_iter().collect()
            } else if action.invokes_models() {
                // models are invoked on their own resources, whatever else the call names
                Vec::new()
            } else {
                self.given(row.name)
            };
            if !arns.is_empty() {
                seen.extend(rules::alternatives(row.name));
                found.add(arns);
            } else if required && !rules::MODEL_KINDS.contains(&row.name) {
                lacking.push(row);
            }
        }
        if let Some((_, name)) = rules::UNSTATED
            .iter()
            .find(|(of, _)| *of == action.facts.name)
        {
            let types = rules::alternatives(name).into_iter();
            found.add(types.flat_map(|it| self.given(it)).collect());
        }
        if ON_ANY.contains(&bare) {
            found.is_on_any = true;
            if found.arns.is_empty() {
                found.missing.push("resource");
            }
            return found;
        }
        let is_named = !found.arns.is_empty();
        let together: Vec<_> = action
            .needed_together(operation)
            .map(|it| it.needs)
            .collect();
        let mut missing: Vec<&'static ResourceTypeFacts> = Vec::new();
        for row in lacking {
            let is_together = together.contains(&row.name);
            if seen.contains(&row.name) || action.invokes_models() && !is_together {
                continue;
            }
            match self.not_given(action.service, row, operation, is_main) {
                Some(arn) => {
                    seen.extend(rules::alternatives(row.name));
                    found.add(vec![arn]);
                }
                None => missing.push(row),
            }
        }
        let is_needed = |it: &ResourceTypeFacts| {
            let is_required = together.contains(&it.name) || !is_named;
            is_required && !seen.contains(&it.name) && !follows(it, &missing)
        };
        let mut names: Vec<_> = missing
            .iter()
            .filter(|it| is_needed(it))
            .map(|it| it.name)
            .collect();
        // of alternatives, the first stands for all
        names.dedup_by_key(|it| rules::alternatives(it)[0]);
        found.missing = names;
        found
    }

    /// Returns the ARNs of a type that members name.
    fn given(&self, name: &str) -> Vec<String> {
        let all = self.resources.iter().filter(|it| it.is(name));
        all.map(|it| it.arn.clone()).collect()
    }

    /// Returns the ARN of a type that no member names, if it follows from others or has a fixed name.
    fn not_given(
        &self,
        service: &'static Service,
        row: &'static ResourceTypeFacts,
        operation: &Operation,
        is_main: bool,
    ) -> Option<String> {
        // lists are on every resource of the type that they list, or of a parent with a fixed name; so are
        // actions that others cause
        let listed = operation.name.strip_prefix("List");
        let is_listed = listed.is_some_and(|it| {
            it.strip_suffix('s')
                .is_some_and(|it| it.eq_ignore_ascii_case(&row.name.replace('-', "")))
        });
        let all = self.known(service, row, Some("*"));
        if is_main && is_listed {
            return all;
        }
        let is_below = |it: &String| (listed.is_some() || !is_main) && it.contains("/default/");
        self.known(service, row, None)
            .or_else(|| all.filter(is_below))
    }

    /// Returns the ARN of a type whose ids follow from other resources of the call or are fixed; the
    /// last id can be given.
    pub(super) fn known(
        &self,
        service: &'static Service,
        row: &ResourceTypeFacts,
        last: Option<&str>,
    ) -> Option<String> {
        let template = row.template?;
        let (end, before) = match template.fields.split_last() {
            Some((end, before)) => (Some(*end), before),
            None => (None, [].as_slice()),
        };
        let bound = |named: &CallResource, field: &str| {
            let mut types = named
                .types
                .iter()
                .filter(|(it, _)| it.prefix == service.prefix);
            types.find_map(|(_, it)| bind(it.template?, &named.arn, field))
        };
        let mut all = self.resources.iter();
        let parent = all.find(|named| before.iter().any(|it| bound(named, it).is_some()));
        let child = || {
            let is_child = |it: &&CallResource| {
                end.is_some_and(|end| rules::is_distinct(end) && bound(it, end).is_some())
            };
            self.resources.iter().find(is_child)
        };
        let base = parent.or_else(child);
        let value = |field: &str| {
            let is_last = end == Some(field);
            if is_last && last == Some("*") {
                return last.map(str::to_owned);
            }
            let of_base = base.filter(|_| rules::is_distinct(field));
            of_base
                .and_then(|it| bound(it, field))
                .or_else(|| rules::default(field, row.name).map(str::to_owned))
                .or_else(|| last.filter(|_| is_last).map(str::to_owned))
        };
        let arn = self.instance(row, &value)?;
        // a resource of another account or region has its parents and children there
        let Some(base) = base.and_then(|it| ArnPattern::parse(&it.arn).ok()) else {
            return Some(arn);
        };
        let own = ArnPattern::parse(&arn).ok()?;
        let (region, account) = (base.region(), base.account());
        let region = if own.region().is_empty() { "" } else { region };
        let account = match own.account() {
            "" | "aws" => own.account(),
            _ => account,
        };
        let (partition, prefix, resource) = (base.partition(), own.service(), own.resource());
        Some(format!(
            "arn:{partition}:{prefix}:{region}:{account}:{resource}"
        ))
    }

    /// Returns the ARN of a type in the region and account of the call; `None` if a placeholder has no
    /// value.
    pub(super) fn instance(
        &self,
        row: &ResourceTypeFacts,
        value: &dyn Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let template = row.template?;
        let mut arn = String::new();
        for piece in template.pieces {
            match *piece {
                Piece::Literal(text) => arn.push_str(text),
                Piece::Partition => arn.push_str(self.partition),
                Piece::Region => arn.push_str(&self.region),
                Piece::Account => arn.push_str(&self.account),
                Piece::Segment(index) => arn.push_str(&value(template.fields.get(index)?)?),
                Piece::Any => arn.push('*'),
            }
        }
        Some(arn)
    }
}

/// Returns whether the ARN of a type follows from that of another type among those that are missing.
fn follows(row: &ResourceTypeFacts, missing: &[&'static ResourceTypeFacts]) -> bool {
    let fields = |row: &ResourceTypeFacts| row.template.map_or(&[][..], |it| it.fields);
    let has_default = |row: &ResourceTypeFacts| {
        let last = fields(row).last();
        last.is_some_and(|it| rules::default(it, row.name).is_some())
    };
    let own = fields(row);
    let is_below = |it: &ResourceTypeFacts| {
        let all = fields(it);
        let is_alternative = rules::alternatives(it.name).contains(&row.name);
        let is_longer = own.len() < all.len() && own.iter().all(|field| all.contains(field));
        is_longer && !is_alternative && !has_default(it)
    };
    has_default(row) || missing.iter().any(|it| is_below(it))
}

/// Returns the value of a placeholder in an ARN of a template.
fn bind(template: &Template, arn: &str, field: &str) -> Option<String> {
    let mut rest = arn;
    let mut pieces = template.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        if let Piece::Literal(text) = piece {
            rest = rest.strip_prefix(text)?;
            continue;
        }
        let end = match pieces.peek() {
            Some(Piece::Literal(next)) => rest.find(next)?,
            _ => rest.len(),
        };
        let (text, tail) = rest.split_at(end);
        if let Piece::Segment(index) = *piece
            && template.fields.get(index) == Some(&field)
        {
            return Some(text.to_owned());
        }
        rest = tail;
    }
    None
}
