//! Checks the structure of documents and statements, which IAM requires of every policy.

use std::collections::HashSet;

use crate::PolicyKind;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::check::view::entries;
use crate::check::{Change, Code, Severity};
use crate::document::{Document, List, Path, PrincipalElement, Statements};
use crate::words::list;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MISSING_STATEMENT,
        Code::INVALID_VERSION,
        Code::OLD_VERSION,
        Code::UNKNOWN_ELEMENT,
        Code::INVALID_EFFECT,
        Code::MISSING_ELEMENT,
        Code::CONFLICTING_ELEMENTS,
        Code::DUPLICATE_SID,
        Code::INVALID_SID,
        Code::EMPTY_LIST,
        Code::NOT_A_TEXT,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    document(view.document, findings);
    sids(view, findings);
    for of in &view.statements {
        statement(view.kind, of, findings);
    }
}

/// Checks the members of the document itself.
fn document(document: &Document, findings: &mut Findings) {
    version(document, findings);
    for (name, _) in &document.others {
        let path = Path::DOCUMENT.member(name.clone());
        unknown(name, path, &["Version", "Id", "Statement"], findings);
    }
    let statements = document.statements.as_ref().map(Statements::as_slice);
    if statements.is_none_or(<[_]>::is_empty) {
        let message = "found no statement; expected at least one";
        findings.add(Code::MISSING_STATEMENT, Path::DOCUMENT, message);
    }
}

fn sids(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut sids = HashSet::new();
    for statement in &view.statements {
        let path = || statement.path.member("Sid");
        let Some(value) = &statement.source.sid else {
            continue;
        };
        let Some(sid) = value.as_str() else {
            let message = format!("found `{value}` without quotes; expected a string");
            findings.add(Code::NOT_A_TEXT, path(), message);
            continue;
        };
        let is_plain = sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_plain && (view.kind.has_plain_sids() || sid.contains("${")) {
            let message = match view.kind.has_plain_sids() {
                true => format!(
                    "`{sid}` is not a valid `Sid` in {}; expected only ASCII letters and digits",
                    view.kind.with_article()
                ),
                false => {
                    format!("`{sid}` has a policy variable; expected a text without variables")
                }
            };
            findings.add(Code::INVALID_SID, path(), message);
        }
        if !sid.is_empty() && !sids.insert(sid) {
            let message =
                format!("`{sid}` is also the `Sid` of another statement; expected a unique one");
            // The services that have resource-based policies differ in this.
            let severity = match view.kind.has_plain_sids() {
                true => Severity::Error,
                false => Severity::Warning,
            };
            findings.add_with_severity(Code::DUPLICATE_SID, severity, path(), message);
        }
    }
}

fn version(document: &Document, findings: &mut Findings) {
    let text = document.version.as_ref().map(ToString::to_string);
    match text.as_deref() {
        Some("2012-10-17") => {}
        None | Some("2008-10-17") => {
            if uses_variables(document) {
                let message = "policy variables are plain text in this version; \
                               expected `\"Version\": \"2012-10-17\"`";
                findings.add_with_severity(
                    Code::OLD_VERSION,
                    Severity::Error,
                    version_path(document),
                    message,
                );
            } else if document.version.is_none() {
                let message = "found no version, which means `2008-10-17`; \
                               expected `\"Version\": \"2012-10-17\"`";
                findings.add(Code::OLD_VERSION, Path::DOCUMENT, message);
            }
        }
        Some(other) => {
            let message = format!(
                "`{other}` is not a version of IAM's policy language; expected `2012-10-17`"
            );
            findings
                .add(
                    Code::INVALID_VERSION,
                    Path::DOCUMENT.member("Version"),
                    message,
                )
                .set_fix(Change::Replace(vec!["2012-10-17".to_owned()]));
        }
    }
}

fn version_path(document: &Document) -> Path {
    match document.version {
        Some(_) => Path::DOCUMENT.member("Version"),
        None => Path::DOCUMENT,
    }
}

/// Returns whether a resource or the value of a condition contains `${`.
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

