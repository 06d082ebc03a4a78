use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{Segment, Site, Statement};

fn main() {
    let guardrail = arn::Guardrail { guardrail_id: Segment::ANY }.at(Site::ANYWHERE);
    let _ = Statement::allow(action::ApplyGuardrail).on(guardrail.with_version(1));
}
