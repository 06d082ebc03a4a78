//! Comments with the reasons that parts of a statement are not typed.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use crate::text::words::list;

/// A reason that a part of a statement is foreign or raw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    OtherService,
    Pattern,
    UnknownAction,
    IdleAction,
    OtherArn,
    OddArn,
    WideArn,
    UnusedArn,
    PartlyUsedArn,
    Crosswise,
    UnknownKey,
    KeyNotInEffect,
    Operator,
}

impl Why {
    /// Returns the text of the comment, before the names.
    const fn text(self) -> &'static str {
        match self {
            Self::OtherService => "foreign: services without a module",
            Self::Pattern => "foreign: action patterns have no type",
            Self::UnknownAction => "foreign: actions that no module lists in this spelling",
            Self::IdleAction => {
                "foreign: the statement has no resource that the action can be scoped to"
            }
            Self::OtherArn => "raw ARN: services without a module",
            Self::OddArn => "raw ARN: does not match the ARN format of a resource type",
            Self::WideArn => "raw ARN: matches several resource types that these actions need",
            Self::UnusedArn => "raw ARN: none of these actions can be scoped to it",
            Self::PartlyUsedArn => "raw ARN: not all of these actions can be scoped to it",
            Self::Crosswise => "mixed: some of the actions can't be scoped to all of the resources",
            Self::UnknownKey => "foreign key: not in a module",
            Self::KeyNotInEffect => "foreign key: not in effect for every action on every resource",
            Self::Operator => "foreign key: the operator doesn't suit the key's type",
        }
    }
}

/// Reasons, each with the names that it applies to.
#[derive(Clone, Debug, Default)]
pub(super) struct Whys(BTreeMap<Why, Vec<String>>);

/// The largest number of names in a comment.
const SHOWN: usize = 6;

impl Whys {
    pub(super) fn add(&mut self, why: Why, name: &str) {
        let names = self.0.entry(why).or_default();
        if !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let sentences = self.0.iter().map(|(why, names)| match names.as_slice() {
            [one] if one.is_empty() => why.text().to_owned(),
            names => format!("{}: {}", why.text(), list(names, SHOWN)),
        });
        sentences.collect()
    }
}

/// Comments, which are inserted once the code is formatted.
#[derive(Default)]
pub(super) struct Comments(Vec<Vec<String>>);

impl Comments {
    /// Adds a comment, and returns the name that marks its place. The name is so long that the
    /// formatter puts it on its own line.
    pub(super) fn marker(&mut self, lines: Vec<String>) -> Ident {
        let name = format!("why_{:_<100}", self.0.len());
        self.0.push(lines);
        Ident::new(&name, Span::call_site())
    }

    /// Replaces the markers with their comments.
    pub(super) fn put(&self, code: &str) -> String {
        let mut text = String::with_capacity(code.len());
        for line in code.lines() {
            let word = line.trim_start().trim_start_matches('.');
            let number = word
                .strip_prefix("why_")
                .filter(|rest| rest.ends_with("()") || rest.ends_with("();"))
                .and_then(|rest| rest.split('_').next()?.parse::<usize>().ok());
            match number.and_then(|number| self.0.get(number)) {
                None => {
                    text.push_str(line);
                    text.push('\n');
                }
                Some(sentences) => {
                    let indent = &line[..line.len() - line.trim_start().len()];
                    for sentence in sentences {
                        text.push_str(&comment(indent, sentence));
                    }
                }
            }
        }
        text
    }
}

/// Wraps a sentence into lines of a comment, and escapes characters that are not printable.
pub(super) fn comment(indent: &str, sentence: &str) -> String {
    const WIDTH: usize = 100;
    let mut plain = String::with_capacity(sentence.len());
    for char in sentence.chars() {
        match char {
            ' ' => plain.push(' '),
            '…' => plain.push(char),
            _ if char.is_ascii_graphic() || char.is_alphanumeric() => plain.push(char),
            _ => plain.extend(char.escape_default()),
        }
    }
    let mut lines = String::new();
    let mut line = String::new();
    for word in plain.split(' ') {
        let length = indent.len() + 3 + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > WIDTH {
            lines.push_str(&format!("{indent}// {line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push_str(&format!("{indent}// {line}\n"));
    lines
}
