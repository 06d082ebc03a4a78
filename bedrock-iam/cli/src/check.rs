//! `check`: findings in three formats, and an exit status by the worst of them.

use std::io::{self, Write};
use std::process::ExitCode;

use bedrock_iam::check::{Severity, check};

use crate::arguments::{Check, Format, Outcome, Threshold};
use crate::facts;
use crate::input::Input;
use crate::report::{self, Checked};

pub(crate) fn run(arguments: &Check, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let codes = catalog.codes();
    for code in &arguments.allow {
        if !codes.iter().any(|known| known.as_str() == code) {
            let known: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
            let known = known.join(", ");
            return Err(format!("`{code}` is not a code, expected one of {known}").into());
        }
    }
    let is_allowed = |code: &str| arguments.allow.iter().any(|allowed| allowed == code);
    let mut files = Vec::new();
    for path in &arguments.files {
        let input = Input::read(path)?;
        let mut report = check(&input.document()?, &catalog);
        report
            .findings
            .retain(|finding| !is_allowed(finding.code.as_str()));
        files.push(Checked::new(input, report));
    }
    let written = match arguments.format {
        Format::Text => report::text::print(&files, out),
        Format::Json => writeln!(out, "{:#}", report::json::object(&files)),
        Format::Sarif => writeln!(out, "{:#}", report::sarif::log(&files, &codes)),
    };
    match written {
        // A reader such as `head` has seen enough; the answer is no other for that.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
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
