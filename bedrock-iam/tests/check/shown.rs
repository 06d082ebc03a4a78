//! Policies that the project itself prints or shows have no finding.

use bedrock_iam::{
    AnyOperation, Operations, Policy, RawArn, Statement, bedrock, bedrock_agentcore,
};

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

/// Returns ARNs of each resource type of the actions that an operation may need.
fn inputs(operation: AnyOperation) -> Vec<RawArn> {
    let AnyOperation { service, facts } = operation;
    let listed = facts.required_actions.iter().map(|it| it.action);
    let needs = service.overlay.operation_needs.iter();
    let needs = needs.filter(|it| it.operations.contains(&facts.name));
    let mut arns = Vec::new();
    for action in listed.chain(needs.map(|it| it.action)) {
        let rows = catalog().rows(action).iter();
        for (service, action) in rows.map(|row| catalog().action(*row)) {
            for pair in action.resources {
                let of_type = &service.resource_types[usize::from(pair.resource_type)];
                arns.extend(arns_of(of_type.name, of_type.arn_format));
            }
        }
        if let Some(prefix) = catalog().service_without_facts(action) {
            arns.push(format!("arn:aws:{prefix}:eu-central-1:123456789012:thing"));
        }
    }
    arns.sort();
    arns.dedup();
    let parse = |arn: String| RawArn::parse(&arn).expect("an ARN");
    arns.into_iter().map(parse).collect()
}

/// Returns an ARN of a format; of a model, one for each of the regions to which its profile routes.
fn arns_of(resource_type: &str, format: Option<&str>) -> Vec<String> {
    let regions = &["eu-central-1", "eu-west-1", "eu-west-3"];
    let (id, regions) = match resource_type {
        "foundation-model" => ("anthropic.claude-3-haiku-20240307-v1:0", &regions[..]),
        "inference-profile" => ("eu.anthropic.claude-3-haiku-20240307-v1:0", &regions[..1]),
        _ => ("abcdef123456", &regions[..1]),
    };
    let arn = |region: &&str, format: &str| {
        let mut parts = format.split("${");
        let mut arn = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').expect("a placeholder");
            arn += match name {
                "Partition" => "aws",
                "Region" => region,
                "Account" => "123456789012",
                _ => id,
            };
            arn += rest;
        }
        arn
    };
    let formats = format.into_iter();
    formats
        .flat_map(|format| regions.iter().map(move |region| arn(region, format)))
        .collect()
}

fn with(operation: AnyOperation, arns: &[RawArn]) -> Operations {
    let operations = Operations::of([operation]);
    arns.iter().fold(operations, |it, arn| it.on(arn.clone()))
}

/// Returns the lists of ARNs with which an operation has statements: as many as it takes, and as few as
/// it takes beside each of them.
fn lists(operation: AnyOperation) -> Vec<Vec<RawArn>> {
    let takes = |arns: &[RawArn]| with(operation, arns).statements().is_ok();
    let mut all = inputs(operation);
    while let Err(error) = with(operation, &all).statements() {
        let error = error.to_string();
        let unused = all
            .iter()
            .position(|arn| error.starts_with(&format!("none of the operations needs `{arn}`")));
        all.remove(unused.unwrap_or_else(|| panic!("{error}")));
    }
    let mut lists = vec![all.clone()];
    for kept in &all {
        let mut few = vec![kept.clone()];
        if !takes(&few) {
            few.clone_from(&all);
            for arn in all.iter().filter(|it| *it != kept) {
                let fewer = few.iter().filter(|it| *it != arn).cloned();
                let fewer: Vec<_> = fewer.collect();
                if takes(&fewer) {
                    few = fewer;
                }
            }
        }
        lists.push(few);
    }
    lists.dedup();
    lists
}

/// Returns the findings of a policy, except suggestions about sensitive actions: those who ask for an
/// operation know what it does.
fn surprises(statements: Vec<Statement>) -> Vec<String> {
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let report = policy.check(catalog());
    let findings = report.findings.iter();
    let findings = findings
        .filter(|it| it.code != Code::SENSITIVE_ACTION || it.severity != Severity::Suggestion);
    findings.map(|it| format!("{it}\n{policy}")).collect()
}

#[test]
fn statements_of_operations_have_no_finding() {
    let of_bedrock = bedrock::Operation::ALL
        .iter()
        .map(|it| AnyOperation::from(*it));
    let of_agentcore = bedrock_agentcore::Operation::ALL.iter();
    let of_agentcore = of_agentcore.map(|it| AnyOperation::from(*it));
    let (mut count, mut found) = (0, Vec::new());
    let mut check = |operations: &Operations| {
        if let Ok(statements) = operations.statements() {
            count += 1;
            found.extend(surprises(statements));
        }
    };
    for operation in of_bedrock.chain(of_agentcore) {
        let lists = lists(operation);
        for arns in &lists {
            check(&with(operation, arns));
        }
        // some of these are refused with the ARNs at hand
        let all = with(operation, &lists[0]);
        check(&all.clone().with_api_keys());
        check(&all.clone().with_tagging());
        check(&all.with_memory().with_mcp_targets().with_user_ids());
    }
    assert!(count > 1500, "{count}");
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
