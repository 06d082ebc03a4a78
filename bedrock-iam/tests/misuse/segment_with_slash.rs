fn main() {
    let _: bedrock_iam::Segment = bedrock_iam::seg!("a/b");
}
