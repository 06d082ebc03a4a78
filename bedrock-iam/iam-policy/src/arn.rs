//! ARNs, typed by their resource: printed from a template, and read back by the same one.

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

pub use any::{Candidate, read_any};
pub use error::{ArnError, ArnFault};
pub use raw::{RawArn, arn_literal};
pub use read::Segments;
pub use resource::Resource;
pub use template::{FormatFault, Formats, Part, Parts, Piece, Pieces, Template, head, rules_of};
pub use versioned::{Version, Versioned, VersionedArn};

/// An ARN of one resource type: a resource at a site.
///
/// It prints as a policy has it, wildcards and policy variables of its segments included. Reading
/// is for concrete ARNs alone: `*` and `?` are refused; [`ArnPattern`] holds those.
///
/// What the type's template has no place for is dropped from the site: a foundation model's ARN
/// has no account, and [`site`](Self::site) says [`Scope::None`] for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn<R: Resource> {
    resource: R,
    site: Site,
}

impl<R: Resource> Arn<R> {
    /// The ARN of a resource at a site; `resource.at(site)` says the same.
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

    /// Reads a concrete ARN.
    ///
    /// # Errors
    ///
    /// [`ArnError`] that says where the text departs from the type's template. The region may be
    /// empty where the template has one; the account may be `aws` where it has one.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        read::read(text)
    }

    /// The resource.
    #[must_use]
    pub const fn resource(&self) -> &R {
        &self.resource
    }

    /// The resource, taken out.
    #[must_use]
    pub fn into_resource(self) -> R {
        self.resource
    }

    /// Where it is.
    #[must_use]
    pub const fn site(&self) -> Site {
        self.site
    }

    /// The member of the service's `ResourceType` that this is an ARN of.
    #[must_use]
    pub const fn resource_type(&self) -> R::Type {
        R::TYPE
    }

    /// Whether it names one resource: no wildcard, no policy variable.
    #[must_use]
    pub fn is_concrete(&self) -> bool {
        self.site.is_concrete()
            && R::TEMPLATE.pieces.iter().all(|piece| match piece {
                Piece::Any => false,
                Piece::Segment(index) => !self.resource.segment(*index).contains(['*', '?', '$']),
                _ => true,
            })
    }

    /// As [`Display`](fmt::Display) prints it, in one go.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(96);
        for piece in R::TEMPLATE.pieces {
            text.push_str(self.piece(piece));
        }
        text
    }

    /// What stands for a piece of the template.
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

    /// The same as a pattern, to be held against ARNs and other patterns.
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

impl<R: Resource> FromStr for Arn<R> {
    type Err = ArnError;

    /// As [`Arn::parse`].
    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

impl<R: Resource> TryFrom<&str> for Arn<R> {
    type Error = ArnError;

    /// As [`Arn::parse`].
    fn try_from(text: &str) -> Result<Self, ArnError> {
        Self::parse(text)
    }
}

crate::__serde_str!(Arn<R>, R: Resource);
