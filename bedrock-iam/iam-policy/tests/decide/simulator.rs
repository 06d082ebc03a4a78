//! Cases in which AWS's policy simulator differs from AWS.
//!
//! <https://github.com/aws/aws-cli/issues/10314> compares trust policies in the simulator, which ignores them,
//! with AWS STS and IAM Access Analyzer; the comments number its tests.
//! <https://github.com/aws/aws-cli/issues/5861> is about service control policies with conditions.

use iam_policy::decide::Need;
use iam_policy::decide::Outcome::{self, Allowed, ExplicitlyDenied, ImplicitlyDenied, Undecided};
use serde_json::{Value, json};

use crate::laws::{read_policies, read_request};

const CALLER: &str = "arn:aws:iam::123456789012:user/lab";
const ROLE: &str = "arn:aws:iam::123456789012:role/privileged";

/// Returns a policy that allows everything.
fn admin() -> Value {
    json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
}

fn trust(effect: &str, principal: Value, condition: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole", "Condition": condition},
    ]})
}

fn check(caller: Value, action: &str, policies: Value, context: Value, expected: Outcome) {
    let resource = if action.starts_with("sts:") {
        ROLE
    } else {
        "arn:aws:s3:::data/a"
    };
    let request =
        json!({"principal": caller, "action": action, "resource": resource, "context": context});
    let (policies, request) = (read_policies(&policies), read_request(&request, false));
    let decision = policies.decide(&request);
    assert_eq!(decision.outcome(), expected, "{decision}");
}

/// Checks the outcome for an administrator who assumes a role.
fn check_trust(trust: Value, context: Value, expected: Outcome) {
    let policies = json!({"identity": [admin()], "resource": trust});
    check(json!(CALLER), "sts:AssumeRole", policies, context, expected);
}

#[test]
fn a_trust_policy_decides_who_assumes_the_role() {
    let caller = || json!({"AWS": CALLER});
    // 1
    let silent = json!({"resource": trust("Allow", caller(), json!({}))});
    check(json!(CALLER), "sts:AssumeRole", silent, json!({}), Allowed);
    // 2, the control
    let bucket = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": CALLER}, "Action": "s3:GetObject", "Resource": "*",
    }});
    let policies = json!({"identity": [admin()], "resource": bucket});
    check(json!(CALLER), "s3:GetObject", policies, json!({}), Allowed);
    // 3 and 10
    check_trust(
        trust("Deny", caller(), json!({})),
        json!({}),
        ExplicitlyDenied,
    );
    // 4 and 11
    let mfa = || json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}});
    for (context, expected) in [
        (
            json!({"aws:MultiFactorAuthPresent": "false"}),
            ImplicitlyDenied,
        ),
        (json!({"aws:MultiFactorAuthPresent": "true"}), Allowed),
        (json!({}), ImplicitlyDenied),
    ] {
        check_trust(trust("Allow", caller(), mfa()), context.clone(), expected);
        check_trust(trust("Allow", caller(), json!({})), context, Allowed);
    }
    // 5
    let address = || json!({"IpAddress": {"aws:SourceIp": "10.0.0.1/32"}});
    for (from, expected) in [("203.0.113.42", ImplicitlyDenied), ("10.0.0.1", Allowed)] {
        check_trust(
            trust("Allow", caller(), address()),
            json!({"aws:SourceIp": from}),
            expected,
        );
    }
    // 6
    let age = || json!({"NumericLessThan": {"aws:MultiFactorAuthAge": "300"}});
    for (seconds, expected) in [
        (99999, ImplicitlyDenied),
        (300, ImplicitlyDenied),
        (299, Allowed),
    ] {
        let context = json!({"aws:MultiFactorAuthAge": seconds});
        check_trust(trust("Allow", caller(), age()), context, expected);
    }
    // 8
    let mut excluded = trust("Allow", json!("*"), json!({}));
    let statement = excluded["Statement"][0].as_object_mut().unwrap();
    statement.remove("Principal");
    statement.insert("NotPrincipal".into(), caller());
    check_trust(excluded, json!({}), ImplicitlyDenied);
    // 9, which the simulator refuses
    let service = || json!({"Service": "ec2.amazonaws.com"});
    check_trust(
        trust("Allow", service(), json!({})),
        json!({}),
        ImplicitlyDenied,
    );
    let policies = json!({"resource": trust("Allow", service(), json!({}))});
    check(service(), "sts:AssumeRole", policies, json!({}), Allowed);
}

/// Test 7, with the users of the identity provider too.
#[test]
fn a_trust_policy_decides_which_web_identities_assume_the_role() {
    const ACTION: &str = "sts:AssumeRoleWithWebIdentity";
    let provider = || json!({"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"});
    let mut trust = trust(
        "Allow",
        provider(),
        json!({"StringEquals": {
            "token.actions.githubusercontent.com:sub": "repo:example/app:environment:production",
        }}),
    );
    trust["Statement"][0]["Action"] = json!(ACTION);
    let subject = |environment: &str| json!({"token.actions.githubusercontent.com:sub": format!("repo:example/app:environment:{environment}")});
    let policies = || json!({"identity": [admin()], "resource": trust});
    for (environment, expected) in [("production", Allowed), ("test", ImplicitlyDenied)] {
        check(
            provider(),
            ACTION,
            policies(),
            subject(environment),
            expected,
        );
        // a user has no token of the provider
        check(
            json!(CALLER),
            ACTION,
            policies(),
            subject(environment),
            ImplicitlyDenied,
        );
    }
    let elsewhere = json!({"Federated": "accounts.google.com"});
    check(
        elsewhere,
        ACTION,
        policies(),
        subject("production"),
        ImplicitlyDenied,
    );
}

#[test]
fn conditions_of_service_control_policies_count() {
    let levels = json!([[admin()], [admin(), {"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}},
    }}]]);
    let policies = json!({"identity": [admin()], "scp": levels});
    for (context, expected) in [
        (json!({"aws:RequestedRegion": "eu-west-1"}), Allowed),
        (
            json!({"aws:RequestedRegion": "us-east-1"}),
            ExplicitlyDenied,
        ),
        (json!({}), ExplicitlyDenied),
    ] {
        check(
            json!(CALLER),
            "s3:GetObject",
            policies.clone(),
            context,
            expected,
        );
    }
    // the simulator does not report that the key is missing: aws/aws-cli#10525
    let request =
        json!({"principal": CALLER, "action": "s3:GetObject", "resource": "arn:aws:s3:::data/a"});
    let (policies, request) = (read_policies(&policies), read_request(&request, true));
    let decision = policies.decide(&request);
    assert_eq!(decision.outcome(), Undecided);
    let needs = decision.explain().needs;
    assert!(
        matches!(&*needs, [Need::Key { key, .. }] if key == "aws:RequestedRegion"),
        "{needs:?}"
    );
}
