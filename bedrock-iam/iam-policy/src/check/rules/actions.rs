//! Checks the names of actions.

use std::collections::{HashMap, HashSet};

use crate::check::removed;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView};
use crate::check::{Change, Code, Severity};
use crate::document::Path;
use crate::text::words::{list, of_name, with_article};
use crate::{ActionPattern, Catalog, OperationFacts, Service};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MALFORMED_ACTION,
        Code::UNKNOWN_ACTION,
        Code::REMOVED_NAME,
        Code::OPERATION_AS_ACTION,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut known = SeenActions::default();
    for statement in &view.statements {
        for action in &statement.actions {
            if action.pattern.is_none() && !action.is_everything() {
                malformed(view.catalog, statement, action, findings);
            } else if action.matched.is_empty() {
                let path = statement.action_path(action);
                if !removed::action(view.catalog, action, &path, findings) {
                    unknown(view.catalog, action, path, &mut known, findings);
                }
            }
        }
    }
}

fn malformed(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    action: &ActionEntry<'_>,
    findings: &mut Findings,
) {
    let message = match ActionPattern::parse(action.text) {
        Err(error) => error.to_string(),
        Ok(_) => return,
    };
    let path = statement.action_path(action);
    let finding = findings.add(Code::MALFORMED_ACTION, path, message);
    // If only one service has the name, the missing prefix is certain.
    let mut known = catalog.with_bare_name(action.text);
    if let (Some(only), None) = (known.next(), known.next()) {
        finding.set_fix(Change::Replace(vec![only.to_owned()]));
    }
}

/// Names a kind of entry of a service, such as `Bedrock action`; by the prefix, as in
/// ``action of `s3` ``, if the facts have no name of the service, or several services share the
/// prefix.
pub(super) fn of_service(catalog: &Catalog, prefix: &str, kind: &str) -> String {
    let mut names = catalog
        .with_prefix(prefix)
        .map(|(_, service)| service.name)
        .peekable();
    let first = names.peek().copied().unwrap_or_default();
    let short = ["Amazon ", "AWS "]
        .into_iter()
        .find_map(|owner| first.strip_prefix(owner))
        .unwrap_or(first);
    if short.is_empty() || names.any(|name| name != first) {
        format!("{kind} of `{prefix}`")
    } else {
        format!("{short} {kind}")
    }
}

/// Describes the facts of a service by the address that they were read from, if it is known.
pub(super) fn facts_of(service: &Service) -> String {
    match service.snapshot {
        Some(read) => format!("the facts from {}", read.address),
        None => "the given facts".to_owned(),
    }
}

/// The number of unknown names to compare with known ones. A policy that IAM accepts has fewer.
pub(super) const MOST: usize = 8_000;

/// The results for unknown actions, for those that repeat or share a prefix.
#[derive(Default)]
struct SeenActions<'a> {
    /// The most similar action of each, and whether the action is that one, misspelled.
    near: HashMap<&'a str, Option<(&'static str, bool)>>,
    /// The words in the names of the actions with each prefix.
    words: HashMap<&'a str, HashSet<String>>,
}

impl<'a> SeenActions<'a> {
    fn near(&mut self, catalog: &Catalog, text: &'a str) -> Option<(&'static str, bool)> {
        if let Some(known) = self.near.get(text) {
            return *known;
        }
        if self.near.len() == MOST {
            return None;
        }
        let near = catalog.suggestion(text).map(|near| {
            let is_word = |word: &str| self.words(catalog, text).contains(word);
            let is_misspelled = is_misspelled(text, near, is_word);
            (near, is_misspelled || is_other_number(text, near))
        });
        self.near.insert(text, near);
        near
    }

    fn words(&mut self, catalog: &Catalog, text: &'a str) -> &HashSet<String> {
        let (prefix, _) = text.split_once(':').unwrap_or(("", text));
        self.words.entry(prefix).or_insert_with(|| {
            let services = catalog.with_prefix(prefix).map(|(_, service)| service);
            let actions = services.flat_map(|service| service.actions);
            let actions = actions.filter(|row| row.removed.is_none());
            actions.flat_map(|row| of_name(row.name)).collect()
        })
    }
}

fn unknown<'a>(
    catalog: &Catalog,
    action: &ActionEntry<'a>,
    path: Path,
    known: &mut SeenActions<'a>,
    findings: &mut Findings,
) {
    let text = action.text;
    let (prefix, name) = text.split_once(':').unwrap_or(("", text));
    let services = || catalog.with_prefix(prefix).map(|(_, service)| service);
    let Some(first) = services().next() else {
        return;
    };
    let source = facts_of(first);
    let is_complete = catalog.is_complete(prefix);
    if !action.is_exact() {
        if !is_complete {
            return;
        }
        let kind = of_service(catalog, first.prefix, "action");
        let message = format!("`{text}` matches no {kind} in {source}");
        findings.add(Code::UNKNOWN_ACTION, path, message);
        return;
    }
    let operation = |service: &'static Service| Some((service, service.find_operation(name)?));
    if let Some((service, operation)) = services().find_map(operation) {
        operation_as_action(catalog, service, operation, path, findings);
        return;
    }
    let found = known.near(catalog, text);
    let near = found.map(|(near, _)| near);
    let misspelled = found.is_some_and(|(_, misspelled)| misspelled);
    if !misspelled && !is_complete {
        return;
    }
    let kind = with_article(&of_service(catalog, first.prefix, "action"));
    let message = if misspelled {
        // the fix has the right name
        format!("`{text}` is not {kind}")
    } else {
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!("`{text}` is not {kind} in {source}; it may be newer{hint}")
    };
    let severity = if misspelled {
        Severity::Error
    } else {
        Severity::Warning
    };
    let finding = findings.add_with_severity(Code::UNKNOWN_ACTION, severity, path, message);
    if let (true, Some(near)) = (misspelled, near) {
        finding.set_fix(Change::Replace(vec![near.to_owned()]));
    }
}

