//! Mistakes in statements about several services that compile: what `build` refuses, and what `check`
//! finds. `tests/misuse/across_services_*.rs` has those that do not compile.

use super::*;

use bedrock_iam::{
    AccountId, Arn, bedrock, catalog, ecr, iam, kms, lambda, rds_data, s3, secretsmanager, sts,
};

fn bucket() -> Arn<s3::arn::Bucket> {
    s3::arn::Bucket {
        bucket_name: seg!("orchard"),
    }
    .at(HERE)
}

fn kms_key() -> kms::arn::Key {
    kms::arn::Key {
        key_id: seg!("0e1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7"),
    }
}

fn role() -> Arn<iam::arn::Role> {
    iam::arn::Role {
        role_name_with_path: seg!("gardener"),
    }
    .at(HERE)
}

fn secret(secret_id: Segment<bedrock_iam::place::Slash>) -> Arn<secretsmanager::arn::Secret> {
    secretsmanager::arn::Secret { secret_id }.at(HERE)
}

fn trust() -> Statement<sts::action::AssumeRole, bedrock_iam::typing::Unscoped> {
    Statement::allow(sts::action::AssumeRole).principal(Principal::service("bedrock.amazonaws.com"))
}

#[test]
fn mistakes_that_build_refuses() {
    let alias = kms::arn::Alias {
        alias: seg!("orchard"),
    };
    let image = ecr::arn::Repository {
        repository_name: seg!("orchard/gardener"),
    };
    let pick = lambda::arn::Function {
        function_name: seg!("pick"),
    };
    let nobody = Vec::<AccountId>::new();
    let mistakes = [
        (
            "objects of a bucket that only the bucket stands for",
            Statement::allow((s3::action::ListBucket, s3::action::GetObject))
                .on_mixed(bucket())
                .checked(),
            "`s3:GetObject` supports none of the resources; expected one of the resource types \
             `accesspointobject`, `object`",
        ),
        (
            "data and its key, without the data",
            Statement::allow((s3::action::GetObject, kms::action::Decrypt))
                .on_mixed(kms_key().at(HERE))
                .checked(),
            "`s3:GetObject` supports none of the resources; expected one of the resource types \
             `accesspointobject`, `object`",
        ),
        (
            "an alias beside its key",
            Statement::allow(kms::action::Decrypt)
                .on_mixed((kms_key().at(HERE), alias.at(HERE)))
                .checked(),
            "none of the actions supports `arn:aws:kms:eu-central-1:123456789012:alias/orchard`; \
             expected an action that supports its resource type",
        ),
        (
            "the token of a registry, on a repository",
            Statement::allow((
                ecr::action::GetAuthorizationToken,
                ecr::action::BatchGetImage,
            ))
            .on_mixed(image.at(HERE))
            .checked(),
            "`ecr:GetAuthorizationToken` supports none of the resources; expected `AnyResource`",
        ),
        (
            "an agent and its role, without the role",
            Statement::allow((action::UpdateAgent, iam::action::PassRole))
                .on_mixed(agent().at(HERE))
                .checked(),
            "`iam:PassRole` supports none of the resources; expected one of the resource types `role`",
        ),
        (
            "a key without its region",
            Statement::allow(kms::action::Decrypt)
                .on(kms_key().at(HERE.no_region()))
                .checked(),
            "`arn:aws:kms::123456789012:key/0e1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7` has no region; \
             expected one, because `key` is regional; hint: `.any_region()` matches every region",
        ),
        (
            "a function without its region",
            Statement::allow(lambda::action::InvokeFunction)
                .on(pick.at(HERE.no_region()))
                .checked(),
            "`arn:aws:lambda::123456789012:function:pick` has no region; expected one, because \
             `function` is regional; hint: `.any_region()` matches every region",
        ),
        (
            "a role to pass, forgotten",
            Statement::allow(iam::action::PassRole).checked(),
            "no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy",
        ),
        (
            "a trust policy without a principal",
            Statement::allow(sts::action::AssumeRole).checked(),
            "no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy",
        ),
        (
            "a source account that is not known",
            trust()
                .when(global::SOURCE_ACCOUNT.string_equals(nobody))
                .checked(),
            "`StringEquals` on `aws:SourceAccount` has no value; expected at least one",
        ),
        (
            "an identifier in place of an ARN",
            trust()
                .when(global::SOURCE_ARN.arn_like("agent/AGENT12345"))
                .checked(),
            "`ArnLike` on `aws:SourceArn` has the value `agent/AGENT12345`; expected an ARN, such as \
             `arn:aws:bedrock:*::foundation-model/*`",
        ),
        (
            "an age with its unit",
            Statement::allow(s3::action::ListBucket)
                .on(bucket())
                .when(s3::key::SIGNATURE_AGE.numeric_less_than("10 minutes"))
                .checked(),
            "`NumericLessThan` on `s3:signatureAge` has the value `10 minutes`; expected a number, \
             such as `3` or `0.5`",
        ),
    ];
    for (mistake, statement, fault) in mistakes {
        let error = Policy::new().with(statement).build().unwrap_err();
        let expected = format!("Statement[0]: {fault}");
        assert_eq!(error.to_string(), expected, "{mistake}");
    }
}

