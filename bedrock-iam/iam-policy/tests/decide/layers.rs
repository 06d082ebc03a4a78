//! Cases of our own, for each rule about callers and layers that AWS documents. The pages are those that
//! `layers.rs`, `principal.rs` and the tables in `aws` name.

use iam_policy::AccountId;
use iam_policy::decide::Outcome::{self, Allowed, ExplicitlyDenied, ImplicitlyDenied, Undecided};
use iam_policy::decide::{Layer, Need, Policies, Request};
use serde_json::{Value, json};

use crate::laws::{read_policies, read_request};

const USER: &str = "arn:aws:iam::111111111111:user/ana";
const ROLE: &str = "arn:aws:iam::111111111111:role/team/app";
const SESSION: &str = "arn:aws:sts::111111111111:assumed-role/app/worker";
const FEDERATED_USER: &str = "arn:aws:sts::111111111111:federated-user/bob";
const ROOT: &str = "arn:aws:iam::111111111111:root";
const LINKED: &str = "arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForSupport/s";
const STRANGER: &str = "arn:aws:iam::222222222222:user/eve";
const STRANGE_SESSION: &str = "arn:aws:sts::222222222222:assumed-role/app/worker";
const STRANGE_ROOT: &str = "arn:aws:iam::222222222222:root";
const SERVICE: &str = "cloudtrail.amazonaws.com";

/// An action and its resource.
type Subject = (&'static str, &'static str);

const OBJECT: Subject = ("s3:GetObject", "arn:aws:s3:::b/a");
const TOPIC: Subject = ("sns:Publish", "arn:aws:sns:eu-central-1:111111111111:t");
const KEY: Subject = ("kms:Decrypt", "arn:aws:kms:eu-central-1:111111111111:key/k");
const TRUST: Subject = ("sts:AssumeRole", "arn:aws:iam::111111111111:role/admin");

