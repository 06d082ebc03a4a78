//! Checks that trust in an identity provider is limited to some of its identities.

use crate::PolicyKind;
use crate::aws::assume_role::{
    ASSUMING, AUDIENCE, REPOSITORIES, SAML_AUDIENCE, SHARED_PROVIDERS, SUBJECT, SharedProvider,
};
use crate::aws::callers::Limit;
use crate::aws::principal::{Provider, provider};
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::condition::{Comparison, SetOperator};
use crate::text::glob;

use super::anyone::limits;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::OPEN_IDENTITY_PROVIDER, Code::AUDIENCE_SET_OPERATOR],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if view.kind != PolicyKind::Trust {
        return;
    }
    // the others only add to a request of one of these
    let assumes = |it: &&StatementView<'_>| ASSUMING.iter().any(|action| it.covers(action));
    for statement in view.statements.iter().filter(assumes) {
        let federated = statement
            .allowed_principals()
            .filter(|it| it.is("Federated"));
        for principal in federated {
            match provider(principal.text) {
                Ok(Provider::Oidc(host)) => web_identity(statement, host, findings),
                Ok(Provider::Saml) => saml(statement, findings),
                Err(_) => {}
            }
        }
    }
}

/// Returns the claim of a condition key of the provider, with its colon: `:sub`.
fn claim<'a>(key: &'a str, host: &str) -> Option<&'a str> {
    let begins = key.get(..host.len())?.eq_ignore_ascii_case(host);
    Some(&key[host.len()..]).filter(|rest| begins && rest.starts_with(':'))
}

fn web_identity(statement: &StatementView<'_>, host: &str, findings: &mut Findings) {
    let claims: Vec<_> = statement
        .comparisons
        .iter()
        .filter_map(|it| Some((it, claim(it.key, host)?)))
        .collect();
    let shared = SHARED_PROVIDERS
        .iter()
        .find(|it| glob::matches(it.host, host));
    for (comparison, claim) in &claims {
        if claim.eq_ignore_ascii_case(AUDIENCE) && has_set_operator(comparison) {
            let message = format!(
                "`{}` has one value in a request; expected `{}` without `ForAnyValue` or `ForAllValues`, unless the \
                 provider is known to send several",
                comparison.key,
                comparison
                    .written
                    .split_once(':')
                    .map_or("", |(_, rest)| rest)
            );
            let path = statement.comparison_path(comparison);
            // others may send several
            let is_any =
                comparison.operator.and_then(|it| it.set) == Some(SetOperator::ForAnyValue);
            let severity = match is_any && shared.is_some() {
                true => Severity::SecurityWarning,
                false => Code::AUDIENCE_SET_OPERATOR.severity(),
            };
            findings.add_with_severity(Code::AUDIENCE_SET_OPERATOR, severity, path, message);
        }
        if claim.eq_ignore_ascii_case(SUBJECT) {
            subject(statement, comparison, shared, findings);
        }
    }
    let same_for_all = shared.map_or(&[][..], |it| it.same_for_all);
    let tells = |(comparison, claim): &(&KeyComparison<'_>, &str)| {
        // a subject that does not limit the identities is reported by itself
        let is_reported = claim.eq_ignore_ascii_case(SUBJECT)
            && comparison.operator.is_some_and(|it| !it.is_negated())
            && !comparison.is_null();
        let is_same = same_for_all.iter().any(|it| claim.eq_ignore_ascii_case(it));
        is_reported || !is_same && limits(comparison, Limit::Value)
    };
    if claims.iter().any(tells) {
        return;
    }
    let (key, names) = match shared {
        Some(shared) => (shared.tells, shared.names),
        None => (AUDIENCE, "the application"),
    };
    let message = format!(
        "every identity of `{host}` may assume the role; add a condition on `{host}{key}`, which names {names}"
    );
    findings.add(
        Code::OPEN_IDENTITY_PROVIDER,
        statement.path.clone(),
        message,
    );
}

fn has_set_operator(comparison: &KeyComparison<'_>) -> bool {
    comparison.operator.is_some_and(|it| it.set.is_some())
}

/// Reports a subject that matches identities of others.
fn subject(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    shared: Option<&SharedProvider>,
    findings: &mut Findings,
) {
    let Some(operator) = comparison.operator else {
        return;
    };
    let path = statement.comparison_path(comparison);
    if operator.if_exists {
        let message = format!(
            "`{}` also holds for requests without `{}`; expected it without `IfExists`",
            comparison.written, comparison.key
        );
        let code = Code::OPEN_IDENTITY_PROVIDER;
        findings.add_with_severity(code, Severity::Suggestion, path.clone(), message);
    }
    // elsewhere, a wildcard is an ordinary character
    if !matches!(operator.comparison, Comparison::StringLike) {
        return;
    }
    let is_of_repositories = shared.is_some_and(|it| it.host.starts_with(REPOSITORIES));
    for value in comparison.values.texts() {
        let is_of_others = match shared {
            Some(shared) => shared.matches_others(value),
            None => value.starts_with(['*', '?']),
        };
        let own = shared.and_then(|it| value.strip_prefix(it.subject));
        if is_of_others {
            let message = format!(
                "`{value}` has a wildcard in the owner's place, so identities of others match it; expected the \
                 owner's whole name"
            );
            findings.add(Code::OPEN_IDENTITY_PROVIDER, path.clone(), message);
        } else if let Some(several) = own.filter(|_| is_of_repositories).and_then(several) {
            let message = format!("`{value}` matches every {several}");
            let code = Code::OPEN_IDENTITY_PROVIDER;
            findings.add_with_severity(code, Severity::Suggestion, path.clone(), message);
        }
    }
}

/// Returns what a subject without `repo:` leaves open: the repository, or the part after it.
fn several(own: &str) -> Option<&'static str> {
    let (repository, rest) = own.split_once(':').unwrap_or((own, "*"));
    if repository.contains(['*', '?']) {
        Some("repository that fits; name the repository")
    } else if rest.trim_start_matches(['*', '?']).is_empty() {
        Some("branch, tag and pull request; name the branch or the environment")
    } else {
        None
    }
}

fn saml(statement: &StatementView<'_>, findings: &mut Findings) {
    if !statement
        .comparisons
        .iter()
        .any(|it| it.is_on(SAML_AUDIENCE))
    {
        let message = format!(
            "the audience of the assertion is not compared; add a condition on `{SAML_AUDIENCE}` with the \
             address where users sign in"
        );
        findings.add_with_severity(
            Code::OPEN_IDENTITY_PROVIDER,
            Severity::Suggestion,
            statement.path.clone(),
            message,
        );
    }
}
