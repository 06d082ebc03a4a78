//! Policy variables, replaced with values of a request.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>. A variable
//! without a value is null, which nothing equals; a key with several values cannot be a variable.

use crate::decide::context::{Found, Keys};
use crate::text::glob::{self, Braces};

/// A part of a text with policy variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    /// Plain text.
    Text(&'a str),
    /// `${*}`, `${?}` or `${$}`: the character itself.
    Escaped(&'a str),
    /// `${key}` or `${key, 'default'}`.
    Variable {
        key: &'a str,
        default: Option<&'a str>,
    },
    /// A `${…}` of another form.
    Invalid(&'a str),
}

/// Splits a text into its parts. A `${` without `}` is not a policy variable, up to the end of the text.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    let ends = glob::braces(text).map(Some).chain([None]);
    ends.flat_map(move |braces| {
        let (plain, braces) = match braces {
            Some(Braces { start, inside }) => {
                let plain = &text[at..start];
                at = inside.map_or(text.len(), |inside| start + inside.len() + "${}".len());
                let whole = &text[start..at];
                let variable = inside.map_or(Part::Invalid(whole), |inside| part(whole, inside));
                (plain, Some(variable))
            }
            None => (&text[at..], None),
        };
        let plain = Some(Part::Text(plain)).filter(|_| !plain.is_empty());
        plain.into_iter().chain(braces)
    })
}

fn part<'a>(whole: &'a str, inside: &'a str) -> Part<'a> {
    if matches!(inside, "*" | "?" | "$") {
        return Part::Escaped(inside);
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => (key, Some(default.trim())),
    };
    let quoted = |text: &'a str| text.strip_prefix('\'')?.strip_suffix('\'');
    let unquoted = default.map(quoted);
    let key = key.trim();
    if key.is_empty() || key.contains(['$', '{']) || unquoted == Some(None) {
        return Part::Invalid(whole);
    }
    Part::Variable {
        key,
        default: unquoted.flatten(),
    }
}

/// Returns whether a text has a `${`.
pub(super) fn has_braces(text: &str) -> bool {
    text.contains("${")
}

/// Returns the keys of the variables in a text.
pub(super) fn keys(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(|part| match part {
        Part::Variable { key, .. } => Some(key),
        _ => None,
    })
}

/// Returns the first `${…}` of a text that is not a policy variable.
pub(super) fn invalid(text: &str) -> Option<&str> {
    parts(text).find_map(|part| match part {
        Part::Invalid(whole) => Some(whole),
        _ => None,
    })
}

/// A text whose variables are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expanded {
    /// All variables have a value.
    Text(String),
    /// A variable does not have a value, so nothing equals the text.
    Null,
    /// It is not stated whether some variables have a value, and which: a pattern of all texts that are
    /// possible.
    Possible(String),
}

/// How a text with variables is compared, and so how it is expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `*` and `?` are plain characters.
    Plain,
    /// A pattern, in which `${*}`, `${?}` and `${$}` stay. The values of variables are plain text.
    Pattern,
}

/// Replaces the variables of a text. The text has no [`invalid`] variables.
pub(super) fn expand(text: &str, syntax: Syntax, keys: &impl Keys) -> Expanded {
    let mut expanded = String::with_capacity(text.len() + 32);
    let mut is_certain = true;
    for part in parts(text) {
        let (value, is_text) = match part {
            Part::Text(text) | Part::Invalid(text) => (text, true),
            Part::Escaped(character) => (character, false),
            Part::Variable { key, default } => match keys.find(key) {
                Found::Values(values) => match values.single() {
                    Some(value) => (value, false),
                    None => return Expanded::Null,
                },
                Found::Absent => match default {
                    Some(default) => (default, false),
                    None => return Expanded::Null,
                },
                Found::Unknown => {
                    is_certain = false;
                    if syntax == Syntax::Plain {
                        break;
                    }
                    expanded.push('*');
                    continue;
                }
            },
        };
        if is_text || syntax == Syntax::Plain {
            expanded.push_str(value);
        } else {
            escape(value, &mut expanded);
        }
    }
    match (is_certain, syntax) {
        (true, _) => Expanded::Text(expanded),
        (false, Syntax::Pattern) => Expanded::Possible(expanded),
        // the same as a pattern, in which plain text has no wildcards
        (false, Syntax::Plain) => expand(&without_wildcards(text), Syntax::Pattern, keys),
    }
}

/// Returns a text with variables as a pattern that matches the same texts as the plain text.
fn without_wildcards(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for part in parts(text) {
        match part {
            Part::Text(text) | Part::Invalid(text) => escape(text, &mut escaped),
            Part::Escaped(character) => escape(character, &mut escaped),
            Part::Variable { key, default: None } => escaped.extend(["${", key, "}"]),
            Part::Variable {
                key,
                default: Some(default),
            } => escaped.extend(["${", key, ", '", default, "'}"]),
        }
    }
    escaped
}

/// Appends a text as a pattern that matches only this text.
fn escape(text: &str, to: &mut String) {
    for char in text.chars() {
        if matches!(char, '*' | '?' | '$') {
            to.extend(["${", char.encode_utf8(&mut [0; 4]), "}"]);
        } else {
            to.push(char);
        }
    }
}

/// Returns the pattern that reads `${` as plain text, as before version 2012-10-17.
pub(super) fn without_variables(pattern: &str) -> String {
    pattern.replace("${", "${$}{")
}
