//! Checks of policy variables: `${…}` in resources and condition values.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>.

use super::keys;
use crate::Variable;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::check::{Change, Code, Severity, global};
use crate::condition::Family;
use crate::document::{Path, Scalar};
use crate::text::glob::{self, Braces};
use crate::words::code;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::INVALID_VARIABLE, Code::UNKNOWN_VARIABLE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let version = view.document.version.as_ref().and_then(Scalar::as_str);
    for statement in &view.statements {
        // in other versions, `${…}` is plain text, which another rule reports
        if version == Some("2012-10-17") {
            resources(view, statement, findings);
            values(view, statement, findings);
        }
    }
}

fn resources(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    for entry in &statement.resources {
        let path = || statement.resource_path(entry);
        variables(view, entry.text, path, findings);
    }
}

fn values(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    for comparison in &statement.comparisons {
        // the operators of other families have no variables, which another rule reports
        let family = comparison.operator.map(|operator| operator.family());
        if !matches!(family, Some(Family::String | Family::Arn)) {
            continue;
        }
        for (index, value) in comparison.values.as_slice().iter().enumerate() {
            let path = || statement.value_path(comparison, index);
            variables(view, value.as_str().unwrap_or_default(), path, findings);
        }
    }
}

/// A problem with a `${…}`.
struct Problem {
    code: Code,
    /// The rest of the message, after the variable.
    message: String,
    /// The right variable, if it is certain.
    right: Option<String>,
}

/// The length of the longest text with fixes, in bytes: each fix contains the whole text.
const LONGEST: usize = 4 << 10;

/// Reports the variables of a text that IAM does not replace.
fn variables(
    view: &DocumentView<'_>,
    text: &str,
    path: impl Fn() -> Path,
    findings: &mut Findings,
) {
    let mut has_dollar = false;
    for Braces { start, inside } in glob::braces(text) {
        let problem = match inside {
            Some(inside) => of(view, inside),
            None => Some(Problem {
                code: Code::INVALID_VARIABLE,
                message: "is not closed; expected `}`".to_owned(),
                right: None,
            }),
        };
        let Some(problem) = problem else {
            // templates of other tools write `$${` for `${`
            let is_escape = matches!(inside, Some("*" | "?" | "$"));
            if !has_dollar && text[..start].ends_with('$') && !is_escape {
                has_dollar = true;
                let message = format!(
                    "{} has a `$` before a policy variable, which is plain text; expected `${{`",
                    code(text)
                );
                let code = Code::INVALID_VARIABLE;
                findings.add_with_severity(code, Severity::Warning, path(), message);
            }
            continue;
        };
        let end = inside.map_or(text.len(), |inside| start + inside.len() + 3);
        let message = format!("{} {}", code(&text[start..end]), problem.message);
        let finding = findings.add(problem.code, path(), message);
        if let Some(right) = problem.right.filter(|_| text.len() <= LONGEST) {
            let fixed = format!("{}{right}{}", &text[..start], &text[end..]);
            finding.set_fix(Change::Replace(vec![fixed]));
        }
    }
}

/// Returns the problem with the contents of a `${…}`.
fn of(view: &DocumentView<'_>, inside: &str) -> Option<Problem> {
    if matches!(inside, "*" | "?" | "$") {
        return None;
    }
    let invalid = |message: &str, right: Option<String>| {
        Some(Problem {
            code: Code::INVALID_VARIABLE,
            message: message.to_owned(),
            right,
        })
    };
    let (name, default) = match inside.split_once(',') {
        Some((name, default)) => (name, Some(default.trim())),
        None => (inside, None),
    };
    let plain: String = name.split(": ").collect::<Vec<_>>().join(":");
    let plain = plain.trim();
    let variable = Variable::with_any_key(plain);
    let Ok(variable) = variable else {
        let bare = global::near(view.catalog, plain).filter(|near| !near.contains('$'));
        return match bare {
            Some(near) if !plain.contains(':') => {
                let message = format!(
                    "is not a policy variable; expected a condition key with its prefix, such as `${{{near}}}`"
                );
                invalid(&message, None)
            }
            _ => invalid(
                "is not a policy variable; expected a condition key, such as `${aws:username}`",
                None,
            ),
        };
    };
    let quoted = default.map(|default| default.trim_matches('\'').to_owned());
    let with_default = |variable: Variable| match &quoted {
        Some(default) => variable.or(default).map(|it| it.to_string()).ok(),
        None => Some(variable.to_string()),
    };
    let problem = unknown(view, plain, &with_default);
    let right = || match &problem {
        Some(problem) => problem.right.clone(),
        None => with_default(variable),
    };
    if plain != name {
        let message = "has white space in its name; expected none";
        return invalid(message, right());
    }
    let is_quoted = |text: &str| {
        let inner = text
            .strip_prefix('\'')
            .and_then(|text| text.strip_suffix('\''));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('\''))
    };
    if default.is_some_and(|default| !is_quoted(default)) {
        let message = "has a default value without quotes; expected it in single quotes, such as \
                       `${aws:PrincipalTag/team, 'none'}`";
        return invalid(message, right());
    }
    problem
}

fn unknown(
    view: &DocumentView<'_>,
    name: &str,
    with_default: &dyn Fn(Variable) -> Option<String>,
) -> Option<Problem> {
    let near = keys::unknown_key(view.catalog, name)?;
    let right = near.and_then(|near| match near.split_once("${") {
        None => Some(near.to_owned()),
        Some((begin, _)) => Some(format!("{begin}{}", name.split_once('/')?.1)),
    });
    let message = match &right {
        Some(right) => format!("names a key that does not exist; did you mean `${{{right}}}`?"),
        None => "names a key that does not exist".to_owned(),
    };
    let right = right.and_then(|right| with_default(Variable::with_any_key(&right).ok()?));
    Some(Problem {
        code: Code::UNKNOWN_VARIABLE,
        message,
        right,
    })
}
