//! Calls that are written in Rust.

use bedrock_iam::bedrock::{Operation, arn};
use bedrock_iam::calls::ApiKey;
use bedrock_iam::{
    Partition, Segment, Site, account, bedrock_agentcore, kms, raw_arn, region, seg,
};

use super::*;

#[test]
fn constructors_make_the_calls_that_json_describes() {
    let at = |call: Call| {
        let call = call.at(region!("us-east-1"), account!("123456789012"));
        call.requests().expect("requests")
    };
    let role = "arn:aws:iam::123456789012:role/r";
    let knowledge_base = format!("{PREFIX}knowledge-base/KB1");
    for (call, operation, members) in [
        (
            Call::converse(MODEL)
                .guardrail("abc", Some("1"))
                .api_key(ApiKey::ShortTerm),
            "Converse",
            json!({"model": MODEL, "guardrail": {"id": "abc", "version": "1"}, "api_key": "short-term"}),
        ),
        (
            Call::converse_stream(format!("us.{MODEL}")).profile_models([format!(
                "arn:aws:bedrock:us-east-1::foundation-model/{MODEL}"
            )]),
            "ConverseStream",
            json!({"model": format!("us.{MODEL}"), "profile_models": [format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}")]}),
        ),
        (
            Call::retrieve_and_generate(&knowledge_base, MODEL),
            "RetrieveAndGenerate",
            json!({"knowledge_base": knowledge_base, "model": MODEL}),
        ),
        (
            Call::create_model_invocation_job(MODEL, role, "in-bucket", "out-bucket").tag("a", "b"),
            "CreateModelInvocationJob",
            json!({"model": MODEL, "role": role, "buckets": {"input": "in-bucket", "output": "out-bucket"}, "tags": {"a": "b"}}),
        ),
        (
            Call::apply_guardrail("abc", "2"),
            "ApplyGuardrail",
            json!({"guardrail": {"id": "abc", "version": "2"}}),
        ),
        (
            Call::count_tokens(MODEL).client("bedrock-runtime"),
            "CountTokens",
            json!({"model": MODEL, "client": "bedrock-runtime"}),
        ),
    ] {
        assert_eq!(at(call), requests(operation, members), "{operation}");
    }
    let error = Call::converse(MODEL)
        .requests()
        .expect_err("no region")
        .to_string();
    assert_eq!(
        error,
        "the call has no region and account; hint: set them with `.at(…)`"
    );
}

fn here() -> Site {
    Site::new(
        Partition::Aws,
        region!("us-east-1"),
        account!("123456789012"),
    )
}

#[test]
fn operations_and_arns_of_the_modules_make_calls() {
    let at = |call: Call| {
        let call = call.at(region!("us-east-1"), account!("123456789012"));
        call.requests().map_err(|error| error.to_string())
    };
    let knowledge_base = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB1"),
    }
    .at(here());
    let on = format!("{PREFIX}knowledge-base/KB1");
    let retrieve = requests("Retrieve", json!({"knowledge_base": on}));
    assert_eq!(
        at(Call::retrieve(knowledge_base.clone())).as_ref(),
        Ok(&retrieve)
    );
    let named = at(Call::of(Operation::Retrieve).on(knowledge_base));
    assert_eq!(named.as_ref(), Ok(&retrieve));
    let raw = raw_arn!("arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB1");
    assert_eq!(at(Call::of(Operation::Retrieve).on(raw)), named);
    // several SDK clients have operations of this name
    let tag = at(Call::of(bedrock_agentcore::Operation::TagResource)).expect("requests");
    assert!(
        tag.caller
            .iter()
            .all(|it| it.action.starts_with("bedrock-agentcore:"))
    );
    let models = arn::FoundationModel {
        resource_id: Segment::ANY,
    };
    let error = at(Call::converse(models.at(here()))).expect_err("a pattern");
    assert!(error.starts_with("member `model`: found "), "{error}");
    let error = at(Call::of(kms::Operation::CreateKey)).expect_err("another service");
    assert_eq!(error, "`kms` is not an SDK client of Amazon Bedrock");
}

#[test]
fn the_readme_shows_the_printed_policy() {
    let here = here().with_region(region!("eu-central-1"));
    let haiku = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let requests = |call: Call| {
        let call = call.at(region!("eu-central-1"), account!("123456789012"));
        call.requests().expect("requests")
    };
    let answer = requests(Call::converse(haiku.at(here)));
    let search = requests(Call::of(Operation::Retrieve).on(handbook.at(here)));
    let statements = answer.and(search).statements().expect("statements");
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let readme = include_str!("../README.md");
    assert!(readme.contains(&format!("```json\n{}\n```", policy.to_json_pretty())));
}
