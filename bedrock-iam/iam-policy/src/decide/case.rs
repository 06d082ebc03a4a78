//! Requests, policies and cases in JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::FactsError;
use crate::arn::site::AccountId;
use crate::decide::caller::Caller;
use crate::decide::decision::Outcome;
use crate::decide::policies::Policies;
use crate::decide::request::Request;
use crate::document::{Document, Json};
use crate::facts::{read, read_after};

/// A case of a test: a request, the policies that decide it, and the outcome that is expected.
///
/// A file of cases is an object with the list `cases`. Each case has the members `name`, `request`,
/// `policies` and `expected`; other members are ignored.
///
/// ```
/// use iam_policy::decide::Case;
///
/// let mut cases = Case::list(r#"{"cases": [{
///     "name": "readers read",
///     "request": {
///         "principal": "arn:aws:iam::123456789012:user/ana",
///         "action": "s3:GetObject",
///         "resource": "arn:aws:s3:::docs/a.txt",
///         "context": {"aws:SourceIp": "203.0.113.7"}
///     },
///     "policies": {"identity": [{"Statement": [{
///         "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*",
///         "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
///     }]}]},
///     "expected": "allowed"
/// }]}"#)?;
/// let case = cases.remove(0)?;
/// assert!(case.expected.agrees(&case.policies.decide(&case.request)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Case {
    /// The subject of the case.
    #[serde(default)]
    pub name: String,
    /// The request.
    pub request: Request,
    /// The policies, by layer.
    pub policies: Policies,
    /// The outcome that is expected.
    pub expected: Expected,
}

impl Case {
    /// Parses a file of cases. A case of another form does not keep the others from being read.
    ///
    /// # Errors
    ///
    /// Returns [`FactsError`] if the text is not JSON, or not an object with the list `cases`.
    pub fn list(text: &str) -> Result<Vec<Result<Self, CaseError>>, FactsError> {
        #[derive(Deserialize)]
        struct File<'t> {
            #[serde(borrow)]
            cases: Vec<&'t RawValue>,
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File<'_> = read_after("", text, "an object with the list `cases`")?;
        let cases = file.cases.into_iter().enumerate();
        Ok(cases
            .map(|(at, raw)| Self::read(text, at, raw.get()))
            .collect())
    }

    /// Parses a case of a file.
    fn read(file: &str, at: usize, text: &str) -> Result<Self, CaseError> {
        // an error needs the place of the case in the file, which takes time
        read(text, CASE).or_else(|_| {
            let start = (text.as_ptr() as usize).saturating_sub(file.as_ptr() as usize);
            let before = file.get(..start).unwrap_or_default();
            read_after(before, text, CASE).map_err(|error: FactsError| {
                let case: Value = serde_json::from_str(text).unwrap_or_default();
                let member = |name: &str| case.get(name).and_then(Value::as_str).map(str::to_owned);
                CaseError {
                    name: member("name").unwrap_or_default(),
                    expected: member("expected"),
                    error: error.within(&format!("cases[{at}]")),
                }
            })
        })
    }
}

const CASE: &str = "a case, with the members `name`, `request`, `policies` and `expected`";

/// The error of a case that does not have the form of one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseError {
    /// The subject of the case; empty if it has none.
    pub name: String,
    /// The outcome that is expected, as written, if it is a string.
    pub expected: Option<String>,
    /// The error, with its place in the file.
    pub error: FactsError,
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CaseError {}

impl Request {
    /// Parses a request.
    ///
    /// # Errors
    ///
    /// Returns [`FactsError`], with the path of the member, if the text is not JSON or has another form.
    pub fn from_json(text: &str) -> Result<Self, FactsError> {
        read(
            text,
            "a request, with the members `principal`, `action` and `resource`",
        )
    }
}

impl Policies {
    /// Parses policies by layer: `identity`, `boundary`, `session` and `vpc_endpoint` are lists of
    /// policies, `resource` is one, `scp` and `rcp` are lists of levels from the root down, each a list. One policy
    /// can stand for a list of it.
    ///
    /// A policy that IAM would reject can be read, for example one whose `Condition` is a list: it is not known
    /// what it does, so it makes decisions undecided.
    ///
    /// # Errors
    ///
    /// Returns [`FactsError`], with the path of the member, if the text is not JSON or has another form.
    pub fn from_json(text: &str) -> Result<Self, FactsError> {
        read(text, "an object with policies by layer, such as `identity`")
    }
}

/// The expected outcome of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Expected {
    /// The request is allowed.
    Allowed,
    /// It is denied, explicitly or implicitly.
    Denied,
    /// It is denied explicitly.
    ExplicitlyDenied,
    /// It is denied implicitly.
    ImplicitlyDenied,
    /// It is not decided.
    Undecided,
}

impl Expected {
    /// Returns whether a decision is the expected one.
    #[must_use]
    pub fn agrees(self, decision: &super::Decision<'_>) -> bool {
        match self {
            Self::Denied => decision.is_denied(),
            _ => self.as_str() == decision.outcome().as_str(),
        }
    }