#[test]
fn mistakes_that_check_finds() {
    let every_role = iam::arn::Role {
        role_name_with_path: Segment::ANY,
    };
    let objects = s3::arn::Object {
        bucket_name: seg!("orchard"),
        object_name: Segment::ANY,
    };
    let cluster = rds_data::arn::Cluster {
        db_cluster_instance_name: seg!("orchard"),
    };
    let decrypt = || Statement::allow(kms::action::Decrypt).on(kms_key().at(HERE));
    let pass = || Statement::allow(iam::action::PassRole).on(role());
    let pass_to_bedrock =
        || pass().when(iam::key::PASSED_TO_SERVICE.string_equals("bedrock.amazonaws.com"));
    let grant = || Statement::allow(kms::action::CreateGrant).on(kms_key().at(HERE));
    let operations = || {
        let operations = kms::key::GRANT_OPERATIONS.for_all_values();
        operations.string_equals(["Decrypt", "DescribeKey"])
    };
    let execute =
        || Statement::allow(rds_data::action::ExecuteStatement).on(cluster.clone().at(HERE));
    let create = || Statement::allow(bedrock::action::CreateKnowledgeBase).on(AnyResource);
    // a mistake, its finding, and what was meant
    let mistakes = [
        (
            vec![
                Statement::allow(iam::action::PassRole)
                    .on(AnyResource)
                    .checked(),
            ],
            "pass-role-on-every-role",
            vec![pass_to_bedrock().checked()],
        ),
        (
            vec![
                Statement::allow(iam::action::PassRole)
                    .on(every_role.at(HERE))
                    .checked(),
            ],
            "pass-role-on-every-role",
            vec![pass_to_bedrock().checked()],
        ),
        (
            vec![
                pass()
                    .when(iam::key::PASSED_TO_SERVICE.string_equals("bedrock"))
                    .checked(),
            ],
            "invalid-value",
            vec![pass_to_bedrock().checked()],
        ),
        (
            vec![create().checked()],
            "missing-dependent-action",
            vec![create().checked(), pass_to_bedrock().checked()],
        ),
        (
            vec![
                decrypt()
                    .when(kms::key::VIA_SERVICE.string_equals("s3.amazonaws.com"))
                    .checked(),
            ],
            "invalid-value",
            vec![
                decrypt()
                    .when(kms::key::VIA_SERVICE.string_equals("s3.eu-central-1.amazonaws.com"))
                    .checked(),
            ],
        ),
        (
            vec![grant().when(operations()).checked()],
            "unguarded-for-all-values",
            vec![
                grant()
                    .when(operations())
                    .when(kms::key::GRANT_OPERATIONS.null(false))
                    .checked(),
            ],
        ),
        (
            vec![
                Statement::allow(secretsmanager::action::GetSecretValue)
                    .on(secret(seg!("orchard/rake")))
                    .checked(),
            ],
            "malformed-arn",
            vec![
                Statement::allow(secretsmanager::action::GetSecretValue)
                    .on(secret(seg!(glob "orchard/rake-??????")))
                    .checked(),
            ],
        ),
        (
            vec![execute().checked()],
            "missing-dependent-action",
            vec![
                execute().checked(),
                Statement::allow(secretsmanager::action::GetSecretValue)
                    .on(secret(seg!("orchard-a1b2c3")))
                    .checked(),
            ],
        ),
        (
            vec![
                Statement::allow(foreign_action!(glob "s3:Delete*"))
                    .on(objects.clone().at(HERE))
                    .checked(),
                Statement::deny(s3::action::DeleteObject)
                    .on(objects.clone().at(HERE))
                    .checked(),
            ],
            "forgotten-sibling",
            vec![
                Statement::allow(foreign_action!(glob "s3:Delete*"))
                    .on(objects.clone().at(HERE))
                    .checked(),
                Statement::deny((s3::action::DeleteObject, s3::action::DeleteObjectVersion))
                    .on(objects.at(HERE))
                    .checked(),
            ],
        ),
        (
            vec![
                Statement::allow(foreign_action!(glob "s3:ListBuket*"))
                    .on(bucket())
                    .checked(),
            ],
            "unknown-action",
            vec![
                Statement::allow(s3::action::ListBucket)
                    .on(bucket())
                    .checked(),
            ],
        ),
        (
            vec![
                Statement::allow(s3::action::ListBucket)
                    .on(raw_arn!("arn:aws:s3:eu-central-1:123456789012:orchard"))
                    .checked(),
            ],
            "malformed-arn",
            vec![
                Statement::allow(s3::action::ListBucket)
                    .on(bucket())
                    .checked(),
            ],
        ),
        (
            vec![
                Statement::allow(foreign_action!("iam:PassRole"))
                    .on(raw_arn!("arn:aws:iam::123456789012:user/gardener"))
                    .checked(),
            ],
            "action-without-resource",
            vec![pass_to_bedrock().checked()],
        ),
    ];
    for (mistake, code, meant) in mistakes {
        let codes = |statements: Vec<Statement>| -> Vec<_> {
            let policy = Policy::new().with_all(statements).build().unwrap();
            let findings = policy.check(catalog()).findings;
            findings.iter().map(|it| it.code.as_str()).collect()
        };
        let found = codes(mistake.clone());
        assert!(found.contains(&code), "{code}: {found:?}, {mistake:?}");
        assert_eq!(codes(meant), Vec::<&str>::new(), "{code}: {mistake:?}");
    }
}
