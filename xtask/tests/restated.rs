//! When a page moves to the current layout, the dependent actions that it stops stating are kept.

mod support;

use support::Project;

const PAGE: &str = "pages/en_us/list_orchard.html";
const OVERLAY: &str = "snapshots/orchard/overlay.json";

/// Returns the project's page in the classic layout; planting a tree also requires listing trees.
fn classic(current: &str) -> String {
    let (head, rest) = current
        .split_once("<h2 id=\"list_orchard-operations\">")
        .expect("a table");
    let (_, tail) = rest
        .split_once("<h2 id=\"list_orchard-resources-for-iam-policies\">")
        .expect("a table");
    let actions = "<h2 id=\"list_orchard-actions-as-permissions\">Actions</h2>
<table><thead><tr><th>Actions</th><th>Description</th><th>Access level</th>
<th>Resource types (*required)</th><th>Condition keys</th><th>Dependent actions</th></tr></thead>
<tr><td><a id=\"list_orchard-ListTrees\"></a><a href=\"https://docs.aws.amazon.com/orchard/ListTrees.html\">ListTrees</a></td>
<td>Names every tree</td><td>List</td><td></td><td></td><td></td></tr>
<tr><td rowspan=\"2\"><a id=\"list_orchard-PlantTree\"></a><a href=\"https://docs.aws.amazon.com/orchard/PlantTree.html\">PlantTree</a></td>
<td rowspan=\"2\">Plants one</td><td rowspan=\"2\">Write</td><td><a href=\"#list_orchard-tree\">tree*</a></td>
<td><a href=\"#list_orchard-orchard_Soil\">orchard:Soil</a></td><td><p>iam:PassRole</p><p>orchard:ListTrees</p></td></tr>
<tr><td></td><td><a href=\"#list_orchard-aws_RequestTag___TagKey_\">aws:RequestTag/${TagKey}</a></td><td></td></tr>
</table>
";
    format!("{head}{actions}<h2 id=\"list_orchard-resources-for-iam-policies\">{tail}")
}

#[test]
fn dependent_actions_of_the_service_itself_move_to_the_overlay() {
    let project = Project::new();
    let current = project.read(PAGE);
    project.write(PAGE, &classic(&current));
    project.run(["regen", "--pages", "pages"]).succeeds();
    let facts = project.read("snapshots/orchard/service.json");
    project.write("before/orchard/service.json", &facts);
    assert!(facts.contains("orchard:ListTrees"), "{facts}");
    project.write(PAGE, &current);
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stdout.contains(&format!(
            "kept in {OVERLAY} for review: `orchard:PlantTree`"
        )),
        "{run:?}"
    );
    assert_eq!(
        project.read(OVERLAY),
        r#"{
  "dependent_actions": [
    {
      "action": "orchard:PlantTree",
      "dependent_actions": [
        "orchard:ListTrees"
      ],
      "source": "https://docs.aws.amazon.com/service-authorization/latest/reference/list_orchard.html",
      "why": "stated by the classic page"
    }
  ]
}
"#
    );
    // the check of the emitted module reads it
    let overlay = project.read("bedrock-iam/src/generated/orchard/overlay.rs");
    assert!(
        overlay.contains("operations: &[\"PlantTree\"], action: \"orchard:ListTrees\""),
        "{overlay}"
    );
    project.run(["regen", "--offline", "--check"]).succeeds();
    project
        .run(["regen", "--pages", "pages", "--check"])
        .succeeds();
    // IAM's own rules did not change
    let run = project.run(["diff", "before"]).succeeds();
    let line = "dependent actions of `orchard:PlantTree`: `orchard:ListTrees` removed";
    assert!(run.stdout.contains(line), "{run:?}");
    assert!(!run.stdout.contains("Changed"), "{run:?}");
    // an entry that the page states, or that it cannot state, is obsolete
    for (from, to, error) in [
        (
            "orchard:ListTrees",
            "iam:PassRole",
            "expected one that the page does not state",
        ),
        (
            "iam:PassRole",
            "orchard:NoSuchTree",
            "which is not on the page",
        ),
    ] {
        project.edit(OVERLAY, from, to);
        let run = project.run(["regen", "--offline"]).ends_with(1);
        assert!(run.stderr.contains(error), "{run:?}");
    }
}

#[test]
fn an_entry_by_hand_for_the_same_action_stays() {
    let project = Project::new();
    let current = project.read(PAGE);
    project.write(PAGE, &classic(&current));
    project.run(["regen", "--pages", "pages"]).succeeds();
    // comes after `orchard:ListTrees` in the alphabet
    let entry = r#"{"dependent_actions": [{"action": "orchard:PlantTree",
        "dependent_actions": ["orchard:PlantTree"], "why": "w", "source": "https://example.com/"}]}"#;
    project.write(OVERLAY, entry);
    project.write(PAGE, &current);
    project.run(["regen", "--pages", "pages"]).succeeds();
    let overlay = project.read(OVERLAY);
    let (added, by_hand) = (overlay.find("ListTrees"), overlay.find("\"w\""));
    assert!(added.is_some() && added < by_hand, "{overlay}");
    project.run(["regen", "--offline", "--check"]).succeeds();
}
