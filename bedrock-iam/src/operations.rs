//! Statements for the API operations that an application calls.

mod api_keys;
mod error;
mod profiles;
mod resource;
mod uses;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::catalog;
use iam_policy::{AnyOperation, Catalog, ContextEntry, Effect, Statement, Together};

pub use error::OperationsError;
pub use resource::OperationResource;
use uses::Uses;

/// A builder of the statements that allow API operations of the service modules.
///
/// The reference lists the actions that each operation needs. To allow all of them would not be
/// least privilege: some are needed only with API keys, tags, guardrails or tools. The builder
/// omits these actions unless a method such as [`with_tagging`](Self::with_tagging), or the ARN of
/// a guardrail or tool, includes them. It adds actions that are known to be missing from the list.
///
#[cfg_attr(feature = "bedrock", doc = "```")]
#[cfg_attr(not(feature = "bedrock"), doc = "```ignore")]
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
///
/// [`and`](Self::and) adds operations of another module.
#[derive(Clone, Debug)]
#[must_use = "`.statements()` returns the statements"]
pub struct Operations {
    operations: Vec<AnyOperation>,
    resources: Vec<OperationResource>,
    uses: Uses,
}

/// An action that an operation needs.
#[derive(Clone, Debug)]
struct Need {
    operation: AnyOperation,
    action: &'static str,
    context: &'static [ContextEntry],
}

/// A statement that is being built: actions with the same resources and conditions.
struct Draft {
    resources: Vec<String>,
    context: &'static [ContextEntry],
    /// The inference profiles through which the resources are called; empty if directly.
    through: Vec<String>,
    actions: Vec<&'static str>,
}

impl Operations {
    /// Returns a builder for the operations that an application calls.
    pub fn of<T: Into<AnyOperation>>(operations: impl IntoIterator<Item = T>) -> Self {
        Self {
            operations: operations.into_iter().map(Into::into).collect(),
            resources: Vec::new(),
            uses: Uses::default(),
        }
    }

