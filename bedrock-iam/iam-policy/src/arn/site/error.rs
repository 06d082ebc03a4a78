//! The error of parsing a partition, region or account id.

use std::error::Error;
use std::fmt;

use crate::text::words::with_article;

/// One of the fields of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SiteField {
    /// The partition, such as `aws`.
    Partition,
    /// The region, such as `eu-central-1`.
    Region,
    /// The account id.
    Account,
}

impl SiteField {
    const fn name(self) -> &'static str {
        match self {
            Self::Partition => "partition",
            Self::Region => "region",
            Self::Account => "account id",
        }
    }

    /// Describes the values that the field allows, for messages.
    pub(crate) const fn expected(self) -> &'static str {
        match self {
            Self::Partition => {
                "one of `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso`, `aws-iso-b`, \
                 `aws-iso-e`, `aws-iso-f`"
            }
            Self::Region => {
                "lower-case words and a number, separated by `-`, such as `eu-central-1`"
            }
            Self::Account => "12 digits, such as `123456789012`",
        }
    }
}

/// The error of a text that is not a partition, region or account id.
///
/// ```
/// let error = "12345".parse::<iam_policy::AccountId>().unwrap_err();
/// assert_eq!(error.to_string(), "`12345` is not an account id; expected 12 digits, such as `123456789012`");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SiteError {
    text: Box<str>,
    field: SiteField,
}

impl SiteError {
    pub(super) fn new(text: &str, field: SiteField) -> Self {
        Self {
            text: text.into(),
            field,
        }
    }

    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the field that was expected.
    #[must_use]
    pub const fn field(&self) -> SiteField {
        self.field
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not {}; expected {}",
            self.text.escape_debug(),
            with_article(self.field.name()),
            self.field.expected()
        )
    }
}

impl Error for SiteError {}
