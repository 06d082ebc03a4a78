//! The resources of a statement: ARNs, raw ARNs and [`AnyResource`].

use std::any::TypeId;

use crate::arn::site::Scope;
use crate::arn::{Arn, Piece, RawArn, Resource};
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::policy::FaultKind;

/// All resources: `*`. Actions without resource types support nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnyResource;

/// One or several resources of a statement: ARNs, [`AnyResource`], [`RawArn`], and tuples, arrays,
/// vectors and references of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a valid statement resource",
    label = "expected an ARN",
    note = "an ARN needs a site: `arn::Agent {{ agent_id }}.at(site)`; `AnyResource` is `*`, \
            `raw_arn!(\"…\")` is any ARN; several go in a tuple, an array or a vector"
)]
pub trait ResourceList {
    /// The resources in the type of a statement: [`Arn`]s, [`AnyResource`], tuples of these.
    #[doc(hidden)]
    type Of;

    #[doc(hidden)]
    fn push_to(&self, resources: &mut ResourceSink);
}

/// The target to which a list of resources is written.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ResourceSink {
    pub(crate) texts: OneOrMany,
    pub(crate) faults: Vec<FaultKind>,
    /// The kind of each resource, if `.on_mixed` needs them.
    pub(crate) kinds: Option<Vec<ResourceKind>>,
}

/// The kind of a resource, for checks at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    /// Any resource, which every action supports.
    Any,
    /// The `TypeId` of a service's enum of resource types, and the name of the resource type.
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
