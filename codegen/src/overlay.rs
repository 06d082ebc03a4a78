//! Facts that the reference does not state, from `snapshots/<module>/overlay.json`.
//!
//! Maintainers write the file by hand. `cargo xtask regen` reads it, and adds only the dependent
//! actions that a page stopped stating. A module without the file has no such facts. The file is a JSON object with a list for each kind of fact:
//!
//! | list | an entry states | fields |
//! |---|---|---|
//! | `dependent_actions` | actions that an action also requires | `action`, `dependent_actions` |
//! | `identifiers` | an identifier that overrides the naming rules | `kind` (`action`, `resource-type`, `condition-key`, `operation`, `placeholder`), `name`, `identifier` |
//! | `key_templates` | a condition key with a placeholder that the page does not mark as one | `key`, `template` |
//! | `needed_only_with` | an action in the operations table that only a certain use of the operations needs | `action`, `operations` (default: all that list the action), `use` (words with hyphens, such as `api-keys` or `tagging`), `when` (the condition, in words that follow the action's name) |
//! | `needed_together` | a resource type that actions need in addition to others | `actions`, `operations` (the operations for which they need it; default: every use), `beside` (the other types; default: it is always needed), `needs`, `or` (types that can take its place) |
//! | `not_keys` | a name that is easily mistaken for a condition key of the service | `key`, which must not be on the page; `instead` (the key that is meant; without it, messages show `why`) |
//! | `not_prefixes` | an SDK client or endpoint that is easily mistaken for a service prefix | `name`, which must not be the prefix of a module |
//! | `operation_needs` | actions that operations need and that are missing from the operations table | `operations`, `actions`, `context` (condition keys with their values) |
//! | `other_pages` | pages without a module whose actions have the same prefix: names that are missing here may be there | `pages` |
//! | `placeholders` | a placeholder whose values may contain `:` or `/` | `resource_type`, `placeholder`, `may_hold` (a list of `":"` and `"/"`) |
//! | `regionless_arns` | a resource type whose ARNs may omit the region of their template | `resource_type` |
//! | `sensitive_actions` | actions that are more dangerous than their access level suggests | `actions` |
//! | `siblings` | an action with the same effect as another one: a policy that denies one has to deny both | `action`, `sibling` |
//! | `unstated_keys` | condition keys of the page that are in the requests of actions although the page does not state them there | `actions`, `keys` |
//! | `unstated_resources` | a resource type that actions are authorized on although the page does not state it for them | `actions`, `resource_type`, `resource` (the last field of the ARN, if it is always the same one), `required` (whether they always are) |
//!
//! Each entry also has the fields
//!
//! - `why`: the reason, in your own words and short enough for a message;
//! - `source`: the address of the page that states the fact;
//! - `unverified`: `true` if no page states the fact. `source` is then the most relevant page.
//!
//! Actions are written with their prefix. The entries of a list, and the names in an entry, are
//! sorted, and no fact is stated twice. An entry that matches nothing on the module's page, or that
//! the page itself states, is an error, so that obsolete entries are found ([`Overlay::validate`]).

mod applied;
mod entry;
mod restated;
mod validate;

use std::collections::BTreeSet;

use iam_policy::wire;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result, quoted};
use entry::Entry;

pub use restated::no_longer_stated;

pub use entry::{
    Delimiter, DependentActions, Identifier, KeyTemplate, Kind, NeededOnlyWith, NeededTogether,
    NotKey, NotPrefix, OperationNeed, OtherPages, Placeholder, RegionlessArn, SensitiveActions,
    Sibling, UnstatedKeys, UnstatedResource,
};

