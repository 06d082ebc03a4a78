//! The characters that texts of the reference consist of.
//!
//! Facts come from pages and files that others write, and their names become code, documentation,
//! reports and lines of a terminal. Each name therefore consists of the characters that real names
//! have, and no text has characters that hide or reorder what a reviewer sees.

use super::{Action, Operation, ResourceType, Service};
use crate::facts::from_json::FactsError;
use crate::text::words::code;

/// A kind of text in facts, which determines its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The prefix of a service's actions.
    Prefix,
    /// The name of a page.
    Page,
    /// The name of an action, without a prefix.
    Action,
    /// The name of an action, with or without a prefix.
    FullAction,
    /// The name of a resource type.
    ResourceType,
    /// The name of a condition key.
    ConditionKey,
    /// The name of an API operation.
    Operation,
    /// The name of an SDK client.
    SdkClient,
    /// Any other text: a service's name, an address, an ARN template, a value.
    Other,
}

impl TextKind {
    /// Checks that a text consists of the characters of its kind. Only [`Other`](Self::Other) texts
    /// may be empty.
    ///
    /// # Errors
    /// Returns [`FactsError`], without a path, for any other text.
    pub fn check(self, text: &str) -> Result<(), FactsError> {
        if self.allows(text) {
            return Ok(());
        }
        let found = match text {
            "" => "no name".to_owned(),
            _ => code(text),
        };
        Err(FactsError::new("", found, self.expected()))
    }

    fn allows(self, text: &str) -> bool {
        let further = match self {
            Self::Other => return !text.contains(is_hidden),
            Self::Prefix if text.contains(|c: char| c.is_ascii_uppercase()) => return false,
            Self::FullAction => {
                let (prefix, name) = text.split_once(':').unwrap_or(("a", text));
                return [prefix, name].iter().all(|it| Self::Action.allows(it));
            }
            Self::Prefix | Self::Action | Self::Operation | Self::SdkClient => "-",
            Self::Page => "-_.",
            Self::ResourceType => "-_/ ",
            Self::ConditionKey => "-_/.<>${}:",
        };
        let allows = |c: char| c.is_ascii_alphanumeric() || further.contains(c);
        !text.is_empty() && text.chars().all(allows)
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::Prefix => "a service prefix of lower-case letters, digits and `-`",
            Self::Page => "the name of a page, of letters, digits, `-`, `_` and `.`",
            Self::Action => "the name of an action, of letters, digits and `-`",
            Self::FullAction => "an action such as `prefix:Name`, of letters, digits and `-`",
            Self::ResourceType => {
                "the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces"
            }
            Self::ConditionKey => "a condition key of letters, digits and `- _ / . < > $ { } :`",
            Self::Operation => "the name of an operation, of letters, digits and `-`",
            Self::SdkClient => "the name of an SDK client, of letters, digits and `-`",
            Self::Other => "text without control characters, line ends and marks of direction",
        }
    }
}

/// Returns whether a character hides or reorders what a reviewer sees: a control character, a line
/// end, or a mark of direction.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Checks the texts of a list, each with its path.
fn all<'t>(
    kind: TextKind,
    list: &str,
    texts: impl IntoIterator<Item = &'t String>,
) -> Result<(), FactsError> {
    each(list, texts, |text| kind.check(text))
}

/// Checks a text, if there is one.
fn one(kind: TextKind, name: &str, text: Option<&String>) -> Result<(), FactsError> {
    let checked = text.map_or(Ok(()), |text| kind.check(text));
    checked.map_err(at(name))
}

/// Checks the items of a list, each with its path.
fn each<T>(
    list: &str,
    items: impl IntoIterator<Item = T>,
    check: impl Fn(T) -> Result<(), FactsError>,
) -> Result<(), FactsError> {
    let mut items = items.into_iter().enumerate();
    items.try_for_each(|(at, it)| check(it).map_err(|error| error.within(&format!("{list}[{at}]"))))
}

fn at(path: &str) -> impl Fn(FactsError) -> FactsError {
    move |error| error.within(path)
}

impl Service {
    /// Checks that all texts consist of the characters of their kinds. A page's name may be empty.
    ///
    /// # Errors
    /// Returns [`FactsError`] with the path of the first text that does not.
    pub fn check_texts(&self) -> Result<(), FactsError> {
        use TextKind::{ConditionKey, Other, Page, Prefix};
        let page = if self.page.is_empty() { Other } else { Page };
        page.check(&self.page).map_err(at("page"))?;
        Prefix.check(&self.prefix).map_err(at("prefix"))?;
        Other.check(&self.service).map_err(at("service"))?;
        for (name, action) in &self.actions {
            let checked = TextKind::Action.check(name).and_then(|()| action.check());
            checked.map_err(at(name)).map_err(at("actions"))?;
        }
        for (name, resource_type) in &self.resource_types {
            let checked = TextKind::ResourceType.check(name);
            let checked = checked.and_then(|()| resource_type.check());
            checked.map_err(at(name)).map_err(at("resource_types"))?;
        }
        for (name, key) in &self.condition_keys {
            let value_type = || Other.check(&key.value_type).map_err(at("type"));
            let checked = ConditionKey.check(name).and_then(|()| value_type());
            checked.map_err(at(name)).map_err(at("condition_keys"))?;
        }
        each("operations", &self.operations, Operation::check)
    }
}

impl Action {
    fn check(&self) -> Result<(), FactsError> {
        use TextKind::{ConditionKey, FullAction, Other, ResourceType};
        one(Other, "api", self.api.as_ref())?;
        all(ConditionKey, "condition_keys", &self.condition_keys)?;
        all(FullAction, "dependent_actions", &self.dependent_actions)?;
        each("resources", &self.resources, |it| {
            let name = ResourceType.check(&it.resource_type);
            name.map_err(at("resource_type"))?;
            all(ConditionKey, "condition_keys", &it.condition_keys)
        })?;
        each("scenarios", &self.scenarios, |it| {
            Other.check(&it.name).map_err(at("name"))?;
            each("resource_types", &it.resource_types, |it| {
                ResourceType.check(&it.resource_type)
            })?;
            all(ConditionKey, "condition_keys", &it.condition_keys)
        })
    }
}

impl ResourceType {
    fn check(&self) -> Result<(), FactsError> {
        TextKind::Other.check(&self.arn).map_err(at("arn"))?;
        let keys = &self.condition_keys;
        all(TextKind::ConditionKey, "condition_keys", keys)
    }
}

impl Operation {
    fn check(&self) -> Result<(), FactsError> {
        use TextKind::{ConditionKey, FullAction, Other, SdkClient};
        let name = TextKind::Operation.check(&self.operation);
        name.map_err(at("operation"))?;
        one(SdkClient, "sdk", self.sdk.as_ref())?;
        each("actions", &self.actions, |it| {
            FullAction.check(&it.action).map_err(at("action"))?;
            it.context.iter().try_for_each(|(key, values)| {
                let checked = ConditionKey
                    .check(key)
                    .and_then(|()| all(Other, "", values));
                checked.map_err(at(key)).map_err(at("context"))
            })
        })
    }
}
