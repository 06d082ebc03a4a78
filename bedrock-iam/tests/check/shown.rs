//! Policies that the project itself prints or shows have no finding.

use bedrock_iam::calls::{Call, CallError, CallRequests};
use bedrock_iam::{Policy, Statement};
use serde_json::Map;

use super::*;

#[path = "../../examples/application.rs"]
#[allow(dead_code, reason = "its `main` only prints the policy")]
mod application;
#[path = "../../examples/permissions_boundary.rs"]
#[allow(dead_code, reason = "its `main` only prints the policy")]
mod permissions_boundary;
#[path = "../../examples/scp_models_in_the_eu.rs"]
#[allow(dead_code, reason = "its `main` only prints the policy")]
mod scp_models_in_the_eu;
#[path = "../../examples/session_policy.rs"]
#[allow(dead_code, reason = "its `main` only prints the policy")]
mod session_policy;
#[path = "../../examples/trust_policy.rs"]
#[allow(dead_code, reason = "its `main` only prints the policy")]
mod trust_policy;

/// Returns the value of a member that a call lacks: an ARN of the resource type that it is named after.
fn member(name: &str, client: &str) -> Value {
    if name == "model" {
        return json!("abcdef123456");
    }
    let of_bedrock = catalog().services().iter();
    let of_bedrock = of_bedrock.filter(|it| it.prefix.starts_with("bedrock"));
    let mut types = of_bedrock.flat_map(|it| it.resource_types);
    let row = match name {
        "resource" if client.contains("agentcore") => types.find(|it| it.name == "runtime"),
        "resource" => types.find(|it| it.name == "guardrail"),
        _ => types.find(|it| it.name.replace('-', "_") == name),
    };
    let format = row
        .and_then(|it| it.arn_format)
        .unwrap_or_else(|| panic!("{name}"));
    let mut parts = format.split("${");
    let mut arn = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (placeholder, rest) = part.split_once('}').expect("a placeholder");
        arn += match placeholder {
            "Partition" => "aws",
            "Region" => "eu-central-1",
            "Account" => "123456789012",
            _ => "abcdef123456",
        };
        arn += rest;
    }
    match name {
        "prompt" => json!({"arn": arn}),
        _ => json!(arn),
    }
}

/// Returns the requests of a call of an operation, with the members that it lacks added.
fn requests(
    operation: &str,
    client: &str,
    members: Map<String, Value>,
) -> Result<CallRequests, CallError> {
    let mut call = json!({
        "operation": operation, "client": client, "region": "eu-central-1", "account": "123456789012",
    });
    let object = call.as_object_mut().expect("an object");
    object.extend(members);
    for _ in 0..5 {
        let requests = Call::from_json(&call.to_string())?.requests()?;
        let Some(missing) = requests.missing.first() else {
            return Ok(requests);
        };
        let name = missing.split('`').nth(1).expect("a member");
        call[name] = member(name, client);
    }
    panic!("{call} lacks members");
}

/// Returns the findings of a policy, except suggestions about sensitive actions, because those who ask for
/// an operation know what it does, and about the pattern of a new resource.
fn surprises(statements: Vec<Statement>) -> Vec<String> {
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let report = policy.check(catalog());
    let findings = report.findings.iter();
    let expected = [Code::SENSITIVE_ACTION, Code::WIDER_THAN_IT_SEEMS];
    let findings =
        findings.filter(|it| it.severity != Severity::Suggestion || !expected.contains(&it.code));
    findings.map(|it| format!("{it}\n{policy}")).collect()
}

