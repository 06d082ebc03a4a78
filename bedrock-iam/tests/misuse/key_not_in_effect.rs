use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::{Segment, Site, Statement};

fn main() {
    let model = arn::FoundationModel { resource_id: Segment::ANY }.at(Site::ANYWHERE);
    let _ = Statement::allow(action::InvokeModel)
        .on(model)
        .when(key::resource_tag("team").string_equals("search"));
}
