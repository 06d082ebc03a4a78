//! Causes that the layer of a denial makes likely.
//!
//! See
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>.

use iam_policy::decide::Layer;
use iam_policy::words::{code, list, with_article};

use super::Denial;
use super::caller::Caller;
use super::causes::{Causes, cause};
use super::conditions::common;
use super::statements::Request;

/// Adds the cause that no statement of the caller's policies allows the action.
pub(super) fn no_statement(request: &Request<'_>, causes: &mut Causes) {
    let caller = request.caller;
    let place = match caller {
        _ if caller.is_service_role() => {
            "a policy of this service role (not of the caller of the API)"
        }
        _ if caller.is_permission_set() => "the permission set in IAM Identity Center",
        Caller { role: Some(_), .. } => "a policy of the role",
        Caller { is_user: true, .. } => "a policy of the user or its group",
        _ => "a policy of the caller",
    };
    let account = request.resource.and_then(|arn| arn.split(':').nth(4));
    let has_account =
        |arn: &str| !arn.starts_with("arn:aws:s3") && !arn.contains("::foundation-model/");
    let sign = match (request.resource, account) {
        (Some("*"), _) if request.needs_every_resource() => {
            "the resource is `*`: the action can't be limited to an ARN, so a statement with one does not allow it"
        }
        (_, Some("aws")) => {
            "the account in the ARN is `aws`: the resource belongs to AWS, and a pattern with the own account does not match it"
        }
        (Some(arn), Some("")) if has_account(arn) => {
            "the account in the ARN is empty: a pattern with the own account does not match it"
        }
        _ if caller.is_api_key => {
            "the principal is the user of a Bedrock API key, which has only the policies that were attached with the key"
        }
        _ => "the message names no `Deny`",
    };
    let (text, change) = match request.actions {
        [] => (
            "no identity-based policy of the caller allows the request".to_owned(),
            format!(
                "find the action in CloudTrail (`eventName`, `errorCode`), and allow it in {place}"
            ),
        ),
        actions => (
            format!(
                "no identity-based policy of the caller allows {}",
                list(actions, 2)
            ),
            match request.resource {
                Some(_) => format!("add the statement to {place}"),
                None => format!(
                    "add the statement to {place}, limited to the resources that the application uses"
                ),
            },
        ),
    };
    causes.add(
        cause("not-allowed", text, sign, change)
            .at(Layer::Identity)
            .adding(request.allow(Layer::Identity)),
    );
}

/// Adds the causes of a request that no identity-based policy allows.
pub(super) fn not_allowed(request: &Request<'_>, causes: &mut Causes) {
    let caller = request.caller;
    if !causes.add_statements() {
        no_statement(request, causes);
    }
    if caller.is_instance {
        let role = caller
            .role
            .map_or_else(String::new, |role| format!(" {}", code(role)));
        causes.add_second(cause(
            "instance-credentials",
            format!("the application used the role{role} of the EC2 instance or node instead of its own credentials"),
            "the session is named for an instance (`i-…`)",
            "give the application its own role, such as one of an EKS service account or Pod Identity; pass `AWS_ROLE_ARN` and `AWS_WEB_IDENTITY_TOKEN_FILE` on to child processes; check with `aws sts get-caller-identity`",
        ));
    }
    other_account(request, causes);
    let change = match request.action().starts_with("bedrock:invoke") {
        true => {
            "meet the condition in the call (for example, send the guardrail, or use the VPC endpoint), or widen the statement"
        }
        false => "meet the condition in the call, or widen the statement",
    };
    causes.add(cause(
        "condition-not-met",
        format!("a statement allows the action, but its condition or resource does not match the request; common are conditions on {}", common(request)),
        "an `Allow` that does not match reads like one that is missing: look for it in the caller's policies",
        change,
    ).at(Layer::Identity));
    if caller.role.is_some() && !caller.is_permission_set() && !caller.is_instance {
        causes.add(cause(
            "session-policy",
            "the session has a session policy, set by the proxy, pipeline or broker that assumed the role, and it omits the action",
            "the principal is a role session, and its role has the statement: such a denial can also read \"no identity-based policy\"",
            "add the statement to the policy that is passed when the role is assumed (`Policy`, `PolicyArns`)",
        ).at(Layer::Session).adding(request.allow(Layer::Session)));
    }
    let sign = match caller.is_user {
        true => {
            "compare the user in the message with the intended one; an access key in the environment precedes a profile"
        }
        false => "compare the principal in the message with the intended one",
    };
    causes.add(cause(
        "other-credentials",
        "the application used other credentials than intended",
        sign,
        "check with `aws sts get-caller-identity`, and configure the intended role or key",
    ));
}

