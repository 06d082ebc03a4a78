//! Matching of condition keys that are templates, such as `aws:RequestTag/${TagKey}` and
//! `s3:ExistingObjectTag/<key>`. Some pages write `{Name}` for `${Name}`.

/// Splits a template at its first placeholder: returns the text before it and the text after it;
/// `None` if it has none.
pub(crate) const fn placeholder(name: &str) -> Option<(&str, &str)> {
    let bytes = name.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let (open, close) = match bytes[start] {
            b'$' if start + 1 < bytes.len() && bytes[start + 1] == b'{' => (start + 2, b'}'),
            b'{' => (start + 1, b'}'),
            b'<' => (start + 1, b'>'),
            _ => {
                start += 1;
                continue;
            }
        };
        let mut end = open;
        while end < bytes.len() {
            if bytes[end] == close {
                return Some((name.split_at(start).0, name.split_at(end + 1).1));
            }
            end += 1;
        }
        start += 1;
    }
    None
}

/// Returns whether a name has a placeholder.
#[doc(hidden)]
#[must_use]
pub const fn is_template(name: &str) -> bool {
    placeholder(name).is_some()
}

/// Returns the position in `names` of the template that matches a key; of several, the one with the
/// most literal text.
pub(crate) fn find_template(names: &[&str], text: &str) -> Option<usize> {
    (0..names.len())
        .filter(|index| is_template(names[*index]) && fits(names[*index], text.as_bytes()))
        .max_by_key(|index| literal_length(names[*index]))
}

/// Returns whether a template matches a text, with at least one byte for each placeholder.
fn fits(template: &str, text: &[u8]) -> bool {
    let Some((head, tail)) = placeholder(template) else {
        return text.eq_ignore_ascii_case(template.as_bytes());
    };
    let Some((start, rest)) = text.split_at_checked(head.len()) else {
        return false;
    };
    if !start.eq_ignore_ascii_case(head.as_bytes()) {
        return false;
    }
    if tail.is_empty() {
        return !rest.is_empty();
    }
    (1..rest.len()).any(|taken| fits(tail, &rest[taken..]))
}

fn literal_length(template: &str) -> usize {
    match placeholder(template) {
        Some((head, tail)) => head.len() + literal_length(tail),
        None => template.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_can_be_anywhere() {
        let names = [
            "code:secondary/${id}.location",
            "code:secondary/${id}.location.path",
            "git.${Domain}.com:actor",
            "shop:Tag/<key>",
            "shop:Tags",
            "shop:{Date-Y}/Due",
        ];
        let find = |text| find_template(&names, text);
        assert_eq!(find("CODE:secondary/x.LOCATION"), Some(0));
        assert_eq!(find("code:secondary/x.location.location"), Some(0));
        assert_eq!(find("code:secondary/x.location.path"), Some(1));
        assert_eq!(find("git.example.com:actor"), Some(2));
        assert_eq!(find("shop:tag/cost centre: 7"), Some(3));
        assert_eq!(find("shop:Tag/<key>"), Some(3));
        assert_eq!(find("shop:2026/due"), Some(5));
        for other in [
            "shop:Tag/",
            "shop:Tags",
            "code:secondary/.location",
            "git..com:actor",
            "",
        ] {
            assert_eq!(find(other), None, "{other}");
        }
    }
}
