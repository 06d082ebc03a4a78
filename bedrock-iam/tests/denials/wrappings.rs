//! Messages in the wrappings of SDKs, proxies, logs and people.

use bedrock_iam::DenialKind;
use bedrock_iam::decide::Layer;
use bedrock_iam::denials::Denial;

const PRINCIPAL: &str = "arn:aws:sts::123456789012:assumed-role/app/session";
const RESOURCE: &str = "arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0";
const SENTENCE: &str = "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized \
    to perform: bedrock:InvokeModel on resource: \
    arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0 with an explicit deny in a \
    service control policy";

/// Asserts that a text is read like the sentence in it.
fn assert_read(text: &str) {
    let denial = Denial::read(text);
    assert_eq!(denial.principal(), Some(PRINCIPAL), "{text}");
    assert_eq!(denial.action(), Some("bedrock:InvokeModel"), "{text}");
    assert_eq!(denial.resource(), Some(RESOURCE), "{text}");
    assert_eq!(denial.layer(), Some(Layer::ServiceControl), "{text}");
    assert_eq!(denial.kind(), Some(DenialKind::Explicit), "{text}");
    assert_eq!(denial.is_iam(), Some(true), "{text}");
}

#[test]
fn wrappings_are_removed() {
    let json = serde_json::to_string(&serde_json::json!({"Message": SENTENCE})).unwrap();
    let twice = serde_json::to_string(&json).unwrap();
    let thrice = serde_json::to_string(&twice).unwrap();
    let encoded: String = SENTENCE
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    for text in [
        SENTENCE.to_owned(),
        format!("An error occurred (AccessDeniedException) when calling the Converse operation: {SENTENCE}"),
        format!("software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException: {SENTENCE} (Service: BedrockRuntime, Status Code: 403, Request ID: 1-2-3) (SDK Attempt Count: 1)"),
        format!("com.amazonaws.AmazonServiceException: {SENTENCE} (Service: AmazonBedrock; Status Code: 403; Error Code: AccessDeniedException; Proxy: null)"),
        format!("operation error Bedrock Runtime: Converse, https response error StatusCode: 403, RequestID: x, api error AccessDeniedException: {SENTENCE}"),
        format!("AccessDeniedException: {SENTENCE}\n    at throwDefaultError (/app/node_modules/x.js:1:2)\n  '$fault': 'client'"),
        format!("│ Error: creating agent: {SENTENCE}\n│ \n│   with aws_bedrockagent_agent.a,\n│   on main.tf line 3"),
        format!("Resource handler returned message: \"{SENTENCE} (Service: Bedrock, Status Code: 403)\" (RequestToken: x, HandlerErrorCode: AccessDenied)"),
        format!("litellm.PermissionDeniedError: BedrockException - {json}. Received Model Group=x"),
        json,
        twice,
        thrice,
        encoded.clone(),
        encoded.replace("%20", "+"),
        SENTENCE.replace(' ', "\n> "),
        SENTENCE.replace("on resource: ", "on resource:\n  // "),
        SENTENCE.replace("::foundation-model/", "::\n  foundation-model/"),
        SENTENCE.replace("assumed-role/app/", "assumed-role/ app/\n"),
        SENTENCE.replace("bedrock:InvokeModel", "**bedrock:InvokeModel**").replace("eu-west-3", "**eu-west-3**"),
        format!("> `{}`", SENTENCE.replace("on resource: ", "on resource: \"").replace(" with", "\" with")),
        SENTENCE.replace("User: ", "User ").replace("to perform: ", "to perform "),
        SENTENCE.replace(' ', "\u{a0}"),
        SENTENCE.replace("explicit deny in", "explicit deny in\r\n"),
        format!("<Error><Code>AccessDenied</Code><Message>{SENTENCE}</Message><RequestId>1</RequestId></Error>"),
        format!("<p>{}</p>", SENTENCE.replace("arn:", "<code>arn:").replace(" is not", "</code> is not").replace(" with", "</code> with")),
        format!("&quot;{SENTENCE}&quot;"),
        format!("\u{1b}[31m{SENTENCE}\u{1b}[0m"),
        format!("“{SENTENCE}.”"),
        format!("errorCode: AccessDenied\nerrorMessage: {SENTENCE}\neventName: Converse"),
        SENTENCE.chars().flat_map(|char| [char, '\0']).collect(),
        "User: arn:aws:sts::123456789012:assumed-role/app/session\nAction: bedrock:InvokeModel\nOn resource(s): arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0\nContext: a service control policy explicitly denies the action".to_owned(),
        "User: arn:aws:sts::123456789012:assumed-role/app/session<br/>Action: bedrock:InvokeModel<br/>On resource(s): arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0<br/>Context: a service control policy explicitly denies the action<br/>".to_owned(),
        format!("{SENTENCE}: arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-example. Then more."),
    ] {
        assert_read(&text);
    }
}

