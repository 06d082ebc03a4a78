//! A statement, and what it says about a request.

use crate::Effect;
use crate::decide::caller::Caller;
use crate::decide::change::Exception;
use crate::decide::condition::Test;
use crate::decide::context::{Found, Keys as _};
use crate::decide::layers::Scope;
use crate::decide::need::Needs;
use crate::decide::pattern;
use crate::decide::policies::Place;
use crate::decide::principal;
use crate::decide::request::Body;
use crate::decide::statement::Parsed;
use crate::decide::truth::Truth;
use crate::document::{Path, Scalar};
use crate::words::{code, list};

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

/// A statement, looked at with a request.
pub(super) struct Look<'s, 'a> {
    pub(super) parsed: &'s Parsed<'a>,
    pub(super) request: &'s Body,
    pub(super) scope: Scope,
    pub(super) path: Path,
}

impl<'a> Look<'_, 'a> {
    /// Returns what the statement says about the request; `found` is whether it matches.
    pub(super) fn considered(self, action: Truth, found: Truth) -> Considered<'a> {
        let statement = &self.parsed.statement;
        let matches = found == Truth::True;
        Considered {
            place: statement.place,
            sid: statement.source.sid.as_ref().and_then(Scalar::as_str),
            effect: statement.effect,
            matches: (found != Truth::Unknown).then_some(matches),
            covers_action: action != Truth::False,
            mismatches: self.mismatches(action),
            absent: if matches { self.absent() } else { Vec::new() },
            conditions: if matches {
                self.conditions()
            } else {
                Vec::new()
            },
            exceptions: if matches {
                self.exceptions()
            } else {
                Vec::new()
            },
            path: self.path,
        }
    }

    /// Adds what would decide whether the statement matches.
    pub(super) fn needs(&self, action: Truth, needs: &mut Needs) {
        let unknown = |key: &str| matches!(self.request.find(key), Found::Unknown);
        if let Some(unmodelled) = self.parsed.statement.unmodelled {
            return needs.unmodelled(unmodelled.reason(self.parsed.statement.source));
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
        let statement = &self.parsed.statement;
        let named = statement.covers_caller(self.request, self.scope.has_boundary);
        if named.is_open() {
            if statement.names_unique_id() && unknown("aws:userid") {
                needs.key("aws:userid", None);
            }
            if let Some(reason) = statement.principal_reason(self.request) {
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
            Some(Exception {
                path: self.condition(test),
                value: value.clone(),
            })
        });
        values.chain(resource).chain(action).collect()
    }

    /// Returns the path of a condition.
    fn condition(&self, test: &Test<'_>) -> Path {
        let operator = self
            .path
            .member("Condition")
            .member(test.operator().to_owned());
        operator.member(test.key().to_owned())
    }

    /// Returns the parts that do not match, or that are not known to.
    fn mismatches(&self, action: Truth) -> Vec<Mismatch> {
        let parts = [self.action(action), self.resource(), self.caller()];
        let tests = self.parsed.tests.iter();
        let failed = tests.filter(|test| test.holds(self.request) != Truth::True);
        let conditions = failed.map(|test| {
            let explained = test.explain(self.request);
            Mismatch {
                path: self.condition(test),
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
