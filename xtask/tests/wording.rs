//! Tracked files do not contain hard-to-read idioms or replaced names, which `tests/wording.txt` lists.

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;

/// A pattern, and what to write instead.
struct Rule<'a> {
    pattern: Regex,
    instead: &'a str,
}

fn rules(list: &str) -> Vec<Rule<'_>> {
    let lines = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines
        .map(|line| {
            let (pattern, instead) = line
                .split_once("  ")
                .expect("a pattern, then its replacement");
            Rule {
                pattern: Regex::new(pattern).unwrap(),
                instead: instead.trim(),
            }
        })
        .collect()
}

fn found(rules: &[Rule<'_>], name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for rule in rules {
            if let Some(hit) = rule.pattern.find(line) {
                let (number, hit, instead) = (number + 1, hit.as_str().trim(), rule.instead);
                found.push(format!(
                    "{name}:{number}: `{hit}`; write instead: {instead}"
                ));
            }
        }
    }
    found
}

/// Whether a file is the list itself, a licence or `Cargo.lock`.
fn is_exempt(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("xtask/tests/wording.") || file.starts_with("LICENSE") || file == "Cargo.lock"
}

#[test]
#[ignore = "the wording is being rewritten, crate by crate"]
fn tracked_files_have_none_of_the_listed_wording() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let list = Command::new("git")
        .arg("-C")
        .arg(&root)
        .arg("ls-files")
        .output();
    let Some(list) = list.ok().filter(|output| output.status.success()) else {
        eprintln!("skipped: the files are not in a git repository");
        return;
    };
    let rules = rules(include_str!("wording.txt"));
    let mut wrong = Vec::new();
    for name in String::from_utf8(list.stdout)
        .unwrap()
        .lines()
        .filter(|name| !is_exempt(name))
    {
        if let Ok(text) = fs::read_to_string(root.join(name)) {
            wrong.extend(found(&rules, name, &text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_finds_what_it_is_for() {
    let rules = rules(include_str!("wording.txt"));
    for (line, hits) in [
        ("`x` is no action of bedrock", 1),
        ("`x` is no longer in the reference", 0),
        ("`x` is no list", 1),
        ("six fields parted by `:`", 1),
        ("/// What a check reports.", 1),
        ("/// What is it?", 0),
        ("the facts are held against the file", 1),
        ("fn told(x: Known) {}", 2),
        ("an unknown name, known to all: OneOrMany, Alive", 0),
        ("not a Bedrock action", 0),
    ] {
        assert_eq!(found(&rules, "x", line).len(), hits, "{line}");
    }
}
