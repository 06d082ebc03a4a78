//! Causes that an action of its own makes likely.
//!
//! See
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>.

use iam_policy::DenialKind;
use iam_policy::decide::Layer;
use iam_policy::words::{code, list};

use super::causes::{Causes, cause};
use super::statements::{PASS_ROLE, Request};
use super::{Denial, layers};

/// The actions, in lower case, that a permissions boundary on the new or changed principal can be
/// required for.
const ON_PRINCIPALS: &[&str] = &[
    "iam:attachrolepolicy",
    "iam:attachuserpolicy",
    "iam:createrole",
    "iam:createuser",
    "iam:putrolepolicy",
    "iam:putuserpolicy",
];

pub(super) fn causes(request: &Request<'_>, denial: &Denial, causes: &mut Causes) {
    let action = request.action();
    let layer = denial.layer().unwrap_or(Layer::Identity);
    match denial.kind() == Some(DenialKind::Explicit) {
        true => denied(&action, layer, causes),
        false if layer == Layer::Identity => {
            not_allowed(request, &action, causes);
            operation(request, denial, causes);
        }
        false => {}
    }
    let plain = denial
        .stated()
        .plain()
        .to_ascii_lowercase()
        .replace('\n', " ");
    let is_key = action.starts_with("kms:") || action.is_empty() && plain.contains("key that");
    if is_key && plain.contains("does not exist in this region") {
        causes.add(cause(
            "key-or-policy",
            "the key does not exist in the region of the call, or its policy does not allow the caller, or denies it",
            "the message names the three alternatives",
            "check the key's ID and region first; then add the statement to the key's policy",
        ).at(Layer::Resource).adding(request.allow(Layer::Resource)));
    }
}

fn denied(action: &str, layer: Layer, causes: &mut Causes) {
    if ON_PRINCIPALS.contains(&action) {
        causes.add(cause(
            "boundary-required",
            "a `Deny` permits new or changed roles and users only if they have a certain permissions boundary",
            "the action creates or changes a principal",
            "pass the boundary with the call (`--permissions-boundary`, `PermissionsBoundary` in a template)",
        ));
    }
    if action.ends_with(":callwithbearertoken") {
        causes.add(cause(
            "api-keys-denied",
            "the account or organization denies Bedrock API keys",
            "the action is `CallWithBearerToken`, and the denial explicit",
            "call with the credentials of a role (remove `AWS_BEARER_TOKEN_BEDROCK`), or ask the owner of the policy for an exemption",
        ).at(layer));
    }
}

fn not_allowed(request: &Request<'_>, action: &str, causes: &mut Causes) {
    let policy = || request.allow(Layer::Identity);
    if action.ends_with(":callwithbearertoken") {
        let other = match action.starts_with("bedrock-mantle:") {
            true => "`bedrock:CallWithBearerToken`",
            false => "`bedrock-mantle:CallWithBearerToken`",
        };
        causes.add(cause(
            "api-key-not-allowed",
            format!("the application calls with an API key (a bearer token, which some clients make from other credentials); this has an action of its own, on every resource: a statement that is limited to an ARN does not allow it, and {other} is another action"),
            "the action is `CallWithBearerToken`",
            format!("add the statement, with `\"Resource\": \"*\"`, to a policy of the user or role behind the key, and {other} if the application calls that endpoint too; or call with other credentials"),
        ).at(Layer::Identity).adding(policy()));
    } else if action.starts_with("bedrock-mantle:") {
        causes.add(cause(
            "mantle-not-allowed",
            "the application calls the endpoint `bedrock-mantle`, which has actions of its own: statements for `bedrock:InvokeModel` do not allow it",
            "the action has the prefix `bedrock-mantle`",
            "add the statement, or call the endpoint `bedrock-runtime`",
        ).at(Layer::Identity).adding(policy()));
    } else if action == PASS_ROLE {
        let service = request.passed_to().map(code);
        let limit = service.map_or_else(
            || "limit it with `iam:PassedToService` to the service that the call passes the role to".to_owned(),
            |service| format!("it is limited to {service}, to which the call passes the role"),
        );
        causes.add(
            cause(
                "pass-role",
                "the call passes a role to a service, and the caller may not pass it",
                "the action is `iam:PassRole`, the resource the role",
                format!("add the statement to the policies of the caller; {limit}"),
            )
            .at(Layer::Identity)
            .adding(policy()),
        );
    }
}

/// Adds the cause that a policy has the name of the operation instead of the action.
fn operation(request: &Request<'_>, denial: &Denial, causes: &mut Causes) {
    let stated = denial.stated();
    let Some(operation) = stated.operation() else {
        return;
    };
    if !operation.starts_with("Converse") || !request.action().starts_with("bedrock:invoke") {
        return;
    }
    // a policy without any statement for the action is more likely
    if !causes.add_statements() {
        layers::no_statement(request, causes);
    }
    causes.add(
        cause(
            "operation-is-not-action",
            format!(
                "a policy allows `bedrock:{operation}`, which is an API operation and not an action"
            ),
            format!(
                "the call is {}, the denied action {}",
                code(operation),
                list(request.actions, 1)
            ),
            "replace it by the denied action",
        )
        .at(Layer::Identity),
    );
}
