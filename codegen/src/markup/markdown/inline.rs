//! Parsing of a cell's text: escapes, links, line breaks, bold, code.

use crate::tables::{Cell, Run};

/// Returns the id of a line that consists of an anchor: `<a name="list_bedrock-operations"></a>`.
pub(super) fn anchor_line(line: &str) -> Option<&str> {
    let line = line.trim();
    line.starts_with("<a ").then(|| anchor(line)).flatten()
}

/// Returns the id of an anchor tag at the start of the text.
fn anchor(text: &str) -> Option<&str> {
    let tag = &text[..text.find('>')?];
    let at = ["name=\"", "id=\""]
        .into_iter()
        .find_map(|name| Some(tag.find(name)? + name.len()))?;
    tag[at..].split('"').next().filter(|id| !id.is_empty())
}

/// Parses a cell's text.
pub(super) fn cell(text: &str) -> Cell {
    let mut scan = Scan {
        cell: Cell::default(),
        bold: false,
        line: 0,
        run: String::new(),
        href: None,
    };
    scan.text(text);
    scan.flush();
    scan.cell
}

struct Scan {
    cell: Cell,
    bold: bool,
    line: usize,
    run: String,
    href: Option<String>,
}

impl Scan {
    fn flush(&mut self) {
        if !self.run.trim().is_empty() {
            let text = std::mem::take(&mut self.run);
            self.cell.runs.push(Run {
                text,
                href: self.href.clone(),
                bold: self.bold,
                line: self.line,
            });
        }
        self.run.clear();
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['\\', '[', '<', '*', '`', '&']) {
            self.run.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = match rest.as_bytes()[0] {
                b'\\' => self.escape(rest),
                b'[' => self.link(rest),
                b'<' => self.tag(rest),
                b'*' => self.stars(rest),
                b'`' => self.code(rest),
                _ => self.entity(rest),
            };
        }
        self.run.push_str(rest);
    }

    /// Takes the first character literally.
    fn literal<'a>(&mut self, rest: &'a str) -> &'a str {
        let next = rest.chars().next().map_or(0, char::len_utf8);
        self.run.push_str(&rest[..next]);
        &rest[next..]
    }

    fn escape<'a>(&mut self, rest: &'a str) -> &'a str {
        match rest.as_bytes().get(1) {
            Some(next) if next.is_ascii_punctuation() => self.literal(&rest[1..]),
            _ => self.literal(rest),
        }
    }

    fn link<'a>(&mut self, rest: &'a str) -> &'a str {
        let Some((label, href, after)) = (if self.href.is_none() {
            split_link(rest)
        } else {
            None
        }) else {
            return self.literal(rest);
        };
        self.flush();
        self.href = Some(href.to_owned());
        self.text(label);
        self.flush();
        self.href = None;
        after
    }

    fn tag<'a>(&mut self, rest: &'a str) -> &'a str {
        // real tags are shorter; the limit keeps a stray `<` from causing a search of the whole page
        const LONGEST: usize = 512;
        let Some(end) = rest.bytes().take(LONGEST).position(|byte| byte == b'>') else {
            return self.literal(rest);
        };
        let name = rest[1..end]
            .trim_start_matches('/')
            .trim_end_matches('/')
            .trim();
        match name.split_whitespace().next().unwrap_or_default() {
            "br" | "p" => {
                let begun = self
                    .cell
                    .runs
                    .last()
                    .is_some_and(|run| run.line == self.line)
                    || !self.run.trim().is_empty();
                self.flush();
                self.line += usize::from(begun);
            }
            "a" | "span" => {
                if self.cell.anchor.is_none() {
                    self.cell.anchor = anchor(rest).map(str::to_owned);
                }
            }
            "b" | "strong" => {
                self.flush();
                self.bold = !rest.starts_with("</");
            }
            "code" => {}
            // not a tag, but a key's placeholder, as in `s3:ExistingObjectTag/<key>`
            _ => return self.literal(rest),
        }
        &rest[end + 1..]
    }

    fn stars<'a>(&mut self, rest: &'a str) -> &'a str {
        let Some(after) = rest.strip_prefix("**") else {
            return self.literal(rest);
        };
        self.flush();
        self.bold = !self.bold;
        after
    }

    fn code<'a>(&mut self, rest: &'a str) -> &'a str {
        let Some(end) = rest[1..].find('`') else {
            return self.literal(rest);
        };
        self.run.push_str(&rest[1..=end]);
        &rest[end + 2..]
    }

    fn entity<'a>(&mut self, rest: &'a str) -> &'a str {
        const NAMED: [(&str, &str); 6] = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&nbsp;", " "),
        ];
        for (name, text) in NAMED {
            if let Some(after) = rest.strip_prefix(name) {
                self.run.push_str(text);
                return after;
            }
        }
        self.literal(rest)
    }
}

/// Splits `[label](href)rest`. The label may contain escaped or balanced brackets, the address
/// balanced parentheses.
fn split_link(text: &str) -> Option<(&str, &str, &str)> {
    let end = closing(text, b'[', b']')?;
    let label = &text[1..end];
    let rest = text[end + 1..]
        .strip_prefix('(')
        .map(|_| &text[end + 1..])?;
    let end = closing(rest, b'(', b')')?;
    Some((label, rest[1..end].trim(), &rest[end + 1..]))
}

/// Returns the position of the bracket that closes the one at the start of the text.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    // real links are shorter; the limit keeps a stray bracket from causing a search of the whole page
    const LONGEST: usize = 1024;
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == open => depth += 1,
            _ if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
