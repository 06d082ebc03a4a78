//! Actions against the resources beside them.

use super::Code;
use super::finding::Findings;
use super::view::{Place, View, can_use};

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    if view.has_not_action() || view.has_not_resource() || view.resources.is_empty() {
        return;
    }
    let odd = view.resources.iter().any(Place::is_odd);
    let effect = if view.denies() { "denies" } else { "allows" };
    for action in &view.actions {
        // An action list or a wildcard is wrong only where nothing in it can match.
        let dead = |known| view.resources_of(known).next().is_none();
        if odd || action.matched.is_empty() || !action.matched.iter().all(|known| dead(*known)) {
            continue;
        }
        let first = action.matched[0].facts();
        let expected = if first.types == 0 {
            "expected `*`, for it is not authorized on single resources".to_owned()
        } else {
            let types = action.matched[0].of().types.iter().enumerate();
            let names = types.filter(|(index, _)| first.types >> index & 1 == 1);
            let names: Vec<_> = names.map(|(_, name)| *name).collect();
            format!("expected `*` or an ARN of {}", names.join(", "))
        };
        let message = format!(
            "the statement {effect} nothing by `{}`: none of its resources is one of the action's, {expected}",
            action.text
        );
        findings.add(
            Code::ActionWithoutResource,
            view.action_path(action.index),
            message,
        );
    }
    if !view.is_ours_alone() || view.actions.iter().any(|action| action.matched.is_empty()) {
        return;
    }
    for place in &view.resources {
        let known = place.pattern.is_some() && !place.is_everything() && !place.is_odd();
        let mut matched = view.actions.iter().flat_map(|action| &action.matched);
        if known && !matched.any(|known| can_use(*known, place)) {
            let message = format!(
                "none of the statement's actions is authorized on `{}`",
                place.text
            );
            findings.add(
                Code::ResourceWithoutAction,
                view.resource_path(place.index),
                message,
            );
        }
    }
}
