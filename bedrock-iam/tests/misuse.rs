//! What must not compile, with the messages that say why.

#[test]
#[cfg_attr(
    not(all(
        feature = "bedrock",
        feature = "bedrock-agentcore",
        feature = "bedrock-mantle",
        feature = "bedrock-websearch",
        feature = "serde",
    )),
    ignore = "names are printed by what else is there: run it with --all-features"
)]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/misuse/*.rs");
}
