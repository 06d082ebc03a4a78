//! The commands other than `check`.

mod support;

use support::{GOOD, POLICY, failed, printed, run};

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
    // entries as written, what a Deny takes away, and what has no effect
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Resource":
         "arn:aws:bedrock:*::foundation-model/*", "Action": ["bedrock:InvokeModel", "bedrock:GetAgent",
         "bedrock:InvokeModelWithResponseStream"]},
        {"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*",
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}"#;
    let (text, _) = printed(&["explain", "-"], policy);
    let header = text.lines().next().unwrap().split_whitespace();
    let header: Vec<_> = header.collect();
    assert_eq!(
        header,
        [
            "PRINCIPALS",
            "RESOURCES",
            "LEVEL",
            "ALLOWED",
            "CONDITION",
            "DENIED"
        ]
    );
    assert!(text.contains("Service bedrock.amazonaws.com"), "{text}");
    assert!(
        text.contains("  `bedrock:InvokeModel` in part (Statement[1])\n"),
        "{text}"
    );
    assert!(!text.contains("InvokeModel*"), "{text}");
    assert!(
        text.contains("fits: `bedrock:GetAgent` (Statement[0])\n"),
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
    // misses are reported beside the rest, and services without facts pass through
    let output = run(
        &["expand", "bedrock:InvokeModel", "bedrock:Nothing*", "sqs:*"],
        "",
    );
    assert_eq!(output.stdout, b"bedrock:InvokeModel\n");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        errors.matches(" matches no known action").count(),
        2,
        "{errors}"
    );
    assert_eq!(output.status.code(), Some(1));
    let output = run(&["minimize", "sqs:SendMessage", "bedrock:InvokeModel"], "");
    assert_eq!(output.stdout, b"bedrock:InvokeModel\nsqs:SendMessage\n");
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .starts_with("1 pattern for 1 action; 1 entry")
    );
    assert_eq!(output.status.code(), Some(0));
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
