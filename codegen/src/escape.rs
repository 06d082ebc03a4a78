//! Escaping of the reference's names and texts, one function for each target.
//!
//! Names consist of harmless characters, because `iam_policy::wire::TextKind` refuses others. Escaping
//! is the second line of defence: no text can leave the place that it is written to. `serde_json`
//! escapes JSON, and `maud` pages in HTML. No text is written to YAML.

use proc_macro2::Literal;

pub use iam_policy::words::{code, visible as terminal};

use crate::words::spans;

/// Formats a text as a string literal in Rust.
pub fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Formats a line of documentation as a comment in Rust that begins with `sign`, such as `///`.
pub fn comment(sign: &str, line: &str) -> String {
    let space = if line.is_empty() { "" } else { " " };
    // a line end would end the comment, and rustc rejects marks of direction
    format!("{sign}{space}{}\n", terminal(line))
}

/// Formats a text as a string in TOML.
pub fn toml(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            ' '..='~' => escaped.push(c),
            _ if c.escape_debug().len() == 1 => escaped.push(c),
            _ => escaped += &format!("\\U{:08X}", u32::from(c)),
        }
    }
    format!("\"{escaped}\"")
}

/// Characters with a meaning in Markdown, including pipes of tables and mentions.
const SPECIAL: &str = "\\`*_<>[]#|&~$@";

/// Escapes text for Markdown.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for c in terminal(text).chars() {
        escaped.push_str(if SPECIAL.contains(c) { "\\" } else { "" });
        escaped.push(c);
    }
    escaped
}

/// Escapes a sentence for Markdown; its names in backticks become code.
pub fn sentence(text: &str) -> String {
    let parts = spans(text).map(|(is_name, part)| match is_name {
        true => code(part),
        false => markdown(part),
    });
    parts.collect()
}

/// Escapes text within a sentence that has names in backticks.
pub fn within_sentence(text: &str) -> String {
    code(text).trim_matches('`').to_owned()
}

/// Formats a name as code in a cell of a table in Markdown, where pipes separate cells even in code.
pub fn cell(name: &str) -> String {
    code(name).replace('|', "\\|")
}

/// Formats an address as the target of a link in Markdown.
pub fn target(address: &str) -> String {
    let escape = |c: char| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '\\' => "%5C".to_owned(),
        c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
        c => c.to_string(),
    };
    let escaped: String = address.chars().map(escape).collect();
    format!("<{}>", terminal(&escaped))
}

/// Escapes text for HTML within Markdown.
pub fn html(text: &str) -> String {
    let text = terminal(text).replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text that means something in each target.
    const HOSTILE: &str = "a\"\\`|<b>&\n\u{1b}[31m\u{202e}*é";

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(literal(HOSTILE), r#""a\"\\`|<b>&\n\u{1b}[31m\u{202e}*é""#);
        assert_eq!(
            comment("///", HOSTILE),
            "/// a\"\\`|<b>&\\n\\u{1b}[31m\\u{202e}*é\n"
        );
        assert_eq!(comment("//!", ""), "//!\n");
        assert_eq!(
            toml(HOSTILE),
            r#""a\"\\`|<b>&\U0000000A\U0000001B[31m\U0000202E*é""#
        );
        assert_eq!(
            markdown(HOSTILE),
            r#"a"\\\`\|\<b\>\&\\n\\u{1b}\[31m\\u{202e}\*é"#
        );
        assert_eq!(code(HOSTILE), "`a\"\\'|<b>&\\n\\u{1b}[31m\\u{202e}*é`");
        assert_eq!(cell("a|b"), "`a\\|b`");
        assert_eq!(sentence("new: `a_b`, c_d"), "new: `a_b`, c\\_d");
        assert_eq!(within_sentence("`a` \n"), "'a' \\n");
        assert_eq!(
            target("https://x/<a b>\\\n"),
            "<https://x/%3Ca%20b%3E%5C%20>"
        );
        assert_eq!(html("<b>&\n"), "&lt;b&gt;&amp;\\n");
        assert_eq!(terminal(HOSTILE), "a\"\\`|<b>&\\n\\u{1b}[31m\\u{202e}*é");
    }
}
