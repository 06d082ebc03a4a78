//! Calls from JSON objects.

use iam_policy::document::Json;
use iam_policy::runtime::nearest;
use iam_policy::words::code;
use iam_policy::{AccountId, Region};

use super::call::{ApiKey, Call, Guardrail, Prompt, Sources};
use super::error::CallError;
use super::rules;

type Result<T> = std::result::Result<T, CallError>;

/// The members of a call and their values, as a table.
const MEMBERS: &str = include_str!("members.md");

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
    #[doc = include_str!("members.md")]
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
            "enforced_guardrail" => self.enforced_guardrail = Some(text(name, value)?),
            "prompt" => {
                let mut prompt = Prompt::default();
                let value = match value {
                    Json::Text(_) => Json::Object(vec![("arn".to_owned(), value)]),
                    other => other,
                };
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
            "tools" => self.tools = texts(name, value)?,
            "external_web_access" => self.external_web_access = Some(boolean(name, &value)?),
            "stream" => self.stream = boolean(name, &value)?,
            "collaborators" => self.collaborators = texts(name, value)?,
            "image" => self.image = Some(text(name, value)?),
            "schema" => self.schema = Some(text(name, value)?),
            "sources" => {
                self.sources = Some(match text(name, value)?.as_str() {
                    "s3" => Sources::S3,
                    "byte-content" => Sources::Bytes,
                    other => {
                        return Err(CallError::member(name, other, "`s3` or `byte-content`"));
                    }
                });
            }
            "nodes" => {
                for (part, value) in object(name, value)? {
                    if !NODES.contains(&part.as_str()) {
                        return Err(unknown("nodes.", &part, NODES));
                    }
                    self.set(&part, value)?;
                }
            }
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
            _ if name == "resource" || !rules::types_of_member(name).is_empty() => {
                self.resources.push((name.to_owned(), text(name, value)?));
            }
            _ => match Self::PART_MODELS.iter().find(|it| **it == name) {
                Some(member) => {
                    self.part_models.insert(member, text(name, value)?);
                }
                None => return Err(unknown_member(name)),
            },
        }
        Ok(())
    }

    /// Returns the members of the JSON form, each row with the names and the value of some.
    pub fn members() -> impl Iterator<Item = (&'static str, &'static str)> {
        let rows = MEMBERS.lines().skip(2);
        rows.filter_map(|row| {
            let row = row.strip_prefix("| ")?.strip_suffix(" |")?;
            row.split_once(" | ")
        })
    }
}

/// The members that the nodes of a flow have.
const NODES: &[&str] = &[
    "agent_alias",
    "function",
    "guardrail",
    "knowledge_base",
    "model",
    "prompt",
];

/// Returns the error of a member that calls do not have.
fn unknown_member(name: &str) -> CallError {
    let listed = || {
        let rows = Call::members();
        rows.flat_map(|(names, _)| names.split('`').skip(1).step_by(2))
    };
    let types = rules::members();
    let all: Vec<_> = listed().chain(types.iter().map(String::as_str)).collect();
    let error = unknown("", name, &all);
    if nearest(all, name).is_some() {
        return error;
    }
    let mut listed: Vec<_> = listed().map(code).collect();
    listed.sort_unstable();
    CallError::new(format!(
        "{error}; expected one of {}, or a resource type of the reference with `_` for `-`",
        listed.join(", ")
    ))
}

fn boolean(name: &str, value: &Json) -> Result<bool> {
    match value {
        Json::Bool(value) => Ok(*value),
        other => Err(mismatch(name, other, "`true` or `false`")),
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
