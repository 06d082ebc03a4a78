//! A statement of a policy, prepared for requests.

use crate::Effect;
use crate::aws::caller::CallerKind;
use crate::aws::principal::is_unique_id;
use crate::decide::condition::Test;
use crate::decide::pattern::{ActionTest, ResourceTest, Target};
use crate::decide::principal::{self, Named};
use crate::decide::request::Body;
use crate::decide::truth::Truth;
use crate::decide::{Layer, Place};
use crate::document::{Document, DocumentStatement, List, PrincipalElement, Scalar};
use crate::text::words::code;

/// The language version with policy variables.
const WITH_VARIABLES: &str = "2012-10-17";
/// The version before, also of a policy that states none.
const WITHOUT_VARIABLES: &str = "2008-10-17";

/// A statement, with its entries parsed.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) place: Place,
    pub(super) source: &'a DocumentStatement,
    pub(super) effect: Option<Effect>,
    resources: Resources<'a>,
    pub(super) tests: Box<[Test<'a>]>,
    /// Why it is not known what IAM makes of the statement.
    pub(super) unmodelled: Option<Unmodelled>,
}

/// The resources of a statement.
#[derive(Debug)]
enum Resources<'a> {
    /// The element is missing. In a policy of a resource, the statement is about that resource.
    Missing,
    Each {
        entries: Box<[ResourceTest<'a>]>,
        negated: bool,
    },
}

/// A part of a statement that IAM does not define, or that is not decided here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unmodelled {
    Effect,
    BothOf(&'static str, &'static str),
    NeitherOf(&'static str, &'static str),
    Member,
    Version,
    DocumentMember,
}

/// What a policy states for all its statements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    variables: bool,
    unmodelled: Option<Unmodelled>,
}

impl Language {
    pub(super) fn of(document: &Document) -> Self {
        let version = document.version.as_ref();
        let text = version.and_then(Scalar::as_str);
        let unmodelled = match text {
            _ if !document.others.is_empty() => Some(Unmodelled::DocumentMember),
            Some(WITH_VARIABLES | WITHOUT_VARIABLES) => None,
            _ => version.map(|_| Unmodelled::Version),
        };
        Self {
            variables: text == Some(WITH_VARIABLES),
            unmodelled,
        }
    }
}

impl Unmodelled {
    /// Returns the reason, for the text of a decision.
    pub(super) fn reason(self, source: &DocumentStatement) -> String {
        match self {
            Self::Effect => match source.effect.as_ref() {
                Some(effect) => format!("{} is not an effect", code(&effect.to_string())),
                None => "the statement has no `Effect`".to_owned(),
            },
            Self::BothOf(one, other) => format!("the statement has both `{one}` and `{other}`"),
            Self::NeitherOf(one, other) => {
                format!("the statement has neither `{one}` nor `{other}`")
            }
            Self::Version => {
                format!(
                    "the policy's version is neither `{WITH_VARIABLES}` nor `{WITHOUT_VARIABLES}`"
                )
            }
            Self::DocumentMember => {
                "the policy has a member that is not an element of a policy".to_owned()
            }
            Self::Member => {
                let name = source.others.first().map_or("", |(name, _)| name);
                format!("{} is not an element of a statement", code(name))
            }
        }
    }
}

/// The actions of a statement, with which an unprepared decision begins.
pub(super) fn covers_action(source: &DocumentStatement, action: &str) -> Truth {
    let matches = |list: &List| {
        let texts = list.texts();
        Truth::any(texts.map(|text| ActionTest::new(text).matches(action)))
    };
    match (&source.action, &source.not_action) {
        (Some(list), None) => matches(list),
        (None, Some(list)) => matches(list).not(),
        // IAM rejects a statement with both elements or neither
        (Some(_), Some(_)) | (None, None) => Truth::Unknown,
    }
}

impl<'a> Statement<'a> {
    pub(super) fn new(source: &'a DocumentStatement, place: Place, language: Language) -> Self {
        let variables = language.variables;
        let effect = match source.effect.as_ref().and_then(Scalar::as_str) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        let conditions = source.condition.iter().flatten();
        let tests = conditions.flat_map(|(operator, keys)| {
            keys.iter()
                .map(move |(key, values)| Test::new(operator, key, values, variables))
        });
        let list = match (&source.resource, &source.not_resource) {
            (Some(list), _) => Some((list, false)),
            (None, Some(list)) => Some((list, true)),
            (None, None) => None,
        };
        let resources = match list {
            None => Resources::Missing,
            Some((list, negated)) => Resources::Each {
                entries: list
                    .texts()
                    .map(|text| ResourceTest::new(text, variables, place.layer.completes_arns()))
                    .collect(),
                negated,
            },
        };
        let unmodelled = match source {
            _ if effect.is_none() => Some(Unmodelled::Effect),
            _ if !source.others.is_empty() => Some(Unmodelled::Member),
            it if it.action.is_some() && it.not_action.is_some() => {
                Some(Unmodelled::BothOf("Action", "NotAction"))
            }
            it if it.resource.is_some() && it.not_resource.is_some() => {
                Some(Unmodelled::BothOf("Resource", "NotResource"))
            }
            it if it.principal.is_some() && it.not_principal.is_some() => {
                Some(Unmodelled::BothOf("Principal", "NotPrincipal"))
            }
            it if it.action.is_none() && it.not_action.is_none() => {
                Some(Unmodelled::NeitherOf("Action", "NotAction"))
            }
            _ if list.is_none() && !place.layer.is_of_resource() => {
                Some(Unmodelled::NeitherOf("Resource", "NotResource"))
            }
            _ => language.unmodelled,
        };
        Self {
            place,
            source,
            effect,
            resources,
            tests: tests.collect(),
            unmodelled,
        }
    }