/// Checks the members of a statement.
fn statement(kind: PolicyKind, view: &StatementView<'_>, findings: &mut Findings) {
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
        unknown(name, path.member(name.clone()), &known, findings);
    }
    effect(view, findings);
    let both = [
        (
            "Action",
            "NotAction",
            source.action.is_some(),
            source.not_action.is_some(),
        ),
        (
            "Resource",
            "NotResource",
            source.resource.is_some(),
            source.not_resource.is_some(),
        ),
        (
            "Principal",
            "NotPrincipal",
            source.principal.is_some(),
            source.not_principal.is_some(),
        ),
    ];
    for (name, not_name, plain, negated) in both {
        if plain && negated {
            let message = format!("found both `{name}` and `{not_name}`; expected one of them");
            findings.add(Code::CONFLICTING_ELEMENTS, path.member(not_name), message);
        }
    }
    let missing =
        |name: &str| format!("found neither `{name}` nor `Not{name}`; expected one of them");
    if source.action.is_none() && source.not_action.is_none() {
        findings.add(Code::MISSING_ELEMENT, path.clone(), missing("Action"));
    }
    // The resource of these is the one that the policy belongs to.
    let may_omit = matches!(kind, PolicyKind::Trust | PolicyKind::Resource);
    if source.resource.is_none() && source.not_resource.is_none() && !may_omit {
        findings.add(Code::MISSING_ELEMENT, path.clone(), missing("Resource"));
    }
    let lists = [
        ("Action", &source.action),
        ("NotAction", &source.not_action),
        ("Resource", &source.resource),
        ("NotResource", &source.not_resource),
    ];
    for (name, list) in lists {
        if let Some(list) = list {
            texts(list, || path.member(name), findings);
        }
    }
    principals(view, findings);
    conditions(view, findings);
}

fn effect(view: &StatementView<'_>, findings: &mut Findings) {
    if view.effect.is_some() {
        return;
    }
    let path = &view.path;
    match &view.source.effect {
        None => {
            let message = "found no `Effect`; expected `Allow` or `Deny`";
            findings.add(Code::INVALID_EFFECT, path.clone(), message);
        }
        Some(other) => {
            let text = other.to_string();
            let message =
                format!("`{text}` is not an effect; expected `Allow` or `Deny` (case-sensitive)");
            let finding = findings.add(Code::INVALID_EFFECT, path.member("Effect"), message);
            let meant = ["Allow", "Deny"]
                .into_iter()
                .find(|right| right.eq_ignore_ascii_case(&text));
            if let Some(right) = meant {
                finding.set_fix(Change::Replace(vec![right.to_owned()]));
            }
        }
    }
}

fn texts(list: &List, path: impl Fn() -> Path, findings: &mut Findings) {
    let values = list.as_slice();
    if values.is_empty() {
        let message = "the list is empty; expected at least one entry";
        findings.add(Code::EMPTY_LIST, path(), message);
    }
    if entries(Some(list)).count() < values.len() {
        let message = "found a number or boolean; expected only strings";
        findings.add(Code::NOT_A_TEXT, path(), message);
    }
}

fn principals(view: &StatementView<'_>, findings: &mut Findings) {
    let elements = [
        ("Principal", &view.source.principal),
        ("NotPrincipal", &view.source.not_principal),
    ];
    for (name, element) in elements {
        let path = || view.path.member(name);
        match element {
            Some(PrincipalElement::Text(text)) if text != "*" => {
                let message = format!(
                    "`{text}` is not a principal; expected `*` or an object such as `{{\"AWS\": …}}`"
                );
                findings.add(Code::MISSING_ELEMENT, path(), message);
            }
            Some(PrincipalElement::Kinds(kinds)) => {
                let known = ["AWS", "Service", "Federated", "CanonicalUser"];
                for (kind, _) in kinds
                    .iter()
                    .filter(|(kind, _)| !known.contains(&kind.as_str()))
                {
                    unknown(kind, path().member(kind.clone()), &known, findings);
                }
                if kinds.is_empty() {
                    let message =
                        "the object is empty; expected a principal such as `{\"AWS\": …}`";
                    findings.add(Code::EMPTY_LIST, path(), message);
                }
                for (kind, list) in kinds {
                    texts(list, || path().member(kind.clone()), findings);
                }
            }
            _ => {}
        }
    }
}

/// Reports conditions that compare nothing.
fn conditions(view: &StatementView<'_>, findings: &mut Findings) {
    let Some(operators) = &view.source.condition else {
        return;
    };
    let path = view.path.member("Condition");
    if operators.is_empty() {
        let message = "the object is empty; expected a condition operator, or no `Condition`";
        findings
            .add(Code::EMPTY_LIST, path.clone(), message)
            .set_fix(Change::Remove);
    }
    for (operator, keys) in operators {
        let path = path.member(operator.clone());
        if keys.is_empty() {
            let message = "the object is empty; expected a condition key with its values";
            findings.add(Code::EMPTY_LIST, path.clone(), message);
        }
        for (key, values) in keys {
            if values.as_slice().is_empty() {
                let message = format!(
                    "`{key}` is compared with no value; expected at least one, or a condition with `Null`"
                );
                findings.add(Code::EMPTY_LIST, path.member(key.clone()), message);
            }
        }
    }
}

/// Reports a member whose name IAM does not define there.
fn unknown(name: &str, path: Path, known: &[&str], findings: &mut Findings) {
    let meant = known.iter().find(|known| known.eq_ignore_ascii_case(name));
    let message = format!(
        "`{name}` is not valid here; expected one of {}",
        list(known, known.len())
    );
    let finding = findings.add(Code::UNKNOWN_ELEMENT, path, message);
    if let Some(meant) = meant {
        finding.set_fix(Change::Rename((*meant).to_owned()));
    }
}
