//! ARN templates, taken apart while compiling.

use crate::arn::segment::{Place, Rules, Segment};

/// One piece of an ARN template.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands as it is, colons included.
    Literal(&'static str),
    /// The partition.
    Partition,
    /// The region; it may be empty.
    Region,
    /// The account id.
    Account,
    /// The placeholder with this index.
    Segment(usize),
    /// A `*` of the template itself: printed so, read as anything up to the next delimiter.
    Any,
}

/// What is known of a resource type's ARNs.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The resource type's name.
    pub name: &'static str,
    /// The pieces in order: they cover the whole ARN.
    pub pieces: &'static [Piece],
    /// The names of the fields that the placeholders fill.
    pub fields: &'static [&'static str],
    /// What each of them can't hold.
    pub rules: &'static [Rules],
    /// The literal text after the fifth colon, if there is one right after it.
    pub head: &'static str,
    /// Whether the region may be left out although the template has one: a global inference
    /// profile invokes `arn:aws:bedrock:::foundation-model/…`.
    pub regionless: bool,
}

/// The most placeholders that a template can have; `arn_resource!` asserts it.
#[doc(hidden)]
pub const MAX_SEGMENTS: usize = 12;

impl Template {
    /// Asserts what the reader relies on.
    #[must_use]
    pub const fn checked(self) -> Self {
        assert!(
            self.fields.len() <= MAX_SEGMENTS,
            "a template has 12 placeholders at most"
        );
        let mut at = 0;
        while at < self.pieces.len() {
            if let Piece::Segment(index) = self.pieces[at] {
                assert!(index < self.fields.len(), "each placeholder has its field");
            }
            at += 1;
        }
        self
    }
}

/// Whether the pieces have this one (a place field, not a literal or segment).
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

/// The rules of a field's place, found through the field's type.
#[doc(hidden)]
#[must_use]
pub const fn rules_of<R, P: Place>(_field: fn(&R) -> &Segment<P>) -> Rules {
    P::RULES
}

/// The literal text right after an ARN's fifth colon: what tells most resource types apart.
/// Empty where a placeholder stands there.
#[doc(hidden)]
#[must_use]
pub const fn head(pieces: &[Piece]) -> &'static str {
    let mut colons = 0;
    let mut rest = pieces;
    while let [first, tail @ ..] = rest {
        if let Piece::Literal(text) = *first {
            let mut at = 0;
            while at < text.len() {
                if text.as_bytes()[at] == b':' {
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

    #[test]
    fn heads() {
        use Piece::{Account, Literal, Partition, Region};
        let model = [
            Literal("arn:"),
            Partition,
            Literal(":bedrock:"),
            Region,
            Literal("::model/"),
            Piece::Segment(0),
        ];
        assert_eq!(head(&model), "model/");
        let queue = [
            Literal("arn:"),
            Partition,
            Literal(":sqs:"),
            Region,
            Literal(":"),
            Account,
            Literal(":"),
            Piece::Segment(0),
        ];
        assert_eq!(head(&queue), "");
    }
}
