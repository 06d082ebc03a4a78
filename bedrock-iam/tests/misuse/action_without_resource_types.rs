use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{Segment, Site, Statement};

fn main() {
    let agent = arn::Agent { agent_id: Segment::ANY }.at(Site::ANYWHERE);
    let _ = Statement::allow(action::ListAgents).on(agent);
}
