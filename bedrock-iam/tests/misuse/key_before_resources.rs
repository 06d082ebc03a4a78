use bedrock_iam::bedrock::{action, key};
use bedrock_iam::{AnyResource, Statement};

fn main() {
    let _ = Statement::allow(action::InvokeModel)
        .when(key::SERVICE_TIER.string_equals("flex"))
        .on(AnyResource);
}
