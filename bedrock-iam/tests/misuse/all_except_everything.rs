use bedrock_iam::bedrock::action;
use bedrock_iam::{AnyResource, Statement};

fn main() {
    let _ = Statement::deny(action::InvokeModel).on_all_except(AnyResource);
}
