//! Evaluation of built policies by an independent engine: it decides requests as intended.

#![cfg(all(feature = "bedrock", feature = "serde"))]

use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::{
    AnyResource, Partition, Policy, Segment, Site, Statement, account, global, region,
};
use iam_rs::{
    Context, ContextValue, Decision, IAMPolicy, IAMRequest, Principal, PrincipalId, evaluate_policy,
};
use proptest::prelude::*;

/// The intent of a policy, from which both the policy and the expected decision are derived.
#[derive(Clone, Debug)]
struct Intent {
    /// The models that may be invoked; any if empty.
    models: Vec<String>,
    /// The service tiers that they may be invoked with.
    tiers: Vec<String>,
    /// Whether streaming is denied.
    no_streaming: bool,
    /// The regions outside which everything is denied; nothing is denied if empty.
    regions: Vec<String>,
    /// Whether secure transport is required.
    secure: bool,
}

/// A request.
#[derive(Clone, Debug)]
struct Request {
    streaming: bool,
    model: String,
    tier: String,
    region: String,
    secure: bool,
}

const MODELS: [&str; 3] = [
    "anthropic.claude-3-haiku-20240307-v1:0",
    "amazon.nova-lite-v1:0",
    "x.y",
];
const TIERS: [&str; 3] = ["default", "flex", "priority"];
const REGIONS: [&str; 3] = ["eu-central-1", "eu-west-1", "us-east-1"];

fn intent() -> impl Strategy<Value = Intent> {
    let some = |of: [&'static str; 3]| {
        proptest::sample::subsequence(of.map(str::to_owned).to_vec(), 0..=of.len())
    };
    (
        some(MODELS),
        some(TIERS),
        any::<bool>(),
        some(REGIONS),
        any::<bool>(),
    )
        .prop_map(|(models, tiers, no_streaming, regions, secure)| Intent {
            models,
            tiers,
            no_streaming,
            regions,
            secure,
        })
}

fn request() -> impl Strategy<Value = Request> {
    let one = |of: [&'static str; 3]| proptest::sample::select(of.map(str::to_owned).to_vec());
    (
        any::<bool>(),
        one(MODELS),
        one(TIERS),
        one(REGIONS),
        any::<bool>(),
    )
        .prop_map(|(streaming, model, tier, region, secure)| Request {
            streaming,
            model,
            tier,
            region,
            secure,
        })
}

impl Intent {
    fn policy(&self) -> Policy {
        let site = Site::new(
            Partition::Aws,
            region!("eu-central-1"),
            account!("123456789012"),
        )
        .any_region();
        let mut models: Vec<_> = self
            .models
            .iter()
            .map(|id| Segment::parse(id).expect("an id"))
            .collect();
        if models.is_empty() {
            models.push(Segment::ANY);
        }
        let models: Vec<_> = models
            .into_iter()
            .map(|resource_id| arn::FoundationModel { resource_id }.at(site))
            .collect();
        let mut invoke =
            Statement::allow((action::InvokeModel, action::InvokeModelWithResponseStream))
                .on(models);
        if !self.tiers.is_empty() {
            invoke = invoke.when(key::SERVICE_TIER.string_equals(self.tiers.clone()));
        }
        if self.secure {
            invoke = invoke.when(global::SECURE_TRANSPORT.bool(true));
        }
        let mut policy = Policy::new().with(invoke);
        if self.no_streaming {
            policy =
                policy.with(Statement::deny(action::InvokeModelWithResponseStream).on(AnyResource));
        }
        if !self.regions.is_empty() {
            let elsewhere = global::REQUESTED_REGION.string_not_equals(self.regions.clone());
            policy = policy.with(
                Statement::deny(action::InvokeModel)
                    .on(AnyResource)
                    .when(elsewhere.clone()),
            );
            policy = policy.with(
                Statement::deny(action::InvokeModelWithResponseStream)
                    .on(AnyResource)
                    .when(elsewhere),
            );
        }
        policy.build().expect("a policy")
    }

    /// Returns IAM's decision, derived from the intent.
    fn decision(&self, request: &Request) -> Decision {
        let named = |list: &[String], value: &String| list.is_empty() || list.contains(value);
        if self.no_streaming && request.streaming || !named(&self.regions, &request.region) {
            return Decision::Deny;
        }
        let allowed = named(&self.models, &request.model)
            && named(&self.tiers, &request.tier)
            && (request.secure || !self.secure);
        if allowed {
            Decision::Allow
        } else {
            Decision::NotApplicable
        }
    }
}

impl Request {
    fn request(&self) -> IAMRequest {
        let action = if self.streaming {
            "bedrock:InvokeModelWithResponseStream"
        } else {
            "bedrock:InvokeModel"
        };
        let resource = format!(
            "arn:aws:bedrock:{}::foundation-model/{}",
            self.region, self.model
        );
        let mut context = Context::new();
        let text = |text: &String| ContextValue::String(text.clone());
        context.insert("bedrock:ServiceTier".to_owned(), text(&self.tier));
        context.insert("aws:RequestedRegion".to_owned(), text(&self.region));
        context.insert(
            "aws:SecureTransport".to_owned(),
            ContextValue::Boolean(self.secure),
        );
        let caller = PrincipalId::String("arn:aws:iam::123456789012:user/example".to_owned());
        let resource = iam_rs::Arn::parse(&resource).expect("an ARN");
        IAMRequest::new_with_context(Principal::Aws(caller), action, resource, context)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_independent_engine_decides_as_intended(intent in intent(), request in request()) {
        let json = intent.policy().to_json();
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        prop_assert_eq!(&value, &serde_json::from_str::<serde_json::Value>(&intent.policy().to_json_pretty()).unwrap());
        let policy: IAMPolicy = serde_json::from_str(&json).expect("a policy for the engine too");
        let decision = evaluate_policy(&policy, &request.request()).expect("a decision");
        prop_assert_eq!(decision, intent.decision(&request), "{}", json);
    }
}
