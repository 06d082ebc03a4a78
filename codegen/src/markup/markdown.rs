//! Parsing of pages in Markdown, as the reference serves them.
//!
//! The dialect is not CommonMark: `**   Name  **` means bold, and a table with row spans is a
//! nested list. So it is parsed line by line.

mod inline;
mod list;
mod pipe;

use crate::error::{Error, Result, quoted};
use crate::markup::Input;
use crate::tables::layout::{Column, SectionKind};
use crate::tables::{Section, Table, Tables, folded};

/// Parses a page. The anchor below a heading identifies its section.
pub(crate) fn read(input: &Input<'_>) -> Result<Tables> {
    let mut reading = Reading::default();
    let mut lines = input.text.lines().peekable();
    while let Some(line) = lines.next() {
        let in_section = reading.sections.last().is_some();
        if let Some(heading) = line.strip_prefix("# ") {
            if reading.heading.is_none() {
                reading.heading = Some(inline::cell(heading).text());
            }
        } else if let Some(id) = inline::anchor_line(line) {
            reading.anchor(id)?;
        } else if in_section && line.starts_with('|') {
            let mut block = vec![line];
            while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                block.push(row);
            }
            reading.table(|kind| pipe::read(kind, &block))?;
        } else if in_section && list::begins_entry(line) {
            let mut block = vec![line];
            while let Some(part) = lines.next_if(|next| list::continues(next)) {
                block.push(part);
            }
            reading.table(|kind| list::read(kind, &block))?;
        } else if !in_section && reading.heading.is_some() {
            reading.introduction(line);
        }
    }
    reading.finish(input)
}

#[derive(Default)]
struct Reading<'a> {
    heading: Option<String>,
    prefix: Option<&'a str>,
    /// The ids of the sections in the list of topics.
    announced: Vec<&'a str>,
    sections: Vec<Section>,
}

impl<'a> Reading<'a> {
    /// Handles a line before the first section: the service prefix, then the list of topics.
    fn introduction(&mut self, line: &'a str) {
        if self.prefix.is_none() {
            self.prefix = line.split('`').nth(1).filter(|code| !code.is_empty());
        }
        let targets = line
            .split("](#")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        self.announced
            .extend(targets.filter(|id| SectionKind::of_id(id).is_some()));
    }

    fn anchor(&mut self, id: &str) -> Result<()> {
        let Some((kind, slug)) = SectionKind::of_id(id) else {
            return Ok(());
        };
        if self.sections.iter().any(|section| section.kind == kind) {
            return Err(Error::new("a second section of this kind", "only one").within(kind.name()));
        }
        self.sections.push(Section {
            kind,
            slug: slug.to_owned(),
            table: None,
        });
        Ok(())
    }

    fn table(&mut self, read: impl FnOnce(SectionKind) -> Result<Table>) -> Result<()> {
        let Some(section) = self.sections.last_mut() else {
            return Ok(());
        };
        let within = |error: Error| error.within(section.kind.name());
        if section.table.is_some() {
            return Err(within(Error::new(
                "a second table in the section",
                "only one",
            )));
        }
        section.table = Some(read(section.kind).map_err(within)?);
        Ok(())
    }

    fn finish(self, input: &Input<'_>) -> Result<Tables> {
        let Some(heading) = self.heading.filter(|_| !self.sections.is_empty()) else {
            let begin = input
                .text
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .unwrap_or_default();
            return Err(Error::new(
                format!(
                    "text that begins with {} and has no sections",
                    quoted(begin)
                ),
                "a page of the Service Authorization Reference in Markdown",
            ));
        };
        for id in self.announced {
            if !self
                .sections
                .iter()
                .any(|section| SectionKind::of_id(id).is_some_and(|(kind, _)| kind == section.kind))
            {
                return Err(Error::new(
                    "the end of the page",
                    format!("the section {} from its list of topics", quoted(id)),
                )
                .hint("the page is truncated; fetch or save it again"));
            }
        }
        check_last_table(&self.sections, input.text)?;
        Ok(Tables {
            page: input.page.to_owned(),
            locale: input.locale,
            heading: folded(&heading),
            service: None,
            prefix: self.prefix.map(folded).unwrap_or_default(),
            sections: self.sections,
        })
    }
}

/// Rejects a page whose last section has no table although links point into it: the end is missing.
fn check_last_table(sections: &[Section], text: &str) -> Result<()> {
    let Some(last) = sections
        .last()
        .filter(|last| last.table.is_none() && last.kind == SectionKind::ConditionKeys)
    else {
        return Ok(());
    };
    let tables = sections.iter().filter_map(|section| section.table.as_ref());
    let linked = tables.flat_map(|table| table.rows()).any(|row| {
        row.cell(Column::ConditionKeys)
            .runs
            .iter()
            .any(|run| run.href.as_ref().is_some_and(|href| href.starts_with("#")))
    });
    if linked && !text.is_empty() {
        return Err(Error::new(
            "no table",
            "a table with the keys that other tables link to",
        )
        .within(last.kind.name())
        .hint("the page is truncated; fetch or save it again"));
    }
    Ok(())
}
