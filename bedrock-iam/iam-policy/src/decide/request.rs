//! Requests, and the condition keys that follow from what a request states.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::Catalog;
use crate::arn::fields::{self, fields};
use crate::arn::site::AccountId;
use crate::arn::{Arn, RawArn, Resource};
use crate::aws::caller::{CallerKind, has_path};
use crate::decide::caller::{Caller, CallerError};
use crate::decide::context::{Context, Found, Keys, Values};
use crate::decide::pattern::Target;
use crate::text::words::code;
use crate::typed::statement::Checked;

/// A request: who calls, which action, on which resource, with which context.
///
/// A request is *complete* unless [`partial`](Self::partial) is called: a condition key that it does not
/// state is absent. Some keys follow from the caller and the resource, and need not be stated:
///
/// | key | value |
/// |---|---|
/// | `aws:PrincipalArn` | the ARN of the user, the root user or the federated user; for a session the ARN of its role, whose path is taken to be `/`: state the key if it is not. Unknown for a session in a partial request, and for one of a role that has a path by its name |
/// | `aws:PrincipalAccount` | the caller's account |
/// | `aws:PrincipalType` | `Account`, `User`, `AssumedRole`, `FederatedUser` or `Anonymous` |
/// | `aws:PrincipalIsAWSService` | whether the caller is a service; absent from requests without credentials |
/// | `aws:PrincipalServiceName` | the name of a service that calls |
/// | `aws:username` | the name of an IAM user; absent for other callers |
/// | `aws:userid` | for the root user the account; for others, it does not follow from their ARN: state it, or it is absent as other keys are |
/// | `aws:ResourceAccount` | the account of the resource |
///
/// A key that the request states has the stated value. No key follows from the clock or the region.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse>
/// and <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>.
#[must_use = "a request has no effect until policies decide it: `policies.decide(&request)`"]
pub struct Request<A = Checked, R = Checked> {
    pub(crate) body: Body,
    of: PhantomData<fn() -> (A, R)>,
}

/// The parts of a request.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) caller: Option<Caller>,
    pub(crate) action: Cow<'static, str>,
    pub(crate) resource: Box<str>,
    /// The first five colons of the resource; `None` for `*`.
    pub(crate) colons: Option<[usize; 5]>,
    pub(crate) resource_account: Option<Box<str>>,
    pub(crate) context: Context,
    /// Whether the action has no resource types, so that only `*` matches its resource.
    pub(crate) is_untyped: bool,
    pub(crate) fault: Option<RequestError>,
}

/// The error of a request that no service could receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    message: String,
}

impl RequestError {
    pub(crate) fn new(what: &str, text: &str, expected: &str) -> Self {
        Self {
            message: format!("{} is not {what}; expected {expected}", code(text)),
        }
    }

    pub(crate) fn of_message(message: String) -> Self {
        Self { message }
    }

    fn of_caller(error: &CallerError) -> Self {
        Self::of_message(error.to_string())
    }
}

/// Who makes a request: a [`Caller`], or the ARN of a user or a role.
pub trait IntoCaller {
    #[doc(hidden)]
    fn into_caller(self) -> Result<Caller, CallerError>;
}

impl IntoCaller for Caller {
    fn into_caller(self) -> Result<Caller, CallerError> {
        Ok(self)
    }
}

impl IntoCaller for &Caller {
    fn into_caller(self) -> Result<Caller, CallerError> {
        Ok(self.clone())
    }
}

impl<R: Resource> IntoCaller for Arn<R> {
    fn into_caller(self) -> Result<Caller, CallerError> {
        self.text().parse()
    }
}

impl<R: Resource> IntoCaller for &Arn<R> {
    fn into_caller(self) -> Result<Caller, CallerError> {
        self.text().parse()
    }
}

