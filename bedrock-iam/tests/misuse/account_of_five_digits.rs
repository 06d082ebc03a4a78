fn main() {
    let _ = bedrock_iam::account!("12345");
}
