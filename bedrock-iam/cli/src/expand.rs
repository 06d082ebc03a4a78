//! `expand`: prints the actions that patterns match.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use bedrock_iam::words::visible;
use bedrock_iam::{ActionPattern, ActionSet, Catalog};

use crate::arguments::{Expand, FAILED, Outcome, report_error};
use crate::{facts, input};

pub(crate) fn run(arguments: &Expand, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let mut matched = Matched::read(&arguments.patterns, &catalog)?;
    for action in matched.actions.iter() {
        writeln!(out, "{action}")?;
    }
    matched.misses.append(&mut matched.without_facts);
    Ok(matched.report(&catalog))
}

/// The actions that patterns match, and the patterns that match none.
pub(crate) struct Matched<'c> {
    pub(crate) actions: ActionSet<'c>,
    /// Patterns of services without facts.
    pub(crate) without_facts: Vec<String>,
    /// Other patterns that match no action.
    pub(crate) misses: Vec<String>,
}

impl<'c> Matched<'c> {
    /// Reads patterns. A text that is not a pattern is an error.
    pub(crate) fn read(words: &[String], catalog: &'c Catalog) -> Result<Self, Box<dyn Error>> {
        let (mut patterns, mut without_facts, mut misses) = (Vec::new(), Vec::new(), Vec::new());
        for word in input::words(words)? {
            let pattern: ActionPattern = match word.parse() {
                Ok(pattern) => pattern,
                Err(error) if Path::new(&word).is_file() => {
                    return Err(format!("{error}; hint: `explain` reads policies").into());
                }
                Err(error) => return Err(error.into()),
            };
            if pattern.expand(catalog).next().is_some() {
                patterns.push(pattern);
            } else if catalog.service_without_facts(&word).is_some() {
                without_facts.push(word);
            } else {
                misses.push(word);
            }
        }
        Ok(Self {
            actions: ActionSet::matching(catalog, &patterns),
            without_facts,
            misses,
        })
    }

    /// Reports the patterns that match no action; the exit status is a failure if there are any.
    pub(crate) fn report(&self, catalog: &Catalog) -> ExitCode {
        for pattern in &self.misses {
            report_error(&unmatched(pattern, catalog));
        }
        match self.misses.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::from(FAILED),
        }
    }
}

/// Returns the message for a pattern that matches no action.
fn unmatched(pattern: &str, catalog: &Catalog) -> String {
    let hint = if let Some(prefix) = catalog.service_without_facts(pattern) {
        format!("; no facts about `{prefix}`; hint: add them with `--facts`")
    } else {
        let near = catalog.suggestion(pattern);
        let near = near.filter(|_| !pattern.contains(['*', '?']));
        near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
    };
    format!("`{}` matches no known action{hint}", visible(pattern))
}
