//! The signs in a message decide its first causes.

use bedrock_iam::decide::Layer;
use bedrock_iam::denials::Denial;

use super::{causes_of, first_codes, sentence};

const NO_IDENTITY: &str = "because no identity-based policy allows the x:Y action";
const SCP: &str = "with an explicit deny in a service control policy";

#[test]
fn signs_decide_the_first_cause() {
    let model = "arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0";
    let global = "arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0";
    let profile =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0";
    let of_all =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.amazon.nova-2-lite-v1:0";
    let app = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    let role = "arn:aws:iam::123456789012:role/batch";
    for (action, resource, reason, first) in [
        ("bedrock:InvokeModel", model, NO_IDENTITY, "not-allowed"),
        ("bedrock:InvokeModel", global, NO_IDENTITY, "global-routing"),
        (
            "bedrock:InvokeModel",
            profile,
            NO_IDENTITY,
            "profile-not-allowed",
        ),
        (
            "bedrock:InvokeModelWithResponseStream",
            app,
            NO_IDENTITY,
            "profile-not-allowed",
        ),
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:us-east-1::inference-profile/us.a.b",
            "",
            "profile-arn-without-account",
        ),
        ("bedrock:InvokeModel", global, SCP, "global-routing"),
        ("bedrock:InvokeModel", model, SCP, "region-denied"),
        (
            "bedrock:InvokeModel",
            of_all,
            "with an explicit deny in an identity-based policy",
            "profile-denied",
        ),
        (
            "bedrock:CallWithBearerToken",
            "*",
            NO_IDENTITY,
            "api-key-not-allowed",
        ),
        ("bedrock:CallWithBearerToken", "*", SCP, "api-keys-denied"),
        (
            "bedrock-mantle:CreateInference",
            "arn:aws:bedrock-mantle:us-east-1:123456789012:project/default",
            "",
            "mantle-not-allowed",
        ),
        ("iam:PassRole", role, NO_IDENTITY, "pass-role"),
        (
            "aws-marketplace:Subscribe",
            "*",
            NO_IDENTITY,
            "marketplace-subscription",
        ),
        (
            "bedrock:Retrieve",
            "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/K",
            "because no session policy allows the x:Y action",
            "session-policy",
        ),
        (
            "bedrock:Retrieve",
            "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/K",
            "because no permissions boundary allows the x:Y action",
            "not-in-ceiling",
        ),
        (
            "bedrock:InvokeModel",
            profile,
            "because no VPC endpoint policy allows the x:Y action",
            "not-in-ceiling",
        ),
        (
            "bedrock-agentcore:InvokeAgentRuntime",
            "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/a",
            "because no resource-based policy allows the x:Y action",
            "resource-policy",
        ),
        ("sts:AssumeRole", role, "", "trust-policy"),
        (
            "sts:AssumeRole",
            role,
            "with an explicit deny in the role trust policy",
            "trust-deny",
        ),
        ("sts:TagSession", role, "", "trust-policy"),
        ("sts:SetSourceIdentity", role, "", "trust-policy"),
        ("sts:AssumeRoleWithWebIdentity", role, "", "trust-condition"),
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:us-east-1::foundation-model/us.amazon.nova-pro-v1:0",
            NO_IDENTITY,
            "profile-id-as-model",
        ),
        (
            "iam:CreateRole",
            role,
            "with an explicit deny",
            "boundary-required",
        ),
        (
            "kms:Decrypt",
            "arn:aws:kms:us-east-1:123456789012:key/k",
            "because no resource-based policy allows the x:Y action",
            "resource-policy",
        ),
        (
            "s3:GetObject",
            "\"arn:aws:s3:::b/c\"",
            NO_IDENTITY,
            "not-allowed",
        ),
        (
            "bedrock:ApplyGuardrail",
            "arn:aws:bedrock:us-east-2:123456789012:guardrail-profile/us.guardrail.v1:0",
            NO_IDENTITY,
            "guardrail-routing",
        ),
    ] {
        let message = sentence(action, resource, reason).replace("x:Y", action);
        let codes = first_codes(&message);
        assert_eq!(codes.first(), Some(&first), "{message}: {codes:?}");
    }
}

#[test]
fn the_context_of_a_message_changes_the_order() {
    let model = "arn:aws:bedrock:us-east-2::foundation-model/amazon.nova-pro-v1:0";
    let message = sentence("bedrock:InvokeModel", model, NO_IDENTITY);
    assert_eq!(
        first_codes(&message)[..2],
        ["not-allowed", "geographic-routing"]
    );
    // the log names the profile
    let logged = format!("modelId=us.amazon.nova-pro-v1:0 {message}");
    assert_eq!(
        first_codes(&logged)[..2],
        ["geographic-routing", "not-allowed"]
    );
    assert!(
        causes_of(&logged)[0]
            .sign
            .contains("`us.amazon.nova-pro-v1:0`")
    );
    // the role of an instance
    let node = message.replace(
        "assumed-role/app/session",
        "assumed-role/node/i-0123456789abcdef0",
    );
    assert_eq!(first_codes(&node)[1], "instance-credentials");
    // a session of Cognito
    let guest = sentence(
        "bedrock:InvokeModel",
        model,
        "because no session policy allows the bedrock:InvokeModel action",
    );
    let guest = guest.replace("/session is", "/CognitoIdentityCredentials is");
    assert_eq!(first_codes(&guest)[0], "cognito-scope");
    // the operation is not an action
    let called = format!("when calling the Converse operation: {message}");
    assert!(
        causes_of(&called)
            .iter()
            .any(|it| it.code == "operation-is-not-action")
    );
    // another account
    let agent = "arn:aws:bedrock:us-east-1:111122223333:agent/A";
    let foreign = sentence("bedrock:GetAgent", agent, NO_IDENTITY);
    assert_eq!(first_codes(&foreign)[1], "other-account");
    // an action in the reason that differs
    assert!(
        causes_of(&message)
            .iter()
            .any(|it| it.code == "other-action")
    );
}