/// Adds the cause of different accounts, if the message states two.
fn other_account(request: &Request<'_>, causes: &mut Causes) {
    if let (Some(own), Some(other)) = (request.caller.account, request.foreign_account()) {
        causes.add(cause(
            "other-account",
            format!("the resource is in account {}, the caller in {}", code(other), code(own.as_str())),
            "the accounts in the ARNs of principal and resource differ",
            "name the resource of the caller's account, or use credentials of the account that owns it; if the access across accounts is intended, both accounts have to allow it",
        ));
    }
}

/// Adds the causes of a request that a `Deny` matches.
pub(super) fn denied(request: &Request<'_>, denial: &Denial, causes: &mut Causes) {
    let layer = denial.layer();
    let owner = match layer {
        Some(Layer::ServiceControl | Layer::ResourceControl) => {
            " (only the organization's management account or a delegated administrator can)"
        }
        _ => "",
    };
    if let Some(arn) = denial.policy_arn() {
        if arn.contains("AWSCompromisedKeyQuarantine") {
            causes.add(cause(
                "quarantine",
                "AWS quarantined the user because its access key was exposed",
                "the policy is `AWSCompromisedKeyQuarantine…`",
                "rotate the key and check the account for abuse, as the case of AWS Support describes, then detach the policy",
            ).at(layer));
        }
        causes.add(cause(
            "named-policy",
            format!("a `Deny` in {} matches the request", code(arn)),
            "the message has the ARN of the policy after the reason",
            format!("change the `Deny` in this policy or detach the policy{owner}; if AWS Budgets attached it, wait for the next budget period or reverse the budget's action"),
        ).at(layer));
    } else {
        let name = layer.map_or_else(|| "policy".to_owned(), |it| it.policy_name().to_owned());
        let change = match layer {
            Some(Layer::Identity) => "look for a `Deny` that matches the action in the inline and managed policies of the user and its groups, or of the role; exempt the request there with a condition or `NotResource`, or detach the policy".to_owned(),
            Some(Layer::ServiceControl) => format!("look for the `Deny` in the service control policies of the account and of the organizational units above it; exempt the request there{owner}, or make a request that the policy permits"),
            Some(Layer::ResourceControl) => format!("look for the `Deny` in the resource control policies of the account that owns the resource; exempt the caller there{owner}"),
            Some(Layer::Resource) => "exempt the caller or the request in the `Deny` of the resource's policy, or go through the principal that it permits, such as a gateway".to_owned(),
            Some(Layer::VpcEndpoint) => "exempt the request in the `Deny` of the endpoint's policy, or send it another way".to_owned(),
            Some(Layer::Session) => "remove or narrow the `Deny` in the policy that is passed when the session is created".to_owned(),
            Some(other) => format!("exempt the request in the `Deny` of the {}", other.policy_name()),
            None => "look for a `Deny` that matches the action: in the caller's policies, in service control policies, in the permissions boundary, in the policy of the resource; `errorMessage` of the event in CloudTrail can name the layer".to_owned(),
        };
        let sign = "the message has the words \"explicit deny\", and no ARN of a policy";
        causes.add(
            cause(
                "deny",
                format!("a `Deny` in {} matches the request", with_article(&name)),
                sign,
                change,
            )
            .at(layer),
        );
    }
    if layer.is_none() {
        causes.add_second(cause(
            "mfa",
            "a `Deny` requires MFA (`aws:MultiFactorAuthPresent`), and the credentials were obtained without it",
            "the request succeeds in the console after a sign-in with MFA, but not with an access key",
            "get temporary credentials with an MFA code (`aws sts get-session-token --serial-number … --token-code …`) and use them",
        ).at(Layer::Identity));
    }
    causes.add(cause(
        "deny-condition",
        format!("the `Deny` has a condition that the request can meet; common are conditions on {}", common(request)),
        "the same request succeeds with other parameters, or from another network, region or session",
        "make the request as the condition requires",
    ).at(layer));
    if layer == Some(Layer::ServiceControl) {
        causes.add(cause(
            "scp-list",
            "no service control policy allows the action: older messages call this an explicit deny too",
            "the organization uses lists of allowed actions instead of `FullAWSAccess`",
            "add the statement to a service control policy on every level from the root to the account",
        ).at(layer).adding(request.allow(Layer::ServiceControl)));
    }
    if layer == Some(Layer::Identity) {
        causes.add(
            cause(
                "allow-too",
                "after the `Deny` is changed, the request may still lack an `Allow`",
                "a `Deny` is evaluated first, so the message shows nothing about it",
                "keep or add the statement",
            )
            .at(layer)
            .adding(request.allow(Layer::Identity)),
        );
    }
}

