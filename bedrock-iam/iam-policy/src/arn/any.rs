//! Parsing of ARNs of unknown resource type.

use super::{ArnError, ArnFault, Template, fields};

/// A resource type that [`read_any`] tries.
#[doc(hidden)]
#[derive(Debug)]
pub struct Candidate<A> {
    /// The first eight bytes of the template's head, and a mask of those that it has.
    start: u64,
    mask: u64,
    head: &'static str,
    read: fn(&str) -> Result<A, ArnError>,
}

impl<A> Candidate<A> {
    /// Creates a candidate from its template and the function that parses its ARNs.
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

/// Parses an ARN as every type whose template matches it.
///
/// Removed types are tried only if no other type matches.
///
/// # Errors
///
/// Returns [`ArnError`] if no template matches.
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

/// A function that parses ARNs of a service, with the service's prefix.
#[doc(hidden)]
pub type Reader<A> = (&'static str, fn(&str) -> Result<Vec<A>, ArnError>);

/// Parses an ARN as every type of several services.
///
/// # Errors
///
/// Returns [`ArnError`] if no type matches: the error of the service that the ARN names, if it is one
/// of them.
#[doc(hidden)]
pub fn read_any_of<A>(text: &str, readers: &[Reader<A>]) -> Result<Vec<A>, ArnError> {
    let (mut found, mut error) = (Vec::new(), None);
    for (service, read) in readers {
        match read(text) {
            Ok(arns) => found.extend(arns),
            Err(of_service) if text.split(':').nth(2) == Some(service) => error = Some(of_service),
            Err(_) => {}
        }
    }
    if found.is_empty() {
        let service = "the enabled modules";
        return Err(error.unwrap_or_else(|| ArnError::new(text, service, 0, ArnFault::NoType)));
    }
    Ok(found)
}

/// Returns the ARN as each matching candidate; without a match, the error if just one was tried.
///
/// Tries only types whose template has the same text after the fifth colon. A comparison of eight
/// bytes rules out most of the others.
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

/// Returns the first eight bytes of a text as one number, padded with zeroes.
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
