//! The positions of values in a JSON text by their paths. The text is parsed once for all paths.

use std::collections::HashMap;
use std::ops::Range;

use bedrock_iam::document::{Path, Step};
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::input::Input;

/// The positions of all values in a JSON text.
pub(crate) struct Places {
    root: Place,
}

/// A value and the range of bytes to underline for it.
struct Place {
    bytes: Range<usize>,
    inside: Inside,
}

enum Inside {
    Nothing,
    /// The members by name, each with the range of the name.
    Members(HashMap<String, (Range<usize>, Place)>),
    Elements(Vec<Place>),
}

/// The part of a member to underline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Name,
    /// The value; the name if the value is an object or a list.
    Value,
}

impl Places {
    /// Parses a text that `serde_json` has accepted: `jsonc_parser` would accept more than JSON.
    pub(crate) fn read(input: &Input) -> Self {
        let start = input.start();
        let json = &input.text[start..];
        let ast = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default());
        let root = match ast.ok().and_then(|ast| ast.value) {
            Some(value) => place(&value, start),
            None => Place {
                bytes: start..start + json.chars().next().map_or(0, char::len_utf8),
                inside: Inside::Nothing,
            },
        };
        Self { root }
    }

    /// Returns the range to underline for a path. If the text has no such value, returns the range for
    /// the longest part of the path that it has.
    pub(crate) fn find(&self, path: &Path, part: Part) -> Range<usize> {
        let mut place = &self.root;
        let mut name = None;
        for step in path.steps() {
            let next = match (&place.inside, step) {
                (Inside::Members(members), Step::Member(member)) => members
                    .get(&**member)
                    .map(|(name, place)| (Some(name), place)),
                (Inside::Elements(elements), Step::Index(index)) => {
                    elements.get(*index).map(|place| (None, place))
                }
                _ => None,
            };
            match next {
                Some(next) => (name, place) = next,
                None => break,
            }
        }
        match (name, &place.inside, part) {
            (Some(name), _, Part::Name) => name.clone(),
            (_, Inside::Nothing, _) | (None, ..) => place.bytes.clone(),
            (Some(name), ..) => name.clone(),
        }
    }
}

fn place(value: &Value<'_>, start: usize) -> Place {
    let bytes = |of: &dyn Ranged| start + of.start()..start + of.end();
    let inside = match value {
        Value::Object(object) => {
            let mut members = HashMap::with_capacity(object.properties.len());
            for property in &object.properties {
                let found = (bytes(&property.name), place(&property.value, start));
                members.insert(property.name.as_str().to_owned(), found);
            }
            Inside::Members(members)
        }
        Value::Array(array) => {
            let elements = array.elements.iter();
            Inside::Elements(elements.map(|element| place(element, start)).collect())
        }
        _ => {
            return Place {
                bytes: bytes(value),
                inside: Inside::Nothing,
            };
        }
    };
    // only the bracket, because the contents may be long
    let at = start + value.start();
    Place {
        bytes: at..at + 1,
        inside,
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
