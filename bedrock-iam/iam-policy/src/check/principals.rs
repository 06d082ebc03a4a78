//! The principals of statements, for the rules.

use crate::check::rule::{DocumentView, KeyComparison, StatementView};
use crate::condition::{Family, SetOperator};
use crate::document::{Path, PrincipalElement};

use super::view::entries;

/// A principal of `Principal` or `NotPrincipal`.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrincipalEntry<'a> {
    /// The statement element.
    pub(super) element: &'static str,
    /// The kind, such as `AWS`; `None` for the string `*`.
    pub(super) kind: Option<&'a str>,
    index: Option<usize>,
    /// The entry as written.
    pub(super) text: &'a str,
}

impl PrincipalEntry<'_> {
    /// Returns whether it is everyone.
    pub(super) fn is_anyone(&self) -> bool {
        self.text == "*" && matches!(self.kind, None | Some("AWS"))
    }

    /// Returns whether it is of this kind.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind == Some(kind)
    }
}

impl<'a> StatementView<'a> {
    /// Returns the principals of `Principal` and `NotPrincipal`.
    pub(super) fn principals(&self) -> impl Iterator<Item = PrincipalEntry<'a>> {
        let elements = [
            ("Principal", &self.source.principal),
            ("NotPrincipal", &self.source.not_principal),
        ];
        let elements = elements
            .into_iter()
            .filter_map(|(name, element)| Some((name, element.as_ref()?)));
        elements.flat_map(|(element, principals)| {
            let (anyone, kinds) = match principals {
                PrincipalElement::Text(text) => (Some(text), &[][..]),
                PrincipalElement::Kinds(kinds) => (None, kinds.as_slice()),
            };
            let anyone = anyone.map(|text| PrincipalEntry {
                element,
                kind: None,
                index: None,
                text,
            });
            let of_kinds = kinds.iter().flat_map(move |(kind, list)| {
                entries(Some(list)).map(move |(index, text)| PrincipalEntry {
                    element,
                    kind: Some(kind),
                    index,
                    text,
                })
            });
            anyone.into_iter().chain(of_kinds)
        })
    }

    /// Returns the principals to whom an `Allow` statement gives access.
    pub(super) fn allowed_principals(&self) -> impl Iterator<Item = PrincipalEntry<'a>> {
        let allows = self.allows();
        self.principals()
            .filter(move |it| allows && it.element == "Principal")
    }

    /// Returns the path of a principal.
    pub(super) fn principal_path(&self, entry: &PrincipalEntry<'_>) -> Path {
        let mut path = self.path.member(entry.element);
        if let Some(kind) = entry.kind {
            path = path.member(kind.to_owned());
        }
        match entry.index {
            Some(index) => path.index(index),
            None => path,
        }
    }
}

impl KeyComparison<'_> {
    /// Returns whether it is true only for requests with the key and one of the values.
    pub(super) fn requires_value(&self) -> bool {
        self.operator.is_some_and(|operator| {
            !operator.is_negated()
                && !operator.if_exists
                && operator.set != Some(SetOperator::ForAllValues)
                && operator.family() != Family::Null
        })
    }

    /// Returns whether it is on this key.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }
}

impl DocumentView<'_> {
    /// Returns whether the statements of the policy give access by themselves. Those of boundaries, session
    /// policies and control policies only limit what other policies give.
    pub(super) const fn grants(&self) -> bool {
        self.kind.grants()
    }
}
