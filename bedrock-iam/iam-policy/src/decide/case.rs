//! Requests, policies and cases in JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::FactsError;
use crate::arn::site::AccountId;
use crate::decide::caller::Caller;
use crate::decide::decision::Outcome;
use crate::decide::policies::Policies;
use crate::decide::request::Request;
use crate::document::Document;
use crate::facts::read;

/// A case of a test: a request, the policies that decide it, and the outcome that is expected.
///
/// A file of cases is an object with the list `cases`. Each case has the members `name`, `request`,
/// `policies` and `expected`; other members are ignored.
///
/// ```
/// use iam_policy::decide::Case;
///
/// let cases = Case::list(r#"{"cases": [{
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
/// assert!(cases[0].expected.agrees(&cases[0].policies.decide(&cases[0].request)));
/// # Ok::<(), iam_policy::FactsError>(())
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
    /// Parses a file of cases.
    ///
    /// # Errors
    ///
    /// Returns [`FactsError`], with the path of the member, if the text is not JSON or has another form.
    pub fn list(text: &str) -> Result<Vec<Self>, FactsError> {
        #[derive(Deserialize)]
        struct File {
            cases: Vec<Case>,
        }
        let file: File = read(text, "an object with the list `cases`")?;
        Ok(file.cases)
    }
}

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
    /// policies, `resource` is one, `scp` and `rcp` are lists of levels from the root down, each a list.
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
    expecting = "expected text, a number, `true` or `false`, or a list of them"
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
            expecting = "expected an ARN, the name of a service principal, `*`, or an object such as `{\"Service\": …}`"
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
            identity: Option<Vec<Document>>,
            resource: Option<Document>,
            boundary: Option<Vec<Document>>,
            session: Option<OneOrList>,
            scp: Option<Vec<Vec<Document>>>,
            rcp: Option<Vec<Vec<Document>>>,
            vpc_endpoint: Option<Vec<Document>>,
        }

        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a policy or a list of policies")]
        enum OneOrList {
            List(Vec<Document>),
            One(Document),
        }

        let layers = Layers::deserialize(deserializer)?;
        Ok(Self {
            identity: layers.identity.unwrap_or_default(),
            resource: layers.resource,
            boundary: layers.boundary,
            session: layers.session.map(|it| match it {
                OneOrList::One(document) => vec![document],
                OneOrList::List(documents) => documents,
            }),
            scp: layers.scp,
            rcp: layers.rcp,
            vpc_endpoint: layers.vpc_endpoint,
            management_account: None,
        })
    }
}
