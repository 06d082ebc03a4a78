//! The condition keys in the context of a request, from those that the reference states for its action.

use iam_policy::ActionRef;

use super::call::ApiKey;
use super::given::Given;
use super::rules;

/// The context of a request: condition keys with their values.
pub(super) type Context = std::collections::BTreeMap<String, Vec<String>>;

impl Given<'_> {
    /// Returns the condition keys that the call's members give a request of an action.
    ///
    /// `named` states whether the request is on the resource that the call is about, whose tags are
    /// known.
    pub(super) fn context(&self, action: &str, kind: Option<&str>, named: bool) -> Context {
        let mut context = Context::new();
        let call = self.call;
        let keys = self.keys(action, kind);
        let find = |name: &str| {
            keys.iter()
                .find(|key| key.split(':').nth(1) == Some(name))
                .copied()
        };
        let mut set = |name: &str, value: Option<String>| {
            if let (Some(key), Some(value)) = (find(name), value) {
                context.insert(key.to_owned(), vec![value]);
            }
        };
        set("ServiceTier", call.service_tier.clone());
        set("GuardrailIdentifier", self.guardrail_identifier());
        set("Model", call.model.clone());
        set("KmsKeyArn", call.kms_key.clone());
        let secret = call.credentials_secret.clone();
        set("ThirdPartyKnowledgeBaseCredentialsSecretArn", secret);
        let token = call.api_key.map(|key| match key {
            ApiKey::ShortTerm => "SHORT_TERM",
            ApiKey::LongTerm => "LONG_TERM",
        });
        set("BearerTokenType", token.map(str::to_owned));
        context.extend(self.values(&keys));
        let has = |name: &str| keys.contains(&name);
        if has("aws:TagKeys") && !call.tags.is_empty() {
            let names = call.tags.keys().cloned().collect();
            context.insert("aws:TagKeys".to_owned(), names);
        }
        if has("aws:RequestTag/${TagKey}") {
            let tags = call.tags.iter();
            context.extend(
                tags.map(|(key, value)| (format!("aws:RequestTag/{key}"), vec![value.clone()])),
            );
        }
        // an action without facts may have the key
        if named && (has("aws:ResourceTag/${TagKey}") || keys.is_empty()) {
            let tags = call.resource_tags.iter();
            context.extend(
                tags.map(|(key, value)| (format!("aws:ResourceTag/{key}"), vec![value.clone()])),
            );
        }
        context
    }

    /// Returns the condition keys of an action that members of the call state.
    pub(super) fn stated_keys(&self, action: &str) -> Context {
        self.values(&self.keys(action, None))
    }

    /// Returns the ones of these condition keys that members of the call state.
    fn values(&self, keys: &[&str]) -> Context {
        let stated = self.call.keys.iter().filter_map(|(member, values)| {
            let (_, name) = rules::KEYS.iter().find(|(of, _)| of == member)?;
            let key = keys.iter().find(|it| it.split(':').nth(1) == Some(name))?;
            Some(((*key).to_owned(), values.clone()))
        });
        stated.collect()
    }

    /// Returns the value of `bedrock:GuardrailIdentifier`: the ARN, with the number of a version.
    fn guardrail_identifier(&self) -> Option<String> {
        let guardrail = self.call.guardrail.as_ref()?;
        let arn = &self.find("guardrail")?.arn;
        let version = guardrail.version.as_ref().filter(|it| *it != "DRAFT");
        Some(version.map_or_else(|| arn.clone(), |version| format!("{arn}:{version}")))
    }

    /// Returns the condition keys in effect for an action on a resource type.
    fn keys(&self, action: &str, kind: Option<&str>) -> Vec<&'static str> {
        let rows = self.catalog.rows(action).iter();
        rows.flat_map(|row: &ActionRef| {
            let (service, facts) = self.catalog.action(*row);
            let pair = facts.resources.iter().find(|pair| {
                let row = &service.resource_types[usize::from(pair.resource_type)];
                Some(row.name) == kind
            });
            let of_pair = pair.map_or(&[][..], |it| it.condition_keys);
            let of_type = pair.map_or(&[][..], |it| {
                service.resource_types[usize::from(it.resource_type)].condition_keys
            });
            let all = facts.condition_keys.iter().chain(of_pair).chain(of_type);
            all.map(|key| service.condition_keys[usize::from(*key)].name)
        })
        .collect()
    }
}
