//! The principals of a statement, compared with the caller.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>, read on
//! 2026-11-26.

use crate::arn::fields;
use crate::aws::caller::{self as aws_caller, CallerKind};
use crate::aws::principal::{self, PrincipalFault, is_unique_id};
use crate::decide::caller::Caller;
use crate::decide::context::{Found, Keys};
use crate::decide::request::Body;
use crate::decide::truth::Truth;
use crate::document::PrincipalElement;
use crate::text::words::code;

/// Whether a statement matches, by how it names the caller, which decides what else has to allow the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// By its account, whose own policies decide who of it has access.
    pub(super) account: Truth,
    /// By the role of the session, which the boundary and the session policies limit.
    pub(super) role: Truth,
    /// By itself, or as everyone: nothing but a Deny limits it in the account of the resource.
    pub(super) direct: Truth,
}

impl Match {
    pub(super) const NO: Self = Self {
        account: Truth::False,
        role: Truth::False,
        direct: Truth::False,
    };

    const ACCOUNT: Self = Self {
        account: Truth::True,
        ..Self::NO
    };

    pub(super) const fn direct(direct: Truth) -> Self {
        Self { direct, ..Self::NO }
    }

    const fn role(found: bool) -> Self {
        let role = if found { Truth::True } else { Truth::False };
        Self { role, ..Self::NO }
    }

    /// Returns whether the statement names the caller in any way.
    pub(super) const fn any(self) -> Truth {
        self.account.or(self.role).or(self.direct)
    }

    /// Returns whether it is not known of a way in which the statement may name the caller.
    pub(super) fn is_open(self) -> bool {
        [self.account, self.role, self.direct].contains(&Truth::Unknown)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            account: self.account.or(other.account),
            role: self.role.or(other.role),
            direct: self.direct.or(other.direct),
        }
    }

    pub(super) const fn and(self, truth: Truth) -> Self {
        Self {
            account: self.account.and(truth),
            role: self.role.and(truth),
            direct: self.direct.and(truth),
        }
    }
}

/// Returns whether a principal element is about the caller, and how it names it.
pub(super) fn matches(element: &PrincipalElement, caller: &Caller, keys: &impl Keys) -> Match {
    let kinds = match element {
        PrincipalElement::Text(text) => return Match::direct(Truth::from(text == "*")),
        PrincipalElement::Kinds(kinds) => kinds,
    };
    let entries = kinds.iter().flat_map(|(kind, list)| {
        list.texts()
            .map(move |text| entry(kind, text, caller, keys))
    });
    entries.fold(Match::NO, Match::or)
}

/// Returns whether `NotPrincipal` exempts the caller from a Deny.
///
/// The entry of an account exempts only the account's root user. The guide asks for more entries beside that
/// of a user or a role, and leaves it to the service whether it exempts a caller without them.
pub(super) fn exempts(element: &PrincipalElement, caller: &Caller, request: &Body) -> Truth {
    let named = matches(element, caller, request);
    match caller.kind() {
        _ if entries(element).contains(&"*") => Truth::True,
        CallerKind::Root => named.any(),
        _ => match missing(element, caller, request).is_empty() {
            true => named.direct.or(named.role),
            false => named.direct.or(named.role).and(Truth::Unknown),
        },
    }
}

/// Returns the entries that the guide asks for and that a `NotPrincipal` with an entry of the caller lacks:
/// the ARN of a session, that of its role, and that of its account. In the account of the resource, the entry
/// of the account is not needed.
pub(super) fn missing(element: &PrincipalElement, caller: &Caller, request: &Body) -> Vec<String> {
    let named = matches(element, caller, request);
    let mut missing = Vec::new();
    if named.direct.or(named.role) == Truth::False {
        return missing;
    }
    if caller.kind() == CallerKind::Session {
        let own = [
            (named.direct, Some(caller.as_str())),
            (named.role, caller.arn()),
        ];
        let lacking = own.into_iter().filter(|(named, _)| *named != Truth::True);
        missing.extend(lacking.filter_map(|(_, arn)| arn).map(str::to_owned));
    }
    if let Some(account) = caller.account()
        && request.resource_account() != Some(account)
        && named.account != Truth::True
    {
        missing.push(aws_caller::root(caller.partition(), account));
    }
    missing
}

