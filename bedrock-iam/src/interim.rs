//! The facts of the generated modules as services, until the modules hold them so themselves.

mod overlays;

#[cfg(feature = "bedrock-websearch")]
use iam_policy::Overlay;
use iam_policy::Service;

#[allow(
    unused_macros,
    reason = "without a service module there is nothing to make"
)]
macro_rules! service {
    ($prefix:literal, $module:ident, $feature:literal, $overlay:expr) => {{
        use crate::$module::{Action, AnyArn, ConditionKey, Operation, ResourceType, SNAPSHOT};
        use iam_policy::{
            ActionFacts, ConditionKeyFacts, OperationFacts, PairFacts, RemovedFacts,
            ResourceTypeFacts, RustModule,
        };
        fn leak<T>(all: Vec<T>) -> &'static [T] {
            Box::leak(all.into_boxed_slice())
        }
        fn text(text: String) -> &'static str {
            Box::leak(text.into_boxed_str())
        }
        macro_rules! all {
            ($Enum:ident) => {{
                let mut all: Vec<_> = $Enum::ALL.iter().chain($Enum::REMOVED).copied().collect();
                all.sort();
                all
            }};
        }
        macro_rules! removed {
            ($one:expr) => {
                $one.removed().map(|removed| RemovedFacts {
                    date: removed.date,
                    replaced_by: removed.replaced_by.map(|other| other as u16),
                })
            };
        }
        let templates = AnyArn::templates();
        let actions = all!(Action).into_iter().map(|action| ActionFacts {
            name: action.as_str(),
            rust_name: text(format!("{action:?}")),
            access_levels: action.access_levels(),
            permission_only: Some(action.is_permission_only()),
            resources: leak(
                action
                    .resources()
                    .iter()
                    .map(|it| PairFacts {
                        resource_type: it.resource_type as u16,
                        required: Some(it.required),
                        condition_keys: leak(
                            it.condition_keys.iter().map(|key| *key as u16).collect(),
                        ),
                    })
                    .collect(),
            ),
            kept_types: &[],
            condition_keys: leak(
                action
                    .condition_keys()
                    .iter()
                    .map(|key| *key as u16)
                    .collect(),
            ),
            dependent_actions: Some(action.dependent_actions()),
            documentation: action.documentation(),
            api_reference: action.api_reference(),
            removed: removed!(action),
        });
        let resource_types = all!(ResourceType).into_iter().map(|it| {
            let rust_name = text(format!("{it:?}"));
            let mut known = templates.iter();
            ResourceTypeFacts {
                name: it.as_str(),
                rust_name,
                arn_format: it.arn_format(),
                template: known
                    .find(|(name, _)| *name == rust_name)
                    .map(|(_, template)| *template),
                condition_keys: leak(it.condition_keys().iter().map(|key| *key as u16).collect()),
                documentation: it.documentation(),
                removed: removed!(it),
            }
        });
        let condition_keys = all!(ConditionKey).into_iter().map(|it| {
            let rust_name = text(format!("{it:?}"));
            let mut item = String::new();
            for char in rust_name.chars() {
                if char.is_ascii_uppercase() && !item.is_empty() {
                    item.push('_');
                }
                item.push(char.to_ascii_lowercase());
            }
            ConditionKeyFacts {
                name: it.as_str(),
                rust_name,
                item: text(if it.is_template() {
                    item
                } else {
                    item.to_ascii_uppercase()
                }),
                value_type: it.value_type(),
                documentation: it.documentation(),
                removed: removed!(it),
            }
        });
        let operations = all!(Operation).into_iter().map(|it| OperationFacts {
            name: it.as_str(),
            rust_name: text(format!("{it:?}")),
            sdk_clients: it.sdk_clients(),
            required_actions: it.required_actions(),
            removed: removed!(it),
        });
        let service: &'static Service = Box::leak(Box::new(Service {
            page: SNAPSHOT.page,
            prefix: $prefix,
            name: "",
            module: Some(RustModule {
                krate: "bedrock_iam",
                name: stringify!($module),
                feature: Some($feature),
            }),
            snapshot: Some(SNAPSHOT),
            actions: leak(actions.collect()),
            resource_types: leak(resource_types.collect()),
            condition_keys: leak(condition_keys.collect()),
            operations: leak(operations.collect()),
            overlay: $overlay,
        }));
        service
    }};
}

/// The modules that the crate was built with.
pub(crate) fn services() -> Vec<&'static Service> {
    vec![
        #[cfg(feature = "bedrock")]
        service!("bedrock", bedrock, "bedrock", &overlays::BEDROCK),
        #[cfg(feature = "bedrock-agentcore")]
        service!(
            "bedrock-agentcore",
            bedrock_agentcore,
            "bedrock-agentcore",
            &overlays::BEDROCK_AGENTCORE
        ),
        #[cfg(feature = "bedrock-mantle")]
        service!(
            "bedrock-mantle",
            bedrock_mantle,
            "bedrock-mantle",
            &overlays::BEDROCK_MANTLE
        ),
        #[cfg(feature = "bedrock-websearch")]
        service!(
            "bedrock-websearch",
            bedrock_websearch,
            "bedrock-websearch",
            Overlay::NONE
        ),
    ]
}
