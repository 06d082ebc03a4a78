use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{Segment, Statement};

fn main() {
    let _ = Statement::allow(action::GetAgent).on(arn::Agent { agent_id: Segment::ANY });
}
