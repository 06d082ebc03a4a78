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
