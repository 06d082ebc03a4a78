//! `rule`: explains a code, with an example of a policy that has the finding and of one that does not.

use std::io::Write;
use std::process::ExitCode;

use crate::arguments::{Outcome, Rule};
use crate::codes;

pub(crate) fn run(arguments: &Rule, out: &mut dyn Write) -> Outcome {
    let code = codes::all()
        .into_iter()
        .find(|code| code.as_str() == arguments.code)
        .ok_or("found an unknown code")?;
    writeln!(
        out,
        "{} ({})\n",
        code,
        code.severity().as_str().replace('-', " ")
    )?;
    writeln!(out, "{}", codes::sentence(code))?;
    if let Some(example) = codes::example(code) {
        writeln!(
            out,
            "\nWith the finding{}:\n\n{}",
            example.as_kind(),
            example.bad.trim()
        )?;
        writeln!(out, "\nWithout it:\n\n{}", example.good.trim())?;
    }
    Ok(ExitCode::SUCCESS)
}
