//! `cargo xtask verify` with service references in files and from a server.

mod support;

use serde_json::{Value, json};
use support::Project;
use support::server::{Response, Server};

/// The service reference for the page in `pages/`, written by hand.
fn orchard() -> Value {
    let action = |name: &str, level: &str, keys: Value, resources: Value| {
        let property = |name: &str| name == level;
        json!({
            "Name": name,
            "ActionConditionKeys": keys,
            "Annotations": {"Properties": {
                "IsList": property("IsList"),
                "IsPermissionManagement": property("IsPermissionManagement"),
                "IsTaggingOnly": property("IsTaggingOnly"),
                "IsWrite": property("IsWrite"),
            }},
            "Resources": resources,
        })
    };
    let keys = json!(["aws:RequestTag/${TagKey}", "orchard:Soil"]);
    json!({
        "Name": "orchard",
        "Version": "v1.4",
        "Actions": [
            action("ListTrees", "IsList", json!([]), json!([])),
            action("PlantTree", "IsWrite", keys, json!([{"Name": "tree"}])),
        ],
        "ConditionKeys": [
            {"Name": "aws:RequestTag/${TagKey}", "Types": ["String"]},
            {"Name": "orchard:Soil", "Types": ["String"]},
        ],
        "Operations": [{
            "Name": "PlantTree",
            "AuthorizedActions": [
                {"Name": "PlantTree", "Service": "orchard"},
                {"Name": "PassRole", "Service": "iam",
                 "Context": {"iam:PassedToService": ["orchard.example.com"]}},
            ],
            "SDK": [{"Name": "orchard", "Method": "plant_tree", "Package": "Boto3"}],
        }],
        "Resources": [{
            "Name": "tree",
            "ARNFormats": ["arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}"],
        }],
    })
}

/// A project with this reference in `orchard.json`, and a reference that disagrees in `other.json`.
fn project() -> Project {
    let project = Project::generated();
    project.write("orchard.json", &orchard().to_string());
    let mut other = orchard();
    other["Actions"][0]["Annotations"]["Properties"]["IsWrite"] = json!(true);
    other["Actions"][1]["Name"] = json!("SowTree");
    other["Resources"][0]["ARNFormats"] = json!(["arn:${Partition}:orchard:::tree/${TreeId}"]);
    project.write("other.json", &other.to_string());
    project
}

const AGREES: &str = "orchard: agrees with orchard.json \
    (2 actions, 1 resource type, 2 condition keys, 1 operation compared)\n";

#[test]
fn agreement_is_printed_as_one_line() {
    let project = project();
    let before = project.files();
    let run = project.run(["verify", "--json", "orchard.json"]).succeeds();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (AGREES, ""));
    project
        .run(["verify", "--module", "orchard", "--json", "orchard.json"])
        .succeeds();
    assert_eq!(project.files(), before);
}

#[test]
fn disagreements_are_listed_by_kind_and_exit_with_status_3() {
    let run = project()
        .run(["verify", "--json", "other.json", "--json", "orchard.json"])
        .ends_with(3);
    let expected = "\
orchard: actions (2)
  action `PlantTree`: only on the page
  action `SowTree`: only in the service reference
orchard: access levels of actions (1)
  action `ListTrees`: access levels: page `List`, service reference `List`, `Write`
orchard: ARN formats of resource types (1)
  resource type `tree`: ARN formats: only on the page \
`arn:${Partition}:orchard:${Region}:${Account}:tree/${TreeId}`; only in the service reference \
`arn:${Partition}:orchard:::tree/${TreeId}`
orchard: 4 disagreements with other.json \
(1 action, 1 resource type, 2 condition keys, 1 operation compared)
";
    assert_eq!(run.stdout, format!("{expected}{AGREES}"));
    assert_eq!(run.stderr, "");
}

#[test]
fn the_json_output_has_all_comparisons() {
    let run = project()
        .run([
            "verify",
            "--format",
            "json",
            "--json",
            "other.json",
            "--json",
            "orchard.json",
        ])
        .ends_with(3);
    let printed: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let verified = &printed["verified"];
    assert_eq!(verified[0]["modules"], json!(["orchard"]));
    assert_eq!(verified[0]["source"], "other.json");
    assert_eq!(
        verified[0]["disagreements"][0],
        json!({"kind": "actions", "name": "PlantTree", "only": "page"})
    );
    assert_eq!(verified[1]["prefix"], "orchard");
    assert_eq!(verified[1]["disagreements"], json!([]));
    assert_eq!(
        verified[1]["compared"],
        json!({"actions": 2, "resource_types": 1, "condition_keys": 2, "operations": 1})
    );
}

