//! Texts that are not policies, but contain one or describe one in another format.

use serde_json::Value;

/// Returns what a text is instead of a policy, and what to do with it; `None` if it is not known.
pub(crate) fn recognize(text: &str) -> Option<String> {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => in_json(&value),
        Err(_) => not_json(text),
    }
}

fn in_json(value: &Value) -> Option<String> {
    if value.get("Statement").is_some() {
        return None;
    }
    if value.get("Resources").is_some_and(Value::is_object)
        || value.get("AWSTemplateFormatVersion").is_some()
    {
        return Some(found(
            "a CloudFormation template",
            "each policy in a file of its own",
        ));
    }
    // the commands of the AWS CLI that print policies, and where
    for (pointer, command, query) in [
        (
            "/PolicyVersion/Document",
            "aws iam get-policy-version",
            "PolicyVersion.Document",
        ),
        (
            "/Role/AssumeRolePolicyDocument",
            "aws iam get-role",
            "Role.AssumeRolePolicyDocument",
        ),
        (
            "/PolicyDocument",
            "aws iam get-role-policy",
            "PolicyDocument",
        ),
        (
            "/Policy/Content",
            "aws organizations describe-policy",
            "Policy.Content",
        ),
        ("/Policy/Arn", "aws iam get-policy", ""),
        (
            "/Policy",
            "a command that prints a resource's policy",
            "Policy",
        ),
        (
            "/RoleDetailList",
            "aws iam get-account-authorization-details",
            "",
        ),
    ] {
        if value.pointer(pointer).is_none() {
            continue;
        }
        let command = match command.starts_with("aws ") {
            true => format!("the output of `{command}`"),
            false => format!("the output of {command}"),
        };
        let expected = match query {
            "" => "a policy document; hint: `aws iam get-policy-version` prints one".to_owned(),
            query => format!("the policy in it; hint: add `--query {query}` to the command"),
        };
        return Some(found(&command, &expected));
    }
    None
}

fn not_json(text: &str) -> Option<String> {
    let text = text.trim_start();
    let is_one_of = |all: &[&str]| all.iter().any(|it| text.contains(it));
    let has_line = |start: &str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(start))
    };
    if is_one_of(&[
        "resource \"aws_",
        "data \"aws_iam_policy_document\"",
        "jsonencode(",
    ]) {
        let expected = "JSON; hint: `terraform show -json` prints the policies of a plan";
        return Some(found("HCL, as Terraform uses it", expected));
    }
    if has_line("AWSTemplateFormatVersion:") || has_line("Type: AWS::") {
        return Some(found(
            "a CloudFormation template in YAML",
            "each policy as JSON",
        ));
    }
    if text.starts_with("---") || has_line("Statement:") || has_line("- Effect:") {
        return Some(found("YAML", "JSON; hint: `yq -o json` converts it"));
    }
    if text.starts_with("%7B") || text.starts_with("%7b") {
        return Some(found("a URL-encoded policy", "JSON; hint: decode it first"));
    }
    None
}

fn found(what: &str, expected: &str) -> String {
    format!("found {what}; expected {expected}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognized() {
        for (text, what) in [
            (
                r#"{"PolicyVersion": {"Document": {}}}"#,
                "PolicyVersion.Document",
            ),
            (r#"{"Resources": {}}"#, "CloudFormation"),
            (
                r#"{"Policy": {"Arn": "arn:aws:iam::123456789012:policy/p"}}"#,
                "aws iam get-policy",
            ),
            (r#"{"Policy": "{}"}"#, "--query Policy"),
            (
                "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n",
                "YAML",
            ),
            (
                "Resources:\n  R:\n    Type: AWS::IAM::Role\n",
                "CloudFormation template in YAML",
            ),
            ("data \"aws_iam_policy_document\" \"d\" {}", "HCL"),
            ("%7B%22Version%22", "URL-encoded"),
        ] {
            let found = recognize(text);
            assert!(
                found.as_ref().is_some_and(|it| it.contains(what)),
                "{text}: {found:?}"
            );
        }
        for text in ["{}", "[]", "{", "", r#"{"Statement": [], "Resources": {}}"#] {
            assert_eq!(recognize(text), None, "{text}");
        }
    }
}
