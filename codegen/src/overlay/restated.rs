//! Facts that a page stopped stating when its layout changed.

use std::collections::BTreeMap;

use iam_policy::wire::Service;

use super::Overlay;

/// Returns the dependent actions of the same service that a page stated, and its new layout does not,
/// by action, all with their prefix. Those in the overlay are omitted.
///
/// The current layout states dependent actions of other services only, as needs of the operation of
/// the same name; for the action's own service, it mixes them with optional ones.
pub fn no_longer_stated(
    old: &Service,
    new: &Service,
    overlay: &Overlay,
) -> BTreeMap<String, Vec<String>> {
    let full = |name: &str| format!("{}:{name}", new.prefix);
    let is_known = |action: &str, needed: &String| {
        let mut entries = overlay.dependent_actions.iter();
        entries.any(|it| it.action == action && it.dependent_actions.contains(needed))
    };
    let mut lost = BTreeMap::new();
    for (name, action) in &old.actions {
        let Some(now) = new.actions.get(name) else {
            continue;
        };
        let own = action.dependent_actions.iter().filter(|needed| {
            let mut current = new.actions.keys();
            !now.dependent_actions.contains(needed)
                && current.any(|it| full(it) == **needed)
                && !is_known(&full(name), needed)
        });
        let own: Vec<_> = own.cloned().collect();
        if !own.is_empty() {
            lost.insert(full(name), own);
        }
    }
    lost
}
