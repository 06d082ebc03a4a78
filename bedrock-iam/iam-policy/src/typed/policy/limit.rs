//! AWS's limits on the size of policies, whose sources are in `aws/quotas.rs`.

use std::fmt;

use crate::PolicyKind;
use crate::text::json_writer;

/// The largest policy that AWS accepts, by its use, in characters without white space unless stated.
///
/// The numbers are the quotas in the user guides of IAM, STS, AWS Organizations, KMS and VPC. All inline
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
    /// The trust policy of a role, with the highest quota that AWS grants: 8,192.
    RaisedTrust,
    /// A service control policy of an organization: 10,240.
    ServiceControl,
    /// A resource control policy of an organization: 5,120.
    ResourceControl,
    /// The policy of a KMS key: 32 KB, in bytes.
    KmsKey,
    /// The policy of a VPC endpoint: 20,480, white space included.
    VpcEndpoint,
    /// Another number, such as a quota that was raised.
    Characters(usize),
    /// A number of bytes, white space included.
    Bytes(usize),
}

impl SizeLimit {
    /// Returns the limits that can apply to a kind of policies, the lowest first; none for resource
    /// policies, whose limit depends on their service.
    ///
    /// The lower limits of inline policies of users and groups are not among them, because all policies of a
    /// user or group share them.
    #[must_use]
    pub const fn of_kind(kind: PolicyKind) -> &'static [Self] {
        match kind {
            PolicyKind::Identity => &[Self::Managed, Self::InlineOfRole],
            PolicyKind::Boundary => &[Self::Managed],
            PolicyKind::Session => &[Self::Session],
            PolicyKind::ServiceControl => &[Self::ServiceControl],
            PolicyKind::ResourceControl => &[Self::ResourceControl],
            PolicyKind::Trust => &[Self::Trust, Self::RaisedTrust],
            PolicyKind::KmsKey => &[Self::KmsKey],
            PolicyKind::VpcEndpoint => &[Self::VpcEndpoint],
            PolicyKind::Resource => &[],
        }
    }

    /// Returns the number of characters, or of bytes if the limit [is in bytes](Self::is_in_bytes).
    #[must_use]
    pub const fn characters(self) -> usize {
        match self {
            Self::Managed => 6_144,
            Self::InlineOfUser | Self::Trust | Self::Session => 2_048,
            Self::RaisedTrust => 8_192,
            Self::InlineOfGroup | Self::ResourceControl => 5_120,
            Self::InlineOfRole | Self::ServiceControl => 10_240,
            Self::KmsKey => 32_768,
            Self::VpcEndpoint => 20_480,
            Self::Characters(number) | Self::Bytes(number) => number,
        }
    }

    /// Returns whether the limit is a number of bytes, white space included. A document is compared with it
    /// as printed on one line.
    #[must_use]
    pub const fn is_in_bytes(self) -> bool {
        matches!(self, Self::KmsKey | Self::Bytes(_))
    }

    /// Returns the size of a document that is compared with the limit, given its JSON on one line.
    pub(crate) fn size_of(self, json: &str) -> usize {
        match self {
            Self::VpcEndpoint => json.chars().count(),
            _ if self.is_in_bytes() => json.len(),
            _ => json_writer::size(json),
        }
    }

    /// Returns the unit of the size, for messages.
    pub(crate) const fn unit(self) -> &'static str {
        match self {
            Self::VpcEndpoint => "characters",
            _ if self.is_in_bytes() => "bytes",
            _ => "characters without white space",
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
            Self::RaisedTrust => "a trust policy, even with a raised quota",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
            Self::KmsKey => "a key policy",
            Self::VpcEndpoint => "a VPC endpoint policy",
            Self::Characters(_) | Self::Bytes(_) => "this policy",
        })
    }
}
