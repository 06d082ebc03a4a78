//! `check`: prints findings in one of several formats; the exit status depends on the worst one.
//!
//! If a file can't be read, the other files are still checked, but the command fails.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path;
use std::process::ExitCode;
use std::time::SystemTime;

use bedrock_iam::Catalog;
use bedrock_iam::check::{Code, Options, Report, Severity, check_as};
use bedrock_iam::document::{Document, Path};
use bedrock_iam::words::count;
use similar::TextDiff;

use crate::arguments::{Check, FAILED, Format, Outcome, Threshold, report_error};
use crate::codes;
use crate::facts;
use crate::files::{self, File};
use crate::fix;
use crate::input::Input;
use crate::report::{self, Checked, Printed};
use crate::settings::Settings;

pub(crate) fn run(arguments: &Check, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let mut codes = catalog.codes();
    codes.push(Code::NOT_A_POLICY);
    let names: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    let checker = Checker {
        arguments,
        catalog: &catalog,
        settings: Settings::read(arguments.config.as_deref(), &names)?,
        options: options(arguments),
    };
    let (mut files, mut unreadable, mut ignored) = (Vec::new(), Vec::new(), 0);
    for file in files::all(&arguments.files)? {
        match checker.file(&file, out) {
            Ok(Some(checked)) => files.push(checked),
            Ok(None) => ignored += 1,
            Err(error) => {
                let message = error.to_string();
                report_error(&message);
                unreadable.push(message);
            }
        }
    }
    if files.is_empty() && unreadable.is_empty() {
        let ignored = count(ignored, "file");
        return Err(
            format!("found no policy; expected one among the {ignored} in the folder").into(),
        );
    }
    let printed = Printed {
        files: &files,
        unreadable: &unreadable,
        ignored,
    };
    let written = match arguments.format {
        _ if arguments.diff => Ok(()),
        Format::Text => report::text::print(&printed, out),
        Format::Json => report::json::print(&files, &unreadable, out),
        Format::Sarif => report::sarif::print(&files, &unreadable, &codes, out),
        Format::Github => report::github::print(&files, out),
    };
    match written {
        // A reader such as `head` may close the pipe early; the exit status is the same.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ if !unreadable.is_empty() => Ok(ExitCode::from(FAILED)),
        _ => Ok(status(&files, arguments.fail_on)),
    }
}

/// Returns what the documents do not show: their kind, and the day.
fn options(arguments: &Check) -> Options {
    let today = arguments.today.unwrap_or_else(|| SystemTime::now().into());
    let options = Options::default().today(today);
    match arguments.kind {
        Some(kind) => options.kind(kind),
        None => options,
    }
}

struct Checker<'a> {
    arguments: &'a Check,
    catalog: &'a Catalog,
    settings: Settings,
    options: Options,
}

impl Checker<'_> {
    /// Checks a file, after the fixes if they are wanted; `None` if a file in a folder is not a policy.
    fn file(&self, file: &File, out: &mut dyn Write) -> Result<Option<Checked>, Box<dyn Error>> {
        let input = Input::read(&file.path)?;
        let input = match self.arguments.fix || self.arguments.diff {
            true => self.fixed(input, &file.path, out)?,
            false => input,
        };
        // also `statement`, which is not a policy as written, but was meant as one
        if file.is_found && !input.text.to_ascii_lowercase().contains("\"statement\"") {
            return Ok(None);
        }
        let document = match input.parse() {
            Ok(document) => document,
            Err(error) => return Ok(Some(Checked::not_a_policy(input, Some(&error)))),
        };
        let Some(statements) = &document.statements else {
            // an object with a statement inside, such as a template, is not a policy
            let is_policy = document
                .others
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("statement"));
            return Ok(match file.is_found && !is_policy {
                true => None,
                false => Some(Checked::not_a_policy(input, None)),
            });
        };
        let statements = statements.as_slice().len();
        let report = self.check(&input.name, &document);
        // before its text is parsed again, for the positions
        drop(document);
        Ok(Some(Checked::new(input, report, statements)))
    }

    fn check(&self, name: &str, document: &Document) -> Report {
        let mut report = check_as(document, self.catalog, &self.options);
        let is_allowed = |code: Code, path: &Path| {
            let mut codes = self.arguments.allow.iter();
            codes.any(|it| it == code.as_str()) || self.settings.allow(name, code, path)
        };
        report
            .findings
            .retain(|finding| !is_allowed(finding.code, &finding.path));
        let any = Path::DOCUMENT;
        report.more.retain(|more| !is_allowed(more.code, &any));
        report
    }

    /// Returns the input after the fixes, which are written to the file or shown as a difference.
    fn fixed(
        &self,
        input: Input,
        path: &path::Path,
        out: &mut dyn Write,
    ) -> Result<Input, Box<dyn Error>> {
        let (mark, json) = input.text.split_at(input.start());
        let fixed = fix::fix(json, |document| self.check(&input.name, document));
        if fixed.applied.is_empty() {
            return Ok(input);
        }
        let text = format!("{mark}{}", fixed.text);
        if self.arguments.diff {
            let diff = TextDiff::from_lines(&input.text, &text);
            let name = input.name.as_str();
            write!(out, "{}", diff.unified_diff().header(name, name))?;
            return Ok(input);
        }
        if path.as_os_str() == "-" {
            return Err(
                "found `--fix` for the standard input; expected files; hint: `--diff` \
                        shows the changes"
                    .into(),
            );
        }
        fs::write(path, &text).map_err(|error| format!("{}: {error}", input.name))?;
        let number = count(fixed.applied.len(), "change");
        let mut notes = anstream::stderr();
        writeln!(notes, "{}: {number}", input.name)?;
        for finding in &fixed.applied {
            writeln!(notes, "  {finding}")?;
        }
        Ok(Input::new(input.name, text))
    }
}

fn status(files: &[Checked], fail_on: Threshold) -> ExitCode {
    let least = match fail_on {
        Threshold::Error => Severity::Error,
        Threshold::SecurityWarning => Severity::SecurityWarning,
        Threshold::Warning => Severity::Warning,
        Threshold::Suggestion => Severity::Suggestion,
    };
    let worst = report::numbers(files).into_keys().next();
    match worst.filter(|worst| *worst <= least) {
        None => ExitCode::SUCCESS,
        Some(Severity::Error) => ExitCode::from(5),
        Some(Severity::SecurityWarning) => ExitCode::from(4),
        Some(_) => ExitCode::from(3),
    }
}

/// Returns the codes of all findings by their usual severity, for the help.
pub(crate) fn codes_help() -> String {
    let codes = codes::all();
    let of = |severity: &Severity| {
        let codes = codes.iter().filter(|code| code.severity() == *severity);
        let lines: String = codes.map(|code| format!("\n  {}", code.as_str())).collect();
        format!("{}:{lines}", severity.as_str().replace('-', " "))
    };
    let all: Vec<_> = Severity::ALL.iter().map(of).collect();
    format!(
        "Codes by usual severity; `bedrock-iam rule CODE` explains one\n{}",
        all.join("\n")
    )
}