/// Returns whether an element names a canonical user id, of which it is not known whose it is.
pub(super) fn has_canonical_user(element: &PrincipalElement) -> bool {
    match element {
        PrincipalElement::Text(_) => false,
        PrincipalElement::Kinds(kinds) => kinds.iter().any(|(kind, _)| kind == "CanonicalUser"),
    }
}

/// Returns why IAM rejects an element, if it does.
pub(super) fn unmodelled(element: &PrincipalElement) -> Option<String> {
    let kinds = match element {
        PrincipalElement::Text(text) if text == "*" => return None,
        PrincipalElement::Text(text) => {
            return Some(format!(
                "{} is not a principal; expected `*`, or an object such as `{{\"AWS\": …}}`",
                code(text)
            ));
        }
        PrincipalElement::Kinds(kinds) => kinds,
    };
    kinds.iter().find_map(|(kind, list)| {
        if !["AWS", "Service", "Federated", "CanonicalUser"].contains(&kind.as_str()) {
            return Some(format!("{} is not a kind of principal", code(kind)));
        }
        list.as_slice().iter().find_map(|value| {
            let expected = match principal::fault(kind, value.as_str().unwrap_or_default())? {
                PrincipalFault::Form(expected) => expected.to_owned(),
                PrincipalFault::OtherKind(kind) => format!("it under `{kind}`"),
                PrincipalFault::Deleted => return None,
            };
            let value = code(&value.to_string());
            Some(format!(
                "{value} is not a principal of the kind `{kind}`; expected {expected}"
            ))
        })
    })
}

fn entry(kind: &str, text: &str, caller: &Caller, keys: &impl Keys) -> Match {
    let direct = |found: bool| Match::direct(Truth::from(found));
    match kind {
        "AWS" => aws(text, caller, keys),
        "Service" => direct(
            caller.kind() == CallerKind::Service && text.eq_ignore_ascii_case(caller.as_str()),
        ),
        "Federated" => direct(caller.kind() == CallerKind::Federated && text == caller.as_str()),
        // it depends on the account of the caller, but does not follow from the account's id
        _ => Match::direct(Truth::Unknown),
    }
}

fn aws(text: &str, caller: &Caller, keys: &impl Keys) -> Match {
    if text == "*" {
        return Match::direct(Truth::True);
    }
    let Some(account) = caller.account() else {
        return Match::NO;
    };
    if text == account {
        return Match::ACCOUNT;
    }
    if is_unique_id(text) {
        return Match::direct(has_id(text, keys));
    }
    if !text.starts_with("arn:") || fields::account(text) != Some(account) {
        return Match::NO;
    }
    let resource = fields::resource(text);
    if resource == "root" {
        return Match::ACCOUNT;
    }
    if text == caller.as_str() {
        return match caller.kind() {
            CallerKind::Role => Match::role(true),
            _ => Match::direct(Truth::True),
        };
    }
    // the names of roles are unique in an account, whatever their paths
    let role = resource
        .strip_prefix("role/")
        .and_then(|path| path.rsplit('/').next());
    let is_role =
        caller.kind() == CallerKind::Session && role.is_some() && role == caller.role_name();
    Match::role(is_role)
}

/// Returns whether the caller has a unique id; a session's is that of its role and the session's name.
fn has_id(id: &str, keys: &impl Keys) -> Truth {
    match keys.find("aws:userid") {
        Found::Unknown => Truth::Unknown,
        // an id in a policy is that of a principal that was deleted, unless it is stated
        Found::Absent => Truth::False,
        Found::Values(values) => Truth::from(values.iter().any(|value| {
            let rest = value.strip_prefix(id);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })),
    }
}

/// Returns the entries of a principal element, as written.
pub(super) fn entries(element: &PrincipalElement) -> Vec<&str> {
    match element {
        PrincipalElement::Text(text) => vec![text],
        PrincipalElement::Kinds(kinds) => kinds.iter().flat_map(|(_, list)| list.texts()).collect(),
    }
}
