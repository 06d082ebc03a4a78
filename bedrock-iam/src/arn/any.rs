//! Reading an ARN whose resource type is not known.

use super::{ArnError, ArnFault, Template};

/// How an ARN is read as one type of `A`.
type Read<A> = fn(&str) -> Result<A, ArnError>;

/// Every type that the ARN fits.
///
/// Only types whose template goes on after the fifth colon as the text does are tried: few.
///
/// # Errors
///
/// [`ArnError`] where none fits.
#[doc(hidden)]
pub fn read_any<A>(
    text: &str,
    service: &'static str,
    types: &[(&Template, Read<A>)],
) -> Result<Vec<A>, ArnError> {
    let resource = after_five_colons(text);
    let mut found = Vec::new();
    let (mut error, mut tried) = (None, 0);
    for (template, read) in types {
        if !resource.starts_with(template.head) {
            continue;
        }
        tried += 1;
        match read(text) {
            Ok(arn) => found.push(arn),
            Err(other) => error = Some(other),
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    match error {
        Some(error) if tried == 1 => Err(error),
        _ => Err(ArnError::new(text, service, 0, ArnFault::NoType)),
    }
}

fn after_five_colons(text: &str) -> &str {
    let mut colons = text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
    match colons.nth(4) {
        Some((at, _)) => &text[at + 1..],
        None => "",
    }
}