/// Facts of a service that the reference does not state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// Actions that an action also requires.
    pub dependent_actions: Vec<DependentActions>,
    /// Identifiers that override the rules of [`names`](crate::names).
    pub identifiers: Vec<Identifier>,
    /// Condition keys with a placeholder that the page does not mark as one.
    pub key_templates: Vec<KeyTemplate>,
    /// Actions in the operations table that only certain uses of the operations need.
    pub needed_only_with: Vec<NeededOnlyWith>,
    /// Resource types that actions need in addition to others.
    pub needed_together: Vec<NeededTogether>,
    /// Names that are easily mistaken for condition keys of the service.
    pub not_keys: Vec<NotKey>,
    /// Names of SDK clients and endpoints that are easily mistaken for service prefixes.
    pub not_prefixes: Vec<NotPrefix>,
    /// Actions that operations need and that are missing from the operations table.
    pub operation_needs: Vec<OperationNeed>,
    /// Pages without a module whose actions have the same prefix.
    pub other_pages: Vec<OtherPages>,
    /// Placeholders whose values may contain delimiters.
    pub placeholders: Vec<Placeholder>,
    /// Resource types whose ARNs may omit the region of their template.
    pub regionless_arns: Vec<RegionlessArn>,
    /// Actions that are more dangerous than their access level suggests.
    pub sensitive_actions: Vec<SensitiveActions>,
    /// Actions with the same effect as another one.
    pub siblings: Vec<Sibling>,
    /// Condition keys that the page does not state for actions.
    pub unstated_keys: Vec<UnstatedKeys>,
    /// The resources of actions for which the page states no resource type.
    pub unstated_resources: Vec<UnstatedResource>,
}

/// The delimiters that a placeholder's values may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Neither `:` nor `/`, which is the default.
    Strict,
    /// Only `:`.
    Colon,
    /// Only `/`.
    Slash,
    /// Both.
    Path,
}

impl Place {
    /// Returns the variant for values that may contain these delimiters.
    pub const fn of(colon: bool, slash: bool) -> Self {
        match (colon, slash) {
            (false, false) => Self::Strict,
            (true, false) => Self::Colon,
            (false, true) => Self::Slash,
            (true, true) => Self::Path,
        }
    }
}

impl Overlay {
    /// Parses an overlay.
    ///
    /// # Errors
    /// Returns [`Error`] if the text is not an overlay, a reason or source is missing, a list is not
    /// sorted, or a fact is stated twice.
    pub fn parse(text: &str) -> Result<Self> {
        let overlay: Self = json(text)?;
        overlay.well_formed()?;
        Ok(overlay)
    }

    /// Parses the list of sensitive actions of services without a module.
    ///
    /// # Errors
    /// Same as [`parse`](Self::parse).
    pub fn parse_sensitive_actions(text: &str) -> Result<Self> {
        let overlay = Self {
            sensitive_actions: json(text)?,
            ..Self::default()
        };
        overlay.well_formed()?;
        Ok(overlay)
    }

    /// Returns the identifier that overrides the rules for a name.
    pub fn identifier(&self, kind: Kind, name: &str) -> Option<&str> {
        let mut entries = self.identifiers.iter();
        let found = entries.find(|it| it.kind == kind && it.name == name)?;
        Some(&found.identifier)
    }

    /// Returns the delimiters that the values of a resource type's placeholder may contain.
    pub fn place(&self, resource_type: &str, placeholder: &str) -> Place {
        let mut entries = self.placeholders.iter();
        let found =
            entries.find(|it| it.resource_type == resource_type && it.placeholder == placeholder);
        let holds = |sign| found.is_some_and(|it| it.may_hold.contains(&sign));
        Place::of(holds(Delimiter::Colon), holds(Delimiter::Slash))
    }

    /// Returns whether the region of a resource type's ARNs may be empty.
    pub fn may_lack_region(&self, resource_type: &str) -> bool {
        let mut entries = self.regionless_arns.iter();
        entries.any(|it| it.resource_type == resource_type)
    }

