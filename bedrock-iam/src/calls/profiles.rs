//! Checks that the models of a call are those behind its inference profile.

use iam_policy::check::Finding;
use iam_policy::{Policy, Statement};

use super::error::CallError;
use crate::catalog::catalog;
use crate::rules::PROFILE_REGIONS;
use crate::rules::profile_regions::ONE_REGION;

/// Returns statements if they allow the profiles' models in each region that the profiles route to, as
/// far as their ids show the regions.
pub(super) fn checked(statements: Vec<Statement>) -> Result<Vec<Statement>, CallError> {
    let mut findings = findings(&statements).into_iter();
    // `GetInferenceProfile` can list a single region
    match findings.find(|it| !is_about_one_region(it)) {
        None => Ok(statements),
        Some(fault) => Err(CallError::new(format!(
            "{}; hint: `profile_models` lists the models, as `GetInferenceProfile` does",
            fault.message
        ))),
    }
}

/// Returns what may be wrong with the models behind the profiles of statements, as sentences.
pub(super) fn doubts(statements: &[Statement]) -> impl Iterator<Item = String> + use<> {
    let findings = findings(statements).into_iter();
    findings
        .filter(is_about_one_region)
        .map(|it| it.message.to_string())
}

fn findings(statements: &[Statement]) -> Vec<Finding> {
    // `build` reports what else is wrong with the statements to the caller
    let policy = Policy::new().with_all(statements.iter().cloned()).build();
    let findings = policy.map(|it| it.check(catalog()).findings);
    let mut findings = findings.unwrap_or_default();
    findings.retain(|it| it.code == PROFILE_REGIONS);
    findings
}

/// Returns whether a finding is about a model in one region only, which the profile's id does not
/// disprove.
fn is_about_one_region(finding: &Finding) -> bool {
    finding.message.contains(ONE_REGION)
}
