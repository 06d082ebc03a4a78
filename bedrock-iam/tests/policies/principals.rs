//! Principals: those that the check of documents refuses do not build.

use bedrock_iam::check::{Code, Options, check_as};
use bedrock_iam::document::Document;
use bedrock_iam::{PolicyBuilder, PolicyKind, catalog};

use super::*;

fn read(principal: Principal) -> Statement {
    let read = Statement::allow(foreign_action!("s3:GetObject")).on(AnyResource);
    read.principal(principal).checked()
}

#[test]
fn malformed_principals_do_not_build() {
    let faults = |builder: PolicyBuilder, principal: &Principal| {
        let statement = read(principal.clone());
        let built = builder.with(statement).build();
        built.err().map_or(0, |error| {
            let all = error.faults().iter();
            all.filter(|it| matches!(it.kind(), FaultKind::Principal { .. }))
                .count()
        })
    };
    for (principal, expected) in [
        (
            Principal::arn(raw_arn!("arn:aws:iam::12345678901:role/app")),
            "an account id of 12 digits",
        ),
        (
            Principal::arn(raw_arn!("arn:aws:iam::123456789012:role/app-*")),
            "without wildcards",
        ),
        (
            Principal::arn(raw_arn!("arn:aws:iam::123456789012:group/admins")),
            "a group is not a principal",
        ),
        (
            Principal::arn(raw_arn!("arn:aws:iam::123456789012:saml-provider/own")),
            "expected `Principal::federated(…)`",
        ),
        (
            Principal::service("arn:aws:iam::123456789012:root"),
            "expected `Principal::account(…)` or `Principal::arn(…)`",
        ),
        (
            Principal::service("*.amazonaws.com"),
            "such as `lambda.amazonaws.com`",
        ),
        (
            Principal::federated("https://example.com"),
            "the ARN of an identity provider",
        ),
        (Principal::canonical_user("abc"), "64 hexadecimal digits"),
    ] {
        let built = Policy::new().with(read(principal.clone())).build();
        let error = built.expect_err("a fault").to_string();
        assert!(error.contains(expected), "{error}");
        // the check of documents refuses the same
        let shown = principal.to_string();
        let (kind, text) = shown.split_once(": ").expect("a kind");
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": {{"{kind}": "{text}"}}}}}}"#
        );
        let document = Document::from_json(&text).expect("a document");
        let options = Options::default().kind(PolicyKind::Trust);
        let findings = check_as(&document, catalog(), &options).findings;
        assert!(
            findings.iter().any(|it| it.code == Code::INVALID_PRINCIPAL),
            "{text}"
        );
    }
    for principal in [
        Principal::ANYONE,
        Principal::ANY_AWS,
        Principal::account(account!("123456789012")),
        Principal::arn(raw_arn!("arn:aws:iam::123456789012:role/path/app")),
        Principal::service("logs.eu-central-1.amazonaws.com"),
        Principal::service("not-yet-known.amazonaws.com"),
        Principal::federated("accounts.google.com"),
    ] {
        assert_eq!(faults(Policy::new(), &principal), 0, "{principal}");
    }
    // identities from outside assume a role first
    let google = Principal::federated("accounts.google.com");
    assert_eq!(faults(Policy::resource(), &google), 1);
    assert_eq!(faults(Policy::resource_control(), &google), 0);
}
