//! `simulate` and `test`.

mod support;

use serde_json::Value;
use support::{MODELS, failed, printed, written};

const REGIONS: &str = r#"{"Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"},
    {"Sid": "Europe", "Effect": "Deny", "Action": "bedrock:*", "Resource": "*",
     "Condition": {"StringNotLike": {"aws:RequestedRegion": "eu-*"}}}
]}"#;

const MODEL: &str = "arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0";

/// Runs `simulate` for a role that invokes a model.
fn simulate(more: &[&str]) -> (String, Option<i32>) {
    let mut arguments = vec![
        "simulate",
        "--principal",
        "arn:aws:iam::123456789012:role/app",
        "--action",
        "bedrock:InvokeModel",
        "--resource",
        MODEL,
    ];
    arguments.extend(more);
    printed(&arguments, "")
}

#[test]
fn a_request_is_decided_with_the_statement_that_decides() {
    let models = written("decide/models.json", MODELS);
    let regions = written("decide/regions.json", REGIONS);
    let (text, status) = simulate(&["--identity", &models]);
    assert!(
        text.starts_with(
            "allowed: by `Models`, statement 1 of policy 1 of the identity-based policies\n"
        ),
        "{text}"
    );
    assert!(text.contains("models.json:4:33"), "{text}");
    assert_eq!(status, Some(0));

    let (text, status) = simulate(&[
        "--identity",
        &models,
        "--scp",
        &regions,
        "--context",
        "aws:requestedregion=us-east-1",
    ]);
    assert!(text.starts_with("explicitly denied: by `Europe`, statement 2 of policy 1 at level 1 of the service control policies\n"), "{text}");
    assert!(
        text.contains("`aws:RequestedRegion` is `us-east-1`, expected a value not like `eu-*`"),
        "{text}"
    );
    assert_eq!(status, Some(3));

    // a key that is not stated is absent, which the first line says
    let (text, _) = simulate(&["--identity", &models, "--scp", &regions]);
    let first = text.lines().next().unwrap();
    assert!(first.contains("while `aws:RequestedRegion` is absent (`--context aws:RequestedRegion=VALUE` states it)"), "{text}");

    // in a partial request it is unknown, unless it is stated as absent
    let (text, status) = simulate(&["--identity", &models, "--scp", &regions, "--partial"]);
    assert!(
        text.starts_with("undecided\n") && text.contains("`aws:RequestedRegion` decides"),
        "{text}"
    );
    assert_eq!(status, Some(3));
    let absent = [
        "--identity",
        &models,
        "--scp",
        &regions,
        "--partial",
        "--absent",
        "aws:RequestedRegion",
    ];
    let (text, _) = simulate(&absent);
    assert!(text.starts_with("explicitly denied"), "{text}");

    // an empty level of service control policies allows nothing
    let (text, _) = simulate(&[
        "--identity",
        &models,
        "--scp",
        &regions,
        "--scp",
        "",
        "--context",
        "aws:RequestedRegion=eu-west-1",
    ]);
    assert!(
        text.starts_with("implicitly denied\n")
            && text.contains("level 2 of the service control policies"),
        "{text}"
    );
}

#[test]
fn the_facts_tell_which_actions_have_no_resource_types() {
    let models = written("decide/lists.json", MODELS);
    let arguments = [
        "simulate",
        "--principal",
        "123456789012",
        "--action",
        "s3:ListJobs",
        "--identity",
        &models,
    ];
    let list = |principal: &'static str| {
        let mut arguments = arguments;
        arguments[2] = principal;
        printed(&arguments, "").0
    };
    assert!(list("arn:aws:iam::123456789012:user/ana").starts_with("implicitly denied"));
    // the root user needs no policy
    assert!(list("123456789012").starts_with("allowed"));
}

#[test]
fn json_has_the_decision_the_layers_and_the_needs() {
    let models = written("decide/json.json", MODELS);
    let (text, _) = simulate(&[
        "--identity",
        &models,
        "--format",
        "json",
        "--boundary",
        &models,
    ]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["decision"], "allowed");
    assert_eq!(value["layers"][1]["layer"], "boundary");
    assert_eq!(value["layers"][1]["result"], "allows");
    assert_eq!(
        value["statements"][1]["mismatch"]["path"],
        "Statement[1].Action"
    );
    assert_eq!(value["needs"], serde_json::json!([]));
    let request = format!(
        r#"{{"principal": {{"Service": "bedrock.amazonaws.com"}}, "action": "bedrock:InvokeModel", "resource": "{MODEL}"}}"#
    );
    let request = written("decide/request.json", &request);
    let (text, status) = printed(
        &["simulate", "--request", &request, "--identity", &models],
        "",
    );
    assert!(
        text.contains("no statement of the resource-based policy allows"),
        "{text}"
    );
    assert_eq!(status, Some(3));
}

