//! `cargo xtask diff`, run on a temporary project.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::expect_file;
use serde_json::{Map, Value, json};
use support::{Project, Run};

/// Returns a later version of the project's page.
fn later() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages_later/en_us/list_orchard.html");
    fs::read_to_string(path).expect("the later page")
}

/// Returns a project with the old page in `pages` and the new one in `later`.
fn project() -> Project {
    let project = Project::new();
    project.write("later/en_us/list_orchard.html", &later());
    project.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
    project
}

/// Returns a git repository: the first commit has the snapshot of the old page, the second that of the
/// new one.
fn repository() -> Project {
    let project = project();
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    for pages in ["pages", "later"] {
        project
            .run(["regen", "--accept-removals", "--pages", pages])
            .succeeds();
        git(&project, &["add", "--all"]);
        git(&project, &["commit", "--quiet", "--message", pages]);
    }
    project
}

fn git(project: &Project, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Gardener",
            "-c",
            "user.email=gardener@example.com",
        ])
        .args(arguments)
        .current_dir(project.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git");
    assert!(output.status.success(), "{output:?}");
}

fn stdout(run: Run) -> String {
    let run = run.succeeds();
    assert_eq!(run.stderr, "");
    run.stdout
}

#[test]
fn every_format_reports_all_changes() {
    let project = project();
    let diff = |format| stdout(project.run(["diff", "pages", "later", "--format", format]));
    expect_file!["golden/diff/text.txt"].assert_eq(&diff("text"));
    expect_file!["golden/diff/markdown.md"].assert_eq(&diff("markdown"));
    expect_file!["golden/diff/report.json"].assert_eq(&diff("json"));
    expect_file!["golden/diff/changelog.md"].assert_eq(&diff("changelog"));
}

/// Returns the number before ` security mark`, for each time that it is in a text.
fn counts(text: &str) -> Vec<usize> {
    let before = text.split(" security mark").map(|part| {
        let digits = part.rsplit(|c: char| !c.is_ascii_digit()).next();
        digits.unwrap_or_default().to_owned()
    });
    let mut before: Vec<_> = before.collect();
    before.pop();
    before.iter().filter_map(|it| it.parse().ok()).collect()
}

/// Checks that every format prints as many marks as it counts; returns the count.
fn count_of_marks(diff: impl Fn(&str) -> String) -> usize {
    let json: Value = serde_json::from_str(&diff("json")).expect("JSON");
    let marks = json["marks"].as_u64().expect("a count");
    let service = &json["services"][0];
    assert_eq!(service["marks"].as_u64(), Some(marks));
    let marks = usize::try_from(marks).expect("a small number");
    assert_eq!(service["security"].as_array().map(Vec::len), Some(marks));
    let starting = |text: &str, start| text.lines().filter(|it| it.starts_with(start)).count();
    let text = diff("text");
    assert_eq!(
        (counts(&text), starting(&text, "  ! ")),
        (vec![marks], marks)
    );
    let markdown = diff("markdown");
    let cell = format!(
        " | {marks} | {} |",
        service["bump"].as_str().expect("a bump")
    );
    assert!(markdown.contains(&cell), "{markdown}");
    assert_eq!(starting(&markdown, "- **"), marks);
    assert_eq!(counts(&diff("changelog")), [marks]);
    let html = diff("html");
    assert_eq!(counts(&html), [marks, marks]);
    let list = html
        .split("<ul class=\"security\">")
        .nth(1)
        .expect("a list");
    let list = list.split("</section>").next().unwrap_or(list);
    assert_eq!(list.matches("<li>").count(), marks);
    marks
}

#[test]
fn every_format_counts_the_marks_that_it_prints() {
    let project = project();
    let diff = |format: &str| stdout(project.run(["diff", "pages", "later", "--format", format]));
    assert!(count_of_marks(diff) > 1);
    let Some(shared) = support::real::shared("classic-history") else {
        return;
    };
    let shared = shared.canonicalize().expect("a folder");
    let [old, new] = ["2023-08-01", "2025-06-01"].map(|it| shared.join(it).display().to_string());
    let diff = |format: &str| stdout(project.run(["diff", &old, &new, "--format", format]));
    assert!(count_of_marks(diff) > 13);
}

