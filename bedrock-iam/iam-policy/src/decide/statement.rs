//! A statement of a policy, compared with requests.

use std::borrow::Borrow;

use crate::Effect;
use crate::aws::principal::is_unique_id;
use crate::decide::condition::Test;
use crate::decide::pattern::{self, Action, Probe, ResourceTest};
use crate::decide::principal::{self, Match};
use crate::decide::request::Body;
use crate::decide::truth::Truth;
use crate::decide::unmodelled::{Unmodelled, WITH_VARIABLES};
use crate::decide::{Layer, Place};
use crate::document::{Document, DocumentStatement, List, PrincipalElement, Scalar, Statements};
use crate::text::words::{code, list};

/// A statement. Its entries are parsed when they are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<'a> {
    pub(super) place: Place,
    pub(super) source: &'a DocumentStatement,
    pub(super) effect: Option<Effect>,
    /// `Resource` or `NotResource`, and whether it is the latter. In a policy of a resource, a statement
    /// without both is about that resource.
    resource: Option<(&'a List, bool)>,
    has_variables: bool,
    /// Why it is not known what IAM makes of the statement.
    pub(super) unmodelled: Option<Unmodelled>,
}

/// A statement with its entries parsed.
#[derive(Debug)]
pub(super) struct Parsed<'a> {
    pub(super) statement: Statement<'a>,
    /// The entries of `Resource` or `NotResource`.
    pub(super) resources: Box<[ResourceTest<'a>]>,
    pub(super) tests: Box<[Test<'a>]>,
}

/// The statement of a policy without `Statement`.
static MISSING: DocumentStatement = DocumentStatement {
    sid: None,
    effect: None,
    principal: None,
    not_principal: None,
    action: None,
    not_action: None,
    resource: None,
    not_resource: None,
    condition: None,
    others: Vec::new(),
};

/// Returns the statements of a policy in order, each with its place.
pub(super) fn statements(
    document: &Document,
    place: Place,
) -> impl Iterator<Item = (&DocumentStatement, Place)> {
    let sources = document.statements.as_ref();
    let sources = sources.map_or(std::slice::from_ref(&MISSING), Statements::as_slice);
    let places = (0..).map(move |statement| Place { statement, ..place });
    sources.iter().zip(places)
}

/// The properties of a policy that hold for all its statements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    has_variables: bool,
    unmodelled: Option<Unmodelled>,
}

impl Language {
    pub(super) fn of(document: &Document) -> Self {
        let version = document.version.as_ref().and_then(Scalar::as_str);
        Self {
            has_variables: version == Some(WITH_VARIABLES),
            unmodelled: Unmodelled::of_document(document),
        }
    }
}

