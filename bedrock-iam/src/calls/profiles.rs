//! Checks that the models of a call are those behind its inference profile.

use iam_policy::{Policy, Statement};

use super::error::CallError;
use crate::catalog::catalog;
use crate::rules::PROFILE_REGIONS;

/// Returns statements if they allow the profiles' models in each region that the profiles route to, as
/// far as their ids show the regions.
pub(super) fn checked(statements: Vec<Statement>) -> Result<Vec<Statement>, CallError> {
    // `build` reports what else is wrong with the statements to the caller
    let policy = Policy::new().with_all(statements.iter().cloned()).build();
    let findings = policy.map(|it| it.check(catalog()).findings);
    let mut findings = findings.unwrap_or_default().into_iter();
    match findings.find(|it| it.code == PROFILE_REGIONS) {
        None => Ok(statements),
        Some(fault) => Err(CallError::new(format!(
            "{}; hint: `profile_models` lists the models, as `GetInferenceProfile` does",
            fault.message
        ))),
    }
}
