//! How long a policy is, as IAM counts: characters, white space aside.
//!
//! By <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.

use crate::check::rule::{DocumentView, Findings, Rule};
use crate::check::{Code, Severity};
use crate::document::{
    Document, DocumentStatement, Json, List, Number, Path, PrincipalElement, Scalar, Statements,
};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::POLICY_SIZE],
    check,
};

/// Kinds of policies with their limits, the least first. Those with lower ones (the inline policies
/// of users and groups, and control policies) are not told from these by their text.
const LIMITS: &[(usize, &str)] = &[
    (6_144, "a managed policy"),
    (10_240, "the inline policies of a role"),
];

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let size = of_document(view.document);
    let exceeded: Vec<_> = LIMITS
        .iter()
        .filter(|(limit, _)| size > *limit)
        .map(|(limit, of)| format!("{of} ({limit})"))
        .collect();
    if exceeded.is_empty() {
        return;
    }
    let severity = if exceeded.len() == LIMITS.len() {
        Severity::Warning
    } else {
        Severity::Suggestion
    };
    let message = format!(
        "the policy has {size} characters without white space, more than IAM takes for {}",
        exceeded.join(" or ")
    );
    findings.graded(Code::POLICY_SIZE, severity, Path::DOCUMENT, message);
}

/// An object's length: braces, and for each member its name, a colon and a comma.
fn object<'a>(members: impl Iterator<Item = (&'a str, usize)>) -> usize {
    let (count, length) = members.fold((0, 0), |(count, length), (name, value)| {
        (count + 1, length + text(name) + 1 + value)
    });
    2 + length + usize::saturating_sub(count, 1)
}

fn array(values: impl Iterator<Item = usize>) -> usize {
    let (count, length) = values.fold((0, 0), |(count, length), value| (count + 1, length + value));
    2 + length + usize::saturating_sub(count, 1)
}

/// A text's length with quotes, white space aside.
fn text(text: &str) -> usize {
    let length = |char: char| match char {
        '"' | '\\' => 2,
        other if other.is_whitespace() => 0,
        _ => 1,
    };
    2 + text.chars().map(length).sum::<usize>()
}

fn of_document(document: &Document) -> usize {
    let statements = document
        .statements
        .as_ref()
        .map(|statements| match statements {
            Statements::Alone(statement) => of_statement(statement),
            Statements::List(statements) => array(statements.iter().map(of_statement)),
        });
    let members = [
        ("Version", document.version.as_ref().map(scalar)),
        ("Id", document.id.as_ref().map(scalar)),
        ("Statement", statements),
    ];
    let known = members
        .into_iter()
        .filter_map(|(name, size)| Some((name, size?)));
    object(known.chain(others(&document.others)))
}

fn of_statement(statement: &DocumentStatement) -> usize {
    let condition = statement.condition.as_ref().map(|operators| {
        object(operators.iter().map(|(operator, keys)| {
            (
                operator.as_str(),
                object(
                    keys.iter()
                        .map(|(key, values)| (key.as_str(), list(values))),
                ),
            )
        }))
    });
    let members = [
        ("Sid", statement.sid.as_ref().map(scalar)),
        ("Effect", statement.effect.as_ref().map(scalar)),
        ("Principal", statement.principal.as_ref().map(principal)),
        (
            "NotPrincipal",
            statement.not_principal.as_ref().map(principal),
        ),
        ("Action", statement.action.as_ref().map(list)),
        ("NotAction", statement.not_action.as_ref().map(list)),
        ("Resource", statement.resource.as_ref().map(list)),
        ("NotResource", statement.not_resource.as_ref().map(list)),
        ("Condition", condition),
    ];
    let known = members
        .into_iter()
        .filter_map(|(name, size)| Some((name, size?)));
    object(known.chain(others(&statement.others)))
}

fn others(members: &[(String, Json)]) -> impl Iterator<Item = (&str, usize)> {
    members
        .iter()
        .map(|(name, value)| (name.as_str(), json(value)))
}

fn principal(element: &PrincipalElement) -> usize {
    match element {
        PrincipalElement::Text(name) => text(name),
        PrincipalElement::Kinds(kinds) => object(
            kinds
                .iter()
                .map(|(kind, names)| (kind.as_str(), list(names))),
        ),
    }
}

fn list(values: &List) -> usize {
    match values {
        List::Alone(value) => scalar(value),
        List::Several(values) => array(values.iter().map(scalar)),
    }
}

fn scalar(value: &Scalar) -> usize {
    match value {
        Scalar::Text(value) => text(value),
        Scalar::Bool(value) => truth(*value),
        Scalar::Number(value) => number(*value),
    }
}

const fn truth(value: bool) -> usize {
    if value { 4 } else { 5 }
}

fn number(value: Number) -> usize {
    match value {
        Number::Unsigned(value) => value.to_string().len(),
        Number::Signed(value) => value.to_string().len(),
        Number::Float(value) => value.to_string().len(),
    }
}

fn json(value: &Json) -> usize {
    match value {
        Json::Null => 4,
        Json::Bool(value) => truth(*value),
        Json::Number(value) => number(*value),
        Json::Text(value) => text(value),
        Json::List(values) => array(values.iter().map(json)),
        Json::Object(members) => object(
            members
                .iter()
                .map(|(name, value)| (name.as_str(), json(value))),
        ),
    }
}