#[test]
fn statements_of_calls_have_no_finding() {
    let base = json!({
        "role": "arn:aws:iam::123456789012:role/service",
        "knowledge_base": "arn:aws:bedrock:eu-central-1:123456789012:knowledge-base/abcdef123456",
    });
    let regions = ["eu-central-1", "eu-west-1", "eu-west-3"];
    let model = "anthropic.claude-3-haiku-20240307-v1:0";
    let behind = regions.map(|it| format!("arn:aws:bedrock:{it}::foundation-model/{model}"));
    let key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let options = json!({
        "tags": {"team": "search"}, "guardrail": {"id": "abcdef123456", "version": "1"},
        "system_tools": ["nova_grounding"], "user_id": "ana", "kms_key": key,
        "buckets": {"input": "documents", "output": "results"},
        "memory": "arn:aws:bedrock-agentcore:eu-central-1:123456789012:memory/abcdef123456",
    });
    let profile = json!({"model": format!("eu.{model}"), "profile_models": behind});
    let (mut count, mut found) = (0, Vec::new());
    let services = catalog().services().iter();
    for service in services.filter(|it| it.prefix.starts_with("bedrock")) {
        let operations = service.operations.iter().filter(|it| it.removed.is_none());
        let named =
            operations.flat_map(|it| it.sdk_clients.iter().map(|client| (it.name, *client)));
        for (name, client) in named {
            let with = |more: &[&Value]| {
                let objects = [&base].into_iter().chain(more.iter().copied());
                let members = objects.flat_map(|it| it.as_object().expect("an object").clone());
                requests(name, client, members.collect())
            };
            let alone = with(&[]).unwrap_or_else(|error| panic!("{name}: {error}"));
            let invokes = alone
                .caller
                .iter()
                .any(|it| it.action.starts_with("bedrock:InvokeModel"));
            let mut all = vec![alone];
            all.extend(with(&[&options]).ok());
            all.extend(with(&[&json!({"api_key": "short-term"})]).ok());
            if invokes {
                all.push(with(&[&options, &profile]).expect(name));
            }
            for requests in all {
                let sides = [requests.statements(), requests.role_statements()];
                for statements in sides.map(|it| it.expect(name)) {
                    if !statements.is_empty() {
                        count += 1;
                        found.extend(surprises(statements));
                    }
                }
            }
        }
    }
    assert!(count > 1000, "{count}");
    assert!(found.is_empty(), "{found:#?}");
}

/// Returns the findings of a policy of a kind.
fn of_kind(kind: PolicyKind, policy: &Document) -> Vec<String> {
    let report = check_as(policy, catalog(), &Options::default().kind(kind));
    report.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn policies_of_the_examples_have_no_finding() {
    let session = session_policy::policy("AGENT12345", "ALIAS12345");
    let examples = [
        ("application", PolicyKind::Identity, application::policy()),
        (
            "permissions_boundary",
            PolicyKind::Boundary,
            permissions_boundary::policy(),
        ),
        (
            "scp_models_in_the_eu",
            PolicyKind::ServiceControl,
            scp_models_in_the_eu::policy(),
        ),
        ("session_policy", PolicyKind::Session, session),
        ("trust_policy", PolicyKind::Trust, trust_policy::policy()),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder)
        .expect("examples")
        .map(|it| it.expect("a file").path());
    let with_policies = files.filter(|file| {
        let text = fs::read_to_string(file).expect("a program");
        text.contains("-> Result<Policy")
    });
    assert_eq!(with_policies.count(), examples.len());
    for (name, kind, policy) in examples {
        let policy = policy.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(of_kind(kind, &policy.to_document()), [""; 0], "{name}");
    }
}

/// The first policy of the README shows what `check` prints.
#[test]
fn policies_of_the_readme_have_no_finding() {
    let readme = include_str!("../README.md");
    let blocks = readme.split("```json\n").skip(1);
    let mut policies = blocks.filter(|it| {
        let content = it.split("```").next();
        content.is_some_and(|it| it.contains("\"Statement\": "))
    });
    let wrong = policies.next().expect("a policy");
    assert!(
        wrong.contains("$ bedrock-iam check policy.json\nerror["),
        "{wrong}"
    );
    assert!(policies.clone().count() >= 3);
    for policy in policies {
        let (policy, _) = policy.split_once("```").expect("the end of a policy");
        let document = Document::from_json(policy).expect("a policy");
        let kind = PolicyKind::guess(&document);
        assert_eq!(of_kind(kind, &document), [""; 0], "{policy}");
    }
}
