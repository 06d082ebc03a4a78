//! A statement as the checks look at it: read once, asked often.

use super::operator::{Kind, Operator};
use super::service::{self, Bits, Known, Service, services};
use crate::document::{Document, DocumentStatement, List, Scalar, Statements};
use crate::{ActionPattern, ArnPattern};

/// `Effect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// A statement.
pub(super) struct View<'a> {
    pub(super) path: String,
    pub(super) source: &'a DocumentStatement,
    pub(super) effect: Option<Effect>,
    /// Of `Action`, or of `NotAction` where there is no `Action`.
    pub(super) actions: Vec<Named<'a>>,
    /// Of `Resource`, or of `NotResource` where there is no `Resource`.
    pub(super) resources: Vec<Place<'a>>,
    pub(super) comparisons: Vec<Comparison<'a>>,
}

/// An entry of `Action` or `NotAction`.
pub(super) struct Named<'a> {
    /// Its place in the list; `None` where it stands alone.
    pub(super) index: Option<usize>,
    pub(super) text: &'a str,
    pub(super) pattern: Option<ActionPattern>,
    /// The module of its prefix.
    pub(super) service: Option<&'static Service>,
    /// The actions of enabled modules that it matches.
    pub(super) matched: Vec<Known>,
}

impl Named<'_> {
    pub(super) fn is_everything(&self) -> bool {
        matches!(self.text, "*" | "*:*")
    }

    pub(super) fn is_exact(&self) -> bool {
        self.pattern.as_ref().is_some_and(ActionPattern::is_exact)
    }
}

/// An entry of `Resource` or `NotResource`.
pub(super) struct Place<'a> {
    pub(super) index: Option<usize>,
    pub(super) text: &'a str,
    pub(super) pattern: Option<ArnPattern>,
    /// For each module the resource types whose ARNs it can match; empty where nobody asks.
    types: Vec<Bits>,
}

impl Place<'_> {
    pub(super) fn is_everything(&self) -> bool {
        self.text == "*"
    }

    /// The types of a module that it can match.
    pub(super) fn types(&self, service: usize) -> Bits {
        self.types.get(service).copied().unwrap_or(0)
    }

    /// Whether it is an ARN of an enabled module and of none of its types: no pair can be judged by
    /// it, and a finding of its own says so.
    pub(super) fn is_odd(&self) -> bool {
        let service = self.field(2).unwrap_or_default();
        self.types.iter().all(|types| *types == 0)
            && services().iter().any(|of| of.prefix == service)
    }

    /// The field of the ARN with this number.
    pub(super) fn field(&self, number: usize) -> Option<&str> {
        self.text.splitn(6, ':').nth(number)
    }

    /// Whether it can be the resource of an action that has no resource types: IAM then asks for
    /// `*`, and nothing says what an ARN of wildcards does.
    pub(super) fn is_vague(&self) -> bool {
        self.pattern.is_none()
            || self.is_everything()
            || self
                .field(5)
                .is_some_and(|last| last.trim_start_matches('*').is_empty())
    }
}

/// A key with what it is compared to.
pub(super) struct Comparison<'a> {
    /// The operator as it is written.
    pub(super) written: &'a str,
    pub(super) operator: Option<Operator>,
    pub(super) key: &'a str,
    pub(super) values: &'a List,
}

impl Comparison<'_> {
    /// Where it stands, from the statement on.
    pub(super) fn path(&self, view: &View<'_>) -> String {
        format!("{}.Condition.{}.{}", view.path, self.written, self.key)
    }

    pub(super) fn has_value(&self, wanted: &str) -> bool {
        self.values.as_slice().iter().any(|value| match value {
            Scalar::Text(text) => text.eq_ignore_ascii_case(wanted),
            Scalar::Bool(value) => wanted == if *value { "true" } else { "false" },
            Scalar::Number(_) => false,
        })
    }

    /// What it says where the request lacks the key.
    pub(super) fn holds_without_key(&self) -> Option<bool> {
        let operator = self.operator?;
        Some(operator.holds_without_key(self.has_value("true")))
    }

    pub(super) fn is_null(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.kind == Kind::Null)
    }
}

