//! `cargo xtask regen` from saved pages and from committed snapshots.

mod support;

use std::fs;

use support::Project;

const SNAPSHOT: &str = "snapshots/orchard/service.json";
const ACTIONS: &str = "bedrock-iam/src/generated/orchard/actions.rs";
const GLOBAL: &str = "bedrock-iam/iam-policy/src/generated/global.rs";

#[test]
fn a_second_run_writes_nothing() {
    let project = Project::generated();
    let before = project.files();
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert_eq!(run.stdout, "up to date: 13 files, no changes\n");
    project.run(["regen", "--offline"]).succeeds();
    assert_eq!(project.files(), before);
    project
        .run(["regen", "--pages", "pages", "--check"])
        .succeeds();
}

#[test]
fn a_snapshot_edited_by_hand_is_drift() {
    let project = Project::generated();
    project.edit(SNAPSHOT, "\"List\"", "\"Read\"");
    let before = project.files();
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert!(
        run.stdout.contains(&format!(
            "{ACTIONS}: changed (differs from what snapshots/orchard/service.json generates)"
        )),
        "{run:?}"
    );
    assert_eq!(project.files(), before);
    project.run(["regen", "--offline"]).succeeds();
    assert!(project.read(ACTIONS).contains("`orchard:ListTrees`: Read."));
    project.run(["regen", "--offline", "--check"]).succeeds();
}

#[test]
fn a_snapshot_in_another_form_is_drift() {
    let project = Project::generated();
    project.edit(SNAPSHOT, "  \"actions\"", "    \"actions\"");
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert_eq!(run.stdout, format!("{SNAPSHOT}: changed\n"));
}

#[test]
fn missing_and_left_over_files_are_drift() {
    let project = Project::generated();
    fs::remove_file(project.path(ACTIONS)).unwrap();
    project.write("bedrock-iam/src/generated/plum/action.rs", "// stray\n");
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert!(
        run.stdout.contains(&format!("{ACTIONS}: missing\n")),
        "{run:?}"
    );
    assert!(
        run.stdout
            .contains("bedrock-iam/src/generated/plum/action.rs: left over\n"),
        "{run:?}"
    );
    project.run(["regen", "--offline"]).succeeds();
    assert!(
        project.path(ACTIONS).exists() && !project.path("bedrock-iam/src/generated/plum").exists()
    );
    project.run(["regen", "--offline", "--check"]).succeeds();
}

#[test]
fn the_generated_file_of_the_engine_is_restored_and_others_removed() {
    let project = Project::generated();
    let text = project.read(GLOBAL);
    project.write(GLOBAL, "broken");
    let stray = "bedrock-iam/iam-policy/src/generated/local.rs";
    project.write(stray, "// stray\n");
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert_eq!(
        run.stdout,
        format!("{GLOBAL}: changed\n{stray}: left over\n")
    );
    project.run(["regen", "--offline"]).succeeds();
    assert_eq!(project.read(GLOBAL), text);
    assert!(!project.path(stray).exists());
}

#[test]
fn an_invalid_page_changes_no_file() {
    let project = Project::generated();
    project.edit(
        "pages/en_us/list_orchard.html",
        "<td>List</td>",
        "<td>Prune</td>",
    );
    let before = project.files();
    let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
    assert_eq!(
        run.stderr,
        "error: pages/en_us/list_orchard.html: actions table, row 1 `ListTrees`: found the access level `Prune`, \
         expected one of `List`, `Read`, `Write`, `Permissions management`, `Tagging`\n\
         orchard: its snapshot is kept\n"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn a_module_without_a_page_keeps_its_snapshot_and_is_reported() {
    let project = Project::generated();
    fs::remove_file(project.path("pages/en_us/list_orchard.html")).unwrap();
    let before = project.files();
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stdout
            .starts_with("orchard: no page in pages, its snapshot is kept\n"),
        "{run:?}"
    );
    assert_eq!(project.files(), before);
}

#[test]
fn an_older_page_name_is_used_if_the_newer_one_is_missing() {
    let project = Project::generated();
    let page = project
        .read("pages/en_us/list_orchard.html")
        .replace("list_orchard", "list_oldorchard");
    fs::remove_file(project.path("pages/en_us/list_orchard.html")).unwrap();
    project.write("pages/en_us/list_oldorchard.html", &page);
    project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(project.read(SNAPSHOT).contains("\"page\": \"oldorchard\""));
}

#[test]
fn missing_or_invalid_inputs_are_reported() {
    let project = Project::new();
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr
            .contains("orchard: found no snapshot, expected snapshots/orchard/service.json"),
        "{run:?}"
    );
    let run = project
        .run(["regen", "--offline", "--module", "plum"])
        .ends_with(1);
    assert!(
        run.stderr.contains(
            "found no module `plum` in snapshots/modules.toml, expected one of `orchard`"
        ),
        "{run:?}"
    );
    let run = project.run(["regen", "--pages", "nowhere"]).ends_with(1);
    assert!(run.stderr.contains("nowhere: found no folder"), "{run:?}");
    project.write("snapshots/modules.toml", "[orchard]\npages = 3\n");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.contains("snapshots/modules.toml: line 2"),
        "{run:?}"
    );
    project.run(["regen", "--sideways"]).ends_with(2);
}

