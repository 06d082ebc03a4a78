//! The engines, behind one trait.

use std::collections::HashMap;

use awsim_iam_policy as awsim;
use iam_policy::decide::{self, Policies, Prepared, Request};
use iam_policy::document::Document;

use crate::texts::Call;

/// The verdict of an engine. Not all tell an explicit denial from an implicit one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Allowed,
    ExplicitlyDenied,
    ImplicitlyDenied,
    Undecided,
}

/// The verdict, and the index of the deciding statement if the engine returns one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub statement: Option<usize>,
}

/// An engine. A policy is the only identity-based policy of the caller.
pub trait Engine {
    type Policy: 'static;
    type Prepared<'a>;
    type Request<'a>;

    fn parse(json: &str) -> Self::Policy;
    fn prepare(policy: &Self::Policy) -> Self::Prepared<'_>;
    fn request(call: &Call) -> Self::Request<'_>;
    fn decide_prepared(policy: &Self::Prepared<'_>, request: &Self::Request<'_>) -> Answer;
    fn decide(policy: &Self::Policy, request: &Self::Request<'_>) -> Answer;
    /// Returns the length of the printed reasons.
    fn explain(policy: &Self::Prepared<'_>, request: &Self::Request<'_>) -> usize;
}

/// This project.
pub struct IamPolicy;

impl IamPolicy {
    fn answer(decision: &decide::Decision<'_>) -> Answer {
        Answer {
            outcome: match decision.outcome() {
                decide::Outcome::Allowed => Outcome::Allowed,
                decide::Outcome::ExplicitlyDenied => Outcome::ExplicitlyDenied,
                decide::Outcome::ImplicitlyDenied => Outcome::ImplicitlyDenied,
                _ => Outcome::Undecided,
            },
            statement: decision
                .deciding_statement()
                .map(|it| it.statement as usize),
        }
    }
}

impl Engine for IamPolicy {
    type Policy = Policies;
    type Prepared<'a> = Prepared<'a>;
    type Request<'a> = Request;

    fn parse(json: &str) -> Policies {
        Policies::new().identity(Document::from_json(json).expect("a policy"))
    }

    fn prepare(policy: &Policies) -> Prepared<'_> {
        policy.prepare()
    }

    fn request(call: &Call) -> Request {
        let caller: decide::Caller = call.principal.parse().expect("a caller");
        let mut request =
            Request::of(caller, &call.action, &call.resource).expect("a valid request");
        for (key, values) in &call.context {
            request = request.key(key, values);
        }
        request
    }

    fn decide_prepared(policy: &Prepared<'_>, request: &Request) -> Answer {
        Self::answer(&policy.decide(request))
    }

    fn decide(policy: &Policies, request: &Request) -> Answer {
        Self::answer(&policy.decide(request))
    }

    fn explain(policy: &Prepared<'_>, request: &Request) -> usize {
        policy.decide(request).to_string().len()
    }
}

/// `awsim-iam-policy`, as its service does: the verdict only.
pub struct Awsim;

/// `awsim-iam-policy` with the deciding statement.
pub struct AwsimWithStatement;

/// The account of a call, and its context.
type AwsimRequest<'a> = (&'a Call, &'a str, HashMap<String, awsim::ContextValue>);

fn awsim_request(call: &Call) -> AwsimRequest<'_> {
    let context = call.context.iter().map(|(key, values)| {
        let value = match &**values {
            [one] => awsim::ContextValue::String(one.clone()),
            values => awsim::ContextValue::StringList(values.to_vec()),
        };
        (key.clone(), value)
    });
    let account = call.principal.split(':').nth(4).expect("an ARN");
    (call, account, context.collect())
}

fn with_awsim<T>(
    policy: &awsim::PolicyDocument,
    (call, account, context): &AwsimRequest<'_>,
    run: impl FnOnce(&awsim::AuthzRequest<'_>, &awsim::EvalContext<'_>) -> T,
) -> T {
    let request = awsim::AuthzRequest {
        principal_arn: &call.principal,
        principal_account: account,
        action: &call.action,
        resource_arn: &call.resource,
        context,
    };
    let policies = awsim::EvalContext {
        identity_policies: std::slice::from_ref(policy),
        ..Default::default()
    };
    run(&request, &policies)
}

