//! Checks that inference profiles and their models are allowed together.
//!
//! A request through a profile is authorized on both, see
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html>.

use iam_policy::ResourceTypeRef;
use iam_policy::check::rule::{DocumentView, Findings, ResourceEntry, Rule, StatementView};
use iam_policy::check::{Code, Severity};

const PREFIX: &str = "bedrock";
const PROFILES: &[&str] = &["inference-profile", "application-inference-profile"];
const MODELS: &[&str] = &["foundation-model"];
const ACTIONS: &[&str] = &[
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
];
const THROUGH: &str = "bedrock:InferenceProfileArn";

/// `profile-without-models`: an inference profile is allowed without the models that it calls, or
/// models are allowed only through a profile that is not allowed. Requests fail.
pub const PROFILE_WITHOUT_MODELS: Code = Code::new(
    "profile-without-models",
    Severity::Warning,
    " an inference profile is allowed without the models that it calls, or models are allowed only\n \
     through a profile that is not allowed. Requests fail.\n",
);

pub(super) const RULE: Rule = Rule {
    codes: &[PROFILE_WITHOUT_MODELS],
    check,
};

/// Returns whether a statement covers one of the actions that invoke a model.
pub(super) fn covers_invocation(statement: &StatementView<'_>) -> bool {
    ACTIONS.iter().any(|action| statement.covers(action))
}

/// Returns the statements that allow invoking models; `None` if one of them may allow any resource.
pub(super) fn allowing<'v>(view: &'v DocumentView<'v>) -> Option<Vec<&'v StatementView<'v>>> {
    let statements = view.statements.iter();
    let allowing: Vec<_> = statements
        .filter(|it| it.allows() && covers_invocation(it))
        .collect();
    let open = |it: &&StatementView<'_>| {
        it.has_not_action() || it.has_not_resource() || it.resources.is_empty()
    };
    (!allowing.iter().any(open)).then_some(allowing)
}

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if view.catalog.with_prefix(PREFIX).next().is_none() {
        return;
    }
    let Some(allowing) = allowing(view) else {
        return;
    };
    let is = |at: &ResourceTypeRef, names: &[&str]| {
        let service = view.catalog.services()[at.service];
        let name = service.resource_types[at.resource_type].name;
        service.prefix == PREFIX && names.contains(&name)
    };
    let reaches = |names: &[&str]| {
        let mut entries = allowing.iter().flat_map(|it| &it.resources);
        entries.any(|entry| entry.is_anything() || entry.types.iter().any(|at| is(at, names)))
    };
    let (models, profiles) = (reaches(MODELS), reaches(PROFILES));
    let is_profile = |entry: &&ResourceEntry<'_>| {
        !entry.types.is_empty() && entry.types.iter().all(|at| is(at, PROFILES))
    };
    for statement in &allowing {
        if !models {
            for entry in statement.resources.iter().filter(is_profile) {
                let message = format!(
                    "`{}` is an inference profile, but no statement allows the foundation models that it calls",
                    entry.text
                );
                findings.add(
                    PROFILE_WITHOUT_MODELS,
                    statement.resource_path(entry),
                    message,
                );
            }
        }
        let through = statement.comparisons.iter().find(|comparison| {
            comparison.key.eq_ignore_ascii_case(THROUGH)
                && comparison.is_true_without_key() == Some(false)
        });
        if let Some(comparison) = through
            && !profiles
        {
            let message = "the models are allowed only through inference profiles, but no statement allows a profile";
            findings.add(
                PROFILE_WITHOUT_MODELS,
                statement.comparison_path(comparison),
                message,
            );
        }
    }
}
