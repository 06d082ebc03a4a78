//! The principals of a statement, compared with the caller.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.

use crate::arn::fields;
use crate::aws::caller::CallerKind;
use crate::aws::principal::is_unique_id;
use crate::decide::caller::Caller;
use crate::decide::context::{Found, Keys};
use crate::decide::truth::Truth;
use crate::document::PrincipalElement;

/// How a statement names the caller, which decides what else has to allow the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grant {
    /// By its account, whose own policies decide who of it has access.
    Account,
    /// By the role of the session, which the boundary and the session policies limit.
    Role,
    /// By itself, or as everyone: nothing but a Deny limits it in the account of the resource.
    Direct,
}

/// Returns whether a principal element is about the caller, and how it names it.
pub(super) fn matches(
    element: &PrincipalElement,
    caller: &Caller,
    keys: &impl Keys,
) -> (Truth, Grant) {
    let kinds = match element {
        PrincipalElement::Text(text) => return (Truth::from(text == "*"), Grant::Direct),
        PrincipalElement::Kinds(kinds) => kinds,
    };
    let mut best = (Truth::False, Grant::Account);
    for (kind, list) in kinds {
        for text in list.texts() {
            let found = entry(kind, text, caller, keys);
            let rank = |(truth, grant): (Truth, Grant)| {
                (truth == Truth::True, truth == Truth::Unknown, grant)
            };
            if found.0 != Truth::False && rank(found) > rank(best) {
                best = found;
            }
        }
    }
    best
}

fn entry(kind: &str, text: &str, caller: &Caller, keys: &impl Keys) -> (Truth, Grant) {
    let direct = |found: bool| (Truth::from(found), Grant::Direct);
    match kind {
        "AWS" => aws(text, caller, keys),
        "Service" => direct(
            caller.kind() == CallerKind::Service && text.eq_ignore_ascii_case(caller.as_str()),
        ),
        "Federated" => direct(caller.kind() == CallerKind::Federated && text == caller.as_str()),
        // it depends on the account of the caller, but does not follow from the account's id
        _ => (Truth::Unknown, Grant::Direct),
    }
}

fn aws(text: &str, caller: &Caller, keys: &impl Keys) -> (Truth, Grant) {
    if text == "*" {
        return (Truth::True, Grant::Direct);
    }
    let Some(account) = caller.account() else {
        return (Truth::False, Grant::Direct);
    };
    if text == account {
        return (Truth::True, Grant::Account);
    }
    if is_unique_id(text) {
        return (has_id(text, keys), Grant::Direct);
    }
    if !text.starts_with("arn:") {
        return (Truth::False, Grant::Direct);
    }
    let resource = fields::resource(text);
    if fields::account(text) != Some(account) {
        return (Truth::False, Grant::Direct);
    }
    if resource == "root" {
        return (Truth::True, Grant::Account);
    }
    if text == caller.as_str() {
        let grant = match caller.kind() {
            CallerKind::Role => Grant::Role,
            _ => Grant::Direct,
        };
        return (Truth::True, grant);
    }
    // the names of roles are unique in an account, whatever their paths
    let role = resource
        .strip_prefix("role/")
        .and_then(|path| path.rsplit('/').next());
    let is_role =
        caller.kind() == CallerKind::Session && role.is_some() && role == caller.role_name();
    (Truth::from(is_role), Grant::Role)
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
