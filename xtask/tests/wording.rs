//! Idioms that cost readers a second reading, and names that were replaced, stay out of all tracked
//! files. `tests/wording.txt` lists them.

use std::fs;
use std::path::Path;
use std::process::Command;

/// An entry of the list.
struct Rule {
    pattern: &'static str,
    instead: &'static str,
    example: &'static str,
}

fn rules() -> Vec<Rule> {
    let lines = include_str!("wording.txt").lines();
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .collect();
    let field = |line: &'static str, name: &str| {
        let text = line.strip_prefix(name);
        text.unwrap_or_else(|| panic!("expected `{}`, found `{line}`", name.trim()))
    };
    let rules = lines.chunks(3).map(|lines| Rule {
        pattern: lines[0],
        instead: field(lines[1], "    instead: "),
        example: field(lines[2], "    finds: "),
    });
    rules.collect()
}

/// Returns the lines of a folder's files that a rule finds; `None` if git cannot search there.
fn found(rule: &Rule, folder: &Path, arguments: &[&str]) -> Option<Vec<String>> {
    // The list itself, licences and what cargo writes are exempt.
    let exempt = ["*/tests/wording.txt", "*LICENSE-*", "*Cargo.lock"].map(|it| format!(":!{it}"));
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["grep", "-nIE", "--no-color"])
        .args(arguments)
        .args(["-e", rule.pattern, "--", "."])
        .args(exempt)
        .output()
        .ok()?;
    // Status 1: nothing was found.
    output.status.code().filter(|code| *code < 2)?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines = lines
        .lines()
        .map(|line| format!("{line}; write instead: {}", rule.instead));
    Some(lines.collect())
}

#[test]
fn tracked_files_have_none_of_the_listed_wording() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for rule in rules() {
        match found(&rule, &root, &[]) {
            Some(lines) => all.extend(lines),
            None => {
                eprintln!("skipped: the files are not in a git repository");
                return;
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn each_rule_finds_its_example() {
    let folder = tempfile::tempdir().unwrap();
    for rule in rules() {
        fs::write(folder.path().join("example.rs"), rule.example).unwrap();
        let Some(lines) = found(&rule, folder.path(), &["--no-index"]) else {
            eprintln!("skipped: git cannot search here");
            return;
        };
        assert_eq!(lines.len(), 1, "{}", rule.pattern);
    }
}

#[test]
fn usual_wording_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let text = "/// What is it?\nan unknown name, known to all: OneOrMany, Alive\n\
                not a Bedrock action, no longer in effect\n";
    fs::write(folder.path().join("text.rs"), text).unwrap();
    for rule in rules() {
        let lines = found(&rule, folder.path(), &["--no-index"]);
        assert_eq!(lines.unwrap_or_default(), Vec::<String>::new());
    }
}
