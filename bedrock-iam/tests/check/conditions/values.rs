//! Findings about the values of conditions.

use bedrock_iam::check::Day;

use super::*;

#[test]
fn wildcards_under_operators_without_wildcards_are_reported() {
    let tag = |operator: &str, value: &str| json!({operator: {"aws:PrincipalTag/team": value}});
    for (operator, like) in [
        ("StringEquals", Some("StringLike")),
        ("StringNotEquals", Some("StringNotLike")),
        ("StringEqualsIfExists", Some("StringLikeIfExists")),
        ("StringEqualsIgnoreCase", None),
    ] {
        let found = with("Deny", tag(operator, "a?"));
        let finding = only(found, Code::WILDCARD_WITHOUT_LIKE);
        assert_eq!(finding.severity, Severity::Warning);
        let like = like.map(|like| Change::Rename(like.to_owned()));
        assert_eq!(finding.fix.map(|fix| fix.change), like, "{operator}");
        none(with(
            "Deny",
            tag(operator, "a${*}${?}${aws:PrincipalTag/x}"),
        ));
    }
    let source = |values: Value| json!({"StringNotEquals": {"aws:SourceArn": values}});
    let pattern = "arn:aws:bedrock:us-east-1:111122223333:agent/*";
    let code = Code::WILDCARD_WITHOUT_LIKE;
    assert_eq!(grade("Deny", source(json!(pattern)), code), Severity::Error);
    let one = json!([pattern, "arn:aws:bedrock:us-east-1:111122223333:agent/A"]);
    assert_eq!(grade("Deny", source(one), code), Severity::Warning);
    right(json!({"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}));
    // the names in the subjects of some providers have no wildcards
    let subject = |host: &str, values: Value| {
        let statement = json!({"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": format!("arn:aws:iam::111122223333:oidc-provider/{host}")},
            "Condition": {"StringEquals": {format!("{host}:aud"): "app", format!("{host}:sub"): values}}});
        let found = as_kind(PolicyKind::Trust, statement);
        let found = found.iter().find(|it| it.code == code);
        found.map(|it| it.severity)
    };
    let (github, eks) = (
        "token.actions.githubusercontent.com",
        "oidc.eks.us-east-1.amazonaws.com/id/A1",
    );
    let (org, app) = ("repo:org/*", "repo:org/app:environment:prod");
    assert_eq!(subject(github, json!(org)), Some(Severity::Error));
    assert_eq!(subject(github, json!([org, app])), Some(Severity::Warning));
    assert_eq!(subject(github, json!(app)), None);
    let account = json!("system:serviceaccount:prod:*");
    assert_eq!(subject(eks, account), Some(Severity::Error));
    assert_eq!(
        subject("id.example.com", json!("team|*")),
        Some(Severity::Warning)
    );
}

#[test]
fn values_that_no_request_has_are_reported() {
    for (operator, key, wrong, fits) in [
        (
            "StringEquals",
            "aws:PrincipalAccount",
            "11112222333",
            "111122223333",
        ),
        (
            "StringNotEquals",
            "aws:PrincipalOrgID",
            "ou-ab12-11111111",
            "o-exampleorgid",
        ),
        (
            "StringEquals",
            "aws:SourceVpc",
            "vpce-12345678",
            "vpc-12345678",
        ),
        (
            "StringEquals",
            "aws:SourceVpce",
            "vpce-xyz",
            "vpce-0123456789abcdef0",
        ),
        // 8 or 17 digits
        ("StringEquals", "aws:SourceVpce", "vpce-12", "vpce-1a2b3c4d"),
        (
            "StringNotEquals",
            "aws:SourceVpce",
            "vpce-0123456789abcdef",
            "vpce-0123456789abcdef0",
        ),
        (
            "StringEquals",
            "aws:SourceVpc",
            "vpc-1a2b3c4d5",
            "vpc-1a2b3c4d",
        ),
        (
            "StringEquals",
            "aws:RequestedRegion",
            "us-east-1a",
            "us-east-1",
        ),
        (
            "StringEquals",
            "aws:SourceArn",
            "x",
            "arn:aws:sns:us-east-1:111122223333:x",
        ),
        (
            "DateLessThan",
            "aws:CurrentTime",
            "12/31/2027",
            "2027-12-31",
        ),
        ("NumericLessThan", "aws:MultiFactorAuthAge", "1h", "3600"),
    ] {
        let condition = |values: Value| json!({operator: {key: values}});
        let code = Code::INVALID_VALUE;
        assert_eq!(
            grade("Allow", condition(json!(wrong)), code),
            Severity::Error,
            "{key}"
        );
        right(condition(json!(fits)));
    }
    let region = |name: &str| json!({"StringEquals": {"aws:RequestedRegion": name}});
    assert_eq!(
        grade("Allow", region("eu-cental-1"), Code::INVALID_VALUE),
        Severity::Warning
    );
    right(region("zz-orchard-1"));
    let some = json!({"StringEquals": {"aws:PrincipalAccount": ["1", "111122223333"]}});
    assert_eq!(grade("Allow", some, Code::INVALID_VALUE), Severity::Warning);
    right(json!({"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}));
    right(json!({"StringLike": {"aws:RequestedRegion": "eu-*"}}));
    let both = json!({"Bool": {"aws:SecureTransport": ["true", false]}});
    let found = with("Deny", both);
    assert_eq!(codes(&found), ["invalid-value", "mixed-values"]);
    only(
        with(
            "Allow",
            json!({"StringLike": {"aws:MultiFactorAuthAge": "3*"}}),
        ),
        Code::OPERATOR_TYPE,
    );
    let token = |value: &str| {
        deny(
            json!("bedrock:CallWithBearerToken"),
            json!("*"),
            json!({"StringEquals": {"bedrock:BearerTokenType": value}}),
        )
    };
    let finding = only(token("long-term"), Code::INVALID_VALUE);
    let fix = Change::Replace(vec!["LONG_TERM".to_owned()]);
    assert_eq!(finding.fix.map(|fix| fix.change), Some(fix));
    none(token("LONG_TERM"));
}

#[test]
fn networks_are_public_and_have_no_bits_behind_their_prefix() {
    let ip = |operator: &str, values: Value| json!({operator: {"aws:SourceIp": values}});
    let private = Code::PRIVATE_ADDRESS;
    for operator in ["IpAddress", "NotIpAddress"] {
        let all = ip(operator, json!(["10.0.0.0/8", "fd00::/8"]));
        assert_eq!(grade("Deny", all, private), Severity::Error);
        let some = ip(operator, json!(["203.0.113.0/24", "172.16.0.0/12"]));
        assert_eq!(grade("Deny", some, private), Severity::Suggestion);
    }
    let finding = only(
        with("Allow", ip("IpAddress", json!(["203.0.113.77/24"]))),
        Code::HOST_BITS,
    );
    assert_eq!(
        finding.fix.map(|fix| fix.change),
        Some(Change::Replace(vec!["203.0.113.0/24".to_owned()]))
    );
    let everyone = ip("IpAddress", json!("0.0.0.0/0"));
    assert_eq!(
        grade("Allow", everyone, Code::CONDITION_ALWAYS_TRUE),
        Severity::Warning
    );
    let nobody = ip("NotIpAddress", json!("::/0"));
    assert_eq!(
        grade("Allow", nobody, Code::CONTRADICTORY_CONDITION),
        Severity::Error
    );
    right(ip(
        "IpAddress",
        json!(["203.0.113.0/24", "2001:db8:1234:5678::/64"]),
    ));
    right(
        json!({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}, "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}),
    );
    for redundant in [
        json!({"NumericLessThan": {"aws:MultiFactorAuthAge": ["2700", "3600"]}}),
        json!({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "203.0.113.9"]}}),
        json!({"StringEquals": {"aws:PrincipalTag/a": ["x", "y", "x"]}}),
    ] {
        only(with("Allow", redundant), Code::REDUNDANT_ENTRY);
    }
    right(json!({"StringLike": {"aws:PrincipalTag/a": ["x/", "x/*"]}}));
}

#[test]
fn past_dates_are_reported_if_the_day_is_known() {
    let on = |day: Option<&str>, condition: Value| {
        let document = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow",
            "Action": "bedrock:ListAgents", "Resource": "*", "Condition": condition}});
        let options = match day.map(|day| day.parse::<Day>().expect("a day")) {
            Some(day) => Options::default().today(day),
            None => Options::default(),
        };
        check_as(
            &serde_json::from_value(document).unwrap(),
            catalog(),
            &options,
        )
        .findings
    };
    let until = || json!({"DateLessThan": {"aws:CurrentTime": "2026-06-30T23:59:59Z"}});
    let from = || json!({"DateGreaterThan": {"aws:EpochTime": "2026-06-30"}});
    for (condition, code) in [
        (until(), Code::CONTRADICTORY_CONDITION),
        (from(), Code::CONDITION_ALWAYS_TRUE),
    ] {
        none(on(None, condition.clone()));
        none(on(Some("2026-06-30"), condition.clone()));
        let finding = only(on(Some("2026-07-01"), condition), code);
        assert_eq!(finding.severity, Severity::Suggestion);
    }
    // sessions from before a day, as when they are revoked
    none(on(
        Some("2026-07-01"),
        json!({"DateLessThan": {"aws:TokenIssueTime": "2026-01-01"}}),
    ));
}

#[cfg(feature = "companions")]
#[test]
fn services_to_which_no_role_is_passed_are_errors() {
    let graded = |operator: &str, values: Value| {
        let found = of(json!({"Effect": "Allow", "Action": "iam:PassRole",
            "Resource": "arn:aws:iam::111122223333:role/service", "Condition": {operator: {"iam:PassedToService": values}}}));
        let found = found.iter().filter(|it| it.code == Code::INVALID_VALUE);
        found.map(|it| it.severity).collect::<Vec<_>>()
    };
    let right = "bedrock.amazonaws.com";
    assert_eq!(graded("StringEquals", json!(right)), []);
    for wrong in ["bedrock", "bedrock-runtime.amazonaws.com"] {
        for operator in ["StringEquals", "StringLike"] {
            let found = graded(operator, json!(wrong));
            assert_eq!(found, [Severity::Error], "{wrong}");
            let found = graded(operator, json!([right, wrong]));
            assert_eq!(found, [Severity::Warning], "{wrong}");
        }
        let found = graded("StringNotEquals", json!(wrong));
        assert_eq!(found, [Severity::Warning], "{wrong}");
    }
    let both = graded(
        "StringEquals",
        json!(["bedrock", "bedrock-runtime.amazonaws.com"]),
    );
    assert_eq!(both, [Severity::Error, Severity::Error]);
}

#[test]
fn names_of_services_have_a_domain() {
    let linked = |name: &str| {
        of(
            json!([{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
            "Resource": "arn:aws:iam::*:role/aws-service-role/*",
            "Condition": {"StringLike": {"iam:AWSServiceName": name}}}]),
        )
    };
    let found = linked("bedrock");
    let of_value = |it: &&Finding| it.code == Code::INVALID_VALUE;
    let severity = found.iter().find(of_value).map(|it| it.severity);
    assert_eq!(severity, Some(Severity::Error));
    for right in [
        "bedrock.amazonaws.com",
        "*.application-autoscaling.amazonaws.com",
    ] {
        assert_eq!(linked(right).iter().find(of_value), None, "{right}");
    }
}

#[test]
fn variables_are_well_formed_and_exist() {
    let resource = |text: &str| {
        of(
            json!([{"Effect": "Allow", "Action": "s3:GetObject", "Resource": format!("arn:aws:s3:::a/{text}")}]),
        )
    };
    for (wrong, fixed) in [
        ("${aws: username}", Some("${aws:username}")),
        (
            "${aws:PrincipalTag/team, all}",
            Some("${aws:PrincipalTag/team, 'all'}"),
        ),
        (
            "${aws:PrincipalTag/team, 'all}",
            Some("${aws:PrincipalTag/team, 'all'}"),
        ),
        ("${Token[TOKEN.12]}", None),
        ("${username}", None),
        ("${}", None),
        ("${aws:username", None),
    ] {
        let finding = only(resource(wrong), Code::INVALID_VARIABLE);
        let fixed = fixed.map(|text| Change::Replace(vec![format!("arn:aws:s3:::a/{text}")]));
        assert_eq!(finding.fix.map(|fix| fix.change), fixed, "{wrong}");
    }
    for (wrong, fixed) in [
        ("${aws:usrname}", "${aws:username}"),
        ("${aws:PrincipleTag/a, 'b'}", "${aws:PrincipalTag/a, 'b'}"),
    ] {
        let finding = only(resource(wrong), Code::UNKNOWN_VARIABLE);
        let fixed = Change::Replace(vec![format!("arn:aws:s3:::a/{fixed}")]);
        assert_eq!(finding.fix.map(|fix| fix.change), Some(fixed), "{wrong}");
    }
    for right in [
        "${aws:userid}/*",
        "${saml:sub}",
        "${cognito-identity.amazonaws.com:sub}",
        "${$}${*}${?}/x",
        "${aws:PrincipalTag/team, 'all of us'}",
        "$cost",
    ] {
        none(resource(right));
    }
    let doubled = only(resource("$${aws:username}"), Code::INVALID_VARIABLE);
    assert_eq!(doubled.severity, Severity::Warning);
    let placeholder = of(json!([{"Effect": "Allow", "Action": "bedrock:GetAgent",
        "Resource": "arn:${ARN_PARTITION}:bedrock:us-east-1:111122223333:agent/A"}]));
    only(placeholder, Code::INVALID_VARIABLE);
    let condition = json!({"StringEquals": {"aws:ResourceAccount": ["${aws:PrincipleAccount}", "111122223333"]}});
    let finding = only(with("Allow", condition), Code::UNKNOWN_VARIABLE);
    assert_eq!(
        finding.path.to_string(),
        "Statement[0].Condition.StringEquals.aws:ResourceAccount[0]"
    );
    let old = findings(
        json!({"Version": "2008-10-17", "Statement": [{"Effect": "Allow",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/${aws:usrname}"}]}),
    );
    assert_eq!(only(old, Code::OLD_VERSION).severity, Severity::Error);
}
