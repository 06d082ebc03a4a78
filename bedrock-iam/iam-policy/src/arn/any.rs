//! Reading an ARN whose resource type is not known.

use super::{ArnError, ArnFault, Template, fields};

/// A type that an ARN may be of.
#[doc(hidden)]
#[derive(Debug)]
pub struct Candidate<A> {
    /// The first eight bytes of the template's head, and which of them count.
    start: u64,
    mask: u64,
    head: &'static str,
    read: fn(&str) -> Result<A, ArnError>,
}

impl<A> Candidate<A> {
    /// The type with this template, and how an ARN is read as it.
    #[must_use]
    pub const fn new(template: &Template, read: fn(&str) -> Result<A, ArnError>) -> Self {
        let head = template.head;
        let mask = match head.len() {
            0 => 0,
            length @ 1..8 => u64::MAX >> (64 - 8 * length),
            _ => u64::MAX,
        };
        Self {
            start: first_eight(head),
            mask,
            head,
            read,
        }
    }
}

/// Every type that the ARN fits; types that have left the reference where no other does.
///
/// # Errors
///
/// [`ArnError`] where none fits.
#[doc(hidden)]
pub fn read_any<A>(
    text: &str,
    service: &'static str,
    candidates: &[Candidate<A>],
    removed: &[Candidate<A>],
) -> Result<Vec<A>, ArnError> {
    let error = match fitting(text, candidates) {
        Ok(found) => return Ok(found),
        Err(error) => error,
    };
    fitting(text, removed)
        .map_err(|_| error.unwrap_or_else(|| ArnError::new(text, service, 0, ArnFault::NoType)))
}

/// The candidates that the ARN fits; the error of the one that was tried if none does.
///
/// Only types whose template goes on after the fifth colon as the text does are tried: few. One
/// comparison of eight bytes rules out most of the others.
fn fitting<A>(text: &str, candidates: &[Candidate<A>]) -> Result<Vec<A>, Option<ArnError>> {
    let resource = fields::resource(text);
    let start = first_eight(resource);
    let mut found = Vec::new();
    let (mut error, mut tried) = (None, 0);
    for candidate in candidates {
        if (start ^ candidate.start) & candidate.mask != 0 || !resource.starts_with(candidate.head)
        {
            continue;
        }
        tried += 1;
        match (candidate.read)(text) {
            Ok(arn) if found.is_empty() => found = vec![arn],
            Ok(arn) => found.push(arn),
            Err(other) => error = Some(other),
        }
    }
    if found.is_empty() {
        return Err(error.filter(|_| tried == 1));
    }
    Ok(found)
}

/// The first eight bytes of a text, as one number; zeroes where it is shorter.
const fn first_eight(text: &str) -> u64 {
    match text.as_bytes().first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => {
            let (mut number, mut at) = (0, text.len());
            while at > 0 {
                at -= 1;
                number = number << 8 | text.as_bytes()[at] as u64;
            }
            number
        }
    }
}
