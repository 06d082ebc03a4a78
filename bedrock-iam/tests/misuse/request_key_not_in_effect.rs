use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::decide::Request;
use bedrock_iam::{Site, seg};

fn main() {
    let agent = arn::Agent { agent_id: seg!("A") }.at(Site::ANYWHERE);
    let _ = Request::new(action::GetAgent).on(agent).with(key::SERVICE_TIER, "flex");
}
