//! Statements that IAM rejects, so that nothing is known of them.

use crate::decide::policies::Layer;
use crate::decide::principal;
use crate::document::{Document, DocumentStatement, List, Scalar};
use crate::text::words::code;

/// The language version with policy variables.
pub(super) const WITH_VARIABLES: &str = "2012-10-17";
/// The version before, also of a policy that states none.
const WITHOUT_VARIABLES: &str = "2008-10-17";

/// The reason why IAM rejects a statement, or its policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unmodelled {
    NoStatement,
    DocumentMember,
    Version,
    Effect,
    Member,
    BothOf(&'static str, &'static str),
    NeitherOf(&'static str, &'static str),
    NotText(&'static str),
    Empty(&'static str),
    Principal,
}

impl Unmodelled {
    /// Returns why IAM rejects a policy, apart from its statements.
    pub(super) fn of_document(document: &Document) -> Option<Self> {
        let version = document.version.as_ref();
        match version.and_then(Scalar::as_str) {
            _ if document.statements.is_none() => Some(Self::NoStatement),
            _ if !document.others.is_empty() => Some(Self::DocumentMember),
            _ if document.id.as_ref().is_some_and(is_not_text) => Some(Self::NotText("Id")),
            Some(WITH_VARIABLES | WITHOUT_VARIABLES) => None,
            _ => version.map(|_| Self::Version),
        }
    }

    /// Returns why IAM rejects a statement of a layer.
    ///
    /// An empty list is valid: the statement has no effect, as IAM Access Analyzer reports. It does not
    /// document the effect of an empty list of exceptions.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
    pub(super) fn of_statement(source: &DocumentStatement, layer: Layer) -> Option<Self> {
        if !matches!(
            source.effect.as_ref().and_then(Scalar::as_str),
            Some("Allow" | "Deny")
        ) {
            return Some(Self::Effect);
        }
        if !source.others.is_empty() {
            return Some(Self::Member);
        }
        let [action, not_action, resource, not_resource] = lists(source);
        let principals = [&source.principal, &source.not_principal];
        match (principals, action.1, not_action.1) {
            ([Some(_), Some(_)], ..) => return Some(Self::BothOf("Principal", "NotPrincipal")),
            (_, Some(_), Some(_)) => return Some(Self::BothOf(action.0, not_action.0)),
            (_, None, None) => return Some(Self::NeitherOf(action.0, not_action.0)),
            _ => {}
        }
        match (resource.1, not_resource.1) {
            (Some(_), Some(_)) => return Some(Self::BothOf(resource.0, not_resource.0)),
            (None, None) if !layer.is_of_resource() => {
                return Some(Self::NeitherOf(resource.0, not_resource.0));
            }
            _ => {}
        }
        if source.sid.as_ref().is_some_and(is_not_text) {
            return Some(Self::NotText("Sid"));
        }
        for (name, list) in [action, not_action, resource, not_resource] {
            match list.map(List::as_slice) {
                Some([]) if name.starts_with("Not") => return Some(Self::Empty(name)),
                Some(values) if values.iter().any(is_not_text) => return Some(Self::NotText(name)),
                _ => {}
            }
        }
        let mut principals = principals.into_iter().flatten();
        let is_rejected =
            layer.has_principals() && principals.any(|it| principal::unmodelled(it).is_some());
        is_rejected.then_some(Self::Principal)
    }

    /// Returns the reason in words, for the text of a decision.
    pub(super) fn reason(self, source: &DocumentStatement) -> String {
        match self {
            Self::Effect => match source.effect.as_ref() {
                Some(effect) => format!("{} is not an effect", code(&effect.to_string())),
                None => "the statement has no `Effect`".to_owned(),
            },
            Self::BothOf(one, other) => format!("the statement has both `{one}` and `{other}`"),
            Self::NeitherOf(one, other) => {
                format!("the statement has neither `{one}` nor `{other}`")
            }
            Self::NotText(name) => {
                let lists = lists(source).into_iter().filter_map(|(_, list)| list);
                let values = lists.flat_map(List::as_slice);
                let value = source.sid.iter().chain(values).find(|it| is_not_text(it));
                let value = value.map_or(String::new(), |it| format!(" {}", code(&it.to_string())));
                format!("the value{value} of `{name}` is not a string")
            }
            Self::Empty(name) => format!("`{name}` has no values"),
            Self::Principal => {
                let elements = source.principal.iter().chain(&source.not_principal);
                elements.filter_map(principal::unmodelled).collect()
            }
            Self::NoStatement => "the policy has no `Statement`".to_owned(),
            Self::Version => {
                format!(
                    "the policy's version is neither `{WITH_VARIABLES}` nor `{WITHOUT_VARIABLES}`"
                )
            }
            Self::DocumentMember => {
                "the policy has a member that is not an element of a policy".to_owned()
            }
            Self::Member => {
                let name = source.others.first().map_or("", |(name, _)| name);
                format!("{} is not an element of a statement", code(name))
            }
        }
    }
}

fn is_not_text(value: &Scalar) -> bool {
    value.as_str().is_none()
}

/// Returns the lists of actions and resources.
fn lists(source: &DocumentStatement) -> [(&'static str, Option<&List>); 4] {
    [
        ("Action", source.action.as_ref()),
        ("NotAction", source.not_action.as_ref()),
        ("Resource", source.resource.as_ref()),
        ("NotResource", source.not_resource.as_ref()),
    ]
}
