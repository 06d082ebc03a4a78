//! ARNs with a version, for condition values.
//!
//! The ARN of a guardrail has a version as a condition value, but not as a resource: an action is
//! allowed on `…:guardrail/abc`, and `bedrock:GuardrailIdentifier` is compared with
//! `…:guardrail/abc:1`. So the ARN with a version has its own type, which statements do not accept
//! as a resource.

use std::fmt;
use std::str::FromStr;

use super::{Arn, ArnError, ArnFault, Resource};

/// Resource types whose ARNs can have a version in condition values.
#[diagnostic::on_unimplemented(
    message = "ARNs of `{Self}` have no versioned form",
    note = "guardrails have one: `…:guardrail/<id>:<version>`"
)]
pub trait Versioned: Resource {}

/// The version in a [`VersionedArn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// This version.
    Number(u32),
    /// Any version, `*`, for operators that accept patterns.
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

/// An ARN followed by `:` and a version, for condition values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionedArn<R: Versioned> {
    arn: Arn<R>,
    version: Version,
}

impl<R: Versioned> Arn<R> {
    /// Appends a version, such as `…:guardrail/abc:1`; versions count from 1.
    #[must_use]
    pub const fn with_version(self, version: u32) -> VersionedArn<R> {
        VersionedArn {
            arn: self,
            version: Version::Number(version),
        }
    }

    /// Appends `*` for any version, `…:guardrail/abc:*`, for operators that accept patterns.
    #[must_use]
    pub const fn with_any_version(self) -> VersionedArn<R> {
        VersionedArn {
            arn: self,
            version: Version::Any,
        }
    }
}

impl<R: Versioned> VersionedArn<R> {
    /// Returns the ARN without the version.
    #[must_use]
    pub const fn arn(&self) -> &Arn<R> {
        &self.arn
    }

    /// Returns the version.
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

    /// Parses an ARN with a version number; a wildcard is refused.
    fn from_str(text: &str) -> Result<Self, ArnError> {
        let miss = |at| ArnError::new(text, R::TEMPLATE.name, at, ArnFault::Version);
        let (arn, version) = text.rsplit_once(':').ok_or_else(|| miss(text.len()))?;
        // `parse` alone would accept a sign and leading zeroes.
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
