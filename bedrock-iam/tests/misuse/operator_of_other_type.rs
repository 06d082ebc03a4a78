use bedrock_iam::{bedrock::key, global};

fn main() {
    let _ = key::SERVICE_TIER.numeric_equals(3);
    let _ = global::SECURE_TRANSPORT.string_equals("true");
    let _ = global::SOURCE_IP.string_like("203.0.113.*");
    let _ = global::CURRENT_TIME.numeric_less_than(0);
}
