//! The commands other than `check`.

mod support;

use support::{GOOD, POLICY, failed, printed};

#[test]
fn explain_prints_a_table() {
    let (text, status) = printed(&["explain", "-"], GOOD);
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines[0], "RESOURCES LEVEL ALLOWED CONDITION");
    assert_eq!(lines[1], "* List (1) bedrock:ListGuardrails");
    assert_eq!(lines[2], "* Read (1) bedrock:GetGuardrail");
    assert_eq!(status, Some(0));
    let without_effect = POLICY.replacen("\"Allow\"", "\"allow\"", 1);
    let (text, _) = printed(&["explain", "-"], &without_effect);
    assert!(
        text.contains("not shown, without the effect `Allow` or `Deny`: Statement[0]\n"),
        "{text}"
    );
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.contains("DENIED") && text.contains("sqs:SendMessage"),
        "{text}"
    );
}

#[test]
fn patterns_are_expanded_and_minimized() {
    let (actions, status) = printed(&["expand", "bedrock:Get*", "bedrock:*Tag*"], "");
    assert!(
        actions.lines().count() > 40 && actions.contains("bedrock:UntagResource\n"),
        "{actions}"
    );
    assert_eq!(status, Some(0));
    let (patterns, _) = printed(&["minimize", "-"], &actions);
    assert!(
        patterns.contains("bedrock:Get*\n") && patterns.lines().count() < 7,
        "{patterns}"
    );
    let (distant, _) = printed(&["minimize", "--keep-distance", "bedrock:Get*"], "");
    assert!(
        !distant.contains("bedrock:Get*\n") && distant.contains("bedrock:GetAgent*\n"),
        "{distant}"
    );
    let (error, status) = failed(&["expand", "bedrock:Nothing*"], "");
    assert!(error.contains("`bedrock:Nothing*` matches no known action") && status == Some(1));
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            printed(&["completions", shell], "").0.contains("minimize"),
            "{shell}"
        );
    }
    assert!(printed(&["man"], "").0.contains(".TH bedrock-iam 1"));
    assert!(printed(&["--help"], "").0.contains("explain"));
}

#[test]
fn convert_prints_a_program() {
    let (text, status) = printed(&["convert", "-"], GOOD);
    assert!(
        text.contains("action::GetGuardrail, action::ListGuardrails"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let (text, status) = failed(&["convert", "-"], "{");
    assert!(text.starts_with("error: "), "{text}");
    assert_eq!(status, Some(1));
}
