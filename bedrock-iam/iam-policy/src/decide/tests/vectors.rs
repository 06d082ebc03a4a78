//! Single conditions, patterns and variables that the tests of other projects state, from
//! `../shared/access/vectors`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use super::list;
use crate::decide::Context;
use crate::decide::condition::Test;
use crate::decide::pattern::{Action, Pattern, ResourceTest, Style, Target, covers_action};
use crate::decide::truth::Truth;
use crate::decide::variables::{Expanded, Syntax, expand};

/// A row of a file: a test, and the results that its source and AWS's documentation state.
struct Vector(Value);

impl Vector {
    fn text(&self, member: &str) -> &str {
        self.0[member].as_str().unwrap_or_default()
    }

    fn texts(value: &Value) -> Vec<String> {
        let texts = value.as_array().into_iter().flatten();
        texts
            .map(|it| it.as_str().expect("a string").to_owned())
            .collect()
    }

    fn context(&self) -> Context {
        let mut context = Context::new();
        for (key, values) in self.0["context"].as_object().into_iter().flatten() {
            for value in Self::texts(values) {
                context.add(key, value);
            }
        }
        context
    }

    /// Returns the result that is right: as in the source, or where it departs from AWS, AWS's.
    fn expected(&self) -> &Value {
        let departs = self.text("aws") == "no";
        match (self.text("kind"), departs) {
            ("variable", true) => &self.0["aws_expands_to"],
            ("variable", false) => &self.0["expands_to"],
            (_, true) => &self.0["aws_matches"],
            (_, false) => &self.0["matches"],
        }
    }

    /// Returns the engine's result, in the form of the expected one.
    fn result(&self) -> Value {
        let context = &self.context();
        let (pattern, text) = (self.text("pattern"), self.text("text"));
        let truth = match (self.text("kind"), self.text("as")) {
            ("variable", _) => {
                return match expand(self.text("template"), Syntax::Plain, context) {
                    Expanded::Text(text) => text.into(),
                    Expanded::Null => Value::Null,
                    Expanded::Possible(pattern) => panic!("all keys are stated: {pattern}"),
                };
            }
            ("condition", _) => {
                let values = list(Self::texts(&self.0["values"]));
                let key = self.text("key");
                Test::new(self.text("operator"), key, &values, true).holds(context)
            }
            (_, "action") => covers_action(pattern, Action::new(text)),
            (_, "string-like") => {
                Pattern::new(pattern.into(), Style::Like, true).matches(text, context)
            }
            (_, "arn-like") => {
                Pattern::new(pattern.into(), Style::Arn, true).matches(text, context)
            }
            (_, "resource") => {
                let kind = self.text("policy_type");
                let completes = matches!(kind, "" | "identity" | "boundary");
                ResourceTest::new(pattern, true, completes).matches(Target::new(text), context)
            }
            other => panic!("{other:?} is not a kind of vector"),
        };
        match truth {
            Truth::True => true.into(),
            Truth::False => false.into(),
            Truth::Unknown => "unknown".into(),
        }
    }
}

/// Returns the rows of a file; none if it is missing.
fn vectors(name: &str) -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/access/vectors");
    let path = folder.join(name).with_extension("jsonl");
    if !path.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is missing", path.display());
        return Vec::new();
    }
    let text = fs::read_to_string(&path).expect("vectors");
    let rows = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    rows.map(Vector).collect()
}

/// Checks the vectors that AWS's documentation decides; prints the results of the others by topic.
fn check(name: &str) {
    let mut wrong = Vec::new();
    let mut open = BTreeMap::<_, BTreeMap<_, usize>>::new();
    for vector in vectors(name) {
        let (result, expected) = (vector.result(), vector.expected());
        if vector.text("aws") == "unsure" {
            let answer = format!("{expected} in the source, here {result}");
            let answers = open.entry(vector.text("why").to_owned()).or_default();
            // the expansions of variables differ one by one
            let answer = match vector.text("kind") {
                "variable" => (result == *expected).to_string(),
                _ => answer,
            };
            *answers.entry(answer).or_default() += 1;
        } else if result != *expected {
            wrong.push(format!("{} expects {expected}, got {result}", vector.0));
        }
    }
    let mut report = String::new();
    for (why, answers) in open {
        report += &format!("{name}: {why}: {answers:?}\n");
    }
    let _ = std::io::stderr().write_all(report.as_bytes());
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn conditions_of_other_projects_have_the_documented_result() {
    check("conditions");
}

#[test]
fn arns_of_other_projects_match_as_documented() {
    check("arns");
}

#[test]
fn patterns_of_other_projects_match_as_documented() {
    check("patterns");
}

#[test]
fn variables_of_other_projects_have_the_documented_value() {
    check("variables");
}
