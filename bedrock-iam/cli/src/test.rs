//! `test`: runs cases, each a request with policies and the decision that is expected.

use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::decide::Case;
use bedrock_iam::words::{count, visible};
use serde_json::{Value, json};

use crate::arguments::{FAILED, Outcome, Test, TextOrJson, report_error};
use crate::facts;
use crate::files;
use crate::input::Input;
use crate::plausible;

pub(crate) fn run(arguments: &Test, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let (mut results, mut failed, mut is_unreadable) = (Vec::new(), 0, false);
    for file in files::all(&arguments.files)? {
        let input = match Input::read(&file.path) {
            Ok(input) => input,
            Err(error) => {
                report_error(&error.to_string());
                is_unreadable = true;
                continue;
            }
        };
        if file.is_found && !input.text.contains("\"cases\"") {
            continue;
        }
        let cases = match Case::list(&input.text[input.start()..]) {
            Ok(cases) => cases,
            Err(error) => {
                report_error(&format!("{}: {error}", input.name));
                is_unreadable = true;
                continue;
            }
        };
        for case in cases {
            let request = case.request.with_facts(&catalog);
            let decision = case.policies.decide(&request);
            let passed = case.expected.agrees(&decision);
            if !passed {
                failed += 1;
                if arguments.format == TextOrJson::Text {
                    let (name, file) = (visible(&case.name), visible(&input.name));
                    writeln!(
                        out,
                        "failed: {name} ({file})\n  expected: {}\n  found: {}\n",
                        case.expected,
                        indented(&decision.to_string())
                    )?;
                }
            }
            let notes = plausible::notes(&request, &catalog);
            let notes = notes.unwrap_or_else(|error| vec![error.to_string()]);
            let mut result = json!({
                "file": input.name,
                "name": case.name,
                "expected": case.expected.as_str(),
                "decision": decision.outcome().as_str(),
                "passed": passed,
            });
            if !notes.is_empty() {
                result["notes"] = json!(notes);
            }
            for note in notes
                .iter()
                .filter(|_| arguments.format == TextOrJson::Text)
            {
                let (name, file) = (visible(&case.name), visible(&input.name));
                writeln!(out, "note: {name} ({file}): {}", visible(note))?;
            }
            results.push(result);
        }
    }
    if results.is_empty() && !is_unreadable {
        return Err("found no cases; expected an object with the list `cases` in a file".into());
    }
    let passed = results.len() - failed;
    match arguments.format {
        TextOrJson::Text => writeln!(out, "{} passed, {failed} failed", count(passed, "case"))?,
        TextOrJson::Json => {
            let object: Value = json!({"cases": results, "passed": passed, "failed": failed});
            writeln!(out, "{object:#}")?;
        }
    }
    Ok(match failed == 0 && !is_unreadable {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(FAILED),
    })
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}
