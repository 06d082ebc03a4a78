//! ARNs, typed by resource type: one template both prints and parses them.

mod any;
mod error;
pub(crate) mod fields;
mod macros;
pub(crate) mod pattern;
mod raw;
mod read;
mod resource;
pub(crate) mod segment;
pub(crate) mod site;
mod template;
mod versioned;

use std::fmt;
use std::str::FromStr;

use crate::arn::pattern::ArnPattern;
use crate::arn::site::{Scope, Site};

pub use any::{Candidate, Reader, read_any, read_any_of};
pub use error::{ArnError, ArnFault};
pub use raw::{RawArn, arn_literal};
pub use read::Segments;
pub use resource::Resource;
pub use template::{FormatFault, Formats, Part, Parts, Piece, Pieces, Template, head, rules_of};
pub use versioned::{Version, Versioned, VersionedArn};

/// An ARN of one resource type: a resource and its site.
///
/// It prints as it appears in a policy, including the wildcards and policy variables of its
/// segments. Parsing accepts concrete ARNs only and refuses `*` and `?`; use [`ArnPattern`] for
/// ARNs with wildcards.
///
/// Fields of the site that the type's template lacks become [`Scope::None`]: for the ARN of a
/// foundation model, [`site`](Self::site) returns a site without an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn<R: Resource> {
    resource: R,
    site: Site,
}

impl<R: Resource> Arn<R> {
    /// Creates the ARN of a resource at a site; same as `resource.at(site)`.
    #[must_use]
    pub const fn new(resource: R, site: Site) -> Self {
        let pieces = R::TEMPLATE.pieces;
        let partition = if template::has(pieces, Piece::Partition) {
            site.partition()
        } else {
            Scope::None
        };
        let region = if template::has(pieces, Piece::Region) {
            site.region()
        } else {
            Scope::None
        };
        let account = if template::has(pieces, Piece::Account) {
            site.account()
        } else {
            Scope::None
        };
        Self {
            resource,
            site: Site::of(partition, region, account),
        }
    }

    /// Parses a concrete ARN.
    ///
    /// # Errors
    ///
    /// Returns [`ArnError`], with the position, if the text does not match the type's template. A
    /// region may be empty, and an account may be `aws`, if the template has these fields.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        read::read(text)
    }

    /// Returns the resource.
    #[must_use]
    pub const fn resource(&self) -> &R {
        &self.resource
    }

    /// Returns the resource, consuming the ARN.
    #[must_use]
    pub fn into_resource(self) -> R {
        self.resource
    }

    /// Returns the partition, region and account.
    #[must_use]
    pub const fn site(&self) -> Site {
        self.site
    }

    /// Returns the resource type, a variant of the service's `ResourceType`.
    #[must_use]
    pub const fn resource_type(&self) -> R::Type {
        R::TYPE
    }

    /// Returns whether the ARN names one resource: it has no wildcards and no policy variables.
    #[must_use]
    pub fn is_concrete(&self) -> bool {
        self.site.is_concrete()
            && R::TEMPLATE.pieces.iter().all(|piece| match piece {
                Piece::Any => false,
                Piece::Segment(index) => !self.resource.segment(*index).contains(['*', '?', '$']),
                _ => true,
            })
    }

    /// Returns the text that [`Display`](fmt::Display) prints; faster than `to_string`.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(96);
        for piece in R::TEMPLATE.pieces {
            text.push_str(self.piece(piece));
        }
        text
    }

    /// Returns the text for a piece of the template.
    fn piece(&self, piece: &Piece) -> &str {
        match *piece {
            Piece::Literal(literal) => literal,
            Piece::Partition => self.site.partition_str(),
            Piece::Region => self.site.region_str(),
            Piece::Account => self.site.account_str(),
            Piece::Segment(index) => self.resource.segment(index),
            Piece::Any => "*",
        }
    }

    /// Returns the ARN as a pattern, which can be compared with ARNs and other patterns.
    #[must_use]
    pub fn to_pattern(&self) -> ArnPattern {
        ArnPattern::of_arn(self.text())
    }
}

impl<R: Resource> fmt::Display for Arn<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in R::TEMPLATE.pieces {
            f.write_str(self.piece(piece))?;
        }
        Ok(())
    }
}

impl<R: Resource> From<Arn<R>> for String {
    fn from(arn: Arn<R>) -> Self {
        arn.to_string()
    }
}

impl<R: Resource> FromStr for Arn<R> {
    type Err = ArnError;

    /// Calls [`Arn::parse`].
    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

impl<R: Resource> TryFrom<&str> for Arn<R> {
    type Error = ArnError;

    /// Calls [`Arn::parse`].
    fn try_from(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

crate::__serde_str!(Arn<R>, R: Resource);
