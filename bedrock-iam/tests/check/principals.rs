//! Principals of trust policies and resource policies, and the conditions that limit them.

use super::*;

fn trust(principal: Value, condition: Value) -> Vec<String> {
    trusts("sts:AssumeRole".into(), principal, condition)
}

fn trusts(action: Value, principal: Value, condition: Value) -> Vec<String> {
    let mut statement = json!({"Effect": "Allow", "Principal": principal, "Action": action});
    if condition != json!({}) {
        statement["Condition"] = condition;
    }
    of_kind("trust", statement)
}

fn queue(principal: Value, condition: Value) -> Vec<String> {
    let mut statement = json!({"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:us-east-1:111122223333:orders"});
    if condition != json!({}) {
        statement["Condition"] = condition;
    }
    of_kind("resource", statement)
}

#[test]
fn principals_of_the_wrong_form_are_reported() {
    for right in [
        "111122223333",
        "arn:aws:iam::111122223333:root",
        "arn:aws-us-gov:iam::111122223333:user/path/app",
        "arn:aws:iam::111122223333:role/service-role/my.role-1@x",
        "arn:aws:sts::111122223333:assumed-role/Deploy/build-17",
        "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ] {
        assert_eq!(queue(json!({"AWS": right}), json!({})), [""; 0], "{right}");
    }
    for wrong in [
        "11112222333",
        "arn:aws:iam::11112222333:root",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:sts::111122223333:assumed-role/Deploy/*",
        "arn:aws:sts::111122223333:assumed-role/Deploy",
        "arn:aws:iam:us-east-1:111122223333:role/Admin",
        "arn:aws:iam::111122223333:group/Admins",
        "arn:aws:iam::111122223333:user/${aws:username}",
        "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
        "arn:aws:s3:::bucket",
        "arn:amazon:iam::111122223333:role/Admin",
        "bedrock.amazonaws.com",
        "Admin",
        "",
    ] {
        assert_eq!(
            queue(json!({"AWS": [wrong]}), json!({})),
            ["error invalid-principal Statement.Principal.AWS[0]"],
            "{wrong}"
        );
    }
    assert_eq!(
        queue(json!({"AWS": "AROAEXAMPLEID12345678"}), json!({})),
        ["warning deleted-principal Statement.Principal.AWS"]
    );
    assert_eq!(
        queue(
            json!({"Federated": "cognito-identity.amazonaws.com"}),
            json!({})
        ),
        ["error unsupported-entry Statement.Principal.Federated"]
    );
    assert_eq!(
        queue(json!({"CanonicalUser": "x"}), json!({})),
        ["error invalid-principal Statement.Principal.CanonicalUser"]
    );
}

#[test]
fn service_principals_are_compared_with_the_known_ones() {
    let source = json!({"StringEquals": {"aws:SourceAccount": "111122223333"}});
    let found = |name: &str| trust(json!({"Service": name}), source.clone());
    assert_eq!(found("bedrock.amazonaws.com"), [""; 0]);
    for (name, expected) in [
        ("bedrok.amazonaws.com", "warning unknown-service-principal"),
        (
            "bedrock.us-east-1.amazonaws.com",
            "warning unknown-service-principal",
        ),
        (
            "bedrock-runtime.amazonaws.com",
            "error unknown-service-principal",
        ),
        (
            "runtime.sagemaker.amazonaws.com",
            "error unknown-service-principal",
        ),
        (
            "stepfunctions.amazonaws.com",
            "warning unknown-service-principal",
        ),
        (
            "frobnicator.amazonaws.com",
            "suggestion unknown-service-principal",
        ),
        ("bedrock.aws.com", "error invalid-principal"),
        ("https://bedrock.amazonaws.com", "error invalid-principal"),
        ("*.amazonaws.com", "error invalid-principal"),
        ("cognito-identity.amazonaws.com", "error invalid-principal"),
        (
            "arn:aws:iam::111122223333:role/App",
            "error invalid-principal",
        ),
        ("111122223333", "error invalid-principal"),
    ] {
        let expected = format!("{expected} Statement.Principal.Service");
        assert_eq!(found(name), [expected], "{name}");
    }
}

#[test]
fn access_for_everyone_needs_a_condition_on_the_callers() {
    let open = ["security-warning open-to-everyone Statement.Principal"];
    assert_eq!(queue(json!("*"), json!({})), open);
    for useless in [
        json!({"Bool": {"aws:SecureTransport": "true"}}),
        json!({"StringLike": {"aws:PrincipalOrgID": "*"}}),
        json!({"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
        json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-*"}}),
        json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-exampleorgid/*", "o-*/r-ab12/*"]}}),
        json!({"StringLike": {"aws:SourceVpce": "vpce-*"}}),
        json!({"StringLike": {"aws:SourceVpc": "vpc-*"}}),
        json!({"StringLike": {"aws:PrincipalAccount": "1111*"}}),
        json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}),
        json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-exampleorgid"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1111*:role/Admin"}}),
        json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
    ] {
        let found = queue(json!("*"), useless.clone());
        assert!(found.contains(&open[0].to_owned()), "{useless}: {found:?}");
    }
    for limit in [
        json!({"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}),
        json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a/r-ab12/*"}}),
        json!({"StringEquals": {"aws:SourceVpce": "vpce-11223344556677889"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}),
        json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::amzn-s3-demo-bucket"}}),
        json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    ] {
        assert_eq!(
            queue(json!({"AWS": "*"}), limit.clone()),
            [""; 0],
            "{limit}"
        );
    }
    let organization = json!({"StringLike": {"aws:PrincipalOrgID": "o-*"}});
    assert_eq!(
        trust(json!({"AWS": "*"}), organization),
        ["security-warning open-to-everyone Statement.Principal.AWS"]
    );
    assert_eq!(
        trust(json!({"AWS": "*"}), json!({})),
        ["error open-to-everyone Statement.Principal.AWS"]
    );
    // what every caller may do through a VPC endpoint
    let endpoint = json!({"Effect": "Allow", "Principal": "*", "Action": "bedrock:ListFoundationModels", "Resource": "*"});
    assert_eq!(
        of_kind("resource", endpoint),
        ["suggestion open-to-everyone Statement.Principal"]
    );
    let deny = json!({"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"});
    assert_eq!(of_kind("resource", deny), [""; 0]);
}

#[test]
fn services_need_a_condition_on_the_source() {
    let sns = || json!({"Service": "sns.amazonaws.com"});
    assert_eq!(
        queue(sns(), json!({})),
        ["security-warning confused-deputy Statement"]
    );
    assert_eq!(
        queue(
            sns(),
            json!({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}})
        ),
        ["security-warning confused-deputy Statement.Condition.ArnLike.aws:SourceArn"]
    );
    assert_eq!(
        queue(
            sns(),
            json!({"StringEquals": {"aws:Referer": "111122223333"}})
        ),
        ["suggestion confused-deputy Statement.Condition.StringEquals.aws:Referer"]
    );
    for right in [
        json!({"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        json!({"ArnEquals": {"AWS:SourceArn": "arn:aws:sns:us-east-1:111122223333:alerts"}}),
        json!({"StringEquals": {"aws:SourceOrgID": "o-exampleorgid"}}),
    ] {
        assert_eq!(queue(sns(), right.clone()), [""; 0], "{right}");
    }
    assert_eq!(
        trust(json!({"Service": "bedrock.amazonaws.com"}), json!({})),
        ["suggestion confused-deputy Statement"]
    );
    assert_eq!(
        trust(json!({"Service": "lambda.amazonaws.com"}), json!({})),
        [""; 0]
    );
}

#[test]
fn accounts_of_the_source_have_to_agree() {
    let found = |account: &str, arn: &str| {
        let condition = json!({"StringEquals": {"aws:SourceAccount": account}, "ArnLike": {"aws:SourceArn": arn}});
        trust(json!({"Service": "bedrock.amazonaws.com"}), condition)
    };
    assert_eq!(
        found(
            "111122223333",
            "arn:aws:bedrock:us-east-1:444455556666:agent/*"
        ),
        ["error source-mismatch Statement.Condition.ArnLike.aws:SourceArn"]
    );
    assert_eq!(
        found(
            "111122223333",
            "arn:aws:bedrock:us-east-1:111122223333:agent/*"
        ),
        [""; 0]
    );
    // the ARN of a bucket has no account
    let bucket = json!({"StringEquals": {"aws:SourceAccount": "111122223333"},
        "ArnLike": {"aws:SourceArn": "arn:aws:s3:::amzn-s3-demo-bucket"}});
    assert_eq!(
        queue(json!({"Service": "s3.amazonaws.com"}), bucket),
        [""; 0]
    );
    assert_eq!(
        found("111122223333", "arn:aws:sns:us-east-1:111122223333:topic"),
        ["warning source-mismatch Statement.Condition.ArnLike.aws:SourceArn"]
    );
    for wrong in ["11112222333", "arn:aws:iam::111122223333:root"] {
        assert_eq!(
            trust(
                json!({"Service": "bedrock.amazonaws.com"}),
                json!({"StringEquals": {"aws:SourceAccount": wrong}})
            ),
            ["error invalid-value Statement.Condition.StringEquals.aws:SourceAccount"]
        );
    }
}

const GITHUB: &str = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const SAML: &str = "arn:aws:iam::111122223333:saml-provider/Example";

#[test]
fn actions_of_trust_policies_fit_their_principals() {
    let account = || json!({"AWS": "111122223333"});
    for (action, principal, expected) in [
        ("iam:AssumeRole", account(), "Statement.Action"),
        ("sts:GetCallerIdentity", account(), "Statement.Action"),
        ("*", account(), "Statement.Action"),
        ("sts:AssumeRoleWithSAML", account(), "Statement.Action"),
    ] {
        let found = trusts(json!(action), principal, json!({}));
        assert_eq!(
            found[0],
            format!("error trust-action {expected}"),
            "{action}"
        );
    }
    assert_eq!(
        trusts(
            json!(["sts:AssumeRole", "sts:TagSession"]),
            account(),
            json!({})
        ),
        [""; 0]
    );
    let aud = json!({"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}});
    assert_eq!(
        trusts(
            json!("sts:AssumeRoleWithSAML"),
            json!({"Federated": SAML}),
            aud.clone()
        ),
        [""; 0]
    );
    let found = trusts(
        json!("sts:AssumeRole"),
        json!({"Federated": SAML}),
        aud.clone(),
    );
    assert_eq!(found[0], "error trust-action Statement.Action");
    // the account has its action, the provider has not
    let both = json!({"AWS": "111122223333", "Federated": SAML});
    let found = trusts(json!("sts:AssumeRole"), both, aud);
    assert_eq!(found[0], "error trust-action Statement.Principal.Federated");
}

#[test]
fn trust_policies_allow_what_their_principals_and_keys_need() {
    let anchor = json!({"ArnEquals": {"aws:SourceArn":
        "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"}});
    let service = || json!({"Service": "rolesanywhere.amazonaws.com"});
    assert_eq!(
        trusts(json!("sts:AssumeRole"), service(), anchor.clone()),
        ["error missing-trust-action Statement.Action"]
    );
    let all = json!(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
    assert_eq!(trusts(all, service(), anchor), [""; 0]);
    let identity = json!({"StringEquals": {"sts:SourceIdentity": "Saanvi"}});
    assert_eq!(
        trusts(
            json!("sts:AssumeRole"),
            json!({"AWS": "111122223333"}),
            identity.clone()
        ),
        ["warning missing-trust-action Statement.Condition.StringEquals.sts:SourceIdentity"]
    );
    let both = json!(["sts:AssumeRole", "sts:SetSourceIdentity"]);
    assert_eq!(
        trusts(both, json!({"AWS": "111122223333"}), identity),
        [""; 0]
    );
}

#[test]
fn trust_in_identity_providers_is_limited() {
    let github = |condition: Value| {
        trusts(
            json!("sts:AssumeRoleWithWebIdentity"),
            json!({"Federated": GITHUB}),
            condition,
        )
    };
    let sub = |operator: &str, value: &str| {
        github(json!({operator: {"token.actions.githubusercontent.com:sub": value}}))
    };
    let open = ["security-warning open-identity-provider Statement"];
    assert_eq!(github(json!({})), open);
    assert_eq!(
        github(
            json!({"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}})
        ),
        open
    );
    assert_eq!(
        sub(
            "StringEquals",
            "repo:octo-org/octo-repo:environment:production"
        ),
        [""; 0]
    );
    assert_eq!(
        sub("StringLike", "repo:octo-org/octo-repo:environment:*"),
        [""; 0]
    );
    let at = "Statement.Condition.StringLike.token.actions.githubusercontent.com:sub";
    for value in [
        "*",
        "re*",
        "repo:*",
        "*:environment:production",
        "repo:octo*/*:ref:refs/tags/v1",
        "repo:octo-org*",
        "repo:octo-or?/octo-repo:ref:refs/tags/v1",
    ] {
        let expected = format!("security-warning open-identity-provider {at}");
        assert_eq!(sub("StringLike", value)[0], expected, "{value}");
    }
    for value in [
        "repo:octo-org/octo-repo:*",
        "repo:octo-org/*:ref:refs/tags/v1",
        "repo:octo-org@*/octo-repo@*:*",
    ] {
        assert_eq!(
            sub("StringLike", value),
            [format!("suggestion open-identity-provider {at}")],
            "{value}"
        );
    }
    let gitlab = json!({"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"});
    for value in ["project_path:*", "project_path:our*/app:ref_type:branch:*"] {
        assert_eq!(
            trusts(
                json!("sts:AssumeRoleWithWebIdentity"),
                gitlab.clone(),
                json!({"StringLike": {"gitlab.com:sub": value}})
            ),
            [
                "security-warning open-identity-provider Statement.Condition.StringLike.gitlab.com:sub"
            ],
            "{value}"
        );
    }
    let eks = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
    assert_eq!(
        trusts(
            json!("sts:AssumeRoleWithWebIdentity"),
            json!({"Federated": format!("arn:aws:iam::111122223333:oidc-provider/{eks}")}),
            json!({"StringLike": {format!("{eks}:sub"): "system:serviceaccount:team-*:app"}})
        ),
        [""; 0]
    );
    let aud = json!({"ForAllValues:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
        "StringEquals": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:environment:production"}});
    let found = github(aud);
    assert!(
        found.iter().any(|it| it.contains("audience-set-operator")),
        "{found:?}"
    );
    let aud = json!({"ForAnyValue:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
        "StringEquals": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:environment:production"}});
    let found = github(aud);
    let code = "security-warning audience-set-operator";
    assert!(found.iter().any(|it| it.starts_with(code)), "{found:?}");
    let cognito = |condition: Value| {
        let principal = json!({"Federated": "cognito-identity.amazonaws.com"});
        trusts(json!("sts:AssumeRoleWithWebIdentity"), principal, condition)
    };
    let found = cognito(
        json!({"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}),
    );
    assert_eq!(found[0], open[0]);
    let pool = json!({"StringEquals": {"cognito-identity.amazonaws.com:aud": "us-east-1:1"}});
    assert_eq!(cognito(pool.clone()), [""; 0]);
    // the key has several values, although the reference states one
    let mut authenticated = pool;
    authenticated["ForAnyValue:StringLike"] =
        json!({"cognito-identity.amazonaws.com:amr": "authenticated"});
    assert_eq!(cognito(authenticated), [""; 0]);
    let url = json!({"Federated": "https://token.actions.githubusercontent.com"});
    assert_eq!(
        trusts(json!("sts:AssumeRoleWithWebIdentity"), url, json!({})),
        ["error invalid-principal Statement.Principal.Federated"]
    );
    assert_eq!(
        trusts(
            json!("sts:AssumeRoleWithSAML"),
            json!({"Federated": SAML}),
            json!({})
        ),
        ["suggestion open-identity-provider Statement"]
    );
}

#[test]
fn a_principal_that_is_left_out_of_a_deny_is_listed_with_its_account() {
    let found = |principals: Value| {
        of_kind(
            "resource",
            json!({"Effect": "Deny", "NotPrincipal": principals, "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:us-east-1:111122223333:orders"}),
        )
    };
    let arn = |rest: &str| format!("arn:aws:iam::111122223333:{rest}");
    let (user, role, root) = (arn("user/a/ana"), arn("role/service/Deploy"), arn("root"));
    let session = "arn:aws:sts::111122223333:assumed-role/Deploy/build-17";
    for right in [
        json!({"AWS": root}),
        json!({"AWS": [user, root]}),
        json!({"AWS": [role, "111122223333"]}),
        json!({"AWS": [session, role, root]}),
        json!({"AWS": [user, root], "Service": "bedrock.amazonaws.com"}),
    ] {
        assert_eq!(found(right.clone()), [""; 0], "{right}");
    }
    let at = |place: &str| {
        format!("warning not-principal-without-account Statement.NotPrincipal.AWS{place}")
    };
    for (wrong, place) in [
        (json!({"AWS": user}), ""),
        (json!({"AWS": [role]}), "[0]"),
        (json!({"AWS": [root, session]}), "[1]"),
        (json!({"AWS": ["444455556666", user]}), "[1]"),
        (
            json!({"AWS": "arn:aws:sts::111122223333:federated-user/ana"}),
            "",
        ),
    ] {
        assert_eq!(found(wrong.clone()), [at(place)], "{wrong}");
    }
    let both = json!({"AWS": [session, "arn:aws:iam::111122223333:role/Other", root]});
    assert_eq!(found(both), [at("[0]")]);
}

#[test]
fn a_statement_for_endpoints_only_allows_nothing() {
    let source = json!({"StringEquals": {"aws:SourceAccount": "111122223333"}});
    let found = |services: Value| trust(json!({"Service": services}), source.clone());
    let code = "unknown-service-principal Statement.Principal.Service";
    assert_eq!(
        found(json!("bedrock-runtime.amazonaws.com")),
        [format!("error {code}")]
    );
    assert_eq!(
        found(json!([
            "bedrock-runtime.amazonaws.com",
            "bedrock.amazonaws.com"
        ])),
        [format!("warning {code}[0]")]
    );
}

#[test]
fn actions_within_assuming_have_the_keys_of_the_request() {
    let host = "token.actions.githubusercontent.com";
    let web = json!({"Federated": format!("arn:aws:iam::111122223333:oidc-provider/{host}")});
    let claims = json!({"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:org/app:environment:prod"}});
    let aud = json!({"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}});
    for (actions, principal, condition) in [
        (
            json!([
                "sts:AssumeRoleWithSAML",
                "sts:TagSession",
                "sts:SetSourceIdentity"
            ]),
            json!({"Federated": SAML}),
            &aud,
        ),
        (
            json!(["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]),
            web.clone(),
            &claims,
        ),
        (
            json!(["sts:AssumeRole", "sts:SetSourceIdentity"]),
            json!({"AWS": "111122223333"}),
            &json!({"StringEquals": {"sts:ExternalId": "a1b2"}}),
        ),
    ] {
        assert_eq!(trusts(actions, principal, condition.clone()), [""; 0]);
    }
    // in a statement of its own, also without a condition on the identity
    let tagged = json!({"StringLike": {"aws:RequestTag/team": "*"},
        "ForAllValues:StringEquals": {"sts:TransitiveTagKeys": ["team"]}});
    for condition in [aud, claims, tagged] {
        let found = trusts(json!("sts:TagSession"), web.clone(), condition.clone());
        let mut serious = found.iter().filter(|it| !it.starts_with("suggestion"));
        assert_eq!(serious.next(), None, "{condition}");
    }
    let other = json!({"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}});
    let found = trusts(
        json!(["sts:AssumeRole", "sts:TagSession"]),
        json!({"AWS": "111122223333"}),
        other,
    );
    let dead = "error dead-condition Statement.Condition.StringEquals.iam:PassedToService";
    assert!(found.contains(&dead.to_owned()), "{found:?}");
}
