//! Why a request is decided as it is.

use std::fmt;

use crate::Effect;
use crate::decide::caller::Caller;
use crate::decide::change::{self, Change, Exception};
use crate::decide::decision::{Decision, Outcome};
use crate::decide::layers::{Scope, Tally};
use crate::decide::pattern;
use crate::decide::policies::{Layer, Place};
use crate::decide::principal;
use crate::decide::statement::{self, Language, Parsed, Statement};
use crate::decide::truth::Truth;
use crate::document::{Path, Scalar, Statements};
use crate::words::{code, list, visible};

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

/// A statement, and what it says about a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Considered<'a> {
    /// The place of the statement.
    pub place: Place,
    /// Its path in its policy, such as `Statement[1]`.
    pub path: Path,
    /// Its `Sid`.
    pub sid: Option<&'a str>,
    /// Its effect; `None` if it is missing or not valid.
    pub effect: Option<Effect>,
    /// Whether it matches the request; `None` if that is not known.
    pub matches: Option<bool>,
    /// Whether its actions match the request.
    pub covers_action: bool,
    /// The parts that do not match, or that are not known to, in the order of evaluation.
    pub mismatches: Vec<Mismatch>,
    /// The keys of conditions that hold because the request lacks them.
    pub absent: Vec<String>,
    /// The conditions of a statement that matches, each with what it found and expected, in words.
    pub conditions: Vec<String>,
    /// For a statement that matches: values of the request that it could except.
    pub(super) exceptions: Vec<Exception>,
}

/// A part of a statement that does not match a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The place in the policy, such as `Statement[0].Condition.StringEquals.aws:username`.
    pub path: Path,
    /// The condition key, for a condition.
    pub key: Option<String>,
    /// The values found in the request; none if the request lacks the condition key.
    pub found: Vec<String>,
    /// The values that the statement asks for, with the values of its variables.
    pub asked: Vec<String>,
    /// The found and the expected values, in words.
    pub message: String,
}

/// Something that would decide a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// A condition key that the request does not state.
    Key {
        /// The key.
        key: String,
        /// The values that the policies expect, in words; empty for the key of a policy variable.
        asked: Vec<String>,
    },
    /// Something that is not modelled: the reason.
    Unmodelled(String),
}