fn policy(statements: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// Returns a policy that allows or denies everything.
fn all(effect: &str) -> Value {
    policy(json!({"Effect": effect, "Action": "*", "Resource": "*"}))
}

/// Returns a policy that allows nothing of what is asked.
fn other() -> Value {
    policy(json!({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}))
}

/// Returns a policy of a resource.
fn to(effect: &str, principal: Value) -> Value {
    policy(json!({"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*"}))
}

/// Returns a policy of a resource that allows an ARN.
fn names(principal: &str) -> Value {
    to("Allow", json!({"AWS": principal}))
}

fn not_to(effect: &str, principal: Value) -> Value {
    policy(json!({"Effect": effect, "NotPrincipal": principal, "Action": "*", "Resource": "*"}))
}

fn request((action, resource): Subject, caller: &str) -> Value {
    json!({"principal": caller, "action": action, "resource": resource, "resource_account": "111111111111",
           "context": {}})
}

fn check(rule: &str, caller: &str, subject: Subject, policies: Value, expected: Outcome) {
    let request = read_request(&request(subject, caller), false);
    let policies = read_policies(&policies);
    let decision = policies.decide(&request);
    assert_eq!(decision.outcome(), expected, "{rule}: {decision}");
}

/// Checks rows: a rule, the caller, the action and resource, the policies and the outcome.
macro_rules! check {
    ($($rule:literal: $caller:expr, $subject:expr, $policies:expr => $expected:expr;)*) => {
        $(check($rule, $caller, $subject, $policies, $expected);)*
    };
}

#[test]
fn one_account() {
    check! {
        "nothing allows": USER, OBJECT, json!({}) => ImplicitlyDenied;
        "an identity-based policy suffices": USER, OBJECT, json!({"identity": [all("Allow")]}) => Allowed;
        "so does a resource-based policy that names the user": USER, OBJECT,
            json!({"resource": names(USER)}) => Allowed;
        "or everyone": USER, OBJECT, json!({"resource": to("Allow", json!("*"))}) => Allowed;
        "or the role of a session": SESSION, OBJECT, json!({"resource": names(ROLE)}) => Allowed;
        "or a role as caller": ROLE, OBJECT, json!({"resource": names(ROLE)}) => Allowed;
        "one that names the account leaves it to the account's policies": USER, OBJECT,
            json!({"resource": names(ROOT)}) => ImplicitlyDenied;
        "by its id too": USER, OBJECT, json!({"resource": names("111111111111")}) => ImplicitlyDenied;
        "names of another user": USER, OBJECT,
            json!({"resource": names("arn:aws:iam::111111111111:user/bob")}) => ImplicitlyDenied;
        "a user is not a role of the same name": "arn:aws:iam::111111111111:user/app", OBJECT,
            json!({"resource": names(ROLE)}) => ImplicitlyDenied;
        "an account is not matched by its partition": USER, OBJECT,
            json!({"resource": names("arn:aws-cn:iam::111111111111:user/ana")}) => ImplicitlyDenied;
        "a resource-based policy without principal names nobody": USER, OBJECT,
            json!({"resource": all("Allow")}) => ImplicitlyDenied;
    }
}

#[test]
fn a_deny_in_any_layer_decides() {
    let deny = || to("Deny", json!("*"));
    for (layer, policies) in [
        ("identity", json!([all("Allow"), all("Deny")])),
        ("resource", deny()),
        ("boundary", json!([all("Allow"), all("Deny")])),
        ("session", json!([all("Allow"), all("Deny")])),
        ("scp", json!([[all("Allow")], [all("Allow"), all("Deny")]])),
        ("rcp", json!([[deny()]])),
        ("vpc_endpoint", json!([to("Allow", json!("*")), deny()])),
    ] {
        let mut layers = json!({"identity": [all("Allow")]});
        layers[layer] = policies;
        check(layer, SESSION, OBJECT, layers, ExplicitlyDenied);
    }
}

#[test]
fn across_accounts() {
    let both = |resource| json!({"identity": [all("Allow")], "resource": resource});
    check! {
        "both have to allow": STRANGER, OBJECT, both(names(STRANGER)) => Allowed;
        "the account can be named": STRANGER, OBJECT, both(names(STRANGE_ROOT)) => Allowed;
        "the other account alone": STRANGER, OBJECT, json!({"resource": names(STRANGER)}) => ImplicitlyDenied;
        "for everyone too": STRANGER, OBJECT, json!({"resource": to("Allow", json!("*"))}) => ImplicitlyDenied;
        "the own account alone": STRANGER, OBJECT, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "another account is named": STRANGER, OBJECT, both(names(ROOT)) => ImplicitlyDenied;
        "a session policy limits a session that is named": STRANGE_SESSION, OBJECT,
            json!({"identity": [all("Allow")], "session": [other()], "resource": names(STRANGE_SESSION)}) => ImplicitlyDenied;
        "a boundary does": STRANGER, OBJECT,
            json!({"identity": [all("Allow")], "boundary": [other()], "resource": names(STRANGER)}) => ImplicitlyDenied;
    }
}

#[test]
fn kinds_of_callers() {
    check! {
        "the root user needs no policy": ROOT, OBJECT, json!({}) => Allowed;
        "no boundary limits it": ROOT, OBJECT, json!({"boundary": [other()]}) => Allowed;
        "nor denies": ROOT, OBJECT, json!({"boundary": [all("Deny")]}) => Allowed;
        "the policy of a session of it does": ROOT, OBJECT, json!({"session": [all("Deny")]}) => ExplicitlyDenied;
        "and need not allow": ROOT, OBJECT, json!({"session": [other()]}) => Allowed;
        "a policy of the resource denies": ROOT, OBJECT, json!({"resource": to("Deny", json!("*"))}) => ExplicitlyDenied;
        "a service control policy does": ROOT, OBJECT, json!({"scp": [[other()]]}) => ImplicitlyDenied;
        "in another account it needs one": STRANGE_ROOT, OBJECT, json!({}) => ImplicitlyDenied;
        "that of the resource": STRANGE_ROOT, OBJECT, json!({"resource": names(STRANGE_ROOT)}) => Allowed;
        "a service needs the policy of the resource": SERVICE, OBJECT,
            json!({"resource": to("Allow", json!({"Service": SERVICE}))}) => Allowed;
        "that names it": SERVICE, OBJECT,
            json!({"resource": to("Allow", json!({"Service": "sns.amazonaws.com"}))}) => ImplicitlyDenied;
        "and it has no identity-based policies": SERVICE, OBJECT,
            json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "service control policies do not limit services": SERVICE, OBJECT,
            json!({"resource": to("Allow", json!({"Service": SERVICE})), "scp": [[other()]]}) => Allowed;
        "resource control policies do": SERVICE, OBJECT,
            json!({"resource": to("Allow", json!({"Service": SERVICE})), "rcp": [[to("Deny", json!("*"))]]}) => ExplicitlyDenied;
        "everyone is everyone": "*", OBJECT, json!({"resource": to("Allow", json!("*"))}) => Allowed;
        "in both forms": "*", OBJECT, json!({"resource": to("Allow", json!({"AWS": "*"}))}) => Allowed;
        "nobody is in no account": "*", OBJECT, json!({"resource": names("111111111111")}) => ImplicitlyDenied;
        "a federated user has what user and session policies allow": FEDERATED_USER, OBJECT,
            json!({"identity": [all("Allow")], "session": [all("Allow")]}) => Allowed;
        "without session policies nothing": FEDERATED_USER, OBJECT,
            json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "but what a resource-based policy gives to the session": FEDERATED_USER, OBJECT,
            json!({"resource": names(FEDERATED_USER)}) => Allowed;
        "whatever the session policies are": FEDERATED_USER, OBJECT,
            json!({"resource": names(FEDERATED_USER), "session": [other()]}) => Allowed;
    }
}

#[test]
fn boundaries_and_session_policies() {
    let limited = |layer: &str, resource: Value| {
        let mut policies = json!({"resource": resource});
        policies[layer] = json!([other()]);
        policies
    };
    let allowing = |layer: &str| {
        let mut policies = json!({"identity": [all("Allow")]});
        policies[layer] = json!([other(), all("Allow")]);
        policies
    };
    for layer in ["boundary", "session"] {
        let both = |mut policies: Value| {
            policies["identity"] = json!([all("Allow")]);
            policies
        };
        check! {
            "it limits identity-based policies": SESSION, OBJECT, both(limited(layer, other())) => ImplicitlyDenied;
            "one of its policies suffices": SESSION, OBJECT, allowing(layer) => Allowed;
            "it gives nothing by itself": SESSION, OBJECT, json!({layer: [all("Allow")]}) => ImplicitlyDenied;
            "it limits what a role's ARN is given": SESSION, OBJECT, limited(layer, names(ROLE)) => ImplicitlyDenied;
            "also if the role is the caller": ROLE, OBJECT, limited(layer, names(ROLE)) => ImplicitlyDenied;
            "not what the session's ARN is given": SESSION, OBJECT, limited(layer, names(SESSION)) => Allowed;
            "nor a user's": USER, OBJECT, limited(layer, names(USER)) => Allowed;
            "nor what everyone is given": SESSION, OBJECT, limited(layer, to("Allow", json!("*"))) => Allowed;
        }
    }
}

#[test]
fn policies_of_keys_and_roles_have_to_agree() {
    for subject in [KEY, TRUST] {
        check! {
            "identity alone": USER, subject, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
            "the account is named": USER, subject,
                json!({"identity": [all("Allow")], "resource": names(ROOT)}) => Allowed;
            "the account is named alone": USER, subject, json!({"resource": names(ROOT)}) => ImplicitlyDenied;
            "the user is named": USER, subject, json!({"resource": names(USER)}) => Allowed;
            "the role is named": SESSION, subject, json!({"resource": names(ROLE)}) => Allowed;
            "a boundary limits the role": SESSION, subject,
                json!({"resource": names(ROLE), "boundary": [other()]}) => ImplicitlyDenied;
            "the root user is not exempt": ROOT, subject, json!({"resource": names(USER)}) => ImplicitlyDenied;
            "its account is named": ROOT, subject, json!({"resource": names(ROOT)}) =>
                // the root user cannot assume roles
                if subject == TRUST { ImplicitlyDenied } else { Allowed };
            "across accounts": STRANGER, subject,
                json!({"identity": [all("Allow")], "resource": names(STRANGE_ROOT)}) => Allowed;
            "across accounts alone": STRANGER, subject, json!({"resource": names(STRANGER)}) => ImplicitlyDenied;
        }
    }
}

#[test]
fn control_policies() {
    let scp = |levels: Value| json!({"identity": [all("Allow")], "scp": levels});
    let rcp = |levels: Value| json!({"identity": [all("Allow")], "rcp": levels});
    let deny = || json!([[to("Deny", json!("*"))]]);
    check! {
        "each level has to allow": USER, OBJECT, scp(json!([[all("Allow")], [all("Allow")]])) => Allowed;
        "one level does not": USER, OBJECT, scp(json!([[all("Allow")], [other()]])) => ImplicitlyDenied;
        "an empty level": USER, OBJECT, scp(json!([[all("Allow")], []])) => ImplicitlyDenied;
        "one policy of a level suffices": USER, OBJECT, scp(json!([[other(), all("Allow")]])) => Allowed;
        "they give nothing": USER, OBJECT, json!({"scp": [[all("Allow")]]}) => ImplicitlyDenied;
        "they limit what a resource-based policy gives": USER, OBJECT,
            json!({"resource": names(USER), "scp": [[other()]]}) => ImplicitlyDenied;
        "not service-linked roles": LINKED, OBJECT, scp(json!([[other()], [all("Deny")]])) => Allowed;
        "a condition counts": USER, OBJECT,
            scp(json!([[all("Allow"), policy(json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}}}))]])) => ExplicitlyDenied;
        "resource control policies deny": USER, OBJECT, rcp(deny()) => ExplicitlyDenied;
        "principals of other accounts too": STRANGER, OBJECT,
            json!({"identity": [all("Allow")], "resource": names(STRANGER), "rcp": deny()}) => ExplicitlyDenied;
        "each level has AWS's Allow": USER, OBJECT, rcp(json!([[], []])) => Allowed;
        "they give nothing either": USER, OBJECT, json!({"rcp": [[to("Allow", json!("*"))]]}) => ImplicitlyDenied;
        "they reach some services": USER, TOPIC, rcp(deny()) => Allowed;
        "and not service-linked roles": LINKED, OBJECT, rcp(deny()) => Allowed;
    }
    let mut untyped = request(("kms:ListKeys", "*"), USER);
    untyped["action_has_no_resource_types"] = json!(true);
    let policies = read_policies(&rcp(deny()));
    assert!(
        policies.decide(&read_request(&untyped, false)).is_allowed(),
        "not without resource"
    );
}

