use bedrock_iam::global;

fn main() {
    let _ = global::SOURCE_VPC.null(true).if_exists();
}