impl IntoCaller for RawArn {
    fn into_caller(self) -> Result<Caller, CallerError> {
        self.as_str().parse()
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RequestError {}

impl Request {
    /// Returns a request by names, such as `bedrock:InvokeModel` and the ARN of a model.
    ///
    /// The resource `*` is right for an action without resource types. For other actions it asks
    /// whether there is a resource for which the policies allow the request: a statement that allows
    /// some resources matches it, and one that denies only some does not.
    ///
    /// # Errors
    ///
    /// Returns [`RequestError`] if the action is not a single one with its prefix, or the resource is
    /// neither `*` nor an ARN.
    pub fn of(caller: Caller, action: &str, resource: &str) -> Result<Self, RequestError> {
        let mut body = Body::new(Cow::Owned(action.to_owned()));
        body.caller = Some(caller);
        body.set_resource(resource);
        let is_action = action.split_once(':').is_some_and(|(prefix, name)| {
            let all = |part: &str| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|it| it.is_ascii_alphanumeric() || it == b'-')
            };
            all(prefix) && all(name)
        });
        if !is_action {
            let expected = "one action, such as `bedrock:InvokeModel`";
            return Err(RequestError::new("an action", action, expected));
        }
        match body.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(Self::with_body(body)),
        }
    }
}

impl<A, R> Request<A, R> {
    pub(crate) fn with_body(body: Body) -> Self {
        Self {
            body,
            of: PhantomData,
        }
    }

    /// Sets the caller: a [`Caller`], or the ARN of a user or a role.
    pub fn by(mut self, caller: impl IntoCaller) -> Self {
        match caller.into_caller() {
            Ok(caller) => self.body.caller = Some(caller),
            Err(fault) => self.body.add_fault(RequestError::of_caller(&fault)),
        }
        self
    }

    /// Sets the account of the resource, where its ARN does not contain one, as that of a bucket. By
    /// default it is the caller's.
    pub fn in_account(mut self, account: AccountId) -> Self {
        self.body.resource_account = Some(account.as_str().into());
        self
    }

    /// States a condition key by its name, with one value or several.
    pub fn key<V: AsRef<str>>(mut self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        for value in values {
            self.body.context.add(name, value.as_ref());
        }
        self
    }

    /// States that the request does not contain a condition key. In a complete request, this is so for each
    /// key that is neither stated nor in the table above.
    pub fn without(mut self, name: &str) -> Self {
        self.body.context.remove(name);
        self
    }

    /// Makes the request partial: a condition key that it does not state is unknown, instead of absent.
    pub fn partial(mut self) -> Self {
        self.body.context.make_partial();
        self
    }

    /// States that the action has no resource types, for an action without facts: only `*` matches its
    /// resource.
    pub fn without_resource_types(mut self) -> Self {
        self.body.is_untyped = true;
        self
    }

    /// Adds what facts say about the action: whether it has resource types.
    pub fn with_facts(mut self, catalog: &Catalog) -> Self {
        let rows = catalog
            .position(&self.body.action)
            .map(|at| &catalog.known()[at].rows);
        let mut rows = rows.into_iter().flatten();
        self.body.is_untyped |= rows.any(|at| {
            let (service, action) = catalog.action(*at);
            let mut fixed = service.overlay.fixed_resources.iter();
            action.resources.is_empty() && !fixed.any(|row| row.actions.contains(&action.name))
        });
        self
    }

    /// Returns the caller, if it is stated.
    #[must_use]
    pub const fn caller(&self) -> Option<&Caller> {
        self.body.caller.as_ref()
    }

    /// Returns the action, such as `bedrock:InvokeModel`.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.body.action
    }

    /// Returns the resource: an ARN, or `*`.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.body.resource
    }

    /// Returns why no service could receive the request, for example because its resource has a
    /// wildcard. Such a request is not decided.
    #[must_use]
    pub fn fault(&self) -> Option<RequestError> {
        self.body.fault()
    }
}

impl Body {
    pub(crate) fn new(action: Cow<'static, str>) -> Self {
        Self {
            caller: None,
            action,
            resource: "*".into(),
            colons: None,
            resource_account: None,
            context: Context::default(),
            is_untyped: false,
            fault: None,
        }
    }

