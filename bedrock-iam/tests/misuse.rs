//! Programs that must not compile, and their compiler messages.

#[test]
#[cfg_attr(
    not(all(feature = "all-modules", feature = "serde")),
    ignore = "the messages depend on the features: run it with --all-features"
)]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/misuse/*.rs");
}
