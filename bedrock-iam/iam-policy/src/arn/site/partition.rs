//! The AWS partitions.

use std::fmt;
use std::str::FromStr;

use super::{SiteError, SiteField};

/// A partition: a group of AWS regions with its own accounts and ARNs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Partition {
    /// `aws`: the commercial regions.
    Aws,
    /// `aws-cn`: China.
    AwsCn,
    /// `aws-us-gov`: the GovCloud (US) regions.
    AwsUsGov,
    /// `aws-eusc`: the European Sovereign Cloud.
    AwsEusc,
    /// `aws-iso`: an isolated partition.
    AwsIso,
    /// `aws-iso-b`: an isolated partition.
    AwsIsoB,
    /// `aws-iso-e`: an isolated partition.
    AwsIsoE,
    /// `aws-iso-f`: an isolated partition.
    AwsIsoF,
}

impl Partition {
    /// Every partition.
    pub const ALL: &'static [Self] = &[
        Self::Aws,
        Self::AwsCn,
        Self::AwsUsGov,
        Self::AwsEusc,
        Self::AwsIso,
        Self::AwsIsoB,
        Self::AwsIsoE,
        Self::AwsIsoF,
    ];

    /// Returns the name, as in the second field of an ARN.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsUsGov => "aws-us-gov",
            Self::AwsEusc => "aws-eusc",
            Self::AwsIso => "aws-iso",
            Self::AwsIsoB => "aws-iso-b",
            Self::AwsIsoE => "aws-iso-e",
            Self::AwsIsoF => "aws-iso-f",
        }
    }

    /// Returns the partition with this name.
    pub(crate) fn find(text: &str) -> Option<Self> {
        Some(match text {
            "aws" => Self::Aws,
            "aws-cn" => Self::AwsCn,
            "aws-us-gov" => Self::AwsUsGov,
            "aws-eusc" => Self::AwsEusc,
            "aws-iso" => Self::AwsIso,
            "aws-iso-b" => Self::AwsIsoB,
            "aws-iso-e" => Self::AwsIsoE,
            "aws-iso-f" => Self::AwsIsoF,
            _ => return None,
        })
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Partition {
    type Err = SiteError;

    /// Parses a name as in an ARN, such as `aws-us-gov`.
    fn from_str(text: &str) -> Result<Self, SiteError> {
        Self::find(text).ok_or_else(|| SiteError::new(text, SiteField::Partition))
    }
}

crate::__serde_str!(Partition);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed() {
        for partition in Partition::ALL {
            assert_eq!(partition.as_str().parse(), Ok(*partition));
        }
        assert!("AWS".parse::<Partition>().is_err());
        assert!("".parse::<Partition>().is_err());
    }
}
