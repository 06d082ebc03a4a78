//! The entry of `CHANGELOG.md` for changes of facts.

use codegen::changes::{Bump, Report, Section};
use codegen::words::counted;

/// The points that belong under "Facts": what users of the crate can tell, every name in full.
/// Guesses and wildcards are for reviewers and left out, links are counted.
pub(super) fn render(report: &Report) -> String {
    let mut entry = "### Facts\n\n".to_owned();
    for service in &report.services {
        for line in service.lines.iter().filter(|line| line.bump > Bump::None) {
            let text = match line.section {
                Section::Links if line.rows.len() > 1 => {
                    format!("{} changed", counted(line.rows.len(), "API link"))
                }
                _ => line.full_headline.clone(),
            };
            let point = format!("`{}`: {text}.", service.module);
            entry.push_str(&super::wrap(&point, "- ", "  ").join("\n"));
            entry.push('\n');
        }
    }
    entry
}
