//! Builders for kinds of policies, which differ in what their statements have.

use std::marker::PhantomData;

use crate::document::PolicyKind;
use crate::typed::policy::{FaultKind, Policy, PolicyBuilder};
use crate::typed::statement::{Body, Checked, Effect, Raw};
use crate::typed::supports::Unscoped;

/// A marker in the type of a builder whose statements can have resources.
#[derive(Clone, Copy, Debug, Default)]
pub struct WithResources;

/// A marker in the type of a builder of a trust policy, whose resource is its role.
#[derive(Clone, Copy, Debug)]
pub struct WithoutResources;

/// Kinds of policies whose statements can have the resources `R`.
#[diagnostic::on_unimplemented(
    message = "a statement on resources in a trust policy",
    label = "expected a statement without `.on(…)`, because the resource of a trust policy is its role"
)]
#[doc(hidden)]
pub trait Holds<R> {}

impl<R> Holds<R> for WithResources {}
impl Holds<Unscoped> for WithoutResources {}
// their resources are not in their types, so `build` checks them
impl Holds<Checked> for WithoutResources {}
impl Holds<Raw> for WithoutResources {}

impl Policy {
    /// Returns a builder for an identity-based policy, managed or inline, without statements.
    ///
    /// It does not build with principals, or if no kind of identity-based policy takes its size. Set
    /// [`SizeLimit::Managed`](crate::SizeLimit::Managed) for a managed policy.
    ///
    /// ```
    /// use iam_policy::{AnyResource, Policy, Principal, Statement, foreign_action};
    ///
    /// let error = Policy::identity()
    ///     .with(Statement::allow(foreign_action!("s3:GetObject")).on(AnyResource).principal(Principal::ANYONE))
    ///     .build()
    ///     .unwrap_err();
    /// assert!(error.to_string().contains("an identity-based policy has no principals"));
    /// ```
    pub fn identity() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::Identity)
    }

    /// Returns a builder for a permissions boundary, which does not build with principals.
    pub fn boundary() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::Boundary)
    }

    /// Returns a builder for a session policy, which does not build with principals.
    pub fn session() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::Session)
    }

    /// Returns a builder for a service control policy of an organization, which does not build with
    /// principals.
    pub fn service_control() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::ServiceControl)
    }

    /// Returns a builder for a resource control policy of an organization: its statements deny, to
    /// [everyone](crate::Principal::ANYONE), and list their actions.
    pub fn resource_control() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::ResourceControl)
    }

    /// Returns a builder for the trust policy of a role: its statements have principals and no resources.
    ///
    /// ```
    /// use iam_policy::{Policy, Principal, Statement, account, foreign_action, global};
    ///
    /// let trust = Policy::trust()
    ///     .with(
    ///         Statement::allow(foreign_action!("sts:AssumeRole"))
    ///             .principal(Principal::service("bedrock.amazonaws.com"))
    ///             .when(global::SOURCE_ACCOUNT.string_equals(account!("123456789012"))),
    ///     )
    ///     .build()?;
    /// # Ok::<(), iam_policy::PolicyError>(())
    /// ```
    ///
    /// ```compile_fail
    /// # use iam_policy::{AnyResource, Policy, Principal, Statement, foreign_action};
    /// // the resource is the role
    /// Policy::trust().with(
    ///     Statement::allow(foreign_action!("sts:AssumeRole"))
    ///         .on(AnyResource)
    ///         .principal(Principal::service("bedrock.amazonaws.com")),
    /// );
    /// ```
    pub fn trust() -> PolicyBuilder<WithoutResources> {
        PolicyBuilder::of_kind(PolicyKind::Trust)
    }

    /// Returns a builder for a resource-based policy: its statements have principals, and `NotPrincipal` only in a
    /// `Deny`. A Sid can have any characters.
    pub fn resource() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::Resource)
    }

    /// Returns a builder for the policy of a KMS key: its statements have principals, and a resource, usually
    /// [`AnyResource`](crate::AnyResource), which is the key. A Sid can have any characters.
    pub fn kms_key() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::KmsKey)
    }

    /// Returns a builder for the policy of a VPC endpoint: its statements have principals, usually
    /// [everyone](crate::Principal::ANYONE), because it only limits what other policies allow.
    pub fn vpc_endpoint() -> PolicyBuilder {
        PolicyBuilder::of_kind(PolicyKind::VpcEndpoint)
    }
}

impl<K> PolicyBuilder<K> {
    fn of_kind(kind: PolicyKind) -> Self {
        Self {
            id: None,
            statements: Vec::new(),
            limit: None,
            kind: Some(kind),
            of: PhantomData,
        }
    }
}

/// Reports what a statement has, or lacks, against the kind of its policy.
pub(super) fn faults(kind: PolicyKind, body: &Body, found: &mut impl FnMut(FaultKind)) {
    let principals = &body.principals;
    let has_principals = !principals.all.is_empty();
    let has_resources = !body.resources.values.is_empty();
    if has_principals && !kind.has_principals() {
        found(FaultKind::Principals { kind });
    }
    if !has_principals && kind.has_principals() {
        found(FaultKind::NoPrincipal { kind });
    }
    if has_principals && principals.negated && kind.has_principals() {
        if !kind.has_not_principal() {
            found(FaultKind::NotPrincipal { kind });
        } else if body.effect == Effect::Allow {
            found(FaultKind::AllowNotPrincipal);
        }
    }
    match kind {
        PolicyKind::Trust if has_resources => found(FaultKind::TrustResource),
        PolicyKind::Trust | PolicyKind::Resource => {}
        _ if !has_resources => found(FaultKind::NoResource),
        _ => {}
    }
    if kind == PolicyKind::ResourceControl {
        if body.effect == Effect::Allow {
            found(FaultKind::ControlAllow);
        }
        if body.actions.negated {
            found(FaultKind::ControlNotAction);
        }
        if has_principals && !principals.negated && !principals.are_everyone() {
            found(FaultKind::ControlPrincipal);
        }
    }
}
