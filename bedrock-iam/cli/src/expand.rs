//! `expand`: prints the actions that patterns match.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use bedrock_iam::words::visible;
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
        let pattern: ActionPattern = match word.parse() {
            Ok(pattern) => pattern,
            Err(error) if Path::new(word).is_file() => {
                return Err(format!("{error}; hint: `explain` reads policies").into());
            }
            Err(error) => return Err(error.into()),
        };
        if pattern.expand(catalog).next().is_none() {
            return Err(unmatched(word, catalog).into());
        }
        patterns.push(pattern);
    }
    Ok(ActionSet::matching(catalog, &patterns))
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
