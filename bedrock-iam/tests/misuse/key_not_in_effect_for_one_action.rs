use bedrock_iam::bedrock::{action, key};
use bedrock_iam::{AnyResource, Statement};

fn main() {
    let _ = Statement::deny((action::InvokeModel, action::InvokeModelWithResponseStream))
        .on(AnyResource)
        .when(key::MODEL_ARN.arn_like("arn:aws:bedrock:*::foundation-model/*"));
}
