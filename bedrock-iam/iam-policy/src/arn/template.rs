//! ARN templates: the reference's ARN formats, such as `arn:${Partition}:…:agent/${AgentId}`,
//! parsed at compile time or at run time by the same parser.

use std::collections::BTreeSet;

use crate::arn::segment::{Place, Rules, Segment};

/// One piece of an ARN template.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text, including colons.
    Literal(&'static str),
    /// The partition.
    Partition,
    /// The region, which may be empty if [`Template::regionless`] is set.
    Region,
    /// The account id.
    Account,
    /// The placeholder with this index.
    Segment(usize),
    /// A `*` of the template itself: printed as `*`, parsed as any text up to the next delimiter.
    Any,
}

/// The ARN template of a resource type.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The resource type's name.
    pub name: &'static str,
    /// The pieces of the whole ARN, in order.
    pub pieces: &'static [Piece],
    /// The names of the placeholders.
    pub fields: &'static [&'static str],
    /// The delimiters that each placeholder allows.
    pub rules: &'static [Rules],
    /// The literal text right after the fifth colon; empty if a placeholder follows it.
    pub head: &'static str,
    /// Whether the region may be empty although the template has one: a global inference profile
    /// invokes `arn:aws:bedrock:::foundation-model/…`. Always set for facts from run-time JSON,
    /// which do not state it.
    pub regionless: bool,
}

/// The maximum number of placeholders in a template.
pub(super) const MAX_SEGMENTS: usize = 12;

impl Template {
    /// Parses the ARN format of facts from run-time JSON; `None` if the format is invalid.
    ///
    /// The service's formats decide which delimiters the placeholders allow. The template is
    /// leaked, like the facts themselves.
    #[must_use]
    pub fn leak(
        name: &'static str,
        format: &'static str,
        formats: &Formats,
    ) -> Option<&'static Self> {
        let mut parts = Parts::of(format);
        let (mut pieces, mut fields, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(part) = parts.next().ok()? {
            if let Part::Placeholder { start, end } = part {
                fields.push(&format[start..end]);
                rules.push(formats.rules(format, end + 1));
            }
            pieces.push(part.piece(format, fields.len()));
        }
        if fields.len() > MAX_SEGMENTS {
            return None;
        }
        let pieces: &[Piece] = pieces.leak();
        Some(Box::leak(Box::new(Self {
            name,
            pieces,
            fields: fields.leak(),
            rules: rules.leak(),
            head: head(pieces),
            regionless: true,
        })))
    }
}

/// The ARN formats of a service.
///
/// If no overlay states which delimiters the placeholders allow, the formats decide. This applies
/// to facts from run-time JSON and to crates generated from any page.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Formats {
    /// The formats without the names of their placeholders.
    nameless: BTreeSet<String>,
}

impl Formats {
    /// Creates the set from all formats of the service.
    pub fn new<'a>(formats: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            nameless: formats.into_iter().map(nameless).collect(),
        }
    }

    /// Returns the delimiters that a placeholder allows: all that keep the service's formats
    /// distinct.
    ///
    /// `end` is the offset after the placeholder. The last placeholder of a format allows `:` and
    /// `/`, as the object in `${BucketName}/${ObjectName}` does. It does not allow `/` if another
    /// format continues there with `/`: the placeholder of a bucket must not match an object. A `:`
    /// often starts a version or qualifier of the same resource, such as the `:*` of a log group.
    /// Any other placeholder allows `/` if a `:` follows it, and never the character after it.
    #[must_use]
    pub fn rules(&self, format: &str, end: usize) -> Rules {
        let next = format[end..].bytes().next();
        let delimiter = next.filter(|byte| !matches!(byte, b':' | b'/' | b'*' | b'$' | b'{'));
        Rules {
            colon: next.is_none(),
            slash: match next {
                None => !self.go_on(nameless(format) + "/"),
                Some(byte) => byte != b'/' && delimiter.is_none(),
            },
            delimiter,
        }
    }

    /// Returns whether another format begins with this text.
    fn go_on(&self, start: String) -> bool {
        let after = self.nameless.range(start.clone()..).next();
        after.is_some_and(|format| format.starts_with(&start))
    }
}