    /// Returns the entries of each list, with the list's name in the file.
    fn kinds(&self) -> [(&'static str, Vec<&dyn Entry>); 15] {
        fn entries<T: Entry>(entries: &[T]) -> Vec<&dyn Entry> {
            entries.iter().map(|it| it as &dyn Entry).collect()
        }
        [
            ("dependent_actions", entries(&self.dependent_actions)),
            ("identifiers", entries(&self.identifiers)),
            ("key_templates", entries(&self.key_templates)),
            ("needed_only_with", entries(&self.needed_only_with)),
            ("needed_together", entries(&self.needed_together)),
            ("not_keys", entries(&self.not_keys)),
            ("not_prefixes", entries(&self.not_prefixes)),
            ("operation_needs", entries(&self.operation_needs)),
            ("other_pages", entries(&self.other_pages)),
            ("placeholders", entries(&self.placeholders)),
            ("regionless_arns", entries(&self.regionless_arns)),
            ("sensitive_actions", entries(&self.sensitive_actions)),
            ("siblings", entries(&self.siblings)),
            ("unstated_keys", entries(&self.unstated_keys)),
            ("unstated_resources", entries(&self.unstated_resources)),
        ]
    }

    /// Checks each entry, and adds the entry to the place of an error.
    fn each(&self, mut check: impl FnMut(&dyn Entry) -> Result<()>) -> Result<()> {
        for (kind, entries) in self.kinds() {
            for (index, entry) in entries.into_iter().enumerate() {
                check(entry).map_err(|error| error.within(format!("`{kind}[{index}]`")))?;
            }
        }
        Ok(())
    }

    fn well_formed(&self) -> Result<()> {
        self.each(|entry| {
            let (why, source) = entry.basis();
            if why.trim().is_empty() {
                return Err(Error::new("an empty `why`", "a reason"));
            }
            let address = source.strip_prefix("https://").unwrap_or_default();
            if address.is_empty() || address.contains(char::is_whitespace) {
                return Err(Error::new(
                    format!("the source {}", quoted(source)),
                    "an address that begins with `https://`",
                ));
            }
            let facts = entry.facts();
            if facts.is_empty() {
                return Err(Error::new("an empty list", "at least one name in it"));
            }
            sorted(&facts)
        })?;
        for (kind, entries) in self.kinds() {
            let facts: Vec<_> = entries.iter().map(|entry| entry.facts()).collect();
            let first: Vec<_> = facts.iter().filter_map(|it| it.first().cloned()).collect();
            sorted(&first).map_err(|error| error.within(format!("`{kind}`")))?;
            let mut stated = BTreeSet::new();
            if let Some(twice) = facts.iter().flatten().find(|it| !stated.insert(*it)) {
                return Err(
                    Error::new(format!("{} twice", quoted(twice)), "each fact only once")
                        .within(format!("`{kind}`")),
                );
            }
        }
        Ok(())
    }
}

/// The sensitive actions of several overlays: those that are more dangerous than their access level
/// suggests.
#[derive(Clone, Debug, Default)]
pub struct Sensitive {
    reasons: Vec<SensitiveActions>,
}

impl Sensitive {
    /// Collects the sensitive actions of all overlays, in the order given.
    pub fn of<'a>(overlays: impl IntoIterator<Item = &'a Overlay>) -> Self {
        let overlays = overlays.into_iter();
        let reasons = overlays.flat_map(|overlay| overlay.sensitive_actions.iter().cloned());
        Self {
            reasons: reasons.collect(),
        }
    }

    /// Returns the entries.
    pub fn reasons(&self) -> &[SensitiveActions] {
        &self.reasons
    }

    /// Returns the entry of an action, if it is sensitive. Case is ignored, as IAM does.
    pub fn reason(&self, action: &str) -> Option<&SensitiveActions> {
        let names = |reason: &&SensitiveActions| {
            let mut names = reason.actions.iter();
            names.any(|name| name.eq_ignore_ascii_case(action))
        };
        self.reasons.iter().find(names)
    }
}

