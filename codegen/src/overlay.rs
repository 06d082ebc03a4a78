//! What is known of a service beyond the reference: `snapshots/<module>/overlay.json`.
//!
//! People write and review the file; nothing rewrites it. Each entry has a reason and the page that
//! was looked up for it. An entry that matches nothing is an error, so that no entry outlives what
//! it was made for.

mod entry;
mod validate;

use std::collections::BTreeSet;

use iam_policy::wire;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result, quoted};
use entry::Entry;

pub use entry::{
    Delimiter, Identifier, Kind, NeededOnlyWith, NeededTogether, NotPrefix, OperationNeed,
    Placeholder, RegionlessArn, SensitiveActions, Sibling, Use,
};

/// What is known of a service beyond the reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// Identifiers that the rules of names would not give.
    pub identifiers: Vec<Identifier>,
    /// Actions that the table of operations lists and that only some uses need.
    pub needed_only_with: Vec<NeededOnlyWith>,
    /// Resource types that an action needs together.
    pub needed_together: Vec<NeededTogether>,
    /// Names of SDK clients and endpoints that are mistaken for prefixes of actions.
    pub not_prefixes: Vec<NotPrefix>,
    /// Actions that operations need and the table of operations lacks.
    pub operation_needs: Vec<OperationNeed>,
    /// Placeholders whose values may hold a delimiter.
    pub placeholders: Vec<Placeholder>,
    /// Resource types whose ARNs may lack the region that their template has.
    pub regionless_arns: Vec<RegionlessArn>,
    /// Actions that do more harm than their access level tells.
    pub sensitive_actions: Vec<SensitiveActions>,
    /// Actions that do the same as another one by another way.
    pub siblings: Vec<Sibling>,
}

/// What a placeholder may hold beside letters, digits and harmless signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Neither `:` nor `/`: the default.
    Strict,
    /// `:`.
    Colon,
    /// `/`.
    Slash,
    /// Both.
    Path,
}

impl Place {
    /// The place that holds these.
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
    /// Reads an overlay.
    ///
    /// # Errors
    /// Text that is not an overlay, a reason or source that is missing, lists that are not sorted,
    /// a fact that is stated twice.
    pub fn parse(text: &str) -> Result<Self> {
        let overlay: Self = json(text)?;
        overlay.well_formed()?;
        Ok(overlay)
    }

    /// Reads a list of sensitive actions: that of services without a module.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_sensitive_actions(text: &str) -> Result<Self> {
        let overlay = Self {
            sensitive_actions: json(text)?,
            ..Self::default()
        };
        overlay.well_formed()?;
        Ok(overlay)
    }

    /// The identifier that a name gets, if the rules are not enough for it.
    pub fn identifier(&self, kind: Kind, name: &str) -> Option<&str> {
        let mut entries = self.identifiers.iter();
        let found = entries.find(|it| it.kind == kind && it.name == name)?;
        Some(&found.identifier)
    }

    /// What a placeholder of a resource type may hold.
    pub fn place(&self, resource_type: &str, placeholder: &str) -> Place {
        let mut entries = self.placeholders.iter();
        let found =
            entries.find(|it| it.resource_type == resource_type && it.placeholder == placeholder);
        let holds = |sign| found.is_some_and(|it| it.may_hold.contains(&sign));
        Place::of(holds(Delimiter::Colon), holds(Delimiter::Slash))
    }

    /// Whether the region of a resource type's ARNs may be empty.
    pub fn may_lack_region(&self, resource_type: &str) -> bool {
        let mut entries = self.regionless_arns.iter();
        entries.any(|it| it.resource_type == resource_type)
    }

    /// The entries of each kind, under the kind's name in the file.
    fn kinds(&self) -> [(&'static str, Vec<&dyn Entry>); 9] {
        fn entries<T: Entry>(entries: &[T]) -> Vec<&dyn Entry> {
            entries.iter().map(|it| it as &dyn Entry).collect()
        }
        [
            ("identifiers", entries(&self.identifiers)),
            ("needed_only_with", entries(&self.needed_only_with)),
            ("needed_together", entries(&self.needed_together)),
            ("not_prefixes", entries(&self.not_prefixes)),
            ("operation_needs", entries(&self.operation_needs)),
            ("placeholders", entries(&self.placeholders)),
            ("regionless_arns", entries(&self.regionless_arns)),
            ("sensitive_actions", entries(&self.sensitive_actions)),
            ("siblings", entries(&self.siblings)),
        ]
    }

    /// Checks each entry; an error says which one it is in.
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
                    Error::new(format!("{} twice", quoted(twice)), "each fact once")
                        .within(format!("`{kind}`")),
                );
            }
        }
        Ok(())
    }
}

/// The sensitive actions of several overlays: those that do more harm than their access level tells.
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

/// Checks that names stand in order, so that each has one place.
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
    wire::from_json(text, "entries in the form that CONTRIBUTING describes").map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Overlay::parse(text).unwrap_err().to_string()
    }

    /// An entry for clients that are not prefixes.
    fn client(name: &str, why: &str, source: &str) -> String {
        format!(r#"{{"name": "{name}", "why": "{why}", "source": "{source}"}}"#)
    }

    #[test]
    fn an_error_names_the_entry_and_what_is_wrong() {
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
            "`not_prefixes`: found `a` twice, expected each fact once"
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
    fn text_in_another_form_is_refused_with_its_place() {
        let form = "expected entries in the form that CONTRIBUTING describes";
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
            ("{} {}", "found trailing characters"),
            ("{", "found EOF"),
            (r#"{"siblings": [{"#, "`siblings[0]`: found EOF"),
        ] {
            let error = refused(text);
            assert!(error.starts_with(place), "{error}");
            // of an unknown name, the known ones
            let is_unknown = place.contains("unknown");
            assert!(is_unknown || error.ends_with(form), "{error}");
            assert_eq!(error.matches("expected").count(), 1, "{error}");
        }
    }

    #[test]
    fn what_is_not_listed_is_strict() {
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
