//! Where in a JSON text the value of a path stands.

use std::ops::Range;

/// The bytes of what a path leads to: a value, or the name of a member whose value is an object or
/// list. As far as the path goes; the text is JSON that was read before.
pub(super) fn span(text: &str, path: &str) -> Range<usize> {
    let mut walk = Walk {
        text: text.as_bytes(),
        at: 0,
    };
    walk.space();
    let start = walk.at;
    let first = start..(start + 1).min(text.len());
    walk.find(path, first)
}

struct Walk<'a> {
    text: &'a [u8],
    at: usize,
}

impl Walk<'_> {
    fn byte(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while self.byte().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// The span of the rest of a path in the value that begins here; `shown` is what stands for the
    /// value if it is long.
    fn find(&mut self, path: &str, shown: Range<usize>) -> Range<usize> {
        let (mut path, mut shown) = (path, shown);
        loop {
            self.space();
            let start = self.at;
            if path.is_empty() {
                let compound = matches!(self.byte(), b'{' | b'[');
                self.skip();
                return if compound { shown } else { start..self.at };
            }
            let found = match self.byte() {
                b'{' => self.member(path.strip_prefix('.').unwrap_or(path)),
                b'[' => self.entry(path),
                _ => None,
            };
            match found {
                Some((rest, span)) => (path, shown) = (rest, span),
                None => return shown,
            }
        }
    }

    /// Goes to the member that a path begins with: the longest name that fits.
    fn member<'p>(&mut self, path: &'p str) -> Option<(&'p str, Range<usize>)> {
        self.at += 1;
        let mut best: Option<(usize, Range<usize>, usize)> = None;
        loop {
            self.space();
            if self.byte() != b'"' {
                break;
            }
            let start = self.at;
            self.skip();
            let span = start..self.at;
            let name: String = serde_json::from_slice(&self.text[span.clone()]).unwrap_or_default();
            self.space();
            self.at += 1;
            self.space();
            let rest = path.strip_prefix(name.as_str());
            let ends = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
            if ends
                && best
                    .as_ref()
                    .is_none_or(|(length, ..)| name.len() > *length)
            {
                best = Some((name.len(), span, self.at));
            }
            self.skip();
            self.space();
            if self.byte() != b',' {
                break;
            }
            self.at += 1;
        }
        let (length, span, value) = best?;
        self.at = value;
        Some((&path[length..], span))
    }

    /// Goes to the entry of a list that a path begins with.
    fn entry<'p>(&mut self, path: &'p str) -> Option<(&'p str, Range<usize>)> {
        let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
        let index: usize = index.parse().ok()?;
        self.at += 1;
        for _ in 0..index {
            self.skip();
            self.space();
            if self.byte() != b',' {
                return None;
            }
            self.at += 1;
        }
        self.space();
        Some((rest, self.at..self.at + 1))
    }

    /// Goes behind the value that begins here.
    fn skip(&mut self) {
        self.space();
        let mut depth = 0_usize;
        loop {
            match self.byte() {
                b'"' => {
                    self.at += 1;
                    while self.at < self.text.len() && self.byte() != b'"' {
                        self.at += 1 + usize::from(self.byte() == b'\\');
                    }
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if self.at >= self.text.len() {
                self.at = self.text.len();
                return;
            }
            let plain = !matches!(self.byte(), b'"' | b'{' | b'[' | b'}' | b']' | b',' | b':');
            self.at += 1;
            let next = self.byte();
            let ended = !plain
                || next.is_ascii_whitespace()
                || matches!(next, b',' | b'}' | b']' | b':' | 0);
            if depth == 0 && ended {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_values() {
        let text = r#" {"Statement" : [ 1, {"Action": ["a:B", "c\"]:D"], "Condition": {"Bool": {"aws:x.y": true, "aws:x": "z"}}}]}"#;
        for (path, found) in [
            ("", "{"),
            ("Statement", "\"Statement\""),
            ("Statement[0]", "1"),
            ("Statement[1]", "{"),
            ("Statement[1].Action", "\"Action\""),
            ("Statement[1].Action[1]", "\"c\\\"]:D\""),
            ("Statement[1].Condition.Bool.aws:x.y", "true"),
            ("Statement[1].Condition.Bool.aws:x", "\"z\""),
            ("Statement[1].Nothing", "{"),
            ("Statement[7].Nothing", "\"Statement\""),
        ] {
            assert_eq!(&text[span(text, path)], found, "{path}");
        }
        for broken in ["", "{", "{\"a", "[", "{\"a\":", "é"] {
            let _ = span(broken, "a[3].b");
        }
    }
}