    /// Adds operations, for an application that calls those of several modules.
    ///
    #[cfg_attr(all(feature = "bedrock", feature = "bedrock-agentcore"), doc = "```")]
    #[cfg_attr(
        not(all(feature = "bedrock", feature = "bedrock-agentcore")),
        doc = "```ignore"
    )]
    /// use bedrock_iam::{Operations, bedrock, bedrock_agentcore};
    ///
    /// let operations = Operations::of([bedrock::Operation::Converse])
    ///     .and([bedrock_agentcore::Operation::RetrieveMemoryRecords]);
    /// ```
    pub fn and<T: Into<AnyOperation>>(mut self, operations: impl IntoIterator<Item = T>) -> Self {
        self.operations
            .extend(operations.into_iter().map(Into::into));
        self
    }

    /// Adds the ARN of a resource that the operations use: a typed ARN of a module, or a
    /// [`raw_arn!`](crate::raw_arn) of another service, such as the ARN of a role to pass.
    pub fn on(mut self, arn: impl Into<OperationResource>) -> Self {
        self.resources.push(arn.into());
        self
    }

    /// Includes `bedrock:CallWithBearerToken`, for callers that use API keys. Only operations of the SDK
    /// clients `bedrock` and `bedrock-runtime` accept them.
    pub fn with_api_keys(self) -> Self {
        self.with(Uses::API_KEYS)
    }

    /// Includes `TagResource`, for callers that tag the resources that they create.
    pub fn with_tagging(self) -> Self {
        self.with("tagging")
    }

    /// Includes `bedrock:ApplyGuardrail`, for model invocations with guardrails. Adding the ARN of
    /// a guardrail has the same effect.
    pub fn with_guardrails(self) -> Self {
        self.with("guardrails")
    }

    /// Includes `bedrock:InvokeTool`, for model invocations with system tools. Adding the ARN of a
    /// system tool has the same effect.
    pub fn with_tools(self) -> Self {
        self.with("tools")
    }

    /// Includes `bedrock:AssociateThirdPartyKnowledgeBase`, for knowledge bases with a third-party
    /// vector store.
    pub fn with_third_party_stores(self) -> Self {
        self.with("third-party-stores")
    }

    /// Includes `bedrock-agentcore:InvokeAgentRuntimeForUser`, for callers that state the ID of the
    /// user on whose behalf they invoke a runtime.
    pub fn with_user_ids(self) -> Self {
        self.with("user-ids")
    }

    /// Includes `bedrock-agentcore:SynchronizeGatewayTargets`, for gateways with MCP servers as
    /// targets.
    pub fn with_mcp_targets(self) -> Self {
        self.with("mcp-targets")
    }

    /// Includes the actions on the memory of a harness, such as `bedrock-agentcore:CreateMemory` for
    /// one that the harness manages. Adding the ARN of an existing memory includes those on it.
    pub fn with_memory(self) -> Self {
        self.with("memory")
    }

    fn with(mut self, usage: &'static str) -> Self {
        self.uses.add(usage);
        self
    }

    /// Returns the statements that allow the operations, and nothing else.
    ///
    /// A model beside an inference profile that calls it is allowed only through the profile. For an
    /// application that also calls the model directly, add the statements of another `Operations`.
    ///
    /// # Errors
    ///
    /// Returns [`OperationsError`] if an action needs an ARN and none of the given ARNs fits, if an
    /// ARN requires another one (an inference profile requires its models, in each region to which it
    /// routes), if an ARN fits none of the actions, or if an operation does not accept API keys although
    /// [`with_api_keys`](Self::with_api_keys) is set.
    pub fn statements(&self) -> Result<Vec<Statement>, OperationsError> {
        let catalog = catalog();
        if self.uses.contain(Uses::API_KEYS) {
            let mut operations = self.operations.iter();
            if let Some(operation) = operations.find(|it| !api_keys::are_accepted_by(**it)) {
                return Err(OperationsError::no_api_keys(operation.facts.name));
            }
        }
        let mut drafts: Vec<Draft> = Vec::new();
        let mut used = vec![false; self.resources.len()];
        for need in self.needs(catalog) {
            for (through, resources) in self.resources(&need, &mut used, catalog)? {
                let same = drafts.iter_mut().find(|draft| {
                    draft.resources == resources
                        && draft.context == need.context
                        && draft.through == through
                });
                match same {
                    Some(draft) if draft.actions.contains(&need.action) => {}
                    Some(draft) => draft.actions.push(need.action),
                    None => drafts.push(Draft {
                        resources,
                        context: need.context,
                        through,
                        actions: vec![need.action],
                    }),
                }
            }
        }
        if let Some(unused) = used.iter().position(|used| !used) {
            return Err(OperationsError::unused(self.resources[unused].text()));
        }
        let statements: Vec<_> = drafts.into_iter().map(Draft::statement).collect();
        match profiles::fault(&self.resources, &statements, catalog) {
            Some(fault) => Err(OperationsError::profile(fault)),
            None => Ok(statements),
        }
    }

    /// Returns the actions that the operations need: those in the reference's table, without unused
    /// optional ones, and those that are missing from it.
    fn needs(&self, catalog: &Catalog) -> Vec<Need> {
        let mut needs = Vec::new();
        for &operation in &self.operations {
            let AnyOperation { service, facts } = operation;
            let listed = facts
                .required_actions
                .iter()
                .map(|it| (it.action, it.context));
            let missing = service
                .overlay
                .operation_needs
                .iter()
                .filter(|need| need.operations.contains(&facts.name))
                .map(|need| (need.action, need.context));
            for (action, context) in listed.chain(missing) {
                let uses = &self.uses;
                if uses.require(operation, action, &self.resources, catalog) {
                    needs.push(Need {
                        operation,
                        action,
                        context,
                    });
                }
            }
            // the table does not state it for each operation that accepts API keys
            if self.uses.contain(Uses::API_KEYS) {
                needs.push(Need {
                    operation,
                    action: api_keys::ACTION,
                    context: &[],
                });
            }
        }
        needs
    }

    /// Returns the ARNs to which an action is scoped, by the inference profiles through which they are
    /// called; `*` if it can't be scoped.
    fn resources(
        &self,
        need: &Need,
        used: &mut [bool],
        catalog: &Catalog,
    ) -> Result<BTreeMap<Vec<String>, Vec<String>>, OperationsError> {
        let everything = || BTreeMap::from([(Vec::new(), vec!["*".to_owned()])]);
        let expected = types_of(need.action, catalog);
        if expected.as_ref().is_some_and(Vec::is_empty) {
            return Ok(everything());
        }
        let operation = need.operation.facts.name;
        let mut resources: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut given = Vec::new();
        for (resource, used) in self.resources.iter().zip(used) {
            if resource.fits(need.action, catalog) {
                *used = true;
                let through = profiles::through(need.action, resource, &self.resources);
                let same = resources.entry(through).or_default();
                same.push(resource.text().to_owned());
                let types = resource.types(catalog).into_iter();
                given.extend(types.map(|it| {
                    let service = catalog.services()[it.service];
                    service.resource_types[it.resource_type].name
                }));
            }
        }
        if resources.is_empty() && !needs_resource(need.action, catalog) {
            return Ok(everything());
        }
        if resources.is_empty() {
            return Err(OperationsError::missing(operation, need.action, expected));
        }
        if let Some(lacking) = lacking(need, &given, catalog) {
            return Err(OperationsError::incomplete(operation, need.action, lacking));
        }
        for same in resources.values_mut() {
            same.sort();
            same.dedup();
        }
        Ok(resources)
    }
}

