//! Checks that the engine names services only in `src/aws/` and in generated code.

use std::fs;
use std::path::{Path, PathBuf};

/// The action prefixes and ARN service fields of services that are likely to slip into the engine.
const PREFIXES: &[&str] = &[
    "bedrock",
    "bedrock-agentcore",
    "bedrock-mantle",
    "bedrock-websearch",
    "cloudformation",
    "cloudtrail",
    "dynamodb",
    "ec2",
    "ecr",
    "eks",
    "iam",
    "kms",
    "lambda",
    "logs",
    "organizations",
    "rds",
    "s3",
    "sagemaker",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "sts",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Returns the string literals of code, without comments and code after the first `#[cfg(test)]`.
fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or(code);
    let mut found = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|it| *it != '\n').is_some() {},
            // A character literal, not a lifetime: `'"'` and `'\''`.
            '\'' => {
                let mut ahead = chars.clone();
                let escaped = ahead.next() == Some('\\');
                let length = if escaped { 3 } else { 2 };
                if chars.clone().nth(length - 1) == Some('\'') {
                    chars.nth(length - 1);
                }
            }
            '"' => {
                let mut literal = String::new();
                while let Some(char) = chars.next() {
                    match char {
                        '"' => break,
                        '\\' => literal.extend(chars.next()),
                        other => literal.push(other),
                    }
                }
                found.push(literal);
            }
            _ => {}
        }
    }
    found
}

/// Returns the service that a literal names as an action, condition key, ARN or prefix. Examples in
/// messages do not count.
fn service(literal: &str) -> Option<&str> {
    let field = match literal.strip_prefix("arn:") {
        Some(rest) => rest.split(':').nth(1)?,
        None => literal.split(':').next()?,
    };
    PREFIXES.contains(&field).then_some(field)
}

#[test]
fn only_one_folder_names_services() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "{}", files.len());
    let mut named = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).expect("a file below the sources");
        let code = fs::read_to_string(&file).expect("a source");
        let literals = literals(&code);
        let services = literals.iter().filter(|literal| service(literal).is_some());
        let exempt = ["aws", "generated"].iter().any(|it| name.starts_with(it));
        if exempt {
            continue;
        }
        named.extend(services.map(|literal| format!("{}: {literal:?}", name.display())));
    }
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn literals_are_distinguished_from_comments() {
    let code = r#"
        // "iam:PassRole"
        const A: &str = "iam:PassRole"; // and "s3:GetObject"
        const B: (char, &str) = ('"', "arn:aws:s3:::x");
        fn c<'a>(d: &'a str) { e("such as `iam:PassRole`", '\'', "kms") }
        #[cfg(test)]
        const F: &str = "sts:AssumeRole";
    "#;
    let literals = literals(code);
    let services: Vec<_> = literals.iter().filter_map(|it| service(it)).collect();
    assert_eq!(services, ["iam", "s3", "kms"]);
}
