use bedrock_iam::{Arn, Statement};
use bedrock_iam::{aoss, aws_marketplace, bedrock, bedrock_agentcore, cloudwatch, dynamodb, ecr};
use bedrock_iam::{iam, kms, lambda, logs, rds_data, s3, s3vectors, secretsmanager, sts};

fn objects_of_a_bucket(bucket: Arn<s3::arn::Bucket>) {
    let _ = Statement::allow(s3::action::GetObject).on(bucket);
}

fn list_of_objects(objects: Arn<s3::arn::Object>) {
    let _ = Statement::allow((s3::action::GetObject, s3::action::ListBucket)).on(objects);
}

fn buckets_of_the_account(bucket: Arn<s3::arn::Bucket>) {
    let _ = Statement::allow(s3::action::ListAllMyBuckets).on(bucket);
}

fn vectors_in_a_bucket(bucket: Arn<s3::arn::Bucket>) {
    let _ = Statement::allow(s3vectors::action::PutVectors).on(bucket);
}

fn vectors_of_all_indexes(bucket: Arn<s3vectors::arn::VectorBucket>) {
    let _ = Statement::allow(s3vectors::action::QueryVectors).on(bucket);
}

fn decrypt_by_alias(alias: Arn<kms::arn::Alias>) {
    let _ = Statement::allow(kms::action::Decrypt).on(alias);
}

fn decrypt_the_bucket(bucket: Arn<s3::arn::Bucket>) {
    let _ = Statement::allow((s3::action::ListBucket, kms::action::Decrypt)).on(bucket);
}

fn create_one_key(key: Arn<kms::arn::Key>) {
    let _ = Statement::allow(kms::action::CreateKey).on(key);
}

fn pass_a_policy(policy: Arn<iam::arn::Policy>) {
    let _ = Statement::allow(iam::action::PassRole).on(policy);
}

fn pass_a_role_of_sts(role: Arn<sts::arn::Role>) {
    let _ = Statement::allow(iam::action::PassRole).on(role);
}

fn assume_a_role_of_iam(role: Arn<iam::arn::Role>) {
    let _ = Statement::allow(sts::action::AssumeRole).on(role);
}

fn create_and_pass(agent: Arn<bedrock::arn::Agent>) {
    let _ = Statement::allow((bedrock::action::UpdateAgent, iam::action::PassRole)).on(agent);
}

fn invoke_a_layer(layer: Arn<lambda::arn::Layer>) {
    let _ = Statement::allow(lambda::action::InvokeFunction).on(layer);
}

fn write_to_the_group(group: Arn<logs::arn::LogGroup>) {
    let _ = Statement::allow(logs::action::PutLogEvents).on(group);
}

fn create_the_group(stream: Arn<logs::arn::LogStream>) {
    let _ = Statement::allow(logs::action::CreateLogGroup).on(stream);
}

fn metrics_of_an_alarm(alarm: Arn<cloudwatch::arn::Alarm>) {
    let _ = Statement::allow(cloudwatch::action::PutMetricData).on(alarm);
}

fn secret_of_a_key(key: Arn<kms::arn::Key>) {
    let _ = Statement::allow(secretsmanager::action::GetSecretValue).on(key);
}

fn query_with_the_secret(secret: Arn<secretsmanager::arn::Secret>) {
    let _ = Statement::allow(rds_data::action::ExecuteStatement).on(secret);
}

fn dashboards_of_a_collection(collection: Arn<aoss::arn::Collection>) {
    let _ = Statement::allow(aoss::action::DashboardsAccessAll).on(collection);
}

fn write_an_index(index: Arn<dynamodb::arn::Index>) {
    let _ = Statement::allow(dynamodb::action::PutItem).on(index);
}

fn stream_of_a_table(table: Arn<dynamodb::arn::Table>) {
    let _ = Statement::allow(dynamodb::action::GetRecords).on(table);
}

fn token_of_a_repository(repository: Arn<ecr::arn::Repository>) {
    let _ = Statement::allow(ecr::action::GetAuthorizationToken).on(repository);
}

fn image_of_a_function(function: Arn<lambda::arn::Function>) {
    let _ = Statement::allow(ecr::action::BatchGetImage).on(function);
}

fn subscribe_to_a_model(model: Arn<bedrock::arn::FoundationModel>) {
    let _ = Statement::allow(aws_marketplace::action::Subscribe).on(model);
}

fn invoke_a_runtime(runtime: Arn<bedrock_agentcore::arn::Runtime>) {
    let _ = Statement::allow(bedrock::action::InvokeAgent).on(runtime);
}

fn invoke_an_agent(agent: Arn<bedrock::arn::Agent>) {
    let _ = Statement::allow(bedrock_agentcore::action::InvokeAgentRuntime).on(agent);
}

fn token_of_a_runtime(runtime: Arn<bedrock_agentcore::arn::Runtime>) {
    let _ = Statement::allow(bedrock_agentcore::action::GetWorkloadAccessToken).on(runtime);
}

fn generate_from_a_base(base: Arn<bedrock::arn::KnowledgeBase>) {
    let _ = Statement::allow(bedrock::action::RetrieveAndGenerate).on(base);
}

fn main() {}
