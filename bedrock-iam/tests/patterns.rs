//! Comparison of ARN patterns with slow but simple implementations.

use bedrock_iam::ArnPattern;
use proptest::prelude::*;

/// Returns an ARN pattern with this resource.
fn pattern(resource: &str) -> ArnPattern {
    ArnPattern::parse(&arn(resource)).unwrap()
}

fn arn(resource: &str) -> String {
    format!("arn:aws:orchard:eu-central-1:123456789012:{resource}")
}

/// Returns whether a pattern matches a text, directly from the definition.
fn naive(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            naive(rest, text) || matches!(text, [_, tail @ ..] if naive(pattern, tail))
        }
        ([b'?', rest @ ..], [_, tail @ ..]) => naive(rest, tail),
        ([a, rest @ ..], [b, tail @ ..]) => a == b && naive(rest, tail),
        _ => false,
    }
}

/// Returns all texts over a small alphabet, long enough to distinguish two patterns of four
/// characters.
fn texts() -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut start = 0;
    for _ in 0..6 {
        let end = texts.len();
        for index in start..end {
            for char in ['a', 'b', '/'] {
                texts.push(format!("{}{char}", texts[index]));
            }
        }
        start = end;
    }
    texts
}

#[test]
fn wildcards_match_within_their_field() {
    let matches = |pattern: &str, arn: &str| ArnPattern::parse(pattern).unwrap().matches(arn);
    let model = "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.x-v1:0";
    for pattern in [
        "*",
        "arn:aws:bedrock:*::foundation-model/*",
        "arn:*:bedrock:eu-*::foundation-model/anthropic.*:0",
        "arn:aws:bedrock:eu-central-?:*:*",
        "arn:aws:bedrock:${aws:RequestedRegion}::foundation-model/*",
    ] {
        assert!(matches(pattern, model), "{pattern}");
    }
    for pattern in [
        "arn:aws:bedrock:*:foundation-model/*:0",
        "arn:aws:bedrock:*:?*:foundation-model/*",
        "arn:aws:bedrock:*::Foundation-model/*",
        "arn:aws*::::anthropic.x-v1:0",
        "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.x-v1",
    ] {
        assert!(!matches(pattern, model), "{pattern}");
    }
    assert!(!matches("arn:aws:bedrock:*:*:*", "arn:aws:bedrock"));
    for text in [
        "",
        "arn",
        "arn:aws:s3:::",
        "**",
        "arn:aws:s3",
        "ARN:aws:s3:::x",
        "aws:arn:s3:::x",
    ] {
        assert_eq!(
            ArnPattern::parse(text).is_ok(),
            text == "arn:aws:s3:::",
            "{text:?}"
        );
    }
}

#[test]
fn variables_are_recognized() {
    assert!(pattern("a/${aws:username}/*").has_variables());
    assert!(!pattern("a/${*}b${$}").has_variables());
    // A colon inside a variable does not separate fields.
    let account = ArnPattern::parse("arn:aws:iam::${aws:PrincipalAccount}:user/a:b").unwrap();
    assert!(account.matches("arn:aws:iam::123456789012:user/a:b"));
    assert_eq!(
        account.to_string(),
        "arn:aws:iam::${aws:PrincipalAccount}:user/a:b"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn matching_agrees_with_its_definition(glob in "[ab*?/:]{0,8}", text in "[ab/:]{0,8}") {
        prop_assert_eq!(pattern(&glob).matches(&arn(&text)), naive(glob.as_bytes(), text.as_bytes()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn meeting_agrees_with_exhaustive_search(pairs in proptest::collection::vec(("[ab*?]{0,4}", "[ab*?]{0,4}"), 4)) {
        let texts = texts();
        for (left, right) in pairs {
            let both = |text: &&String| {
                naive(left.as_bytes(), text.as_bytes()) && naive(right.as_bytes(), text.as_bytes())
            };
            let expected = texts.iter().find(both);
            let (left, right) = (pattern(&left), pattern(&right));
            prop_assert_eq!(left.meets(&right), expected.is_some(), "{} {} {:?}", left, right, expected);
            prop_assert_eq!(right.meets(&left), expected.is_some());
        }
    }
}
