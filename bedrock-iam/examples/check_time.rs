//! Measures how the time of a check grows with the size of a policy.
//!
//! `cargo run --release -p bedrock-iam --example check_time --features json`

use std::fmt::Write;
use std::time::Instant;

use bedrock_iam::document::Document;
use bedrock_iam::{Catalog, catalog, check};

fn main() {
    let catalog = catalog();
    println!("one statement, by KiB of patterns (ms)");
    for (name, pattern) in KINDS {
        row(
            name,
            &[64, 128, 256, 512],
            |kib| {
                let (mut list, mut number) = (String::new(), 0);
                while list.len() < kib * 1024 {
                    let _ = write!(list, "{}{:?}", comma(number), pattern(number));
                    number += 1;
                }
                match name.split_once(' ') {
                    Some(("resources:", _)) => statement(r#""bedrock:Get*""#, &list, ""),
                    Some(("conditions:", _)) => condition(&list),
                    _ => statement(&list, r#""*""#, ""),
                }
            },
            catalog,
        );
    }
    println!("several statements, by their number (ms)");
    for (name, make) in STATEMENTS {
        row(
            name,
            &[100, 200, 400, 800],
            |count| {
                let statements: Vec<_> = (0..count).map(make).collect();
                statements.join(",")
            },
            catalog,
        );
    }
}

type Pattern = fn(usize) -> String;

const KINDS: &[(&str, Pattern)] = &[
    ("actions: s3:Get7", |at| format!("s3:GetObject{at}")),
    ("actions: s3:Get7*", |at| format!("s3:GetObject{at:06}*")),
    ("actions: s3:*7*", |at| format!("s3:*Object{at:06}*")),
    ("actions: s3:G*O*7", |at| format!("s3:G*Ob*{at:06}")),
    ("actions: bedrock:*7*", |at| format!("bedrock:*{at:06}*")),
    ("actions: bedrock:Get*", |_| "bedrock:Get*".to_owned()),
    ("actions: misspelled", |at| {
        format!("bedrock:InvokeModle{at:06}")
    }),
    ("resources: guardrails", |at| {
        format!("arn:aws:bedrock:*:123456789012:guardrail/{at:06}")
    }),
    ("resources: any service", |at| {
        format!("arn:aws:*:*:*:{at:06}*")
    }),
    ("conditions: tags", |at| format!("aws:RequestTag/{at:06}")),
];

const STATEMENTS: &[(&str, Pattern)] = &[
    ("all different", |at| {
        statement(
            &format!(r#""bedrock:InvokeModel","s3:Get{at}*""#),
            &format!(r#""arn:aws:bedrock:*::foundation-model/{at}""#),
            "",
        )
    }),
    ("all the same", |_| {
        statement(r#""bedrock:Converse""#, r#""*""#, "")
    }),
    ("on everything", |at| {
        statement(&format!(r#""s3:Get{at}*""#), r#""*""#, "")
    }),
    ("under conditions", |at| {
        let condition = format!(r#","Condition":{{"StringEquals":{{"aws:RequestTag/a":"{at}"}}}}"#);
        statement(r#""bedrock:InvokeModel""#, r#""*""#, &condition)
    }),
];

fn comma(number: usize) -> &'static str {
    if number == 0 { "" } else { "," }
}

fn statement(actions: &str, resources: &str, rest: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":[{actions}],"Resource":[{resources}]{rest}}}"#)
}

fn condition(keys: &str) -> String {
    let keys: Vec<_> = keys.split(',').map(|key| format!(r#"{key}:"x""#)).collect();
    let keys = keys.join(",");
    let condition = format!(r#","Condition":{{"ForAllValues:StringEquals":{{{keys}}}}}"#);
    statement(r#""bedrock:Get*""#, r#""*""#, &condition)
}

/// Prints the time and the number of findings for each size.
fn row(name: &str, sizes: &[usize], make: impl Fn(usize) -> String, catalog: &Catalog) {
    let mut line = format!("{name:25}");
    for size in sizes {
        let statements = make(*size);
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        let document = match Document::from_json(&text) {
            Ok(document) => document,
            Err(error) => {
                line += &format!("  {error}");
                break;
            }
        };
        let begin = Instant::now();
        let found = check::check(&document, catalog).findings.len();
        let time = begin.elapsed().as_secs_f64() * 1000.0;
        let _ = write!(line, " {size:>5}: {time:>8.1} ({found})");
    }
    println!("{line}");
}