impl View<'_> {
    pub(super) fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    pub(super) fn denies(&self) -> bool {
        self.effect == Some(Effect::Deny)
    }

    pub(super) const fn has_not_action(&self) -> bool {
        self.source.action.is_none() && self.source.not_action.is_some()
    }

    pub(super) const fn has_not_resource(&self) -> bool {
        self.source.resource.is_none() && self.source.not_resource.is_some()
    }

    /// Where an action stands.
    pub(super) fn action_path(&self, index: Option<usize>) -> String {
        let name = if self.has_not_action() {
            "NotAction"
        } else {
            "Action"
        };
        entry(&self.path, name, index)
    }

    /// Where a resource stands.
    pub(super) fn resource_path(&self, index: Option<usize>) -> String {
        let name = if self.has_not_resource() {
            "NotResource"
        } else {
            "Resource"
        };
        entry(&self.path, name, index)
    }

    /// Whether it names an action of an enabled module.
    pub(super) fn is_ours(&self) -> bool {
        self.actions.iter().any(|action| action.service.is_some())
    }

    /// Whether it names actions of enabled modules only.
    pub(super) fn is_ours_alone(&self) -> bool {
        !self.actions.is_empty() && self.actions.iter().all(|action| action.service.is_some())
    }

    /// The resources that an action can be used on.
    pub(super) fn resources_of(&self, known: Known) -> impl Iterator<Item = &Place<'_>> {
        self.resources
            .iter()
            .filter(move |place| can_use(known, place))
    }
}

/// Whether some resource of the place is one that the action is authorized on.
pub(super) fn can_use(known: Known, place: &Place<'_>) -> bool {
    let types = known.facts().types;
    if types == 0 {
        place.is_vague()
    } else {
        place.pattern.is_none() || place.types(known.service) & types != 0
    }
}

fn entry(path: &str, name: &str, index: Option<usize>) -> String {
    match index {
        Some(index) => format!("{path}.{name}[{index}]"),
        None => format!("{path}.{name}"),
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

/// The statements of a document.
pub(super) fn views(document: &Document) -> Vec<View<'_>> {
    match &document.statements {
        None => Vec::new(),
        Some(Statements::Alone(statement)) => vec![view("Statement".to_owned(), statement)],
        Some(Statements::List(statements)) => statements
            .iter()
            .enumerate()
            .map(|(index, statement)| view(format!("Statement[{index}]"), statement))
            .collect(),
    }
}

fn view(path: String, source: &DocumentStatement) -> View<'_> {
    let effect = match source.effect.as_ref().and_then(Scalar::as_str) {
        Some("Allow") => Some(Effect::Allow),
        Some("Deny") => Some(Effect::Deny),
        _ => None,
    };
    let actions: Vec<_> = entries(source.action.as_ref().or(source.not_action.as_ref()))
        .map(|(index, text)| named(index, text))
        .collect();
    let ours = actions.iter().any(|action| !action.matched.is_empty());
    let resources = entries(source.resource.as_ref().or(source.not_resource.as_ref()))
        .map(|(index, text)| place(index, text, ours))
        .collect();
    let operators = source.condition.iter().flatten();
    let comparisons = operators.flat_map(|(written, keys)| {
        let operator = Operator::parse(written);
        keys.iter().map(move |(key, values)| Comparison {
            written,
            operator,
            key,
            values,
        })
    });
    View {
        path,
        source,
        effect,
        actions,
        resources,
        comparisons: comparisons.collect(),
    }
}

fn named(index: Option<usize>, text: &str) -> Named<'_> {
    let service = service::by_prefix(text);
    let pattern = ActionPattern::parse(text).ok();
    let matched = match (&pattern, service) {
        (Some(pattern), Some(_)) => service::matched(pattern).collect(),
        _ => Vec::new(),
    };
    Named {
        index,
        text,
        pattern,
        service,
        matched,
    }
}

fn place(index: Option<usize>, text: &str, ours: bool) -> Place<'_> {
    let pattern = ArnPattern::parse(text).ok();
    let types = match &pattern {
        Some(pattern) if ours || text.contains("bedrock") => {
            services().iter().map(|of| (of.types_of)(pattern)).collect()
        }
        _ => Vec::new(),
    };
    Place {
        index,
        text,
        pattern,
        types,
    }
}