    pub(crate) fn set_resource(&mut self, resource: &str) {
        self.resource = resource.into();
        self.colons = Target::new(resource).colons;
        if resource != "*" && fields(resource).is_none() {
            let expected = "`*` or the ARN of a resource";
            self.add_fault(RequestError::new("a resource", resource, expected));
        }
    }

    /// Adds a fault; the first one is kept.
    pub(crate) fn add_fault(&mut self, fault: RequestError) {
        self.fault.get_or_insert(fault);
    }

    /// Returns why the request can't be decided.
    pub(crate) fn fault(&self) -> Option<RequestError> {
        let missing =
            || RequestError::of_message("found no caller; expected one from `.by(…)`".to_owned());
        let fault = self.fault.clone();
        fault.or_else(|| self.caller.is_none().then(missing))
    }

    /// Returns the account of the resource: the stated one, that of its ARN, or the caller's.
    pub(crate) fn resource_account(&self) -> Option<&str> {
        let stated = self.resource_account.as_deref();
        let own = || {
            let account = self.field(4);
            AccountId::find(account).map(|_| account)
        };
        let callers = || self.caller.as_ref().and_then(Caller::account);
        stated.or_else(own).or_else(callers)
    }

    /// Returns the resource as entries of statements are compared with it.
    pub(crate) fn target(&self) -> Target<'_> {
        Target {
            text: &self.resource,
            colons: self.colons,
        }
    }

    /// Returns a field of the resource's ARN; empty for `*`.
    pub(crate) fn field(&self, index: usize) -> &str {
        let colons = self.colons;
        colons.map_or("", |colons| fields::field(&self.resource, colons, index))
    }

    /// Returns the value of a key that follows from the caller or the resource; `None` for other keys.
    fn implied(&self, key: &str) -> Option<Found<'_>> {
        // most keys are of a service, or stated
        let name = key
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("aws:"));
        let name = name.map(|_| &key[4..])?;
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        let caller = self.caller.as_ref()?;
        let value = match name.len() {
            8 if is("username") => match caller.kind() {
                CallerKind::User => Some(caller.last_name()),
                _ => None,
            },
            6 if is("userid") => match caller.kind() {
                CallerKind::Root => caller.account(),
                CallerKind::FederatedUser
                | CallerKind::User
                | CallerKind::Role
                | CallerKind::Session => return None,
                CallerKind::Service | CallerKind::Federated | CallerKind::Anonymous => None,
            },
            // the ARN of a session does not contain the path of its role
            12 if is("PrincipalArn")
                && caller.kind() == CallerKind::Session
                && (self.context.is_partial() || caller.role_name().is_some_and(has_path)) =>
            {
                return Some(Found::Unknown);
            }
            12 if is("PrincipalArn") => caller.arn(),
            16 if is("PrincipalAccount") => caller.account(),
            13 if is("PrincipalType") => match caller.kind() {
                CallerKind::Root => Some("Account"),
                CallerKind::User => Some("User"),
                CallerKind::Role | CallerKind::Session => Some("AssumedRole"),
                CallerKind::FederatedUser => Some("FederatedUser"),
                CallerKind::Anonymous => Some("Anonymous"),
                CallerKind::Service | CallerKind::Federated => None,
            },
            21 if is("PrincipalIsAWSService") => match caller.kind() {
                CallerKind::Service => Some("true"),
                CallerKind::Anonymous | CallerKind::Federated => None,
                _ => Some("false"),
            },
            20 if is("PrincipalServiceName") => match caller.kind() {
                CallerKind::Service => Some(caller.as_str()),
                _ => None,
            },
            15 if is("ResourceAccount") => self.resource_account(),
            _ => return None,
        };
        Some(value.map_or(Found::Absent, |value| Found::Values(Values::One(value))))
    }
}

impl Keys for Body {
    fn find(&self, key: &str) -> Found<'_> {
        self.context
            .stated(key)
            .or_else(|| self.implied(key))
            .unwrap_or_else(|| self.context.unstated())
    }
}

impl<A, R> Clone for Request<A, R> {
    fn clone(&self) -> Self {
        Self::with_body(self.body.clone())
    }
}

impl<A, R> fmt::Debug for Request<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.body.fmt(f)
    }
}
