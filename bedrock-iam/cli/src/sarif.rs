//! Findings as SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use super::check::Checked;
use crate::check::{Code, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn log(files: &[Checked]) -> Value {
    let rules: Vec<_> = Code::ALL.iter().map(rule).collect();
    let results: Vec<_> = files
        .iter()
        .flat_map(|(input, placed)| {
            placed.iter().map(|placed| {
                let finding = &placed.finding;
                let (line, column) = placed.position(&input.text);
                let message = match &finding.fix {
                    Some(fix) => format!("{}; {fix}", finding.message),
                    None => finding.message.clone(),
                };
                json!({
                    "ruleId": finding.code.as_str(),
                    "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
                    "level": level(finding.severity),
                    "message": {"text": message},
                    "locations": [{
                        "physicalLocation": {
                            "artifactLocation": {"uri": input.name.replace('\\', "/")},
                            "region": {"startLine": line, "startColumn": column},
                        },
                        "logicalLocations": [{"fullyQualifiedName": finding.path}],
                    }],
                })
            })
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
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
        Severity::SecurityWarning | Severity::Warning => "warning",
        Severity::Suggestion => "note",
    }
}
