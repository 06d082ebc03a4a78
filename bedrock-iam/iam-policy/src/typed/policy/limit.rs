//! IAM's limits on the size of policies.

use std::fmt;

/// The largest policy that AWS accepts, by its use, in characters without white space.
///
/// The numbers are the quotas in the user guides of IAM, STS and AWS Organizations. All inline
/// policies of a user, group or role share one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SizeLimit {
    /// A managed policy: 6,144.
    Managed,
    /// The inline policies of a user: 2,048.
    InlineOfUser,
    /// The inline policies of a group: 5,120.
    InlineOfGroup,
    /// The inline policies of a role: 10,240.
    InlineOfRole,
    /// The trust policy of a role: 2,048 unless raised.
    Trust,
    /// A session policy: 2,048. STS also limits its packed form, whose size only STS computes.
    Session,
    /// A service control policy of an organization: 5,120.
    ServiceControl,
    /// A resource control policy of an organization: 5,120.
    ResourceControl,
    /// Another number, such as a quota that was raised.
    Characters(usize),
}

impl SizeLimit {
    /// Returns the number of characters.
    #[must_use]
    pub const fn characters(self) -> usize {
        match self {
            Self::Managed => 6_144,
            Self::InlineOfUser | Self::Trust | Self::Session => 2_048,
            Self::InlineOfGroup | Self::ServiceControl | Self::ResourceControl => 5_120,
            Self::InlineOfRole => 10_240,
            Self::Characters(number) => number,
        }
    }
}

impl fmt::Display for SizeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Managed => "a managed policy",
            Self::InlineOfUser => "a user's inline policies",
            Self::InlineOfGroup => "a group's inline policies",
            Self::InlineOfRole => "a role's inline policies",
            Self::Trust => "a trust policy",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
            Self::Characters(_) => "this policy",
        })
    }
}
