//! `cargo xtask emit`, run as it is built.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Project, page};

/// A project for which the crate is the one that the command was built beside.
fn without_crate() -> Project {
    let project = Project::new();
    fs::remove_dir_all(project.path("bedrock-iam")).expect("a folder");
    project
}

#[test]
fn any_page_becomes_a_crate_that_compiles_without_a_warning() {
    let project = without_crate();
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
    let project = without_crate();
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert_eq!(run.stdout, "made: 1 module, 0 files written\n");
    project.write("made/src/plum/mod.rs", "");
    project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert!(!project.path("made/src/plum").exists());
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let project = without_crate();
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
    let project = without_crate();
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
fn a_page_with_a_prefix_of_its_own_is_named_after_it_and_others_after_themselves() {
    let project = without_crate();
    let text = fs::read_to_string(page()).expect("the page");
    project.write(
        "pages/en_us/list_amazonplum.html",
        &text
            .replace("list_orchard", "list_amazonplum")
            .replace("orchard:", "plum:")
            .replace("<code>orchard", "<code>plum"),
    );
    // one prefix, and names that differ only in what a module's name can't hold
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
fn a_value_type_that_nobody_knows_is_scraped_and_emitted_as_not_known() {
    let project = without_crate();
    let file = "pages/en_us/list_orchard.html";
    project.edit(file, "By soil</td><td>String", "By soil</td><td>Fruit");
    let run = project.run(["scrape", file]).succeeds();
    assert!(run.stdout.contains("\"type\": \"Fruit\""), "{run:?}");
    let warning = |place: &str| {
        format!(
            "warning: {place}: condition key `orchard:Soil`: found the value type `Fruit`, \
             expected one that IAM has; emitted as not known\n"
        )
    };
    let run = project.run(["emit", "pages", "--out", "made"]).succeeds();
    assert_eq!(run.stderr, warning(file));
    let keys = project.read("made/src/orchard/condition_key.rs");
    assert!(keys.contains("value_type: None"), "{keys}");
    project.write("bedrock-iam/Cargo.toml", "[features]\norchard = []\n");
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stderr.contains(&warning("snapshots/orchard")),
        "{run:?}"
    );
}

#[test]
fn a_page_that_cannot_be_read_takes_no_other_with_it() {
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
