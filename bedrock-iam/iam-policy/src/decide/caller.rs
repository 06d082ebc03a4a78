//! Principals that make requests.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::arn::fields::{self, fields};
use crate::arn::site::AccountId;
use crate::aws::caller::{self, CallerKind};
use crate::aws::{service_linked, service_principal};
use crate::text::words::code;

/// The principal that makes a request: who calls, as `aws sts get-caller-identity` names it.
///
/// ```
/// use iam_policy::decide::Caller;
///
/// let session: Caller = "arn:aws:sts::123456789012:assumed-role/app/worker-1".parse()?;
/// assert_eq!(session.account(), Some("123456789012"));
/// # Ok::<(), iam_policy::decide::CallerError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    kind: CallerKind,
    text: Box<str>,
    /// The role of a session, as an ARN without its path.
    role: Option<Box<str>>,
    /// Where the account stands in the text.
    account: Range<usize>,
}

/// The error of a text that names no caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerError {
    text: String,
    expected: &'static str,
}

impl fmt::Display for CallerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is not a caller; expected {}",
            code(&self.text),
            self.expected
        )
    }
}

impl std::error::Error for CallerError {}

const FORMS: &str = "the ARN of a user, a role, a session or an account's root user, an account id, a \
                     service principal such as `bedrock.amazonaws.com`, or `*` for nobody in particular";

impl Caller {
    /// A request without credentials.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::of(CallerKind::Anonymous, "*")
    }

    /// An AWS service, by the name of its service principal.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::of(CallerKind::Service, name)
    }

    /// A user of an identity provider, by the provider's ARN or name, such as
    /// `cognito-identity.amazonaws.com`.
    #[must_use]
    pub fn federated(provider: &str) -> Self {
        Self::of(CallerKind::Federated, provider)
    }

    fn of(kind: CallerKind, text: &str) -> Self {
        Self {
            kind,
            text: text.into(),
            role: None,
            account: 0..0,
        }
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> CallerKind {
        self.kind
    }

    /// Returns the ARN or name, as stated; `*` for nobody in particular.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the caller's account, if it belongs to one.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        let account = &self.text[self.account.clone()];
        (!account.is_empty()).then_some(account)
    }

    /// Returns the value of `aws:PrincipalArn`. A session's ARN does not contain the path of its
    /// role, so that of the returned ARN is `/`.
    pub(crate) fn arn(&self) -> Option<&str> {
        match self.kind {
            CallerKind::Session => self.role.as_deref(),
            _ => self.account().map(|_| &*self.text),
        }
    }

    /// Returns whether its ARN is in a partition.
    pub(crate) fn is_in(&self, partition: &str) -> bool {
        let rest = self.text.strip_prefix("arn:");
        let rest = rest.and_then(|rest| rest.strip_prefix(partition));
        rest.is_some_and(|rest| rest.starts_with(':'))
    }

    /// Returns the partition of its ARN; empty for a caller without one.
    pub(crate) fn partition(&self) -> &str {
        fields::partition(&self.text).unwrap_or_default()
    }

    /// Returns the name of the role, of a role or a session.
    pub(crate) fn role_name(&self) -> Option<&str> {
        let role = match self.kind {
            CallerKind::Role => &self.text,
            CallerKind::Session => self.role.as_deref()?,
            _ => return None,
        };
        role.rsplit('/').next()
    }

    /// Returns the part of the ARN after the last `/`, such as the name of a user.
    pub(crate) fn last_name(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or_default()
    }

    /// Returns whether it is a role that belongs to a service, which organizations cannot limit.
    pub(crate) fn is_service_linked(&self) -> bool {
        match self.kind {
            CallerKind::Role => service_linked::is_role(fields::resource(&self.text)),
            CallerKind::Session => self.role_name().is_some_and(service_linked::is_role_name),
            _ => false,
        }
    }

    /// Returns whether a permissions boundary can be attached to it.
    pub(crate) const fn has_boundary(&self) -> bool {
        matches!(
            self.kind,
            CallerKind::User | CallerKind::Role | CallerKind::Session | CallerKind::FederatedUser
        )
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for Caller {
    type Err = CallerError;

    /// Parses an ARN, an account id (its root user), the name of a service principal, or `*`.
    fn from_str(text: &str) -> Result<Self, CallerError> {
        let refused = |expected| CallerError {
            text: text.to_owned(),
            expected,
        };
        if text == "*" {
            return Ok(Self::anonymous());
        }
        if AccountId::find(text).is_some() {
            return caller::root("aws", text).parse();
        }
        let Some([_, partition, service, region, account, resource]) = fields(text) else {
            return match service_principal::looks_like(text) {
                true => Ok(Self::service(text)),
                false => Err(refused(FORMS)),
            };
        };
        let is_form = region.is_empty() && !partition.is_empty() && !text.contains(['*', '?', '$']);
        if !is_form || AccountId::find(account).is_none() {
            return Err(refused(FORMS));
        }
        let kind = caller::kind(service, resource);
        let kind = kind.map_err(|expected| refused(expected.unwrap_or(FORMS)))?;
        let role = caller::role_of_session(partition, account, resource);
        let start = text.len() - resource.len() - 1 - account.len();
        Ok(Self {
            kind,
            text: text.into(),
            role: role.map(String::into),
            account: start..start + account.len(),
        })
    }
}