/// Checks that names are sorted.
fn sorted(names: &[String]) -> Result<()> {
    match names.windows(2).find(|pair| pair[0] > pair[1]) {
        Some(pair) => Err(Error::new(
            format!("{} after {}", quoted(&pair[1]), quoted(&pair[0])),
            "a sorted list",
        )),
        None => Ok(()),
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T> {
    wire::from_json(
        text,
        "entries in the form documented in `codegen/src/overlay.rs`",
    )
    .map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Overlay::parse(text).unwrap_err().to_string()
    }

    /// Returns an entry of `not_prefixes`.
    fn client(name: &str, why: &str, source: &str) -> String {
        format!(r#"{{"name": "{name}", "why": "{why}", "source": "{source}"}}"#)
    }

    #[test]
    fn errors_name_the_entry_and_the_fault() {
        let source = "https://example.com/page";
        let ok = |name: &str| client(name, "a client", source);
        let clients =
            |entries: &[String]| format!(r#"{{"not_prefixes": [{}]}}"#, entries.join(","));
        assert!(Overlay::parse(&clients(&[ok("a"), ok("b")])).is_ok());
        assert_eq!(
            refused(&clients(&[ok("a"), client("b", " ", source)])),
            "`not_prefixes[1]`: found an empty `why`, expected a reason"
        );
        assert_eq!(
            refused(&clients(&[client("a", "a client", "a book")])),
            "`not_prefixes[0]`: found the source `a book`, expected an address that begins with `https://`"
        );
        assert_eq!(
            refused(&clients(&[ok("b"), ok("a")])),
            "`not_prefixes`: found `a` after `b`, expected a sorted list"
        );
        assert_eq!(
            refused(&clients(&[ok("a"), ok("a")])),
            "`not_prefixes`: found `a` twice, expected each fact only once"
        );
        assert_eq!(
            refused(
                r#"{"sensitive_actions": [{"actions": ["a:B", "a:A"], "why": "w", "source": "https://example.com"}]}"#
            ),
            "`sensitive_actions[0]`: found `a:A` after `a:B`, expected a sorted list"
        );
        assert_eq!(
            refused(
                r#"{"sensitive_actions": [{"actions": [], "why": "w", "source": "https://example.com"}]}"#
            ),
            "`sensitive_actions[0]`: found an empty list, expected at least one name in it"
        );
    }

    #[test]
    fn invalid_json_is_rejected_with_its_place() {
        let form = "expected entries in the form documented in `codegen/src/overlay.rs`";
        for (text, place) in [
            (
                r#"{"not_prefixes": [{"name": "a", "why": "w"}]}"#,
                "`not_prefixes[0]`: found no `source`",
            ),
            (
                r#"{"siblings": [{"how": "s"}]}"#,
                "`siblings[0].how`: found unknown field `how`",
            ),
            (
                r#"{"sibling": []}"#,
                "`sibling`: found unknown field `sibling`",
            ),
            (
                r#"{"placeholders": [{"may_hold": ["?"]}]}"#,
                "`placeholders[0].may_hold[0]`: found unknown variant `?`",
            ),
            ("{} {}", "found text that is not JSON (trailing characters)"),
            ("{", "found EOF"),
            (r#"{"siblings": [{"#, "`siblings[0]`: found EOF"),
        ] {
            let error = refused(text);
            assert!(error.starts_with(place), "{error}");
            // the error of an unknown name lists the valid ones instead
            let is_unknown = place.contains("unknown");
            assert!(is_unknown || error.ends_with(form), "{error}");
            assert_eq!(error.matches("expected").count(), 1, "{error}");
        }
    }

    #[test]
    fn names_without_entries_get_the_defaults() {
        let overlay = Overlay::parse(
            r#"{"placeholders": [{"resource_type": "tree", "placeholder": "Id", "may_hold": ["/", ":"],
                "why": "w", "source": "https://example.com"}],
               "regionless_arns": [{"resource_type": "tree", "why": "w", "source": "https://example.com"}],
               "identifiers": [{"kind": "resource-type", "name": "tree", "identifier": "Oak", "why": "w",
                "source": "https://example.com"}]}"#,
        )
        .unwrap();
        assert_eq!(overlay.place("tree", "Id"), Place::Path);
        assert_eq!(overlay.place("tree", "Name"), Place::Strict);
        assert_eq!(overlay.place("row", "Id"), Place::Strict);
        assert!(overlay.may_lack_region("tree") && !overlay.may_lack_region("row"));
        assert_eq!(overlay.identifier(Kind::ResourceType, "tree"), Some("Oak"));
        assert_eq!(overlay.identifier(Kind::Action, "tree"), None);
    }

    #[test]
    fn sensitive_actions_of_all_overlays_are_found_ignoring_case() {
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