/// Adds the causes of a request that a layer which only limits does not allow.
pub(super) fn ceiling(layer: Layer, request: &Request<'_>, causes: &mut Causes) {
    let name = layer.policy_name();
    let change = match layer {
        Layer::ServiceControl => {
            "add the statement to a service control policy on every level from the root to the account; only the organization's management account or a delegated administrator can; in a sandbox or training account, use another account, or a service that it permits"
        }
        Layer::VpcEndpoint => "add the statement to the policy of the VPC endpoint",
        Layer::Boundary => {
            "add the statement to the permissions boundary, or replace the boundary by one that has the action; the caller's own policies do not widen it"
        }
        _ => "ask the owner of the policy to add the action",
    };
    causes.add(cause(
        "not-in-ceiling",
        format!("no {name} allows the action; such a policy gives no access, but the request needs an `Allow` in it too"),
        format!("the reason names the {name}"),
        change,
    ).at(layer).adding(request.allow(layer)));
    if layer == Layer::VpcEndpoint {
        causes.add(cause(
            "endpoint-by-accident",
            "the request takes the VPC endpoint by accident: because of private DNS, or a VPN that routes `amazonaws.com` into the VPC",
            "the caller does not run in the VPC of the endpoint",
            "remove the domain from the list of the VPN or resolver and connect again, or use an endpoint whose policy allows the action",
        ));
        causes.add(cause(
            "endpoint-aws-resource",
            "the resource belongs to AWS, such as the bucket with the layers of ECR images, and the endpoint's policy lists only own resources",
            "the resource does not belong to the caller's account",
            "list the resource of AWS in the endpoint's policy too",
        ).at(layer));
    }
    if layer == Layer::ServiceControl || layer == Layer::Boundary {
        causes.add(cause(
            "other-request",
            format!("the {name} allows the action only for other resources, models or regions"),
            "the same action succeeds elsewhere",
            "use a resource, model or region that the policy permits",
        ));
    }
}

/// Adds the causes of a request that the session policy does not allow.
pub(super) fn session(request: &Request<'_>, causes: &mut Causes) {
    let caller = request.caller;
    if caller.is_cognito() {
        causes.add(cause(
            "cognito-scope",
            "Amazon Cognito limits the session: credentials of its enhanced flow for guests have a session policy with a fixed list of services",
            "the session is named `CognitoIdentityCredentials`",
            "call the service from a backend with a role of its own, or use Cognito's basic (classic) flow with `AssumeRoleWithWebIdentity`, which has no such policy",
        ));
    }
    let text = match caller.is_federated {
        true => {
            "the policy passed to `GetFederationToken` omits the action on this resource, perhaps on purpose: the session may be limited to one tenant"
        }
        false => {
            "the session policy, passed by the application, proxy, pipeline or service that assumed the role, omits the action on this resource"
        }
    };
    causes.add(cause(
        "session-policy",
        text,
        "the reason names the session policy",
        "add the statement to the policy that is passed when the session is created (`Policy`, `PolicyArns`), or use a session without one; the role's own policies do not widen it",
    ).at(Layer::Session).adding(request.allow(Layer::Session)));
    causes.add(cause(
        "service-session",
        "an AWS service runs the action with a limited session of the role",
        "the session belongs to a service, such as a pipeline",
        "give the action or job a role of its own",
    ));
}

/// Adds the causes of a request that no resource-based policy allows.
pub(super) fn resource(request: &Request<'_>, is_anonymous: bool, causes: &mut Causes) {
    let text = match request.action().starts_with("kms:") {
        true => "the key's policy allows neither the caller nor the account's IAM policies",
        false => "the policy of the resource does not allow the caller, or the resource has none",
    };
    let sign = match request.foreign_account() {
        Some(_) => {
            "the accounts of principal and resource differ, so both sides have to allow the request"
        }
        None => "the reason names the resource-based policy",
    };
    causes.add(cause(
        "resource-policy",
        text,
        sign,
        "add the statement to the policy of the resource, and allow the action in the caller's own policies too",
    ).at(Layer::Resource).adding(request.allow(Layer::Resource)));
    if is_anonymous {
        causes.add(cause(
            "anonymous",
            "the request is not signed, so the caller is anonymous",
            "the principal is `anonymous`",
            "sign the requests with credentials of a principal that the resource's policy allows",
        ));
    }
    other_account(request, causes);
    causes.add(cause(
        "other-account",
        "the call names a resource of another account than intended, or uses credentials of another account",
        "a request within an account rarely needs a resource-based policy",
        "use the ID or ARN of the resource in the caller's account, or credentials of the account that owns it",
    ));
    causes.add(cause(
        "condition-not-met",
        format!("a statement of the resource's policy names the caller, but its condition does not match; common are conditions on {}", common(request)),
        "the policy of the resource has such a statement",
        "meet the condition in the call, or widen it",
    ).at(Layer::Resource));
}

