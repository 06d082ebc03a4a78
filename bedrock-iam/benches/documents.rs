//! Parsing, checking, expanding, minimizing and lookup, compared with other crates where possible.
//!
//! `cargo bench -p bedrock-iam --all-features --bench documents`; the figures are items per second on
//! one core. The policies are AWS's managed policies if the folder `../shared/policies` exists, else
//! copies of one policy.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use bedrock_iam::bedrock::Action;
use bedrock_iam::check::check;
use bedrock_iam::document::Document;
use bedrock_iam::{ActionPattern, ActionSet, catalog};
use divan::Bencher;
use divan::counter::ItemsCount;

const OWN: &str = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow",
    "Action": ["bedrock:InvokeModel", "bedrock:Get*"], "Resource": "*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}}}]}"#;

static POLICIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/policies");
    let Ok(entries) = fs::read_dir(folder) else {
        return vec![OWN.to_owned(); 200];
    };
    let texts = entries.flatten().filter_map(|entry| {
        let text = fs::read_to_string(entry.path()).ok()?;
        let value: serde_json::Value = serde_json::from_str(&text).ok()?;
        let document = value.pointer("/PolicyVersion/Document").unwrap_or(&value);
        Some(document.to_string())
    });
    texts.collect()
});

fn main() {
    divan::main();
}

fn each_policy<R>(bencher: Bencher<'_, '_>, read: impl Fn(&str) -> R + Sync) {
    let texts = &*POLICIES;
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in texts {
            divan::black_box(read(divan::black_box(text)));
        }
    });
}

#[divan::bench]
fn read_bedrock_iam(bencher: Bencher<'_, '_>) {
    each_policy(bencher, |text| Document::from_json(text).expect("a policy"));
}

/// `iam-rs` can't parse every policy; failures count as parsed.
#[divan::bench]
fn read_iam_rs(bencher: Bencher<'_, '_>) {
    each_policy(bencher, |text| {
        serde_json::from_str::<iam_rs::IAMPolicy>(text).ok()
    });
}

#[divan::bench]
fn read_json_value(bencher: Bencher<'_, '_>) {
    each_policy(bencher, |text| {
        serde_json::from_str::<serde_json::Value>(text).expect("JSON")
    });
}

#[divan::bench]
fn check_all(bencher: Bencher<'_, '_>) {
    let read = |text: &String| Document::from_json(text).expect("a policy");
    let documents: Vec<_> = POLICIES.iter().map(read).collect();
    bencher.counter(ItemsCount::new(documents.len())).bench(|| {
        documents
            .iter()
            .map(|document| check(document, catalog()).findings.len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn expand(bencher: Bencher<'_, '_>) {
    let catalog = bedrock_iam::catalog();
    bencher.counter(ItemsCount::new(1_usize)).bench(|| {
        let pattern: ActionPattern = divan::black_box("bedrock:Get*").parse().expect("a pattern");
        pattern.expand(catalog).count()
    });
}

#[divan::bench]
fn look_up(bencher: Bencher<'_, '_>) {
    let names: Vec<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
    bencher.counter(ItemsCount::new(names.len())).bench(|| {
        for name in &names {
            divan::black_box(
                divan::black_box(*name)
                    .parse::<Action>()
                    .expect("an action"),
            );
        }
    });
}

#[divan::bench]
fn minimize(bencher: Bencher<'_, '_>) {
    let catalog = bedrock_iam::catalog();
    let patterns: Vec<_> = [
        "bedrock:Get*",
        "bedrock:List*",
        "bedrock:*Tag*",
        "bedrock:*Agent",
    ]
    .iter()
    .map(|text| text.parse().expect("a pattern"))
    .collect();
    let set = ActionSet::matching(catalog, &patterns);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| set.minimize().patterns());
}
