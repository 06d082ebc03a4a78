//! Rendering of documents as HTML: as served, without white space between elements, or as saved, with
//! each element and text on a separate line.

use iam_policy::wire::Locale;

use super::document::{Cell, Document, Entry, Inline, Section, Table};
use super::{Layout, Style};

/// An element or text.
enum Node {
    Element(&'static str, Vec<(&'static str, String)>, Vec<Node>),
    Text(String),
}

/// Elements without an end tag.
const VOID: [&str; 4] = ["meta", "link", "br", "img"];

/// Writes a page.
pub(super) fn write(document: &Document, style: &Style, pretty: bool) -> String {
    let mut out = "<!DOCTYPE html>\n".to_owned();
    page(document, style).write(pretty, 0, &mut out);
    out
}

fn page(document: &Document, style: &Style) -> Node {
    let locale = style.dictionary.locale;
    let mut body = vec![
        element("h1", vec![("class", "topictitle".to_owned())])
            .id(&format!("list_{}", document.page))
            .with(vec![text(&document.heading)]),
        element("p", vec![]).with(vec![
            text(&document.introduction.0),
            element("code", vec![("class", "code".to_owned())])
                .with(vec![text(&document.introduction.1)]),
            text(&document.introduction.2),
        ]),
        topics(document),
    ];
    for section in &document.sections {
        body.extend(self::section(section, style));
    }
    let column = element("div", vec![])
        .id("main-col-body")
        .with(vec![notice(locale)].into_iter().chain(body).collect());
    let content = element("div", vec![]).id("main-content").with(vec![column]);
    element("html", vec![("lang", locale.as_str().replace('_', "-"))]).with(vec![
        head(document, locale),
        element("body", vec![("class", "awsdocs awsui".to_owned())]).with(vec![content]),
    ])
}

fn head(document: &Document, locale: Locale) -> Node {
    let meta = |name: &str, content: &str| {
        element(
            "meta",
            vec![("content", content.to_owned()), ("name", name.to_owned())],
        )
    };
    element("head", vec![]).with(vec![
        element("title", vec![]).with(vec![text(&document.heading)]),
        meta("viewport", "width=device-width,initial-scale=1"),
        meta("guide-locale", locale.as_str()),
    ])
}

/// Returns the notice above the heading of a translated page.
fn notice(locale: Locale) -> Node {
    let said = match locale {
        Locale::EnUs => vec![],
        _ => vec![text("A machine translated this page.")],
    };
    element("p", vec![]).with(said)
}

fn topics(document: &Document) -> Node {
    let topics = document.sections.iter().map(|section| {
        let link = element("a", vec![("href", format!("#{}", section.id))]);
        element("li", vec![]).with(vec![link.with(vec![text(&section.title)])])
    });
    element("div", vec![("class", "highlights".to_owned())])
        .with(vec![element("ul", vec![]).with(topics.collect())])
}

fn section(section: &Section, style: &Style) -> Vec<Node> {
    let mut nodes = vec![
        element("h2", vec![])
            .id(&section.id)
            .with(vec![text(&section.title)]),
        element("p", vec![]).with(vec![
            text(&section.prose),
            element("code", vec![]).with(vec![text("Action")]),
        ]),
    ];
    if let Some(it) = &section.table {
        let contents = element("div", vec![("class", "table-contents".to_owned())]);
        let container = element("div", vec![("class", "table-container".to_owned())]);
        nodes.push(container.with(vec![contents.with(vec![table(it, style)])]));
    }
    nodes
}

fn table(table: &Table, style: &Style) -> Node {
    let headers = table
        .headers
        .iter()
        .map(|head| element("th", vec![]).with(vec![text(head)]));
    let header = element("tr", vec![]).with(headers.collect());
    let mut nodes = vec![element("thead", vec![]).with(vec![header])];
    nodes.extend(table.entries.iter().flat_map(|entry| rows(entry, style)));
    element("table", vec![]).with(nodes)
}

