//! `cargo xtask emit`, run as it is built.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, page};

#[test]
fn any_page_becomes_a_crate_that_compiles_without_a_warning() {
    let project = Project::new();
    let run = project
        .run(["emit", "pages", "--out", "my-orchard"])
        .succeeds();
    assert_eq!(run.stdout, "my-orchard: 1 module, 12 files written\n");
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

    // the project's own lock file: nothing need be looked up
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    fs::copy(
        root.join("Cargo.lock"),
        project.path("my-orchard/Cargo.lock"),
    )
    .expect("a lock file");
    let check = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--quiet"])
            .args(arguments)
            .current_dir(project.path("my-orchard"))
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted"),
            )
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .expect("cargo");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), said)
    };
    let (compiles, said) = check(&[]);
    assert!(compiles && said.is_empty(), "{said}");

    // and what the page does not state is refused there as well
    let program = |action: &str| {
        format!(
            "use bedrock_iam::{{Segment, Site, Statement}};\n\
             use my_orchard::orchard::{{action, arn}};\n\n\
             fn main() {{\n    let tree = arn::Tree {{ tree_id: Segment::ANY }};\n    \
             let _ = Statement::allow(action::{action}).on(tree.at(Site::ANYWHERE));\n}}\n"
        )
    };
    project.write("my-orchard/examples/right.rs", &program("PlantTree"));
    project.write("my-orchard/examples/wrong.rs", &program("ListTrees"));
    let (compiles, said) = check(&["--example", "right"]);
    assert!(compiles, "{said}");
    let (compiles, said) = check(&["--example", "wrong"]);
    assert!(
        !compiles && said.contains("`orchard:ListTrees` cannot be scoped to"),
        "{said}"
    );
}

#[test]
fn a_second_run_writes_nothing_and_what_no_longer_belongs_goes() {
    let project = Project::new();
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert_eq!(run.stdout, "made: 1 module, 0 files written\n");
    project.write("made/src/plum/mod.rs", "");
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert!(!project.path("made/src/plum").exists());
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let project = Project::new();
    project.write("mine/src/lib.rs", "// mine\n");
    let before = project.files();
    let run = project.run(["emit", "pages", "--out", "mine"]).ends_with(1);
    assert!(
        run.stderr
            .contains("mine: found a folder that holds something else"),
        "{run:?}"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn the_references_sentences_are_there_only_when_asked_for() {
    let project = Project::new();
    project.run(["emit", "pages", "--out", "plain"]).succeeds();
    project
        .run(["emit", "pages", "--out", "described", "--descriptions"])
        .succeeds();
    assert!(
        !project
            .read("plain/src/orchard/action.rs")
            .contains("Names every tree")
    );
    assert!(
        project
            .read("described/src/orchard/action.rs")
            .contains("/// Names every tree")
    );
    assert!(
        project
            .read("described/src/orchard/condition_key.rs")
            .contains("/// By soil")
    );
}

#[test]
fn pages_that_would_share_a_module_are_refused_and_a_bad_one_takes_no_other_with_it() {
    let project = Project::new();
    let text = fs::read_to_string(page()).expect("the page");
    project.write(
        "pages/en_us/list_or-chard.html",
        &text.replace("list_orchard", "list_or-chard"),
    );
    project.write(
        "pages/en_us/list_or_chard.html",
        &text.replace("list_orchard", "list_or_chard"),
    );
    let run = project.run(["emit", "pages", "--out", "made"]).ends_with(1);
    assert!(
        run.stderr
            .contains("do not both become the module `or_chard`"),
        "{run:?}"
    );
    fs::remove_file(project.path("pages/en_us/list_or_chard.html")).unwrap();
    project.edit(
        "pages/en_us/list_or-chard.html",
        "<td>String</td>",
        "<td>Fruit</td>",
    );
    let run = project.run(["emit", "pages", "--out", "made"]).ends_with(1);
    assert!(
        run.stderr.contains("found the value type `Fruit`"),
        "{run:?}"
    );
    assert!(project.path("made/src/orchard/mod.rs").exists());
}
