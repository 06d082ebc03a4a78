//! The SARIF 2.1.0 format, for code scanning.

use bedrock_iam::check::{Code, Finding, Severity};
use serde_json::{Value, json};

use super::{Checked, not_checked_line};
use crate::codes;
use crate::fix;
use crate::input::{Input, Position};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Returns a log of one run, with a rule for each of the codes; `unreadable` contains the errors of
/// files that could not be read.
pub(crate) fn log(files: &[Checked], unreadable: &[String], codes: &[Code]) -> Value {
    let rules: Vec<_> = codes.iter().map(rule).collect();
    let results: Vec<_> = files
        .iter()
        .flat_map(|file| {
            file.findings.iter().map(|placed| {
                let finding = &placed.finding;
                let message = match &finding.fix {
                    Some(fix) => format!("{}; {fix}", finding.message),
                    None => finding.message.clone(),
                };
                let uri = file.input.name.replace('\\', "/");
                let mut result = json!({
                    "ruleId": finding.code.as_str(),
                    "ruleIndex": codes.iter().position(|code| *code == finding.code),
                    "level": level(finding.severity),
                    "message": {"text": message},
                    "locations": [{
                        "physicalLocation": {
                            "artifactLocation": {"uri": uri},
                            "region": region(placed.start, placed.end),
                        },
                        "logicalLocations": [{"fullyQualifiedName": finding.path.to_string()}],
                    }],
                });
                if let Some(fix) = &finding.fix
                    && let Some(replacement) = replacement(&file.input, finding)
                {
                    result["fixes"] = json!([{
                        "description": {"text": fix.to_string()},
                        "artifactChanges": [{
                            "artifactLocation": {"uri": uri},
                            "replacements": [replacement],
                        }],
                    }]);
                }
                result
            })
        })
        .collect();
    let notification = |level, text| json!({"level": level, "message": {"text": text}});
    let notifications = unreadable
        .iter()
        .map(|error| notification("error", error.clone()))
        .chain(not_checked_line(files).map(|line| notification("note", line)));
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_BIN_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unreadable.is_empty(),
                "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The length of the longest text with replacements, in bytes: that of the longest policy in AWS, of a
/// key. Each replacement takes time that is proportional to the length.
const LONGEST: usize = 32 << 10;

fn replacement(input: &Input, finding: &Finding) -> Option<Value> {
    let start = input.start();
    if input.text.len() > LONGEST {
        return None;
    }
    let (bytes, text) = fix::replacement(&input.text[start..], finding)?;
    let position = |at: usize| input.position(start + at);
    Some(json!({
        "deletedRegion": region(position(bytes.start), position(bytes.end)),
        "insertedContent": {"text": text},
    }))
}

fn rule(code: &Code) -> Value {
    let explanation = codes::sentence(*code);
    let help = codes::example(*code).map_or_else(
        || explanation.clone(),
        |example| {
            let (bad, good) = (example.bad.trim(), example.good.trim());
            format!("{explanation}\n\nWith the finding:\n\n{bad}\n\nWithout it:\n\n{good}")
        },
    );
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": explanation},
        "help": {"text": help},
        "defaultConfiguration": {"level": level(code.severity())},
        "properties": {"severity": code.severity().as_str()},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Suggestion => "note",
        _ => "warning",
    }
}
