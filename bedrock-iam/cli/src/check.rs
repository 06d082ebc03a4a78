//! `check`: prints findings in one of three formats; the exit status depends on the worst one.
//!
//! If a file can't be read, the other files are still checked, but the command fails.

use std::io::{self, Write};
use std::process::ExitCode;

use bedrock_iam::check::{Options, Severity, check_as};

use crate::arguments::{Check, FAILED, Format, Outcome, Threshold, report_error};
use crate::facts;
use crate::input::Input;
use crate::report::{self, Checked};

pub(crate) fn run(arguments: &Check, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let codes = catalog.codes();
    let is_allowed = |code: &str| arguments.allow.iter().any(|allowed| allowed == code);
    let options = match arguments.kind {
        Some(kind) => Options::default().kind(kind),
        None => Options::default(),
    };
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    for path in &arguments.files {
        let read = Input::read(path).and_then(|input| Ok((input.document()?, input)));
        match read {
            Ok((document, input)) => {
                let mut report = check_as(&document, &catalog, &options);
                report
                    .findings
                    .retain(|finding| !is_allowed(finding.code.as_str()));
                files.push(Checked::new(input, report));
            }
            Err(error) => {
                let message = error.to_string();
                report_error(&message);
                unreadable.push(message);
            }
        }
    }
    let written = match arguments.format {
        Format::Text => report::text::print(&files, unreadable.len(), out),
        Format::Json => writeln!(out, "{:#}", report::json::object(&files, &unreadable)),
        Format::Sarif => writeln!(out, "{:#}", report::sarif::log(&files, &unreadable, &codes)),
    };
    match written {
        // A reader such as `head` may close the pipe early; the exit status is the same.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ if !unreadable.is_empty() => Ok(ExitCode::from(FAILED)),
        _ => Ok(status(&files, arguments.fail_on)),
    }
}

fn status(files: &[Checked], fail_on: Threshold) -> ExitCode {
    let least = match fail_on {
        Threshold::Error => Severity::Error,
        Threshold::SecurityWarning => Severity::SecurityWarning,
        Threshold::Warning => Severity::Warning,
        Threshold::Suggestion => Severity::Suggestion,
    };
    let all = files.iter().flat_map(|file| &file.findings);
    let worst = all.map(|placed| placed.finding.severity).min();
    match worst.filter(|worst| *worst <= least) {
        None => ExitCode::SUCCESS,
        Some(Severity::Error) => ExitCode::from(5),
        Some(Severity::SecurityWarning) => ExitCode::from(4),
        Some(_) => ExitCode::from(3),
    }
}

/// Returns the codes of all findings by their usual severity, for the help.
pub(crate) fn codes_help() -> String {
    let codes = bedrock_iam::catalog().codes();
    let of = |severity: &Severity| {
        let codes = codes.iter().filter(|code| code.severity() == *severity);
        let lines: String = codes.map(|code| format!("\n  {}", code.as_str())).collect();
        format!("{}:{lines}", severity.as_str().replace('-', " "))
    };
    let all: Vec<_> = Severity::ALL.iter().map(of).collect();
    format!(
        "Codes by usual severity; `unknown-action` is an error if the name is close to a known one\n{}",
        all.join("\n")
    )
}
