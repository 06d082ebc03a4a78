use bedrock_iam::bedrock::key;

fn main() {
    let _ = key::TAG_KEYS.string_equals("team");
}
