use bedrock_iam::{AnyResource, Arn, Statement};
use bedrock_iam::{aws_marketplace, bedrock, cloudwatch, iam, kms, lambda, s3, s3vectors};
use bedrock_iam::{secretsmanager, sts};

fn prefix_of_objects(objects: Arn<s3::arn::Object>) {
    let _ = Statement::allow(s3::action::GetObject).on(objects).when(s3::key::PREFIX.string_like("apples/*"));
}

fn encryption_of_reads(objects: Arn<s3::arn::Object>) {
    let _ = Statement::allow(s3::action::GetObject)
        .on(objects)
        .when(s3::key::X_AMZ_SERVER_SIDE_ENCRYPTION.string_equals("aws:kms"));
}

fn reads_via_a_service(objects: Arn<s3::arn::Object>) {
    let _ = Statement::allow(s3::action::GetObject)
        .on(objects)
        .when(kms::key::VIA_SERVICE.string_equals("s3.eu-central-1.amazonaws.com"));
}

fn context_of_a_description(key: Arn<kms::arn::Key>) {
    let _ = Statement::allow(kms::action::DescribeKey)
        .on(key)
        .when(kms::key::encryption_context("team").string_equals("orchard"));
}

fn decrypt_for_a_grant(key: Arn<kms::arn::Key>) {
    let _ = Statement::allow(kms::action::Decrypt).on(key).when(kms::key::GRANT_IS_FOR_AWS_RESOURCE.bool(true));
}

fn service_of_an_agent(agent: Arn<bedrock::arn::Agent>) {
    let _ = Statement::allow(bedrock::action::UpdateAgent)
        .on(agent)
        .when(iam::key::PASSED_TO_SERVICE.string_equals("bedrock.amazonaws.com"));
}

fn service_of_a_mixed_statement(agent: Arn<bedrock::arn::Agent>, role: Arn<iam::arn::Role>) {
    let _ = Statement::allow((bedrock::action::UpdateAgent, iam::action::PassRole))
        .on_mixed((agent, role))
        .when(iam::key::PASSED_TO_SERVICE.string_equals("bedrock.amazonaws.com"));
}

fn external_id_of_a_pass(role: Arn<iam::arn::Role>) {
    let _ = Statement::allow(iam::action::PassRole).on(role).when(sts::key::EXTERNAL_ID.string_equals("orchard"));
}

fn principal_of_a_call(function: Arn<lambda::arn::Function>) {
    let _ = Statement::allow(lambda::action::InvokeFunction)
        .on(function)
        .when(lambda::key::PRINCIPAL.string_equals("bedrock.amazonaws.com"));
}

fn namespace_of_reads() {
    let _ = Statement::allow(cloudwatch::action::GetMetricData)
        .on(AnyResource)
        .when(cloudwatch::key::NAMESPACE.string_equals("bedrock-agentcore"));
}

fn key_of_vectors(index: Arn<s3vectors::arn::Index>) {
    let _ = Statement::allow(s3vectors::action::QueryVectors)
        .on(index)
        .when(s3vectors::key::SSE_TYPE.string_equals("aws:kms"));
}

fn products_of_a_list() {
    let _ = Statement::allow(aws_marketplace::action::ViewSubscriptions)
        .on(AnyResource)
        .when(aws_marketplace::key::PRODUCT_ID.for_any_value().string_equals("prod-1"));
}

fn tier_of_a_secret(secret: Arn<secretsmanager::arn::Secret>) {
    let _ = Statement::allow(secretsmanager::action::GetSecretValue)
        .on(secret)
        .when(bedrock::key::SERVICE_TIER.string_equals("default"));
}

fn main() {}
