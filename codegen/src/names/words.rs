//! Spelling of identifiers: words as variants, constants and fields that Rust accepts.

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _};

/// Returns whether Rust accepts an identifier, which may be raw, in the edition of emitted crates.
pub(crate) fn is_identifier(text: &str) -> bool {
    // most are variants and constants, which no keyword resembles: without the parser, for its time
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(is_plain);
    // the parser ignores comments and spaces after it, and does not know the keyword of edition 2024
    let is_parsed = || syn::parse_str::<syn::Ident>(text).is_ok_and(|it| it == text);
    is_name && text != "Self" || text != "gen" && is_parsed()
}

/// Returns the variant for a name: its parts, each with a capital (`agent-alias` → `AgentAlias`,
/// `CreateVPCEConfiguration` unchanged).
pub(super) fn variant(name: &str) -> String {
    let mut variant = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        // digits of adjacent parts stay separate, so that `v1.2` and `v12` differ
        if variant.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit())
        {
            variant.push('_');
        }
        let mut letters = part.chars();
        variant.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        variant.push_str(letters.as_str());
    }
    legal(variant)
}

/// Makes a word a valid identifier, which does not begin with a digit and is not a keyword.
fn legal(word: String) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("_{word}");
    }
    if word.is_empty() || is_identifier(&word) {
        return word;
    }
    match word.as_str() {
        // these cannot be raw identifiers
        "self" | "Self" | "super" | "crate" => format!("{word}_"),
        _ => format!("r#{word}"),
    }
}

pub(super) fn snake(words: &str) -> String {
    legal(words.to_snake_case())
}

pub(super) fn constant(words: &str) -> String {
    legal(words.to_shouty_snake_case())
}

/// Returns the identifier with the lowest number at its end that is free: `PickApple`, `PickApple2`.
pub(super) fn numbered(identifier: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut numbers = 2_u32..;
    let mut wanted = identifier.to_owned();
    while !is_free(&wanted) {
        let number = numbers.next().unwrap_or_default();
        let separator = match identifier.chars().any(|c| c.is_ascii_uppercase()) {
            true => "",
            false => "_",
        };
        wanted = format!("{identifier}{separator}{number}");
    }
    wanted
}