/// Removes the names of a format's placeholders.
fn nameless(format: &str) -> String {
    let mut rest = format;
    let mut text = String::with_capacity(format.len());
    while let Some((literal, tail)) = rest.split_once('{') {
        text.push_str(literal.strip_suffix('$').unwrap_or(literal));
        text.push_str("${}");
        rest = tail.split_once('}').map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// A part of an ARN format, by its position in the text, in bytes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Literal { start: usize, end: usize },
    /// The partition.
    Partition,
    /// The region.
    Region,
    /// The account.
    Account,
    /// Any other placeholder, by the position of its name.
    Placeholder { start: usize, end: usize },
    /// A `*`.
    Any,
}

impl Part {
    /// Returns the piece of a template; `placeholders` is their number up to and including this
    /// one.
    const fn piece(self, format: &'static str, placeholders: usize) -> Piece {
        match self {
            Self::Literal { start, end } => Piece::Literal(slice(format, start, end)),
            Self::Partition => Piece::Partition,
            Self::Region => Piece::Region,
            Self::Account => Piece::Account,
            Self::Placeholder { .. } => Piece::Segment(placeholders - 1),
            Self::Any => Piece::Any,
        }
    }
}

/// The reason why an ARN format is invalid.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatFault {
    /// It does not begin with `arn:`.
    NoArn,
    /// It has this number of fields instead of six, or an empty sixth one.
    Fields(usize),
    /// A malformed placeholder begins at this byte; expected one such as `${Name}`.
    Placeholder(usize),
    /// White space, a control character or a non-ASCII character is at this byte.
    Sign(usize),
}

/// The parts of an ARN format, in order.
///
/// A placeholder that fills the whole second, fourth or fifth field is the partition, region or
/// account, whatever its name (HealthLake writes `${AccountId}`). A leading `^` is dropped, because
/// some pages state a regular expression. Some pages write `{Name}` for `${Name}`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    format: &'a str,
    at: usize,
    /// The number of colons before `at`, at most five.
    colons: usize,
    /// The offset after the last of these colons.
    field: usize,
}

impl<'a> Parts<'a> {
    /// Starts at the beginning of a format.
    #[must_use]
    pub const fn of(format: &'a str) -> Self {
        let at = matches!(format.as_bytes(), [b'^', ..]) as usize;
        Self {
            format,
            at,
            colons: 0,
            field: at,
        }
    }

    /// Returns the next part; `None` at the end.
    ///
    /// # Errors
    /// Returns [`FormatFault`] if the format is not an ARN format.
    #[allow(
        clippy::should_implement_trait,
        reason = "iterators can't be used in const functions"
    )]
    pub const fn next(&mut self) -> Result<Option<Part>, FormatFault> {
        let text = self.format.as_bytes();
        let start = self.at;
        if start <= 1 && !matches!(text.split_at(start).1, [b'a', b'r', b'n', b':', ..]) {
            return Err(FormatFault::NoArn);
        }
        if start == text.len() {
            return match self.colons {
                5 if self.field < text.len() => Ok(None),
                colons => Err(FormatFault::Fields(colons + 1)),
            };
        }
        match text[start] {
            b'$' | b'{' | b'}' => self.placeholder(),
            b'*' => {
                self.at += 1;
                Ok(Some(Part::Any))
            }
            _ => {
                let (mut end, length) = (start, text.len());
                while end < length {
                    match text[end] {
                        b'$' | b'{' | b'}' | b'*' => break,
                        b':' if self.colons < 5 => {
                            self.colons += 1;
                            self.field = end + 1;
                        }
                        b'!'..=b'~' => {}
                        _ => return Err(FormatFault::Sign(end)),
                    }
                    end += 1;
                }
                self.at = end;
                Ok(Some(Part::Literal { start, end }))
            }
        }
    }

    const fn placeholder(&mut self) -> Result<Option<Part>, FormatFault> {
        let text = self.format.as_bytes();
        let open = self.at;
        let start = match text.split_at(open).1 {
            [b'$', b'{', ..] => open + 2,
            [b'{', ..] => open + 1,
            _ => return Err(FormatFault::Placeholder(open)),
        };
        let mut end = start;
        while end < text.len() && text[end] != b'}' {
            if !text[end].is_ascii_alphanumeric()
                && !matches!(text[end], b'_' | b'-' | b'.' | b' ' | b'/')
            {
                return Err(FormatFault::Placeholder(open));
            }
            end += 1;
        }
        if end == text.len() || end == start {
            return Err(FormatFault::Placeholder(open));
        }
        self.at = end + 1;
        let whole = text[open - 1] == b':' && self.at < text.len() && text[self.at] == b':';
        Ok(Some(match self.colons {
            1 if whole => Part::Partition,
            3 if whole => Part::Region,
            4 if whole => Part::Account,
            _ => Part::Placeholder { start, end },
        }))
    }
}

