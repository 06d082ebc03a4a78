//! The trait of all resource types.

use crate::arn::segment::SegmentError;

use super::Template;
use super::read::Segments;

/// A resource type of a service module: the values of its ARN template's placeholders.
///
/// Generated code implements it for the types of each module's `arn`; do not implement it yourself.
/// Use it as a bound in generic code: `fn describe<R: Resource>(arn: &Arn<R>)`.
pub trait Resource: Sized {
    /// The enum of the service's resource types.
    type Type: Copy + 'static;

    /// The variant of this resource type.
    const TYPE: Self::Type;

    /// The ARN template.
    #[doc(hidden)]
    const TEMPLATE: Template;

    /// Returns the value of the placeholder at this index; empty if the index is out of range.
    #[doc(hidden)]
    fn segment(&self, index: usize) -> &str;

    /// Creates the resource from its segments, in the order of the fields.
    #[doc(hidden)]
    fn from_segments(segments: &mut Segments<'_>) -> Result<Self, SegmentError>;
}
