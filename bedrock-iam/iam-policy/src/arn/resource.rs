//! What every resource type of every service has in common.

use crate::arn::segment::SegmentError;

use super::Template;
use super::read::Segments;

/// A resource type of a service module: the values of its ARN template's placeholders.
///
/// Implemented by the types of each module's `arn`, by generated code; it is not for others to
/// implement. Generic code can be written over it: `fn describe<R: Resource>(arn: &Arn<R>)`.
pub trait Resource: Sized {
    /// The service's enum of resource types.
    type Type: Copy + 'static;

    /// This one's member of it.
    const TYPE: Self::Type;

    /// The ARN template.
    #[doc(hidden)]
    const TEMPLATE: Template;

    /// The text for the placeholder of that index; empty if there is none.
    #[doc(hidden)]
    fn segment(&self, index: usize) -> &str;

    /// The resource with these segments, in the order of the fields.
    #[doc(hidden)]
    fn from_segments(segments: &mut Segments<'_>) -> Result<Self, SegmentError>;
}