#[test]
fn an_invalid_service_reference_is_reported_with_its_path() {
    let project = project();
    let mut wrong = orchard();
    wrong["Actions"][1]["Resources"][0]["Name"] = json!(7);
    project.write("wrong.json", &wrong.to_string());
    let run = project
        .run(["verify", "--json", "wrong.json", "--json", "orchard.json"])
        .ends_with(1);
    let message = "error: wrong.json: `Actions[1].Resources[0].Name`: found an integer `7` at line 1 \
        column 409, expected a string\n";
    assert!(run.stderr.starts_with(message), "{run:?}");
    assert!(run.stderr.contains("\n  hint: "), "{run:?}");
    // the others are verified nevertheless
    assert_eq!(run.stdout, AGREES);

    project.write("page.json", "<html>");
    let run = project.run(["verify", "--json", "page.json"]).ends_with(1);
    assert!(
        run.stderr.starts_with("error: page.json: found "),
        "{run:?}"
    );
    let run = project.run(["verify", "--json", "none.json"]).ends_with(1);
    assert!(
        run.stderr.starts_with("error: none.json: cannot be read"),
        "{run:?}"
    );
}

#[test]
fn the_reference_of_another_service_is_refused() {
    let project = project();
    project.write("plum.json", r#"{"Name": "plum", "Actions": []}"#);
    let run = project.run(["verify", "--json", "plum.json"]).ends_with(1);
    assert_eq!(
        run.stderr,
        "error: plum.json: found the service reference of `plum`, expected that of `orchard`\n"
    );
}

#[test]
fn modules_with_the_same_prefix_are_compared_together() {
    let project = project();
    let text = project.read("snapshots/orchard/service.json");
    let mut trees: Value = serde_json::from_str(&text).expect("a snapshot");
    let mut lists = trees.clone();
    for (module, without) in [(&mut trees, "ListTrees"), (&mut lists, "PlantTree")] {
        let actions = module["actions"].as_object_mut().expect("a table");
        actions.remove(without).expect("an action");
    }
    project.write("snapshots/orchard/service.json", &trees.to_string());
    project.write("snapshots/lists/service.json", &lists.to_string());
    for file in ["source.json", "names.json"] {
        let text = project.read(&format!("snapshots/orchard/{file}"));
        project.write(&format!("snapshots/lists/{file}"), &text);
    }
    project.write(
        "snapshots/modules.toml",
        "[lists]\nprefix = \"lists\"\npages = [\"lists\"]\n[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n",
    );
    let run = project.run(["verify", "--json", "orchard.json"]).succeeds();
    assert!(run.stdout.starts_with("lists, orchard: agrees"), "{run:?}");
    let run = project
        .run(["verify", "--module", "orchard", "--json", "orchard.json"])
        .ends_with(3);
    assert!(
        run.stdout
            .contains("  action `ListTrees`: only in the service reference\n"),
        "{run:?}"
    );
}

#[test]
fn a_module_without_a_snapshot_is_reported() {
    let project = project();
    project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n[plum]\nprefix = \"plum\"\npages = [\"plum\", \"oldplum\"]\n",
    );
    let run = project
        .run(["verify", "--json", "orchard.json"])
        .ends_with(1);
    assert_eq!(
        run.stderr,
        "error: plum: found no snapshot, expected snapshots/plum/service.json \
         of the page `plum` or `oldplum`\n"
    );
    assert_eq!(run.stdout, AGREES);
}

#[test]
fn unencrypted_addresses_are_refused() {
    let project = project();
    for address in [
        "http://example.com/orchard.json",
        "http://127.0.0.1.example.com/orchard.json",
        "file:///orchard.json",
        "https://",
    ] {
        let run = project.run(["verify", "--json", address]).ends_with(2);
        let message = format!("found the address `{address}`");
        assert!(run.stderr.contains(&message), "{run:?}");
    }
    project.run(["verify", "--format", "html"]).ends_with(2);
}

#[test]
fn an_address_is_fetched() {
    let project = project();
    let text = project.read("orchard.json");
    let server = Server::start(move |request| match request.path.as_str() {
        "/v1/orchard.json" => {
            Response::html(text.as_str()).header("Content-Type", "application/json")
        }
        "/v1/page" => Response::html("<html></html>"),
        _ => Response::status(404),
    });
    let verify =
        |path: &str| project.run(["verify", "--json", &format!("{}{path}", server.base())]);
    let run = verify("/v1/orchard.json").succeeds();
    assert!(
        run.stdout.starts_with("orchard: agrees with http://127"),
        "{run:?}"
    );
    let run = verify("/v1/plum.json").ends_with(1);
    assert!(
        run.stderr
            .contains("/v1/plum.json: found status 404 not found"),
        "{run:?}"
    );
    let run = verify("/v1/page").ends_with(1);
    assert!(
        run.stderr
            .contains("/v1/page: found the content type `text/html`, expected `application/json`"),
        "{run:?}"
    );
}
