//! Names that were removed from the reference and are still emitted, with their deprecation.

use std::collections::BTreeSet;

use iam_policy::wire::{ResourceType, Service};

use super::render::literal;
use super::{Module, ident};
use crate::error::{Error, Result, quoted};
use crate::overlay::Kind;
use crate::removed::{Removal, Removed};

/// The removed names that are kept in addition to the current names.
pub(super) struct Kept<'a> {
    removed: &'a Removed,
    today: &'a Service,
    types_today: BTreeSet<&'a str>,
    keys_today: BTreeSet<&'a str>,
}

impl<'a> Kept<'a> {
    pub(super) fn new(removed: &'a Removed, today: &'a Service) -> Self {
        Self {
            removed,
            today,
            types_today: today.resource_type_names(),
            keys_today: today.condition_key_names(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.removed.is_empty()
    }

    /// Returns the removal of a name; `None` if the name is in the reference.
    pub(super) fn removed(&self, kind: Kind, name: &str) -> Option<Removal<'a>> {
        let is_listed = match kind {
            Kind::Action => self.today.actions.contains_key(name),
            Kind::ResourceType => self.types_today.contains(name),
            Kind::ConditionKey => self.keys_today.contains(name),
            Kind::Operation => {
                let mut rows = self.today.operations.iter();
                rows.any(|row| row.operation == name)
            }
            Kind::Placeholder => false,
        };
        (!is_listed).then(|| self.removed.of(kind, name)).flatten()
    }

    /// Returns the removal of a resource type's ARN. Actions may still name the resource type.
    pub(super) fn removed_arn(&self, resource_type: &str) -> Option<Removal<'a>> {
        let is_listed = self.today.resource_types.contains_key(resource_type);
        (!is_listed)
            .then(|| self.removed.of(Kind::ResourceType, resource_type))
            .flatten()
    }
}

/// Emits the attribute that deprecates an item; `replacement` is the path to use instead.
fn attribute(removal: Removal<'_>, replacement: Option<String>) -> String {
    let (since, date) = (removal.version.to_string(), removal.removed);
    let instead = replacement.map_or_else(String::new, |path| format!("; use `{path}`"));
    let note = format!("no longer in the Service Authorization Reference since {date}{instead}");
    format!(
        "#[deprecated(since = {}, note = {})]",
        literal(&since),
        literal(&note)
    )
}