#[test]
fn the_policy_after_the_reason_is_named() {
    let message = sentence(
        "bedrock:InvokeModel",
        "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/p",
        "with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
    );
    let denial = Denial::read(&message);
    let arn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
    assert_eq!(denial.policy_arn(), Some(arn));
    assert_eq!(first_codes(&message)[..2], ["quarantine", "named-policy"]);
    assert_eq!(causes_of(&message)[0].fix.layer, Some(Layer::Identity));
    assert!(denial.unknowns().iter().any(|it| it.contains("`Allow`")));
}

#[test]
fn encoded_messages_are_named() {
    let text = "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: \
        You are not authorized to perform this operation. Encoded authorization failure message: abc";
    assert_eq!(first_codes(text)[0], "encoded");
    let denial = Denial::read(text);
    assert_eq!((denial.is_iam(), denial.action()), (Some(true), None));
    assert_eq!(denial.stated().operation(), Some("RunInstances"));
}

#[test]
fn an_operation_in_place_of_the_action_is_mapped() {
    let model = "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/p";
    for (operation, action) in [
        ("bedrock:Converse", "\"bedrock:InvokeModel\""),
        (
            "bedrock:ConverseStream",
            "\"bedrock:InvokeModelWithResponseStream\"",
        ),
    ] {
        let message = sentence(operation, model, NO_IDENTITY);
        assert_eq!(Denial::read(&message).action(), Some(operation));
        let causes = causes_of(&message);
        let policy = causes[0].fix.policy.as_ref().expect("a statement");
        let policy = policy.to_json();
        assert!(policy.contains(action), "{policy}");
        assert!(
            !policy.contains("Converse") && !policy.contains("InvokeTool"),
            "{policy}"
        );
        assert_eq!(causes[1].code, "operation-is-not-action");
        assert!(causes[1].text.contains(&format!("`{operation}`")));
    }
}

#[test]
fn a_profile_in_the_arn_of_a_model_makes_no_such_statement() {
    let arn = "arn:aws:bedrock:us-east-1::foundation-model/global.amazon.nova-2-lite-v1:0";
    for reason in [
        NO_IDENTITY,
        "because no session policy allows the action",
        "because no VPC endpoint policy allows the action",
        "",
    ] {
        let causes = causes_of(&sentence("bedrock:InvokeModel", arn, reason));
        assert!(causes.iter().any(|it| it.code == "profile-id-as-model"));
        let policies = causes.iter().filter_map(|it| it.fix.policy.as_ref());
        let policies: Vec<_> = policies.map(|it| it.to_json()).collect();
        assert!(!policies.is_empty(), "{reason}");
        for policy in policies {
            assert!(!policy.contains("foundation-model/global."), "{policy}");
            assert!(policy.contains(":inference-profile/global."), "{policy}");
        }
    }
}

#[test]
fn unsigned_calls_for_a_role_are_a_matter_of_its_trust_policy() {
    for (action, condition) in [
        ("sts:AssumeRoleWithWebIdentity", "`…:sub`"),
        ("sts:AssumeRoleWithSAML", "`SAML:aud`"),
    ] {
        let causes = causes_of(&format!("Not authorized to perform {action}"));
        let codes: Vec<_> = causes.iter().map(|it| it.code).collect();
        assert_eq!(
            codes,
            ["trust-condition", "trust-policy", "identity-provider"]
        );
        assert!(causes[0].fix.text.contains(condition), "{action}");
        for cause in causes {
            assert!(!cause.fix.text.contains("external ID"), "{action}");
            assert_ne!(cause.fix.layer, Some(Layer::Identity), "{action}");
        }
    }
}

#[test]
fn masked_ids_of_instances_are_recognized() {
    let model = "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/p";
    let message = sentence("bedrock:InvokeModel", model, NO_IDENTITY);
    for (session, is_instance) in [("i-REDACTED", true), ("i-****", true), ("i-am-ann", false)] {
        let message = message.replace("/session is", &format!("/{session} is"));
        let has = first_codes(&message).contains(&"instance-credentials");
        assert_eq!(has, is_instance, "{session}");
    }
}

#[test]
fn other_denials_in_the_text_are_counted() {
    let model = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
    let one = sentence("bedrock:InvokeModel", model, NO_IDENTITY);
    let other = sentence("bedrock:ListAgents", "*", NO_IDENTITY);
    let third = sentence("bedrock:ListFlows", "*", NO_IDENTITY);
    let cut = one.split(" on resource").next().unwrap();
    for (text, count) in [
        (one.clone(), 0),
        (format!("{one}\nretry: {one}\n{cut}"), 0),
        (format!("{one}\n{other}\n{other}"), 1),
        (format!("{one}\n{other}\n{third}"), 2),
    ] {
        let denial = Denial::read(&text);
        assert_eq!(denial.stated().others(), count, "{text}");
        let unknowns = denial.unknowns();
        let reported = unknowns.iter().any(|it| it.contains("other denial"));
        assert_eq!(reported, count > 0, "{text}");
    }
}
