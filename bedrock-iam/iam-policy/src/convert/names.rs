//! What the enabled modules have a Rust name for: actions and ARN types.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::arn::Template;

/// A service module.
pub(super) struct Module {
    /// Its Rust name.
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) actions: HashMap<&'static str, Action>,
    /// The types of ARNs: Rust name and template.
    pub(super) types: &'static [(&'static str, &'static Template)],
    /// The module's file of condition keys.
    pub(super) keys: &'static str,
}

/// An action of a module.
pub(super) struct Action {
    /// The number of its module.
    pub(super) module: usize,
    /// Its Rust name.
    pub(super) ident: String,
    /// Keys in effect on any resource.
    pub(super) keys: Vec<&'static str>,
    /// The types of resources, each with the keys in effect for it.
    types: Vec<(&'static str, Vec<&'static str>)>,
}

impl Action {
    /// The keys in effect on a type of resource; `None` if the action can't be scoped to it.
    pub(super) fn keys_on(&self, module: usize, of: &str) -> Option<&[&'static str]> {
        let mut types = self.types.iter();
        let (_, keys) = types.find(|(name, _)| module == self.module && *name == of)?;
        Some(keys)
    }
}

#[allow(unused_macros, reason = "there may be no service module")]
macro_rules! module {
    ($modules:ident, $name:ident, $prefix:literal) => {{
        use crate::$name as service;
        let module = $modules.len();
        let actions = service::Action::ALL.iter().map(|action| {
            let own = action.condition_keys().iter().map(|key| key.as_str());
            let own: Vec<_> = own.collect();
            let mut keys = own.clone();
            let mut types = Vec::new();
            for resource in action.resources() {
                let further = resource.condition_keys.iter().map(|key| key.as_str());
                let further: Vec<_> = further.collect();
                keys.extend(&further);
                let all = own.iter().chain(&further).copied().collect();
                types.push((resource.resource_type.as_str(), all));
            }
            // A unit variant's `Debug` is its Rust name, which the type of the action shares.
            let ident = format!("{action:?}");
            let action_facts = Action {
                module,
                ident,
                keys,
                types,
            };
            (action.as_str(), action_facts)
        });
        let actions = actions.collect();
        $modules.push(Module {
            name: stringify!($name),
            prefix: $prefix,
            actions,
            types: service::AnyArn::templates(),
            keys: include_str!(concat!("../generated/", stringify!($name), "/key.rs")),
        });
    }};
}

static MODULES: LazyLock<Vec<Module>> = LazyLock::new(|| {
    #[allow(unused_mut, reason = "there may be no service module")]
    let mut modules: Vec<Module> = Vec::new();
    #[cfg(feature = "bedrock")]
    module!(modules, bedrock, "bedrock");
    #[cfg(feature = "bedrock-agentcore")]
    module!(modules, bedrock_agentcore, "bedrock-agentcore");
    #[cfg(feature = "bedrock-mantle")]
    module!(modules, bedrock_mantle, "bedrock-mantle");
    #[cfg(feature = "bedrock-websearch")]
    module!(modules, bedrock_websearch, "bedrock-websearch");
    modules
});

/// The enabled modules.
pub(super) fn modules() -> &'static [Module] {
    &MODULES
}

/// The action of this very name: case counts, for it is what prints.
pub(super) fn action(name: &str) -> Option<&'static Action> {
    modules().iter().find_map(|module| module.actions.get(name))
}

/// The module that an action or ARN of this prefix belongs to.
pub(super) fn by_prefix(prefix: &str) -> Option<&'static Module> {
    let mut modules = modules().iter();
    modules.find(|module| module.prefix.eq_ignore_ascii_case(prefix))
}