#[test]
fn revisions_and_the_work_tree_are_compared() {
    let project = repository();
    let expected = stdout(project.run(["diff", "pages", "later"]));
    assert!(
        expected.starts_with("version major: 0.3.1 → 0.4.0\n"),
        "{expected}"
    );
    // `pages` is also a folder: the revision requires `rev:`
    assert_eq!(stdout(project.run(["diff", "HEAD~1", "HEAD"])), expected);
    assert_eq!(stdout(project.run(["diff", "HEAD~1"])), expected);
    assert_eq!(stdout(project.run(["diff", "main~1", "later"])), expected);
    git(&project, &["branch", "pages", "HEAD"]);
    assert_eq!(stdout(project.run(["diff", "pages"])), expected);
    assert_eq!(
        stdout(project.run(["diff", "rev:pages"])),
        "no fact changed\n"
    );
    // HEAD compared with the work tree
    assert_eq!(stdout(project.run(["diff"])), "no fact changed\n");
    project.edit("snapshots/orchard/service.json", "\"List\"", "\"Read\"");
    let run = stdout(project.run(["diff"]));
    assert!(
        run.contains("access level of `orchard:ListTrees`: List → Read"),
        "{run}"
    );
    // the command also works in a subfolder
    let below = project.path("snapshots/orchard");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .current_dir(below)
        .output();
    let output = output.expect("the built command");
    assert_eq!(String::from_utf8_lossy(&output.stdout), run);
}

#[test]
fn global_condition_keys_are_compared() {
    let project = repository();
    let file = "snapshots/global/condition_keys.json";
    let keys = r#"{
  "aws:Season": {"category": "request", "type": "String"},
  "aws:Weather": {"category": "request", "type": "String"}
}"#;
    project.write(file, keys);
    // a side without global keys says nothing about them
    assert_eq!(stdout(project.run(["diff"])), "no fact changed\n");
    git(&project, &["add", "--all"]);
    git(&project, &["commit", "--quiet", "--message", "keys"]);
    assert_eq!(stdout(project.run(["diff"])), "no fact changed\n");
    let fewer = r#"{"aws:Weather": {"category": "request", "type": "Bool"}}"#;
    project.write(file, fewer);
    let text = stdout(project.run(["diff", "--format", "json"]));
    let report: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["version"]["bump"], "major");
    assert_eq!(report["services"][0]["module"], "global");
    let changes = report["services"][0]["changes"]
        .as_array()
        .expect("changes");
    let kinds: Vec<_> = changes
        .iter()
        .map(|it| (&it["kind"], &it["bump"]))
        .collect();
    let major = json!("major");
    let removed = json!("condition_key_removed");
    let changed = json!("key_type_changed");
    assert_eq!(kinds, [(&removed, &major), (&changed, &major)]);
}

