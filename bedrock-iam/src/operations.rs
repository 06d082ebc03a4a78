//! Statements for the API operations that an application calls.

mod error;
mod resource;
mod uses;

use std::borrow::Cow;

use crate::generated::bedrock::{Action, Operation, ResourceType, SERVICE};
use iam_policy::{ContextEntry, Effect, Overlay, Statement, Together};

pub use error::OperationsError;
pub use resource::OperationResource;
use uses::Uses;

/// Facts about Amazon Bedrock that the reference's table of operations does not list.
const OVERLAY: &Overlay = SERVICE.overlay;

/// A builder of the statements that allow API operations of Amazon Bedrock.
///
/// The reference lists the actions that each operation needs. To allow all of them would not be
/// least privilege: some are needed only with API keys, tags, guardrails or tools. The builder
/// omits these actions unless a method such as [`with_tagging`](Self::with_tagging), or the ARN of
/// a guardrail or tool, includes them. It adds actions that are known to be missing from the list.
///
/// ```
/// use bedrock_iam::bedrock::{Operation, arn};
/// use bedrock_iam::{Operations, Partition, Policy, Site, account, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let handbook = arn::KnowledgeBase { knowledge_base_id: seg!("KB12345678") };
/// let statements = Operations::of([Operation::Converse, Operation::Retrieve])
///     .on(haiku.at(here))
///     .on(handbook.at(here))
///     .statements()?;
/// let policy = Policy::new().with_all(statements).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.statements()` returns the statements"]
pub struct Operations {
    operations: Vec<Operation>,
    resources: Vec<OperationResource>,
    uses: Uses,
}

/// An action that an operation needs.
#[derive(Clone, Debug)]
struct Need {
    operation: Operation,
    action: &'static str,
    context: &'static [ContextEntry],
}

/// A statement that is being built: actions with the same resources and conditions.
struct Draft {
    resources: Vec<String>,
    context: &'static [ContextEntry],
    actions: Vec<&'static str>,
}

impl Operations {
    /// Returns a builder for the operations that an application calls.
    pub fn of(operations: impl IntoIterator<Item = Operation>) -> Self {
        Self {
            operations: operations.into_iter().collect(),
            resources: Vec::new(),
            uses: Uses::default(),
        }
    }

    /// Adds the ARN of a resource that the operations use: a typed ARN of Bedrock, or a
    /// [`raw_arn!`](crate::raw_arn) of another service, such as the ARN of a role to pass.
    pub fn on(mut self, arn: impl Into<OperationResource>) -> Self {
        self.resources.push(arn.into());
        self
    }

    /// Includes `bedrock:CallWithBearerToken`, for callers that use API keys.
    pub const fn with_api_keys(mut self) -> Self {
        self.uses.api_keys = true;
        self
    }

    /// Includes `bedrock:TagResource`, for callers that tag the resources that they create.
    pub const fn with_tagging(mut self) -> Self {
        self.uses.tagging = true;
        self
    }

    /// Includes `bedrock:ApplyGuardrail`, for model invocations with guardrails. Adding the ARN of
    /// a guardrail has the same effect.
    pub const fn with_guardrails(mut self) -> Self {
        self.uses.guardrails = true;
        self
    }

    /// Includes `bedrock:InvokeTool`, for model invocations with system tools. Adding the ARN of a
    /// system tool has the same effect.
    pub const fn with_tools(mut self) -> Self {
        self.uses.tools = true;
        self
    }

    /// Includes `bedrock:AssociateThirdPartyKnowledgeBase`, for knowledge bases with a third-party
    /// vector store.
    pub const fn with_third_party_stores(mut self) -> Self {
        self.uses.third_party_stores = true;
        self
    }

    /// Returns the statements that allow the operations, and nothing else.
    ///
    /// # Errors
    ///
    /// Returns [`OperationsError`] if an action needs an ARN and none of the given ARNs fits, if an
    /// ARN requires another one (an inference profile requires its models), or if an ARN fits none of
    /// the actions.
    pub fn statements(&self) -> Result<Vec<Statement>, OperationsError> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut used = vec![false; self.resources.len()];
        for need in self.needs() {
            let resources = self.resources(&need, &mut used)?;
            let same = drafts
                .iter_mut()
                .find(|draft| draft.resources == resources && draft.context == need.context);
            match same {
                Some(draft) if draft.actions.contains(&need.action) => {}
                Some(draft) => draft.actions.push(need.action),
                None => drafts.push(Draft {
                    resources,
                    context: need.context,
                    actions: vec![need.action],
                }),
            }
        }
        if let Some(unused) = used.iter().position(|used| !used) {
            return Err(OperationsError::unused(self.resources[unused].text()));
        }
        Ok(drafts.into_iter().map(Draft::statement).collect())
    }

    /// Returns the actions that the operations need: those in the reference's table, without unused
    /// optional ones, and those that are missing from it.
    fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for &operation in &self.operations {
            let listed = operation
                .required_actions()
                .iter()
                .map(|it| (it.action, it.context));
            let missing = OVERLAY
                .operation_needs
                .iter()
                .filter(|need| need.operations.contains(&operation.name()))
                .map(|need| (need.action, need.context));
            for (action, context) in listed.chain(missing) {
                if self.uses.require(operation, action, &self.resources) {
                    needs.push(Need {
                        operation,
                        action,
                        context,
                    });
                }
            }
        }
        needs
    }

    /// Returns the ARNs to which an action is scoped; `*` if it can't be scoped.
    fn resources(&self, need: &Need, used: &mut [bool]) -> Result<Vec<String>, OperationsError> {
        let known: Option<Action> = need.action.parse().ok();
        if known.is_some_and(|action| action.resources().is_empty()) {
            return Ok(vec!["*".to_owned()]);
        }
        let mut resources = Vec::new();
        let mut types = Vec::new();
        for (resource, used) in self.resources.iter().zip(used) {
            if resource.fits(need.action, known) {
                *used = true;
                resources.push(resource.text().to_owned());
                types.extend_from_slice(resource.types());
            }
        }
        if resources.is_empty() {
            return Err(OperationsError::missing(need.operation, need.action, known));
        }
        if let Some(lacking) = lacking(need.action, &types) {
            return Err(OperationsError::incomplete(
                need.operation,
                need.action,
                lacking,
            ));
        }
        resources.sort();
        resources.dedup();
        Ok(resources)
    }
}

/// Returns the first resource type that an action also requires and that no given ARN has.
fn lacking(action: &str, given: &[ResourceType]) -> Option<&'static Together> {
    let given: Vec<_> = given.iter().map(|of| of.as_str()).collect();
    OVERLAY.needed_together.iter().find(|it| {
        it.actions.contains(&action)
            && (it.beside.is_empty() || it.beside.iter().any(|one| given.contains(one)))
            && !given.contains(&it.needs)
    })
}

impl Draft {
    fn statement(self) -> Statement {
        let mut statement = Statement::raw(Effect::Allow);
        for action in self.actions {
            statement = statement.action(action);
        }
        for resource in self.resources {
            statement = statement.resource(Cow::from(resource));
        }
        for entry in self.context {
            statement =
                statement.condition("StringEquals", entry.key, entry.values.iter().copied());
        }
        statement.checked()
    }
}
