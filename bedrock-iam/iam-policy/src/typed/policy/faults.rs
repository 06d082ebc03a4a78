//! The checks of [`PolicyBuilder::build`](super::PolicyBuilder::build).

use crate::condition::grammar::Refusal;
use crate::condition::operands::{Problem, ValueFault};
use crate::condition::{Entry, Written};
use crate::typed::statement::Body;

use super::fault::{FaultKind, PolicyFault};

/// Returns all faults in the order of the statements.
pub(super) fn faults(statements: &[Body]) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    if statements.is_empty() {
        faults.push(PolicyFault::of_policy(FaultKind::NoStatement));
    }
    for (index, body) in statements.iter().enumerate() {
        let mut found = |kind| {
            faults.push(PolicyFault::new(index, body.sid.as_deref(), kind));
        };
        sid(statements, index, body, &mut found);
        if body.actions.values.is_empty() {
            found(FaultKind::NoAction);
        }
        // the resource of a trust policy is its role, so the statement has none
        if body.resources.values.is_empty() && body.principals.all.is_empty() {
            found(FaultKind::NoResource);
        }
        body.faults.iter().cloned().for_each(&mut found);
        conditions(body, &mut found);
    }
    faults
}

fn sid(statements: &[Body], index: usize, body: &Body, found: &mut impl FnMut(FaultKind)) {
    let Some(sid) = &body.sid else {
        return;
    };
    if sid.is_empty() || !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
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
