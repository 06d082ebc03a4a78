//! `cargo xtask regen` keeps names that were removed from a page as deprecated for one minor version.

mod support;

use support::{Project, Run, richer};

const PAGE: &str = "pages/en_us/list_orchard.html";
const REMOVED: &str = "snapshots/orchard/removed.json";
const GENERATED: &str = "bedrock-iam/src/generated/orchard";

/// A project with the snapshot of the earlier page, and the later page, from which names were removed.
fn before_removal() -> Project {
    let project = Project::new();
    let later = project.read(PAGE);
    project.write(PAGE, &richer::page());
    project.run(["regen", "--pages", "pages"]).succeeds();
    project.write(PAGE, &later);
    project
}

fn refresh(project: &Project, date: &str) -> Run {
    let arguments = [
        "regen",
        "--pages",
        "pages",
        "--accept-removals",
        "--date",
        date,
    ];
    project.run(arguments).succeeds()
}

/// A project with names that were removed on 2026-11-22.
fn after_removal() -> Project {
    let project = before_removal();
    refresh(&project, "2026-11-22");
    project
}

#[test]
fn removed_names_are_kept_with_date_version_and_last_facts() {
    let project = before_removal();
    let run = refresh(&project, "2026-11-22");
    assert!(
        run.stdout.starts_with(
            "orchard: no longer in the reference, kept as deprecated in snapshots/orchard/removed.json: \
             action `PruneTree`, resource type `branch`, condition key `orchard:Season`, operation `PruneTree`\n"
        ),
        "{run:?}"
    );
    let expected = r#"{
  "actions": {
    "PruneTree": {
      "last": {
        "access_levels": [
          "Write"
        ],
        "api": "https://docs.aws.amazon.com/orchard/PruneTree.html",
        "condition_keys": [
          "orchard:Season"
        ],
        "resources": [
          {
            "required": true,
            "resource_type": "branch"
          }
        ]
      },
      "removed": "2026-11-22",
      "version": "0.1.0"
    }
  },
  "condition_keys": {
    "orchard:Season": {
      "last": {
        "actions": [
          "PruneTree"
        ],
        "pairs": {
          "PlantTree": [
            "tree"
          ]
        },
        "row": {
          "type": "String"
        }
      },
      "removed": "2026-11-22",
      "version": "0.1.0"
    }
  },
  "operations": {
    "PruneTree": {
      "last": [
        {
          "actions": [
            {
              "action": "orchard:PruneTree"
            }
          ],
          "operation": "PruneTree",
          "sdk": "orchard"
        }
      ],
      "removed": "2026-11-22",
      "version": "0.1.0"
    }
  },
  "resource_types": {
    "branch": {
      "last": {
        "actions": {
          "PlantTree": [],
          "PruneTree": []
        },
        "row": {
          "arn": "arn:${Partition}:orchard:${Region}:${Account}:branch/${BranchId}"
        }
      },
      "removed": "2026-11-22",
      "version": "0.1.0"
    }
  }
}
"#;
    assert_eq!(project.read(REMOVED), expected);
    assert!(
        !project
            .read("snapshots/orchard/service.json")
            .contains("PruneTree")
    );
    for (file, item) in [
        ("actions", "    PruneTree {"),
        ("resource_types", "    Branch {"),
    ] {
        let text = project.read(&format!("{GENERATED}/{file}.rs"));
        // the attribute before the entry is for the variant, the one inside it for the type
        let (before, inside) = text.split_once(item).expect(item);
        let (before, inside) = (before.lines().last(), inside.lines().nth(1));
        for line in [before, inside].map(Option::unwrap_or_default) {
            let deprecated = line.contains("#[deprecated(") && line.contains("since 2026-11-22");
            assert!(deprecated, "{text}");
        }
    }
}

#[test]
fn a_second_run_writes_nothing_and_keeps_the_first_date() {
    let project = after_removal();
    let before = project.files();
    let run = refresh(&project, "2026-12-24");
    assert!(
        run.stdout.starts_with("up to date: ") && run.stdout.lines().count() == 1,
        "{run:?}"
    );
    project.run(["regen", "--offline", "--check"]).succeeds();
    project.run(["regen", "--offline"]).succeeds();
    assert_eq!(project.files(), before);
}

#[test]
fn names_that_are_added_again_are_not_deprecated() {
    let project = before_removal();
    let before = project.files();
    refresh(&project, "2026-11-22");
    let later = project.read(PAGE);
    project.write(PAGE, &richer::page());
    refresh(&project, "2026-12-24");
    assert!(!project.path(REMOVED).exists());
    project.write(PAGE, &later);
    assert_eq!(project.files(), before);
}

#[test]
fn removed_names_are_dropped_with_the_second_minor_version_even_offline() {
    let project = after_removal();
    let before = project.files();
    project.edit("Cargo.toml", "0.1.0", "0.2.4");
    let run = project.run(["regen", "--offline"]).succeeds();
    assert!(run.stdout.starts_with("up to date: "), "{run:?}");
    project.edit("Cargo.toml", "0.2.4", "0.3.0");
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert!(
        run.stdout.contains(&format!("{REMOVED}: left over\n")),
        "{run:?}"
    );
    let run = project.run(["regen", "--offline"]).succeeds();
    assert!(
        run.stdout.starts_with(
            "orchard: deprecated for one minor version, now dropped: action `PruneTree`, resource type `branch`, \
             condition key `orchard:Season`, operation `PruneTree`\n"
        ),
        "{run:?}"
    );
    assert!(!project.path(REMOVED).exists());
    let is_dropped = |text: &str| !text.contains("PruneTree") && !text.contains("deprecated");
    let generated = project.files();
    assert!(generated.len() == before.len() - 1);
    for (path, text) in generated {
        if path.starts_with(project.path("bedrock-iam")) {
            assert!(is_dropped(&text), "{}", path.display());
        }
    }
}

