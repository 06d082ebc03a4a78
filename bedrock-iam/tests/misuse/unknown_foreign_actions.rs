use bedrock_iam::foreign_action;

fn main() {
    let _ = foreign_action!("bedrock:InvokeModle");
    let _ = foreign_action!("S3:GetObjects");
    let _ = foreign_action!("kms:Converse");
    let _ = foreign_action!("bedrock:Converse");
    let _ = foreign_action!("bedrock-runtime:InvokeModel");
    let _ = foreign_action!(glob "bedrock-agent:*");
    // these compile: known, newer, of another page, of a service without a module
    let _ = foreign_action!("bedrock:invokemodel");
    let _ = foreign_action!(newer "bedrock:InvokeModle");
    let _ = foreign_action!("aws-marketplace:StartBuild");
    let _ = foreign_action!("ec2:InvokeModle");
}
