//! The error of a partition, region or account that is none.

use std::error::Error;
use std::fmt;

/// Which of the three place fields of an ARN.
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

    /// What may stand in the field.
    pub(crate) const fn expected(self) -> &'static str {
        match self {
            Self::Partition => {
                "one of `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso`, `aws-iso-b`, \
                 `aws-iso-e`, `aws-iso-f`"
            }
            Self::Region => "lower-case words and a number, parted by `-`, such as `eu-central-1`",
            Self::Account => "12 digits, such as `123456789012`",
        }
    }
}

/// A text that is no partition, region or account id.
///
/// ```
/// let error = "12345".parse::<iam_policy::AccountId>().unwrap_err();
/// assert_eq!(error.to_string(), "`12345` is no account id; expected 12 digits, such as `123456789012`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The field it was to be read as.
    #[must_use]
    pub const fn field(&self) -> SiteField {
        self.field
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no {}; expected {}",
            self.text,
            self.field.name(),
            self.field.expected()
        )
    }
}

impl Error for SiteError {}
