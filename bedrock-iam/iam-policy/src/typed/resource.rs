//! Resources as a statement takes them: ARNs, everything, raw ARNs.

use std::any::TypeId;

use crate::arn::site::Scope;
use crate::arn::{Arn, Piece, RawArn, Resource};
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::policy::FaultKind;

/// Every resource: `*`. The only one for actions that can't be scoped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnyResource;

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
        resources.texts.push(self.text().clone());
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
