//! Models that are called through inference profiles.

use iam_policy::{ArnPattern, Policy, Statement};

use super::{Catalog, OperationResource};
use crate::rules::{PROFILE_REGIONS, ProfileId};

/// The key that is in requests to a model that is called through a profile.
pub(super) const KEY: &str = "bedrock:InferenceProfileArn";

/// The actions whose requests have the key.
const ACTIONS: [&str; 2] = [
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
];

/// Returns whether an ARN is that of an inference profile of any kind.
fn is_profile(arn: &ArnPattern) -> bool {
    let kind = arn.resource().split('/').next();
    arn.service() == "bedrock"
        && kind
            .is_some_and(|it| ["inference-profile", "application-inference-profile"].contains(&it))
}

/// Returns the profiles among the given ARNs through which an action calls a model; an empty list if the
/// ARN is not that of a model, or the model is called directly.
///
/// The id of a profile of AWS names its model. Any of the given models can be behind other profiles.
pub(super) fn through(
    action: &str,
    arn: &OperationResource,
    given: &[OperationResource],
) -> Vec<String> {
    let Some(model) = arn.pattern().filter(|_| ACTIONS.contains(&action)) else {
        return Vec::new();
    };
    if model.service() != "bedrock" || !model.resource().starts_with("foundation-model/") {
        return Vec::new();
    }
    let calls = |profile: &&OperationResource| {
        let Some(profile) = profile.pattern().filter(|it| is_profile(it)) else {
            return false;
        };
        let id = profile.resource().strip_prefix("inference-profile/");
        let named = id.and_then(ProfileId::parse);
        let named = named.and_then(|it| it.model_in(model.partition(), model.region()));
        named.is_none_or(|named| named.meets(model))
    };
    let profiles = given.iter().filter(calls);
    let mut profiles: Vec<_> = profiles.map(|it| it.text().to_owned()).collect();
    profiles.sort();
    profiles.dedup();
    profiles
}

/// Returns what the check finds about the regions of the profiles' models.
pub(super) fn fault(
    given: &[OperationResource],
    statements: &[Statement],
    catalog: &Catalog,
) -> Option<String> {
    let mut arns = given.iter().filter_map(OperationResource::pattern);
    if !arns.any(is_profile) {
        return None;
    }
    // `build` reports what else is wrong with the statements to the caller
    let policy = Policy::new().with_all(statements.iter().cloned());
    let findings = policy.build().ok()?.check(catalog).findings;
    let mut findings = findings.into_iter();
    findings
        .find(|it| it.code == PROFILE_REGIONS)
        .map(|it| it.message)
}
