//! Calls from JSON objects.

use iam_policy::document::Json;
use iam_policy::words::code;
use iam_policy::{AccountId, Region};

use super::call::{ApiKey, Call, Guardrail, Prompt};
use super::error::CallError;
use super::rules;

type Result<T> = std::result::Result<T, CallError>;

/// The members of a call that are not named after a resource type of the reference.
const MEMBERS: &[&str] = &[
    "account",
    "api_key",
    "buckets",
    "client",
    "credentials_secret",
    "embedding_model",
    "function",
    "guardrail",
    "kms_key",
    "model",
    "operation",
    "profile_models",
    "prompt",
    "region",
    "reranking_model",
    "resource",
    "resource_tags",
    "role",
    "router_models",
    "service_tier",
    "stream",
    "system_tools",
    "tags",
    "vector_store",
];

impl Call {
    /// Reads a call from a JSON object.
    ///
    /// ```
    /// use bedrock_iam::calls::Call;
    ///
    /// let call = r#"{"operation": "Retrieve", "region": "eu-central-1", "account": "123456789012",
    ///     "knowledge_base": "arn:aws:bedrock:eu-central-1:123456789012:knowledge-base/KB12345678"}"#;
    /// assert_eq!(Call::from_json(call)?.requests()?.caller[0].action, "bedrock:Retrieve");
    /// # Ok::<(), bedrock_iam::calls::CallError>(())
    /// ```
    ///
    /// | member | value |
    /// |---|---|
    /// | `operation`, `region`, `account` | text, required |
    /// | `client` | the SDK client; required only if several have the operation |
    /// | `model` | the id of a model or inference profile, or an ARN |
    /// | `profile_models` | the ARNs of the models behind the profile, or the response of `GetInferenceProfile` |
    /// | `router_models` | the ARNs behind a prompt router, or the response of `GetPromptRouter` |
    /// | `guardrail` | id or ARN, or `{"id", "version", "profile", "profile_regions"}` |
    /// | `prompt` | `{"arn", "model"}` |
    /// | `api_key` | `short-term` or `long-term` |
    /// | `buckets` | `{"input", "output"}`, by name |
    /// | `role`, `kms_key`, `function`, `credentials_secret` | ARN |
    /// | `embedding_model`, `reranking_model`, `vector_store` | id or ARN |
    /// | `service_tier`, `system_tools`, `stream` | text, list, `true` or `false`, as in the request |
    /// | `tags`, `resource_tags` | tags of the request, of the resource: `{key: value}` |
    /// | `actor_id`, `mode`, `namespace`, `security_groups`, `session_id`, `subnets`, `user_id` | the value of the condition key, text or list |
    /// | a resource type of the reference with `_` for `-`, such as `knowledge_base`; `resource` for any type | ARN |
    ///
    /// # Errors
    ///
    /// Returns [`CallError`] if the text is not a JSON object, or a member is unknown, repeated,
    /// missing or has another type.
    pub fn from_json(text: &str) -> Result<Self> {
        let json = Json::from_json(text).map_err(|error| CallError::new(error.to_string()))?;
        let Json::Object(members) = json else {
            return Err(CallError::new(format!(
                "found {}; expected an object with the members of a call",
                kind(&json)
            )));
        };
        let mut call = Self::new("");
        for (name, value) in members {
            call.set(&name, value)?;
        }
        if call.operation.is_empty() {
            return Err(missing("operation", "the name of an API operation"));
        }
        if call.region.is_none() {
            return Err(missing("region", "the region of the call"));
        }
        if call.account.is_none() {
            return Err(missing("account", "the account of the caller"));
        }
        Ok(call)
    }