    /// Returns the name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => Outcome::Allowed.as_str(),
            Self::Denied => "denied",
            Self::ExplicitlyDenied => Outcome::ExplicitlyDenied.as_str(),
            Self::ImplicitlyDenied => Outcome::ImplicitlyDenied.as_str(),
            Self::Undecided => Outcome::Undecided.as_str(),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The members of a request.
#[derive(Deserialize)]
struct RequestMembers {
    principal: Caller,
    action: String,
    #[serde(default = "any_resource")]
    resource: String,
    #[serde(default)]
    resource_account: Option<String>,
    #[serde(default)]
    context: Option<BTreeMap<String, Option<ContextValues>>>,
    #[serde(default)]
    action_has_no_resource_types: bool,
    #[serde(default)]
    partial: bool,
}

fn any_resource() -> String {
    "*".to_owned()
}

/// The values of a condition key: one or a list.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "found another type; expected text, a number, `true` or `false`, or a list of them"
)]
enum ContextValues {
    One(ContextValue),
    List(Vec<ContextValue>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ContextValue {
    Text(String),
    Bool(bool),
    Number(serde_json::Number),
}

impl ContextValue {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let members = RequestMembers::deserialize(deserializer)?;
        let request = Self::of(members.principal, &members.action, &members.resource);
        let mut request = request.map_err(D::Error::custom)?;
        if let Some(account) = &members.resource_account {
            let id = AccountId::find(account).ok_or_else(|| {
                let found = crate::words::code(account);
                D::Error::custom(format!("{found} is not an account, expected 12 digits"))
            })?;
            request = request.in_account(id);
        }
        for (key, values) in members.context.into_iter().flatten() {
            let values = match values {
                None => Vec::new(),
                Some(ContextValues::One(value)) => vec![value],
                Some(ContextValues::List(values)) => values,
            };
            request = match values.is_empty() {
                true => request.without(&key),
                false => request.key(&key, values.into_iter().map(ContextValue::into_text)),
            };
        }
        if members.action_has_no_resource_types {
            request = request.without_resource_types();
        }
        if members.partial {
            request = request.partial();
        }
        Ok(request)
    }
}

impl<'de> Deserialize<'de> for Caller {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "found another form; expected an ARN, the name of a service principal, `*`, or an object such as `{\"Service\": …}`"
        )]
        enum Form {
            Text(String),
            Kind(Kind),
        }

        #[derive(Deserialize)]
        enum Kind {
            #[serde(rename = "AWS")]
            Aws(String),
            Service(String),
            Federated(String),
            #[serde(rename = "type")]
            Type(Anonymous),
        }

        #[derive(Deserialize)]
        enum Anonymous {
            Anonymous,
        }

        match Form::deserialize(deserializer)? {
            Form::Text(text) | Form::Kind(Kind::Aws(text)) => {
                text.parse().map_err(D::Error::custom)
            }
            Form::Kind(Kind::Service(name)) => Ok(Self::service(&name)),
            Form::Kind(Kind::Federated(provider)) => Ok(Self::federated(&provider)),
            Form::Kind(Kind::Type(Anonymous::Anonymous)) => Ok(Self::anonymous()),
        }
    }
}

impl<'de> Deserialize<'de> for Policies {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Layers {
            identity: Option<Several>,
            resource: Option<One>,
            boundary: Option<Several>,
            session: Option<Several>,
            scp: Option<Levels>,
            rcp: Option<Levels>,
            vpc_endpoint: Option<Several>,
        }

        let layers = Layers::deserialize(deserializer)?;
        let several = |layer: Option<Several>| layer.map(|it| it.0);
        Ok(Self {
            identity: several(layers.identity).unwrap_or_default(),
            resource: layers.resource.map(|it| it.0),
            boundary: several(layers.boundary),
            session: several(layers.session),
            scp: layers.scp.map(|it| it.0),
            rcp: layers.rcp.map(|it| it.0),
            vpc_endpoint: several(layers.vpc_endpoint),
            management_account: None,
        })
    }
}

/// A policy, of which parts can be malformed.
struct One(Document);

/// A policy, or a list of policies.
struct Several(Vec<Document>);

/// The levels of control policies, each a list. One policy alone is one level.
struct Levels(Vec<Vec<Document>>);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        policy(&Json::deserialize(deserializer)?).map(Self)
    }
}

impl<'de> Deserialize<'de> for Several {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        policies(&Json::deserialize(deserializer)?).map(Self)
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let json = Json::deserialize(deserializer)?;
        let is_policy = |json: &Json| matches!(json, Json::Object(_));
        Ok(Self(match &json {
            Json::List(list) if list.len() > 1 && list.iter().any(is_policy) => {
                return Err(D::Error::custom(
                    "found policies without levels; expected a list of levels from the root down, each a list of policies",
                ));
            }
            Json::List(levels) => levels.iter().map(policies).collect::<Result<_, _>>()?,
            _ => vec![policies(&json)?],
        }))
    }
}

fn policies<E: serde::de::Error>(json: &Json) -> Result<Vec<Document>, E> {
    match json {
        Json::List(list) => list.iter().map(policy).collect(),
        _ => Ok(vec![policy(json)?]),
    }
}

fn policy<E: serde::de::Error>(json: &Json) -> Result<Document, E> {
    match json {
        Json::Object(members) => Ok(Document::with_malformed(members)),
        _ => {
            let found = match json {
                Json::Null => "null",
                Json::Bool(_) => "a boolean",
                Json::Number(_) => "a number",
                Json::Text(_) => "a string",
                Json::List(_) | Json::Object(_) => "a list",
            };
            Err(E::custom(format_args!(
                "found {found}; expected a policy, which is an object"
            )))
        }
    }
}
