//! Actions that do more harm than their access level tells: those of a list with reasons and sources,
//! `snapshots/global/sensitive_actions.json`.

use super::finding::Findings;
use super::in_effect::list;
use super::view::View;
use super::{Code, Severity};
use crate::generated::sensitive::TABLE;

/// Why actions are on the list.
pub(crate) struct Reason {
    /// What a caller can do with them.
    pub(crate) why: &'static str,
    /// The page that says what they do.
    #[allow(dead_code, reason = "for the reader of the table")]
    pub(crate) source: &'static str,
    pub(crate) actions: &'static [&'static str],
}

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    // What a condition limits is granted with thought.
    if !view.allows() || view.has_not_action() || !view.comparisons.is_empty() {
        return;
    }
    for action in &view.actions {
        let on_list = |name: &str| TABLE.iter().find(|reason| reason.actions.contains(&name));
        let found: Vec<_> = action
            .matched
            .iter()
            .filter_map(|known| Some((known.facts().name, on_list(known.facts().name)?)))
            .collect();
        let Some((_, reason)) = found.first() else {
            continue;
        };
        let path = view.action_path(action.index);
        if action.is_exact() {
            let message = format!(
                "`{}` {}: make sure that it is meant, or add a condition",
                action.text, reason.why
            );
            findings.add(Code::SensitiveAction, path, message);
        } else {
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            let message = format!(
                "`{}` grants sensitive actions with the others: {}",
                action.text,
                list(&names)
            );
            findings.graded(
                Code::SensitiveAction,
                Severity::SecurityWarning,
                path,
                message,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn every_action_on_the_list_exists() {
        let known = Catalogue::enabled();
        let enabled = |name: &str| {
            let prefix = &name[..=name.find(':').unwrap()];
            known.iter().any(|action| action.starts_with(prefix))
        };
        for name in TABLE.iter().flat_map(|reason| reason.actions) {
            assert!(!enabled(name) || known.find(name).is_some(), "{name}");
        }
        assert!(
            TABLE
                .iter()
                .all(|reason| reason.source.starts_with("https://"))
        );
    }
}
