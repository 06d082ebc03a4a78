//! The kinds of callers, and the ways in which statements name them.

use super::*;

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

/// Keys of requests without credentials follow from their having none, also in a partial request.
#[test]
fn requests_without_credentials_have_few_keys_of_the_caller() {
    let outcome = |caller: Value, operator: &str, key: &str, value: &str| {
        let statement = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                               "Condition": {operator: {key: value}}});
        let mut request = request(OBJECT, "*");
        request["principal"] = caller;
        let policies = read_policies(&json!({"resource": policy(statement)}));
        let [complete, partial] =
            [false, true].map(|it| policies.decide(&read_request(&request, it)).outcome());
        if key != "aws:PrincipalServiceNamesList" {
            assert!(complete == partial, "{key}: {complete}, {partial}");
        }
        partial
    };
    let anonymous = |operator, key, value| outcome(json!("*"), operator, key, value);
    assert_eq!(
        anonymous("StringEquals", "aws:PrincipalAccount", "anonymous"),
        Allowed
    );
    for key in [
        "aws:PrincipalOrgID",
        "AWS:principalorgpaths",
        "aws:principaltag/team",
        "aws:PrincipalServiceNamesList",
    ] {
        assert_eq!(anonymous("Null", key, "true"), Allowed, "{key}");
    }
    // of which AWS documents both that it is absent and that it is `anonymous`
    assert_eq!(
        anonymous("StringEquals", "aws:userid", "anonymous"),
        Undecided
    );
    let list = "aws:PrincipalServiceNamesList";
    assert_eq!(outcome(json!(USER), "Null", list, "true"), Allowed);
    let service = json!({"Service": SERVICE});
    assert_eq!(outcome(service, "Null", list, "true"), Undecided);
}

#[test]
fn identity_providers_are_callers_by_their_names() {
    const WEB: &str = "sts:AssumeRoleWithWebIdentity";
    for provider in [
        "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
        "arn:aws:iam::111111111111:saml-provider/P",
        "accounts.google.com",
        "cognito-identity.amazonaws.com",
    ] {
        let trust = |provider: &str| {
            let principal = json!({"Federated": provider});
            json!({"resource": policy(json!({"Effect": "Allow", "Principal": principal, "Action": WEB}))})
        };
        check(provider, provider, (WEB, TRUST.1), trust(provider), Allowed);
        let other = trust("www.amazon.com");
        check(provider, provider, (WEB, TRUST.1), other, ImplicitlyDenied);
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