    fn set(&mut self, name: &str, value: Json) -> Result<()> {
        match name {
            "operation" => self.operation = text(name, value)?,
            "client" => self.client = Some(text(name, value)?),
            "region" => {
                let region = text(name, value)?;
                let region = Region::parse(&region).map_err(|_| {
                    CallError::member(name, &region, "a region, such as `us-east-1`")
                })?;
                self.region = Some(region);
            }
            "account" => {
                let account = text(name, value)?;
                let account = AccountId::parse(&account)
                    .map_err(|_| CallError::member(name, &account, "an account id of 12 digits"))?;
                self.account = Some(account);
            }
            "model" => self.model = Some(text(name, value)?),
            "profile_models" => self.profile_models = models(name, value)?,
            "router_models" => self.router_models = models(name, value)?,
            "guardrail" => self.guardrail = Some(guardrail(value)?),
            "prompt" => {
                let mut prompt = Prompt::default();
                for (part, value) in object(name, value)? {
                    match part.as_str() {
                        "arn" => prompt.arn = text("prompt.arn", value)?,
                        "model" => prompt.model = Some(text("prompt.model", value)?),
                        _ => return Err(unknown("prompt.", &part, &["arn", "model"])),
                    }
                }
                self.prompt = Some(prompt);
            }
            "api_key" => {
                self.api_key = Some(match text(name, value)?.as_str() {
                    "short-term" => ApiKey::ShortTerm,
                    "long-term" => ApiKey::LongTerm,
                    other => {
                        return Err(CallError::member(
                            name,
                            other,
                            "`short-term` or `long-term`",
                        ));
                    }
                });
            }
            "service_tier" => self.service_tier = Some(text(name, value)?),
            "system_tools" => self.system_tools = texts(name, value)?,
            "stream" => match value {
                Json::Bool(stream) => self.stream = stream,
                other => return Err(mismatch(name, &other, "`true` or `false`")),
            },
            "embedding_model" => self.embedding_model = Some(text(name, value)?),
            "reranking_model" => self.reranking_model = Some(text(name, value)?),
            "vector_store" => self.vector_store = Some(text(name, value)?),
            "credentials_secret" => self.credentials_secret = Some(text(name, value)?),
            "function" => self.function = Some(text(name, value)?),
            "role" => self.role = Some(text(name, value)?),
            "kms_key" => self.kms_key = Some(text(name, value)?),
            "buckets" => {
                for (part, value) in object(name, value)? {
                    match part.as_str() {
                        "input" => self.input_bucket = Some(text("buckets.input", value)?),
                        "output" => self.output_bucket = Some(text("buckets.output", value)?),
                        _ => return Err(unknown("buckets.", &part, &["input", "output"])),
                    }
                }
            }
            "tags" | "resource_tags" => {
                let tags = match name {
                    "tags" => &mut self.tags,
                    _ => &mut self.resource_tags,
                };
                for (key, value) in object(name, value)? {
                    let value = text(&format!("{name}.{key}"), value)?;
                    tags.insert(key, value);
                }
            }
            _ if rules::KEYS.iter().any(|(member, _)| *member == name) => {
                let values = match value {
                    Json::Text(_) => vec![text(name, value)?],
                    other => texts(name, other)?,
                };
                self.keys.insert(name.to_owned(), values);
            }
            _ if name == "resource" || rules::type_of_member(name).is_some() => {
                self.resources.push((name.to_owned(), text(name, value)?));
            }
            _ => {
                let types = rules::members();
                let known: Vec<_> = MEMBERS
                    .iter()
                    .copied()
                    .chain(rules::KEYS.iter().map(|(member, _)| *member))
                    .chain(types.iter().map(String::as_str))
                    .collect();
                return Err(unknown("", name, &known));
            }
        }
        Ok(())
    }
}

fn guardrail(value: Json) -> Result<Guardrail> {
    let mut guardrail = Guardrail::default();
    if let Json::Text(id) = value {
        guardrail.id = id;
        return Ok(guardrail);
    }
    for (part, value) in object("guardrail", value)? {
        let name = format!("guardrail.{part}");
        match part.as_str() {
            "id" => guardrail.id = text(&name, value)?,
            "version" => guardrail.version = Some(text(&name, value)?),
            "profile" => guardrail.profile = Some(text(&name, value)?),
            "profile_regions" => guardrail.profile_regions = texts(&name, value)?,
            _ => {
                let known = ["id", "profile", "profile_regions", "version"];
                return Err(unknown("guardrail.", &part, &known));
            }
        }
    }
    Ok(guardrail)
}

/// Reads a list of ARNs, or the models in the response of `GetInferenceProfile` or `GetPromptRouter`.
fn models(name: &str, value: Json) -> Result<Vec<String>> {
    let rows = match value {
        Json::List(rows) => rows,
        Json::Object(members) => {
            let found = members.into_iter().find(|(member, _)| member == "models");
            match found {
                Some((_, Json::List(rows))) => rows,
                _ => {
                    return Err(missing(
                        &format!("{name}.models"),
                        "the models in the response of the operation",
                    ));
                }
            }
        }
        other => return Err(mismatch(name, &other, "a list of ARNs")),
    };
    let rows = rows.into_iter().enumerate().map(|(index, row)| {
        let name = format!("{name}[{index}]");
        match row {
            Json::Object(members) => {
                let arn = members.into_iter().find(|(member, _)| member == "modelArn");
                let (_, arn) = arn.ok_or_else(|| missing(&format!("{name}.modelArn"), "an ARN"))?;
                text(&name, arn)
            }
            other => text(&name, other),
        }
    });
    rows.collect()
}

fn text(name: &str, value: Json) -> Result<String> {
    match value {
        Json::Text(text) if text.is_empty() => {
            Err(CallError::member(name, "", "a text that is not empty"))
        }
        Json::Text(text) => Ok(text),
        other => Err(mismatch(name, &other, "a text")),
    }
}

fn texts(name: &str, value: Json) -> Result<Vec<String>> {
    let Json::List(rows) = value else {
        return Err(mismatch(name, &value, "a list of texts"));
    };
    let rows = rows.into_iter().enumerate();
    rows.map(|(index, row)| text(&format!("{name}[{index}]"), row))
        .collect()
}

fn object(name: &str, value: Json) -> Result<Vec<(String, Json)>> {
    match value {
        Json::Object(members) => Ok(members),
        other => Err(mismatch(name, &other, "an object")),
    }
}

fn missing(name: &str, expected: &str) -> CallError {
    CallError::new(format!(
        "the call has no member {}; expected {expected}",
        code(name)
    ))
}

fn unknown(prefix: &str, name: &str, known: &[&str]) -> CallError {
    let message = format!(
        "{} is not a member of a call",
        code(&format!("{prefix}{name}"))
    );
    CallError::unknown(message, name, known)
}

fn mismatch(name: &str, found: &Json, expected: &str) -> CallError {
    CallError::new(format!(
        "member {}: found {}; expected {expected}",
        code(name),
        kind(found)
    ))
}

fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::Text(_) => "a text",
        Json::List(_) => "a list",
        Json::Object(_) => "an object",
    }
}
