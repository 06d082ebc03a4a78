//! `cargo xtask emit`: generates crates, which are compiled with programs that use them.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Project, Run, page};

/// A project without a `bedrock-iam` folder, so that the command uses the one it was built with, and
/// without a workspace, so that emitted crates stand alone.
fn without_crate() -> Project {
    let project = Project::new();
    fs::remove_dir_all(project.path("bedrock-iam")).expect("a folder");
    fs::remove_file(project.path("Cargo.toml")).expect("a file");
    project
}

/// The folder of `iam-policy`, on which emitted crates depend.
fn engine() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("the project").join("bedrock-iam/iam-policy")
}

/// Emits the project's pages as a crate that depends on the local `iam-policy`.
fn emit(project: &Project, out: &str) -> Run {
    let engine = engine();
    let engine = engine.to_str().expect("text");
    project
        .run(["emit", "pages", "--out", out, "--runtime", engine])
        .succeeds()
}

/// Runs cargo in a folder; returns whether it succeeded, its standard output and its messages.
fn cargo(project: &Project, folder: &str, arguments: &[&str]) -> (bool, String, String) {
    // with the project's lock file, no dependencies need to be resolved
    let lock = engine().join("../../Cargo.lock");
    let copy = project.path(folder).join("Cargo.lock");
    fs::copy(lock, copy).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(project.path(folder))
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted"),
        )
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (printed, messages) = (text(&output.stdout), text(&output.stderr));
    (output.status.success(), printed, messages)
}

const MANIFEST: &str = r#"[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
bedrock-iam = { path = "BEDROCK", features = ["json"] }
my-orchard = { path = "../my-orchard" }
my-plum = { path = "../my-plum" }

[workspace]
"#;

const PROGRAM: &str = r##"use bedrock_iam::{AnyResource, Catalog, Policy, Segment, Site, Statement, bedrock};
use my_orchard::orchard;
use my_plum::plum;

fn main() {
    let tree = orchard::arn::Tree { tree_id: Segment::ANY }.at(Site::ANYWHERE);
    let other = plum::arn::Tree { tree_id: Segment::ANY }.at(Site::ANYWHERE);
    let built = Policy::new()
        .with(Statement::allow((orchard::action::ListTrees, bedrock::action::ListAgents)).on(AnyResource))
        .with(Statement::allow((orchard::action::PlantTree, plum::action::PlantTree)).on_mixed((tree, other)))
        .build()
        .unwrap();
    let catalog = Catalog::new([&orchard::SERVICE, &plum::SERVICE, &bedrock::SERVICE]);
    let report = built.check(&catalog);
    // the dependent actions are reported, and both services have facts
    let codes: Vec<_> = report.findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["missing-dependent-action"; 2], "{report:?}");
    assert_eq!((report.checked, report.not_checked.len()), (2, 0));
    let read = Policy::from_json(
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
            "Action": ["orchard:ListTree", "plum:ListTrees", "bedrock:GetAgnt", "ship:Send"]}]}"#,
    )
    .unwrap();
    let report = read.check(&catalog);
    for finding in &report.findings {
        println!("{} {}", finding.code, finding.path);
    }
    println!("{:?}", report.not_checked.iter().map(|it| &it.prefix).collect::<Vec<_>>());
}
"##;

#[test]
fn several_crates_share_a_policy_and_a_catalog() {
    let project = without_crate();
    emit(&project, "my-orchard");
    let text = fs::read_to_string(page()).expect("the page");
    fs::remove_dir_all(project.path("pages")).expect("a folder");
    let plum = text.replace("orchard", "plum");
    project.write("pages/en_us/list_plum.html", &plum);
    emit(&project, "my-plum");
    let bedrock = engine().join("..");
    let bedrock = bedrock.to_str().expect("text");
    project.write("program/Cargo.toml", &MANIFEST.replace("BEDROCK", bedrock));
    project.write("program/src/main.rs", PROGRAM);
    let (runs, printed, messages) = cargo(&project, "program", &["run"]);
    assert!(runs, "{messages}");
    assert_eq!(
        printed,
        "unknown-action Statement[0].Action[0]\nunknown-action Statement[0].Action[2]\n[\"ship\"]\n"
    );
    // an action of one crate on a resource type of the same name in another crate
    let wrong = PROGRAM.replace(
        "(orchard::action::PlantTree, plum::action::PlantTree)).on_mixed((tree, other))",
        "(orchard::action::PlantTree, plum::action::PlantTree)).on(tree)",
    );
    project.write("program/src/main.rs", &wrong);
    let (compiles, _, messages) = cargo(&project, "program", &["check"]);
    assert!(
        !compiles
            && messages
                .contains("`plum:PlantTree` cannot be scoped to `my_orchard::orchard::arn::Tree`"),
        "{messages}"
    );
}

