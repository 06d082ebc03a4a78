//! The smallest changes to policies that let a request through.

use std::fmt;

use crate::Effect;
use crate::condition::Operator;
use crate::decide::caller::Caller;
use crate::decide::considered::{Considered, Mismatch};
use crate::decide::decision::Outcome;
use crate::decide::explanation::Explanation;
use crate::decide::policies::{Layer, Place};
use crate::decide::text::at_level;
use crate::document::{DocumentStatement, List, Path, PrincipalElement, Scalar, Step};
use crate::words::{code, list};

/// A change to the policies of one layer, after which it no longer denies a request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The layer.
    pub layer: Layer,
    /// The level of the organization, for control policies.
    pub level: u32,
    /// The statement to change; `None` to add one.
    pub place: Option<Place>,
    /// The change, in words.
    pub text: String,
    /// The list to which a value is added, such as `Statement[0].Resource`.
    pub path: Option<Path>,
    /// The statement to add.
    pub statement: Option<DocumentStatement>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

pub(super) fn changes(explanation: &Explanation<'_>) -> Vec<Change> {
    let is_deny =
        |it: &&Considered<'_>| it.effect == Some(Effect::Deny) && it.matches == Some(true);
    let denials = explanation.statements.iter().filter(is_deny).map(of_denial);
    let lacking = explanation.lacking.iter();
    let lacks = lacking.map(|(layer, level)| of_lack(explanation, *layer, *level));
    match explanation.decision.outcome() {
        Outcome::ExplicitlyDenied | Outcome::ImplicitlyDenied => denials.chain(lacks).collect(),
        _ => Vec::new(),
    }
}

/// Returns the change after which a statement no longer denies the request.
fn of_denial(statement: &Considered<'_>) -> Change {
    let excluded = statement.exceptions.first();
    let text = match excluded {
        Some(exception) => format!(
            "add {} to `{}` of {statement}",
            code(&exception.value),
            exception.path
        ),
        None => format!("narrow or remove {statement}: an Allow does not override it"),
    };
    Change {
        layer: statement.place.layer,
        level: statement.place.level,
        place: Some(statement.place),
        text,
        path: excluded.map(|it| it.path.clone()),
        statement: None,
    }
}

/// A value that a statement could except.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exception {
    pub(super) path: Path,
    pub(super) value: String,
}

/// Returns the change after which a layer allows the request.
fn of_lack(explanation: &Explanation<'_>, layer: Layer, level: u32) -> Change {
    let is_here = |it: &&Considered<'_>| (it.place.layer, it.place.level) == (layer, level);
    let near = explanation.near().filter(is_here);
    let extended = near.filter_map(|it| Some((it, addition(&it.mismatches)?)));
    let change = |place, text| Change {
        layer,
        level,
        place,
        text,
        path: None,
        statement: None,
    };
    if let Some((statement, (path, value))) = extended.into_iter().next() {
        let text = format!("add {} to `{path}` of {statement}", code(&value));
        return Change {
            path: Some(path),
            ..change(Some(statement.place), text)
        };
    }
    let request = explanation.decision.request;
    let alone = |text: &str| List::Alone(Scalar::Text(text.to_owned()));
    let caller = request.caller.as_ref().filter(|_| layer == Layer::Resource);
    let statement = DocumentStatement {
        effect: Some(Scalar::Text("Allow".to_owned())),
        principal: caller.map(principal),
        action: Some(alone(&request.action)),
        resource: Some(alone(&request.resource)),
        ..DocumentStatement::default()
    };
    let mut text = format!(
        "allow {} on {} in {}",
        code(&request.action),
        code(&request.resource),
        at_level(layer, level)
    );
    let mut near = explanation.near().filter(is_here);
    if let Some((statement, keys)) = near.find_map(|it| Some((it, absent(&it.mismatches)?))) {
        let keys = list(&keys, 5);
        text = format!("send {keys} as {statement} expects, or {text} without the condition");
    }
    Change {
        statement: Some(statement),
        ..change(None, text)
    }
}

fn principal(caller: &Caller) -> PrincipalElement {
    use crate::decide::CallerKind;

    let kind = match caller.kind() {
        CallerKind::Anonymous => return PrincipalElement::Text("*".to_owned()),
        CallerKind::Service => "Service",
        CallerKind::Federated => "Federated",
        _ => "AWS",
    };
    // a session comes and goes, its role stays
    let name = caller.arn().unwrap_or(caller.as_str()).to_owned();
    PrincipalElement::Kinds(vec![(kind.to_owned(), List::Alone(Scalar::Text(name)))])
}

/// Returns the condition keys that the request lacks, if nothing else keeps a statement from matching.
fn absent(mismatches: &[Mismatch]) -> Option<Vec<&str>> {
    let lacks = |it: &Mismatch| it.found.is_empty();
    let all = !mismatches.is_empty() && mismatches.iter().all(lacks);
    all.then(|| {
        mismatches
            .iter()
            .filter_map(|it| it.key.as_deref())
            .collect()
    })
}

/// Returns the entry that makes a statement match, if one is enough: a resource, or a value of a
/// condition.
fn addition(mismatches: &[Mismatch]) -> Option<(Path, String)> {
    let [mismatch] = mismatches else {
        return None;
    };
    let [found] = &*mismatch.found else {
        return None;
    };
    let steps = mismatch.path.steps();
    let is_list = match &mismatch.key {
        None => matches!(steps.last(), Some(Step::Member(name)) if name == "Resource"),
        Some(_) => {
            let operator = steps.iter().rev().nth(1);
            let operator = match operator {
                Some(Step::Member(name)) => Operator::parse(name),
                _ => None,
            };
            operator.is_some_and(|it| it.lists_values() && !it.is_negated())
        }
    };
    is_list.then(|| (mismatch.path.clone(), found.clone()))
}
