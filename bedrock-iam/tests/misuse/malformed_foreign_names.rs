use bedrock_iam::{foreign_action, foreign_key, raw_arn};

fn main() {
    let _ = foreign_action!("PassRole");
    let _ = foreign_action!("iam:Pass*");
    let _ = foreign_key!("PassedToService");
    let _ = raw_arn!("role/bedrock");
}