#[test]
fn an_emitted_crate_compiles_without_warnings() {
    let project = without_crate();
    let run = emit(&project, "my-orchard");
    assert_eq!(run.stdout, "my-orchard: 1 module, 10 files written\n");
    assert_eq!(run.stderr, "");
    assert!(
        project
            .read("my-orchard/Cargo.toml")
            .contains("name = \"my-orchard\"")
    );
    let readme = project.read("my-orchard/README.md");
    assert!(
        readme.contains("use my_orchard::orchard::Action;"),
        "{readme}"
    );
    assert!(
        readme.contains("| `orchard` | `orchard` | 2 | 1 | 2 |"),
        "{readme}"
    );

    // the service has no overlay, so the ARN format determines the characters of an id
    let types = project.read("my-orchard/src/orchard/resource_types.rs");
    assert!(types.contains("tree_id = \"TreeId\" in Path"), "{types}");

    let check = |arguments: &[&str]| {
        let mut all = vec!["check"];
        all.extend(arguments);
        let (compiles, _, messages) = cargo(&project, "my-orchard", &all);
        (compiles, messages)
    };
    let (compiles, messages) = check(&[]);
    assert!(compiles && messages.is_empty(), "{messages}");

    // pairs that are not on the page do not compile
    let program = |action: &str| {
        format!(
            "use iam_policy::{{Segment, Site, Statement}};\n\
             use my_orchard::orchard::{{action, arn}};\n\n\
             fn main() {{\n    let tree = arn::Tree {{ tree_id: Segment::ANY }};\n    \
             let _ = Statement::allow(action::{action}).on(tree.at(Site::ANYWHERE));\n}}\n"
        )
    };
    project.write("my-orchard/examples/right.rs", &program("PlantTree"));
    project.write("my-orchard/examples/wrong.rs", &program("ListTrees"));
    let (compiles, messages) = check(&["--example", "right"]);
    assert!(compiles, "{messages}");
    let (compiles, messages) = check(&["--example", "wrong"]);
    assert!(
        !compiles && messages.contains("`orchard:ListTrees` cannot be scoped to"),
        "{messages}"
    );
}

#[test]
fn a_second_run_writes_nothing_and_removes_left_over_files() {
    let project = without_crate();
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert_eq!(run.stdout, "made: 1 module, 0 files written\n");
    project.write("made/src/plum/mod.rs", "");
    project.write("made/src/plum/arns.rs", "");
    project.write("made/src/orchard/old.rs", "");
    project.edit("made/src/lib.rs", "pub mod", "mod");
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert_eq!(
        run.stdout,
        "made: 1 module, 1 file written, 3 removed: src/orchard/old.rs, src/plum\n"
    );
    assert!(!project.path("made/src/plum").exists());
}