impl<'a> Explanation<'a> {
    pub(super) fn new(decision: Decision<'a>) -> Self {
        let (policies, request) = (decision.policies, decision.request);
        let caller = request.caller.as_ref();
        let scope = Scope::new(policies, request);
        let mut tally = Tally::new(policies, scope);
        let (mut statements, mut needs) = (Vec::new(), Needs::default());
        let fault = request.fault();
        policies.each(|place, document| {
            if !scope.has(place.layer) || fault.is_some() {
                return true;
            }
            let language = Language::of(document);
            let is_list = matches!(document.statements, Some(Statements::List(_)));
            let sources = document.statements.as_ref().map(Statements::as_slice);
            for (source, at) in sources.unwrap_or_default().iter().zip(0..) {
                let statement = Statement::new(
                    source,
                    Place {
                        statement: at,
                        ..place
                    },
                    language,
                );
                let action = statement::covers_action(source, &request.action);
                let parsed = statement.parse();
                let found = parsed.matches(action, request, scope.has_boundary);
                tally.add(statement.place, statement.effect, found);
                let is_open = found.is_open();
                let found = found.any();
                let path = Path::DOCUMENT.member("Statement");
                let path = if is_list {
                    path.index(at as usize)
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
                statements.push(Considered {
                    place: statement.place,
                    path: looked.path.clone(),
                    sid: source.sid.as_ref().and_then(Scalar::as_str),
                    effect: statement.effect,
                    matches: match found {
                        Truth::True => Some(true),
                        Truth::False => Some(false),
                        Truth::Unknown => None,
                    },
                    covers_action: action != Truth::False,
                    mismatches: looked.mismatches(action),
                    absent: match found {
                        Truth::True => looked.absent(),
                        _ => Vec::new(),
                    },
                    conditions: match found {
                        Truth::True => looked.conditions(),
                        _ => Vec::new(),
                    },
                    exceptions: match found {
                        Truth::True => looked.exceptions(),
                        _ => Vec::new(),
                    },
                });
            }
            true
        });
        let allows = tally.allows(policies, scope, caller);
        let lacking = match decision.outcome() {
            Outcome::ImplicitlyDenied if scope.protected.is_none() => {
                tally.lacking(policies, scope, caller)
            }
            _ => Vec::new(),
        };
        let not_applied = Layer::ALL.into_iter().filter(|layer| policies.has(*layer));
        let not_applied = not_applied
            .filter_map(|layer| Some((layer, not_applied_reason(layer, scope, caller)?)));
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

    /// Returns the keys that the request lacks, in conditions that decided.
    fn absent_keys(&self) -> Vec<&str> {
        let deciding = self
            .decision
            .deciding_statement()
            .and_then(|place| self.statement(place));
        let mut keys: Vec<&str> = deciding
            .into_iter()
            .flat_map(|it| &it.absent)
            .map(String::as_str)
            .collect();
        let missing = self.near().filter_map(|it| it.mismatches.first());
        let missing = missing.filter(|it| it.found.is_empty());
        for key in missing.filter_map(|it| it.key.as_deref()) {
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
        Layer::ResourceControl => "they do not reach the action or its resource",
        _ => "the caller has no such policies",
    })
}

/// The needs of an undecided request, each once.
#[derive(Default)]
struct Needs {
    all: Vec<Need>,
}

impl Needs {
    fn unmodelled(&mut self, reason: String) {
        let need = Need::Unmodelled(reason);
        if !self.all.contains(&need) {
            self.all.push(need);
        }
    }

    fn key(&mut self, key: &str, asked: Option<String>) {
        let found = self.all.iter_mut().find_map(|need| match need {
            Need::Key { key: other, asked } if other.eq_ignore_ascii_case(key) => Some(asked),
            _ => None,
        });
        match (found, asked) {
            (Some(known), Some(asked)) if !known.contains(&asked) => known.push(asked),
            (Some(_), _) => {}
            (None, asked) => self.all.push(Need::Key {
                key: key.to_owned(),
                asked: asked.into_iter().collect(),
            }),
        }
    }
}

/// A statement, looked at with a request.
struct Look<'s, 'a> {
    parsed: &'s Parsed<'a>,
    request: &'s crate::decide::request::Body,
    scope: Scope,
    path: Path,
}

impl Look<'_, '_> {
    /// Adds what would decide whether the statement matches.
    fn needs(&self, action: Truth, needs: &mut Needs) {
        use crate::decide::context::{Found, Keys as _};

        let unknown = |key: &str| matches!(self.request.find(key), Found::Unknown);
        if let Some(unmodelled) = self.parsed.statement.unmodelled {
            needs.unmodelled(unmodelled.reason(self.parsed.statement.source));
        }
        if action == Truth::Unknown {
            let source = self.parsed.statement.source;
            let lists = source.action.iter().chain(&source.not_action);
            let reasons = lists
                .flat_map(|list| list.texts())
                .filter_map(pattern::unmodelled_action);
            reasons.for_each(|reason| needs.unmodelled(reason));
        }
        if self.parsed.covers_resource(self.request) == Truth::Unknown {
            for entry in &self.parsed.resources {
                entry
                    .keys()
                    .filter(|key| unknown(key))
                    .for_each(|key| needs.key(key, None));
                if let Some(reason) = entry.unmodelled() {
                    needs.unmodelled(reason);
                }
            }
        }
        if self
            .parsed
            .statement
            .covers_caller(self.request, self.scope.has_boundary)
            .is_open()
        {
            let mut stated = self.request.clone();
            if unknown("aws:userid") {
                stated.context.remove("aws:userid");
            }
            if self.parsed.statement.names_unique_id() && unknown("aws:userid") {
                needs.key("aws:userid", None);
            }
            if self
                .parsed
                .statement
                .covers_caller(&stated, self.scope.has_boundary)
                .is_open()
                && let Some(reason) = self.parsed.statement.principal_reason(&stated)
            {
                needs.unmodelled(reason);
            }
        }
        for test in &self.parsed.tests {
            if test.holds(self.request) != Truth::Unknown {
                continue;
            }
            let explained = test.explain(self.request);
            if let Some(reason) = explained.unmodelled.clone() {
                needs.unmodelled(reason);
            }
            for key in test.keys().filter(|key| unknown(key)) {
                let asked = (key == test.key()).then(|| explained.expected());
                needs.key(key, asked);
            }
        }
    }

    /// Returns the keys of conditions that hold because the request lacks them.
    fn absent(&self) -> Vec<String> {
        use crate::decide::context::{Found, Keys as _};

        let tests = self.parsed.tests.iter();
        let absent =
            tests.filter(|test| !test.is_null() && self.request.find(test.key()) == Found::Absent);
        absent.map(|test| test.key().to_owned()).collect()
    }

    /// Returns the conditions in words.
    fn conditions(&self) -> Vec<String> {
        let tests = self.parsed.tests.iter();
        tests
            .map(|test| test.explain(self.request).to_string())
            .collect()
    }

    /// Returns the values of the request that the statement could except, the narrowest first.
    fn exceptions(&self) -> Vec<Exception> {
        let source = self.parsed.statement.source;
        let element = |name: &'static str, value: &str| Exception {
            path: self.path.member(name),
            value: value.to_owned(),
        };
        let resource = source
            .not_resource
            .as_ref()
            .filter(|_| *self.request.resource != *"*");
        let resource = resource.map(|_| element("NotResource", &self.request.resource));
        let action = source
            .not_action
            .as_ref()
            .map(|_| element("NotAction", &self.request.action));
        let tests = self.parsed.tests.iter();
        let negated = tests.filter(|test| test.is_negated_list());
        let values = negated.filter_map(|test| {
            let explained = test.explain(self.request);
            let [value] = &*explained.found_texts() else {
                return None;
            };
            let path = self
                .path
                .member("Condition")
                .member(test.operator().to_owned());
            Some(Exception {
                path: path.member(test.key().to_owned()),
                value: value.clone(),
            })
        });
        values.chain(resource).chain(action).collect()
    }

    /// Returns the parts that do not match, or that are not known to.
    fn mismatches(&self, action: Truth) -> Vec<Mismatch> {
        let parts = [self.action(action), self.resource(), self.caller()];
        let tests = self.parsed.tests.iter();
        let failed = tests.filter(|test| test.holds(self.request) != Truth::True);
        let conditions = failed.map(|test| {
            let explained = test.explain(self.request);
            let path = self.path.member("Condition");
            let path = path.member(test.operator().to_owned());
            Mismatch {
                path: path.member(test.key().to_owned()),
                key: Some(test.key().to_owned()),
                found: explained.found_texts(),
                asked: explained
                    .wanted
                    .iter()
                    .map(|it| it.clone().into_owned())
                    .collect(),
                message: explained.to_string(),
            }
        });
        parts.into_iter().flatten().chain(conditions).collect()
    }

    fn action(&self, action: Truth) -> Option<Mismatch> {
        let source = self.parsed.statement.source;
        let element = match source.action {
            Some(_) => "Action",
            None => "NotAction",
        };
        let list = source.action.as_ref().or(source.not_action.as_ref());
        let asked = list
            .into_iter()
            .flat_map(|list| list.texts())
            .map(str::to_owned);
        (action != Truth::True)
            .then(|| self.element(element, "action", &self.request.action, asked.collect()))
    }

    fn resource(&self) -> Option<Mismatch> {
        let (statement, request) = (self.parsed.statement, self.request);
        let element = match statement.source.not_resource {
            Some(_) if statement.source.resource.is_none() => "NotResource",
            _ => "Resource",
        };
        let entries = self.parsed.resources.iter();
        let asked = entries.map(|it| it.expanded(request).into_owned());
        let covered = self.parsed.covers_resource(request);
        (covered != Truth::True)
            .then(|| self.element(element, "resource", &request.resource, asked.collect()))
    }

    fn caller(&self) -> Option<Mismatch> {
        let (statement, request) = (self.parsed.statement, self.request);
        let element = match statement.source.not_principal {
            Some(_) => "NotPrincipal",
            None => "Principal",
        };
        let entries = statement
            .principal()
            .into_iter()
            .flat_map(principal::entries);
        let caller = request.caller.as_ref().map_or("", Caller::as_str);
        let covered = statement.covers_caller(request, self.scope.has_boundary);
        (covered.any() != Truth::True).then(|| {
            self.element(
                element,
                "caller",
                caller,
                entries.map(str::to_owned).collect(),
            )
        })
    }

    /// Returns the mismatch of an element without a condition key.
    fn element(
        &self,
        element: &'static str,
        name: &str,
        found: &str,
        asked: Vec<String>,
    ) -> Mismatch {
        let texts: Vec<&str> = asked.iter().map(String::as_str).collect();
        let message = match (element.starts_with("Not"), texts.is_empty()) {
            (true, _) => format!("the {name} {} is excluded", code(found)),
            (false, true) => format!("the {name} is {}, and the statement has none", code(found)),
            (false, false) => format!(
                "the {name} is {}, expected one like {}",
                code(found),
                list(&texts, 5)
            ),
        };
        Mismatch {
            path: self.path.member(element),
            key: None,
            found: vec![found.to_owned()],
            asked,
            message,
        }
    }
}

impl fmt::Display for Place {
    /// Writes the place in words, such as `statement 2 of policy 1 of the identity-based policies`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {} of ", self.statement + 1)?;
        match self.layer {
            Layer::ServiceControl | Layer::ResourceControl => write!(
                f,
                "policy {} at level {} of the {}",
                self.policy + 1,
                self.level + 1,
                self.layer
            ),
            Layer::Identity | Layer::Session => {
                write!(f, "policy {} of the {}", self.policy + 1, self.layer)
            }
            _ => write!(f, "the {}", self.layer),
        }
    }
}

