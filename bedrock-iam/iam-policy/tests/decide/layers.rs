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
const LINKED_ROLE: &str = "arn:aws:iam::111111111111:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail";
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
    let prepared = policies.prepare();
    assert_eq!(prepared.decide(&request).outcome(), expected, "{rule}");
}

/// Checks rows: a rule, the caller, the action and resource, the policies and the outcome.
macro_rules! check {
    ($($rule:literal: $caller:expr, $subject:expr, $policies:expr => $expected:expr;)*) => {
        $(check($rule, $caller, $subject, $policies, $expected);)*
    };
}

mod callers;

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
        "nor by its root user's": USER, OBJECT,
            json!({"identity": [all("Allow")], "resource": to("Deny", json!({"AWS": "arn:aws-cn:iam::111111111111:root"}))}) => Allowed;
        "nor a role by its name": SESSION, OBJECT,
            json!({"resource": names("arn:aws-cn:iam::111111111111:role/team/app")}) => ImplicitlyDenied;
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
        "the account of that id in another partition": STRANGER, OBJECT,
            both(names("arn:aws-cn:iam::222222222222:root")) => ImplicitlyDenied;
        "the own account alone": STRANGER, OBJECT, json!({"identity": [all("Allow")]}) => ImplicitlyDenied;
        "another account is named": STRANGER, OBJECT, both(names(ROOT)) => ImplicitlyDenied;
        "a session policy limits a session that is named": STRANGE_SESSION, OBJECT,
            json!({"identity": [all("Allow")], "session": [other()], "resource": names(STRANGE_SESSION)}) => ImplicitlyDenied;
        "a boundary does": STRANGER, OBJECT,
            json!({"identity": [all("Allow")], "boundary": [other()], "resource": names(STRANGER)}) => ImplicitlyDenied;
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
    let trust = policy(
        json!({"Effect": "Allow", "Principal": {"Service": SERVICE}, "Action": "sts:AssumeRole"}),
    );
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
        "nor that a service assumes its own": SERVICE, ("sts:AssumeRole", LINKED_ROLE),
            json!({"resource": trust, "rcp": deny()}) => Allowed;
        "but any other role": SERVICE, TRUST, json!({"resource": trust, "rcp": deny()}) => ExplicitlyDenied;
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
            let mut request = request(("s3:ListJobs", "*"), USER);
            request["action_has_no_resource_types"] = json!(!has_types);
            let policies = read_policies(&json!({"identity": [policy]}));
            let decision = policies.decide(&read_request(&request, false)).outcome();
            assert_eq!(decision, *expected, "{rule}");
        }
    }
}

#[test]
fn buckets_are_listed_on_the_arn_of_every_bucket() {
    const LIST: Subject = ("s3:ListAllMyBuckets", "*");
    const ELSEWHERE: &str = "arn:aws-cn:iam::111111111111:user/ana";
    let on = |effect: &str, element: &str, resource: &str| json!({"Effect": effect, "Action": "s3:*", element: resource});
    let allow = |resource: &str| json!({"identity": [policy(on("Allow", "Resource", resource))]});
    let deny = |element: &str, resource: &str| json!({"identity": [all("Allow"), policy(on("Deny", element, resource))]});
    check! {
        "the ARN of every bucket": USER, LIST, allow("arn:aws:s3:::*") => Allowed;
        "in every partition": ELSEWHERE, LIST, allow("arn:*:s3:::*") => Allowed;
        "not in another one": ELSEWHERE, LIST, allow("arn:aws:s3:::*") => ImplicitlyDenied;
        "one bucket": USER, LIST, allow("arn:aws:s3:::b") => ImplicitlyDenied;
        "some buckets": USER, LIST, allow("arn:aws:s3:::b*") => ImplicitlyDenied;
        "those of a user": USER, LIST, allow("arn:aws:s3:::${aws:username}") => ImplicitlyDenied;
        "another service": USER, LIST, allow("arn:aws:sqs:::*") => ImplicitlyDenied;
        "a Deny on every bucket": USER, LIST, deny("Resource", "arn:aws:s3:::*") => ExplicitlyDenied;
        "a Deny on one bucket": USER, LIST, deny("Resource", "arn:aws:s3:::b") => Allowed;
        "a Deny on all but every bucket": USER, LIST, deny("NotResource", "arn:aws:s3:::*") => Allowed;
        "a Deny on all but one bucket": USER, LIST, deny("NotResource", "arn:aws:s3:::b") => ExplicitlyDenied;
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
        (
            "variable that is not closed",
            with(json!({"Resource": "arn:aws:s3:::b/${aws:username"})),
        ),
        (
            "variable of an account",
            with(json!({"Resource": "arn:aws:s3::${aws:PrincipalTag/none}:b/*"})),
        ),
        (
            "key without prefix",
            with(json!({"Condition": {"StringEquals": {"username": "ana"}}})),
        ),
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
