//! A program that names what left the reference compiles with a warning that says so: the crate with
//! the modules of a page that lost something, compiled.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, richer};

/// The module that the page's service takes the place of: its cargo feature and its prefix.
const FEATURE: &str = "bedrock-mantle";

/// The project with the hand-written part of the crate, and the generated one of a page that lost
/// some of what it had.
fn project() -> Project {
    let project = Project::new();
    let ours = |page: &str| page.replace("orchard", FEATURE);
    let page = format!("pages/en_us/list_{FEATURE}.html");
    let poorer = ours(&project.read("pages/en_us/list_orchard.html"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    project.write("Cargo.toml", &manifest(root));
    project.write("program/Cargo.toml", PROGRAM_MANIFEST);
    project.write(
        "snapshots/modules.toml",
        &format!("[bedrock_mantle]\nprefix = \"{FEATURE}\"\npages = [\"{FEATURE}\"]\n"),
    );
    project.write(&page, &ours(&richer::page()));
    project.run(["regen", "--pages", "pages"]).succeeds();
    project.write(&page, &poorer);
    let arguments = ["regen", "--pages", "pages", "--accept-removals"];
    let dated = arguments.into_iter().chain(["--date", "2026-11-22"]);
    project.run(dated).succeeds();
    // what a person might add
    let removed = "snapshots/bedrock_mantle/removed.json";
    let version = "      \"removed\": \"2026-11-22\",\n";
    let said = format!("{version}      \"replaced_by\": \"PlantTree\",\n");
    project.edit(removed, version, &said);
    project.run(["regen", "--offline"]).succeeds();
    copy(&project, root, "bedrock-iam");
    fs::copy(root.join("Cargo.lock"), project.path("Cargo.lock")).expect("a lock file");
    project
}

fn copy(project: &Project, root: &Path, folder: &str) {
    for entry in walkdir::WalkDir::new(root.join(folder)) {
        let entry = entry.expect("an entry");
        let path = entry.path().strip_prefix(root).expect("a path below");
        let text = path.to_str().expect("text");
        let left_out = ["src/generated", "tests", "fuzz", "cli"].map(|it| format!("{folder}/{it}"));
        if entry.path().is_file() && !left_out.iter().any(|it| text.starts_with(it)) {
            let content = fs::read_to_string(entry.path()).expect("text");
            project.write(text, &content);
        }
    }
}

/// The project's manifest with the crate and a program for members.
fn manifest(root: &Path) -> String {
    let text = fs::read_to_string(root.join("Cargo.toml")).expect("a manifest");
    let members = "[\"bedrock-iam\", \"bedrock-iam/cli\", \"bedrock-iam/iam-policy\", \"codegen\", \"xtask\"]";
    assert!(text.contains(members), "{text}");
    // how fast the result is is of no interest here
    let (text, _) = text.split_once("[profile").unwrap_or((&text, ""));
    let kept = "[\"bedrock-iam\", \"bedrock-iam/iam-policy\", \"program\"]";
    text.replace(members, kept)
        .replace("codegen = { path = \"codegen\" }\n", "")
}

const PROGRAM_MANIFEST: &str = r#"[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
bedrock-iam = { path = "../bedrock-iam", default-features = false, features = ["bedrock-mantle", "serde"] }
serde_json = "1"
"#;

/// What cargo did with a program: whether it went well, and what was printed and said.
fn cargo(project: &Project, command: &str, program: &str) -> (bool, String, String) {
    project.write("program/src/main.rs", program);
    let output = Command::new(env!("CARGO"))
        .args([command, "--offline", "--quiet", "-p", "program"])
        .current_dir(project.path("."))
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("deprecated"),
        )
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.success(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// Names everything that the page lost, in each way that there is.
const PROGRAM: &str = include_str!("programs/removed.rs");

/// What it prints: names that are gone are read, and nothing lists them.
const PRINTED: &str = include_str!("programs/removed.txt");

#[test]
fn what_is_gone_compiles_with_a_warning_that_says_since_when_and_what_instead() {
    let project = project();
    // the crate itself has nothing to warn of
    let (compiles, _, said) = cargo(&project, "check", "fn main() {}\n");
    assert!(compiles && said.is_empty(), "{said}");

    let (compiles, printed, said) = cargo(&project, "run", PROGRAM);
    assert!(compiles, "{said}");
    let warnings: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("warning: "))
        .collect();
    let others: Vec<_> = warnings
        .iter()
        .filter(|line| !line.contains("use of deprecated") && !line.contains("generated"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    let since = "no longer in the Service Authorization Reference since 2026-11-22";
    for (what, item) in [
        ("unit struct", "action::PruneTree"),
        ("unit variant", "Action::PruneTree"),
        ("struct", "arn::Branch"),
        ("tuple variant", "AnyArn::Branch"),
        ("unit variant", "ResourceType::Branch"),
        ("constant", "key::SEASON"),
        ("unit variant", "ConditionKey::Season"),
        ("unit variant", "Operation::PruneTree"),
    ] {
        let found = warnings.iter().any(|line| {
            line.contains(&format!(
                "use of deprecated {what} `bedrock_iam::bedrock_mantle::{item}`: {since}"
            ))
        });
        assert!(found, "no warning of {what} {item} in {said}");
    }
    assert!(
        said.contains(&format!(
            "action::PruneTree`: {since}; use `action::PlantTree`"
        )),
        "{said}"
    );
    assert!(
        said.contains(&format!(
            "Action::PruneTree`: {since}; use `Action::PlantTree`"
        )),
        "{said}"
    );
    assert_eq!(printed, PRINTED);

    let (compiles, _, said) = cargo(
        &project,
        "check",
        "#![deny(deprecated)]\nfn main() {\n    let _ = bedrock_iam::bedrock_mantle::action::PruneTree;\n}\n",
    );
    assert!(
        !compiles && said.contains(&format!("{since}; use `action::PlantTree`")),
        "{said}"
    );
}
