//! The JSON format: one object with sorted keys.

use bedrock_iam::check::{Change, Fix};
use serde_json::{Value, json};

use super::{Checked, Placed, checked, not_checked};

/// Returns an object with the findings in the files, and the errors of files that could not be read,
/// if there are any.
pub(crate) fn object(files: &[Checked], unreadable: &[String]) -> Value {
    let findings = files.iter().flat_map(|file| {
        let placed = file.findings.iter();
        placed.map(|placed| finding(&file.input.name, placed))
    });
    let not_checked = not_checked(files).into_iter();
    let not_checked =
        not_checked.map(|(prefix, statements)| json!({"prefix": prefix, "statements": statements}));
    let mut object = json!({
        "checked": checked(files),
        "findings": findings.collect::<Vec<_>>(),
        "not_checked": not_checked.collect::<Vec<_>>(),
    });
    if !unreadable.is_empty() {
        object["unreadable"] = json!(unreadable);
    }
    object
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
