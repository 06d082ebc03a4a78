//! Resources as a statement takes them: ARNs, everything, raw ARNs.

use std::any::TypeId;
use std::fmt;

use crate::arn::pattern::{ArnPattern, is_pattern};
use crate::arn::site::Scope;
use crate::arn::{Arn, ArnError, Piece, Resource};
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::policy::FaultKind;

/// Every resource: `*`. The only one for actions that can't be scoped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnyResource;

/// An ARN as it stands, with no type: accepted by every action.
///
/// [`raw_arn!`](crate::raw_arn) makes one from a literal, [`parse`](Self::parse) from a run-time
/// string. Wildcards and policy variables in it count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawArn(Text);

impl RawArn {
    /// Six fields parted by `:`, the first of them `arn`; what they hold is not checked.
    ///
    /// # Errors
    ///
    /// [`ArnError`] for anything else; `*` alone is [`AnyResource`].
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let pattern = ArnPattern::parse(text)?;
        if pattern.is_everything() {
            return Err(ArnError::new(text, "", 0, crate::arn::ArnFault::Fields));
        }
        Ok(Self(Text::Owned(text.to_owned())))
    }

    /// The ARN as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RawArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<R: Resource> From<Arn<R>> for RawArn {
    /// Leaves the type behind, for lists of ARNs of several types.
    fn from(arn: Arn<R>) -> Self {
        Self(Text::Owned(arn.text()))
    }
}

/// An ARN for [`raw_arn!`](crate::raw_arn); does not compile for what is none.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn arn_literal(text: &'static str) -> RawArn {
    assert!(
        is_pattern(text),
        "this is no ARN; expected `arn` and five more fields, parted by `:`"
    );
    RawArn(Text::Borrowed(text))
}

/// A [`RawArn`](crate::RawArn) from a literal whose form is checked while compiling: `arn` and
/// five more fields. It is accepted by every action; wildcards and policy variables count.
///
/// ```
/// let role = iam_policy::raw_arn!("arn:aws:iam::123456789012:role/bedrock");
/// ```
///
/// ```compile_fail
/// iam_policy::raw_arn!("role/bedrock");
/// ```
#[macro_export]
macro_rules! raw_arn {
    ($text:expr) => {{
        const ARN: $crate::RawArn = $crate::runtime::arn_literal($text);
        ARN
    }};
}

/// One or several resources of a statement: ARNs, [`AnyResource`], [`RawArn`], and tuples, arrays,
/// vectors and references of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that a statement can be on",
    label = "expected an ARN",
    note = "an ARN says where it is: `arn::Agent {{ agent_id }}.at(site)`; `AnyResource` is `*`, \
            `raw_arn!(\"…\")` any ARN; several go in a tuple, an array or a vector"
)]
pub trait ResourceList {
    /// What they are of, to a statement's type: [`Arn`]s, [`AnyResource`], tuples of these.
    #[doc(hidden)]
    type Of;

    #[doc(hidden)]
    fn push_to(&self, resources: &mut ResourceSink);
}

/// Where a list of resources is written to.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ResourceSink {
    pub(crate) texts: OneOrMany,
    pub(crate) faults: Vec<FaultKind>,
    /// What each is, where somebody asks: `.on_mixed`.
    pub(crate) kinds: Option<Vec<ResourceKind>>,
}

/// What a resource is at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    /// Anything, so that every action can use it.
    Any,
    /// Of the type with this name, of the service whose enum of resource types this is.
    Of(TypeId, &'static str),
}

impl ResourceSink {
    fn kind(&mut self, kind: impl FnOnce() -> ResourceKind) {
        if let Some(kinds) = &mut self.kinds {
            kinds.push(kind());
        }
    }
}

impl<R: Resource> ResourceList for Arn<R> {
    type Of = Self;

    fn push_to(&self, resources: &mut ResourceSink) {
        let template = R::TEMPLATE;
        if self.site().region() == Scope::None
            && !template.regionless
            && template.pieces.contains(&Piece::Region)
        {
            resources.faults.push(FaultKind::NoRegion {
                arn: self.text(),
                resource_type: template.name,
            });
        }
        resources.texts.push(Text::Owned(self.text()));
        resources.kind(|| ResourceKind::Of(TypeId::of::<R::Type>(), template.name));
    }
}

impl ResourceList for AnyResource {
    type Of = Self;

    fn push_to(&self, resources: &mut ResourceSink) {
        resources.texts.push(Text::Borrowed("*"));
        resources.kind(|| ResourceKind::Any);
    }
}

impl ResourceList for RawArn {
    type Of = AnyResource;

    fn push_to(&self, resources: &mut ResourceSink) {
        resources.texts.push(self.0.clone());
        resources.kind(|| ResourceKind::Any);
    }
}

impl<R: ResourceList + ?Sized> ResourceList for &R {
    type Of = R::Of;

    fn push_to(&self, resources: &mut ResourceSink) {
        (**self).push_to(resources);
    }
}

impl<R: ResourceList> ResourceList for [R] {
    type Of = R::Of;

    fn push_to(&self, resources: &mut ResourceSink) {
        for resource in self {
            resource.push_to(resources);
        }
    }
}

impl<R: ResourceList, const N: usize> ResourceList for [R; N] {
    type Of = R::Of;

    fn push_to(&self, resources: &mut ResourceSink) {
        self.as_slice().push_to(resources);
    }
}

impl<R: ResourceList> ResourceList for Vec<R> {
    type Of = R::Of;

    fn push_to(&self, resources: &mut ResourceSink) {
        self.as_slice().push_to(resources);
    }
}
