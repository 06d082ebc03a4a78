//! Killed and concurrent runs: every file has either its old or its new content.

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::Project;

/// The number of modules, high enough for a run to be killed while it writes.
const MODULES: usize = 25;

/// A project with many modules, and changed pages in `next`.
fn project() -> Project {
    let project = Project::new();
    let english = std::fs::read_to_string(support::page()).expect("the page");
    let mut modules = String::new();
    for module in 0..MODULES {
        modules +=
            &format!("[orchard_{module}]\nprefix = \"orchard\"\npages = [\"orchard{module}\"]\n");
        let page = english.replace("list_orchard", &format!("list_orchard{module}"));
        let next = page.replace("<td>List</td>", "<td>Read</td>");
        project.write(&format!("pages/en_us/list_orchard{module}.html"), &page);
        project.write(&format!("next/en_us/list_orchard{module}.html"), &next);
    }
    project.write("snapshots/modules.toml", &modules);
    project.run(["regen", "--pages", "pages"]).succeeds();
    project
}

/// The files that `regen` generates, without the temporary files of killed runs.
fn generated(project: &Project) -> BTreeMap<PathBuf, String> {
    let kept = |path: &PathBuf| {
        let below = path
            .strip_prefix(project.path(""))
            .expect("below the project");
        below.starts_with("snapshots") || below.starts_with("bedrock-iam")
    };
    let files = project.files().into_iter();
    files.filter(|(path, _)| kept(path)).collect()
}

/// Whether a run is writing, or was killed while it was writing.
fn is_writing(project: &Project) -> bool {
    let mut entries = std::fs::read_dir(project.path("")).expect("the project");
    entries.any(|entry| {
        let name = entry.expect("an entry").file_name();
        name.to_string_lossy().starts_with(".writing-")
    })
}

fn start(project: &Project, pages: &str) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["regen", "--pages", pages])
        .current_dir(project.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the built command")
}

#[test]
fn after_a_killed_run_every_file_has_its_old_or_its_new_content() {
    let project = project();
    let before = generated(&project);
    project.run(["regen", "--pages", "next"]).succeeds();
    let after = generated(&project);
    assert!(before.len() == after.len() && before != after);
    let (mut writing, mut mixed) = (0, 0);
    for step in 0..16 {
        project.run(["regen", "--pages", "pages"]).succeeds();
        assert!(generated(&project) == before);
        let mut run = start(&project, "next");
        while run.try_wait().expect("a child").is_none() && !is_writing(&project) {
            std::thread::sleep(Duration::from_micros(100));
        }
        std::thread::sleep(Duration::from_millis(10) * step);
        let _ = run.kill();
        run.wait().expect("a child");
        writing += usize::from(is_writing(&project));
        let now = generated(&project);
        assert_eq!(now.len(), before.len());
        for (path, text) in &now {
            assert!(
                *text == before[path] || *text == after[path],
                "{} has another content",
                path.display()
            );
        }
        mixed += usize::from(now != before && now != after);
    }
    println!("{writing} were killed while writing, {mixed} of them between two files");
    assert!(writing > 0);
    // the next run succeeds, and removes the temporary files
    project.run(["regen", "--pages", "next"]).succeeds();
    assert!(generated(&project) == after);
    let left: Vec<_> = std::fs::read_dir(project.path(""))
        .expect("the project")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    // only the manifest, the two folders of pages, and the two folders that `regen` writes are left
    assert_eq!(left.len(), 5, "{left:?}");
}

#[test]
fn concurrent_runs_wait_for_each_other() {
    let project = project();
    project.run(["regen", "--pages", "next"]).succeeds();
    let next = generated(&project);
    project.run(["regen", "--pages", "pages"]).succeeds();
    let runs: Vec<_> = (0..4).map(|_| start(&project, "next")).collect();
    let mut waited = 0;
    for run in runs {
        let output = run.wait_with_output().expect("a child");
        let stderr = String::from_utf8(output.stderr).expect("text");
        assert!(output.status.success(), "{stderr}");
        waited += usize::from(stderr.contains("waiting for another run"));
    }
    assert!(waited > 0);
    assert!(generated(&project) == next);
    assert!(!project.path(".regen.lock").exists());
}

#[test]
fn the_lock_file_of_a_killed_run_does_not_block() {
    let project = Project::generated();
    project.write(".regen.lock", " (process 1)");
    project.write(".writing-left/0.new", "half a fi");
    let began = Instant::now();
    project.run(["regen", "--offline"]).succeeds();
    assert!(began.elapsed() < Duration::from_secs(60));
    assert!(!project.path(".regen.lock").exists() && !project.path(".writing-left").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_lock_file_is_not_followed() {
    let project = Project::generated();
    project.write("letter.txt", "Dear gardener");
    std::os::unix::fs::symlink("letter.txt", project.path(".regen.lock")).expect("a link");
    let run = project.run(["regen", "--offline"]).ends_with(1);
    assert!(run.stderr.contains("found a link"), "{run:?}");
    assert_eq!(project.read("letter.txt"), "Dear gardener");
}
