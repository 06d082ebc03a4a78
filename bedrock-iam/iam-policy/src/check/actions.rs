//! Actions by name: those that are none, and those that the reference does not know.

use super::finding::{Change, Findings};
use super::service::{Service, services, words};
use super::view::{Named, View};
use super::{Code, Severity, removed};
use crate::{ActionPattern, RequiredAction};

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    for action in &view.actions {
        let path = || view.action_path(action.index);
        if action.pattern.is_none() && !action.is_everything() {
            malformed(action, path(), findings);
        } else if let Some(service) = action.service
            && action.matched.is_empty()
            && !removed::action(action, service, &path(), findings)
        {
            unknown(action, service, path(), findings);
        }
    }
}

fn malformed(action: &Named<'_>, path: String, findings: &mut Findings) {
    let message = match ActionPattern::parse(action.text) {
        Err(error) => error.to_string(),
        Ok(_) => return,
    };
    let finding = findings.add(Code::MalformedAction, path, message);
    // A name without its prefix is certain where one service alone has it.
    if !action.text.contains([':', '*', '?']) {
        let with_prefix = |of: &Service| format!("{}:{}", of.prefix, action.text);
        let mut known = services().iter().filter_map(|of| {
            let wanted = with_prefix(of);
            let mut actions = of.actions.iter();
            actions.find(|known| known.name.eq_ignore_ascii_case(&wanted))
        });
        if let (Some(only), None) = (known.next(), known.next()) {
            finding.fix(Change::Replace(vec![only.name.to_owned()]));
        }
    }
}

fn unknown(action: &Named<'_>, service: &Service, path: String, findings: &mut Findings) {
    let text = action.text;
    if !action.is_exact() {
        let message = format!(
            "`{text}` matches no action of {}, as of the snapshot of {}",
            service.prefix, service.snapshot.address
        );
        findings.add(Code::UnknownAction, path, message);
        return;
    }
    let name = text.split_once(':').map_or(text, |(_, name)| name);
    if let Some((operation, needed)) = (service.operation)(name) {
        operation_in_place(operation, needed, path, service, findings);
        return;
    }
    let near = (service.near_action)(text);
    let misspelt = near.is_some_and(|near| is_misspelt(text, near, service));
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    let message = if misspelt {
        format!("`{text}` is no action of {}{hint}", service.prefix)
    } else {
        format!(
            "`{text}` is no action of {} in the snapshot of {}; it may be newer{hint}",
            service.prefix, service.snapshot.address
        )
    };
    let severity = if misspelt {
        Severity::Error
    } else {
        Severity::Warning
    };
    let finding = findings.graded(Code::UnknownAction, severity, path, message);
    if let (true, Some(near)) = (misspelt, near) {
        finding.fix(Change::Replace(vec![near.to_owned()]));
    }
}

/// Whether a name differs from a known one by words that no action of the service has, each near to
/// the word in its place: new actions are made of old words for the most part.
fn is_misspelt(text: &str, near: &str, service: &Service) -> bool {
    let (found, wanted) = (words(text), words(near));
    if found.len() != wanted.len() {
        return false;
    }
    let mut different = found
        .iter()
        .zip(&wanted)
        .filter(|(found, wanted)| found != wanted);
    let odd = |(found, wanted): (&String, &String)| {
        !service.words.contains(found) && wanted.len() > 3 && is_slip(found, wanted)
    };
    match (different.next(), different.next()) {
        (Some(pair), None) => odd(pair),
        _ => false,
    }
}

/// Whether one letter was left out, doubled, replaced or exchanged with the next, inside a word: at
/// its end it could be another form of it.
fn is_slip(found: &str, wanted: &str) -> bool {
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
        (left, right) => end > 0 && left.len() <= 1 && right.len() <= 1,
    }
}

/// What an operation needs only in some uses.
///
/// From the operations' pages of the API reference, and of API keys
/// (<https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html>).
const ONLY_WHEN: &[(&str, &str)] = &[
    ("CallWithBearerToken", "for callers with API keys"),
    ("ApplyGuardrail", "with a guardrail"),
    ("InvokeTool", "with a system tool"),
    ("TagResource", "when it tags"),
];

fn operation_in_place(
    operation: &str,
    needed: &[RequiredAction],
    path: String,
    service: &Service,
    findings: &mut Findings,
) {
    let mut names: Vec<&str> = needed.iter().map(|required| required.action).collect();
    names.dedup();
    let condition = |name: &str| {
        let bare = name.split_once(':').map_or(name, |(_, bare)| bare);
        ONLY_WHEN
            .iter()
            .find(|(only, _)| *only == bare)
            .map(|(_, when)| *when)
    };
    let always: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| condition(name).is_none())
        .collect();
    let mut parts: Vec<String> = always.iter().map(|name| format!("`{name}`")).collect();
    parts.extend(
        names
            .iter()
            .filter_map(|name| Some(format!("`{name}` {}", condition(name)?))),
    );
    let message = format!(
        "`{operation}` is an API operation of {}, no action; it needs {}",
        service.prefix,
        parts.join(", ")
    );
    let finding = findings.add(Code::OperationAsAction, path, message);
    if !always.is_empty() {
        finding.fix(Change::Replace(
            always.into_iter().map(str::to_owned).collect(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        for (found, wanted) in [
            ("modle", "model"),
            ("modl", "model"),
            ("gaurdrail", "guardrail"),
            ("mdel", "model"),
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
