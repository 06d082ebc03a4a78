//! Actions that do more harm than their access level tells: of all overlays, for no page of the
//! reference marks them.

use crate::overlay::{Overlay, SensitiveActions};

/// The sensitive actions.
#[derive(Clone, Debug, Default)]
pub struct Sensitive {
    reasons: Vec<SensitiveActions>,
}

impl Sensitive {
    /// The sensitive actions of all overlays, in the order given.
    pub fn of<'a>(overlays: impl IntoIterator<Item = &'a Overlay>) -> Self {
        let overlays = overlays.into_iter();
        let reasons = overlays.flat_map(|overlay| overlay.sensitive_actions.iter().cloned());
        Self {
            reasons: reasons.collect(),
        }
    }

    /// The reasons with their actions.
    pub fn reasons(&self) -> &[SensitiveActions] {
        &self.reasons
    }

    /// Why an action is sensitive, if it is; IAM tells actions apart without case.
    pub fn reason(&self, action: &str) -> Option<&SensitiveActions> {
        let names = |reason: &&SensitiveActions| {
            let mut names = reason.actions.iter();
            names.any(|name| name.eq_ignore_ascii_case(action))
        };
        self.reasons.iter().find(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_of_all_overlays_are_found_whatever_their_case() {
        let of = |action: &str| {
            let text = format!(
                r#"[{{"actions": ["{action}"], "why": "w", "source": "https://example.com"}}]"#
            );
            Overlay::parse_sensitive_actions(&text).unwrap()
        };
        let list = Sensitive::of([&of("orchard:FellTree"), &of("plum:Eat")]);
        assert_eq!(list.reason("plum:EAT"), Some(&list.reasons()[1]));
        assert_eq!(list.reason("orchard:fellTree"), Some(&list.reasons()[0]));
        assert_eq!(list.reason("orchard:PlantTree"), None);
    }
}