#[test]
fn a_replacement_added_by_hand_is_kept_and_checked() {
    let project = after_removal();
    let removed = "      \"removed\": \"2026-11-22\",\n";
    let replaced = format!("{removed}      \"replaced_by\": \"PlantTree\",\n");
    project.edit(REMOVED, removed, &replaced);
    refresh(&project, "2026-12-24");
    assert!(
        project
            .read(REMOVED)
            .contains("\"replaced_by\": \"PlantTree\"")
    );
    let action = project.read(&format!("{GENERATED}/actions.rs"));
    assert!(
        action.contains("since 2026-11-22; use `action::PlantTree`\""),
        "{action}"
    );
    // an unknown name is an error
    project.edit(
        REMOVED,
        "\"replaced_by\": \"PlantTree\"",
        "\"replaced_by\": \"PlatTree\"",
    );
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert_eq!(
        run.stderr,
        "error: page `orchard`: removed.json, action `PruneTree`: found `PlatTree` as its replacement, \
         expected the name of another action\n"
    );
}

#[test]
fn a_similar_new_name_is_suggested_as_the_replacement() {
    let project = Project::generated();
    let page = project.read(PAGE);
    let renamed = page.replace("ListTrees", "DescribeTrees");
    project.write(PAGE, &renamed);
    refresh(&project, "2026-11-22");
    let removed = project.read(REMOVED);
    assert!(
        removed.contains("\"replaced_by\": \"DescribeTrees\""),
        "{removed}"
    );
    let actions = project.read(&format!("{GENERATED}/actions.rs"));
    let note = "since 2026-11-22; use `Action::DescribeTrees`\"";
    assert!(actions.contains(note), "{actions}");
}

#[test]
fn an_action_in_another_case_is_not_a_removal() {
    let project = Project::new();
    let later = project.read(PAGE);
    project.write(PAGE, &later.replace("ListTrees", "listTrees"));
    project.run(["regen", "--pages", "pages"]).succeeds();
    project.write(PAGE, &later);
    refresh(&project, "2026-11-22");
    assert!(!project.path(REMOVED).exists());
    let actions = project.read(&format!("{GENERATED}/actions.rs"));
    assert!(actions.contains("    ListTrees { List;"), "{actions}");
}

#[test]
fn new_entries_have_a_day_soon_after_the_last_ones() {
    let project = after_removal();
    // removes a further name
    let page = project.read(PAGE).replace("orchard:Soil", "orchard:Light");
    project.write(PAGE, &page.replace("orchard_Soil", "orchard_Light"));
    let before = project.files();
    let run = |date: &str| project.run(["regen", "--pages", "pages", "--date", date]);
    for date in ["2026-11-21", "1970-01-01", "9999-12-31"] {
        let run = run(date).ends_with(1);
        let error = format!(
            "error: {REMOVED}: found the day of removals `{date}`, expected a day from `2026-11-22` to `"
        );
        assert!(run.stderr.starts_with(&error), "{run:?}");
        assert!(
            run.stderr
                .ends_with("hint: `--date` is the day on which the pages were saved\n")
        );
        assert!(project.files() == before);
    }
    // no `--date` helps if the last day is in the future
    project.edit(REMOVED, "2026-11-22", "9000-01-01");
    let future = project.run(["regen", "--pages", "pages"]).ends_with(1);
    assert!(
        future
            .stderr
            .contains("the last day in removed.json is wrong"),
        "{future:?}"
    );
    project.edit(REMOVED, "9000-01-01", "2026-11-22");
    run("2026-11-22").succeeds();
    assert!(project.read(REMOVED).contains("orchard:Soil"));
    // a day far from now is refused for the first entries, too
    let project = before_removal();
    let arguments = ["regen", "--pages", "pages", "--date", "9999-12-31"];
    project.run(arguments).ends_with(1);
    assert!(!project.path(REMOVED).exists());
}

#[test]
fn a_clock_far_from_the_last_entries_is_not_trusted() {
    let project = after_removal();
    // the last entries are from a century ago
    let old = project.read(REMOVED).replace("2026-11-22", "1926-11-22");
    project.write(REMOVED, &old);
    let page = project.read(PAGE).replace("orchard:Soil", "orchard:Light");
    project.write(PAGE, &page.replace("orchard_Soil", "orchard_Light"));
    let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
    let (_, today) = run
        .stderr
        .split_once("if the clock is right, pass `--date ")
        .expect("a hint");
    let today = today.trim_end().trim_end_matches('`');
    project
        .run(["regen", "--pages", "pages", "--date", today])
        .succeeds();
}

#[test]
fn invalid_files_and_dates_are_reported() {
    let project = after_removal();
    project.edit(REMOVED, "2026-11-22", "2026-11-31");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.starts_with(&format!("error: {REMOVED}: found ")),
        "{run:?}"
    );
    project.edit(REMOVED, "2026-11-31", "2026-11-22");
    project.write("Cargo.toml", "[workspace.package]\nversion = \"new\"\n");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.starts_with("error: Cargo.toml: found "),
        "{run:?}"
    );
    project
        .run(["regen", "--offline", "--date", "yesterday"])
        .ends_with(2);
}