impl Module<'_> {
    /// Emits the attribute of an enum's variant, if its name was removed.
    pub(super) fn deprecated_variant(&self, kind: Kind, name: &str) -> Result<Option<String>> {
        let of = enum_of(kind);
        self.deprecated(self.kept.removed(kind, name), kind, name, |it, other| {
            it.variant(kind, other)
                .map(|variant| format!("{of}::{variant}"))
        })
    }

    /// Emits the attribute of an action's type, if the action was removed.
    pub(super) fn deprecated_action(&self, name: &str) -> Result<Option<String>> {
        let removal = self.kept.removed(Kind::Action, name);
        self.deprecated(removal, Kind::Action, name, |it, other| {
            it.variant(Kind::Action, other)
                .map(|action| format!("action::{action}"))
        })
    }

    /// Emits the attribute of an item in `of` that needs the resource type's ARN, if the ARN was
    /// removed.
    pub(super) fn deprecated_arn(&self, name: &str, of: &str) -> Result<Option<String>> {
        let removal = self.kept.removed_arn(name);
        self.deprecated(removal, Kind::ResourceType, name, |it, other| {
            let builder = it.variant(Kind::ResourceType, other);
            let builder = builder.filter(|_| it.has_builder(other));
            builder.map(|builder| format!("{of}::{builder}"))
        })
    }

    /// Emits the attributes of a key's constant or function and of its type, if the key was removed.
    pub(super) fn deprecated_key(&self, name: &str) -> Result<[Option<String>; 2]> {
        let (kind, removal) = (
            Kind::ConditionKey,
            self.kept.removed(Kind::ConditionKey, name),
        );
        let item = self.deprecated(removal, kind, name, |it, other| {
            let key = it.names.condition_keys.get(other)?;
            Some(format!("key::{}", key.item))
        })?;
        let id = self.deprecated(removal, kind, name, |it, other| match it.global_id(other) {
            Some((_, id)) => Some(format!("global::{id}")),
            None => Some(format!("key::{}", it.variant(kind, other)?)),
        })?;
        Ok([item, id])
    }

    fn deprecated(
        &self,
        removal: Option<Removal<'_>>,
        kind: Kind,
        name: &str,
        path: impl Fn(&Self, &str) -> Option<String>,
    ) -> Result<Option<String>> {
        let Some(removal) = removal else {
            return Ok(None);
        };
        let other = self.replacement(kind, name, removal)?;
        Ok(Some(attribute(
            removal,
            other.and_then(|other| path(self, other)),
        )))
    }

    /// Returns the replacement of a name. It is checked, because people edit `removed.json`.
    fn replacement<'r>(
        &self,
        kind: Kind,
        name: &str,
        removal: Removal<'r>,
    ) -> Result<Option<&'r str>> {
        match removal.replaced_by {
            Some(other) if other == name || self.variant(kind, other).is_none() => {
                let found = format!("{} as its replacement", quoted(other));
                let expected = format!("the name of another {}", kind.name());
                Err(Error::new(found, expected)
                    .within(format!("{} {}", kind.name(), quoted(name)))
                    .within("removed.json"))
            }
            other => Ok(other),
        }
    }

    fn variant(&self, kind: Kind, name: &str) -> Option<&str> {
        match kind {
            Kind::Action => self.names.actions.get(name).map(String::as_str),
            Kind::ResourceType => self.names.resource_types.get(name).map(String::as_str),
            Kind::ConditionKey => {
                let key = self.names.condition_keys.get(name);
                key.map(|key| key.variant.as_str())
            }
            Kind::Operation => self.names.operations.get(name).map(String::as_str),
            Kind::Placeholder => None,
        }
    }

    /// Emits the clause of a row that was removed.
    pub(super) fn removed_clause(&self, kind: Kind, name: &str) -> Result<Option<Vec<String>>> {
        let Some(removal) = self.kept.removed(kind, name) else {
            return Ok(None);
        };
        let date = literal(&removal.removed.to_string());
        let other = self.replacement(kind, name, removal)?;
        let other = other.and_then(|other| self.variant(kind, other));
        Ok(Some(vec![match other.map(ident).transpose()? {
            Some(other) => format!("removed {date}, replaced by {other}"),
            None => format!("removed {date}"),
        }]))
    }

    /// Returns whether a resource type has a builder for its ARNs, which needs an ARN format.
    pub(super) fn has_builder(&self, resource_type: &str) -> bool {
        self.service.resource_types.contains_key(resource_type)
    }

    /// Returns the row of a resource type; `None` if it was removed and actions still name the type.
    pub(super) fn stated_type(&self, name: &str) -> Option<&ResourceType> {
        let known = self.service.resource_types.get(name)?;
        let lost = self.kept.types_today.contains(name) && self.kept.removed_arn(name).is_some();
        (!lost).then_some(known)
    }

    /// Returns the number of current names of a kind.
    pub(super) fn count(&self, kind: Kind) -> usize {
        let all = match kind {
            Kind::Action => self.names.actions.len(),
            Kind::ResourceType => self.names.resource_types.len(),
            Kind::ConditionKey => self.names.condition_keys.len(),
            Kind::Operation => self.names.operations.len(),
            Kind::Placeholder => 0,
        };
        let names = self.kept.removed.names().filter(|(it, _)| *it == kind);
        let removed = names.filter(|(_, name)| self.kept.removed(kind, name).is_some());
        all - removed.count()
    }

    /// Emits the attribute that stops rustc's warnings about deprecated items in generated files.
    pub(super) fn allowance(&self) -> &'static str {
        match self.kept.is_empty() {
            true => "",
            false => {
                "#[allow(deprecated, reason = \"removed names are kept for one minor version\")]\n"
            }
        }
    }
}

const fn enum_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Action => "Action",
        Kind::ResourceType => "ResourceType",
        Kind::ConditionKey => "ConditionKey",
        Kind::Operation => "Operation",
        Kind::Placeholder => "Placeholder",
    }
}
