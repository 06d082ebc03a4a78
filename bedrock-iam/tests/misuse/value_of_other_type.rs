use bedrock_iam::global;

fn main() {
    let _ = global::SECURE_TRANSPORT.bool(1);
    let _ = global::REQUESTED_REGION.string_equals([true]);
}
