//! The cells of a page: names, links and lists of names.

use iam_policy::wire::{Facts, Use};

use super::document::{Cell, Inline};
use super::noise::Noise;
use super::{Layout, Style};

/// The common context of a page's cells.
pub(super) struct Cells<'a> {
    pub(super) facts: &'a Facts,
    pub(super) style: &'a Style,
    pub(super) noise: Noise,
}

/// The target of links to other pages.
const ELSEWHERE: &str = "https://docs.example.com/elsewhere";

impl Cells<'_> {
    /// Returns the prefix of the page's ids.
    pub(super) fn slug(&self) -> String {
        match self.style.layout {
            Layout::Classic => self.facts.page.clone(),
            Layout::Current => format!("list_{}", self.facts.page),
        }
    }

    /// Returns the id of an action's row.
    pub(super) fn action_id(&self, name: &str) -> String {
        match self.style.layout {
            Layout::Classic => format!("{}-{name}", self.slug()),
            Layout::Current => format!("{}-action-{name}", self.slug()),
        }
    }

    /// Returns the id of a resource type's row.
    pub(super) fn resource_type_id(&self, name: &str) -> String {
        let part = match self.style.layout {
            Layout::Classic => "",
            Layout::Current => "resource-",
        };
        format!("{}-{part}{}", self.slug(), lossy(name))
    }

    /// Returns the id of a condition key's row.
    pub(super) fn condition_key_id(&self, name: &str) -> String {
        format!("{}-{}", self.slug(), lossy(name))
    }

    /// Returns an action's name with its link and its mark.
    pub(super) fn action(&mut self, name: &str, api: Option<&str>, marked: bool) -> Cell {
        let shown = self.translation(name);
        let mut parts = vec![match api {
            Some(href) => link(&shown, href),
            // only the text of links is translated
            None => Inline::Text(name.to_owned()),
        }];
        if marked {
            let mark = self.style.dictionary.mark(&mut self.noise);
            let space = if self.noise.once_in(3) && !mark.is_ascii() {
                ""
            } else {
                " "
            };
            parts.push(Inline::Text(format!("{space}{mark}")));
        }
        let mut cell = Cell::line(parts);
        match self.style.layout {
            Layout::Classic => cell.id = Some(self.action_id(name)),
            Layout::Current => cell.span_id = Some(self.action_id(name)),
        }
        cell
    }

    /// Returns the resource types of one row, each with whether it is required.
    pub(super) fn resource_types<'n>(
        &mut self,
        named: impl IntoIterator<Item = (&'n str, bool)>,
    ) -> Cell {
        let lines = named
            .into_iter()
            .map(|(name, required)| self.resource_type(name, required));
        let mut cell = Cell::lines(lines.collect());
        // usually, several resource types are paragraphs, and a single one is not
        let usual = self.style.layout == Layout::Classic || cell.lines.len() > 1;
        cell.paragraphs = usual != self.noise.once_in(5);
        cell
    }

    fn resource_type(&mut self, name: &str, required: bool) -> Vec<Inline> {
        let known = self.facts.resource_types.contains_key(name);
        let star = match required {
            true if self.wide() && self.noise.once_in(3) => "＊",
            true => "*",
            false => "",
        };
        // a name that is missing from the page's own table is not translated, because it cannot be resolved
        if !known && self.noise.once_in(2) {
            return vec![Inline::Text(format!("{name}{star}"))];
        }
        let href = format!("#{}", self.resource_type_id(name));
        let shown = if known {
            self.translation(name)
        } else {
            name.to_owned()
        };
        if required && self.noise.once_in(5) {
            return vec![link(&shown, &href), Inline::Text(star.to_owned())];
        }
        vec![link(&format!("{shown}{star}"), &href)]
    }

    /// Returns the condition keys of one row.
    pub(super) fn keys(&mut self, names: &[String]) -> Cell {
        let lines: Vec<_> = names.iter().map(|name| self.key(name)).collect();
        let mut cell = Cell::lines(lines);
        cell.paragraphs = !self.noise.once_in(6);
        // links alone can separate keys
        let linked = |line: &Vec<Inline>| matches!(line.as_slice(), [Inline::Link { .. }]);
        if cell.lines.len() > 1 && cell.lines.iter().all(linked) && self.noise.once_in(6) {
            cell.lines = vec![cell.lines.concat()];
        }
        cell
    }

    fn key(&mut self, name: &str) -> Vec<Inline> {
        if self.facts.condition_keys.contains_key(name) {
            let href = format!("#{}", self.condition_key_id(name));
            return vec![link(&self.translation(name), &href)];
        }
        // links into a missing table would mean that the page is truncated
        let choices = 3 - usize::from(self.facts.condition_keys.is_empty());
        match self.noise.below(choices) {
            0 => vec![link(name, &format!("{ELSEWHERE}#{}", lossy(name)))],
            1 => vec![Inline::Text(name.to_owned())],
            _ => vec![link(name, &format!("#{}", self.condition_key_id(name)))],
        }
    }

    /// Returns the dependent actions of a row.
    pub(super) fn dependent_actions(&mut self, row: &[&Use]) -> Cell {
        let names = row
            .first()
            .map(|used| used.dependent_actions.as_slice())
            .unwrap_or_default();
        texts(names)
    }

    /// Returns the action that an operation needs.
    pub(super) fn needed(&mut self, action: &str) -> Cell {
        let own = action.split_once(':');
        let own = own.filter(|(prefix, _)| *prefix == self.facts.prefix);
        Cell::line(vec![match own {
            Some((_, name)) => link(
                &self.translation(action),
                &format!("#{}", self.action_id(name)),
            ),
            None => link(action, ELSEWHERE),
        }])
    }

    /// Returns the machine translation of a link's text, or the text itself.
    fn translation(&mut self, name: &str) -> String {
        if !self.style.translated {
            return name.to_owned();
        }
        match self.noise.below(4) {
            0 => name.to_owned(),
            1 => self.style.dictionary.thing.to_owned(),
            2 => name.replace(':', "：").replace('$', "$ "),
            _ => format!("{} {}", self.style.dictionary.thing, name.to_lowercase()),
        }
    }

    /// Returns whether the language uses full-width punctuation.
    fn wide(&self) -> bool {
        self.style.dictionary.brackets.len() > 1
    }
}

/// Creates a link.
pub(super) fn link(text: &str, href: &str) -> Inline {
    Inline::Link {
        text: text.to_owned(),
        href: href.to_owned(),
    }
}

/// Creates a cell of plain texts, one line each.
pub(super) fn texts(lines: &[String]) -> Cell {
    let lines = lines.iter().map(|line| vec![Inline::Text(line.clone())]);
    let mut cell = Cell::lines(lines.collect());
    cell.paragraphs = true;
    cell
}

/// Converts a name as anchors do: without spaces and angle brackets, `_` for most other punctuation.
fn lossy(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '<' | '>' | ' '));
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') {
            c
        } else {
            '_'
        }
    };
    kept.map(plain).collect()
}
