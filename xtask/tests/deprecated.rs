//! A program with names that were removed from the reference compiles with deprecation warnings. The
//! test compiles the crate with the module of a page from which names were removed.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, richer};

/// The module that the page's service replaces: its cargo feature, which is also its prefix.
const FEATURE: &str = "bedrock-mantle";

/// A project with the hand-written code of the crate, and the code generated from a page from which
/// names were removed.
fn project() -> Project {
    let project = Project::new();
    let renamed = |page: &str| page.replace("orchard", FEATURE);
    let page = format!("pages/en_us/list_{FEATURE}.html");
    let later = renamed(&project.read("pages/en_us/list_orchard.html"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    project.write("Cargo.toml", &manifest(root));
    project.write("program/Cargo.toml", PROGRAM_MANIFEST);
    project.write(
        "snapshots/modules.toml",
        &format!("[bedrock_mantle]\nprefix = \"{FEATURE}\"\npages = [\"{FEATURE}\"]\n"),
    );
    project.write(&page, &renamed(&richer::page()));
    project.run(["regen", "--pages", "pages"]).succeeds();
    project.write(&page, &later);
    let arguments = ["regen", "--pages", "pages", "--accept-removals"];
    let dated = arguments.into_iter().chain(["--date", "2026-11-22"]);
    project.run(dated).succeeds();
    // a replacement, as added by hand
    let removed = "snapshots/bedrock_mantle/removed.json";
    let version = "      \"removed\": \"2026-11-22\",\n";
    let replaced = format!("{version}      \"replaced_by\": \"PlantTree\",\n");
    project.edit(removed, version, &replaced);
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

/// The project's manifest with the crate and a program as its members.
fn manifest(root: &Path) -> String {
    let text = fs::read_to_string(root.join("Cargo.toml")).expect("a manifest");
    let members = "[\"bedrock-iam\", \"bedrock-iam/cli\", \"bedrock-iam/iam-policy\", \"codegen\", \"xtask\"]";
    assert!(text.contains(members), "{text}");
    // omit the profiles, which only slow the build down
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

/// Runs cargo on a program; returns whether it succeeded, its standard output and its messages.
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

/// A program that uses all removed names, in every kind of item.
const PROGRAM: &str = include_str!("programs/removed.rs");

/// The output of the program: removed names are parsed, but not listed.
const PRINTED: &str = include_str!("programs/removed.txt");

#[test]
fn removed_names_compile_with_a_warning_that_states_date_and_replacement() {
    let project = project();
    // the crate itself has no warnings
    let (compiles, _, messages) = cargo(&project, "check", "fn main() {}\n");
    assert!(compiles && messages.is_empty(), "{messages}");

    let (compiles, printed, messages) = cargo(&project, "run", PROGRAM);
    assert!(compiles, "{messages}");
    let warnings: Vec<_> = messages
        .lines()
        .filter(|line| line.starts_with("warning: "))
        .collect();
    let others: Vec<_> = warnings
        .iter()
        .filter(|line| !line.contains("use of deprecated") && !line.contains("generated"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    let since = "no longer in the Service Authorization Reference since 2026-11-22";
    for (kind, item) in [
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
                "use of deprecated {kind} `bedrock_iam::bedrock_mantle::{item}`: {since}"
            ))
        });
        assert!(found, "no warning about {kind} {item} in {messages}");
    }
    assert!(
        messages.contains(&format!(
            "action::PruneTree`: {since}; use `action::PlantTree`"
        )),
        "{messages}"
    );
    assert!(
        messages.contains(&format!(
            "Action::PruneTree`: {since}; use `Action::PlantTree`"
        )),
        "{messages}"
    );
    assert_eq!(printed, PRINTED);

    let (compiles, _, messages) = cargo(
        &project,
        "check",
        "#![deny(deprecated)]\nfn main() {\n    let _ = bedrock_iam::bedrock_mantle::action::PruneTree;\n}\n",
    );
    assert!(
        !compiles && messages.contains(&format!("{since}; use `action::PlantTree`")),
        "{messages}"
    );
}
