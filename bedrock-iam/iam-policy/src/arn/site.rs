//! Where a resource is: partition, region, account.

mod account;
mod error;
mod partition;
mod region;

use std::fmt;

pub use account::{AccountId, account_literal};
pub use error::{SiteError, SiteField};
pub use partition::Partition;
pub use region::{Region, region_literal};

/// What one of an ARN's place fields says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope<T> {
    /// Whatever it is: prints `*`.
    Any,
    /// The field is empty.
    None,
    /// Just this.
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

/// Partition, region and account: the part of an ARN that is the same for every resource type.
///
/// A site always says all three; a wildcard is said aloud, by [`Site::ANYWHERE`] or
/// [`any_region`](Self::any_region) and its like. It is `Copy`, region and account included.
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

    /// One account in one region.
    #[must_use]
    pub const fn new(partition: Partition, region: Region, account: AccountId) -> Self {
        Self {
            partition: Scope::One(partition),
            region: Scope::One(region),
            account: Scope::One(account),
        }
    }

    /// A site from the three fields as they are.
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

    /// The same place in any partition.
    #[must_use]
    pub const fn any_partition(mut self) -> Self {
        self.partition = Scope::Any;
        self
    }

    /// The same account in any region.
    #[must_use]
    pub const fn any_region(mut self) -> Self {
        self.region = Scope::Any;
        self
    }

    /// The same region in any account.
    #[must_use]
    pub const fn any_account(mut self) -> Self {
        self.account = Scope::Any;
        self
    }

    /// No region: the field stays empty, as for what a global inference profile invokes
    /// (`arn:aws:bedrock:::foundation-model/…`).
    #[must_use]
    pub const fn no_region(mut self) -> Self {
        self.region = Scope::None;
        self
    }

    /// The same place in this partition.
    #[must_use]
    pub const fn with_partition(mut self, partition: Partition) -> Self {
        self.partition = Scope::One(partition);
        self
    }

    /// The same account in this region.
    #[must_use]
    pub const fn with_region(mut self, region: Region) -> Self {
        self.region = Scope::One(region);
        self
    }

    /// The same region in this account.
    #[must_use]
    pub const fn with_account(mut self, account: AccountId) -> Self {
        self.account = Scope::One(account);
        self
    }

    /// The partition.
    #[must_use]
    pub const fn partition(self) -> Scope<Partition> {
        self.partition
    }

    /// The region.
    #[must_use]
    pub const fn region(self) -> Scope<Region> {
        self.region
    }

    /// The account.
    #[must_use]
    pub const fn account(self) -> Scope<AccountId> {
        self.account
    }

    /// Whether no field is a wildcard.
    #[must_use]
    pub const fn is_concrete(self) -> bool {
        !matches!(self.partition, Scope::Any)
            && !matches!(self.region, Scope::Any)
            && !matches!(self.account, Scope::Any)
    }
}

impl Site {
    /// What an ARN's partition field says.
    pub(crate) fn partition_str(&self) -> &str {
        self.partition.text(|partition| partition.as_str())
    }

    /// What an ARN's region field says.
    pub(crate) fn region_str(&self) -> &str {
        self.region.text(Region::as_str)
    }

    /// What an ARN's account field says.
    pub(crate) fn account_str(&self) -> &str {
        self.account.text(AccountId::as_str)
    }
}

impl fmt::Display for Site {
    /// Partition, region and account, parted by `, `: for messages, not part of any ARN.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.partition, self.region, self.account)
    }
}
