use bedrock_iam::bedrock::{action, key};
use bedrock_iam::{AnyResource, Statement};

fn main() {
    let _ = Statement::deny_all_except(action::InvokeModel)
        .on(AnyResource)
        .when(key::SERVICE_TIER.string_equals("flex"));
}