#[test]
fn layers_and_kinds_are_read_from_the_reason() {
    use DenialKind::{Explicit, Implicit};
    let head = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: a:B on resource: arn:aws:a:::c";
    for (reason, layer, kind) in [
        (
            "because no identity-based policy allows the a:B action",
            Some(Layer::Identity),
            Some(Implicit),
        ),
        (
            "because no resource-based policy allows the a:B action",
            Some(Layer::Resource),
            Some(Implicit),
        ),
        (
            "because noresource-based policy allows the a:B action",
            Some(Layer::Resource),
            Some(Implicit),
        ),
        (
            "because no bucket policy allows the a:B action",
            Some(Layer::Resource),
            Some(Implicit),
        ),
        (
            "because no role trust policy allows the a:B action",
            Some(Layer::Resource),
            Some(Implicit),
        ),
        (
            "because no service control policy allows the a:B action",
            Some(Layer::ServiceControl),
            Some(Implicit),
        ),
        (
            "because no resource control policy allows the a:B action",
            Some(Layer::ResourceControl),
            Some(Implicit),
        ),
        (
            "because no permissions boundary allows the a:B action",
            Some(Layer::Boundary),
            Some(Implicit),
        ),
        (
            "because no session policy allows the a:B action",
            Some(Layer::Session),
            Some(Implicit),
        ),
        (
            "because no VPC endpoint policy allows the a:B action",
            Some(Layer::VpcEndpoint),
            Some(Implicit),
        ),
        (
            "(no identity-based policy allows the action)",
            Some(Layer::Identity),
            Some(Implicit),
        ),
        (
            "with an explicit deny in an identity-based policy",
            Some(Layer::Identity),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a resource control policy",
            Some(Layer::ResourceControl),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a permissions boundary: arn:aws:iam::1:policy/p",
            Some(Layer::Boundary),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a sessions policy",
            Some(Layer::Session),
            Some(Explicit),
        ),
        (
            "with an explicit deny in the role trust policy",
            Some(Layer::Resource),
            Some(Explicit),
        ),
        (
            "due to an explicit deny in a Service Control Policy",
            Some(Layer::ServiceControl),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a VPC endpoint policy",
            Some(Layer::VpcEndpoint),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a VPC endpoint policy transitively through a service control policy",
            Some(Layer::ServiceControl),
            Some(Explicit),
        ),
        (
            "with an explicit deny in a service control pol",
            Some(Layer::ServiceControl),
            Some(Explicit),
        ),
        ("with an explicit deny", None, Some(Explicit)),
        ("with an explicit deny in a", None, Some(Explicit)),
        (
            "because no identity-based pol",
            Some(Layer::Identity),
            Some(Implicit),
        ),
        ("because no", None, None),
        ("with an exp", None, None),
        (
            "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
            None,
            None,
        ),
        ("", None, None),
    ] {
        let denial = Denial::read(&format!("{head} {reason}"));
        assert_eq!((denial.layer(), denial.kind()), (layer, kind), "{reason}");
        assert_eq!(denial.resource(), Some("arn:aws:a:::c"), "{reason}");
    }
}