/// Returns whether the actions of a statement cover an action. Most statements of a policy do not, so each
/// decision begins here.
pub(super) fn covers_action(source: &DocumentStatement, action: Action<'_>) -> Truth {
    let matches = |list: &List| {
        let values = list.as_slice().iter();
        Truth::any(values.map(|value| match value.as_str() {
            Some(text) => pattern::covers_action(text, action),
            None => Truth::Unknown,
        }))
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
        let effect = match source.effect.as_ref().and_then(Scalar::as_str) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        let resource = match (&source.resource, &source.not_resource) {
            (Some(list), _) => Some((list, false)),
            (None, list) => list.as_ref().map(|list| (list, true)),
        };
        let unmodelled = || Unmodelled::of_statement(source, place.layer);
        Self {
            place,
            source,
            effect,
            resource,
            has_variables: language.has_variables,
            unmodelled: language.unmodelled.or_else(unmodelled),
        }
    }

    /// Returns the entries of `Resource` or `NotResource`.
    fn resources(self) -> impl Iterator<Item = ResourceTest<'a>> {
        let completes = self.place.layer.completes_arns();
        let texts = self.resource.into_iter().flat_map(|(list, _)| list.texts());
        texts.map(move |text| ResourceTest::new(text, self.has_variables, completes))
    }

    /// Returns the conditions.
    fn tests(self) -> impl Iterator<Item = Test<'a>> {
        let conditions = self.source.condition.iter().flatten();
        conditions.flat_map(move |(operator, keys)| {
            keys.iter()
                .map(move |(key, values)| Test::new(operator, key, values, self.has_variables))
        })
    }

    /// Parses the entries, for several requests.
    pub(super) fn parse(self) -> Parsed<'a> {
        Parsed {
            statement: self,
            resources: self.resources().collect(),
            tests: self.tests().collect(),
        }
    }

    /// Returns whether the statement matches a request, by how it names the caller; `action` is whether it
    /// covers the action.
    pub(super) fn matches(self, action: Truth, request: &Body, has_boundary: bool) -> Match {
        self.matches_entries(
            action,
            self.resources(),
            self.tests(),
            request,
            has_boundary,
        )
    }

    fn matches_entries(
        &self,
        action: Truth,
        resources: impl Iterator<Item: Borrow<ResourceTest<'a>>>,
        tests: impl Iterator<Item: Borrow<Test<'a>>>,
        request: &Body,
        has_boundary: bool,
    ) -> Match {
        if action == Truth::False {
            return Match::NO;
        }
        if self.unmodelled.is_some() {
            return Match::direct(Truth::Unknown);
        }
        let resource = action.and(self.covers_resource(resources, request));
        if resource == Truth::False {
            return Match::NO;
        }
        let named = self.covers_caller(request, has_boundary);
        if named.any() == Truth::False {
            return Match::NO;
        }
        let mut truth = resource;
        for test in tests {
            truth = truth.and(test.borrow().holds(request));
            if truth == Truth::False {
                return Match::NO;
            }
        }
        named.and(truth)
    }

    /// Returns whether the statement is about the resource of a request.
    fn covers_resource(
        &self,
        mut entries: impl Iterator<Item: Borrow<ResourceTest<'a>>>,
        request: &Body,
    ) -> Truth {
        let Some((list, negated)) = self.resource else {
            return Truth::True;
        };
        if &*request.resource == "*" {
            let everything = list.texts().any(|it| it == "*");
            // an action with resource types: is there a resource that the statement is about?
            let some = !request.is_untyped
                && self.effect == Some(Effect::Allow)
                && entries.next().is_some();
            return Truth::from(if negated {
                !everything
            } else {
                everything || some
            });
        }
        let target = request.target();
        let truth = Truth::any(entries.map(|entry| entry.borrow().matches(target, request)));
        if negated { truth.not() } else { truth }
    }

    /// Returns whether the statement is about the caller of a request.
    pub(super) fn covers_caller(&self, request: &Body, has_boundary: bool) -> Match {
        let Some(caller) = request
            .caller
            .as_ref()
            .filter(|_| self.place.layer.has_principals())
        else {
            return Match::direct(Truth::True);
        };
        match (&self.source.principal, &self.source.not_principal) {
            (Some(element), _) => principal::matches(element, caller, request),
            (None, Some(element)) => {
                let denies = self.effect == Some(Effect::Deny);
                let exempt = match denies {
                    // IAM does not exempt a caller with a boundary
                    true if has_boundary => Truth::False,
                    true => principal::exempts(element, caller, request),
                    false => principal::matches(element, caller, request).any(),
                };
                Match::direct(exempt.not())
            }
            // a policy of a resource applies to the principals that it names
            (None, None) => Match::direct(Truth::from(self.place.layer != Layer::Resource)),
        }
    }

    /// Returns whether the principals have a unique id, which `aws:userid` is compared with.
    pub(super) fn names_unique_id(&self) -> bool {
        let mut entries = self.principal().into_iter().flat_map(principal::entries);
        entries.any(is_unique_id)
    }

    /// Returns why it is not known whether the statement is about the caller, unless the reason is a
    /// condition key.
    pub(super) fn principal_reason(&self, request: &Body) -> Option<String> {
        if self.principal().is_some_and(principal::has_canonical_user) {
            return Some("canonical user ids of S3 are not compared".to_owned());
        }
        let (caller, element) = (
            request.caller.as_ref()?,
            self.source.not_principal.as_ref()?,
        );
        let missing = principal::missing(element, caller, request);
        if missing.is_empty() || self.effect == Some(Effect::Allow) {
            return None;
        }
        let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
        Some(format!(
            "whether `NotPrincipal` exempts {} without {} beside it depends on the service",
            code(caller.as_str()),
            list(&missing, missing.len())
        ))
    }

    /// Returns the principal element as written, for the text of a decision.
    pub(super) fn principal(&self) -> Option<&'a PrincipalElement> {
        self.source
            .principal
            .as_ref()
            .or(self.source.not_principal.as_ref())
    }
}

impl<'a> Parsed<'a> {
    /// Returns whether the statement matches a request, by how it names the caller; `action` is whether it
    /// covers the action.
    pub(super) fn matches(&self, action: Truth, request: &Body, has_boundary: bool) -> Match {
        let (resources, tests) = (self.resources.iter(), self.tests.iter());
        let statement = &self.statement;
        statement.matches_entries(action, resources, tests, request, has_boundary)
    }

    /// Returns whether the statement is about the resource of a request.
    pub(super) fn covers_resource(&self, request: &Body) -> Truth {
        let resources = self.resources.iter();
        self.statement.covers_resource(resources, request)
    }

    /// Returns probes of resources: the statement does not match a resource that passes none of them.
    pub(super) fn probes(&self) -> impl Iterator<Item = Probe> {
        let is_positive = matches!(self.statement.resource, Some((_, false)))
            && self.statement.unmodelled.is_none();
        let positive = self.resources.iter().filter(move |_| is_positive);
        let any = (!is_positive).then_some(Probe::ANY);
        any.into_iter().chain(positive.map(ResourceTest::probe))
    }
}
