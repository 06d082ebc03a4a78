//! Checks for statements of resource control policies that also deny the calls of AWS services, or those of
//! principals.
//!
//! The calls of a service that acts for itself lack the keys of principals, and the calls of principals lack
//! the keys of the source that a service calls for. See
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.

use crate::PolicyKind;
use crate::aws::callers::SOURCE_ACCOUNT;
use crate::aws::resource_control::{IS_SERVICE, PRINCIPAL_KEYS, SERVICE_KEYS, SOURCE_KEYS};
use crate::check::Code;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UNINTENDED_CALLERS],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if view.kind != PolicyKind::ResourceControl {
        return;
    }
    for statement in view.statements.iter().filter(|it| it.denies()) {
        of_statement(statement, findings);
    }
}

fn of_statement(statement: &StatementView<'_>, findings: &mut Findings) {
    let comparisons = || statement.comparisons.iter();
    let is_of = |it: &KeyComparison<'_>, keys: &[&str]| keys.iter().any(|key| it.is_on(key));
    // the first comparison of the keys that is true without its key, unless another one requires one of them
    let without = |keys: &[&str]| {
        let requires =
            |it: &KeyComparison<'_>| is_of(it, keys) && it.is_true_without_key() == Some(false);
        let mut absent =
            comparisons().filter(|it| is_of(it, keys) && it.is_true_without_key() == Some(true));
        absent.next().filter(|_| !comparisons().any(requires))
    };
    let tells = |value: &str, other: &str| {
        let is_so = |it: &KeyComparison<'_>| it.has_value(value) && !it.has_value(other);
        comparisons().any(|it| it.is_on(IS_SERVICE) && !it.is_null() && is_so(it))
    };
    let (only_services, no_services) = (tells("true", "false"), tells("false", "true"));
    let names_services = comparisons().any(|it| is_of(it, SERVICE_KEYS));
    let bool = |value: &str| format!("`\"BoolIfExists\": {{\"{IS_SERVICE}\": \"{value}\"}}`");
    // together, the keys of principals and those of sources spare the callers of each kind
    let (comparison, whose, expected) = match (without(PRINCIPAL_KEYS), without(SOURCE_KEYS)) {
        (Some(principal), None) if !only_services && !no_services && !names_services => {
            let whose = "the calls of AWS services for themselves";
            (principal, whose, bool("false"))
        }
        (None, Some(source)) if only_services => {
            let expected = format!("`\"Null\": {{\"{SOURCE_ACCOUNT}\": \"false\"}}`");
            (source, "the calls of services without a source", expected)
        }
        (None, Some(source)) if !no_services && !names_services => {
            (source, "the calls of principals", bool("true"))
        }
        _ => return,
    };
    let message = format!(
        "`{}` is also true for {whose}, which lack `{}`, so the statement denies them too; expected {expected} \
         beside it",
        comparison.written, comparison.key
    );
    let path = statement.comparison_path(comparison);
    findings.add(Code::UNINTENDED_CALLERS, path, message);
}
