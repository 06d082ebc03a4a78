//! Facts at the end of a text can be cut: they make no wrong statement, and are named.

use bedrock_iam::denials::Denial;

use super::{causes_of, sentence};

/// Returns the statements of the first change with statements; empty without one.
fn statements(message: &str) -> String {
    let mut causes = causes_of(message).into_iter();
    let policy = causes.find_map(|cause| cause.fix.policy);
    policy.map_or_else(String::new, |it| it.to_json())
}

fn says_cut(message: &str, fact: &str) -> bool {
    let unknowns = Denial::read(message).unknowns();
    unknowns.contains(&format!(
        "whether {fact} is complete: the text ends with it, so it can be cut"
    ))
}

#[test]
fn a_cut_resource_has_a_wildcard_or_no_statement() {
    let reason = "because no identity-based policy allows the bedrock:InvokeModel action";
    for (arn, in_statement) in [
        ("arn:aws:bedrock:us-e", None),
        ("arn:aws:bedrock:us-east-1::", None),
        ("arn:aws:bedrock:us-east-1::found", None),
        (
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.cl",
            Some("arn:aws:bedrock:us-east-1::foundation-model/anthropic.cl*"),
        ),
    ] {
        let message = sentence("bedrock:InvokeModel", arn, "");
        assert_eq!(Denial::read(&message).resource(), Some(arn));
        let shown = statements(&message);
        match in_statement {
            Some(pattern) => assert!(shown.contains(&format!("\"{pattern}\"")), "{arn}: {shown}"),
            None => assert_eq!(shown, "", "{arn}"),
        }
        assert!(says_cut(&message, "the ARN of the resource"), "{arn}");
        let complete = sentence("bedrock:InvokeModel", arn, reason);
        assert!(!says_cut(&complete, "the ARN of the resource"), "{arn}");
        assert!(!statements(&complete).contains("cl*"), "{arn}");
    }
    // the end shows that nothing is cut
    for (action, arn) in [
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
        ),
        (
            "bedrock:Retrieve",
            "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678",
        ),
        (
            "bedrock-mantle:CreateInference",
            "arn:aws:bedrock-mantle:us-east-1:123456789012:project/default",
        ),
    ] {
        let message = sentence(action, arn, "");
        assert!(
            statements(&message).contains(&format!("\"{arn}\"")),
            "{arn}"
        );
        assert!(!says_cut(&message, "the ARN of the resource"), "{arn}");
    }
    // another role would match
    let role = "arn:aws:iam::123456789012:role/batch";
    let message = sentence("iam:PassRole", role, "");
    assert!(statements(&message).contains("role/batch\""));
}

#[test]
fn a_cut_action_has_no_statement() {
    for (action, has_statement) in [
        ("bedrock:Invok", false),
        ("s3:GetObj", false),
        ("bedrock:InvokeModel", true),
    ] {
        let message = sentence(action, "", "").replace(" on resource: ", "");
        assert_eq!(Denial::read(&message).action(), Some(action));
        assert_eq!(!statements(&message).is_empty(), has_statement, "{action}");
        assert!(says_cut(&message, "the action"), "{action}");
    }
    let reason = "because no identity-based policy allows the action";
    let message = sentence("s3:GetObject", "*", reason);
    assert!(!says_cut(&message, "the action") && !statements(&message).is_empty());
}

#[test]
fn a_policy_at_the_end_is_named() {
    let reason = "with an explicit deny in a service control policy: arn:aws:organizations::1:pol";
    let message = sentence("bedrock:ListAgents", "*", reason);
    assert!(says_cut(&message, "the ARN of the policy"));
    let more = format!("{message} (Service: Bedrock)");
    assert!(!says_cut(&more, "the ARN of the policy"));
}

#[test]
fn a_name_in_place_of_an_arn_is_in_the_statement() {
    let reason = "because no permissions boundary allows the action";
    for (action, stated, expected) in [
        (
            "iam:GetRole",
            "role app",
            "arn:aws:iam::123456789012:role/app",
        ),
        (
            "iam:CreatePolicy",
            "policy team-state",
            "arn:aws:iam::123456789012:policy/team-state",
        ),
        (
            "secretsmanager:GetSecretValue",
            "db-connection",
            "arn:aws:secretsmanager:*:123456789012:secret:db-connection-??????",
        ),
        (
            "iam:GetRole",
            "the one of",
            "arn:aws:iam::123456789012:role/*",
        ),
        (
            "bedrock:InvokeModel",
            "...inference-profile/us.amazon.nova-lite-v1:0",
            "arn:aws:bedrock:*:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
        ),
        // masks are not names, and an elided ARN shows the service
        ("iam:GetRole", "***", "arn:aws:iam::123456789012:role/*"),
        (
            "iam:GetRole",
            "role <name>",
            "arn:aws:iam::123456789012:role/*",
        ),
        ("sqs:SendMessage", "arn:aws:sqs:...", "arn:aws:sqs:*:*:*"),
    ] {
        let shown = statements(&sentence(action, stated, reason));
        assert!(
            shown.contains(&format!("\"{expected}\"")),
            "{stated}: {shown}"
        );
    }
}

#[test]
fn a_profile_or_image_in_the_text_is_in_the_statements() {
    let shown = statements(
        "Access denied while trying to create/update an agent using InferenceProfile \
         us.amazon.nova-lite-v1:0. Ensure Agent role has valid permissions",
    );
    let profile = "arn:aws:bedrock:*:*:inference-profile/us.amazon.nova-lite-v1:0";
    let policy: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(policy["Statement"][0]["Resource"], profile);
    let model = "arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0";
    assert_eq!(policy["Statement"][1]["Resource"], model);
    let key = &policy["Statement"][1]["Condition"]["ArnLike"]["bedrock:InferenceProfileArn"];
    assert_eq!(key, profile);
    assert_eq!(policy["Statement"][2]["Resource"], profile);
    let shown = statements(
        "ValidationException: Access denied while validating ECR URI \
         '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/agent:latest'. The execution role requires \
         permissions for ecr:GetAuthorizationToken, ecr:BatchGetImage, and ecr:GetDownloadUrlForLayer operations.",
    );
    let repository = "arn:aws:ecr:us-east-1:123456789012:repository/team/agent";
    assert!(shown.contains(&format!("\"{repository}\"")), "{shown}");
}
