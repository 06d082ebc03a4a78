//! The annotations of GitHub Actions: one line for each finding.

use std::io::{self, Write};

use bedrock_iam::check::Severity;

use super::Checked;

pub(crate) fn print(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        for placed in &file.findings {
            let finding = &placed.finding;
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Suggestion => "notice",
                _ => "warning",
            };
            let (start, end) = (placed.start, placed.end);
            let mut properties = vec![
                ("file", file.input.name.clone()),
                ("line", start.line.to_string()),
                ("endLine", end.line.to_string()),
            ];
            // columns are those of one line
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
            properties.push(("title", finding.code.as_str().to_owned()));
            let properties: Vec<_> = properties
                .iter()
                .map(|(name, value)| format!("{name}={}", escaped(value, true)))
                .collect();
            let message = match &finding.fix {
                Some(fix) => format!("{}; {fix}", finding.message),
                None => finding.message.clone(),
            };
            writeln!(
                out,
                "::{level} {}::{}",
                properties.join(","),
                escaped(&message, false)
            )?;
        }
        for more in &file.more {
            let file = escaped(&file.input.name, true);
            writeln!(out, "::notice file={file}::{}", super::more(more))?;
        }
    }
    Ok(())
}

/// Escapes a text as workflow commands require it; a property also `:` and `,`.
fn escaped(text: &str, is_property: bool) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    match is_property {
        true => text.replace(':', "%3A").replace(',', "%2C"),
        false => text,
    }
}