/// Returns the resource types to which an action can be scoped; `None` if its service has no facts.
fn types_of(action: &str, catalog: &Catalog) -> Option<Vec<&'static str>> {
    let rows = catalog.rows(action);
    let types = rows.iter().flat_map(|row| {
        let (service, facts) = catalog.action(*row);
        let types = facts.resources.iter();
        types.map(|it| service.resource_types[usize::from(it.resource_type)].name)
    });
    (!rows.is_empty()).then(|| types.collect())
}

/// Returns whether an action is authorized only on resources of its types. An action that lists or
/// creates is authorized on `*` if the reference marks all its resource types as optional and the
/// request names no resource.
fn needs_resource(action: &str, catalog: &Catalog) -> bool {
    let rows = catalog.rows(action).iter();
    let mut pairs = rows.flat_map(|row| catalog.action(*row).1.resources);
    let name = action.split_once(':').map_or(action, |(_, name)| name);
    let names_none = name.starts_with("List") || name.starts_with("Create");
    !names_none || pairs.any(|pair| pair.required != Some(false))
}

/// Returns the first resource type that an action also requires and that no given ARN has.
fn lacking(need: &Need, given: &[&str], catalog: &Catalog) -> Option<&'static Together> {
    let rows = catalog.rows(need.action).iter();
    let mut facts = rows.flat_map(|row| catalog.action(*row).0.overlay.needed_together);
    facts.find(|it| {
        it.actions.contains(&need.action)
            && (it.operations.is_empty() || it.operations.contains(&need.operation.facts.name))
            && (it.beside.is_empty() || it.beside.iter().any(|one| given.contains(one)))
            && !given.contains(&it.needs)
            && !it.or.iter().any(|one| given.contains(one))
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
            // the reference can state several values as one: `a.amazonaws.com, b.amazonaws.com`
            let values = entry.values.iter().flat_map(|value| value.split(", "));
            statement = statement.condition("StringEquals", entry.key, values);
        }
        if !self.through.is_empty() {
            statement = statement.condition("ArnEquals", profiles::KEY, self.through);
        }
        statement.checked()
    }
}