#[test]
fn only_stated_facts_are_read() {
    for (text, principal, action, resource) in [
        (
            "User: anonymous is not authorized to perform: es:ESHttpGet",
            None,
            Some("es:ESHttpGet"),
            None,
        ),
        (
            "User: … is not authorized to perform: bedrock:InvokeModel on resource: …",
            None,
            Some("bedrock:InvokeModel"),
            None,
        ),
        (
            "<identity> is not authorized to perform: iam:GetRole on resource: role x",
            None,
            Some("iam:GetRole"),
            None,
        ),
        (
            "not authorized to perform: <ACTION> on resource: *",
            None,
            None,
            Some("*"),
        ),
        (
            "API: iam:CreateRole You are not authorized to perform this operation.",
            None,
            Some("iam:CreateRole"),
            None,
        ),
        (
            "User: arn:aws:iam::****:user/<user name> is not authorized to perform: kms:Decrypt on this resource",
            Some("arn:aws:iam::****:user/<user name>"),
            Some("kms:Decrypt"),
            None,
        ),
        (
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            None,
            Some("sts:AssumeRoleWithWebIdentity"),
            None,
        ),
        (
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/a b.txt\"",
            Some("arn:aws:iam::123456789012:user/ann"),
            Some("s3:GetObject"),
            Some("arn:aws:s3:::b/a b.txt"),
        ),
        (
            "User: arn:aws:iam::123456789012:user/ann is not auth",
            Some("arn:aws:iam::123456789012:user/ann"),
            None,
            None,
        ),
        (
            "arn:aws:iam::123456789012:user/ann wrote: please look at the file, it is not authorized to perform: a:B",
            None,
            Some("a:B"),
            None,
        ),
        (
            "User arn:aws:iam::123456789012:user/ann does not have permission to perform bedrock:ListAgents",
            Some("arn:aws:iam::123456789012:user/ann"),
            Some("bedrock:ListAgents"),
            None,
        ),
        (
            "User: arn:aws:iam::123456789012:user/ann of the team is not authorized to perform: a:B",
            Some("arn:aws:iam::123456789012:user/ann"),
            Some("a:B"),
            None,
        ),
        (
            "arn:aws:iam::123456789012:user/ann wrote that it is not authorized to perform: a:B",
            None,
            Some("a:B"),
            None,
        ),
        ("everything works", None, None, None),
        (
            "The user is authorized to perform: bedrock:InvokeModel on resource: *",
            None,
            None,
            None,
        ),
        (
            "arn:aws:iam::123456789012:user/ann has permission to perform: a:B",
            None,
            None,
            None,
        ),
        ("", None, None, None),
    ] {
        let denial = Denial::read(text);
        let read = (denial.principal(), denial.action(), denial.resource());
        assert_eq!(read, (principal, action, resource), "{text}");
    }
    assert_eq!(Denial::read("everything works").is_iam(), None);
    let allowed = "The user is authorized to perform: bedrock:InvokeModel on resource: *";
    assert_eq!(Denial::read(allowed).is_iam(), None);
}

#[test]
fn any_cut_of_a_message_is_read() {
    let text = format!("{{\"Message\":\"{SENTENCE}: arn:aws:organizations::1:policy/o/p\\\"…”\"}}");
    for (at, _) in text.char_indices() {
        for part in [&text[..at], &text[at..]] {
            let denial = Denial::read(part);
            let facts = [denial.principal(), denial.action(), denial.resource()];
            for fact in facts.into_iter().flatten() {
                assert!(text.contains(fact), "{part}");
            }
            // a cut reason is never another layer
            let layer = denial.layer();
            assert!(
                matches!(layer, None | Some(Layer::ServiceControl)),
                "{part}"
            );
            let _ = denial.causes(bedrock_iam::catalog());
        }
    }
}
