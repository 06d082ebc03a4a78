//! Limits on the nesting depth and the number of tags, checked before HTML is parsed: the cost of a
//! tag grows with the number of open elements, and each element takes memory.

use crate::error::{Error, Result};

/// Real pages have a depth of about 30.
const DEEPEST: usize = 256;

/// Real pages have about 60 tags for each action, counting start and end tags.
const MOST_TAGS: usize = 400_000;

/// Elements without an end tag, or whose end tag is optional.
const UNCLOSED: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Checks the number of tags and the nesting depth in a single pass.
pub(super) fn check(text: &str) -> Result<()> {
    let mut depth = 0_usize;
    let mut tags = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        tags += 1;
        if tags > MOST_TAGS {
            return Err(Error::new(
                format!("more than {MOST_TAGS} tags"),
                "a page of the Service Authorization Reference",
            ));
        }
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let closing = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(name.len());
        let name = &name[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if UNCLOSED
            .iter()
            .any(|unclosed| unclosed.eq_ignore_ascii_case(name))
        {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
            continue;
        }
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            // their content is not markup
            let skip = rest
                .bytes()
                .zip(rest.bytes().skip(1))
                .position(|pair| pair == (b'<', b'/'));
            rest = &rest[skip.unwrap_or(rest.len())..];
        }
        depth += 1;
        if depth > DEEPEST {
            return Err(Error::new(
                format!("elements nested more than {DEEPEST} levels deep"),
                "a page of the Service Authorization Reference",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_open_elements_only() {
        let nested = |name: &str, times: usize| format!("<{name}>").repeat(times);
        assert!(check(&nested("div", 250)).is_ok());
        assert!(check(&nested("div", 300)).is_err());
        assert!(check(&nested("DIV", 300)).is_err());
        // optional end tags
        assert!(check(&nested("td", 3000)).is_ok());
        assert!(check(&"<div><br></div>".repeat(3000)).is_ok());
        assert!(check(&"<!-- <div> -->".repeat(3000)).is_ok());
        assert!(check(&"<script>if (a <b) {}</script>".repeat(3000)).is_ok());
        assert!(check(&"a < b <= <1".repeat(3000)).is_ok());
    }

    #[test]
    fn pages_with_too_many_tags_are_rejected() {
        assert!(check(&"<p>x</p>".repeat(MOST_TAGS / 2)).is_ok());
        let error = check(&"<p>x</p>".repeat(MOST_TAGS / 2 + 1)).unwrap_err();
        assert!(
            error
                .found
                .starts_with(&format!("more than {MOST_TAGS} tags")),
            "{error}"
        );
    }
}
