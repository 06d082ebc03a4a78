//! Actions that do the same by another way: who denies one and forgets the other denies nothing.

use super::finding::Findings;
use super::service::services;
use super::view::View;
use super::{Code, Severity};
use crate::Catalogue;

/// An action beside another.
struct Sibling {
    action: &'static str,
    /// How it does what the other does.
    how: &'static str,
    /// Whether an `Allow` without it is worth a word, or a `Deny` alone.
    in_allow: bool,
}

/// An action with its siblings, and the page that tells of them.
struct Family {
    action: &'static str,
    #[allow(dead_code, reason = "for the reader of the table")]
    source: &'static str,
    siblings: &'static [Sibling],
}

/// `Converse`, `ConverseStream` and `StartAsyncInvoke` have no action of their own: `InvokeModel` or
/// its streaming form authorizes them.
const FAMILIES: &[Family] = &[
    Family {
        action: "bedrock:InvokeModel",
        source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
        siblings: &[
            Sibling {
                action: "bedrock:InvokeModelWithResponseStream",
                how: "the same with the answer as a stream",
                in_allow: true,
            },
            Sibling {
                action: "bedrock:CreateModelInvocationJob",
                how: "many prompts at once, asynchronously, by a service role",
                in_allow: false,
            },
            Sibling {
                action: "bedrock-mantle:CreateInference",
                how: "the models of the other endpoint",
                in_allow: false,
            },
        ],
    },
    Family {
        action: "bedrock:InvokeModelWithResponseStream",
        source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html",
        siblings: &[Sibling {
            action: "bedrock:InvokeModel",
            how: "the same with the answer in one piece",
            in_allow: false,
        }],
    },
    Family {
        action: "bedrock-mantle:CreateInference",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html",
        siblings: &[Sibling {
            action: "bedrock:InvokeModel",
            how: "the models of the other endpoint",
            in_allow: false,
        }],
    },
];

pub(super) fn check(views: &[View<'_>], findings: &mut Findings) {
    for view in views.iter().filter(|view| !view.has_not_action()) {
        for action in &view.actions {
            let family = FAMILIES.iter().find(|family| {
                action.is_exact() && family.action.eq_ignore_ascii_case(action.text)
            });
            if let Some(family) = family {
                forgotten(
                    family,
                    view,
                    view.action_path(action.index),
                    views,
                    findings,
                );
            }
        }
    }
}

fn forgotten(
    family: &Family,
    view: &View<'_>,
    path: String,
    views: &[View<'_>],
    findings: &mut Findings,
) {
    let missing = |sibling: &&Sibling| {
        (view.denies() || sibling.in_allow)
            && is_known(sibling.action)
            && !named(sibling.action, view, views)
    };
    let parts: Vec<_> = family
        .siblings
        .iter()
        .filter(missing)
        .map(|sibling| format!("`{}` ({})", sibling.action, sibling.how))
        .collect();
    if parts.is_empty() {
        return;
    }
    let (severity, message) = if view.denies() {
        let message = format!(
            "`{}` is denied, and the same stays open by {}",
            family.action,
            parts.join(", ")
        );
        (Severity::SecurityWarning, message)
    } else if view.allows() {
        let message = format!(
            "`{}` is allowed without {}",
            family.action,
            parts.join(", ")
        );
        (Severity::Suggestion, message)
    } else {
        return;
    };
    findings.graded(Code::ForgottenSibling, severity, path, message);
}

/// Whether the reference knows an action; of a module that is not enabled the table is the source.
fn is_known(action: &str) -> bool {
    let enabled = services().iter().any(|of| {
        action
            .strip_prefix(of.prefix)
            .is_some_and(|rest| rest.starts_with(':'))
    });
    !enabled || Catalogue::enabled().find(action).is_some()
}

/// Whether a statement of the same effect names the action, with or without a wildcard.
fn named(action: &str, view: &View<'_>, views: &[View<'_>]) -> bool {
    let same = views.iter().filter(|other| other.effect == view.effect);
    let mut same = same.map(|other| {
        let matches = other.actions.iter().any(|entry| {
            entry.is_everything()
                || entry
                    .pattern
                    .as_ref()
                    .is_some_and(|pattern| pattern.matches(action))
        });
        matches != other.has_not_action()
    });
    same.any(|named| named)
}
