//! Builders of kinds of policies: what does not belong to the kind does not build.

use bedrock_iam::bedrock::action;
use bedrock_iam::{
    AnyResource, Effect, FaultKind, Policy, PolicyError, PolicyKind, Principal, SizeLimit,
    Statement, account, foreign_action, global,
};

fn kinds(result: Result<Policy, PolicyError>) -> Vec<FaultKind> {
    let error = result.expect_err("a fault");
    error.faults().iter().map(|it| it.kind().clone()).collect()
}

fn everyone(statement: Statement) -> Statement {
    statement.principal(Principal::ANYONE)
}

fn allow() -> Statement {
    let list = Statement::allow(action::ListFoundationModels);
    list.on(AnyResource).checked()
}

fn deny() -> Statement {
    let list = Statement::deny(action::ListFoundationModels);
    list.on(AnyResource).checked()
}

fn assume() -> Statement {
    Statement::allow(foreign_action!("sts:AssumeRole"))
        .principal(Principal::account(account!("123456789012")))
        .checked()
}

#[test]
fn policies_of_identities_have_no_principals() {
    for (builder, kind) in [
        (Policy::identity(), PolicyKind::Identity),
        (Policy::boundary(), PolicyKind::Boundary),
        (Policy::session(), PolicyKind::Session),
        (Policy::service_control(), PolicyKind::ServiceControl),
    ] {
        assert!(builder.clone().with(allow()).build().is_ok());
        let named = builder.with(everyone(allow())).build();
        assert_eq!(kinds(named), [FaultKind::Principals { kind }]);
    }
}

#[test]
fn policies_of_resources_have_principals() {
    for (builder, kind) in [
        (Policy::resource(), PolicyKind::Resource),
        (Policy::kms_key(), PolicyKind::KmsKey),
        (Policy::vpc_endpoint(), PolicyKind::VpcEndpoint),
    ] {
        let named = builder
            .clone()
            .with(everyone(allow()).sid("Free text: a-b"));
        assert!(named.build().is_ok());
        let unnamed = builder.clone().with(allow()).build();
        assert_eq!(kinds(unnamed), [FaultKind::NoPrincipal { kind }]);
        let except = |statement: Statement| {
            let account = Principal::account(account!("123456789012"));
            builder
                .clone()
                .with(statement.all_principals_except(account))
                .build()
        };
        assert_eq!(kinds(except(allow())), [FaultKind::AllowNotPrincipal]);
        assert!(except(deny()).is_ok());
    }
    // the resource of a key policy is not left out
    let without = Statement::allow(foreign_action!("kms:Decrypt")).principal(Principal::ANYONE);
    assert!(Policy::resource().with(without.clone()).build().is_ok());
    assert_eq!(
        kinds(Policy::kms_key().with(without.clone()).build()),
        [FaultKind::NoResource]
    );
    assert_eq!(
        kinds(Policy::vpc_endpoint().with(without).build()),
        [FaultKind::NoResource]
    );
}

#[test]
fn trust_policies_have_principals_and_no_resources() {
    assert!(Policy::trust().with(assume()).build().is_ok());
    let nobody = Statement::allow(foreign_action!("sts:AssumeRole"));
    let kind = PolicyKind::Trust;
    assert_eq!(
        kinds(Policy::trust().with(nobody).build()),
        [FaultKind::NoPrincipal { kind }]
    );
    let on_role = Statement::raw(Effect::Allow)
        .action("sts:AssumeRole")
        .resource("*")
        .principal(Principal::ANYONE);
    assert_eq!(
        kinds(Policy::trust().with(on_role).build()),
        [FaultKind::TrustResource]
    );
    let except = Statement::deny(foreign_action!("sts:AssumeRole"))
        .all_principals_except(Principal::account(account!("123456789012")));
    assert_eq!(
        kinds(Policy::trust().with(except).build()),
        [FaultKind::NotPrincipal { kind }]
    );
    let sid = assume().sid("not valid");
    assert_eq!(kinds(Policy::trust().with(sid).build()), [FaultKind::Sid]);
}

#[test]
fn resource_control_policies_deny_to_everyone() {
    let build = |statement: Statement| Policy::resource_control().with(statement).build();
    assert!(build(everyone(deny())).is_ok());
    assert_eq!(kinds(build(everyone(allow()))), [FaultKind::ControlAllow]);
    let account = Principal::account(account!("123456789012"));
    assert_eq!(
        kinds(build(deny().principal(account))),
        [FaultKind::ControlPrincipal]
    );
    let except = Statement::deny_all_except(action::ListFoundationModels).on(AnyResource);
    assert_eq!(
        kinds(build(everyone(except.checked()))),
        [FaultKind::ControlNotAction]
    );
}

#[test]
fn documents_that_no_quota_takes_do_not_build() {
    let long = |names: usize| {
        let names: Vec<_> = (0..names).map(|at| format!("o-{at:04}")).collect();
        global::PRINCIPAL_ORG_ID.string_equals(names)
    };
    let of = |names| deny().when(long(names));
    for (builder, limit, right, wrong) in [
        (Policy::identity(), SizeLimit::InlineOfRole, 1_000, 1_200),
        (Policy::boundary(), SizeLimit::Managed, 600, 700),
        (Policy::session(), SizeLimit::Session, 200, 250),
        (
            Policy::service_control(),
            SizeLimit::ServiceControl,
            1_000,
            1_200,
        ),
    ] {
        assert!(builder.clone().with(of(right)).build().is_ok(), "{limit:?}");
        match kinds(builder.with(of(wrong)).build()).as_slice() {
            [FaultKind::TooLong { limit: found, .. }] => assert_eq!(*found, limit),
            other => panic!("{limit:?}: {other:?}"),
        }
    }
    let managed = Policy::identity().limit(SizeLimit::Managed).with(of(1_000));
    assert!(matches!(
        kinds(managed.build()).as_slice(),
        [FaultKind::TooLong { .. }]
    ));
    // of an endpoint's policy, characters count
    let endpoint = |name: &str| {
        let statement = everyone(deny()).sid(name.repeat(20_000));
        Policy::vpc_endpoint().with(statement).build()
    };
    assert!(endpoint("é").is_ok());
    assert!(matches!(
        kinds(endpoint("é ")).as_slice(),
        [FaultKind::TooLong {
            limit: SizeLimit::VpcEndpoint,
            ..
        }]
    ));
    // white space counts, and a letter beyond ASCII is several bytes
    let key = |name: &str| {
        let sid = name.repeat(11_000);
        Policy::kms_key().with(everyone(deny()).sid(sid)).build()
    };
    assert!(key("  ").is_ok());
    assert!(matches!(
        kinds(key("ééé")).as_slice(),
        [FaultKind::TooLong { .. }]
    ));
}
