//! Refusing HTML that is nested beyond reason, or has tags beyond reason, before it is parsed: what an
//! HTML parser has to do for a tag grows with the number of elements that are open, and each takes memory.

use crate::error::{Error, Result};

/// Real pages are some thirty deep.
const DEEPEST: usize = 256;

/// A real page has some 60 for each action, tags at both ends counted.
const MOST_TAGS: usize = 400_000;

/// Elements that have no end tag, or may leave it out.
const UNCLOSED: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Checks how many tags a page has and how deep its elements are nested, at the price of one look at each byte.
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
            // what stands in them is no markup
            let skip = rest
                .bytes()
                .zip(rest.bytes().skip(1))
                .position(|pair| pair == (b'<', b'/'));
            rest = &rest[skip.unwrap_or(rest.len())..];
        }
        depth += 1;
        if depth > DEEPEST {
            return Err(Error::new(
                format!("elements nested more than {DEEPEST} deep"),
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
    fn depth_counts_what_is_open() {
        let nested = |name: &str, times: usize| format!("<{name}>").repeat(times);
        assert!(check(&nested("div", 250)).is_ok());
        assert!(check(&nested("div", 300)).is_err());
        assert!(check(&nested("DIV", 300)).is_err());
        // end tags may be left out
        assert!(check(&nested("td", 3000)).is_ok());
        assert!(check(&"<div><br></div>".repeat(3000)).is_ok());
        assert!(check(&"<!-- <div> -->".repeat(3000)).is_ok());
        assert!(check(&"<script>if (a <b) {}</script>".repeat(3000)).is_ok());
        assert!(check(&"a < b <= <1".repeat(3000)).is_ok());
    }

    #[test]
    fn tags_are_counted_whatever_they_are() {
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