#[test]
fn an_invalid_snapshot_is_reported_with_its_line() {
    let project = Project::generated();
    project.edit(SNAPSHOT, "\"List\"", "\"Prune\"");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr.contains(SNAPSHOT) && run.stderr.contains("line 5"),
        "{run:?}"
    );
}

const OVERLAY: &str = "snapshots/orchard/overlay.json";

/// An overlay with one entry of a kind.
fn overlay(kind: &str, fields: &str) -> String {
    format!(r#"{{"{kind}": [{{{fields}, "why": "w", "source": "https://example.com/page"}}]}}"#)
}

#[test]
fn an_overlay_is_read_and_kept() {
    let project = Project::generated();
    let tree_ids = r#""resource_type": "tree", "placeholder": "TreeId", "may_hold": [":"]"#;
    let text = overlay("placeholders", tree_ids);
    project.write(OVERLAY, &text);
    let arns = "bedrock-iam/src/generated/orchard/resource_types.rs";
    let run = project.run(["regen", "--offline"]).succeeds();
    assert!(
        run.stdout.contains(&format!("{arns}: updated\n")),
        "{run:?}"
    );
    assert!(project.read(arns).contains("in Colon"));
    project.write(
        OVERLAY,
        &overlay("sensitive_actions", r#""actions": ["orchard:PlantTree"]"#),
    );
    project.run(["regen", "--offline"]).succeeds();
    assert!(!project.read(arns).contains("in Colon"));
    project.run(["regen", "--offline", "--check"]).succeeds();
    assert!(project.read(OVERLAY).contains("sensitive_actions"));
}

#[test]
fn an_invalid_overlay_fails_the_run() {
    let project = Project::generated();
    for (text, message) in [
        (
            overlay("regionless_arns", r#""resource_type": "bush""#),
            "error: snapshots/orchard/overlay.json: `regionless_arns[0]`: found the resource type `bush`, \
             which is not on the page, expected a name on the page\n  \
             hint: correct the name or remove the entry\n",
        ),
        (
            "{".to_owned(),
            "error: snapshots/orchard/overlay.json: found EOF while parsing an object \
             at line 1 column 1, expected entries in the form documented in `codegen/src/overlay.rs`\n",
        ),
    ] {
        project.write(OVERLAY, &text);
        let before = project.files();
        for arguments in [
            &["regen", "--offline"][..],
            &["regen", "--offline", "--check"],
        ] {
            let run = project.run(arguments.iter().copied()).ends_with(1);
            assert_eq!(run.stderr, message);
        }
        assert_eq!(project.files(), before);
    }
}

#[test]
fn sensitive_actions_of_other_services_are_in_a_separate_file() {
    let project = Project::generated();
    let list = "snapshots/global/sensitive_actions.json";
    let of = |action: &str| {
        format!(
            r#"[{{"actions": ["{action}"], "why": "w", "source": "https://example.com/page"}}]"#
        )
    };
    project.write(list, &of("plum:Eat"));
    project.run(["regen", "--offline"]).succeeds();
    project.write(list, &of("orchard:PlantTree"));
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr
            .starts_with(&format!("error: {list}: `sensitive_actions[0]`: ")),
        "{run:?}"
    );
}

#[test]
fn prefixes_of_pages_are_added_to_the_list() {
    let project = Project::generated();
    let list = "snapshots/global/service_prefixes.json";
    let of = |date: &str, prefixes: &str| {
        format!(
            r#"{{"date": "{date}", "only_in_arns": [], "prefixes": [{prefixes}], "source": "https://example.com"}}"#
        )
    };
    project.write(list, &of("2026-01-02", "\"grove\""));
    // offline, no page is read
    project.run(["regen", "--offline"]).succeeds();
    let generated = "bedrock-iam/src/generated/prefixes.rs";
    assert!(
        project
            .read(generated)
            .contains("\"2026-01-02\",\n    names: &[\n        \"grove\",\n")
    );
    let from_pages = ["regen", "--pages", "pages", "--date", "2026-03-04"];
    let run = project.run(from_pages).succeeds();
    let new = format!("{list}: new service prefix `orchard`\n");
    assert!(run.stdout.starts_with(&new), "{run:?}");
    let text = project.read(generated);
    assert!(
        text.contains("\"2026-03-04\"") && text.contains("\"orchard\""),
        "{text}"
    );
    // nothing is new, so the day stays
    let before = project.files();
    project.run(["regen", "--pages", "pages"]).succeeds();
    assert_eq!(project.files(), before);
    project.write(list, &of("today", "\"grove\""));
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(
        run.stderr
            .starts_with(&format!("error: {list}: found `today`")),
        "{run:?}"
    );
}

#[test]
fn a_new_module_requires_a_feature_and_a_page_with_its_prefix() {
    let project = Project::generated();
    let plum = "[plum]\nprefix = \"plum\"\npages = [\"plum\"]\n";
    let modules = project.read("snapshots/modules.toml");
    project.write("snapshots/modules.toml", &format!("{modules}{plum}"));
    let orchard = project.read("pages/en_us/list_orchard.html");
    let page = orchard.replace("list_orchard", "list_plum");
    project.write("pages/en_us/list_plum.html", &page);
    let run = project.run(["regen", "--pages", "pages"]).ends_with(1);
    assert!(
        run.stderr.contains(
            "list_plum.html: found the prefix `orchard`, expected the prefix of the module `plum`, `plum`\n"
        ),
        "{run:?}"
    );
    project.write(
        "pages/en_us/list_plum.html",
        &page.replace("orchard", "plum"),
    );
    let missing = [
        "found no feature `plum`, expected a feature for the module `plum`",
        "found no `plum` in the feature `all-modules`, expected the features of all modules",
    ]
    .map(|it| format!("bedrock-iam/Cargo.toml: {it}\n"));
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(missing.iter().all(|it| run.stderr.contains(it)), "{run:?}");
    let run = project.run(["regen", "--offline", "--check"]).ends_with(3);
    assert_eq!(run.stdout, missing.concat());
    project.write_features(
        "[features]\norchard = []\nplum = []\nfruit = [\"plum\"]\nall-modules = [\"orchard\", \"fruit\"]\n",
    );
    project.run(["regen", "--offline", "--check"]).succeeds();
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_the_snapshots_is_refused() {
    let project = Project::generated();
    let (folder, elsewhere) = (project.path("snapshots/orchard"), project.path("elsewhere"));
    fs::rename(&folder, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
    let before = project.files();
    for arguments in [
        ["regen", "--pages", "pages"].as_slice(),
        &["regen", "--offline"],
        &["regen", "--offline", "--check"],
    ] {
        let run = project.run(arguments.iter().copied()).ends_with(1);
        assert_eq!(
            run.stderr,
            "error: snapshots/orchard: found a symbolic link, expected a file or folder: \
             the link's target could be lost\n"
        );
        assert_eq!(project.files(), before);
        assert!(folder.is_symlink());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn snapshots_on_another_file_system_are_updated() {
    use std::io::Write as _;
    use std::os::unix::fs::MetadataExt as _;

    let project = Project::generated();
    let device = |path: &std::path::Path| fs::metadata(path).map(|it| it.dev()).ok();
    let memory = std::path::Path::new("/dev/shm");
    let elsewhere = tempfile::tempdir_in(memory).ok();
    let other = device(memory).is_some_and(|it| Some(it) != device(&project.path("")));
    let Some(elsewhere) = elsewhere.filter(|_| other) else {
        // not `eprintln!`, because the test harness captures the output of passing tests
        let _ = writeln!(
            std::io::stderr(),
            "skipped: /dev/shm is not another file system"
        );
        return;
    };
    let folder = elsewhere.path().join("snapshots");
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .args([project.path("snapshots"), folder.clone()])
        .status();
    assert!(copied.unwrap().success());
    fs::remove_dir_all(project.path("snapshots")).unwrap();
    std::os::unix::fs::symlink(&folder, project.path("snapshots")).unwrap();
    project.edit(
        "pages/en_us/list_orchard.html",
        "<td>List</td>",
        "<td>Read</td>",
    );
    let run = project.run(["regen", "--pages", "pages"]).succeeds();
    assert!(
        run.stdout.contains(&format!("{SNAPSHOT}: updated\n")),
        "{run:?}"
    );
    assert!(project.path("snapshots").is_symlink());
    assert!(
        fs::read_to_string(folder.join("orchard/service.json"))
            .unwrap()
            .contains("\"Read\"")
    );
    project.run(["regen", "--offline", "--check"]).succeeds();
}
