//! Parsing of pages in HTML, as served or pretty-printed.

mod depth;

use ego_tree::iter::Edge;
use iam_policy::wire::Locale;
use scraper::{ElementRef, Html, Node};

use crate::error::{Error, Result, quoted};
use crate::markup::Input;
use crate::markup::grid::{Grid, Spanned};
use crate::tables::layout::SectionKind;
use crate::tables::{Cell, Run, Section, Table, Tables, folded};

/// Parses a page. The id of a heading identifies its section; the section's table is the first one
/// after the heading.
pub(crate) fn read(input: &Input<'_>) -> Result<Tables> {
    let end = input.text.len().saturating_sub(input.text.len().min(4096));
    let tail = &input.text.as_bytes()[end..];
    if !tail
        .windows(6)
        .any(|window| window.eq_ignore_ascii_case(b"</html"))
    {
        return Err(Error::new("no `</html>` at the end", "a complete page")
            .hint("the page is truncated; fetch or save it again"));
    }
    depth::check(input.text)?;
    let document = Html::parse_document(input.text);
    let mut reading = Reading {
        locale: input.locale,
        ..Reading::default()
    };
    reading.walk(document.root_element())?;
    if reading.sections.is_empty() {
        return Err(not_a_page(&document));
    }
    Ok(Tables {
        page: input.page.to_owned(),
        locale: reading.locale,
        heading: folded(&reading.heading),
        service: None,
        prefix: folded(&reading.prefix),
        sections: reading.sections,
    })
}

/// Describes a page without sections: a redirect, an error page or something else.
fn not_a_page(document: &Html) -> Error {
    let mut title = String::new();
    let mut moved = None;
    for element in document.root_element().descendent_elements() {
        match element.value().name() {
            "title" if title.is_empty() => title = folded(&element.text().collect::<String>()),
            "a" if moved.is_none() => moved = element.attr("href"),
            "meta"
                if element
                    .attr("http-equiv")
                    .is_some_and(|it| it.eq_ignore_ascii_case("refresh")) =>
            {
                moved = element.attr("content");
            }
            _ => {}
        }
    }
    let error = Error::new(
        format!(
            "a page with the title {} and without any section",
            quoted(&title)
        ),
        "a page of the Service Authorization Reference",
    );
    match moved {
        Some(target) if document.root_element().descendent_elements().count() < 40 => error.hint(
            format!("it links to {}; the page may have moved", quoted(target)),
        ),
        _ => error.hint("it may be a redirect, an error page or a page of another guide"),
    }
}

#[derive(Default)]
struct Reading {
    locale: Locale,
    heading: String,
    prefix: String,
    sections: Vec<Section>,
}

