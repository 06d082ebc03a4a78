//! Checks actions and resources of `.on_mixed`, in which not every pair is supported.

use crate::text::one_or_many::Text;
use crate::typed::action::ActionUse;
use crate::typed::policy::FaultKind;
use crate::typed::resource::ResourceKind;

/// Returns a fault for each action without a resource and for each resource without an action.
pub(super) fn unmatched(
    actions: &[ActionUse],
    texts: &[Text],
    kinds: &[ResourceKind],
) -> Vec<FaultKind> {
    let idle = actions
        .iter()
        .filter(|action| !kinds.iter().any(|kind| supports(action, kind)))
        .map(|action| FaultKind::NoResourceOf {
            action: action.name.to_string(),
            supports: match &action.supports {
                Some((_, types)) => types.clone(),
                None => Vec::new(),
            },
        });
    let unused = texts
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| !actions.iter().any(|action| supports(action, kind)))
        .map(|(text, _)| FaultKind::NoActionOn {
            resource: text.to_string(),
        });
    idle.chain(unused).collect()
}

fn supports(action: &ActionUse, kind: &ResourceKind) -> bool {
    match (&action.supports, kind) {
        (None, _) | (_, ResourceKind::Any) => true,
        (Some((service, types)), ResourceKind::Of(of, name)) => {
            service == of && types.contains(name)
        }
    }
}
