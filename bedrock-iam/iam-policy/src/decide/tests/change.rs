//! The changes of a decision let the request through.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::decide::{Case, Change, Layer, Outcome, Policies};
use crate::document::{Document, Statements, Step};

/// Returns the policies of a layer and level, to be changed.
fn documents(policies: &mut Policies, layer: Layer, level: u32) -> &mut [Document] {
    match layer {
        Layer::Identity => &mut policies.identity,
        Layer::Resource => policies.resource.as_mut_slice(),
        Layer::Boundary => policies.boundary.as_mut().unwrap(),
        Layer::Session => policies.session.as_mut().unwrap(),
        Layer::VpcEndpoint => policies.vpc_endpoint.as_mut().unwrap(),
        Layer::ServiceControl => &mut policies.scp.as_mut().unwrap()[level as usize],
        Layer::ResourceControl => &mut policies.rcp.as_mut().unwrap()[level as usize],
    }
}

/// Adds a policy with one statement to a layer.
fn add(
    policies: Policies,
    change: &Change,
    statement: crate::document::DocumentStatement,
) -> Policies {
    let document = Document {
        statements: Some(Statements::List(vec![statement])),
        ..Document::default()
    };
    match change.layer {
        Layer::Boundary => policies.boundary(document),
        Layer::Session => policies.session(document),
        Layer::VpcEndpoint => policies.vpc_endpoint(document),
        Layer::Resource => {
            let mut policies = policies;
            let old = policies.resource.take().and_then(|it| it.statements);
            let mut all: Vec<_> = old.iter().flat_map(Statements::as_slice).cloned().collect();
            all.extend(
                document
                    .statements
                    .iter()
                    .flat_map(Statements::as_slice)
                    .cloned(),
            );
            policies.resource(Document {
                statements: Some(Statements::List(all)),
                ..Document::default()
            })
        }
        Layer::ServiceControl => {
            let mut policies = policies;
            policies.scp.as_mut().unwrap()[change.level as usize].push(document);
            policies
        }
        _ => policies.identity(document),
    }
}

/// Adds a value to the list at a path, which the text of a change names.
fn insert(document: &mut Document, change: &Change) {
    let mut words = change.text.split('`').skip(1).step_by(2);
    let (value, path) = (words.next().unwrap(), words.next().unwrap());
    let mut json = serde_json::to_value(&*document).unwrap();
    let all = change.path.as_ref().unwrap();
    assert_eq!(all.to_string(), path);
    let target = all
        .steps()
        .iter()
        .fold(&mut json, |json: &mut Value, step| match step {
            Step::Member(name) => &mut json[&**name],
            Step::Index(index) => &mut json[*index],
        });
    match target {
        Value::Array(values) => values.push(value.into()),
        other => *other = serde_json::json!([other.clone(), value]),
    }
    *document = serde_json::from_value(json).unwrap();
}

/// Returns the policies with the changes of a decision.
fn changed(mut policies: Policies, changes: &[Change]) -> Policies {
    for change in changes {
        policies = match (&change.statement, change.place) {
            (Some(statement), _) => add(policies, change, statement.clone()),
            (None, Some(place)) if change.path.is_some() => {
                let all = documents(&mut policies, place.layer, place.level);
                insert(&mut all[place.policy as usize], change);
                policies
            }
            _ => policies,
        };
    }
    policies
}

#[test]
fn changes_let_a_request_through() {
    let cases = Case::list(CASES).unwrap().into_iter().map(Result::unwrap);
    for case in cases {
        let decision = case.policies.decide(&case.request);
        let changes = decision.explain().changes();
        let texts: Vec<_> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(texts.join("\n"), case.name);
        let after = changed(case.policies.clone(), &changes);
        let outcome = after.decide(&case.request).outcome();
        assert_eq!(
            outcome == Outcome::Allowed,
            !case.name.contains("remove"),
            "{}",
            case.name
        );
    }
}

#[test]
fn implicit_denials_of_other_projects_are_lifted() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/access/decisions");
    let Ok(files) = fs::read_dir(folder) else {
        println!("skipped: no `access/decisions` in `../shared`");
        return;
    };
    let mut lifted = 0;
    for file in files {
        for case in Case::list(&fs::read_to_string(file.unwrap().path()).unwrap()).unwrap() {
            let case = case.unwrap();
            let explanation = case.policies.decide(&case.request).explain();
            if explanation.decision.outcome() != Outcome::ImplicitlyDenied
                || explanation.reason.is_some()
            {
                continue;
            }
            let after = changed(case.policies.clone(), &explanation.changes());
            let decision = after.decide(&case.request);
            assert_eq!(
                decision.outcome(),
                Outcome::Allowed,
                "{}: {decision}",
                case.name
            );
            lifted += 1;
        }
    }
    assert!(lifted > 50, "{lifted}");
}

/// Cases named by the changes that are expected.
const CASES: &str = r#"{"cases": [
    {
        "name": "add `arn:aws:s3:::b/k` to `Statement[0].Resource` of statement 1 of policy 1 of the identity-based policies",
        "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"},
        "policies": {"identity": [{"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b"}]}]},
        "expected": "implicitly-denied"
    },
    {
        "name": "add `eu-west-1` to `Statement[0].Condition.StringEquals.aws:RequestedRegion` of `Region`, statement 1 of policy 1 of the identity-based policies",
        "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {"aws:RequestedRegion": "eu-west-1"}},
        "policies": {"identity": [{"Statement": [{"Sid": "Region", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}}]}]},
        "expected": "implicitly-denied"
    },
    {
        "name": "allow `s3:GetObject` on `arn:aws:s3:::b/k` in the identity-based policies\nallow `s3:GetObject` on `arn:aws:s3:::b/k` in the resource-based policy\nallow `s3:GetObject` on `arn:aws:s3:::b/k` in level 1 of the service control policies",
        "request": {"principal": "arn:aws:sts::123456789012:assumed-role/a/s", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resource_account": "210987654321"},
        "policies": {"scp": [[]]},
        "expected": "implicitly-denied"
    },
    {
        "name": "add `us-east-1` to `Statement[1].Condition.StringNotEquals.aws:RequestedRegion` of statement 2 of policy 1 at level 1 of the service control policies",
        "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {"aws:RequestedRegion": "us-east-1"}},
        "policies": {
            "identity": [{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}],
            "scp": [[{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1"]}}}]}]]
        },
        "expected": "explicitly-denied"
    },
    {
        "name": "narrow or remove statement 1 of policy 1 of the identity-based policies: an Allow does not override it\nallow `s3:GetObject` on `arn:aws:s3:::b/k` in the identity-based policies",
        "request": {"principal": "arn:aws:iam::123456789012:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"},
        "policies": {"identity": [{"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}]},
        "expected": "explicitly-denied"
    }
]}"#;
