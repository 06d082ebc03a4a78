//! Actions that need others beside them, and resources that are needed together.

use std::collections::BTreeSet;

use super::Code;
use super::finding::Findings;
use super::service::{Bits, Known};
use super::view::View;

/// Actions that are authorized on each of their required resource types in one call.
///
/// The reference marks several types as required and does not tell "all of them" from "one of
/// them"; these take both in one request.
const ALL_OF_THEM: &[(&str, &str)] = &[
    (
        "bedrock:AssociateAgentKnowledgeBase",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_AssociateAgentKnowledgeBase.html",
    ),
    (
        "bedrock:DisassociateAgentKnowledgeBase",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_DisassociateAgentKnowledgeBase.html",
    ),
    (
        "bedrock:GetAgentKnowledgeBase",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_GetAgentKnowledgeBase.html",
    ),
    (
        "bedrock:UpdateAgentKnowledgeBase",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_UpdateAgentKnowledgeBase.html",
    ),
];

/// What operations need that the reference's tables lack.
const ALSO: &[(&str, &[&str], &str)] = &[(
    "bedrock:Rerank",
    &["bedrock:InvokeModel"],
    "https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-prereq.html",
)];

pub(super) fn check(views: &[View<'_>], findings: &mut Findings) {
    let mut told: BTreeSet<Known> = BTreeSet::new();
    for view in views
        .iter()
        .filter(|view| view.allows() && !view.has_not_action())
    {
        for action in view.actions.iter().filter(|action| action.is_exact()) {
            let Some(known) = action.matched.first().filter(|known| told.insert(**known)) else {
                continue;
            };
            let name = known.facts().name;
            let also = ALSO
                .iter()
                .find(|(of, ..)| *of == name)
                .map_or(&[][..], |(_, also, _)| also);
            let needed = known.facts().dependent.iter().chain(also);
            let missing: Vec<_> = needed
                .filter(|needed| !allowed(needed, views))
                .map(|needed| format!("`{needed}`"))
                .collect();
            if !missing.is_empty() {
                let message = format!(
                    "`{name}` needs {} as well, which no statement here allows",
                    missing.join(", ")
                );
                findings.add(
                    Code::MissingDependentAction,
                    view.action_path(action.index),
                    message,
                );
            }
            if ALL_OF_THEM.iter().any(|(of, _)| *of == name) {
                together(
                    *known,
                    view,
                    view.action_path(action.index),
                    views,
                    findings,
                );
            }
        }
    }
}

fn names(view: &View<'_>, action: &str) -> bool {
    let matches = view.actions.iter().any(|entry| {
        entry.is_everything()
            || entry
                .pattern
                .as_ref()
                .is_some_and(|pattern| pattern.matches(action))
    });
    matches != view.has_not_action()
}

fn allowed(action: &str, views: &[View<'_>]) -> bool {
    views
        .iter()
        .any(|view| view.allows() && names(view, action))
}

/// Whether the statements that allow the action allow it on each of its types.
fn together(
    known: Known,
    view: &View<'_>,
    path: String,
    views: &[View<'_>],
    findings: &mut Findings,
) {
    let facts = known.facts();
    let reached = views
        .iter()
        .filter(|view| view.allows() && names(view, facts.name))
        .fold(0, |all: Bits, view| {
            let anything = view.has_not_resource() || view.resources.is_empty();
            let places = view.resources.iter().fold(0, |all, place| {
                all | if place.pattern.is_none() || place.is_everything() {
                    !0
                } else {
                    place.types(known.service)
                }
            });
            all | if anything { !0 } else { places }
        });
    let lacking = facts.types & !reached;
    // Where nothing fits, another finding says so.
    if lacking == 0 || lacking == facts.types || view.resources.is_empty() {
        return;
    }
    let types = known.of().types.iter().enumerate();
    let types: Vec<_> = types
        .filter(|(index, _)| lacking >> index & 1 == 1)
        .map(|(_, name)| *name)
        .collect();
    let message = format!(
        "a call of `{}` is authorized on each of its resources, and none here is of type {}",
        facts.name,
        types.join(", ")
    );
    findings.add(Code::MissingRequiredResource, path, message);
}
