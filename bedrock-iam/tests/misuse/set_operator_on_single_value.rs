use bedrock_iam::bedrock::key;

fn main() {
    let _ = key::SERVICE_TIER.for_all_values().string_equals("flex");
}
