//! The form of documents and statements: what IAM itself asks of every policy.

use std::collections::HashSet;

use super::finding::{Change, Findings};
use super::view::{View, entries};
use super::{Code, Severity};
use crate::document::{Document, List, PrincipalElement, Scalar, Statements};

/// The document's own members.
pub(super) fn document(document: &Document, findings: &mut Findings) {
    version(document, findings);
    for (name, _) in &document.others {
        unknown(
            name,
            name.clone(),
            &["Version", "Id", "Statement"],
            findings,
        );
    }
    let statements = document.statements.as_ref().map(Statements::as_slice);
    if statements.is_none_or(<[_]>::is_empty) {
        let message = "expected at least one statement, found none".to_owned();
        findings.add(Code::MissingStatement, "", message);
    }
    let mut sids = HashSet::new();
    for (index, statement) in statements.unwrap_or_default().iter().enumerate() {
        if let Some(sid) = statement.sid.as_ref().and_then(Scalar::as_str)
            && !sid.is_empty()
            && !sids.insert(sid)
        {
            let message =
                format!("`{sid}` is the `Sid` of another statement too, expected one of its own");
            findings.add(
                Code::DuplicateSid,
                format!("Statement[{index}].Sid"),
                message,
            );
        }
    }
}

fn version(document: &Document, findings: &mut Findings) {
    let text = document
        .version
        .as_ref()
        .map(|version| version.as_str().unwrap_or_default());
    match text {
        Some("2012-10-17") => {}
        None | Some("2008-10-17") => {
            if uses_variables(document) {
                let message = "policy variables count as plain text in this version; \
                               expected `\"Version\": \"2012-10-17\"`";
                findings.graded(
                    Code::OldVersion,
                    Severity::SecurityWarning,
                    version_path(document),
                    message.to_owned(),
                );
            } else if document.version.is_none() {
                let message = "expected `\"Version\": \"2012-10-17\"`, found no version, which means `2008-10-17`";
                findings.graded(
                    Code::OldVersion,
                    Severity::Suggestion,
                    "",
                    message.to_owned(),
                );
            }
        }
        Some(other) => {
            let message =
                format!("`{other}` is no version of IAM's policy language, expected `2012-10-17`");
            findings
                .add(Code::InvalidVersion, "Version", message)
                .fix(Change::Replace(vec!["2012-10-17".to_owned()]));
        }
    }
}

const fn version_path(document: &Document) -> &'static str {
    if document.version.is_some() {
        "Version"
    } else {
        ""
    }
}

/// Whether a resource or a condition's value holds `${`.
fn uses_variables(document: &Document) -> bool {
    let statements = document.statements.as_ref().map(Statements::as_slice);
    statements.unwrap_or_default().iter().any(|statement| {
        let resources = [&statement.resource, &statement.not_resource];
        let resources = resources.into_iter().flatten();
        let comparisons = statement.condition.iter().flatten();
        let values = comparisons.flat_map(|(_, keys)| keys.iter().map(|(_, values)| values));
        resources
            .chain(values)
            .any(|list| list.texts().any(|text| text.contains("${")))
    })
}

/// A statement's members.
pub(super) fn statement(view: &View<'_>, findings: &mut Findings) {
    let source = view.source;
    let path = &view.path;
    for (name, _) in &source.others {
        let known = [
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ];
        unknown(name, format!("{path}.{name}"), &known, findings);
    }
    effect(view, findings);
    let both = [
        (
            "Action",
            source.action.is_some(),
            source.not_action.is_some(),
        ),
        (
            "Resource",
            source.resource.is_some(),
            source.not_resource.is_some(),
        ),
        (
            "Principal",
            source.principal.is_some(),
            source.not_principal.is_some(),
        ),
    ];
    for (name, plain, negated) in both {
        if plain && negated {
            let message = format!("expected `{name}` or `Not{name}`, found both");
            findings.add(
                Code::ConflictingElements,
                format!("{path}.Not{name}"),
                message,
            );
        }
    }
    let missing = |name: &str| format!("expected `{name}` or `Not{name}`, found neither");
    if source.action.is_none() && source.not_action.is_none() {
        findings.add(Code::MissingElement, path, missing("Action"));
    }
    let principal = source.principal.is_some() || source.not_principal.is_some();
    // The policy of a resource may leave it out: a role's trust policy has none.
    if source.resource.is_none() && source.not_resource.is_none() && !principal {
        findings.add(Code::MissingElement, path, missing("Resource"));
    }
    let lists = [
        ("Action", &source.action),
        ("NotAction", &source.not_action),
        ("Resource", &source.resource),
        ("NotResource", &source.not_resource),
    ];
    for (name, list) in lists {
        if let Some(list) = list {
            texts(list, &format!("{path}.{name}"), findings);
        }
    }
    principals(view, findings);
}

fn effect(view: &View<'_>, findings: &mut Findings) {
    if view.effect.is_some() {
        return;
    }
    let path = &view.path;
    match &view.source.effect {
        None => {
            let message = "expected `Effect`: `Allow` or `Deny`".to_owned();
            findings.add(Code::InvalidEffect, path, message);
        }
        Some(other) => {
            let text = other.as_str().unwrap_or("a number or truth value");
            let message = format!("`{text}` is no effect, expected `Allow` or `Deny`; case counts");
            let finding = findings.add(Code::InvalidEffect, format!("{path}.Effect"), message);
            let meant = ["Allow", "Deny"]
                .into_iter()
                .find(|right| right.eq_ignore_ascii_case(text));
            if let Some(right) = meant {
                finding.fix(Change::Replace(vec![right.to_owned()]));
            }
        }
    }
}

fn texts(list: &List, path: &str, findings: &mut Findings) {
    let values = list.as_slice();
    if values.is_empty() {
        let message = "the list is empty, expected at least one entry".to_owned();
        findings.add(Code::EmptyList, path, message);
    }
    if entries(Some(list)).count() < values.len() {
        let message = "expected texts only, found a number or truth value".to_owned();
        findings.add(Code::NotAText, path, message);
    }
}

fn principals(view: &View<'_>, findings: &mut Findings) {
    let elements = [
        ("Principal", &view.source.principal),
        ("NotPrincipal", &view.source.not_principal),
    ];
    for (name, element) in elements {
        let path = format!("{}.{name}", view.path);
        match element {
            Some(PrincipalElement::Text(text)) if text != "*" => {
                let message = format!(
                    "`{text}` is no principal, expected `*` or an object such as `{{\"AWS\": …}}`"
                );
                findings.add(Code::MissingElement, path, message);
            }
            Some(PrincipalElement::Kinds(kinds)) => {
                let known = ["AWS", "Service", "Federated", "CanonicalUser"];
                for (kind, _) in kinds
                    .iter()
                    .filter(|(kind, _)| !known.contains(&kind.as_str()))
                {
                    unknown(kind, format!("{path}.{kind}"), &known, findings);
                }
            }
            _ => {}
        }
    }
}

/// A member with a name that IAM does not have there.
fn unknown(name: &str, path: String, known: &[&str], findings: &mut Findings) {
    let meant = known.iter().find(|known| known.eq_ignore_ascii_case(name));
    let hint = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    let message = format!(
        "`{name}` is no element here, expected one of {}{hint}",
        known.join(", ")
    );
    let finding = findings.add(Code::UnknownElement, path, message);
    if let Some(meant) = meant {
        finding.fix(Change::Rename((*meant).to_owned()));
    }
}
