//! A pasted text without its wrapping: escapes of JSON, HTML and URLs, Markdown, colors, comments.

/// Tags that are not masks such as `<account>`, and whether they separate words.
const TAGS: &[(&str, bool)] = &[
    ("a", false),
    ("b", false),
    ("br", true),
    ("code", false),
    ("div", true),
    ("em", false),
    ("error", true),
    ("i", false),
    ("li", true),
    ("message", true),
    ("p", true),
    ("pre", true),
    ("requestid", true),
    ("response", true),
    ("span", false),
    ("strong", false),
    ("td", true),
    ("tr", true),
];

/// The most bytes of an HTML entity, such as `&#x10FFFF;`.
const LONGEST_ENTITY: usize = 12;

/// Returns the text with one space or line break between words, and plain quotation marks.
pub(super) fn unwrapped(text: &str) -> String {
    let text = percent_decoded(text);
    // before `ESC \\`, the end of such a sequence, is read as an escape
    let text = without_strings(&text);
    let mut text = decoded(&text);
    // `&amp;lt;`, and entities in escaped JSON
    if text.contains('&') {
        text = decoded(&text);
    }
    let text = without_controls(&without_strings(&text));
    let text = without_marks(&without_links(&without_tags(&text)));
    let lines: Vec<&str> = text.lines().map(without_margin).collect();
    let mut plain = String::with_capacity(text.len());
    for word in lines.join("\n").split_inclusive([' ', '\n']) {
        let (word, end) = match word.strip_suffix([' ', '\n']) {
            Some(bare) => (bare, if word.ends_with('\n') { "\n" } else { " " }),
            None => (word, ""),
        };
        plain.push_str(word);
        if plain.ends_with(' ') && end == "\n" {
            plain.pop();
        }
        if !plain.is_empty() && !plain.ends_with([' ', '\n']) {
            plain.push_str(end);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Decodes percent encoding if the text has an encoded colon or space and no plain one.
fn percent_decoded(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let plus = lower.contains("not+authorized");
    if !plus && !lower.contains("arn%3a") && !lower.contains("not%20authorized") {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let hex = pair.filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
                continue;
            }
            (b'+', _) if plus => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Removes control strings for a terminal: `ESC ]`, a title or an address, and BEL or `ESC \`. A
/// string without an end stays.
fn without_strings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after;
        let Some(string) = after.strip_prefix([']', 'P', 'X', '^', '_']) else {
            out.push('\u{1b}');
            continue;
        };
        let end = string.find(char::is_control).unwrap_or(string.len());
        let ends = ["\u{7}", "\u{1b}\\", "\u{9c}"].into_iter();
        let mut ended = ends.filter_map(|mark| string[end..].strip_prefix(mark));
        rest = ended.next().unwrap_or(string);
    }
    out.push_str(rest);
    out
}

/// Decodes the escapes of strings, at any depth of nesting, and HTML entities.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // the backslashes before the last ESC, which are doubled in `ESC \`
    let mut before_esc = usize::MAX;
    while let Some(first) = rest.chars().next() {
        match first {
            '\\' => {
                let tail = rest.trim_start_matches('\\');
                let backslashes = rest.len() - tail.len();
                let ends_string = out.ends_with('\u{1b}') && backslashes > before_esc;
                let (char, after) = match ends_string {
                    true if backslashes == 2 * before_esc => (None, tail),
                    _ => escape(tail),
                };
                out.push_str(if ends_string { "\\" } else { "" });
                out.extend(char);
                before_esc = backslashes;
                rest = after;
            }
            '&' => {
                let (char, after) = entity(rest);
                out.push(char);
                rest = after;
            }
            _ => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// Returns the character that an escape stands for, given the text after the backslashes.
fn escape(tail: &str) -> (Option<char>, &str) {
    let Some(first) = tail.chars().next() else {
        return (None, tail);
    };
    let after = &tail[first.len_utf8()..];
    let hex = |from: usize, length: usize| {
        let digits = tail.get(from..from + length)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        Some((
            Some(char::from_u32(number).unwrap_or(' ')),
            &tail[from + length..],
        ))
    };
    let decoded = match first {
        'n' | 'r' => Some((Some('\n'), after)),
        't' => Some((Some(' '), after)),
        'u' => hex(1, 4),
        'x' => hex(1, 2),
        _ => None,
    };
    decoded.unwrap_or((None, tail))
}

/// Returns the character that an HTML entity stands for, given the text from `&` on.
fn entity(text: &str) -> (char, &str) {
    let plain = ('&', &text[1..]);
    let end = text.bytes().take(LONGEST_ENTITY).position(|it| it == b';');
    let Some(end) = end else {
        return plain;
    };
    let (name, after) = (&text[1..end], &text[end + 1..]);
    let char = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "rsquo" | "lsquo" => '\'',
        "ldquo" | "rdquo" => '"',
        _ => {
            let number =
                name.strip_prefix('#')
                    .and_then(|number| match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok(),
                        None => number.parse().ok(),
                    });
            match number.and_then(char::from_u32) {
                Some(char) => char,
                None => return plain,
            }
        }
    };
    (char, after)
}

/// Removes colors and control characters, and replaces typographic marks and spaces by plain ones.
fn without_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\u{1b}' => {
                if chars.next_if_eq(&'[').is_some() {
                    while chars.next_if(|it| (' '..='?').contains(it)).is_some() {}
                    chars.next_if(|it| ('@'..='~').contains(it));
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            // UTF-16 that was read as bytes
            '\0' => {}
            '‘' | '’' | '′' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            _ if char.is_control() || char.is_whitespace() => out.push(' '),
            // zero-width characters and marks of direction
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            _ => out.push(char),
        }
    }
    out
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let start = after.trim_start_matches('/');
        let known = TAGS.iter().find(|(name, _)| {
            let found = start.get(..name.len());
            found.is_some_and(|it| it.eq_ignore_ascii_case(name))
                && start[name.len()..].starts_with([' ', '\n', '/', '>'])
        });
        rest = after;
        match known {
            Some((_, separates)) => match after.split_once('>') {
                Some((_, after)) => {
                    out.push_str(if *separates { " " } else { "" });
                    rest = after;
                }
                // nothing ends this tag, or a later one
                None => {
                    out.push('<');
                    break;
                }
            },
            None => out.push('<'),
        }
    }
    out.push_str(rest);
    out
}

/// Replaces Markdown links by their texts.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        rest = after;
        let open = before.rfind('[').filter(|_| after.starts_with("http"));
        match open.map(|open| (open, after.find(')'))) {
            Some((open, Some(end))) => {
                out.push_str(&before[..open]);
                out.push_str(&before[open + 1..]);
                rest = &after[end + 1..];
            }
            found => {
                out.push_str(before);
                out.push_str("](");
                // nothing ends this link, or a later one
                if found.is_some() {
                    break;
                }
            }
        }
    }
    out.push_str(rest);
    out
}

/// Removes backticks, and `**` around words; `**` between other characters is a mask.
fn without_marks(text: &str) -> String {
    let text = text.replace('`', "");
    let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once("**") {
        out.push_str(before);
        let opens = is_word(after.chars().next()) && !before.ends_with('*');
        let closing = after
            .match_indices("**")
            .next()
            .map(|(at, _)| &after[..at])
            .filter(|inside| opens && is_word(inside.chars().next_back()));
        let closing = closing.filter(|it| !after[it.len() + 2..].starts_with('*'));
        match closing {
            Some(inside) => {
                out.push_str(inside);
                rest = &after[inside.len() + 2..];
            }
            None => {
                out.push_str("**");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Removes the marks of quotations, comments and boxes before a line.
fn without_margin(line: &str) -> &str {
    let mut line = line.trim();
    loop {
        let rest = line.trim_start_matches(['>', '#', '│', '|', '┃', '╎', '⎿']);
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let rest = match rest.strip_prefix("* ") {
            // not the resource `*` before its reason
            Some(after) if !after.starts_with("because") && !after.starts_with("with") => after,
            _ => rest,
        };
        let rest = rest.trim_start();
        if rest == line {
            return line;
        }
        line = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappings_are_removed() {
        for (text, plain) in [
            (
                r#"{\"Message\":\"a\\nb \\\"c\\\"\"}"#,
                "{\"Message\":\"a\nb \"c\"\"}",
            ),
            ("a%20is%20not%20authorized%3A%20b", "a is not authorized: b"),
            ("not+authorized+%2B", "not authorized +"),
            ("100% of a%20b", "100% of a%20b"),
            (
                "&lt;acct&gt; &amp;quot;x&amp;quot; &#39;y&#x27; & z",
                "<acct> \"x\" 'y' & z",
            ),
            ("\u{1b}[31mred\u{1b}[0m \\u001b[1mbold", "red bold"),
            (
                "\u{1b}]0;title\u{7}a \u{1b}]8;;https://x.y\u{1b}\\text\u{1b}]8;;\u{1b}\\ b",
                "a text b",
            ),
            (
                r"\u001b]0;title\u0007a \u001b]8;;x\u001b\\text\u001b]8;;\u001b\\\u001b[0m\nb",
                "a text\nb",
            ),
            ("a\u{1b}]no end\nb", "ano end\nb"),
            ("isn’t “it”\u{200b}\u{a0}so", "isn't \"it\" so"),
            ("**bold** ** **:x arn::****:b", "bold ** **:x arn::****:b"),
            (
                "`code` [text](https://a.b/c) [NAME](x)",
                "code text [NAME](x)",
            ),
            ("<b>a</b><br/>b <account>", "a b <account>"),
            (
                "│ Error\n// > on\n# resource: \n* because",
                "Error\non\nresource:\n* because",
            ),
            ("  a  \r\n\r\n  b  ", "a\nb"),
            ("\\", ""),
            ("", ""),
        ] {
            assert_eq!(unwrapped(text), plain, "{text}");
        }
    }
}
