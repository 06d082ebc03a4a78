use bedrock_iam::{foreign_action, iam, kms, raw_arn, s3, secretsmanager, seg};

fn main() {
    let _ = s3::arn::Bucket { bucket_name: seg!("orchard/apples") };
    let _ = s3::arn::Bucket { bucket_name: seg!("arn:aws:s3:::orchard") };
    let _ = kms::arn::Key { key_id: seg!("alias/orchard") };
    let _ = iam::arn::Role { role_name_with_path: seg!("arn:aws:iam::123456789012:role/orchard") };
    // errors of constants are reported after those of types
    let _ = s3::arn::Bucket { bucket_name: seg!("orchard*") };
    let _ = secretsmanager::arn::Secret { secret_id: seg!("orchard/rake-??????") };
    let _ = foreign_action!("s3:GetObjects");
    let _ = foreign_action!("s3:ListObjectsV2");
    let _ = foreign_action!("kms:GenerateDatakeys");
    let _ = foreign_action!("lambda:Invoke");
    let _ = foreign_action!("iam:PassRoles");
    let _ = foreign_action!("aoss:ApiAccessAl");
    let _ = foreign_action!("ecr:GetLoginPassword");
    let _ = foreign_action!("bedrock-agentcore:InvokeAgent");
    let _ = raw_arn!("arn:aws:s3::orchard");
}
