//! `rule`: each code has an example, which has its finding, and one without it.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use support::{json_of, printed};

#[derive(serde::Deserialize)]
struct Example {
    kind: Option<String>,
    bad: String,
    good: String,
}

fn examples() -> BTreeMap<String, Example> {
    toml::from_str(include_str!("../src/rules.toml")).expect("examples")
}

/// Returns the codes in the help of `check`.
fn codes() -> Vec<String> {
    let (help, _) = printed(&["check", "--help"], "");
    let list = help
        .split("Codes by usual severity")
        .nth(1)
        .expect("the codes");
    let codes = list.lines().filter(|line| line.starts_with("  "));
    codes.map(|line| line.trim().to_owned()).collect()
}

/// Codes whose findings need more than a short document.
const WITHOUT_EXAMPLE: [&str; 2] = ["policy-size", "removed-name"];

#[test]
fn examples_have_the_findings_of_their_codes() {
    let examples = examples();
    let mut codes = codes();
    codes.retain(|code| !WITHOUT_EXAMPLE.contains(&code.as_str()));
    codes.sort();
    assert!(codes.len() > 40, "{codes:?}");
    let described: Vec<_> = examples.keys().cloned().collect();
    assert_eq!(codes, described);
    for (code, example) in &examples {
        let found = |policy: &str| {
            let kind = example
                .kind
                .iter()
                .flat_map(|kind| ["--kind", kind.as_str()]);
            let mut arguments: Vec<_> = ["check", "--format", "json", "-"].into();
            arguments.extend(kind);
            let object = json_of(&arguments, policy);
            let findings = object["findings"].as_array().expect("findings").iter();
            findings
                .map(|it: &Value| it["code"].as_str().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        let bad = found(&example.bad);
        assert!(bad.contains(code), "{code}: {bad:?}");
        let good = found(&example.good);
        assert!(!good.contains(code), "{code}: {good:?}");
    }
}

#[test]
fn rules_are_explained() {
    let (text, status) = printed(&["rule", "unknown-action"], "");
    assert!(
        text.starts_with("unknown-action (warning)\n\nAn action that is not"),
        "{text}"
    );
    assert!(
        text.contains("\nWith the finding:\n\n{\"Version\""),
        "{text}"
    );
    assert_eq!(status, Some(0));
    assert_eq!(printed(&["rule", "no-such-code"], "").1, Some(2));
}

/// Writes the page of all codes as it should be if `UPDATE_EXPECT` is set.
#[test]
fn the_page_of_rules_is_up_to_date() {
    let mut page = "# Rules\n\nThe codes of findings, each with an example. `bedrock-iam rule CODE` prints one of \
                    them; `--allow CODE` ignores its findings.\n"
        .to_owned();
    for code in codes() {
        let (text, _) = printed(&["rule", &code], "");
        let mut lines = text.lines();
        let title = lines.next().unwrap_or_default();
        let mut is_policy = false;
        page += &format!("\n## {title}\n");
        for line in lines {
            let starts = line.starts_with("With");
            if starts && is_policy {
                page.truncate(page.trim_end().len());
                page += "\n```\n\n";
            }
            page += &format!("{line}\n");
            if starts {
                page += "\n```json";
                is_policy = true;
            }
        }
        if is_policy {
            page.truncate(page.trim_end().len());
            page += "\n```\n";
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &page).expect("the page");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "RULES.md is not up to date: UPDATE_EXPECT=1 writes it"
    );
}