#[test]
fn a_folder_with_other_files_is_refused() {
    let project = without_crate();
    project.write("mine/src/lib.rs", "// mine\n");
    let before = project.files();
    let run = project.run(["emit", "pages", "--out", "mine"]).ends_with(1);
    assert!(
        run.stderr.contains("mine: found a folder with other files"),
        "{run:?}"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn descriptions_are_included_only_with_the_option() {
    let project = without_crate();
    project.run(["emit", "pages", "--out", "plain"]).succeeds();
    project
        .run(["emit", "pages", "--out", "described", "--descriptions"])
        .succeeds();
    assert!(
        !project
            .read("plain/src/orchard/actions.rs")
            .contains("Names every tree")
    );
    assert!(
        project
            .read("described/src/orchard/actions.rs")
            .contains("/// Names every tree")
    );
    assert!(
        project
            .read("described/src/orchard/condition_keys.rs")
            .contains("/// By soil")
    );
}

#[test]
fn modules_are_named_after_their_prefix_if_it_is_unique_otherwise_after_their_page() {
    let project = without_crate();
    let text = fs::read_to_string(page()).expect("the page");
    project.write(
        "pages/en_us/list_amazonplum.html",
        &text
            .replace("list_orchard", "list_amazonplum")
            .replace("orchard:", "plum:")
            .replace("<code>orchard", "<code>plum"),
    );
    // pages with the same prefix, whose names differ only in characters that identifiers lack
    for other in ["or-chard", "or_chard", "or_chard_"] {
        project.write(
            &format!("pages/en_us/list_{other}.html"),
            &text.replace("list_orchard", &format!("list_{other}")),
        );
    }
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert!(run.stdout.starts_with("made: 5 modules, "), "{run:?}");
    let library = project.read("made/src/lib.rs");
    let modules = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let modules: Vec<_> = modules.collect();
    assert_eq!(
        modules,
        ["or_chard", "or_chard_2", "or_chard_3", "orchard", "plum"]
    );
    let page_of = |module: &str| project.read(&format!("made/src/{module}/mod.rs"));
    assert!(page_of("or_chard_3").contains("list_or_chard_.html"));
    assert!(page_of("plum").contains("list_amazonplum.html"));
}

#[test]
fn an_unknown_value_type_is_scraped_and_emitted_as_unknown() {
    let project = without_crate();
    let file = "pages/en_us/list_orchard.html";
    project.edit(file, "By soil</td><td>String", "By soil</td><td>Fruit");
    let run = project.run(["scrape", file]).succeeds();
    assert!(run.stdout.contains("\"type\": \"Fruit\""), "{run:?}");
    let warning = |place: &str| {
        format!(
            "warning: {place}: condition key `orchard:Soil`: found the value type `Fruit`, \
             expected an IAM type; emitted as unknown\n"
        )
    };
    let run = emit(&project, "made");
    assert_eq!(run.stderr, warning(file));
    let keys = project.read("made/src/orchard/condition_keys.rs");
    assert!(keys.contains("const SOIL: Any"), "{keys}");
    project.write_features("[features]\norchard = []\n");
    project.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stderr.contains(&warning("snapshots/orchard")),
        "{run:?}"
    );
}

#[test]
fn an_unreadable_page_does_not_affect_the_others() {
    let project = without_crate();
    let text = fs::read_to_string(page()).expect("the page");
    project.write(
        "pages/en_us/list_plum.html",
        &text
            .replace("list_orchard", "list_plum")
            .replace("<td>String</td>", "<td>a fruit</td>"),
    );
    let run = project.run(["emit", "pages", "--out", "made"]).ends_with(1);
    assert!(
        run.stderr.contains("found the value type `a fruit`"),
        "{run:?}"
    );
    assert!(project.path("made/src/orchard/mod.rs").exists());
}

#[test]
fn a_page_with_a_prefix_that_is_code_is_refused() {
    let project = without_crate();
    let file = "pages/en_us/list_orchard.html";
    let prefix = "a\".parse(); evil(); let _: String = \"";
    project.edit(file, "<code>orchard<", &format!("<code>{prefix}<"));
    project.edit(file, "orchard:PlantTree", "PlantTree");
    let run = project.run(["emit", "pages", "--out", "made"]).ends_with(1);
    let expected = format!(
        "error: {file}: found `{prefix}`, expected a service prefix of lower-case letters, digits and `-`\n"
    );
    assert!(run.stderr.starts_with(&expected), "{run:?}");
    assert!(!project.path("made").exists());
}

/// Uses a crate of two pages with one of its features.
const WITH_FEATURE: &str = r#"use iam_policy::{Segment, Site, Statement};
use my_services::orchard::{ConditionKey, SERVICE, action, arn, key};

fn main() {
    assert_eq!(SERVICE.module.unwrap().feature, Some("orchard"));
    for (key, name) in [(ConditionKey::Soil, "orchard:Soil"), (ConditionKey::OrchardSoil, "orchard:soil")] {
        assert_eq!(name.parse(), Ok(key));
        assert_eq!(key.as_str(), name);
    }
    assert_eq!("ORCHARD:SOIL".parse(), Ok(ConditionKey::Soil));
    let tree = arn::Tree { date_y_m: Segment::parse("2026-11").unwrap(), tree_id: Segment::parse("t").unwrap() };
    println!("{}", tree.clone().at(Site::ANYWHERE));
    // both spellings are in effect, although the page lists one of them
    let _ = Statement::allow(action::PlantTree)
        .on(tree.at(Site::ANYWHERE))
        .when(key::SOIL.string_equals("loam"))
        .when(key::ORCHARD_SOIL.string_equals("sand"));
}
"#;

#[test]
fn a_crate_of_several_pages_in_a_workspace_has_a_feature_for_each() {
    let project = without_crate();
    let file = "pages/en_us/list_orchard.html";
    let text = project.read(file);
    project.write(
        "pages/en_us/list_plum.html",
        &text.replace("orchard", "plum"),
    );
    let row = "<tr><td id=\"list_orchard-orchard_Soil\"><a href=\"https://docs.aws.amazon.com/\">orchard:Soil</a></td><td>By soil</td><td>String</td></tr>\n";
    project.edit(file, row, &format!("{row}{}", row.replace("Soil", "soil")));
    project.edit(
        file,
        "tree/$<span>{</span>TreeId}",
        "tree/<span>{</span>Date-Y.M}/$<span>{</span>TreeId}",
    );
    project.write(
        "space/Cargo.toml",
        "[workspace]\nmembers = [\"program\"]\nresolver = \"3\"\n",
    );
    let run = emit(&project, "space/my-services");
    let note = "note: the crate is inside the workspace of ";
    assert!(
        run.stderr.starts_with(note) && run.stderr.lines().count() == 1,
        "{run:?}"
    );
    assert_eq!(emit(&project, "space/my-services").stderr, "");
    let manifest = project.read("space/my-services/Cargo.toml");
    assert!(
        manifest.contains("default = [\"serde\", \"orchard\", \"plum\"]\nserde = [\"iam-policy/serde\"]\norchard = []\nplum = []\n"),
        "{manifest}"
    );
    let readme = project.read("space/my-services/README.md");
    assert!(
        readme.contains("features = [\"serde\", \"orchard\"] }"),
        "{readme}"
    );
    project.write(
        "space/program/Cargo.toml",
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         my-services = { path = \"../my-services\", default-features = false, features = [\"orchard\"] }\n\
         iam-policy = { path = \"ENGINE\", default-features = false }\n"
            .replace("ENGINE", engine().to_str().expect("text"))
            .as_str(),
    );
    project.write("space/program/src/main.rs", WITH_FEATURE);
    let (runs, printed, messages) = cargo(&project, "space", &["run"]);
    assert!(runs, "{messages}");
    assert_eq!(printed, "arn:*:orchard:*:*:tree/2026-11/t\n");
    project.edit(
        "space/program/src/main.rs",
        "my_services::orchard::{",
        "my_services::{plum as _, orchard::{",
    );
    project.edit("space/program/src/main.rs", "arn, key};", "arn, key}};");
    let (compiles, _, messages) = cargo(&project, "space", &["check", "-p", "program"]);
    assert!(
        !compiles && messages.contains("no `plum` in the root"),
        "{messages}"
    );
}

#[test]
fn the_path_of_the_runtime_is_relative_to_the_crate() {
    let project = without_crate();
    project.write("engine/Cargo.toml", "[package]\nname = \"iam-policy\"\n");
    for (out, path) in [("made", "../engine"), ("far/from/made", "../../../engine")] {
        let arguments = ["emit", "pages", "--out", out, "--runtime", "engine"];
        project.run(arguments).succeeds();
        let manifest = project.read(&format!("{out}/Cargo.toml"));
        assert!(
            manifest.contains(&format!("path = \"{path}\"")),
            "{manifest}"
        );
    }
}

#[test]
fn prefixes_that_mean_something_else_to_rust_or_cargo_become_other_names() {
    let project = without_crate();
    let file = "pages/en_us/list_orchard.html";
    let text = project.read(file).replace("TreeId", "Gen");
    let prefixes = ["type", "gen", "lib", "main", "serde", "serde-service"];
    for prefix in prefixes {
        let page = text.replace("orchard", prefix);
        project.write(&format!("pages/en_us/list_{prefix}.html"), &page);
    }
    emit(&project, "made");
    let (compiles, _, messages) = cargo(&project, "made", &["check"]);
    assert!(compiles, "{messages}");
    for folder in ["type_", "gen_", "lib_", "main_", "serde", "serde_service"] {
        assert!(project.path(&format!("made/src/{folder}/mod.rs")).exists());
    }
    let manifest = project.read("made/Cargo.toml");
    let features = "\nserde_service = []\nserde-service = []\n";
    assert!(manifest.contains(features), "{manifest}");
}

#[test]
fn identifiers_of_an_emitted_crate_stay() {
    let project = without_crate();
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    // the name comes before `orchard:Soil` in the alphabet, and would have the same identifier
    let row = "<tr><td id=\"list_orchard-orchard_Soil\">";
    let new = "<tr><td id=\"list_orchard-aws_Soil\"><a href=\"https://docs.aws.amazon.com/\">\
               aws:Soil</a></td><td>By soil</td><td>String</td></tr>";
    project.edit("pages/en_us/list_orchard.html", row, &format!("{new}{row}"));
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    let keys = project.read("made/src/orchard/condition_keys.rs");
    assert!(
        keys.contains("const SOIL: String;") && keys.contains("const AWS_SOIL: String;"),
        "{keys}"
    );
    project.run(["emit", "pages", "--out", "new"]).succeeds();
    let keys = project.read("new/src/orchard/condition_keys.rs");
    assert!(keys.contains("const ORCHARD_SOIL: String;"), "{keys}");
}
