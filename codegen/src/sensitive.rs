//! Actions that do more harm than their access level tells: a list of our own, with reasons and
//! sources, for no page of the reference marks them.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};

/// The list, `snapshots/global/sensitive_actions.json`: part of the generator, for changes are judged
/// by it and the crate's checks are emitted from it.
const SNAPSHOT: &str = include_str!("../../snapshots/global/sensitive_actions.json");

/// The list's place below the project's folder.
const FILE: &str = "snapshots/global/sensitive_actions.json";

/// Why actions are on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What a caller can do with them, in words that follow the action's name.
    pub why: String,
    /// The page that says what they do.
    pub source: String,
    /// The actions, with their prefixes.
    pub actions: Vec<String>,
}

/// The sensitive actions.
#[derive(Clone, Debug)]
pub struct Sensitive {
    reasons: Vec<Reason>,
}

impl Sensitive {
    /// Reads the list.
    ///
    /// # Errors
    /// A list that is none, an action without a prefix, a source that is no `https` address.
    pub fn read() -> Result<Self> {
        Self::of(SNAPSHOT).map_err(|error| error.of(FILE))
    }

    fn of(text: &str) -> Result<Self> {
        let reasons: Vec<Reason> = serde_json::from_str(text).map_err(|error| {
            Error::new(
                error.to_string(),
                "reasons with `why`, `source` and `actions`",
            )
        })?;
        for reason in &reasons {
            if !reason.source.starts_with("https://") {
                return Err(Error::new(
                    format!("the source {}", quoted(&reason.source)),
                    "an address that begins with `https://`",
                ));
            }
            if let Some(bare) = reason.actions.iter().find(|name| !name.contains(':')) {
                return Err(Error::new(
                    format!("the action {}", quoted(bare)),
                    "one with its prefix, such as `bedrock:PutResourcePolicy`",
                ));
            }
        }
        Ok(Self { reasons })
    }

    /// The reasons with their actions, in the list's order.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// Why an action is on the list, if it is; IAM tells actions apart without case.
    pub fn reason(&self, action: &str) -> Option<&Reason> {
        let names = |reason: &&Reason| {
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
    fn actions_are_found_whatever_their_case() {
        let list = Sensitive::read().unwrap();
        let first = &list.reasons()[0];
        let found = list.reason(&first.actions[0].to_ascii_uppercase());
        assert_eq!(found, Some(first));
        assert_eq!(list.reason("orchard:PlantTree"), None);
    }

    #[test]
    fn a_list_that_is_none_names_what_is_wrong() {
        let error = |text: &str| Sensitive::of(text).unwrap_err().to_string();
        let bare = r#"[{"why": "w", "source": "https://example.com", "actions": ["Prune"]}]"#;
        assert!(
            error(bare).contains("the action `Prune`"),
            "{}",
            error(bare)
        );
        let source = r#"[{"why": "w", "source": "a book", "actions": []}]"#;
        assert!(
            error(source).contains("the source `a book`"),
            "{}",
            error(source)
        );
        assert!(error("{}").contains("reasons with"), "{}", error("{}"));
    }
}
