//! What was removed from the reference and is emitted all the same, with its deprecation.

use std::collections::BTreeSet;

use iam_policy::wire::{ResourceType, Service};

use super::render::literal;
use super::{Module, ident};
use crate::error::{Error, Result, quoted};
use crate::overlay::Kind;
use crate::removed::{Removal, Removed};

/// What is kept beside the names of today.
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

    /// What is known of a name that the reference has no longer.
    pub(super) fn removed(&self, kind: Kind, name: &str) -> Option<Removal<'a>> {
        let there = match kind {
            Kind::Action => self.today.actions.contains_key(name),
            Kind::ResourceType => self.types_today.contains(name),
            Kind::ConditionKey => self.keys_today.contains(name),
            Kind::Operation => {
                let mut rows = self.today.operations.iter();
                rows.any(|row| row.operation == name)
            }
            Kind::Placeholder => false,
        };
        (!there).then(|| self.removed.of(kind, name)).flatten()
    }

    /// What is known of a resource type whose ARN the reference has no longer: an action may still
    /// name the type.
    pub(super) fn removed_arn(&self, resource_type: &str) -> Option<Removal<'a>> {
        let there = self.today.resource_types.contains_key(resource_type);
        (!there)
            .then(|| self.removed.of(Kind::ResourceType, resource_type))
            .flatten()
    }
}

/// The attribute that deprecates an item; `replacement` is the path to use instead.
fn attribute(gone: Removal<'_>, replacement: Option<String>) -> String {
    let (since, date) = (gone.version.to_string(), gone.removed);
    let instead = replacement.map_or_else(String::new, |path| format!("; use `{path}`"));
    let note = format!("no longer in the Service Authorization Reference since {date}{instead}");
    format!(
        "#[deprecated(since = {}, note = {})]",
        literal(&since),
        literal(&note)
    )
}

impl Module<'_> {
    /// The attribute of an enum's variant, if what it stands for is gone.
    pub(super) fn deprecated_variant(&self, kind: Kind, name: &str) -> Result<Option<String>> {
        let of = enum_of(kind);
        self.deprecated(self.kept.removed(kind, name), kind, name, |it, other| {
            it.variant(kind, other)
                .map(|variant| format!("{of}::{variant}"))
        })
    }

    /// The attribute of an action's type, if the action is gone.
    pub(super) fn deprecated_action(&self, name: &str) -> Result<Option<String>> {
        let gone = self.kept.removed(Kind::Action, name);
        self.deprecated(gone, Kind::Action, name, |it, other| {
            it.variant(Kind::Action, other)
                .map(|action| format!("action::{action}"))
        })
    }

    /// The attribute of what is made of a resource type's ARN, if that is gone: the item of its name
    /// in `of`.
    pub(super) fn deprecated_arn(&self, name: &str, of: &str) -> Result<Option<String>> {
        let gone = self.kept.removed_arn(name);
        self.deprecated(gone, Kind::ResourceType, name, |it, other| {
            let has_arn = it.service.resource_types.contains_key(other);
            let builder = it.variant(Kind::ResourceType, other).filter(|_| has_arn);
            builder.map(|builder| format!("{of}::{builder}"))
        })
    }

    /// The attributes of a key's constant or function and of the type that stands for it, if the key
    /// is gone.
    pub(super) fn deprecated_key(&self, name: &str) -> Result<[Option<String>; 2]> {
        let (kind, gone) = (
            Kind::ConditionKey,
            self.kept.removed(Kind::ConditionKey, name),
        );
        let item = self.deprecated(gone, kind, name, |it, other| {
            let key = it.names.condition_keys.get(other)?;
            Some(format!("key::{}", key.item))
        })?;
        let id = self.deprecated(gone, kind, name, |it, other| match it.global_id(other) {
            Some((_, id)) => Some(format!("global::{id}")),
            None => Some(format!("key::{}", it.variant(kind, other)?)),
        })?;
        Ok([item, id])
    }

    fn deprecated(
        &self,
        gone: Option<Removal<'_>>,
        kind: Kind,
        name: &str,
        path: impl Fn(&Self, &str) -> Option<String>,
    ) -> Result<Option<String>> {
        let Some(gone) = gone else {
            return Ok(None);
        };
        let other = self.replacement(kind, name, gone)?;
        Ok(Some(attribute(
            gone,
            other.and_then(|other| path(self, other)),
        )))
    }

    /// What replaces a name; a person may have written it.
    fn replacement<'g>(
        &self,
        kind: Kind,
        name: &str,
        gone: Removal<'g>,
    ) -> Result<Option<&'g str>> {
        match gone.replaced_by {
            Some(other) if other == name || self.variant(kind, other).is_none() => {
                let found = format!("{} as what replaces it", quoted(other));
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

    /// The clause of a row that was removed.
    pub(super) fn removed_clause(&self, kind: Kind, name: &str) -> Result<Option<Vec<String>>> {
        let Some(gone) = self.kept.removed(kind, name) else {
            return Ok(None);
        };
        let date = literal(&gone.removed.to_string());
        let other = self.replacement(kind, name, gone)?;
        let other = other.and_then(|other| self.variant(kind, other));
        Ok(Some(vec![match other.map(ident).transpose()? {
            Some(other) => format!("removed {date}, replaced by {other}"),
            None => format!("removed {date}"),
        }]))
    }

    /// The row of a resource type as it is stated: none where actions still name a type whose row is
    /// gone.
    pub(super) fn stated_type(&self, name: &str) -> Option<&ResourceType> {
        let known = self.service.resource_types.get(name)?;
        let lost = self.kept.types_today.contains(name) && self.kept.removed_arn(name).is_some();
        (!lost).then_some(known)
    }

    /// How many names of a kind the reference has today.
    pub(super) fn count(&self, kind: Kind) -> usize {
        let all = match kind {
            Kind::Action => self.names.actions.len(),
            Kind::ResourceType => self.names.resource_types.len(),
            Kind::ConditionKey => self.names.condition_keys.len(),
            Kind::Operation => self.names.operations.len(),
            Kind::Placeholder => 0,
        };
        let names = self.kept.removed.names().filter(|(it, _)| *it == kind);
        let gone = names.filter(|(_, name)| self.kept.removed(kind, name).is_some());
        all - gone.count()
    }

    /// What keeps rustc from warning of the deprecated items in a generated file itself.
    pub(super) fn allowance(&self) -> &'static str {
        match self.kept.is_empty() {
            true => "",
            false => {
                "#[allow(deprecated, reason = \"what was removed from the reference is kept for a while\")]\n"
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
