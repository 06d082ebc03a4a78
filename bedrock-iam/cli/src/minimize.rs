//! `minimize`: prints the fewest patterns that match exactly the given actions.

use std::io::Write;
use std::process::ExitCode;

use crate::arguments::{Minimize, Outcome};
use crate::expand::matched;
use crate::facts;

pub(crate) fn run(arguments: &Minimize, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let set = matched(&arguments.actions, &catalog)?;
    let mut minimize = set.minimize();
    if arguments.keep_distance {
        minimize = minimize.keeping_distance();
    }
    if arguments.prefixes_only {
        minimize = minimize.prefixes_only();
    }
    for pattern in minimize.patterns() {
        writeln!(out, "{pattern}")?;
    }
    Ok(ExitCode::SUCCESS)
}
