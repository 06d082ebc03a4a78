use bedrock_iam::{Site, aws_marketplace, dynamodb, global, kms, s3, secretsmanager};

fn main() {
    let _ = kms::key::GRANT_IS_FOR_AWS_RESOURCE.string_equals("true");
    let _ = secretsmanager::key::RECOVERY_WINDOW_IN_DAYS.string_equals("7");
    let _ = dynamodb::key::LEADING_KEYS.string_equals("apples");
    let _ = aws_marketplace::key::PRODUCT_ID.string_equals("prod-1");
    let _ = s3::key::PREFIX.for_any_value().string_like("apples/*");
    let _ = global::SOURCE_ACCOUNT.string_equals(Site::ANYWHERE);
}
