fn main() {
    let _ = bedrock_iam::region!("Frankfurt");
}