    /// Returns whether the statement matches a request, by how it names the caller; `action` is whether it
    /// covers the action.
    pub(super) fn matches(
        &self,
        action: Truth,
        request: &Body,
        target: &Target<'_>,
        has_boundary: bool,
    ) -> Named {
        if action == Truth::False {
            return Named::NO;
        }
        let resource = action.and(self.covers_resource(request, target));
        if resource == Truth::False {
            return Named::NO;
        }
        let named = self.covers_caller(request, has_boundary);
        if named.any() == Truth::False {
            return Named::NO;
        }
        let mut truth = resource;
        for test in &self.tests {
            truth = truth.and(test.holds(request));
            if truth == Truth::False {
                return Named::NO;
            }
        }
        if self.unmodelled.is_some() {
            truth = Truth::Unknown;
        }
        named.and(truth)
    }

    /// Returns whether the statement is about the resource of a request.
    pub(super) fn covers_resource(&self, request: &Body, target: &Target<'_>) -> Truth {
        if let Some(Unmodelled::BothOf("Resource", _)) = self.unmodelled {
            return Truth::Unknown;
        }
        let (entries, negated) = match &self.resources {
            Resources::Missing => return Truth::True,
            Resources::Each { entries, negated } => (entries, *negated),
        };
        if &*request.resource == "*" {
            let everything = entries.iter().any(|it| it.as_str() == "*");
            // an action with resource types: is there a resource that the statement is about?
            let some =
                !request.is_untyped && self.effect == Some(Effect::Allow) && !entries.is_empty();
            return Truth::from(if negated {
                !everything
            } else {
                everything || some
            });
        }
        let mut truth = Truth::False;
        for entry in entries {
            truth = truth.or(entry.matches(target, request));
            if truth == Truth::True {
                break;
            }
        }
        if negated { truth.not() } else { truth }
    }

    /// Returns the entries of `Resource` or `NotResource`.
    pub(super) fn resources(&self) -> &[ResourceTest<'a>] {
        match &self.resources {
            Resources::Missing => &[],
            Resources::Each { entries, .. } => entries,
        }
    }

    /// Returns whether the statement is about the caller of a request.
    pub(super) fn covers_caller(&self, request: &Body, has_boundary: bool) -> Named {
        let Some(caller) = request
            .caller
            .as_ref()
            .filter(|_| self.place.layer.has_principals())
        else {
            return Named::direct(Truth::True);
        };
        match (&self.source.principal, &self.source.not_principal) {
            // IAM rejects a statement with both elements
            (Some(_), Some(_)) => Named::direct(Truth::Unknown),
            (Some(element), None) => principal::matches(element, caller, request),
            (None, Some(element)) => {
                let denies = self.effect == Some(Effect::Deny);
                // IAM does not exempt a caller with a boundary
                if denies && has_boundary && caller.has_boundary() {
                    return Named::direct(Truth::True);
                }
                let named = principal::matches(element, caller, request);
                let exempt = match caller.kind() {
                    _ if !denies => named.any(),
                    CallerKind::Root => named.any(),
                    // depending on the service, IAM exempts a session only if its own ARN stands there too
                    CallerKind::Session => named.direct.or(named.role.and(Truth::Unknown)),
                    // the entry of an account exempts the account's root user from a Deny, and no other
                    _ => named.direct.or(named.role),
                };
                Named::direct(exempt.not())
            }
            // a policy of a resource applies to the principals that it names
            (None, None) => Named::direct(Truth::from(self.place.layer != Layer::Resource)),
        }
    }

    /// Returns whether the principals have a unique id, which `aws:userid` is compared with.
    pub(super) fn names_unique_id(&self) -> bool {
        let mut entries = self.principal().into_iter().flat_map(principal::entries);
        entries.any(is_unique_id)
    }

    /// Returns why it is not known whether the statement is about the caller, unless the reason is that it
    /// has both elements.
    pub(super) fn principal_reason(&self, request: &Body) -> Option<String> {
        let caller = request.caller.as_ref()?;
        match (&self.source.principal, &self.source.not_principal) {
            (Some(_), Some(_)) => None,
            (None, Some(element))
                if principal::matches(element, caller, request).role == Truth::True =>
            {
                Some(format!(
                    "whether `NotPrincipal` exempts a session by the ARN of its role depends on the service; expected {} beside it",
                    code(caller.as_str())
                ))
            }
            _ => Some("canonical user ids of S3 are not compared".to_owned()),
        }
    }

    /// Returns the principal element as written, for the text of a decision.
    pub(super) fn principal(&self) -> Option<&'a PrincipalElement> {
        self.source
            .principal
            .as_ref()
            .or(self.source.not_principal.as_ref())
    }
}