/// Returns whether a name differs from a known one only by a misspelled word.
///
/// A word in the name of another action of the service is not misspelled: the names of new actions
/// mostly consist of existing words.
fn is_misspelled(text: &str, near: &str, mut is_word: impl FnMut(&str) -> bool) -> bool {
    let (found, wanted) = (of_name(text), of_name(near));
    if found.len() != wanted.len() {
        return false;
    }
    let mut different = found
        .iter()
        .zip(&wanted)
        .filter(|(found, wanted)| found != wanted);
    match (different.next(), different.next()) {
        (Some((found, wanted)), None) => {
            wanted.len() > 3 && is_slip(found, wanted) && !is_word(found)
        }
        _ => false,
    }
}

/// Returns whether a name differs from a known one only by a plural, ignoring case.
fn is_other_number(text: &str, near: &str) -> bool {
    let (long, short) = if text.len() > near.len() {
        (text, near)
    } else {
        (near, text)
    };
    let end_of_word = |at: usize| {
        let next = long.as_bytes().get(at + 1);
        next.is_none_or(u8::is_ascii_uppercase)
    };
    long.len() == short.len() + 1
        && long.match_indices('s').any(|(at, _)| {
            end_of_word(at)
                && long[..at].eq_ignore_ascii_case(&short[..at.min(short.len())])
                && long[at + 1..].eq_ignore_ascii_case(&short[at..])
        })
}

/// Returns whether one letter is missing, added, replaced or swapped with the next one.
///
/// Except for a swap, a difference at the end does not count, because it may be another form of the
/// word, such as a plural.
pub(super) fn is_slip(found: &str, wanted: &str) -> bool {
    let (a, b) = (found.as_bytes(), wanted.as_bytes());
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([x, y], [z, w]) => x == w && y == z,
        // a letter is doubled at the end, or is no longer
        ([x], []) | ([], [x]) if end == 0 => found.as_bytes()[..begin].last() == Some(x),
        (left, right) => end > 0 && left.len() <= 1 && right.len() <= 1,
    }
}

/// Returns the actions that an operation requires, each once.
fn required(operation: &OperationFacts) -> impl Iterator<Item = &'static str> {
    let mut names: Vec<_> = operation
        .required_actions
        .iter()
        .map(|required| required.action)
        .collect();
    names.dedup();
    names.into_iter()
}

/// Returns the uses of an operation that require an action, in words; `None` if all do.
fn only_when(service: &Service, operation: &OperationFacts, action: &str) -> Option<&'static str> {
    let mut rows = service.overlay.needed_only_with.iter();
    let found = rows.find(|row| {
        row.action == action
            && (row.operations.is_empty() || row.operations.contains(&operation.name))
    });
    found.map(|row| row.when)
}

/// Returns the actions that every use of an operation requires.
pub(super) fn always_required(service: &Service, operation: &OperationFacts) -> Vec<&'static str> {
    required(operation)
        .filter(|name| only_when(service, operation, name).is_none())
        .collect()
}

fn operation_as_action(
    catalog: &Catalog,
    service: &Service,
    operation: &OperationFacts,
    path: Path,
    findings: &mut Findings,
) {
    let always = always_required(service, operation);
    let sometimes: Vec<String> = required(operation)
        .filter_map(|name| {
            Some(format!(
                "`{name}` ({})",
                only_when(service, operation, name)?
            ))
        })
        .collect();
    let mut message = format!(
        "`{}` is {}, not an action; it requires ",
        operation.name,
        with_article(&of_service(catalog, service.prefix, "API operation")),
    );
    if !always.is_empty() {
        message += &list(&always, always.len());
    }
    if !sometimes.is_empty() {
        message += if always.is_empty() {
            "in some cases "
        } else {
            ", and in some cases "
        };
        message += &sometimes.join(", ");
    }
    let finding = findings.add(Code::OPERATION_AS_ACTION, path, message);
    if !always.is_empty() {
        finding.set_fix(Change::Replace(
            always.into_iter().map(str::to_owned).collect(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_number_is_a_mistake() {
        for (found, wanted) in [
            ("a:GetModels", "a:GetModel"),
            ("a:ListModel", "a:ListModels"),
            ("a:UpdateGuardRails", "a:UpdateGuardrail"),
            ("a:GetModelsJob", "a:GetModelJob"),
        ] {
            assert!(is_other_number(found, wanted), "{found} {wanted}");
        }
        for (found, wanted) in [
            ("a:GetModel", "a:GetModel"),
            ("a:GetModelX", "a:GetModel"),
            ("a:GetModess", "a:GetModel"),
            ("a:Getsé", "a:Geté"),
        ] {
            assert!(!is_other_number(found, wanted), "{found} {wanted}");
        }
    }

    #[test]
    fn slips_are_distinguished_from_other_words() {
        for (found, wanted) in [
            ("modle", "model"),
            ("modl", "model"),
            ("gaurdrail", "guardrail"),
            ("mdel", "model"),
            ("modell", "model"),
            ("acces", "access"),
        ] {
            assert!(is_slip(found, wanted), "{found} {wanted}");
        }
        for (found, wanted) in [
            ("models", "model"),
            ("agent", "model"),
            ("mode", "model"),
            ("ledom", "model"),
        ] {
            assert!(!is_slip(found, wanted), "{found} {wanted}");
        }
    }
}
