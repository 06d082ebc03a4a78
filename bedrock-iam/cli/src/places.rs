//! The positions of values in a JSON text by their paths. The text is parsed once for all paths.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use bedrock_iam::document::{Path, Step};
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::input::Input;

/// The positions of all values in a JSON text.
pub(crate) struct Places<'a> {
    root: Option<Value<'a>>,
    start: usize,
    /// The range of the first character, for a text that is not JSON.
    first: Range<usize>,
    /// The positions of the members of large objects by name, by the start of the object.
    members: RefCell<HashMap<usize, HashMap<String, usize>>>,
}

/// The number of members from which on they are looked up by their hash.
const MANY: usize = 16;

/// The part of a member to underline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Name,
    /// The value; the name if the value is an object or a list.
    Value,
}

impl<'a> Places<'a> {
    /// Parses a text that `serde_json` has accepted: `jsonc_parser` would accept more than JSON.
    pub(crate) fn read(input: &'a Input) -> Self {
        let start = input.start();
        let json = &input.text[start..];
        let ast = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default());
        Self {
            root: ast.ok().and_then(|ast| ast.value),
            start,
            first: start..start + json.chars().next().map_or(0, char::len_utf8),
            members: RefCell::default(),
        }
    }

    /// Returns the range to underline for a path. If the text has no such value, returns the range for
    /// the longest part of the path that it has.
    pub(crate) fn find(&self, path: &Path, part: Part) -> Range<usize> {
        let Some(mut value) = self.root.as_ref() else {
            return self.first.clone();
        };
        let mut name = None;
        for step in path.steps() {
            let next = match (value, step) {
                (Value::Object(object), Step::Member(member)) => self
                    .member(object, member)
                    .map(|property| (Some(&property.name), &property.value)),
                (Value::Array(array), Step::Index(index)) => {
                    array.elements.get(*index).map(|value| (None, value))
                }
                _ => None,
            };
            match next {
                Some(next) => (name, value) = next,
                None => break,
            }
        }
        let bytes = |of: &dyn Ranged| self.start + of.start()..self.start + of.end();
        match (name, value, part) {
            (Some(name), _, Part::Name)
            | (Some(name), Value::Object(_) | Value::Array(_), Part::Value) => bytes(name),
            // only the bracket, because the contents may be long
            (None, Value::Object(_) | Value::Array(_), _) => {
                let at = self.start + value.start();
                at..at + 1
            }
            _ => bytes(value),
        }
    }

    fn member<'o>(&self, object: &'o Object<'a>, name: &str) -> Option<&'o ObjectProp<'a>> {
        let members = object.properties.iter();
        if object.properties.len() < MANY {
            return members.into_iter().find(|it| it.name.as_str() == name);
        }
        let mut known = self.members.borrow_mut();
        let known = known.entry(object.start()).or_insert_with(|| {
            let names = members.map(|it| it.name.as_str().to_owned());
            names.zip(0..).collect()
        });
        object.properties.get(*known.get(name)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_to_their_values() {
        let json = r#" {"Statement" : [ 1, {"Action": ["a:B", "c\"]:\u0044é"], "Condition": {"Bool": {"aws:x.y": true, "aws:\u0078": "z"}}}]}"#;
        let statements = Path::DOCUMENT.member("Statement");
        let statement = statements.index(1);
        let bool = statement.member("Condition").member("Bool");
        for mark in ["", "\u{feff}"] {
            let input = Input::new(String::new(), format!("{mark}{json}"));
            let places = Places::read(&input);
            for (path, value, name) in [
                (Path::DOCUMENT, "{", "{"),
                (statements.clone(), "\"Statement\"", "\"Statement\""),
                (statements.index(0), "1", "1"),
                (statement.clone(), "{", "{"),
                (statement.member("Action"), "\"Action\"", "\"Action\""),
                (
                    statement.member("Action").index(1),
                    r#""c\"]:\u0044é""#,
                    r#""c\"]:\u0044é""#,
                ),
                (bool.member("aws:x.y"), "true", "\"aws:x.y\""),
                (bool.member("aws:x"), "\"z\"", r#""aws:\u0078""#),
                (statement.member("Nothing"), "{", "{"),
                (
                    statements.index(7).member("Nothing"),
                    "\"Statement\"",
                    "\"Statement\"",
                ),
            ] {
                let found = |part| &input.text[places.find(&path, part)];
                assert_eq!(found(Part::Value), value, "{path}");
                assert_eq!(found(Part::Name), name, "{path}");
            }
        }
    }

    #[test]
    fn invalid_json_has_a_range() {
        for broken in [
            "", "\u{feff}", "{", "{\"a", "[", "{\"a\":", "é", "'a'", "{a: 1}",
        ] {
            let input = Input::new(String::new(), broken.to_owned());
            let found =
                Places::read(&input).find(&Path::DOCUMENT.member("a").index(3), Part::Value);
            assert!(input.text.get(found).is_some(), "{broken}");
        }
    }
}