#[test]
fn a_management_account_is_not_limited() {
    let request = read_request(&request(OBJECT, USER), false);
    let denied = json!({
        "identity": [all("Allow")], "scp": [[all("Deny")]], "rcp": [[to("Deny", json!("*"))]],
    });
    let policies = read_policies(&denied);
    assert_eq!(policies.decide(&request).outcome(), ExplicitlyDenied);
    for (account, expected) in [
        ("111111111111", Allowed),
        ("222222222222", ExplicitlyDenied),
    ] {
        let account = AccountId::parse(account).unwrap();
        let policies = policies.clone().management_account(account);
        assert_eq!(policies.decide(&request).outcome(), expected);
    }
}

#[test]
fn vpc_endpoints() {
    let with = |policy: Value| json!({"identity": [all("Allow")], "vpc_endpoint": [policy]});
    check! {
        "its policy has to allow": USER, OBJECT, with(to("Allow", json!("*"))) => Allowed;
        "and does not": USER, OBJECT,
            with(policy(json!({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}))) => ImplicitlyDenied;
        "it names the caller": USER, OBJECT, with(names(USER)) => Allowed;
        "or its account": USER, OBJECT, with(names(ROOT)) => Allowed;
        "or another": USER, OBJECT, with(names(STRANGER)) => ImplicitlyDenied;
        "it limits what a resource-based policy gives": "*", OBJECT,
            json!({"resource": to("Allow", json!("*")), "vpc_endpoint": [names(USER)]}) => ImplicitlyDenied;
        "and the root user": ROOT, OBJECT, json!({"vpc_endpoint": [other()]}) => ImplicitlyDenied;
        "it gives nothing": USER, OBJECT, json!({"vpc_endpoint": [to("Allow", json!("*"))]}) => ImplicitlyDenied;
    }
}

