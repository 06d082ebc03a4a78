//! Sentences with names in them.

use maud::{Markup, html};

/// The id of the row that a name leads to, if it leads to one.
pub(super) type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A sentence whose names stand in backticks, with the names set as code.
pub(super) fn sentence(text: &str, links: Links<'_>) -> Markup {
    // names and words alternate; a backtick without its partner stays as it is
    let parts: Vec<_> = text.split('`').collect();
    let paired = parts.len() - (parts.len() + 1) % 2;
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index >= paired { "`" (part) }
            @else if index % 2 == 1 { (name(part, links)) }
            @else { (part) }
        }
    }
}

/// A name, as a link if it leads anywhere.
pub(super) fn name(name: &str, links: Links<'_>) -> Markup {
    html! {
        @match links(name) {
            Some(row) => a href={ "#" (row) } { code { (name) } },
            None => code { (name) },
        }
    }
}

/// A name that may be broken before its words, `Get`, `Agent`, `Alias`.
pub(super) fn breakable(name: &str) -> Markup {
    let mut words = vec![String::new()];
    let mut before = None;
    for character in name.chars() {
        let begins = character.is_uppercase() && before.is_some_and(char::is_lowercase);
        match words.last_mut() {
            Some(word) if !begins => word.push(character),
            _ => words.push(character.to_string()),
        }
        before = Some(character);
    }
    html! {
        @for (index, word) in words.iter().enumerate() {
            @if index > 0 { wbr; }
            (word)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{breakable, sentence};

    #[test]
    fn names_in_backticks_are_code() {
        let html = |text| sentence(text, &|_| None).into_string();
        assert_eq!(html("none"), "none");
        assert_eq!(
            html("`a` and `<b>`"),
            "<code>a</code> and <code>&lt;b&gt;</code>"
        );
        assert_eq!(html("`a` and `b"), "<code>a</code> and `b");
        assert_eq!(html("a`"), "a`");
    }

    #[test]
    fn names_may_be_broken_between_words() {
        let html = |name| breakable(name).into_string();
        assert_eq!(html("GetARNOf<b>"), "Get<wbr>ARNOf&lt;b&gt;");
        assert_eq!(html("agent-alias"), "agent-alias");
    }

    #[test]
    fn names_lead_to_their_rows() {
        let links = |name: &str| (name == "a").then(|| "row".to_owned());
        assert_eq!(
            sentence("`a`, `b`", &links).into_string(),
            "<a href=\"#row\"><code>a</code></a>, <code>b</code>"
        );
    }
}
