//! The ARNs of resources that operations use.

use iam_policy::{ActionRef, Arn, ArnPattern, RawArn, Resource, ResourceTypeRef};

use super::Catalog;

/// The ARN of a resource that operations use, for [`Operations::on`](super::Operations::on).
///
/// Made from a typed [`Arn`] of any module or from a [`RawArn`].
#[derive(Clone, Debug)]
pub struct OperationResource {
    text: String,
    pattern: Option<ArnPattern>,
}

impl<R: Resource> From<Arn<R>> for OperationResource {
    fn from(arn: Arn<R>) -> Self {
        Self::new(arn.to_string())
    }
}

impl From<RawArn> for OperationResource {
    fn from(arn: RawArn) -> Self {
        Self::new(arn.to_string())
    }
}

impl OperationResource {
    fn new(text: String) -> Self {
        let pattern = ArnPattern::parse(&text).ok();
        Self { text, pattern }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn pattern(&self) -> Option<&ArnPattern> {
        self.pattern.as_ref()
    }

    /// Returns the resource types that the ARN can have.
    pub(super) fn types(&self, catalog: &Catalog) -> Vec<ResourceTypeRef> {
        let services: Vec<_> = (0..catalog.services().len()).collect();
        let pattern = self.pattern.as_ref();
        pattern.map_or_else(Vec::new, |it| catalog.resource_types(it, &services))
    }

    /// Returns whether an action can be scoped to the ARN. For an action of a service without facts,
    /// the ARN only has to belong to that service.
    pub(super) fn fits(&self, action: &str, catalog: &Catalog) -> bool {
        let rows = catalog.rows(action);
        if rows.is_empty() {
            let prefix = action.split_once(':').map(|(prefix, _)| prefix);
            let pattern = self.pattern.as_ref();
            return pattern.is_some_and(|it| Some(it.service()) == prefix);
        }
        let types = self.types(catalog);
        types.iter().any(|own| supports(rows, *own, catalog))
    }

    /// Returns whether an action can be scoped to all resource types of the ARN, so that the ARN
    /// implies the action.
    pub(super) fn implies(&self, action: &str, catalog: &Catalog) -> bool {
        let (rows, types) = (catalog.rows(action), self.types(catalog));
        !types.is_empty() && types.iter().all(|own| supports(rows, *own, catalog))
    }
}

fn supports(rows: &[ActionRef], own: ResourceTypeRef, catalog: &Catalog) -> bool {
    rows.iter().any(|row| {
        let mut pairs = catalog.action(*row).1.resources.iter();
        row.service == own.service
            && pairs.any(|it| usize::from(it.resource_type) == own.resource_type)
    })
}
