//! The checks of [`PolicyBuilder::build`](super::PolicyBuilder::build).

use crate::arn::pattern::ArnPattern;
use crate::arn::site::{Partition, Region};
use crate::condition::grammar::Refusal;
use crate::condition::operands::{Problem, ValueFault};
use crate::condition::{Entry, Written};
use crate::document::PolicyKind;
use crate::typed::statement::Body;

use super::fault::{FaultKind, PolicyFault};
use super::kinds;

/// Returns all faults in the order of the statements.
pub(super) fn faults(statements: &[Body], kind: Option<PolicyKind>) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    if statements.is_empty() {
        faults.push(PolicyFault::of_policy(FaultKind::NoStatement));
    }
    for (index, body) in statements.iter().enumerate() {
        let mut found = |kind| {
            faults.push(PolicyFault::new(index, body.sid.as_deref(), kind));
        };
        sid(statements, index, kind, &mut found);
        if body.actions.values.is_empty() {
            found(FaultKind::NoAction);
        }
        match kind {
            Some(kind) => kinds::faults(kind, body, &mut found),
            // the resource of a trust policy is its role, so the statement has none
            None if body.resources.values.is_empty() && body.principals.all.is_empty() => {
                found(FaultKind::NoResource);
            }
            None => {}
        }
        let has_principals = kind.is_none_or(PolicyKind::has_principals);
        for principal in body.principals.all.iter().filter(|_| has_principals) {
            if let Some(expected) = principal.fault(kind) {
                let principal = principal.clone();
                found(FaultKind::Principal {
                    principal,
                    expected,
                });
            }
        }
        body.faults.iter().cloned().for_each(&mut found);
        for arn in body.resources.values.as_slice() {
            if let Some((region, partition)) = in_other_partition(arn) {
                let arn = arn.to_string();
                found(FaultKind::OtherPartition {
                    arn,
                    region,
                    partition,
                });
            }
        }
        conditions(body, &mut found);
    }
    faults
}

/// Returns the region of an ARN and its partition, if that is not the ARN's.
fn in_other_partition(arn: &str) -> Option<(Region, Partition)> {
    let arn = ArnPattern::parse(arn).ok()?;
    let region = Region::find(arn.region())?;
    let (own, given) = (region.partition()?, Partition::find(arn.partition())?);
    (own != given).then_some((region, own))
}

fn sid(
    statements: &[Body],
    index: usize,
    kind: Option<PolicyKind>,
    found: &mut impl FnMut(FaultKind),
) {
    let Some(sid) = &statements[index].sid else {
        return;
    };
    let is_plain = sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if sid.is_empty() || !is_plain && kind.is_none_or(PolicyKind::has_plain_sids) {
        found(FaultKind::Sid);
    }
    let first = statements[..index]
        .iter()
        .position(|other| other.sid.as_ref() == Some(sid));
    if let Some(first) = first {
        found(FaultKind::DuplicateSid { first });
    }
}

fn conditions(body: &Body, found: &mut impl FnMut(FaultKind)) {
    for entry in body.conditions.iter() {
        let operator = || entry.operator.to_string();
        let key = entry.key.to_string();
        if entry.values.is_empty() {
            let operator = operator();
            found(FaultKind::NoValue { operator, key });
            continue;
        }
        if entry.is_united {
            found(FaultKind::RepeatedCondition {
                operator: operator(),
                key: key.clone(),
                list: list_form(entry),
            });
        }
        for fault in &entry.faults {
            found(of_value(entry, fault));
        }
    }
}

fn of_value(entry: &Entry, fault: &ValueFault) -> FaultKind {
    let (operator, key) = (entry.operator.to_string(), entry.key.to_string());
    let value = fault.value.clone();
    match fault.problem {
        Problem::Refused(Refusal::Form(expected)) => FaultKind::Value {
            operator,
            key,
            value,
            expected,
        },
        Problem::Refused(Refusal::Wildcard) => FaultKind::Wildcard {
            like: match &entry.operator {
                Written::Operator(operator) => operator.like().map(|like| like.to_string()),
                Written::Text(_) => None,
            }
            .unwrap_or_default(),
            operator,
            key,
            value,
        },
        Problem::Variable => FaultKind::TextVariable {
            operator,
            key,
            value,
        },
    }
}

/// Returns the call that creates a condition with all values of an entry.
fn list_form(entry: &Entry) -> String {
    let values = entry.values.as_slice().iter();
    let values: Vec<_> = values.map(|value| format!("{value:?}")).collect();
    let values = values.join(", ");
    match &entry.operator {
        Written::Operator(operator) => {
            format!(".{}([{values}])", operator.comparison.method())
        }
        Written::Text(_) => {
            format!(
                ".condition({:?}, {:?}, [{values}])",
                entry.operator.to_string(),
                entry.key
            )
        }
    }
}
