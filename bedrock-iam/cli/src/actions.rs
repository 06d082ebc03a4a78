//! `expand` and `minimize`.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use super::arguments::{Expand, Minimize};
use super::{Outcome, input};
use crate::{ActionPattern, ActionSet, Catalogue};

fn patterns(words: &[String]) -> Result<Vec<ActionPattern>, Box<dyn Error>> {
    let words = input::words(words)?;
    let patterns = words.iter().map(|word| word.parse::<ActionPattern>());
    Ok(patterns.collect::<Result<_, _>>()?)
}

/// The set that patterns match, each of which matches something.
fn matched(patterns: &[ActionPattern]) -> Result<ActionSet<'static>, Box<dyn Error>> {
    let known = Catalogue::enabled();
    for pattern in patterns {
        if pattern.expand(known).next().is_none() {
            return Err(format!("`{pattern}` matches no known action").into());
        }
    }
    Ok(ActionSet::matching(known, patterns))
}

pub(super) fn expand(arguments: &Expand, out: &mut dyn Write) -> Outcome {
    for action in matched(&patterns(&arguments.patterns)?)?.iter() {
        writeln!(out, "{action}")?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn minimize(arguments: &Minimize, out: &mut dyn Write) -> Outcome {
    let set = matched(&patterns(&arguments.actions)?)?;
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
