use bedrock_iam::bedrock::action;
use bedrock_iam::decide::Request;
use bedrock_iam::{AnyResource, global};

fn main() {
    let _ = Request::new(action::InvokeModel)
        .on(AnyResource)
        .with(global::SECURE_TRANSPORT, 1);
}