#[test]
fn invalid_requests_and_policies_are_errors() {
    let models = written("decide/errors.json", MODELS);
    for (arguments, wanted, code) in [
        (
            vec!["--principal", "me", "--action", "s3:GetObject"],
            "`me` is not a caller",
            1,
        ),
        (
            vec!["--principal", "*", "--action", "s3:Get*"],
            "`s3:Get*` is not an action",
            1,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--resource",
                "bucket",
            ],
            "`bucket` is not a resource",
            1,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--context",
                "a",
            ],
            "expected a key and its value",
            2,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--identity",
                "missing.json",
            ],
            "missing.json: ",
            1,
        ),
        (
            vec!["--action", "s3:GetObject", "--identity", &models],
            "--principal <ARN>",
            2,
        ),
    ] {
        let mut all = vec!["simulate"];
        all.extend(arguments);
        let (text, status) = failed(&all, "");
        assert!(text.contains(wanted), "{text}");
        assert_eq!(status, Some(code), "{text}");
    }
}

#[test]
fn an_action_that_does_not_exist_is_an_error_with_the_right_name() {
    let simulate = |action: &str| failed(&["simulate", "--principal", "*", "--action", action], "");
    for (action, wanted) in [
        (
            "bedrock:InvokeModle",
            "`bedrock:InvokeModle` is not a Bedrock action; did you mean `bedrock:InvokeModel`?",
        ),
        ("s3:GetObjekt", "did you mean `s3:GetObject`?"),
        (
            "bedrock-runtime:InvokeModel",
            "not a service prefix; expected `bedrock`; did you mean `bedrock:InvokeModel`?",
        ),
        (
            "bedrock:Converse",
            "`Converse` is a Bedrock API operation, not an action; it requires `bedrock:InvokeModel`",
        ),
    ] {
        let (text, status) = simulate(action);
        assert!(
            text.starts_with("error: ") && text.contains(wanted),
            "{text}"
        );
        assert_eq!(status, Some(1));
    }
    let file = r#"{"principal": "*", "action": "bedrock:InvokeModle"}"#;
    let file = written("decide/misspelled.json", file);
    let (text, status) = failed(&["simulate", "--request", &file], "");
    assert!(text.contains("is not a Bedrock action"), "{text}");
    assert_eq!(status, Some(1));
}

#[test]
fn a_request_that_no_service_makes_has_a_note() {
    let models = written("decide/notes.json", MODELS);
    let simulate = |action: &str, resource: &str, format: &str| {
        let mut arguments = vec!["simulate", "--principal", "*", "--identity", &models];
        arguments.extend([
            "--action",
            action,
            "--resource",
            resource,
            "--format",
            format,
        ]);
        let (text, status) = printed(&arguments, "");
        assert_eq!(status, Some(3));
        text
    };
    const BUCKET: &str = "arn:aws:s3:::b";
    for (action, resource, wanted) in [
        (
            "bedrock:InvokeModel",
            BUCKET,
            "`bedrock:InvokeModel` does not apply to `arn:aws:s3:::b`; expected an ARN of one of the types",
        ),
        (
            "s3:ListAllMyBuckets",
            BUCKET,
            "expected `*`, because it does not support resource-level permissions",
        ),
        (
            "bedrock:DescribeThing",
            "*",
            "`bedrock:DescribeThing` is not a Bedrock action in the facts from",
        ),
    ] {
        let text = simulate(action, resource, "text");
        let (_, note) = text.split_once("\nnote: ").expect(action);
        assert!(note.contains(wanted), "{note}");
        let value: Value = serde_json::from_str(&simulate(action, resource, "json")).unwrap();
        assert!(
            value["notes"][0].as_str().unwrap().contains(wanted),
            "{value}"
        );
    }
    // nothing is known of a service without facts, of `*`, or wrong with these
    for (action, resource) in [
        ("sqs:SendMessages", BUCKET),
        ("bedrock:InvokeModel", "*"),
        ("bedrock:InvokeModel", MODEL),
        ("s3:ListBucket", BUCKET),
        ("s3:listbucket", BUCKET),
        ("s3:ListAllMyBuckets", "*"),
    ] {
        let text = simulate(action, resource, "text");
        assert!(!text.contains("note: "), "{text}");
        let value: Value = serde_json::from_str(&simulate(action, resource, "json")).unwrap();
        assert_eq!(value.get("notes"), None, "{value}");
    }
}

#[test]
fn a_case_of_an_action_that_does_not_exist_has_a_note() {
    let case = r#"{"cases": [{"name": "typo", "expected": "denied", "policies": {}, "request":
        {"principal": "arn:aws:iam::123456789012:user/ana", "action": "s3:GetObjekt", "resource": "arn:aws:s3:::b/a"}}]}"#;
    let file = written("decide/typo.json", case);
    let (text, status) = printed(&["test", &file], "");
    assert!(
        text.starts_with("note: typo (") && text.contains("did you mean `s3:GetObject`?"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["test", &file, "--format", "json"], "");
    let value: Value = serde_json::from_str(&text).unwrap();
    let note = value["cases"][0]["notes"][0].as_str().unwrap();
    assert!(
        note.contains("`s3:GetObjekt` is not an S3 action"),
        "{note}"
    );
}

