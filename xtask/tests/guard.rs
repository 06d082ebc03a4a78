//! `cargo xtask regen` refuses pages that lost or gained too much.

mod support;

use support::reference::{translation, with_more};
use support::{Project, Run};

const PAGE: &str = "pages/en_us/list_orchard.html";

/// A project with the snapshot of a page.
fn project(page: &str) -> Project {
    let project = Project::new();
    project.write(PAGE, page);
    project.run(["regen", "--pages", "pages"]).succeeds();
    project
}

fn regen(project: &Project, options: &[&str]) -> Run {
    project.run(["regen", "--pages", "pages"].iter().chain(options).copied())
}

/// Checks that the page of a project is refused, and changes nothing.
fn refused(project: &Project, options: &[&str]) -> Run {
    let before = project.files();
    let run = regen(project, options).ends_with(1);
    assert!(
        run.stderr.ends_with("orchard: its snapshot is kept\n"),
        "{run:?}"
    );
    assert!(project.files() == before, "the tree changed: {run:?}");
    run
}

#[test]
fn lost_facts_are_accepted_by_their_kind() {
    let project = project(&with_more(40));
    project.write(PAGE, &with_more(20));
    let run = refused(&project, &[]);
    assert_eq!(
        run.stderr,
        "error: pages/en_us/list_orchard.html: found a page that lost 20 of 42 actions (`PickTree20`, \
         `PickTree21`, `PickTree22`, …), expected most of what the committed snapshot has\n  \
         hint: if the reference has changed so, pass `--accept-removals=actions`\n\
         orchard: its snapshot is kept\n"
    );
    refused(&project, &["--keep-going"]);
    refused(&project, &["--accept-additions"]);
    refused(
        &project,
        &["--accept-removals=keys,pairs", "--accept-removals=levels"],
    );
    for accepted in [
        &["--accept-removals"][..],
        &["--accept-removals=keys,actions"],
        &["--accept-removals=keys", "--accept-removals=actions"],
    ] {
        let options: Vec<_> = accepted.iter().copied().chain(["--check"]).collect();
        regen(&project, &options).ends_with(3);
    }
    regen(&project, &["--accept-removals=actions"]).succeeds();
    assert!(
        !project
            .read("snapshots/orchard/service.json")
            .contains("PickTree20")
    );
    regen(&project, &["--accept-removals=leaves"]).ends_with(2);
}

#[test]
fn gained_facts_are_accepted_by_their_kind() {
    let project = project(&with_more(0));
    project.write(PAGE, &with_more(400));
    let run = refused(&project, &["--accept-removals"]);
    let words = "found a page that gained 400 actions (`PickTree0`, `PickTree1`, `PickTree10`, …) in addition to 2";
    assert!(run.stderr.contains(words), "{run:?}");
    assert!(
        run.stderr.contains("pass `--accept-additions=actions`\n"),
        "{run:?}"
    );
    regen(&project, &["--accept-additions=actions"]).succeeds();
}

#[test]
fn few_facts_may_be_lost_or_come() {
    let project = project(&with_more(1));
    for actions in [0, 3, 1] {
        project.write(PAGE, &with_more(actions));
        regen(&project, &[]).succeeds();
    }
}

#[test]
fn facts_that_translations_still_state_are_not_lost_unnoticed() {
    let project = project(&with_more(100));
    project.write(PAGE, &with_more(88));
    // without a translation, 12 of 102 actions may be lost
    regen(&project, &["--check"]).ends_with(3);
    for locale in ["es_es", "ja_jp"] {
        let page = translation(&with_more(100), locale);
        project.write(&format!("pages/{locale}/list_orchard.html"), &page);
    }
    let run = refused(&project, &[]);
    let words =
        "; es_es, ja_jp still state 12 actions that the English page no longer has, expected";
    assert!(run.stderr.contains(words), "{run:?}");
    let run = regen(&project, &["--accept-removals=actions"]).succeeds();
    assert!(
        run.stdout
            .contains("orchard ja_jp: differs from English: 12 actions not in English\n"),
        "{run:?}"
    );
}

#[test]
fn a_page_without_one_of_its_tables_is_refused() {
    let project = Project::generated();
    let page = project.read("pages/en_us/list_orchard.html");
    let begin = page.find("<h2 id=\"list_orchard-operations\">").unwrap();
    let end = page.find("<h2 id=\"list_orchard-actions").unwrap();
    project.write(
        "pages/en_us/list_orchard.html",
        &format!("{}{}", &page[..begin], &page[end..]),
    );
    let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
    assert!(
        run.stderr.contains("a page that lost all 1 operations"),
        "{run:?}"
    );
}
