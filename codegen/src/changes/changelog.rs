//! The entry of `CHANGELOG.md` for changes of facts.

use super::lines::Section;
use super::report::Report;

/// How wide the file is.
const WIDTH: usize = 100;

/// The points that belong under "Facts": what users of the crate can tell, every name in full; empty
/// if no fact changed. Guesses and wildcards are for reviewers and left out, links are counted.
pub fn changelog(report: &Report) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut entry = "### Facts\n\n".to_owned();
    for service in &report.services {
        for line in &service.lines {
            let told = match line.section {
                Section::Renames | Section::Wildcards => continue,
                // wildcards that reach too far stand there too
                Section::Security if line.bump == super::Bump::None => continue,
                Section::Links if line.rows.len() > 1 => {
                    format!("{} API links changed", line.rows.len())
                }
                _ => line.full_headline().to_owned(),
            };
            let point = format!("`{}`: {told}.", service.module);
            let options = textwrap::Options::new(WIDTH)
                .initial_indent("- ")
                .subsequent_indent("  ")
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            entry.push_str(&textwrap::fill(&point, options));
            entry.push('\n');
        }
    }
    entry
}