#[test]
fn cases_are_run() {
    let case = |name: &str, expected: &str| {
        format!(
            r#"{{"name": "{name}", "expected": "{expected}", "policies": {{"identity": [{MODELS}]}}, "request":
               {{"principal": "arn:aws:iam::123456789012:user/ana", "action": "bedrock:InvokeModel", "resource": "{MODEL}"}}}}"#
        )
    };
    let good = written(
        "decide/cases/good.json",
        &format!(r#"{{"cases": [{}]}}"#, case("good", "allowed")),
    );
    let (text, status) = printed(&["test", &good], "");
    assert_eq!(
        (text.as_str(), status),
        ("1 case passed, 0 failed\n", Some(0))
    );
    let bad = format!(
        r#"{{"cases": [{}, {}]}}"#,
        case("bad", "denied"),
        case("good", "allowed")
    );
    let bad = written("decide/cases/bad.json", &bad);
    let (text, status) = printed(&["test", &bad], "");
    assert!(
        text.starts_with("failed: bad (")
            && text.contains("expected: denied\n  found: allowed: by `Models`"),
        "{text}"
    );
    assert_eq!(status, Some(1));
    let folder = bad.strip_suffix("/bad.json").unwrap();
    written("decide/cases/policy.json", MODELS);
    let (text, _) = printed(&["test", folder, "--format", "json"], "");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value["passed"], &value["failed"]), (&2.into(), &1.into()));
    assert_eq!(value["cases"][0]["decision"], "allowed");
    let none = written("decide/none.json", r#"{"cases": []}"#);
    let (text, status) = failed(&["test", &none], "");
    assert!(text.contains("found no cases"), "{text}");
    assert_eq!(status, Some(1));
    let broken = written("decide/broken.json", r#"{"cases": [5, }"#);
    let (text, status) = failed(&["test", &broken], "");
    assert!(text.contains("not JSON"), "{text}");
    assert_eq!(status, Some(1));
}

/// One case that is not one leaves the others of its file, and is reported with its place in the file.
#[test]
fn a_case_that_cannot_be_read_fails_alone() {
    let case = |name: &str, member: &str, value: Value| {
        let mut case = serde_json::json!({
            "name": name, "expected": "allowed", "policies": {"identity": []},
            "request": {"principal": "123456789012", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a"},
        });
        let (parent, member) = member.rsplit_once('/').unwrap();
        case.pointer_mut(parent).unwrap()[member] = value;
        case
    };
    let rows = [
        (
            "/policies/scps",
            serde_json::json!([]),
            "`cases[0].policies.scps`",
        ),
        ("/policies/resource", serde_json::json!([]), "found a list"),
        (
            "/policies/scp",
            serde_json::json!([{}, {}]),
            "found policies without levels",
        ),
        (
            "/request/principal",
            serde_json::json!({"AWS": ["x"]}),
            "found another form",
        ),
        (
            "/request/action",
            serde_json::json!("x"),
            "`x`, which is not an action",
        ),
        (
            "/expected",
            serde_json::json!("ALLOW"),
            "unknown variant `ALLOW`",
        ),
        ("/expected", Value::Null, "`cases[0].expected`"),
    ];
    for (at, (member, value, message)) in rows.into_iter().enumerate() {
        let bad = serde_json::to_string_pretty(&case("bad", member, value)).unwrap();
        let lines = bad.lines().count();
        let good = case("good", "/name", "good".into());
        let text = format!("{{\n\n  \"cases\": [\n{bad}, {good}\n]}}");
        let file = written(&format!("decide/unread/{at}.json"), &text);
        let (text, status) = printed(&["test", &file], "");
        assert!(
            text.starts_with(&format!("failed: bad ({file})\n  not read: "))
                && text.contains(message),
            "{text}"
        );
        assert!(text.ends_with("\n1 case passed, 1 failed\n"), "{text}");
        let line = text.split_once("at line ").unwrap().1;
        let line: usize = line[..line.find(' ').unwrap()].parse().unwrap();
        assert!((5..=3 + lines).contains(&line), "{text}");
        assert_eq!(status, Some(1));
        let (text, _) = printed(&["test", &file, "--format", "json"], "");
        let value: Value = serde_json::from_str(&text).unwrap();
        let [bad, good] = &value["cases"].as_array().unwrap()[..] else {
            panic!("{text}");
        };
        assert_eq!(
            (&bad["name"], &bad["decision"], &bad["passed"]),
            (&"bad".into(), &Value::Null, &false.into())
        );
        assert!(bad["error"].as_str().unwrap().contains(message), "{text}");
        assert_eq!(good["passed"], true);
        assert_eq!((&value["passed"], &value["failed"]), (&1.into(), &1.into()));
    }
}
