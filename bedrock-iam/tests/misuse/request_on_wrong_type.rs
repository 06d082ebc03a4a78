use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::decide::Request;
use bedrock_iam::{Site, seg};

fn main() {
    let agent = arn::Agent { agent_id: seg!("A") }.at(Site::ANYWHERE);
    let _ = Request::new(action::InvokeModel).on(agent);
}
