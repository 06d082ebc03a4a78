//! `expand`: prints the actions that patterns match.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::{ActionPattern, ActionSet, Catalog};

use crate::arguments::{Expand, Outcome};
use crate::{facts, input};

pub(crate) fn run(arguments: &Expand, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    for action in matched(&arguments.patterns, &catalog)?.iter() {
        writeln!(out, "{action}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the actions that patterns match. It is an error if one of them matches none.
pub(crate) fn matched<'c>(
    words: &[String],
    catalog: &'c Catalog,
) -> Result<ActionSet<'c>, Box<dyn Error>> {
    let words = input::words(words)?;
    let mut patterns = Vec::with_capacity(words.len());
    for word in &words {
        let pattern: ActionPattern = word.parse()?;
        if pattern.expand(catalog).next().is_none() {
            let unknown = catalog.service_without_facts(word);
            let hint = unknown.map(|prefix| {
                format!("; no facts about `{prefix}`; hint: add them with `--facts`")
            });
            let hint = hint.unwrap_or_default();
            return Err(format!("`{pattern}` matches no known action{hint}").into());
        }
        patterns.push(pattern);
    }
    Ok(ActionSet::matching(catalog, &patterns))
}
