//! Sites: the partition, region and account of a resource.

mod account;
mod error;
mod partition;
mod region;
pub(crate) mod regions;

use std::fmt;

pub use account::{AccountId, account_literal};
pub use error::{SiteError, SiteField};
pub use partition::Partition;
pub use region::{Region, region_literal};

/// The value of an ARN's partition, region or account field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope<T> {
    /// Any value; prints `*`.
    Any,
    /// The field is empty.
    None,
    /// This value.
    One(T),
}

impl<T> Scope<T> {
    fn text<'a>(&'a self, one: impl FnOnce(&'a T) -> &'a str) -> &'a str {
        match self {
            Self::Any => "*",
            Self::None => "",
            Self::One(it) => one(it),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Scope<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::None => Ok(()),
            Self::One(one) => one.fmt(f),
        }
    }
}

/// A partition, region and account: the part of an ARN that all resource types share.
///
/// A site always has all three fields. Wildcards are explicit: use [`Site::ANYWHERE`],
/// [`any_region`](Self::any_region) and similar methods.
///
/// ```
/// use iam_policy::{Partition, Site, account, region};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// assert_eq!(here.to_string(), "aws, eu-central-1, 123456789012");
/// assert_eq!(here.any_region().to_string(), "aws, *, 123456789012");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    partition: Scope<Partition>,
    region: Scope<Region>,
    account: Scope<AccountId>,
}

impl Site {
    /// Any partition, any region, any account.
    pub const ANYWHERE: Self = Self {
        partition: Scope::Any,
        region: Scope::Any,
        account: Scope::Any,
    };

    /// Creates the site of one account in one region.
    #[must_use]
    pub const fn new(partition: Partition, region: Region, account: AccountId) -> Self {
        Self {
            partition: Scope::One(partition),
            region: Scope::One(region),
            account: Scope::One(account),
        }
    }

    /// Creates a site from its three fields.
    pub(crate) const fn of(
        partition: Scope<Partition>,
        region: Scope<Region>,
        account: Scope<AccountId>,
    ) -> Self {
        Self {
            partition,
            region,
            account,
        }
    }

    /// Sets the partition to `*`.
    #[must_use]
    pub const fn any_partition(mut self) -> Self {
        self.partition = Scope::Any;
        self
    }

    /// Sets the region to `*`.
    #[must_use]
    pub const fn any_region(mut self) -> Self {
        self.region = Scope::Any;
        self
    }

    /// Sets the account to `*`.
    #[must_use]
    pub const fn any_account(mut self) -> Self {
        self.account = Scope::Any;
        self
    }

    /// Leaves the region empty, as in the ARN that a global inference profile invokes:
    /// `arn:aws:bedrock:::foundation-model/…`.
    #[must_use]
    pub const fn no_region(mut self) -> Self {
        self.region = Scope::None;
        self
    }

    /// Sets the partition.
    #[must_use]
    pub const fn with_partition(mut self, partition: Partition) -> Self {
        self.partition = Scope::One(partition);
        self
    }

    /// Sets the region.
    #[must_use]
    pub const fn with_region(mut self, region: Region) -> Self {
        self.region = Scope::One(region);
        self
    }

    /// Sets the account.
    #[must_use]
    pub const fn with_account(mut self, account: AccountId) -> Self {
        self.account = Scope::One(account);
        self
    }

    /// Returns the partition.
    #[must_use]
    pub const fn partition(self) -> Scope<Partition> {
        self.partition
    }

    /// Returns the region.
    #[must_use]
    pub const fn region(self) -> Scope<Region> {
        self.region
    }

    /// Returns the account.
    #[must_use]
    pub const fn account(self) -> Scope<AccountId> {
        self.account
    }

    /// Returns whether no field is a wildcard.
    #[must_use]
    pub const fn is_concrete(self) -> bool {
        !matches!(self.partition, Scope::Any)
            && !matches!(self.region, Scope::Any)
            && !matches!(self.account, Scope::Any)
    }
}

impl Site {
    /// Returns the text of an ARN's partition field.
    pub(crate) fn partition_str(&self) -> &str {
        self.partition.text(|partition| partition.as_str())
    }

    /// Returns the text of an ARN's region field.
    pub(crate) fn region_str(&self) -> &str {
        self.region.text(Region::as_str)
    }

    /// Returns the text of an ARN's account field.
    pub(crate) fn account_str(&self) -> &str {
        self.account.text(AccountId::as_str)
    }
}

impl fmt::Display for Site {
    /// Prints partition, region and account separated by `, `, for messages; not a part of an ARN.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.partition, self.region, self.account)
    }
}
