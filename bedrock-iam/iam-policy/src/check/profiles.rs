//! Inference profiles and the models behind them: a call by a profile is authorized on both.
//!
//! By <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html>.

use super::Code;
use super::finding::Findings;
use super::service::{Bits, services};
use super::view::View;

const PROFILES: &[&str] = &["inference-profile", "application-inference-profile"];
const MODELS: &[&str] = &["foundation-model"];
const ACTIONS: &[&str] = &[
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
];

pub(super) fn check(views: &[View<'_>], findings: &mut Findings) {
    let Some((number, service)) = services()
        .iter()
        .enumerate()
        .find(|(_, of)| of.prefix == "bedrock")
    else {
        return;
    };
    let set = |names: &[&str]| -> Bits {
        let types = service.types.iter().enumerate();
        types
            .filter(|(_, name)| names.contains(name))
            .fold(0, |all, (index, _)| all | 1 << index)
    };
    let (profiles, models) = (set(PROFILES), set(MODELS));
    let allowing: Vec<&View<'_>> = views
        .iter()
        .filter(|view| view.allows() && invokes(view))
        .collect();
    // What is not said by a list of resources may be anything.
    let open = |view: &&View<'_>| {
        view.has_not_action() || view.has_not_resource() || view.resources.is_empty()
    };
    if allowing.iter().any(open) {
        return;
    }
    let reach = |view: &View<'_>| {
        view.resources.iter().fold(0, |all, place| {
            all | if place.pattern.is_some() && !place.is_everything() {
                place.types(number)
            } else {
                !0
            }
        })
    };
    let reached = allowing.iter().fold(0, |all, view| all | reach(view));
    for view in &allowing {
        for place in &view.resources {
            let types = place.types(number);
            if !place.is_everything()
                && types & profiles != 0
                && types & !profiles == 0
                && reached & models == 0
            {
                let message = format!(
                    "`{}` is an inference profile, and no statement allows the foundation models that it calls",
                    place.text
                );
                findings.add(
                    Code::ProfileWithoutModels,
                    view.resource_path(place.index),
                    message,
                );
            }
        }
        let mut keys = view.comparisons.iter();
        let through = keys.find(|comparison| {
            comparison
                .key
                .eq_ignore_ascii_case("bedrock:InferenceProfileArn")
                && comparison.holds_without_key() == Some(false)
        });
        if let Some(comparison) = through
            && reached & profiles == 0
        {
            let message = "the models are allowed through inference profiles only, and no statement allows a profile";
            findings.add(
                Code::ProfileWithoutModels,
                comparison.path(view),
                message.to_owned(),
            );
        }
    }
}

/// Whether a statement names a call of models, `NotAction` aside.
fn invokes(view: &View<'_>) -> bool {
    let named = |action: &str| {
        view.actions.iter().any(|entry| {
            entry.is_everything()
                || entry
                    .pattern
                    .as_ref()
                    .is_some_and(|pattern| pattern.matches(action))
        })
    };
    ACTIONS
        .iter()
        .any(|action| named(action) != view.has_not_action())
}