fn rows(entry: &Entry, style: &Style) -> Vec<Node> {
    let row = |(at, cells): (usize, &Vec<Option<Cell>>)| {
        let cells = cells.iter().enumerate().filter_map(|(column, cell)| {
            let below = &entry.rows[at + 1..];
            let reach = below
                .iter()
                .take_while(|row| row.get(column).is_some_and(Option::is_none));
            Some(self::cell(cell.as_ref()?, 1 + reach.count(), style))
        });
        element("tr", vec![]).with(cells.collect())
    };
    entry.rows.iter().enumerate().map(row).collect()
}

fn cell(cell: &Cell, rows: usize, style: &Style) -> Node {
    let mut attributes = Vec::new();
    if rows > 1 {
        attributes.push(("rowspan", rows.to_string()));
    }
    if style.layout == Layout::Classic {
        attributes.push(("tabindex", "-1".to_owned()));
    }
    let mut nodes = Vec::new();
    if let Some(id) = &cell.span_id {
        nodes.push(element("span", vec![]).id(id).with(vec![]));
    }
    for (index, line) in cell.lines.iter().enumerate() {
        let line = line.iter().map(inline).collect();
        if cell.paragraphs {
            nodes.push(element("p", vec![]).with(line));
            continue;
        }
        if index > 0 {
            nodes.push(element("br", vec![]));
        }
        nodes.extend(line);
    }
    let node = element("td", attributes).with(nodes);
    match &cell.id {
        Some(id) => node.id(id),
        None => node,
    }
}

fn inline(part: &Inline) -> Node {
    match part {
        Inline::Text(said) => text(said),
        Inline::Bold(said) => element("b", vec![]).with(vec![text(said)]),
        Inline::Link { text: shown, href } => {
            element("a", vec![("href", href.clone())]).with(vec![text(shown)])
        }
        Inline::Arn(template) => {
            // the opening brace of a placeholder is in a separate element
            let mut nodes = Vec::new();
            for (index, piece) in template.split('{').enumerate() {
                if index > 0 {
                    nodes.push(element("span", vec![]).with(vec![text("{")]));
                }
                nodes.push(text(piece));
            }
            element("code", vec![("class", "code".to_owned())]).with(nodes)
        }
    }
}

fn element(name: &'static str, attributes: Vec<(&'static str, String)>) -> Node {
    Node::Element(name, attributes, Vec::new())
}

fn text(said: &str) -> Node {
    Node::Text(said.to_owned())
}

impl Node {
    fn id(mut self, id: &str) -> Self {
        if let Self::Element(_, attributes, _) = &mut self {
            attributes.push(("id", id.to_owned()));
        }
        self
    }

    fn with(mut self, nodes: Vec<Node>) -> Self {
        if let Self::Element(_, _, inner) = &mut self {
            *inner = nodes;
        }
        self
    }

    fn write(&self, pretty: bool, depth: usize, out: &mut String) {
        let line = |out: &mut String, said: &str| {
            if pretty {
                out.push_str(&" ".repeat(depth));
            }
            out.push_str(said);
            if pretty {
                out.push('\n');
            }
        };
        match self {
            Self::Text(said) if pretty && said.trim().is_empty() => {}
            Self::Text(said) if pretty => line(out, &escaped(said.trim())),
            Self::Text(said) => line(out, &escaped(said)),
            Self::Element(name, attributes, inner) => {
                let attributes: String = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)))
                    .collect();
                if VOID.contains(name) {
                    line(out, &format!("<{name}{attributes}/>"));
                    return;
                }
                line(out, &format!("<{name}{attributes}>"));
                for node in inner {
                    node.write(pretty, depth + 1, out);
                }
                line(out, &format!("</{name}>"));
            }
        }
    }
}

fn escaped(said: &str) -> String {
    said.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
