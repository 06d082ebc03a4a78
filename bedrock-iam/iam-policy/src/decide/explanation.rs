//! Why a request is decided as it is.

use crate::Effect;
use crate::aws::caller;
use crate::decide::caller::Caller;
use crate::decide::change::{self, Change};
use crate::decide::considered::{Considered, Look, Mismatch};
use crate::decide::decision::{Decision, Outcome};
use crate::decide::layers::{Scope, Tally};
use crate::decide::need::{Need, Needs};
use crate::decide::pattern::Action;
use crate::decide::policies::{Layer, Place};
use crate::decide::statement::{self, Language, Statement};
use crate::decide::truth::Truth;
use crate::document::{Path, Statements};

/// Why a request is decided as it is: what each statement says about it, and what is missing.
///
/// `Display` writes it as a short text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Explanation<'a> {
    /// The decision.
    pub decision: Decision<'a>,
    /// The statements of the layers that apply to the request, in order.
    pub statements: Vec<Considered<'a>>,
    /// The layers that lack a statement that allows the request; for control policies with the level.
    pub lacking: Vec<(Layer, u32)>,
    /// The layers that are given, but do not apply to the request, each with the reason.
    pub not_applied: Vec<(Layer, &'static str)>,
    /// For an undecided request: what would decide it.
    pub needs: Vec<Need>,
    /// A reason beside the policies.
    pub reason: Option<String>,
    denied_either_way: bool,
}

impl<'a> Explanation<'a> {
    pub(super) fn new(decision: Decision<'a>) -> Self {
        let (policies, request) = (decision.policies, decision.request);
        let by = request.caller.as_ref();
        let called = Action::new(&request.action);
        let scope = Scope::new(policies, request, called);
        let mut tally = Tally::new(policies, scope);
        let (mut statements, mut needs) = (Vec::new(), Needs::default());
        let fault = request.fault();
        policies.each(|place, document| {
            if !scope.has(place.layer) || fault.is_some() {
                return true;
            }
            let language = Language::of(document);
            let is_list = matches!(document.statements, Some(Statements::List(_)));
            for (source, place) in statement::statements(document, place) {
                let statement = Statement::new(source, place, language);
                let action = statement::covers_action(source, called);
                let parsed = statement.parse();
                let found = parsed.matches(action, request, scope.has_boundary);
                tally.add(statement.place, statement.effect, found);
                let is_open = found.is_open();
                let found = found.any();
                let path = Path::DOCUMENT.member("Statement");
                let path = if is_list {
                    path.index(place.statement as usize)
                } else {
                    path
                };
                let looked = Look {
                    parsed: &parsed,
                    request,
                    scope,
                    path,
                };
                if is_open {
                    looked.needs(action, &mut needs);
                }
                statements.push(looked.considered(action, found));
            }
            true
        });
        if scope.is_open && fault.is_none() {
            needs.unmodelled(caller::OPEN.to_owned());
        }
        let allows = tally.allows(policies, scope, by);
        let lacking = match decision.outcome() {
            Outcome::ImplicitlyDenied | Outcome::ExplicitlyDenied if scope.protected.is_none() => {
                tally.lacking(policies, scope, by)
            }
            _ => Vec::new(),
        };
        let not_applied = Layer::ALL.into_iter().filter(|layer| policies.has(*layer));
        let not_applied =
            not_applied.filter_map(|layer| Some((layer, not_applied_reason(layer, scope, by)?)));
        let protected = scope
            .protected
            .filter(|_| decision.outcome() == Outcome::ImplicitlyDenied);
        Self {
            needs: match decision.outcome() {
                Outcome::Undecided => needs.all,
                _ => Vec::new(),
            },
            reason: fault
                .map(|fault| fault.to_string())
                .or_else(|| protected.map(str::to_owned))
                .or_else(|| {
                    scope
                        .is_free
                        .then(|| "the action needs no permission".to_owned())
                }),
            not_applied: not_applied.collect(),
            denied_either_way: allows == Truth::False && request.fault().is_none(),
            decision,
            statements,
            lacking,
        }
    }

    /// Returns the smallest changes that let the request through, one for each layer that denies it. All
    /// of them are needed.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        change::changes(self)
    }

    pub(super) fn is_denied_either_way(&self) -> bool {
        self.denied_either_way
    }

    /// Returns the statement at a place.
    #[must_use]
    pub fn statement(&self, place: Place) -> Option<&Considered<'a>> {
        self.statements.iter().find(|it| it.place == place)
    }

    /// Returns the statements that could have allowed the request: those that allow its action in a
    /// layer that lacks an allow.
    pub fn near(&self) -> impl Iterator<Item = &Considered<'a>> {
        let lacks = |place: Place| self.lacking.contains(&(place.layer, place.level));
        let all = self.statements.iter();
        all.filter(move |it| {
            it.effect == Some(Effect::Allow) && it.covers_action && lacks(it.place)
        })
    }

    /// Returns the keys that the request lacks, in conditions that decided: those of the statement that
    /// decided, of statements that could have allowed a denied request, and of those that would have denied
    /// an allowed one.
    pub(super) fn absent_keys(&self) -> Vec<&str> {
        let outcome = self.decision.outcome();
        let deciding = self.decision.deciding_statement();
        let deciding = deciding.and_then(|place| self.statement(place));
        let held = deciding.into_iter().flat_map(|it| &it.absent);
        let near = self.near().filter(|_| outcome == Outcome::ImplicitlyDenied);
        let near = near.filter_map(|it| it.mismatches.first());
        let denies = self.statements.iter().filter(|it| {
            let lacks = |it: &Mismatch| it.key.is_some() && it.found.is_empty();
            let is_deny = outcome == Outcome::Allowed && it.effect == Some(Effect::Deny);
            is_deny && it.mismatches.iter().all(lacks)
        });
        let failed = near.chain(denies.filter_map(|it| it.mismatches.first()));
        let failed = failed.filter(|it| it.found.is_empty());
        let mut keys: Vec<&str> = Vec::new();
        for key in held.chain(failed.filter_map(|it| it.key.as_ref())) {
            if !keys.iter().any(|other| other.eq_ignore_ascii_case(key)) {
                keys.push(key);
            }
        }
        keys
    }
}

/// Returns why a layer that is given does not apply to a request.
fn not_applied_reason(layer: Layer, scope: Scope, caller: Option<&Caller>) -> Option<&'static str> {
    if scope.has(layer) {
        return None;
    }
    Some(match layer {
        Layer::Identity => return None,
        Layer::ServiceControl | Layer::ResourceControl
            if caller.is_some_and(Caller::is_service_linked) =>
        {
            "they do not limit service-linked roles"
        }
        Layer::ServiceControl if scope.has_policies => "they do not limit the management account",
        Layer::ServiceControl => "they limit only users and roles of the organization",
        Layer::Resource => "it cannot keep the root user of its account from changing it",
        Layer::ResourceControl => "they do not reach the action or its resource",
        _ => "the caller has no such policies",
    })
}
