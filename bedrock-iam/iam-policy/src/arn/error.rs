//! The error of parsing an ARN.

use std::error::Error;
use std::fmt;

use crate::arn::segment::SegmentError;
use crate::arn::site::SiteField;

/// The reason why a text is not a valid ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArnFault {
    /// The text differs from this literal of the template.
    Literal(&'static str),
    /// The partition is unknown.
    Partition,
    /// The region field is neither empty nor a region.
    Region,
    /// The account field is not an account id.
    Account,
    /// The value of a placeholder is not allowed there.
    Segment {
        /// The name of the placeholder.
        field: &'static str,
        /// The reason why the value is not allowed.
        error: SegmentError,
    },
    /// The text continues after the end of the template.
    End,
    /// The ARN does not match any resource type of the service.
    NoType,
    /// The text has fewer than six fields, or the first one is not `arn`.
    Fields,
    /// The version is missing, or is not a whole number of at least 1.
    Version,
}

/// The error of a text that is not an ARN, or not one of the expected resource type.
#[derive(Clone, PartialEq, Eq)]
pub struct ArnError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    text: Box<str>,
    /// The resource type; the service for [`ArnFault::NoType`]; empty for patterns.
    name: &'static str,
    at: usize,
    fault: ArnFault,
}

impl ArnError {
    #[cold]
    pub(crate) fn new(text: &str, name: &'static str, at: usize, fault: ArnFault) -> Self {
        Self(Box::new(Inner {
            text: text.into(),
            name,
            at,
            fault,
        }))
    }

    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns the position of the fault, in bytes.
    #[must_use]
    pub fn at(&self) -> usize {
        self.0.at
    }

    /// Returns the reason.
    #[must_use]
    pub fn fault(&self) -> &ArnFault {
        &self.0.fault
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for ArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            text,
            name,
            at,
            fault,
        } = &*self.0;
        let shown = text.escape_debug();
        match fault {
            ArnFault::NoType => {
                write!(f, "`{shown}` is not an ARN of any resource type of {name}")?;
                if text.contains(['*', '?']) {
                    f.write_str("; hint: use `ArnPattern` for ARNs with wildcards")?;
                }
                return Ok(());
            }
            // `ArnPattern` accepts `*` alone, so this is the error of `RawArn`.
            ArnFault::Fields if &**text == "*" => {
                return f.write_str(
                    "`*` is not an ARN; expected six fields separated by `:`; \
                     hint: `AnyResource` stands for every resource",
                );
            }
            ArnFault::Fields => {
                return write!(
                    f,
                    "`{shown}` is not an ARN pattern; expected `*` or an ARN (six fields separated by \
                     `:`), such as `arn:aws:bedrock:*::foundation-model/*`"
                );
            }
            _ => write!(f, "`{shown}` is not an ARN of resource type `{name}`: ")?,
        }
        match fault {
            ArnFault::Literal(literal) => write!(f, "expected `{literal}` at byte {at}"),
            ArnFault::Partition => site(f, "a partition", *at, SiteField::Partition),
            ArnFault::Region => site(f, "a region or nothing", *at, SiteField::Region),
            ArnFault::Account => site(f, "an account id", *at, SiteField::Account),
            ArnFault::Segment { field, error } => write!(f, "`{field}`: {error}"),
            ArnFault::Version => {
                write!(
                    f,
                    "expected `:` and a version (a number from 1 on) at byte {at}"
                )
            }
            _ => write!(f, "expected the end of the text at byte {at}"),
        }
    }
}

fn site(f: &mut fmt::Formatter<'_>, what: &str, at: usize, field: SiteField) -> fmt::Result {
    write!(f, "expected {what} at byte {at}: {}", field.expected())
}

impl Error for ArnError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.fault {
            ArnFault::Segment { error, .. } => Some(error),
            _ => None,
        }
    }
}
