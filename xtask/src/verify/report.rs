//! Output of a verification.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::ValueEnum;
use codegen::escape::terminal;
use codegen::service_reference::Counts;
use codegen::words::counted;
use iam_policy::wire::to_json;
use serde_json::json;

use super::Verified;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for the terminal.
    Text,
    /// JSON.
    Json,
}

pub(super) fn print(verified: &[Verified], format: Format) -> anyhow::Result<()> {
    let text = match format {
        Format::Text => verified.iter().map(text).collect(),
        Format::Json => json(verified),
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // the reader closed the pipe, as `head` does
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Formats one line if everything agrees; otherwise, the disagreements by kind, and a line with
/// their number.
fn text(verified: &Verified) -> String {
    let Verified {
        modules,
        source,
        comparison,
        ..
    } = verified;
    let modules = modules.join(", ");
    let compared = format!("({} compared)", compared(&comparison.compared));
    let found = &comparison.disagreements;
    if found.is_empty() {
        return format!("{modules}: agrees with {source} {compared}\n");
    }
    let mut text = String::new();
    let mut kind = None;
    for disagreement in found {
        if kind != Some(disagreement.kind) {
            kind = Some(disagreement.kind);
            let of_kind = found.iter().filter(|it| it.kind == disagreement.kind);
            let heading = disagreement.kind.heading();
            let _ = writeln!(text, "{modules}: {heading} ({})", of_kind.count());
        }
        let _ = writeln!(text, "  {}", terminal(&disagreement.to_string()));
    }
    let number = counted(found.len(), "disagreement");
    let _ = writeln!(text, "{modules}: {number} with {source} {compared}");
    text
}

fn compared(counts: &Counts) -> String {
    [
        (counts.actions, "action"),
        (counts.resource_types, "resource type"),
        (counts.condition_keys, "condition key"),
        (counts.operations, "operation"),
    ]
    .map(|(number, what)| counted(number, what))
    .join(", ")
}

fn json(verified: &[Verified]) -> String {
    let verified: Vec<_> = verified
        .iter()
        .map(|it| {
            json!({
                "modules": it.modules,
                "prefix": it.prefix,
                "source": it.source,
                "compared": it.comparison.compared,
                "disagreements": it.comparison.disagreements,
            })
        })
        .collect();
    to_json(&json!({ "verified": verified }))
}
