//! Parsing of ARNs, compared with other crates.
//!
//! `cargo bench -p bedrock-iam --bench arn`; the figures are items per second on one core.

use bedrock_iam::bedrock::arn::{AgentAlias, AnyArn, FoundationModel};
use bedrock_iam::{Arn, ArnPattern};
use divan::Bencher;
use divan::counter::ItemsCount;

const MODEL: &str =
    "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";
const ALIAS: &str = "arn:aws:bedrock:eu-central-1:123456789012:agent-alias/AGENT12345/ALIAS12345";
const PATTERN: &str = "arn:aws:bedrock:*::foundation-model/anthropic.claude-*";

fn main() {
    divan::main();
}

fn parsing<R>(bencher: Bencher<'_, '_>, text: &str, parse: impl Fn(&str) -> R + Sync) {
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| parse(divan::black_box(text)));
}

#[divan::bench(args = [MODEL])]
fn bedrock_iam_foundation_model(bencher: Bencher<'_, '_>, text: &str) {
    parsing(bencher, text, |text| {
        text.parse::<Arn<FoundationModel>>().expect("an ARN")
    });
}

#[divan::bench(args = [ALIAS])]
fn bedrock_iam_agent_alias(bencher: Bencher<'_, '_>, text: &str) {
    parsing(bencher, text, |text| {
        text.parse::<Arn<AgentAlias>>().expect("an ARN")
    });
}

#[divan::bench(args = [MODEL, ALIAS])]
fn bedrock_iam_any_type(bencher: Bencher<'_, '_>, text: &str) {
    parsing(bencher, text, |text| AnyArn::parse(text).expect("an ARN"));
}

#[divan::bench(args = [MODEL, ALIAS])]
fn iam_rs(bencher: Bencher<'_, '_>, text: &str) {
    parsing(bencher, text, |text| {
        iam_rs::Arn::parse(text).expect("an ARN")
    });
}

#[divan::bench(args = [MODEL, ALIAS])]
fn aws_arn(bencher: Bencher<'_, '_>, text: &str) {
    parsing(bencher, text, |text| {
        text.parse::<aws_arn::ResourceName>().expect("an ARN")
    });
}

#[divan::bench]
fn bedrock_iam_pattern_matches(bencher: Bencher<'_, '_>) {
    let pattern: ArnPattern = PATTERN.parse().expect("a pattern");
    parsing(bencher, MODEL, |text| assert!(pattern.matches(text)));
}
