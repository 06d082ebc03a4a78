//! Checks of IP addresses and networks in conditions.
//!
//! The key `aws:SourceIp` has the public address of the caller; requests through a VPC endpoint have
//! `aws:VpcSourceIp` instead, see
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>.

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code, Severity};
use crate::condition::Family;
use crate::condition::grammar::Network;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::PRIVATE_ADDRESS,
        Code::HOST_BITS,
        Code::CONDITION_ALWAYS_TRUE,
        Code::CONTRADICTORY_CONDITION,
    ],
    check,
};

const PUBLIC: &str = "aws:SourceIp";

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for comparison in &statement.comparisons {
            let operator = comparison.operator;
            if operator.is_some_and(|operator| operator.family() == Family::IpAddress) {
                networks(statement, comparison, findings);
            }
        }
    }
}

fn networks(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let texts: Vec<_> = comparison.texts().collect();
    let all = texts.iter();
    let all = all.filter_map(|(index, text)| Some((*index, Network::parse(text)?)));
    let all: Vec<(usize, Network)> = all.collect();
    if comparison.key.eq_ignore_ascii_case(PUBLIC) {
        private(statement, comparison, &all, texts.len(), findings);
    }
    everything(statement, comparison, &all, findings);
    for (index, network) in &all {
        let path = || statement.value_path(comparison, *index);
        if network.trimmed() != *network {
            let trimmed = network.trimmed().to_string();
            let message = format!(
                "`{}` has bits behind its prefix, which IAM ignores; expected `{trimmed}`",
                texts[*index].1
            );
            let finding = findings.add(Code::HOST_BITS, path(), message);
            finding.set_fix(Change::Replace(vec![trimmed]));
        }
    }
}

fn private(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    all: &[(usize, Network)],
    count: usize,
    findings: &mut Findings,
) {
    let found: Vec<_> = all.iter().filter(|(_, it)| it.is_private()).collect();
    let Some((_, first)) = found.first() else {
        return;
    };
    let public = "has public addresses only; expected one, or `aws:VpcSourceIp` for requests through a \
                  VPC endpoint";
    if found.len() == count {
        let message = format!("`{first}` is private, but `{}` {public}", comparison.key);
        let path = statement.comparison_path(comparison);
        findings.add(Code::PRIVATE_ADDRESS, path, message);
        return;
    }
    for (index, network) in found {
        let message = format!(
            "`{network}` is private and has no effect, because `{}` {public}",
            comparison.key
        );
        let path = statement.value_path(comparison, *index);
        let finding =
            findings.add_with_severity(Code::PRIVATE_ADDRESS, Severity::Suggestion, path, message);
        finding.set_fix(Change::Remove);
    }
}

/// Reports a network of all addresses.
fn everything(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    all: &[(usize, Network)],
    findings: &mut Findings,
) {
    let Some((index, network)) = all.iter().find(|(_, network)| network.is_everything()) else {
        return;
    };
    let path = statement.value_path(comparison, *index);
    if comparison.operator.is_some_and(|it| it.is_negated()) {
        let message = format!("`{network}` contains every address, so no request is outside of it");
        let severity = if statement.denies() {
            Severity::SecurityWarning
        } else {
            Severity::Error
        };
        findings.add_with_severity(Code::CONTRADICTORY_CONDITION, severity, path, message);
    } else {
        let message = format!(
            "`{network}` contains every address, so the condition does not limit the statement"
        );
        findings.add_with_severity(
            Code::CONDITION_ALWAYS_TRUE,
            Severity::Warning,
            path,
            message,
        );
    }
}