#[test]
fn the_version_is_that_of_the_old_side() {
    let project = repository();
    project.edit("Cargo.toml", "0.3.1", "0.4.0");
    let run = stdout(project.run(["diff", "HEAD~1"]));
    assert!(run.starts_with("version major: 0.3.1 → 0.4.0\n"), "{run}");
    let json = stdout(project.run(["diff", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let expected = serde_json::json!({
        "services": [], "version": {"bump": "none", "from": "0.3.1", "to": "0.3.1"}});
    assert_eq!(json, expected);
}

#[test]
fn folders_of_every_form_are_read() {
    let project = project();
    let expected = stdout(project.run(["diff", "pages", "later"]));
    project.run(["regen", "--pages", "pages"]).succeeds();
    // other files are not snapshots
    project.write("snapshots/orchard/removed.json", "{}");
    let snapshot = project.read("snapshots/orchard/service.json");
    project.write("files/orchard-2024.json", &snapshot);
    for old in [
        ".",
        "snapshots",
        "snapshots/orchard",
        "snapshots/orchard/service.json",
        "files",
        "files/orchard-2024.json",
        "pages/en_us",
        "pages/en_us/list_orchard.html",
    ] {
        assert_eq!(
            stdout(project.run(["diff", old, "later"])),
            expected,
            "{old}"
        );
        assert_eq!(
            stdout(project.run(["diff", old, "pages"])),
            "no fact changed\n",
            "{old}"
        );
    }
    // an older name of the page belongs to the same module
    let renamed = later().replace("list_orchard", "list_oldorchard");
    project.write("renamed/en_us/list_oldorchard.html", &renamed);
    let run = stdout(project.run(["diff", "later", "renamed"]));
    assert!(run.contains("page: `orchard` → `oldorchard`"), "{run}");
    assert!(run.starts_with("version patch: 0.3.1 → 0.3.2\n"), "{run}");
}

#[test]
fn services_without_a_module_are_paired_by_page_or_prefix() {
    let project = project();
    for (folder, page) in [("one", "grove"), ("two", "grove-trees")] {
        let text = later().replace("list_orchard", &format!("list_{page}"));
        let text = text
            .replace("orchard:", "grove:")
            .replace(">orchard<", ">grove<");
        project.write(&format!("{folder}/en_us/list_{page}.html"), &text);
    }
    let run = stdout(project.run(["diff", "one", "two"]));
    assert!(
        run.contains("grove-trees (") && run.contains(": 1 change\n"),
        "{run}"
    );
    let run = stdout(project.run(["diff", "one", "pages", "--module", "grove"]));
    assert!(
        run.contains("service removed") && !run.contains("new service"),
        "{run}"
    );
    let run = project
        .run(["diff", "one", "two", "--module", "plum"])
        .ends_with(1);
    assert_eq!(
        run.stderr,
        "error: found no module or page `plum` on either side, expected one of `grove-trees`\n"
    );
}

#[test]
fn wildcards_of_policies_are_checked() {
    let project = project();
    project.write(
        "policies/list.json",
        r#"{"Statement": {"Effect": "Allow", "Action": ["orchard:List*", "orchard:Plant*"], "Resource": "*"}}"#,
    );
    let run = stdout(project.run(["diff", "pages", "later", "--policies", "policies"]));
    let expected =
        "1 new action in Allow `orchard:List*` (`policies/list.json`): `orchard:ListSheds`";
    let flat = run.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(expected), "{run}");
    assert!(
        flat.contains("`orchard:ListSheds` is Write, unlike all actions covered before"),
        "{run}"
    );
    project.write("policies/note.json", "{}");
    let run = project
        .run(["diff", "pages", "later", "--policies", "policies"])
        .ends_with(1);
    assert_eq!(
        run.stderr,
        "error: policies/note.json: found no `Statement`, expected a policy document\n"
    );
}

#[test]
fn unreadable_pages_are_not_compared() {
    let project = project();
    project.write(
        "later/en_us/list_plum.html",
        "<html><title>Plum</title></html>",
    );
    project.write(
        "pages/en_us/list_plum.html",
        &later().replace("list_orchard", "list_plum"),
    );
    let run = project.run(["diff", "pages", "later"]).ends_with(1);
    assert!(
        run.stderr
            .starts_with("error: later/en_us/list_plum.html: found"),
        "{run:?}"
    );
    assert!(run.stderr.ends_with("plum: not compared\n"), "{run:?}");
    assert!(
        run.stdout.contains("orchard") && !run.stdout.contains("plum"),
        "{run:?}"
    );
}

#[test]
fn invalid_sides_are_reported() {
    let project = repository();
    let error = |arguments: &[&str]| {
        let run = project.run(arguments.iter().copied()).ends_with(1);
        assert_eq!(run.stdout, "");
        run.stderr
    };
    let neither = "error: found `plum`, expected a folder or a git revision\n  \
                   hint: name a folder of snapshots or saved pages, or a revision that `git \
                   rev-parse` accepts\n";
    assert_eq!(error(&["diff", "plum"]), neither);
    // a revision is not an option of git
    let option = error(&["diff", "rev:--git-dir"]);
    assert_eq!(option, neither.replace("plum", "--git-dir"));
    project.write("empty/note.txt", "nothing");
    assert_eq!(
        error(&["diff", "empty"]),
        "error: empty: found neither snapshots nor pages, expected `<module>/service.json`, \
         `<locale>/list_<page>.html` or `<name>.json`\n"
    );
    project.write("broken/orchard/service.json", "{\n");
    assert!(
        error(&["diff", "broken"]).starts_with("error: broken/orchard/service.json: found EOF")
    );
    git(&project, &["checkout", "--quiet", "--orphan", "bare"]);
    git(&project, &["rm", "--quiet", "-r", "--cached", "."]);
    git(
        &project,
        &["commit", "--quiet", "--allow-empty", "--message", "nothing"],
    );
    assert_eq!(
        error(&["diff", "bare"]),
        "error: revision `bare`: found no snapshots, expected `snapshots/<module>/service.json`\n"
    );
}

#[test]
fn a_missing_repository_or_git_is_reported() {
    let project = project();
    project.run(["regen", "--pages", "pages"]).succeeds();
    let run = |path: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["diff", "main"]).current_dir(project.path(""));
        // ignore repositories of parent folders
        command.env(
            "GIT_CEILING_DIRECTORIES",
            project.path("").parent().expect("a parent"),
        );
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let output = command.output().expect("the built command");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let bare = run(None);
    assert!(
        bare.contains("found `main`, which is not a folder, expected a folder, or a revision"),
        "{bare}"
    );
    assert!(
        bare.ends_with("  hint: the project is not in a git repository: compare two folders\n"),
        "{bare}"
    );
    let missing = run(Some(""));
    assert!(
        missing.starts_with("error: found no working `git` ("),
        "{missing}"
    );
}

#[test]
fn real_pages_of_two_dates_are_compared() {
    let Some(shared) = support::real::shared("") else {
        return;
    };
    let shared = shared.canonicalize().expect("a folder");
    let path = |part: &str| shared.join(part).display().to_string();
    let (old, new) = (path("classic-history/2026-05-10"), path("current"));
    let project = Project::new();
    project.write(
        "snapshots/modules.toml",
        "[bedrock]\nprefix = \"bedrock\"\npages = [\"bedrock\", \"amazonbedrock\"]\n",
    );
    for format in ["text", "markdown", "changelog"] {
        let run = stdout(project.run([
            "diff", &old, &new, "--module", "bedrock", "--format", format,
        ]));
        assert!(
            run.contains("`bedrock:InvokeModel` can now be scoped to `project`"),
            "{run}"
        );
        assert!(run.len() <= 65_536, "{format}: {} bytes", run.len());
    }
    let same = stdout(project.run(["diff", &new, &new]));
    assert_eq!(same, "no fact changed\n");
}

/// The limit of a pull request's body.
const LIMIT: usize = 65_536;

/// Returns the Markdown of many services, each with a new action and many that now require another,
/// and the number of lines.
fn markdown(services: usize, actions: usize, name: &str) -> (String, usize) {
    let project = Project::new();
    for number in 0..services {
        for (side, is_new) in [("old", false), ("new", true)] {
            let action = |number| {
                let name = format!("Get{name}{number}");
                let asks: Vec<_> = is_new.then(|| format!("plum:{name}")).into_iter().collect();
                (
                    name,
                    json!({"access_levels": [], "dependent_actions": asks}),
                )
            };
            let mut rows: Map<String, Value> = (0..actions).map(action).collect();
            if is_new {
                rows.insert("PutResourcePolicy".to_owned(), json!({"access_levels": []}));
            }
            let page = format!("plum{number}");
            let service = json!({"page": page, "prefix": page, "service": "Plum | Sons <b>",
                "actions": rows, "resource_types": {}, "condition_keys": {}});
            project.write(&format!("{side}/{page}.json"), &service.to_string());
        }
    }
    let print = |format| stdout(project.run(["diff", "old", "new", "--format", format]));
    let text = print("text");
    let signs = ["  ! ", "  - ", "  ~ ", "  + ", "  * ", "  ? "];
    let is_line = |line: &&str| signs.iter().any(|sign| line.starts_with(sign));
    (print("markdown"), text.lines().filter(is_line).count())
}

#[test]
fn lines_beyond_the_limit_are_counted() {
    for (services, actions, name) in [
        (1, 3, "Tree"),
        (1, 2000, "Tree"),
        (300, 2, "Tree"),
        (700, 20, "Tree"),
        (5, 30, &"T".repeat(3000)),
        (1, 2, &"T".repeat(70_000)),
    ] {
        let (page, lines) = markdown(services, actions, name);
        let case = format!("{services} × {actions}: {} bytes", page.len());
        assert!(page.len() <= LIMIT, "{case}");
        let count = |tag| page.matches(tag).count();
        assert_eq!(count("<details>"), count("</details>"), "{case}");
        let tail = |line: &str| line.strip_prefix("… and ")?.split(' ').next()?.parse().ok();
        let left_out: usize = page.lines().find_map(tail).unwrap_or(0);
        let body = page.split("Entry for CHANGELOG.md").next().unwrap_or(&page);
        let items = body.lines().filter(|line| line.starts_with("- ")).count();
        assert_eq!(items + left_out, lines, "{case}");
        let is_full = page.len() + 5000 > LIMIT || name.len() > LIMIT;
        assert_eq!(left_out > 0, is_full, "{case}");
        assert!(page.ends_with('\n'));
    }
}

#[test]
fn markdown_is_escaped() {
    let (page, _) = markdown(1, 1, "Tree");
    let row = "| `plum0` | Plum \\| Sons \\<b\\> | 2 | 1 | minor |";
    assert!(page.contains(row), "{page}");
}

#[test]
fn control_characters_of_a_snapshot_do_not_reach_the_terminal() {
    let project = Project::generated();
    fs::create_dir(project.path("old")).expect("a folder");
    let snapshot = project.read("snapshots/orchard/service.json");
    project.write("old/orchard/service.json", &snapshot);
    project.edit(
        "snapshots/orchard/service.json",
        "\"Orchard\"",
        r#""Orchard\u001b[2J""#,
    );
    for arguments in [
        ["diff", "old", "snapshots"].as_slice(),
        &["regen", "--offline"],
    ] {
        let run = project.run(arguments.iter().copied()).ends_with(1);
        let expected =
            "`service`: found `Orchard\\u{1b}[2J`, expected text without control characters";
        assert!(run.stderr.contains(expected), "{run:?}");
        assert!(
            !run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'),
            "{run:?}"
        );
    }
}
