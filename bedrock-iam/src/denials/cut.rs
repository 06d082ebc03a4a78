//! Facts at the end of a text, which can be cut: what a statement can still say.

use iam_policy::{AccessDenied, ArnPattern, Catalog};

use super::statements::is_assumption;

/// Returns whether the action is at the end of the text and not known to be complete.
pub(super) fn action(stated: &AccessDenied, catalog: &Catalog) -> bool {
    let action = stated.action().filter(|_| ends_with_action(stated));
    action.is_some_and(|action| {
        catalog.find(action).is_none() && !is_assumption(&action.to_ascii_lowercase())
    })
}

/// A resource as it is written in statements.
pub(super) struct Resource {
    pub(super) arn: String,
    /// Whether the ARN is cut before the name, so that no statement can have it.
    pub(super) is_cut: bool,
}

/// Returns the resource for statements: with `*` after it if it is at the end of the text, where it can
/// be cut in the name.
///
/// Roles and users get no `*`, because it would extend to other ones.
pub(super) fn resource(stated: &AccessDenied, catalog: &Catalog) -> Option<Resource> {
    let mut arn = stated.resource()?.to_owned();
    let ends = ends_with_resource(stated);
    let pattern = ArnPattern::parse(&arn).ok();
    let has_name = pattern.as_ref().is_some_and(|pattern| {
        let mut services = catalog.services().iter();
        let name = pattern.resource();
        let after_type = name
            .split_once(['/', ':'])
            .is_some_and(|it| !it.1.is_empty());
        let has_types =
            pattern.service() == "iam" || services.any(|it| it.prefix == pattern.service());
        let fits = || !has_types || !catalog.resource_types(pattern, &[]).is_empty();
        after_type || !name.is_empty() && fits()
    });
    let is_principal = pattern.is_some_and(|it| it.service() == "iam");
    if ends && has_name && !is_principal && !arn.ends_with('*') {
        arn.push('*');
    }
    Some(Resource {
        arn,
        is_cut: ends && !has_name,
    })
}

/// Returns the facts that can be cut, each as a sentence.
pub(super) fn unknowns(stated: &AccessDenied) -> impl Iterator<Item = String> {
    let policy = stated.policy_arn().is_some_and(|it| stated.ends_with(it));
    let facts = [
        ("the action", ends_with_action(stated)),
        ("the ARN of the resource", ends_with_resource(stated)),
        ("the ARN of the policy", policy),
    ];
    let cut = facts.into_iter().filter(|it| it.1);
    cut.map(|(name, _)| {
        format!("whether {name} is complete: the text ends with it, so it can be cut")
    })
}

fn ends_with_action(stated: &AccessDenied) -> bool {
    let states_more = stated.resource().is_some() || stated.kind().is_some();
    let mut actions = stated.actions().iter().rev();
    !states_more && actions.next().is_some_and(|it| stated.ends_with(it))
}

fn ends_with_resource(stated: &AccessDenied) -> bool {
    let arn = stated.resource().filter(|_| stated.kind().is_none());
    arn.is_some_and(|arn| arn != "*" && stated.ends_with(arn) && !is_complete(arn))
}

/// Returns whether the end of an ARN shows that it is not cut: a version of a model or profile, a default
/// name, or one of Bedrock's IDs of ten characters.
fn is_complete(arn: &str) -> bool {
    let mut fields = arn.splitn(6, ':');
    let service = fields.nth(2).unwrap_or_default();
    let Some((_, name)) = fields.nth(2).and_then(|it| it.split_once('/')) else {
        return false;
    };
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_version = |(before, last): (&str, &str)| {
        let version = before.rsplit_once('v').map(|it| it.1);
        is_number(last) && version.is_some_and(is_number)
    };
    let id = name.rsplit('/').next().unwrap_or_default();
    let is_id = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    let has_fixed_length = service == "bedrock" && id.len() == 10 && id.bytes().all(is_id);
    name.rsplit_once(':').is_some_and(is_version)
        || has_fixed_length
        || id.eq_ignore_ascii_case("default")
}