/// The same for both uses of `awsim-iam-policy`.
macro_rules! awsim {
    () => {
        type Policy = awsim::PolicyDocument;
        type Prepared<'a> = &'a awsim::PolicyDocument;
        type Request<'a> = AwsimRequest<'a>;

        fn parse(json: &str) -> awsim::PolicyDocument {
            // its `parse` keeps the document of each text for ever
            let json = serde_json::from_str(json).expect("JSON");
            awsim::parse_value(&json).expect("a policy")
        }

        fn prepare(policy: &awsim::PolicyDocument) -> &awsim::PolicyDocument {
            policy
        }

        fn request(call: &Call) -> AwsimRequest<'_> {
            awsim_request(call)
        }

        fn decide_prepared(policy: &&awsim::PolicyDocument, request: &AwsimRequest<'_>) -> Answer {
            Self::decide(policy, request)
        }

        fn explain(policy: &&awsim::PolicyDocument, request: &AwsimRequest<'_>) -> usize {
            let details = with_awsim(policy, request, |request, policies| {
                awsim::evaluate_detailed(request, policies, &Default::default())
            });
            format!("{details:?}").len()
        }
    };
}

impl Engine for Awsim {
    awsim!();

    fn decide(policy: &awsim::PolicyDocument, request: &AwsimRequest<'_>) -> Answer {
        let outcome = match with_awsim(policy, request, awsim::evaluate) {
            awsim::Decision::Allow => Outcome::Allowed,
            awsim::Decision::ExplicitDeny => Outcome::ExplicitlyDenied,
            awsim::Decision::ImplicitDeny => Outcome::ImplicitlyDenied,
        };
        Answer {
            outcome,
            statement: None,
        }
    }
}

impl Engine for AwsimWithStatement {
    awsim!();

    fn decide(policy: &awsim::PolicyDocument, request: &AwsimRequest<'_>) -> Answer {
        use awsim::DecisionReason as Reason;
        let reason = with_awsim(policy, request, |request, policies| {
            awsim::explain(request, policies, &Default::default())
        });
        let (outcome, statement) = match reason {
            Reason::Allowed {
                statement_index, ..
            } => (Outcome::Allowed, Some(statement_index)),
            Reason::ExplicitDeny {
                statement_index, ..
            } => (Outcome::ExplicitlyDenied, Some(statement_index)),
            _ => (Outcome::ImplicitlyDenied, None),
        };
        Answer { outcome, statement }
    }
}

/// `iam-rs`.
pub struct IamRs;

impl IamRs {
    fn answer(evaluator: &iam_rs::PolicyEvaluator, request: &iam_rs::IAMRequest) -> Answer {
        let outcome = match evaluator.evaluate(request).map(|result| result.decision) {
            Ok(iam_rs::Decision::Allow) => Outcome::Allowed,
            Ok(iam_rs::Decision::Deny) => Outcome::ExplicitlyDenied,
            Ok(iam_rs::Decision::NotApplicable) => Outcome::ImplicitlyDenied,
            Err(_) => Outcome::Undecided,
        };
        Answer {
            outcome,
            statement: None,
        }
    }
}

impl Engine for IamRs {
    type Policy = iam_rs::IAMPolicy;
    type Prepared<'a> = iam_rs::PolicyEvaluator;
    type Request<'a> = iam_rs::IAMRequest;

    fn parse(json: &str) -> iam_rs::IAMPolicy {
        iam_rs::IAMPolicy::from_json(json).expect("a policy")
    }

    fn prepare(policy: &iam_rs::IAMPolicy) -> iam_rs::PolicyEvaluator {
        iam_rs::PolicyEvaluator::with_policies(vec![policy.clone()])
    }

    fn request(call: &Call) -> iam_rs::IAMRequest {
        let mut context = iam_rs::Context::new();
        for (key, values) in &call.context {
            let value = match &**values {
                [one] if one == "true" || one == "false" => {
                    iam_rs::ContextValue::Boolean(one == "true")
                }
                [one] => iam_rs::ContextValue::String(one.clone()),
                values => iam_rs::ContextValue::StringList(values.to_vec()),
            };
            context.insert(key.clone(), value);
        }
        let principal = iam_rs::PrincipalId::String(call.principal.clone());
        iam_rs::IAMRequest::new_with_context(
            iam_rs::Principal::Aws(principal),
            &*call.action,
            iam_rs::Arn::parse(&call.resource).expect("an ARN"),
            context,
        )
    }

    fn decide_prepared(
        evaluator: &iam_rs::PolicyEvaluator,
        request: &iam_rs::IAMRequest,
    ) -> Answer {
        Self::answer(evaluator, request)
    }

    fn decide(policy: &iam_rs::IAMPolicy, request: &iam_rs::IAMRequest) -> Answer {
        // an evaluator owns its policies
        Self::answer(&Self::prepare(policy), request)
    }

    fn explain(evaluator: &iam_rs::PolicyEvaluator, request: &iam_rs::IAMRequest) -> usize {
        let evaluator = evaluator.clone().with_options(iam_rs::EvaluationOptions {
            collect_match_details: true,
            ..Default::default()
        });
        let result = evaluator.evaluate(request);
        result.map_or(0, |result| format!("{:?}", result.statement_details).len())
    }
}