/// The maximum number of pieces in a format.
const MAX_PIECES: usize = 40;

/// The pieces of a format, parsed at compile time.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Pieces {
    pieces: [Piece; MAX_PIECES],
    count: usize,
}

impl Pieces {
    /// Parses a format whose placeholders have these names.
    ///
    /// # Panics
    /// Panics if the format is invalid or its placeholders have other names, or are too many; at
    /// compile time that is an error.
    #[must_use]
    pub const fn of(format: &'static str, names: &[&str]) -> Self {
        let mut parts = Parts::of(format);
        let mut pieces = [Piece::Any; MAX_PIECES];
        let (mut count, mut placeholders) = (0, 0);
        while let Some(part) = part(&mut parts) {
            if let Part::Placeholder { start, end } = part {
                assert!(
                    placeholders < names.len()
                        && same(
                            slice(format, start, end).as_bytes(),
                            names[placeholders].as_bytes()
                        ),
                    "each placeholder must have a field of its name"
                );
                placeholders += 1;
            }
            pieces[count] = part.piece(format, placeholders);
            count += 1;
        }
        assert!(
            placeholders == names.len() && placeholders <= MAX_SEGMENTS,
            "each field must have a placeholder, 12 at most"
        );
        Self { pieces, count }
    }

    /// Returns the pieces.
    #[must_use]
    pub const fn as_slice(&self) -> &[Piece] {
        self.pieces.split_at(self.count).0
    }
}

const fn part(parts: &mut Parts<'_>) -> Option<Part> {
    match parts.next() {
        Ok(part) => part,
        Err(_) => panic!("not an ARN format"),
    }
}

const fn slice(text: &str, start: usize, end: usize) -> &str {
    text.split_at(end).0.split_at(start).1
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let length = one.len();
    let mut at = 0;
    while at < length && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == length && at == other.len()
}

