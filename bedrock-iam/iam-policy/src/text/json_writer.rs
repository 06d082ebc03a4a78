//! Writing JSON, compact or indented.

/// A writer of one JSON document, part by part.
#[derive(Debug)]
pub(crate) struct Writer {
    out: String,
    /// The nesting depth; `None` for compact output.
    depth: Option<usize>,
    /// Whether the next element is the first one of the open object or array.
    first: bool,
}

impl Writer {
    pub(crate) fn compact() -> Self {
        Self::new(None)
    }

    pub(crate) fn pretty() -> Self {
        Self::new(Some(0))
    }

    fn new(depth: Option<usize>) -> Self {
        Self {
            out: String::with_capacity(512),
            depth,
            first: true,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Writes an object, whose members the closure writes.
    pub(crate) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.nested('{', '}', members);
    }

    /// Writes an array, whose elements the closure writes, each after [`element`](Self::element).
    pub(crate) fn array(&mut self, elements: impl FnOnce(&mut Self)) {
        self.nested('[', ']', elements);
    }

    fn nested(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.out.push(open);
        self.first = true;
        self.depth = self.depth.map(|depth| depth + 1);
        inside(self);
        self.depth = self.depth.map(|depth| depth - 1);
        // empty: both brackets stay on one line
        if !self.first {
            self.line();
        }
        self.first = false;
        self.out.push(close);
    }

    /// Begins the next element.
    pub(crate) fn element(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        self.line();
    }

    /// Begins the next member, whose key is the concatenation of these parts.
    pub(crate) fn key(&mut self, parts: &[&str]) {
        self.element();
        self.out.push('"');
        for part in parts {
            self.escaped(part);
        }
        self.out
            .push_str(if self.depth.is_some() { "\": " } else { "\":" });
    }

    /// Begins the next member, whose key needs no escapes.
    pub(crate) fn plain_key(&mut self, key: &str) {
        self.element();
        self.out.push('"');
        self.out.push_str(key);
        self.out
            .push_str(if self.depth.is_some() { "\": " } else { "\":" });
    }

    /// Writes a word without quotes: `true`, `null` or a number.
    pub(crate) fn literal(&mut self, word: &str) {
        self.out.push_str(word);
    }

    /// Writes a string.
    pub(crate) fn string(&mut self, text: &str) {
        self.out.push('"');
        self.escaped(text);
        self.out.push('"');
    }

    /// Writes one text as a string, and any other number of texts as an array.
    pub(crate) fn one_or_many<T: AsRef<str>>(&mut self, texts: &[T]) {
        match texts {
            [one] => self.string(one.as_ref()),
            texts => self.array(|writer| {
                for text in texts {
                    writer.element();
                    writer.string(text.as_ref());
                }
            }),
        }
    }

    fn line(&mut self) {
        if let Some(depth) = self.depth {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str("  ");
            }
        }
    }

    fn escaped(&mut self, text: &str) {
        // most texts need no escapes; without an early exit the test is vectorized
        let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        if !text.bytes().fold(false, |any, byte| any | is_special(byte)) {
            self.out.push_str(text);
            return;
        }
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..=0x1f => "",
                _ => continue,
            };
            self.out.push_str(&text[start..at]);
            if escape.is_empty() {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                self.out.push_str("\\u00");
                self.out.push(DIGITS[usize::from(byte >> 4)] as char);
                self.out.push(DIGITS[usize::from(byte & 15)] as char);
            } else {
                self.out.push_str(escape);
            }
            start = at + 1;
        }
        self.out.push_str(&text[start..]);
    }
}

/// Returns the size of a document as IAM counts it: in characters other than white space.
pub(crate) fn size(document: &str) -> usize {
    let counts = |char: &char| !char.is_whitespace();
    document.chars().filter(counts).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(mut writer: Writer) -> String {
        writer.object(|writer| {
            writer.key(&["a", "\"b"]);
            writer.one_or_many(&["x\\\u{1}\n\té"]);
            writer.key(&["none"]);
            writer.one_or_many::<&str>(&[]);
            writer.key(&["empty"]);
            writer.object(|_| {});
            writer.key(&["list"]);
            writer.one_or_many(&["1", "2"]);
        });
        writer.finish()
    }

    #[test]
    fn compact_and_pretty_output_have_the_same_value() {
        let compact = sample(Writer::compact());
        assert_eq!(
            compact,
            "{\"a\\\"b\":\"x\\\\\\u0001\\n\\té\",\"none\":[],\"empty\":{},\"list\":[\"1\",\"2\"]}"
        );
        let pretty = sample(Writer::pretty());
        assert_eq!(pretty.lines().nth(4), Some("  \"list\": ["));
        let value: serde_json::Value = serde_json::from_str(&pretty).unwrap();
        assert_eq!(
            value,
            serde_json::from_str::<serde_json::Value>(&compact).unwrap()
        );
    }
}
