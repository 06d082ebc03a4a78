//! Statements that allow the requests of calls.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::{Effect, Principal, Statement, ValueType, foreign_action, global};

use super::context::Context;
use super::error::CallError;
use super::given::Given;
use super::operation::Operation;
use super::profiles;
use super::requests::{CallRequest, CallRequests};
use crate::catalog::catalog;

/// Condition keys that tie a permission to the way on which it is used. Other keys describe a single
/// call, such as the tags of a new resource, or the region.
const TIES: &[&str] = &[
    "aws:CalledViaLast",
    "bedrock-mantle:BearerTokenType",
    "bedrock-mantle:Model",
    "bedrock:BearerTokenType",
    "bedrock:InferenceProfileArn",
    "bedrock:PromptRouterArn",
    "bedrock:ThirdPartyKnowledgeBaseCredentialsSecretArn",
    "iam:PassedToService",
    "kms:ViaService",
];
/// The beginning of the condition keys for the encryption context of a customer managed key.
const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:";

/// The service that runs with a role, and the resources for which it does so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trust {
    pub(super) service: String,
    pub(super) account: String,
    pub(super) source: String,
}

impl CallRequests {
    /// Returns the statements that allow the caller's required requests, and nothing else.
    ///
    /// A model behind an inference profile is allowed only through the profile, a role only for the
    /// service that it is passed to. To allow optional requests as well, set
    /// [`required`](CallRequest::required) before.
    ///
    /// ```
    /// use bedrock_iam::calls::Call;
    /// use bedrock_iam::{Policy, account, region};
    ///
    /// let call = Call::converse("amazon.nova-lite-v1:0")
    ///     .at(region!("eu-central-1"), account!("123456789012"));
    /// let policy = Policy::new().with_all(call.requests()?.statements()?).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CallError`] if the requests are incomplete, because the call lacks members, or if
    /// the models behind an inference profile are not those to which its id says that it routes.
    pub fn statements(&self) -> Result<Vec<Statement>, CallError> {
        self.complete()?;
        profiles::checked(statements(&self.caller))
    }

    /// Returns what the statements for the caller leave open, as sentences: a role that the call does not
    /// state, or an inference profile with models in one region only.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let is_open = |it: &CallRequest| it.action == "iam:PassRole" && !it.required;
        let role = self.caller.iter().any(is_open).then(|| {
            "no `role` is stated, so the statements do not allow `iam:PassRole`; `check` suggests it as \
             `missing-dependent-action`"
                .to_owned()
        });
        let doubts = profiles::doubts(&statements(&self.caller));
        role.into_iter().chain(doubts).collect()
    }

    /// Returns the statements that allow the required requests of the service's role.
    ///
    /// # Errors
    ///
    /// Same as [`statements`](Self::statements).
    pub fn role_statements(&self) -> Result<Vec<Statement>, CallError> {
        self.complete()?;
        profiles::checked(statements(&self.service_role))
    }

    /// Returns the statement of the role's trust policy: the service assumes it for resources of the
    /// kind that the call creates or changes, of the caller's account. `None` if no role is passed.
    #[must_use]
    pub fn trust(&self) -> Option<Statement> {
        let trust = self.trust.as_ref()?;
        let statement = Statement::allow(foreign_action!("sts:AssumeRole"))
            .principal(Principal::service(trust.service.clone()))
            .when(global::SOURCE_ACCOUNT.string_equals(trust.account.clone()))
            .when(global::SOURCE_ARN.arn_like(trust.source.clone()));
        Some(statement.checked())
    }

    /// Adds the requests of another call of the same application.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.caller.extend(other.caller);
        self.service_role.extend(other.service_role);
        self.missing.extend(other.missing);
        self.unused.extend(other.unused);
        self.trust = self.trust.or(other.trust);
        self
    }

    fn complete(&self) -> Result<(), CallError> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let missing = self.missing.join("; ");
        Err(CallError::new(format!("the call lacks members: {missing}")))
    }
}

impl Given<'_> {
    /// Returns the service to which the call passes a role, and the resources for which it runs.
    pub(super) fn trust(&self, operation: &Operation, caller: &[CallRequest]) -> Option<Trust> {
        let passed = caller
            .iter()
            .find(|it| it.action == "iam:PassRole" && it.required)?;
        let service = passed.context.get("iam:PassedToService")?.first()?;
        let Operation {
            service: own, name, ..
        } = operation;
        let created = self.created(own, name);
        let new = created.and_then(|row| self.new_resource(own, row));
        let changed = || self.resources.first().map(|it| it.arn.clone());
        let all = || self.arn(own.prefix, "*");
        let source = match own.prefix {
            // the guide for each of AgentCore's roles has this pattern
            "bedrock-agentcore" => all(),
            _ => new.or_else(changed).unwrap_or_else(all),
        };
        Some(Trust {
            service: service.clone(),
            account: self.account.clone(),
            source,
        })
    }
}

/// The resources of an action under the same conditions.
type Scoped = BTreeMap<(Context, String), BTreeSet<String>>;

fn statements(requests: &[CallRequest]) -> Vec<Statement> {
    let required = || requests.iter().filter(|it| it.required);
    let mut scoped = Scoped::new();
    for request in required() {
        let conditions = conditions(request);
        for arn in &request.resources {
            // what is allowed without a condition needs no statement with it
            let is_wider = |other: &CallRequest| {
                let theirs = self::conditions(other);
                other.action == request.action
                    && other.resources.contains(arn)
                    && theirs.len() < conditions.len()
                    && theirs
                        .iter()
                        .all(|(key, values)| conditions.get(key) == Some(values))
            };
            if !required().any(is_wider) {
                let key = (conditions.clone(), request.action.clone());
                scoped.entry(key).or_default().insert(arn.clone());
            }
        }
    }
    let mut grouped: Vec<(Context, BTreeSet<String>, Vec<String>)> = Vec::new();
    for ((conditions, action), arns) in scoped {
        let same = grouped
            .iter_mut()
            .find(|it| it.0 == conditions && it.1 == arns);
        match same {
            Some((.., actions)) => actions.push(action),
            None => grouped.push((conditions, arns, vec![action])),
        }
    }
    let statements = grouped.into_iter().map(|(conditions, arns, actions)| {
        let mut statement = Statement::raw(Effect::Allow);
        for action in actions {
            statement = statement.action(action);
        }
        for arn in arns {
            statement = statement.resource(arn);
        }
        for (key, values) in conditions {
            statement = statement.condition(operator(&key, &values), key, values);
        }
        statement.checked()
    });
    statements.collect()
}

fn conditions(request: &CallRequest) -> Context {
    let keys = request.context.iter();
    let is_tie = |key: &str| TIES.contains(&key) || key.starts_with(ENCRYPTION_CONTEXT);
    let ties = keys.filter(|(key, _)| is_tie(key));
    ties.map(|(key, values)| (key.clone(), values.clone()))
        .collect()
}

/// Returns the operator that compares a key's values as a whole, or those of new resources as patterns.
fn operator(key: &str, values: &[String]) -> &'static str {
    if values.iter().any(|it| it.contains('*')) {
        return "StringLike";
    }
    let rows = catalog().find_keys(key);
    let mut facts = rows
        .iter()
        .map(|it| &catalog().services()[it.service].condition_keys[it.key]);
    match facts.any(|it| it.value_type == Some(ValueType::Arn)) {
        true => "ArnEquals",
        false => "StringEquals",
    }
}
