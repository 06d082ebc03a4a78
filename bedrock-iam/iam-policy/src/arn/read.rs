//! Parsing of concrete ARNs by the template of their type.
//!
//! The reader walks the template's pieces and finds the end of each placeholder; [`Segment::parse`]
//! then checks its value. A placeholder that can't contain the delimiter after it ends at the first
//! one. If it can, it takes the longest value with which the rest of the text matches.

use crate::arn::segment::{Place, Rules, Segment, SegmentError};
use crate::arn::site::{AccountId, Partition, Region, Scope, Site};

use super::template::MAX_SEGMENTS;
use super::{Arn, ArnError, ArnFault, Piece, Resource, Template};

/// The values found for a template's placeholders, in order.
#[doc(hidden)]
#[derive(Debug)]
pub struct Segments<'a> {
    texts: [&'a str; MAX_SEGMENTS],
    next: usize,
}

impl Segments<'_> {
    /// Returns the next segment.
    ///
    /// # Errors
    ///
    /// Returns [`SegmentError`] if the value is not allowed there.
    pub fn take<P: Place>(&mut self) -> Result<Segment<P>, SegmentError> {
        let text = self.texts.get(self.next).copied().unwrap_or_default();
        let segment = Segment::parse(text)?;
        self.next += 1;
        Ok(segment)
    }
}

/// Parses an ARN of one type.
pub(super) fn read<R: Resource>(text: &str) -> Result<Arn<R>, ArnError> {
    let mut reader = Reader::new(text, &R::TEMPLATE);
    if !reader.fits(R::TEMPLATE.pieces, 0) {
        return Err(ArnError::new(
            text,
            R::TEMPLATE.name,
            reader.missed_at,
            reader.missed,
        ));
    }
    let site = reader.site();
    let mut segments = Segments {
        texts: reader.texts,
        next: 0,
    };
    match R::from_segments(&mut segments) {
        Ok(resource) => Ok(Arn { resource, site }),
        Err(error) => {
            let field = R::TEMPLATE
                .fields
                .get(segments.next)
                .copied()
                .unwrap_or_default();
            let found = segments.texts.get(segments.next).copied().unwrap_or(text);
            // `found` is a slice of `text`, so the difference of their addresses is its position.
            let at = found.as_ptr() as usize - text.as_ptr() as usize + error.at();
            Err(ArnError::new(
                text,
                R::TEMPLATE.name,
                at,
                ArnFault::Segment { field, error },
            ))
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    template: &'static Template,
    partition: Scope<Partition>,
    region: Scope<Region>,
    account: Scope<AccountId>,
    texts: [&'a str; MAX_SEGMENTS],
    /// The furthest position at which the text differed from the template, and how.
    missed_at: usize,
    missed: ArnFault,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, template: &'static Template) -> Self {
        Self {
            text,
            template,
            partition: Scope::None,
            region: Scope::None,
            account: Scope::None,
            // Empty slices of `text`, so that their addresses stay comparable.
            texts: [&text[..0]; MAX_SEGMENTS],
            missed_at: 0,
            missed: ArnFault::End,
        }
    }

    fn site(&self) -> Site {
        Site::of(self.partition, self.region, self.account)
    }

    fn miss(&mut self, at: usize, fault: ArnFault) -> bool {
        if at >= self.missed_at {
            (self.missed_at, self.missed) = (at, fault);
        }
        false
    }

    /// Returns whether the pieces match the text from `at` on.
    fn fits(&mut self, mut pieces: &'static [Piece], mut at: usize) -> bool {
        while let [piece, rest @ ..] = pieces {
            let tail = &self.text[at..];
            at += match *piece {
                Piece::Literal(literal) => {
                    if !tail.as_bytes().starts_with(literal.as_bytes()) {
                        return self.miss(at, ArnFault::Literal(literal));
                    }
                    literal.len()
                }
                Piece::Partition => {
                    let field = up_to_colon(tail);
                    let Some(partition) = Partition::find(field) else {
                        return self.miss(at, ArnFault::Partition);
                    };
                    self.partition = Scope::One(partition);
                    field.len()
                }
                Piece::Region => {
                    let field = up_to_colon(tail);
                    self.region = match Region::find(field) {
                        Some(region) => Scope::One(region),
                        None if field.is_empty() => Scope::None,
                        None => return self.miss(at, ArnFault::Region),
                    };
                    field.len()
                }
                Piece::Account => {
                    let field = up_to_colon(tail);
                    let account = match AccountId::find(field) {
                        None if field == "aws" => AccountId::AWS,
                        Some(account) => account,
                        None => return self.miss(at, ArnFault::Account),
                    };
                    self.account = Scope::One(account);
                    field.len()
                }
                Piece::Segment(index) => return self.fits_segment(Some(index), rest, at),
                Piece::Any => return self.fits_segment(None, rest, at),
            };
            pieces = rest;
        }
        at == self.text.len() || self.miss(at, ArnFault::End)
    }

    /// Returns whether a placeholder and the pieces after it match; tries the longest value first.
    fn fits_segment(&mut self, index: Option<usize>, rest: &'static [Piece], at: usize) -> bool {
        const ANY: Rules = Rules {
            colon: false,
            slash: false,
            delimiter: None,
        };
        let rules = index
            .and_then(|index| self.template.rules.get(index))
            .copied()
            .unwrap_or(ANY);
        let tail = &self.text[at..];
        let Some(next) = rest.first() else {
            // The last placeholder takes the rest; `Segment::parse` reports what is not allowed in
            // it.
            return self.keep(index, tail) || self.miss(at, ArnFault::End);
        };
        let end = tail
            .bytes()
            .position(|byte| rules.stops(byte))
            .unwrap_or(tail.len());
        let literal = match *next {
            Piece::Literal(literal) => literal,
            _ => "",
        };
        let stops = literal.bytes().next().is_some_and(|byte| rules.stops(byte));
        let mut taken = end;
        loop {
            if tail.as_bytes()[taken..].starts_with(literal.as_bytes())
                && tail.is_char_boundary(taken)
                && (taken > 0 || stops)
                && self.keep(index, &tail[..taken])
                && self.fits(rest, at + taken)
            {
                return true;
            }
            if stops || taken <= 1 {
                return self.miss(at + end, ArnFault::Literal(literal));
            }
            taken -= 1;
        }
    }

    /// Stores the value of a placeholder. A `*` of the template matches any plain text and stores
    /// none.
    fn keep(&mut self, index: Option<usize>, text: &'a str) -> bool {
        match index.and_then(|index| self.texts.get_mut(index)) {
            Some(slot) => *slot = text,
            None => return !text.is_empty() && !text.contains(['*', '?']),
        }
        true
    }
}

fn up_to_colon(text: &str) -> &str {
    let end = text
        .bytes()
        .position(|byte| byte == b':')
        .unwrap_or(text.len());
    &text[..end]
}
