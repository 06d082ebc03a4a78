use bedrock_iam::{AnyResource, Policy, Principal, Statement, foreign_action};

fn main() {
    let trust = Statement::allow(foreign_action!("sts:AssumeRole"))
        .principal(Principal::service("bedrock.amazonaws.com"));
    let _ = Policy::trust().with(trust.on(AnyResource));
}