/// Adds the causes of a role that can't be assumed.
pub(super) fn trust(request: &Request<'_>, is_explicit: bool, causes: &mut Causes) {
    if is_explicit {
        causes.add(
            cause(
                "trust-deny",
                "a `Deny` in the role's trust policy matches the caller",
                "the reason names the trust policy",
                "remove the `Deny` from the trust policy, or exempt the caller",
            )
            .at(Layer::Resource),
        );
    }
    if request.action().starts_with("sts:assumerolewith") {
        return federated(request, causes);
    }
    let (text, change) = match &*request.action() {
        "sts:tagsession" => (
            "the session is created with tags, and the role's trust policy does not allow `sts:TagSession`",
            "add the statement to the trust policy, or create the session without tags",
        ),
        "sts:setsourceidentity" => (
            "the session is created with a source identity, and the role's trust policy does not allow `sts:SetSourceIdentity`",
            "add the statement to the trust policy, or create the session without a source identity",
        ),
        _ => (
            "the role's trust policy does not name the caller, or the role does not exist",
            "add the statement to the trust policy of the role",
        ),
    };
    causes.add(
        cause(
            "trust-policy",
            text,
            "the action is one of a trust policy",
            change,
        )
        .at(Layer::Resource)
        .adding(request.allow(Layer::Resource)),
    );
    causes.add(cause(
        "trust-condition",
        format!("the trust policy names the caller, but its condition does not match; common are conditions on {}", common(request)),
        "the trust policy has a condition",
        "pass what the condition requires, such as the external ID (`--external-id`, `external_id`) or the session name (`role_session_name`)",
    ).at(Layer::Resource));
    causes.add(cause(
        "not-allowed",
        format!("no policy of the caller allows {} on the role; across accounts, both sides have to allow it", list(request.actions, 2)),
        "the roles or accounts differ",
        "add the statement to a policy of the caller",
    ).at(Layer::Identity).adding(request.allow(Layer::Identity)));
}

/// Adds the causes of a role that can't be assumed with a token or assertion of an identity provider.
///
/// Such a call is not signed, so no policy of the caller allows it, and it has no external ID. See
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>.
fn federated(request: &Request<'_>, causes: &mut Causes) {
    let sign = "the action assumes a role with a token of an identity provider";
    let (provider, condition, create) = match request.action().ends_with("saml") {
        true => (
            "`\"Principal\": {\"Federated\": \"arn:aws:iam::…:saml-provider/…\"}` and the action `sts:AssumeRoleWithSAML`",
            "compare the condition, such as `SAML:aud` (`https://signin.aws.amazon.com/saml`), with the assertion",
            "create the SAML provider in the account of the role, with the current metadata of the identity provider",
        ),
        false => (
            "`\"Principal\": {\"Federated\": \"arn:aws:iam::…:oidc-provider/…\"}`, with the issuer of the token without `https://`, and the action `sts:AssumeRoleWithWebIdentity`",
            "compare the conditions on `…:aud` and `…:sub` (the issuer without `https://` before the colon) with the claims `aud` and `sub` of the token; they are case-sensitive, and only `StringLike` knows `*`",
            "create the OpenID Connect provider in the account of the role, with the token's issuer and audience",
        ),
    };
    causes.add(
        cause(
            "trust-condition",
            "a condition of the role's trust policy does not match the token, such as one on its audience or subject",
            sign,
            condition,
        )
        .at(Layer::Resource),
    );
    causes.add(
        cause(
            "trust-policy",
            "the role's trust policy does not name the identity provider, or the role does not exist",
            sign,
            format!("check the ARN of the role; its trust policy needs a statement with {provider}"),
        )
        .at(Layer::Resource),
    );
    causes.add(cause(
        "identity-provider",
        "the account of the role does not have the identity provider that the trust policy names",
        sign,
        create,
    ));
}
