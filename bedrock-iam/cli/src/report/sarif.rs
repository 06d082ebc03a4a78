//! The SARIF 2.1.0 format, for code scanning.

use bedrock_iam::check::{Code, Severity};
use serde_json::{Value, json};

use super::{Checked, not_checked_line};

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
                json!({
                    "ruleId": finding.code.as_str(),
                    "ruleIndex": codes.iter().position(|code| *code == finding.code),
                    "level": level(finding.severity),
                    "message": {"text": message},
                    "locations": [{
                        "physicalLocation": {
                            "artifactLocation": {"uri": file.input.name.replace('\\', "/")},
                            "region": {
                                "startLine": placed.start.line,
                                "startColumn": placed.start.column,
                                "endLine": placed.end.line,
                                "endColumn": placed.end.column,
                            },
                        },
                        "logicalLocations": [{"fullyQualifiedName": finding.path.to_string()}],
                    }],
                })
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

fn rule(code: &Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.explanation().split_whitespace().collect::<Vec<_>>().join(" ")},
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