#[test]
fn not_principal() {
    let with = |resource: Value| json!({"identity": [all("Allow")], "resource": resource});
    let limited = |resource: Value| {
        let mut policies = with(resource);
        policies["boundary"] = json!([all("Allow")]);
        policies
    };
    let deny = |arns: &[&str]| not_to("Deny", json!({"AWS": arns}));
    // allows everyone beside
    let with_all = |mut resource: Value| {
        let allow = to("Allow", json!("*"))["Statement"].take();
        resource["Statement"] = json!([allow, resource["Statement"]]);
        with(resource)
    };
    check! {
        "an Allow is for all others": USER, OBJECT,
            json!({"resource": not_to("Allow", json!({"AWS": ROLE}))}) => Allowed;
        "and not for the named": USER, OBJECT,
            json!({"resource": not_to("Allow", json!({"AWS": USER}))}) => ImplicitlyDenied;
        "a Deny is for all others": USER, OBJECT, with(deny(&[ROLE])) => ExplicitlyDenied;
        "and not for the named": USER, OBJECT, with(deny(&[ROOT, USER])) => Allowed;
        "in the account of the resource, without that account": USER, OBJECT, with(deny(&[USER])) => Allowed;
        "also a role": ROLE, OBJECT, with(deny(&[ROLE])) => Allowed;
        "and everyone": STRANGER, OBJECT, with_all(not_to("Deny", json!("*"))) => Allowed;
        "in both forms": STRANGER, OBJECT, with_all(not_to("Deny", json!({"AWS": "*"}))) => Allowed;
        "elsewhere, its account stands there too": STRANGER, OBJECT, with_all(deny(&[STRANGE_ROOT, STRANGER])) => Allowed;
        "without it, some services deny": STRANGER, OBJECT, with_all(deny(&[STRANGER])) => Undecided;
        "others are denied there": STRANGER, OBJECT, with_all(deny(&[STRANGE_ROOT, USER])) => ExplicitlyDenied;
        "a session elsewhere": STRANGE_SESSION, OBJECT,
            with_all(deny(&[STRANGE_ROOT, "arn:aws:iam::222222222222:role/app", STRANGE_SESSION])) => Allowed;
        "without its role": STRANGE_SESSION, OBJECT, with_all(deny(&[STRANGE_ROOT, STRANGE_SESSION])) => Undecided;
        "a federated user": FEDERATED_USER, OBJECT,
            json!({"resource": policy(json!([{"Effect": "Allow", "Principal": {"AWS": FEDERATED_USER}, "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "NotPrincipal": {"AWS": FEDERATED_USER}, "Action": "*", "Resource": "*"}]))}) => Allowed;
        "the account exempts its root user": ROOT, OBJECT, with(deny(&[ROOT])) => Allowed;
        "and no other": USER, OBJECT, with(deny(&[ROOT])) => ExplicitlyDenied;
        "a boundary exempts nobody": USER, OBJECT, limited(deny(&[ROOT, USER])) => ExplicitlyDenied;
        "but the root user has none": ROOT, OBJECT, limited(deny(&[ROOT])) => Allowed;
        "a session by its role and its own ARN": SESSION, OBJECT, with(deny(&[ROLE, SESSION])) => Allowed;
        "by its role alone, some services deny": SESSION, OBJECT, with(deny(&[ROLE])) => Undecided;
        "or by itself alone": SESSION, OBJECT, with(deny(&[SESSION])) => Undecided;
        "a service": SERVICE, OBJECT,
            json!({"resource": policy(json!([{"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "*", "Resource": "*"}, {"Effect": "Deny", "NotPrincipal": {"Service": SERVICE}, "Action": "*", "Resource": "*"}]))}) => Allowed;
    }
}

#[test]
fn missing_entries_of_not_principal_are_named() {
    let resource = policy(json!([
        {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "NotPrincipal": {"AWS": STRANGE_SESSION}, "Action": "*", "Resource": "*"},
    ]));
    let policies = read_policies(&json!({"identity": [all("Allow")], "resource": resource}));
    let request = read_request(&request(OBJECT, STRANGE_SESSION), false);
    let text = policies.decide(&request).to_string();
    let missing =
        "without `arn:aws:iam::222222222222:role/app` and `arn:aws:iam::222222222222:root`";
    assert!(text.contains(missing), "{text}");
}

/// A root user cannot be locked out of the policies of buckets and queues in its account.
#[test]
fn the_root_user_changes_policies_of_its_resources() {
    const PUT: Subject = ("s3:PutBucketPolicy", "arn:aws:s3:::b");
    const QUEUE: &str = "arn:aws:sqs:eu-central-1:111111111111:q";
    let deny = || to("Deny", json!("*"));
    for subject in [
        PUT,
        ("S3:getbucketpolicy", "arn:aws:s3:::b"),
        ("s3:DeleteBucketPolicy", "arn:aws:s3:::b"),
        ("sqs:SetQueueAttributes", QUEUE),
    ] {
        check! {
            "the root user of the account": ROOT, subject, json!({"resource": deny()}) => Allowed;
            "not a user": USER, subject, json!({"identity": [all("Allow")], "resource": deny()}) => ExplicitlyDenied;
            "nor another root user": STRANGE_ROOT, subject, json!({"resource": deny()}) => ExplicitlyDenied;
            "a service control policy denies": ROOT, subject,
                json!({"resource": deny(), "scp": [[all("Deny")]]}) => ExplicitlyDenied;
            "or allows nothing": ROOT, subject, json!({"resource": deny(), "scp": [[other()]]}) => ImplicitlyDenied;
            "a resource control policy denies": ROOT, subject,
                json!({"resource": deny(), "rcp": [[deny()]]}) => ExplicitlyDenied;
            "the policy of a VPC endpoint too": ROOT, subject,
                json!({"resource": deny(), "vpc_endpoint": [deny()]}) => ExplicitlyDenied;
        }
    }
    check! {
        "not other actions": ROOT, ("s3:DeleteBucket", "arn:aws:s3:::b"), json!({"resource": deny()}) => ExplicitlyDenied;
        "nor of queues": ROOT, ("sqs:SendMessage", QUEUE), json!({"resource": deny()}) => ExplicitlyDenied;
    }
    let policies = read_policies(&json!({"resource": deny()}));
    let request = read_request(&request(PUT, ROOT), false);
    let text = policies.decide(&request).to_string();
    let reason = "not applied: the resource-based policy, because it cannot keep the root user";
    assert!(text.contains(reason), "{text}");
}

/// Sessions cannot call some operations of IAM and AWS STS, whatever their policies are.
#[test]
fn sessions_call_some_operations_only() {
    const CREATE: Subject = ("iam:CreateUser", "arn:aws:iam::111111111111:user/x");
    const IDENTITY: Subject = ("sts:GetCallerIdentity", "*");
    const FEDERATE: Subject = (
        "sts:GetFederationToken",
        "arn:aws:sts::111111111111:federated-user/bob",
    );
    const SESSION_TOKEN: Subject = ("sts:GetSessionToken", "*");
    const BEARER: Subject = ("sts:GetServiceBearerToken", "*");
    let both = || json!({"identity": [all("Allow")], "session": [all("Allow")]});
    check! {
        "a federated user calls IAM from the console": FEDERATED_USER, CREATE, both() => Undecided;
        "if it is allowed": FEDERATED_USER, CREATE, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "and not denied": FEDERATED_USER, CREATE, json!({"identity": [all("Deny")]}) => ExplicitlyDenied;
        "it assumes no role": FEDERATED_USER, TRUST,
            json!({"identity": [all("Allow")], "session": [all("Allow")], "resource": names(FEDERATED_USER)}) => ImplicitlyDenied;
        "nor gets a session": FEDERATED_USER, SESSION_TOKEN, both() => ImplicitlyDenied;
        "it can ask who it is": FEDERATED_USER, IDENTITY, json!({}) => Allowed;
        "a permission of other services is not an operation": FEDERATED_USER, BEARER, both() => Allowed;
        "other services are as policies say": FEDERATED_USER, OBJECT, both() => Allowed;
        "a session of a role calls IAM": SESSION, CREATE, json!({"identity": [all("Allow")]}) => Allowed;
        "and assumes roles": SESSION, TRUST, json!({"identity": [all("Allow")], "resource": names(ROOT)}) => Allowed;
        "but gets no session of another kind": SESSION, FEDERATE, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "of either kind": ROLE, SESSION_TOKEN, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "a user does": USER, FEDERATE, json!({"identity": [all("Allow")]}) => Allowed;
        "if it is allowed to": USER, FEDERATE, json!({}) => ImplicitlyDenied;
        "for the other, it needs no permission": USER, SESSION_TOKEN, json!({"identity": [all("Deny")]}) => Allowed;
        "nobody in particular has no identity": "*", IDENTITY, json!({}) => ImplicitlyDenied;
    }
    let policies = read_policies(&both());
    let request = read_request(&request(CREATE, FEDERATED_USER), false);
    let needs = policies.decide(&request).explain().needs;
    assert!(
        matches!(&*needs, [Need::Unmodelled(reason)] if reason.contains("console")),
        "{needs:?}"
    );
}

#[test]
fn what_belongs_to_aws_is_not_changed() {
    const MANAGED: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const RESERVED: &str =
        "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_a_1";
    let admin = || json!({"identity": [all("Allow")]});
    check! {
        "a managed policy is read": USER, ("iam:GetPolicy", MANAGED), admin() => Allowed;
        "and not changed": USER, ("iam:CreatePolicyVersion", MANAGED), admin() => ImplicitlyDenied;
        "not by the root user": ROOT, ("iam:DeletePolicy", MANAGED), admin() => ImplicitlyDenied;
        "a reserved role is read": USER, ("iam:GetRole", RESERVED), admin() => Allowed;
        "and not changed": USER, ("iam:AttachRolePolicy", RESERVED), admin() => ImplicitlyDenied;
    }
}

#[test]
fn requests_on_everything() {
    let on = |effect: &str, element: &str, resource: &str| json!({"Effect": effect, "Action": "*", element: resource});
    let arn = "arn:aws:s3:::b/*";
    let untyped = [
        ("`*` matches", policy(on("Allow", "Resource", "*")), Allowed),
        (
            "an ARN does not",
            policy(on("Allow", "Resource", arn)),
            ImplicitlyDenied,
        ),
        (
            "not even of everything",
            policy(on("Allow", "Resource", "arn:aws:s3:::*")),
            ImplicitlyDenied,
        ),
        (
            "`NotResource` with an ARN does",
            policy(on("Allow", "NotResource", arn)),
            Allowed,
        ),
        (
            "a Deny on an ARN does not",
            policy(json!([
                on("Allow", "Resource", "*"),
                on("Deny", "Resource", arn)
            ])),
            Allowed,
        ),
    ];
    let typed = [
        (
            "an Allow on one ARN allows some request",
            policy(on("Allow", "Resource", arn)),
            Allowed,
        ),
        (
            "a Deny on one ARN leaves some",
            policy(json!([
                on("Allow", "Resource", "*"),
                on("Deny", "Resource", arn)
            ])),
            Allowed,
        ),
        (
            "a Deny on all leaves none",
            policy(json!([
                on("Allow", "Resource", arn),
                on("Deny", "Resource", "*")
            ])),
            ExplicitlyDenied,
        ),
    ];
    for (has_types, rows) in [(false, &untyped[..]), (true, &typed)] {
        for (rule, policy, expected) in rows {
            let mut request = request(("s3:ListAllMyBuckets", "*"), USER);
            request["action_has_no_resource_types"] = json!(!has_types);
            let policies = read_policies(&json!({"identity": [policy]}));
            let decision = policies.decide(&read_request(&request, false)).outcome();
            assert_eq!(decision, *expected, "{rule}");
        }
    }
}

/// Nothing that is not modelled allows, and nothing of it is passed over.
#[test]
fn unmodelled_statements_are_undecided() {
    let plain = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let with = |members: Value| {
        let mut statement = plain.clone();
        for (name, value) in members.as_object().unwrap() {
            match value {
                Value::Null => {
                    statement.as_object_mut().unwrap().remove(name);
                }
                value => statement[name] = value.clone(),
            }
        }
        policy(statement)
    };
    let mut versioned = policy(plain.clone());
    versioned["Version"] = json!("2020-01-01");
    let mut misspelled = policy(plain.clone());
    misspelled["Statements"] = json!([]);
    for (what, document) in [
        (
            "operator",
            with(json!({"Condition": {"StringSame": {"aws:username": "ana"}}})),
        ),
        (
            "value",
            with(json!({"Condition": {"NumericEquals": {"aws:PrincipalAccount": "x"}}})),
        ),
        (
            "variable",
            with(json!({"Resource": "arn:aws:s3:::b/${aws:username, x}"})),
        ),
        ("member", with(json!({"Conditions": {}}))),
        ("both actions", with(json!({"NotAction": "ec2:*"}))),
        (
            "both resources",
            with(json!({"NotResource": "arn:aws:s3:::b/a"})),
        ),
        (
            "both resources, neither of which matches",
            with(json!({"Resource": "arn:aws:s3:::c", "NotResource": "*"})),
        ),
        ("no effect", with(json!({"Effect": null}))),
        ("effect", with(json!({"Effect": "allow"}))),
        ("no action", with(json!({"Action": null}))),
        ("no resource", with(json!({"Resource": null}))),
        ("action", with(json!({"Action": "*:GetObject"}))),
        ("version", versioned),
        ("member of the policy", misspelled),
    ] {
        let request = read_request(&request(OBJECT, USER), false);
        let alone = read_policies(&json!({"identity": [document]}));
        let decision = alone.decide(&request);
        assert_eq!(decision.outcome(), Undecided, "{what}: {decision}");
        let prepared = alone.prepare();
        assert_eq!(prepared.decide(&request).outcome(), Undecided, "{what}");
        let text = decision.to_string();
        assert!(text.contains("not decided: "), "{what}: {text}");
        // as a Deny, it may take away what another statement allows
        let mut document = document;
        if document["Statement"]["Effect"] == "Allow" {
            document["Statement"]["Effect"] = json!("Deny");
        }
        let beside = read_policies(&json!({"identity": [document, all("Allow")]}));
        let outcome = beside.decide(&request).outcome();
        assert_eq!(outcome, Undecided, "{what}, beside an Allow");
    }
    check! {
        "canonical user ids": USER, OBJECT,
            json!({"resource": to("Allow", json!({"CanonicalUser": "0123"}))}) => Undecided;
        "both principals": USER, OBJECT,
            json!({"resource": policy(json!({"Effect": "Allow", "Principal": {"AWS": ROLE}, "NotPrincipal": "*", "Action": "*", "Resource": "*"}))}) => Undecided;
    }
}

/// A statement that names the caller in two ways gives what both do.
#[test]
fn each_way_in_which_a_statement_names_the_caller_counts() {
    let id = "AIDAEXAMPLEEXAMPLEEX";
    let resource = to("Allow", json!({"AWS": ["111111111111", id]}));
    let policies = read_policies(&json!({"resource": resource}));
    let mut request = request(OBJECT, USER);
    assert_eq!(
        policies.decide(&read_request(&request, true)).outcome(),
        Undecided
    );
    let open = read_request(&request, true);
    let needs = policies.decide(&open).explain().needs;
    assert!(matches!(&*needs, [Need::Key { key, .. }] if key == "aws:userid"));
    for (value, expected) in [(id, Allowed), ("AIDAOTHEROTHEROTHER00", ImplicitlyDenied)] {
        request["context"]["aws:userid"] = json!(value);
        assert_eq!(
            policies.decide(&read_request(&request, true)).outcome(),
            expected
        );
    }
}

#[test]
fn the_deciding_statement_is_one_that_suffices() {
    let everyone = policy(json!([
        {"Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "*", "Resource": "*"},
        {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
    ]));
    for (policies, caller, layer, statement) in [
        (
            json!({"identity": [all("Allow")], "resource": everyone}),
            USER,
            Layer::Identity,
            0,
        ),
        (
            json!({"identity": [all("Allow")], "boundary": [other()], "resource": everyone}),
            USER,
            Layer::Resource,
            1,
        ),
        (json!({"resource": everyone}), USER, Layer::Resource, 1),
        (
            json!({"identity": [all("Allow")], "resource": names(STRANGER)}),
            STRANGER,
            Layer::Identity,
            0,
        ),
        (
            json!({"resource": names(ROLE)}),
            SESSION,
            Layer::Resource,
            0,
        ),
        (
            json!({"resource": names(STRANGE_ROOT)}),
            STRANGE_ROOT,
            Layer::Resource,
            0,
        ),
    ] {
        let policies = read_policies(&policies);
        let request = read_request(&request(OBJECT, caller), false);
        let place = policies.decide(&request).deciding_statement().unwrap();
        assert_eq!(
            (place.layer, place.statement),
            (layer, statement),
            "{caller}"
        );
    }
}

#[test]
fn the_path_of_the_role_of_a_session_is_not_guessed() {
    let allow = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/team/*"}},
    }});
    let policies = Policies::from_json(&json!({"identity": [allow]}).to_string()).unwrap();
    let outcome = |role: &str, partial: bool| {
        let caller = format!("arn:aws:sts::111111111111:assumed-role/{role}/s");
        let request = Request::of(caller.parse().unwrap(), OBJECT.0, OBJECT.1).unwrap();
        let request = if partial { request.partial() } else { request };
        policies.decide(&request).outcome()
    };
    assert_eq!(outcome("app", false), ImplicitlyDenied);
    assert_eq!(outcome("app", true), Outcome::Undecided);
    // the name of such a role shows that it has a path
    assert_eq!(
        outcome("AWSReservedSSO_Admin_0123", false),
        Outcome::Undecided
    );
}

#[test]
fn some_requests_do_not_depend_on_policies() {
    const CALLER_IDENTITY: Subject = ("sts:GetCallerIdentity", "*");
    const OTHER_PARTITION: &str = "arn:aws-cn:iam::111111111111:user/a";
    check! {
        "no permission is needed": USER, CALLER_IDENTITY, json!({}) => Allowed;
        "nor can it be denied": USER, CALLER_IDENTITY, json!({"identity": [all("Deny")]}) => Allowed;
        "partitions are apart": OTHER_PARTITION, OBJECT, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "a role's name does not make it service-linked": "arn:aws:iam::111111111111:role/AWSServiceRoleForX", OBJECT,
            json!({"identity": [all("Allow")], "scp": [[all("Deny")]]}) => ExplicitlyDenied;
    }
}

/// In a complete request a key that is not stated is absent, which the first line reports where it decides.
#[test]
fn an_absent_key_that_decides_is_reported_first() {
    let on = |effect: &str, operator: &str, value: &str| json!({"Effect": effect, "Action": "*", "Resource": "*", "Condition": {operator: {"aws:userid": value}}});
    let everything = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let id = "AROAEXAMPLEEXAMPLEEX:*";
    for (statements, outcome) in [
        (json!([on("Allow", "StringLike", id)]), "implicitly denied"),
        (json!([on("Allow", "StringNotLike", id)]), "allowed"),
        (json!([everything, on("Deny", "StringLike", id)]), "allowed"),
        (
            json!([everything, on("Deny", "StringNotLike", id)]),
            "explicitly denied",
        ),
        (json!([everything, on("Deny", "Null", "false")]), "allowed"),
    ] {
        let policies = read_policies(&json!({"identity": [policy(statements.clone())]}));
        let request = request(OBJECT, SESSION);
        let text = policies.decide(&read_request(&request, false)).to_string();
        let first = text.lines().next().unwrap();
        let wanted = "while `aws:userid` is absent (`--context aws:userid=VALUE` states it)";
        assert!(
            first.starts_with(outcome) && first.contains(wanted),
            "{statements}: {text}"
        );
        let open = policies.decide(&read_request(&request, true)).outcome();
        assert_eq!(open, Undecided, "{statements}");
    }
    // a Deny that does not match for another reason needs no key
    let other = json!({"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::c",
                       "Condition": {"StringLike": {"aws:userid": id}}});
    let policies = read_policies(&json!({"identity": [policy(json!([everything, other]))]}));
    let text = policies
        .decide(&read_request(&request(OBJECT, SESSION), false))
        .to_string();
    assert!(text.starts_with("allowed: by "), "{text}");
}
