//! Rendering of documents as Markdown: tables with row spans become nested lists, others pipe tables.

use super::Style;
use super::document::{Cell, Document, Entry, Inline, Table};
use super::noise::Noise;

/// Writes a page.
pub(super) fn write(document: &Document, style: &Style) -> String {
    let mut page = Page {
        out: String::new(),
        noise: Noise::new(style.seed.wrapping_mul(31)),
        wide: style.dictionary.brackets.len() > 1,
    };
    page.document(document);
    page.out
}

struct Page {
    out: String,
    noise: Noise,
    /// Whether colons can be full-width.
    wide: bool,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn document(&mut self, document: &Document) {
        self.line("");
        self.line("");
        let heading = self.escaped(&document.heading);
        self.line(&format!("# {heading}"));
        self.line(&format!("<a name=\"list_{}\"></a>", document.page));
        let (before, prefix, behind) = &document.introduction;
        let (before, behind) = (self.escaped(before), self.escaped(behind));
        self.line(&format!("\n{before}`{prefix}`{behind}\n"));
        self.line("References:");
        self.line("+ Look [elsewhere](https://docs.example.com/guide) too.\n");
        self.line("**Topics**");
        for section in &document.sections {
            let title = self.escaped(&section.title);
            self.line(&format!("+ [{title}](#{})", section.id));
        }
        for section in &document.sections {
            let title = self.escaped(&section.title);
            self.line(&format!("\n## {title}"));
            self.line(&format!("<a name=\"{}\"></a>\n", section.id));
            let prose = self.escaped(&section.prose);
            self.line(&format!("{prose} `Action`\n"));
            if let Some(table) = &section.table {
                self.line("\n");
                if table.spans() {
                    self.list(table);
                } else {
                    self.pipes(table);
                }
            }
        }
    }

    fn pipes(&mut self, table: &Table) {
        let headers: Vec<_> = table
            .headers
            .iter()
            .map(|head| self.escaped(head))
            .collect();
        self.line(&format!("| {} | ", headers.join(" | ")));
        self.line(&format!("| {} | ", vec!["---"; headers.len()].join(" | ")));
        for row in table.entries.iter().flat_map(|entry| &entry.rows) {
            let cells: Vec<_> = row.iter().flatten().map(|cell| self.cell(cell)).collect();
            self.line(&format!("|  {} | ", cells.join(" | ")));
        }
    }

    fn list(&mut self, table: &Table) {
        let headers: Vec<_> = table
            .headers
            .iter()
            .map(|head| self.escaped(head))
            .collect();
        for entry in &table.entries {
            self.entry(&headers, entry);
        }
        self.line("\n");
    }

    fn entry(&mut self, headers: &[String], entry: &Entry) {
        let [first, rest @ ..] = entry.rows.as_slice() else {
            return;
        };
        let name = first[0].as_ref().map(|cell| self.cell(cell));
        self.line(&format!("- **   {}  **", name.unwrap_or_default()));
        // fields that all rows have in common come first, in the order of the columns
        let common = |column: usize| rest.iter().all(|row| row[column].is_none());
        let mut rows_written = rest.is_empty();
        for column in 1..headers.len() {
            if common(column) {
                let field = self.field(&headers[column], first[column].as_ref());
                self.line(&format!("  - {field}"));
            } else if !rows_written {
                rows_written = true;
                for row in &entry.rows {
                    let stated = (1..headers.len())
                        .filter(|column| !common(*column))
                        .filter(|column| row[*column].is_some());
                    let fields: Vec<_> = stated
                        .map(|column| self.field(&headers[column], row[column].as_ref()))
                        .collect();
                    self.line(&format!("  - {}", fields.join(" / ")));
                }
            }
        }
        self.line("");
    }

    fn field(&mut self, head: &str, cell: Option<&Cell>) -> String {
        let colon = if self.wide && self.noise.once_in(4) {
            "："
        } else {
            ":"
        };
        let text = cell.map(|cell| self.cell(cell)).unwrap_or_default();
        format!("**{head}{colon}** {text}")
    }

    fn cell(&mut self, cell: &Cell) -> String {
        let lines: Vec<String> = cell
            .lines
            .iter()
            .map(|line| line.iter().map(|part| self.inline(part)).collect())
            .collect();
        lines.join("<br />")
    }

    fn inline(&mut self, part: &Inline) -> String {
        match part {
            Inline::Text(text) | Inline::Arn(text) => self.escaped(text),
            Inline::Bold(text) => format!("**{}**", self.escaped(text)),
            Inline::Link { text, href } => format!("[{}]({href})", self.escaped(text)),
        }
    }

    /// Escapes punctuation that has a meaning in Markdown; angle brackets in one of three ways.
    fn escaped(&mut self, text: &str) -> String {
        let angles = self.noise.below(3);
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match (c, angles) {
                ('<', 1) => out.push_str("&lt;"),
                ('>', 1) => out.push_str("&gt;"),
                ('<' | '>', 2) | ('*' | '_' | '|' | '[' | ']' | '\\' | '`', _) => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
        out
    }
}
