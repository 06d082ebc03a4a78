//! Identifiers are given once: `names.json` keeps them.

mod support;

use serde_json::Value;
use support::Project;

const PAGE: &str = "pages/en_us/list_orchard.html";
const NAMES: &str = "snapshots/orchard/names.json";
const OVERLAY: &str = "snapshots/orchard/overlay.json";
const KEYS: &str = "bedrock-iam/src/generated/orchard/condition_keys.rs";

fn with_global_key() -> Project {
    let project = Project::generated();
    // the name comes before `orchard:Soil` in the alphabet, and would have the same identifier
    let row = "<tr><td id=\"list_orchard-orchard_Soil\">";
    let new = "<tr><td id=\"list_orchard-aws_Soil\"><a href=\"https://docs.aws.amazon.com/\">\
               aws:Soil</a></td><td>By soil</td><td>String</td></tr>";
    project.edit(PAGE, row, &format!("{new}{row}"));
    project
}

#[test]
fn a_new_key_does_not_take_the_identifier_of_another() {
    let project = with_global_key();
    project.run(["regen", "--pages", "pages"]).succeeds();
    let keys = project.read(KEYS);
    for row in [
        "Soil { \"orchard:Soil\"",
        "const SOIL: String;",
        "AwsSoil { \"aws:Soil\"",
        "const AWS_SOIL: String;",
    ] {
        assert!(keys.contains(row), "{row} in {keys}");
    }
    // the identifier of a removed key stays reserved, also after the removal has expired
    let page = project.read(PAGE);
    project.write(PAGE, &page.replace("orchard:Soil", "aws:Soil"));
    project.write("Cargo.toml", "[workspace.package]\nversion = \"0.2.0\"\n");
    project
        .run(["regen", "--pages", "pages", "--accept-removals"])
        .succeeds();
    project.write("Cargo.toml", "[workspace.package]\nversion = \"0.5.0\"\n");
    project.run(["regen", "--offline"]).succeeds();
    assert!(!project.read(KEYS).contains("orchard:Soil"));
    assert!(project.read(NAMES).contains("orchard:Soil"));
    project.run(["regen", "--offline", "--check"]).succeeds();
}

#[test]
fn an_overlay_cannot_change_an_identifier() {
    let project = Project::generated();
    project.write(
        OVERLAY,
        r#"{"identifiers": [{"kind": "condition-key", "name": "orchard:Soil", "identifier": "Ground",
            "why": "w", "source": "https://example.com/"}]}"#,
    );
    let before = project.files();
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert_eq!(
        run.stderr,
        "error: snapshots/orchard: found `Ground` for the condition key `orchard:Soil` in the overlay, \
         expected `Soil`, which it has in names.json\n  hint: a name keeps its identifier; to change \
         one before its first release, edit names.json\n"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn the_identifiers_in_a_file_are_checked() {
    let project = Project::generated();
    project.edit(
        NAMES,
        "\"PlantTree\": \"PlantTree\"",
        "\"PlantTree\": \"ListTrees\"",
    );
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.contains("`ListTrees` and `PlantTree`"),
        "{run:?}"
    );
    project.edit(
        NAMES,
        "\"PlantTree\": \"ListTrees\"",
        "\"PlantTree\": \"fn\"",
    );
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(run.stderr.contains("the action `PlantTree`"), "{run:?}");
    let first = "\"actions\": {";
    project.edit(
        NAMES,
        "\"PlantTree\": \"fn\"",
        "\"PlantTree\": \"PlantTree\"",
    );
    project.edit(NAMES, first, &format!("{first} \"PlantTree\": \"Plant\","));
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.contains("duplicate member `PlantTree`"),
        "{run:?}"
    );
    project.write(NAMES, "3");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.starts_with(&format!("error: {NAMES}: ")),
        "{run:?}"
    );
}

#[test]
fn another_module_is_major() {
    let project = Project::generated();
    for file in ["names.json", "service.json"] {
        let text = project.read(&format!("snapshots/orchard/{file}"));
        project.write(&format!("before/garden/{file}"), &text);
    }
    let run = project
        .run(["diff", "before", "--format", "json"])
        .succeeds();
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["version"]["bump"], "major");
    let change = &report["services"][0]["changes"][0];
    assert_eq!(change["kind"], "module_changed");
    assert_eq!(change["headline"], "module: `garden` → `orchard`");
}

#[test]
fn lost_identifiers_are_not_given_again() {
    let project = with_global_key();
    project.edit(PAGE, "aws:Soil", "aws:Rain");
    project.run(["regen", "--pages", "pages"]).succeeds();
    project.edit(PAGE, "aws:Rain", "aws:Soil");
    project.run(["regen", "--pages", "pages"]).succeeds();
    let names = project.read(NAMES);
    // each name would get an identifier by the rules: `SOIL` for `aws:Soil`
    for (from, to) in [
        (names.as_str(), "{}"),
        ("\"orchard:Soil\"", "\"orchard:Rain\""),
        ("\"TreeId\"", "\"BushId\""),
        ("\"aws:Rain\"", "\"aws:Snow\""),
    ] {
        project.edit(NAMES, from, to);
        let before = project.files();
        for source in [&["--offline"][..], &["--pages", "pages"]] {
            let run = project.run(["regen"].iter().chain(source).copied());
            let run = run.ends_with(1);
            let words = format!("error: {NAMES}: found no identifier for the ");
            assert!(run.stderr.starts_with(&words), "{run:?}");
        }
        assert_eq!(project.files(), before);
        project.write(NAMES, &names);
    }
    // without the facts, the identifiers stay as well
    std::fs::remove_file(project.path("snapshots/orchard/service.json")).expect("a file");
    project.run(["regen", "--offline"]).ends_with(1);
    assert_eq!(project.read(NAMES), names);
    project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(project.read(KEYS).contains("const AWS_SOIL"));
}

#[test]
fn a_changed_identifier_is_major_and_comes_first() {
    let project = with_global_key();
    project.run(["regen", "--pages", "pages"]).succeeds();
    for module in ["names.json", "service.json"] {
        let text = project.read(&format!("snapshots/orchard/{module}"));
        project.write(&format!("before/orchard/{module}"), &text);
    }
    // by hand: `regen` never does this
    project.edit(NAMES, "\"item\": \"SOIL\"", "\"item\": \"OWN_SOIL\"");
    project.edit(NAMES, "\"item\": \"AWS_SOIL\"", "\"item\": \"SOIL\"");
    project.run(["regen", "--offline"]).succeeds();
    let run = project.run(["diff", "before"]).succeeds();
    let lines: Vec<_> = run
        .stdout
        .lines()
        .filter(|line| line.contains("SOIL"))
        .collect();
    let first = "`key::SOIL` now stands for `aws:Soil`, no longer for `orchard:Soil`";
    assert!(lines[0].contains(first), "{run:?}");
    let renamed = "identifier of `orchard:Soil`: `key::SOIL` → `key::OWN_SOIL`";
    assert!(run.stdout.contains(renamed), "{run:?}");
    assert!(run.stdout.contains("0.2.0"), "{run:?}");
    let run = project
        .run(["diff", "before", "--format", "json"])
        .succeeds();
    assert!(
        run.stdout.contains("\"kind\": \"identifier_moved\""),
        "{run:?}"
    );
    assert!(run.stdout.contains("\"bump\": \"major\""), "{run:?}");
    // a snapshot without the file has the identifiers of the rules
    std::fs::remove_file(project.path("before/orchard/names.json")).expect("a file");
    let run = project.run(["diff", "before"]).succeeds();
    assert!(run.stdout.contains("now stands for"), "{run:?}");
}
