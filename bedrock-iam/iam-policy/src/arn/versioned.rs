//! ARNs with a version, as values of condition keys.
//!
//! A guardrail is a resource without a version and a condition key's value with one: an action is
//! allowed on `…:guardrail/abc`, and `bedrock:GuardrailIdentifier` is compared with
//! `…:guardrail/abc:1`. So the versioned form is a type of its own, made from the ARN, that no
//! statement takes as a resource.

use std::fmt;
use std::str::FromStr;

use super::{Arn, ArnError, ArnFault, Resource};

/// Resource types whose ARNs stand with a version in condition keys' values.
#[diagnostic::on_unimplemented(
    message = "ARNs of `{Self}` have no versioned form",
    note = "a guardrail has one: `…:guardrail/<id>:<version>`"
)]
pub trait Versioned: Resource {}

/// The version in a [`VersionedArn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// This version.
    Number(u32),
    /// Any version: `*`, for operators that take patterns.
    Any,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Any => f.write_str("*"),
        }
    }
}

/// An ARN and a version, parted by `:`: the value of a condition key, not a resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionedArn<R: Versioned> {
    arn: Arn<R>,
    version: Version,
}

impl<R: Versioned> Arn<R> {
    /// The ARN with a version behind it, such as `…:guardrail/abc:1`; versions count from 1.
    #[must_use]
    pub const fn with_version(self, version: u32) -> VersionedArn<R> {
        VersionedArn {
            arn: self,
            version: Version::Number(version),
        }
    }

    /// The ARN with any version behind it, `…:guardrail/abc:*`, for operators that take patterns.
    #[must_use]
    pub const fn with_any_version(self) -> VersionedArn<R> {
        VersionedArn {
            arn: self,
            version: Version::Any,
        }
    }
}

impl<R: Versioned> VersionedArn<R> {
    /// The ARN without the version: the resource.
    #[must_use]
    pub const fn arn(&self) -> &Arn<R> {
        &self.arn
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }
}

impl<R: Versioned> fmt::Display for VersionedArn<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.arn, self.version)
    }
}

impl<R: Versioned> FromStr for VersionedArn<R> {
    type Err = ArnError;

    /// Reads an ARN with a version number; a wildcard is refused.
    fn from_str(text: &str) -> Result<Self, ArnError> {
        let miss = |at| ArnError::new(text, R::TEMPLATE.name, at, ArnFault::Version);
        let (arn, version) = text.rsplit_once(':').ok_or_else(|| miss(text.len()))?;
        // `parse` alone would take a sign and leading zeroes.
        let plain = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.starts_with('0');
        let version = version
            .parse()
            .ok()
            .filter(|_| plain)
            .ok_or_else(|| miss(arn.len()))?;
        Ok(Arn::parse(arn)?.with_version(version))
    }
}

crate::__serde_str!(VersionedArn<R>, R: Versioned);