impl fmt::Display for Considered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sid) = self.sid {
            write!(f, "{}, ", code(sid))?;
        }
        self.place.fmt(f)
    }
}

/// The most statements that the text of a decision shows for a layer.
const SHOWN: usize = 5;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = self.decision.request;
        let deciding = self
            .decision
            .deciding_statement()
            .and_then(|place| self.statement(place));
        f.write_str(match self.decision.outcome() {
            Outcome::Allowed => "allowed",
            Outcome::ExplicitlyDenied => "explicitly denied",
            Outcome::ImplicitlyDenied => "implicitly denied",
            Outcome::Undecided => "undecided",
        })?;
        let absent = self.absent_keys();
        if !absent.is_empty() {
            let flags: Vec<_> = absent
                .iter()
                .map(|key| format!("`--context {}=VALUE`", visible(key)))
                .collect();
            let (verb, states) = if absent.len() == 1 {
                ("is", "states")
            } else {
                ("are", "state")
            };
            write!(
                f,
                ", while {} {verb} absent ({} {states} it)",
                list(&absent, SHOWN),
                flags.join(", ")
            )?;
        }
        match deciding {
            Some(statement) => write!(f, ": by {statement}")?,
            None if self.decision.is_allowed() && self.reason.is_none() => {
                f.write_str(": the root user of an account needs no policy")?
            }
            None => {}
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        let caller = request.caller.as_ref().map_or("", Caller::as_str);
        write!(
            f,
            "\n  request: {} on {} by {}",
            code(&request.action),
            code(&request.resource),
            code(caller)
        )?;
        if let Some(statement) = deciding {
            for condition in &statement.conditions {
                write!(f, "\n  {condition}")?;
            }
        }
        for (layer, level) in &self.lacking {
            let place = match layer {
                Layer::ServiceControl => format!("level {} of the {layer}", level + 1),
                _ => format!("the {layer}"),
            };
            let near: Vec<_> = self
                .near()
                .filter(|it| (it.place.layer, it.place.level) == (*layer, *level))
                .collect();
            if near.is_empty() {
                write!(
                    f,
                    "\n  no statement of {place} allows the action to the caller"
                )?;
                continue;
            }
            write!(f, "\n  no statement of {place} matches:")?;
            for statement in near.iter().take(SHOWN) {
                write!(f, "\n    {statement}")?;
                if let Some(mismatch) = statement.mismatches.first() {
                    write!(f, ": {}", mismatch.message)?;
                }
            }
            if near.len() > SHOWN {
                write!(f, "\n    and {} more", near.len() - SHOWN)?;
            }
        }
        for need in &self.needs {
            match need {
                Need::Key { key, asked } if asked.is_empty() => {
                    write!(
                        f,
                        "\n  {} decides: the value of a policy variable",
                        code(key)
                    )?;
                }
                Need::Key { key, asked } => {
                    write!(
                        f,
                        "\n  {} decides: the policies expect {}",
                        code(key),
                        asked.join("; ")
                    )?;
                }
                Need::Unmodelled(reason) => write!(f, "\n  not decided: {reason}")?,
            }
        }
        for (layer, reason) in &self.not_applied {
            write!(f, "\n  not applied: the {layer}, because {reason}")?;
        }
        Ok(())
    }
}
