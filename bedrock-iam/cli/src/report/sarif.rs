//! The SARIF 2.1.0 format, for code scanning.

use std::io::{self, Write};

use bedrock_iam::check::{Code, Finding, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Checked, Each, Placed, not_checked_line};
use crate::codes;
use crate::fix;
use crate::input::{Input, Position};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log; the members of this and the other objects are in alphabetical order.
#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [R; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    column_kind: &'static str,
    invocations: Value,
    results: R,
    tool: Value,
}

/// Prints a log of one run, with a rule for each of the codes; `unreadable` contains the errors of
/// files that could not be read.
pub(crate) fn print(
    files: &[Checked],
    unreadable: &[String],
    codes: &[Code],
    out: &mut dyn Write,
) -> io::Result<()> {
    let notification = |level, text| json!({"level": level, "message": {"text": text}});
    let more = files.iter().flat_map(|file| {
        let more = file.more.iter();
        more.map(|more| format!("{}: {}", file.input.name, super::more(more)))
    });
    let notes = more.chain(not_checked_line(files));
    let notifications = unreadable
        .iter()
        .map(|error| notification("error", error.clone()))
        .chain(notes.map(|line| notification("note", line)));
    let run = Run {
        column_kind: "unicodeCodePoints",
        invocations: json!([{
            "executionSuccessful": unreadable.is_empty(),
            "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
        }]),
        results: Each(|| {
            files.iter().flat_map(|file| {
                let placed = file.findings.iter();
                placed.map(|placed| result(&file.input, placed, codes))
            })
        }),
        tool: json!({"driver": {
            "name": env!("CARGO_BIN_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": codes.iter().map(rule).collect::<Vec<_>>(),
        }}),
    };
    let log = Log {
        schema: SCHEMA,
        runs: [run],
        version: "2.1.0",
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(input: &Input, placed: &Placed, codes: &[Code]) -> Value {
    let finding = &placed.finding;
    let message = match &finding.fix {
        Some(fix) => format!("{}; {fix}", finding.message),
        None => finding.message.clone(),
    };
    let uri = input.name.replace('\\', "/");
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
        && let Some(replacement) = replacement(input, finding)
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
