//! `minimize`: prints the fewest patterns that match exactly the given actions.

use std::io::Write;

use bedrock_iam::words::count;

use crate::arguments::{Minimize, Outcome};
use crate::expand::Matched;
use crate::facts;

pub(crate) fn run(arguments: &Minimize, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let matched = Matched::read(&arguments.actions, &catalog)?;
    let mut minimize = matched.actions.minimize();
    if arguments.keep_distance {
        minimize = minimize.keeping_distance();
    }
    if arguments.prefixes_only {
        minimize = minimize.prefixes_only();
    }
    let patterns = minimize.patterns();
    for pattern in &patterns {
        writeln!(out, "{pattern}")?;
    }
    for pattern in &matched.without_facts {
        writeln!(out, "{pattern}")?;
    }
    let covered = count(matched.actions.len(), "action");
    let mut note = format!("{} for {covered}", count(patterns.len(), "pattern"));
    if !matched.without_facts.is_empty() {
        let unchanged = count(matched.without_facts.len(), "entry");
        note += &format!("; {unchanged} of services without facts left as written");
    }
    writeln!(anstream::stderr(), "{note}")?;
    Ok(matched.report(&catalog))
}