/// Returns whether the pieces contain the partition, region or account that `wanted` is.
pub(super) const fn has(pieces: &[Piece], wanted: Piece) -> bool {
    let mut rest = pieces;
    while let [first, tail @ ..] = rest {
        if matches!(
            (*first, wanted),
            (Piece::Partition, Piece::Partition)
                | (Piece::Region, Piece::Region)
                | (Piece::Account, Piece::Account)
        ) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Returns the delimiters that a field's place allows, inferred from the field's type.
#[doc(hidden)]
#[must_use]
pub const fn rules_of<R, P: Place>(_field: fn(&R) -> &Segment<P>) -> Rules {
    P::RULES
}

/// Returns the literal text right after an ARN's fifth colon, which distinguishes most resource
/// types; empty if a placeholder is there.
#[doc(hidden)]
#[must_use]
pub const fn head(pieces: &[Piece]) -> &'static str {
    let mut colons = 0;
    let mut rest = pieces;
    while let [first, tail @ ..] = rest {
        if let Piece::Literal(text) = *first {
            let (bytes, length) = (text.as_bytes(), text.len());
            let mut at = 0;
            while at < length {
                if bytes[at] == b':' {
                    colons += 1;
                    if colons == 5 {
                        return text.split_at(at + 1).1;
                    }
                }
                at += 1;
            }
        }
        rest = tail;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Account, Any, Literal, Partition, Region};

    fn leak(format: &'static str) -> Option<&'static Template> {
        Template::leak("tree", format, &Formats::new([format]))
    }

    #[test]
    fn placeholders_allow_delimiters_that_keep_formats_distinct() {
        const BUCKET: &str = "arn:${Partition}:s:::${Bucket}";
        const OBJECT: &str = "arn:${Partition}:s:::${BucketName}/${ObjectName}";
        const BRANCH: &str = "arn:a:s:::tree:${Tree}:${Branch}";
        const ROW: &str = "arn:a:s:::row:${Row}+${Tree}";
        let formats = Formats::new([BUCKET, OBJECT, BRANCH, ROW]);
        let rules = |format: &str| {
            let ends = format.match_indices('}').map(|(at, _)| at + 1);
            let all = ends.filter(|end| *end > "arn:${Partition}".len());
            let all = all.map(|end| formats.rules(format, end));
            let all = all.map(|it| (it.colon, it.slash, it.delimiter));
            all.collect::<Vec<_>>()
        };
        assert_eq!(rules(BUCKET), [(true, false, None)]);
        assert_eq!(rules(OBJECT), [(false, false, None), (true, true, None)]);
        assert_eq!(rules(BRANCH), [(false, true, None), (true, true, None)]);
        assert_eq!(rules(ROW), [(false, false, Some(b'+')), (true, true, None)]);
    }

    #[test]
    fn partition_region_and_account_are_recognized_by_their_field() {
        const FORMAT: &str =
            "arn:${Partition}:fruit:${Region}:${AccountId}:tree/${TreeId}+${Branch}";
        const PIECES: Pieces = Pieces::of(FORMAT, &["TreeId", "Branch"]);
        let expected = [
            Literal("arn:"),
            Partition,
            Literal(":fruit:"),
            Region,
            Literal(":"),
            Account,
            Literal(":tree/"),
            Piece::Segment(0),
            Literal("+"),
            Piece::Segment(1),
        ];
        assert_eq!(PIECES.as_slice(), expected);
        let template = leak(FORMAT).unwrap();
        assert_eq!(template.pieces, expected);
        assert_eq!(template.fields, ["TreeId", "Branch"]);
        assert_eq!(template.head, "tree/");
        let delimiters: Vec<_> = template.rules.iter().map(|it| it.delimiter).collect();
        assert_eq!(delimiters, [Some(b'+'), None]);
    }

    #[test]
    fn fixed_fields_and_a_placeholder_for_the_service_are_accepted() {
        let format = "^arn:${Partition}:${Vendor}:us-west-2:*:${Kind}:${Id}";
        let expected = [
            Literal("arn:"),
            Partition,
            Literal(":"),
            Piece::Segment(0),
            Literal(":us-west-2:"),
            Any,
            Literal(":"),
            Piece::Segment(1),
            Literal(":"),
            Piece::Segment(2),
        ];
        let template = leak(format).unwrap();
        assert_eq!((template.pieces, template.head), (&expected[..], ""));
    }

    #[test]
    fn a_placeholder_that_does_not_fill_its_field_is_a_segment() {
        let template = leak("arn:aws-${P}:s:r${R}:${A}-b:${Account}:").unwrap();
        assert_eq!(template.fields, ["P", "R", "A", "Account"]);
    }

    #[test]
    fn placeholders_may_lack_their_dollar_sign() {
        const BARE: &str = "arn:{Partition}:s:${Region}:{Account}:x/{Date-Y.m}{Id}/${Id2}";
        const DOLLARS: &str = "arn:${Partition}:s:${Region}:${Account}:x/${Date-Y.m}${Id}/${Id2}";
        let [bare, dollars] = [BARE, DOLLARS].map(|format| leak(format).unwrap());
        assert_eq!(bare.fields, ["Date-Y.m", "Id", "Id2"]);
        assert_eq!(bare.pieces, dollars.pieces);
        let rules = |it: &Template| format!("{:?}", it.rules);
        assert_eq!(rules(bare), rules(dollars));
        assert_eq!(nameless(BARE), nameless(DOLLARS));
    }

    #[test]
    fn invalid_formats_are_refused() {
        use FormatFault::{Fields, NoArn, Placeholder, Sign};
        for (format, fault) in [
            ("", NoArn),
            ("tree", NoArn),
            ("^tree", NoArn),
            ("^", NoArn),
            ("arn:${Partition}:fruit", Fields(3)),
            ("arn:a:b:c:d:", Fields(6)),
            ("arn:a:b:c:${D:e}:", Placeholder(10)),
            ("arn:${Partition:fruit:::tree", Placeholder(4)),
            ("arn:a:b:c:d:${}", Placeholder(12)),
            ("arn:a:b:c:d:$", Placeholder(12)),
            ("arn:a:b:c:d:{x", Placeholder(12)),
            ("arn:a:b:c:d:}", Placeholder(12)),
            ("arn:a:b:c:d:x y", Sign(13)),
            ("arn:a:b:c:d:é", Sign(12)),
        ] {
            assert!(leak(format).is_none(), "{format}");
            let mut parts = Parts::of(format);
            let found = loop {
                match parts.next() {
                    Ok(Some(_)) => {}
                    other => break other,
                }
            };
            assert_eq!(found, Err(fault), "{format}");
        }
        let many = (0..=MAX_SEGMENTS).map(|index| format!("/${{P{index}}}"));
        let many = format!("arn:a:b:c:d:x{}", many.collect::<String>());
        assert!(leak(many.leak()).is_none());
    }
}
