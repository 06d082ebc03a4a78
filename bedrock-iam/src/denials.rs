//! Denials: what an error message states, whether IAM is the matter, likely causes and changes.
//!
//! ```
//! use bedrock_iam::denials::Denial;
//! use bedrock_iam::catalog;
//! use bedrock_iam::decide::Layer;
//!
//! let denial = Denial::read(
//!     "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized to perform: \
//!      bedrock:InvokeModel on resource: arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0 \
//!      with an explicit deny in a service control policy",
//! );
//! assert_eq!(denial.layer(), Some(Layer::ServiceControl));
//! let causes = denial.causes(catalog());
//! assert_eq!(causes[0].code, "global-routing");
//! ```

mod actions;
mod caller;
mod causes;
mod conditions;
mod cut;
mod layers;
mod models;
mod named;
mod operations;
mod other_causes;
mod statements;

use iam_policy::decide::Layer;
use iam_policy::{AccessDenied, Catalog, DenialKind, Policy};

use other_causes::OtherCause;

/// A denial, read from an error message of Bedrock or another service.
///
/// [`AccessDenied`] reads the sentence that all services use; this type also knows the errors of
/// Bedrock. Nothing is guessed: `None` means that the message does not state the fact.
#[derive(Clone, Debug)]
pub struct Denial {
    stated: AccessDenied,
    /// The service role and the model in Bedrock's message about embedding models.
    called: Option<(String, String)>,
    other: Option<&'static OtherCause>,
    is_iam: Option<bool>,
}

/// A likely cause of a denial.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cause {
    /// A short name that does not change, such as `global-routing`.
    pub code: &'static str,
    /// The cause, as a sentence.
    pub text: String,
    /// The sign of the cause: where the message or its context shows it.
    pub sign: String,
    /// The change that removes the cause.
    pub fix: Fix,
}

/// A change that removes the cause of a denial.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fix {
    /// The change, as a sentence.
    pub text: String,
    /// The layer of the policy to change; `None` if no policy has to be changed.
    pub layer: Option<Layer>,
    /// A policy with the statements to add, if the change is to add statements.
    ///
    /// Parts of ARNs that the message masks are `*` in it.
    pub policy: Option<Policy>,
}

/// Bedrock's words between the ARNs of a service role and of a model.
const NOT_ABLE_TO_CALL: &str = " is not able to call ";

impl Denial {
    /// Reads a message; any text is accepted.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let stated = AccessDenied::read(text);
        let states_reason = stated.layer().is_some() || stated.kind().is_some();
        let states_action = stated.action().is_some() && stated.plain().contains("perform");
        let other = other_causes::find(stated.plain(), states_action || states_reason);
        let is_iam = match other {
            Some(other) => other.is_iam,
            None if states_action || states_reason => Some(true),
            None => other_causes::is_denial(stated.plain()).then_some(true),
        };
        Self {
            called: called(stated.plain()),
            stated,
            other,
            is_iam,
        }
    }

    /// Returns the facts that the sentence of all services states.
    #[must_use]
    pub const fn stated(&self) -> &AccessDenied {
        &self.stated
    }

    /// Returns the ARN of the principal.
    #[must_use]
    pub fn principal(&self) -> Option<&str> {
        let called = self.called.as_ref().map(|it| &*it.0);
        self.stated.principal().or(called)
    }

    /// Returns the denied action, such as `bedrock:InvokeModel`.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.stated.action()
    }

    /// Returns the ARN of the resource, or `*`.
    #[must_use]
    pub fn resource(&self) -> Option<&str> {
        let called = self.called.as_ref().map(|it| &*it.1);
        self.stated.resource().or(called)
    }

    /// Returns the layer that denied the request.
    #[must_use]
    pub const fn layer(&self) -> Option<Layer> {
        self.stated.layer()
    }

    /// Returns whether the denial is explicit or implicit.
    #[must_use]
    pub const fn kind(&self) -> Option<DenialKind> {
        self.stated.kind()
    }

    /// Returns the ARN of the policy that denied the request.
    #[must_use]
    pub fn policy_arn(&self) -> Option<&str> {
        self.stated.policy_arn()
    }

    /// Returns whether policies are the matter: `false` for errors such as a used-up quota, `None` if
    /// the text is not recognized or leaves it open.
    #[must_use]
    pub const fn is_iam(&self) -> Option<bool> {
        self.is_iam
    }

    /// Returns the likely causes, the most likely one first.
    ///
    /// The catalog tells the resources and condition keys of actions; see
    /// [`catalog`](crate::catalog()).
    #[must_use]
    pub fn causes(&self, catalog: &Catalog) -> Vec<Cause> {
        causes::causes(self, catalog)
    }

    /// Returns the facts that the message can't show, each as a sentence.
    #[must_use]
    pub fn unknowns(&self) -> Vec<String> {
        causes::unknowns(self)
    }
}

/// Returns the role and the model of "role X is not able to call specified embedding model Y".
fn called(plain: &str) -> Option<(String, String)> {
    let flat = plain.replace('\n', " ");
    let (before, after) = flat.split_once(NOT_ABLE_TO_CALL)?;
    let role = before.rsplit(' ').next()?;
    let mut words = after.split(' ').take(6);
    let model = words.find(|word| word.starts_with("arn:"))?;
    let is_role = role.starts_with("arn:") && role.contains(":role/");
    is_role.then(|| {
        (
            role.to_owned(),
            model.trim_end_matches([':', '.', ',']).to_owned(),
        )
    })
}