impl Reading {
    fn walk(&mut self, root: ElementRef<'_>) -> Result<()> {
        // a table is read at its opening tag, and its children are skipped
        let mut skip = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skip.is_none() => {
                    if let Some(element) = ElementRef::wrap(node)
                        && self.element(element)?
                    {
                        skip = Some(node.id());
                    }
                }
                Edge::Close(node) if skip == Some(node.id()) => skip = None,
                _ => {}
            }
        }
        Ok(())
    }

    /// Handles an element; returns true if its children are to be skipped.
    fn element(&mut self, element: ElementRef<'_>) -> Result<bool> {
        match element.value().name() {
            "meta" if element.attr("name") == Some("guide-locale") => {
                let name = element.attr("content").unwrap_or_default();
                self.locale = name.parse().map_err(|_| {
                    Error::new(
                        format!("the locale {}", quoted(name)),
                        "a locale of the reference",
                    )
                    .within("guide-locale")
                })?;
            }
            "h1" if self.heading.is_empty() => self.heading = element.text().collect(),
            // the service prefix is the only `<code>` before the first section
            "code"
                if self.prefix.is_empty()
                    && self.sections.is_empty()
                    && !self.heading.is_empty() =>
            {
                self.prefix = element.text().collect();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if let Some((kind, slug)) = element.attr("id").and_then(SectionKind::of_id) {
                    if self.sections.iter().any(|section| section.kind == kind) {
                        return Err(Error::new("a second section of this kind", "only one")
                            .within(kind.name()));
                    }
                    self.sections.push(Section {
                        kind,
                        slug: slug.to_owned(),
                        table: None,
                    });
                }
            }
            "table" => {
                if let Some(section) = self.sections.last_mut() {
                    let table = match section.table {
                        // its rows would be lost
                        Some(_) => Err(Error::new("a second table in the section", "only one")),
                        None => read_table(element, section.kind),
                    };
                    let table = table.map_err(|error| error.within(section.kind.name()))?;
                    section.table = Some(table);
                }
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    }
}

fn read_table(table: ElementRef<'_>, kind: SectionKind) -> Result<Table> {
    let mut grid: Option<Grid> = None;
    let rows = table.child_elements().flat_map(|group| {
        let is_row = group.value().name() == "tr";
        let inner = if is_row {
            None
        } else {
            Some(group.child_elements())
        };
        is_row
            .then_some(group)
            .into_iter()
            .chain(inner.into_iter().flatten())
    });
    for row in rows.filter(|row| row.value().name() == "tr") {
        let cells: Vec<_> = row
            .child_elements()
            .filter(|cell| matches!(cell.value().name(), "td" | "th"))
            .collect();
        match &mut grid {
            None => {
                let columns = cells.iter().map(|cell| span(*cell, "colspan")).sum();
                let headers = cells.iter().map(|cell| read_cell(*cell).text());
                grid = Some(Grid::new(kind, columns, headers.collect())?);
            }
            Some(grid) => grid.row(cells.into_iter().map(|cell| Spanned {
                rows: span(cell, "rowspan"),
                columns: span(cell, "colspan"),
                cell: read_cell(cell),
            }))?,
        }
    }
    grid.ok_or_else(|| Error::new("a table without rows", "a header row"))?
        .finish()
}

fn span(cell: ElementRef<'_>, name: &str) -> usize {
    // the limits of the HTML standard
    let most = if name == "colspan" { 1000 } else { 65_534 };
    cell.attr(name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, most)
}

fn read_cell(cell: ElementRef<'_>) -> Cell {
    let mut reading = CellReading::default();
    for edge in cell.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => reading.text(text),
                Node::Element(element) => {
                    if reading.cell.anchor.is_none() {
                        let id = element.id().or_else(|| element.attr("name"));
                        reading.cell.anchor = id.filter(|id| !id.is_empty()).map(str::to_owned);
                    }
                    reading.open(element.name(), element.attr("href"));
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    reading.close(element.name());
                }
            }
        }
    }
    reading.cell
}

#[derive(Default)]
struct CellReading<'a> {
    cell: Cell,
    href: Option<&'a str>,
    bold: usize,
    line: usize,
    /// Whether the current line has text.
    begun: bool,
}

impl<'a> CellReading<'a> {
    fn open(&mut self, name: &str, href: Option<&'a str>) {
        match name {
            "a" => self.href = href,
            "b" | "strong" => self.bold += 1,
            "br" | "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "tr" => {
                self.break_line()
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.href = None,
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "p" | "div" | "li" | "tr" => self.break_line(),
            _ => {}
        }
    }

    fn break_line(&mut self) {
        if self.begun {
            self.line += 1;
            self.begun = false;
        }
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            // white space between two words in one line still separates them
            if let Some(run) = self.cell.runs.last_mut()
                && run.line == self.line
            {
                run.text.push(' ');
            }
            return;
        }
        self.begun = true;
        let (href, bold) = (self.href, self.bold > 0);
        match self.cell.runs.last_mut() {
            Some(run)
                if run.line == self.line && run.bold == bold && run.href.as_deref() == href =>
            {
                run.text.push_str(text)
            }
            _ => self.cell.runs.push(Run {
                text: text.to_owned(),
                href: href.map(str::to_owned),
                bold,
                line: self.line,
            }),
        }
    }
}
