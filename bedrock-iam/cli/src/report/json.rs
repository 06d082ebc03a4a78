//! The JSON format: one object with sorted keys.

use std::io::{self, Write};

use bedrock_iam::check::{Change, Fix};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Checked, Each, Placed, checked, not_checked};

/// The members in alphabetical order.
#[derive(Serialize)]
struct Object<'a, F: Serialize> {
    checked: usize,
    findings: F,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<Value>,
    not_checked: Vec<Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unreadable: &'a [String],
}

/// Prints an object with the findings in the files, the numbers of those that are not listed, and the
/// errors of files that could not be read, if there are any.
pub(crate) fn print(
    files: &[Checked],
    unreadable: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let more = files.iter().flat_map(|file| {
        file.more.iter().map(|more| {
            json!({
                "code": more.code.as_str(),
                "file": file.input.name,
                "findings": more.findings,
                "severity": more.severity.as_str(),
            })
        })
    });
    let not_checked = not_checked(files).into_iter();
    let not_checked =
        not_checked.map(|(prefix, statements)| json!({"prefix": prefix, "statements": statements}));
    let object = Object {
        checked: checked(files),
        findings: Each(|| {
            files.iter().flat_map(|file| {
                let placed = file.findings.iter();
                placed.map(|placed| finding(&file.input.name, placed))
            })
        }),
        more: more.collect(),
        not_checked: not_checked.collect(),
        unreadable,
    };
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn finding(file: &str, placed: &Placed) -> Value {
    let finding = &placed.finding;
    let mut object = json!({
        "code": finding.code.as_str(),
        "column": placed.start.column,
        "end_column": placed.end.column,
        "end_line": placed.end.line,
        "file": file,
        "line": placed.start.line,
        "message": finding.message,
        "path": finding.path.to_string(),
        "severity": finding.severity.as_str(),
    });
    if let Some(fix) = &finding.fix {
        object["fix"] = change(fix);
    }
    object
}

fn change(fix: &Fix) -> Value {
    let change = match &fix.change {
        Change::Replace(values) => json!({"replace": values}),
        Change::Rename(name) => json!({"rename": name}),
        Change::Add(values) => json!({"add": values}),
        Change::Remove => json!("remove"),
        _ => json!(null),
    };
    // a finding has a fix only if it is certain
    json!({"certain": true, "change": change, "path": fix.path.to_string()})
}
