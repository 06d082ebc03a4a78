//! The error of a text that is no ARN of the type asked for.

use std::error::Error;
use std::fmt;

use crate::arn::segment::SegmentError;
use crate::arn::site::SiteField;

/// How a text departs from what an ARN has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArnFault {
    /// Something other than this text of the template.
    Literal(&'static str),
    /// Something other than a known partition.
    Partition,
    /// Something other than a region, or nothing, where the template has one.
    Region,
    /// Something other than an account id where the template has one.
    Account,
    /// A text that the placeholder's place can't hold.
    Segment {
        /// The placeholder's field.
        field: &'static str,
        /// What is wrong with the text.
        error: SegmentError,
    },
    /// Text that goes on where the template ends.
    End,
    /// An ARN of another service or of no resource type of this one.
    NoType,
    /// Fewer than the six fields of an ARN, or another first one than `arn`.
    Fields,
    /// A version that is none.
    Version,
}

/// A text that is no ARN, or not one of the resource type asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct ArnError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    text: Box<str>,
    /// The resource type; for [`ArnFault::NoType`] the service; for patterns empty.
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

    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Where it departs from what was expected, in bytes.
    #[must_use]
    pub fn at(&self) -> usize {
        self.0.at
    }

    /// How it does.
    #[must_use]
    pub fn fault(&self) -> &ArnFault {
        &self.0.fault
    }
}

impl fmt::Debug for ArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            text,
            name,
            at,
            fault,
        } = &*self.0;
        f.debug_struct("ArnError")
            .field("text", text)
            .field("name", name)
            .field("at", at)
            .field("fault", fault)
            .finish()
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
        let text = text.escape_debug();
        match fault {
            ArnFault::NoType => {
                return write!(
                    f,
                    "`{text}` is an ARN of no resource type of {name}; hint: wildcards are for `ArnPattern`"
                );
            }
            ArnFault::Fields => {
                return write!(
                    f,
                    "`{text}` is no ARN pattern; expected `*` or six fields parted by `:`, the first of \
                     them `arn`, such as `arn:aws:bedrock:*::foundation-model/*`"
                );
            }
            _ => write!(f, "`{text}` is no ARN of a {name}: ")?,
        }
        match fault {
            ArnFault::Literal(literal) => write!(f, "expected `{literal}` at byte {at}"),
            ArnFault::Partition => site(f, "a partition", *at, SiteField::Partition),
            ArnFault::Region => site(f, "a region or nothing", *at, SiteField::Region),
            ArnFault::Account => site(f, "an account id", *at, SiteField::Account),
            ArnFault::Segment { field, error } => write!(f, "{field}: {error}"),
            ArnFault::Version => {
                write!(
                    f,
                    "expected `:` and a version, a number from 1 on, at byte {at}"
                )
            }
            _ => write!(f, "expected its end at byte {at}"),
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
