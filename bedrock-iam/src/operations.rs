//! From the API operations that an application calls to the statements it needs.

mod error;
mod touched;
mod uses;

use std::borrow::Cow;

use crate::generated::bedrock::{Action, Operation, ResourceType, SERVICE};
use iam_policy::{ContextEntry, Effect, Overlay, Statement, Together};

pub use error::OperationsError;
pub use touched::Touched;
use uses::Uses;

/// What is known of Amazon Bedrock beyond the table of operations.
const OVERLAY: &Overlay = SERVICE.overlay;

/// The operations of Amazon Bedrock that an application calls, on the way to its statements.
///
/// The reference's table says which actions an operation is authorized by. It is not least privilege
/// as it stands: it lists what is needed only with API keys, with tags, with guardrails or tools.
/// Those are left out unless they are asked for, or an ARN for them is given. Where the table is
/// known to have gaps, what is missing is added.
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
#[must_use = "operations become statements by `.statements()`"]
pub struct Operations {
    operations: Vec<Operation>,
    touched: Vec<Touched>,
    uses: Uses,
}

/// An action that is needed, and for which operation.
#[derive(Clone, Debug)]
struct Need {
    operation: Operation,
    action: &'static str,
    context: &'static [ContextEntry],
}

/// A statement while it is put together: actions that share resources and conditions.
struct Draft {
    resources: Vec<String>,
    context: &'static [ContextEntry],
    actions: Vec<&'static str>,
}

impl Operations {
    /// The operations that an application calls.
    pub fn of(operations: impl IntoIterator<Item = Operation>) -> Self {
        Self {
            operations: operations.into_iter().collect(),
            touched: Vec::new(),
            uses: Uses::default(),
        }
    }

    /// Adds an ARN that they touch: one of Bedrock's by its type, any other as
    /// [`raw_arn!`](crate::raw_arn), such as that of a role that is passed.
    pub fn on(mut self, arn: impl Into<Touched>) -> Self {
        self.touched.push(arn.into());
        self
    }

    /// The caller uses API keys: `bedrock:CallWithBearerToken`.
    pub const fn with_api_keys(mut self) -> Self {
        self.uses.api_keys = true;
        self
    }

    /// The caller tags what it creates: `bedrock:TagResource`.
    pub const fn with_tagging(mut self) -> Self {
        self.uses.tagging = true;
        self
    }

    /// Models are called with guardrails: `bedrock:ApplyGuardrail`. The ARN of a guardrail says so
    /// as well.
    pub const fn with_guardrails(mut self) -> Self {
        self.uses.guardrails = true;
        self
    }

    /// Models are called with system tools: `bedrock:InvokeTool`. The ARN of a tool says so as well.
    pub const fn with_tools(mut self) -> Self {
        self.uses.tools = true;
        self
    }

    /// Knowledge bases keep their data with a third party: `bedrock:AssociateThirdPartyKnowledgeBase`.
    pub const fn with_third_party_stores(mut self) -> Self {
        self.uses.third_party_stores = true;
        self
    }

    /// The statements that allow the operations, and nothing else.
    ///
    /// # Errors
    ///
    /// [`OperationsError`] where an action is to be scoped and no ARN fits it, or not all that it
    /// needs together are given (an inference profile without its models), and where an ARN fits none
    /// of the actions.
    pub fn statements(&self) -> Result<Vec<Statement>, OperationsError> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut used = vec![false; self.touched.len()];
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
            return Err(OperationsError::unused(self.touched[unused].text()));
        }
        Ok(drafts.into_iter().map(Draft::statement).collect())
    }

    /// What the operations need: the table's actions but for those of uses that are not had, and what
    /// the table lacks.
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
                if self.uses.have(operation, action, &self.touched) {
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

    /// The ARNs that an action is to be scoped to; `*` for one that can't be scoped.
    fn resources(&self, need: &Need, used: &mut [bool]) -> Result<Vec<String>, OperationsError> {
        let known: Option<Action> = need.action.parse().ok();
        if known.is_some_and(|action| action.resources().is_empty()) {
            return Ok(vec!["*".to_owned()]);
        }
        let mut resources = Vec::new();
        let mut types = Vec::new();
        for (touched, used) in self.touched.iter().zip(used) {
            if touched.fits(need.action, known) {
                *used = true;
                resources.push(touched.text().to_owned());
                types.extend_from_slice(touched.types());
            }
        }
        if resources.is_empty() {
            return Err(OperationsError::missing(need.operation, need.action, known));
        }
        if let Some(lacking) = lacking(need.action, &types) {
            return Err(OperationsError::beside(
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

/// The first resource type that an action lacks among those of the ARNs it is to be scoped to.
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
