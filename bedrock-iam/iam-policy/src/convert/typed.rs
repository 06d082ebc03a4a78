//! Chooses the typed form of a statement, as far as the facts allow.

use super::arns::{self, TypedArn};
use super::comparison::Method;
use super::modules::{Action, Key, Kind, Modules};
use super::shape::{Compared, Shape};
use super::why::{Why, Whys};
use crate::arn::fields::fields;
use crate::{ForeignAction, ForeignKey, RawArn};

/// The typed form of a statement.
pub(super) struct Typed<'a> {
    pub(super) actions: Vec<Act<'a>>,
    pub(super) resources: Option<(Scoping, Vec<Place<'a>>)>,
    pub(super) conditions: Vec<Test<'a>>,
    pub(super) whys: Whys,
}

/// An action.
#[derive(Clone, Copy)]
pub(super) enum Act<'a> {
    Typed(&'a str, Action),
    Foreign(&'a str),
    /// An action that its service's module does not have.
    Newer(&'a str),
    Glob(&'a str),
}

/// A resource.
pub(super) enum Place<'a> {
    Any,
    Typed(Box<TypedArn>),
    Raw(&'a str),
}

/// The method that sets the resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scoping {
    On,
    Mixed,
    AllExcept,
}

/// A condition.
pub(super) struct Test<'a> {
    /// The key with the arguments of its function; `None` for a foreign key.
    pub(super) key: Option<(&'a Key, Vec<&'a str>)>,
    pub(super) method: Method,
    pub(super) compared: &'a Compared<'a>,
}

impl<'a> Typed<'a> {
    /// Returns the typed form, or the reason that only a raw statement is possible.
    pub(super) fn of(shape: &'a Shape<'a>, modules: &'a Modules<'_>) -> Result<Self, String> {
        let mut whys = Whys::default();
        let actions = shape.actions.1.iter();
        let actions = actions.map(|text| act(text, modules, &mut whys));
        let mut actions = actions.collect::<Result<Vec<_>, _>>()?;
        let resources = match &shape.resources {
            None => None,
            Some((negated, texts)) => {
                // with `NotAction`, the actions do not have to support the resources
                let about = if shape.actions.0 { &[] } else { &actions[..] };
                let places = texts
                    .iter()
                    .map(|text| place(text, about, *negated, modules, &mut whys));
                let mut places = places.collect::<Result<Vec<_>, String>>()?;
                if !shape.actions.0 && !negated {
                    widen(&actions, &mut places, texts, modules, &mut whys);
                    idle_to_foreign(&mut actions, &places, &mut whys);
                }
                let scoping = match negated {
                    true => Scoping::AllExcept,
                    false if shape.actions.0 || all_pairs(&actions, &places) => Scoping::On,
                    false => Scoping::Mixed,
                };
                if scoping == Scoping::Mixed {
                    whys.add(Why::Crosswise, "");
                }
                Some((scoping, places))
            }
        };
        let mut typed = Self {
            actions,
            resources,
            conditions: Vec::new(),
            whys,
        };
        for compared in &shape.conditions {
            let test = typed.test(compared, shape.actions.0, modules)?;
            typed.conditions.push(test);
        }
        Ok(typed)
    }

    fn test(
        &mut self,
        compared: &'a Compared<'a>,
        not_action: bool,
        modules: &'a Modules<'_>,
    ) -> Result<Test<'a>, String> {
        let Compared {
            operator,
            key: name,
            values,
        } = compared;
        let method = Method::find(operator)
            .ok_or_else(|| format!("raw: keys have no method for `{operator}`"))?;
        let refused = || {
            Err(format!(
                "raw: `{operator}` can't compare the value of `{name}`"
            ))
        };
        if !method.takes(name, Kind::Of(None), values) {
            return refused();
        }
        let mut known = modules.keys(name).peekable();
        let mut why = match known.peek() {
            None => Why::UnknownKey,
            Some(_) => Why::KeyNotInEffect,
        };
        let mut found = None;
        for index in known {
            let key = modules.key(index);
            if key.is_bound && (not_action || !self.in_effect(index, modules)) {
                continue;
            }
            if method.suits(key.kind) {
                if !method.takes(name, key.kind, values) {
                    return refused();
                }
                found = key.arguments(name).map(|arguments| (key, arguments));
                break;
            }
            why = Why::Operator;
        }
        if found.is_none() {
            if crate::Key::<ForeignKey>::parse(name).is_err() {
                return Err(format!("raw: `{name}` is not a valid condition key"));
            }
            self.whys.add(why, name);
        }
        Ok(Test {
            key: found,
            method,
            compared,
        })
    }

    /// Returns whether a key is in effect for every pair of the statement.
    fn in_effect(&self, key: usize, modules: &Modules<'_>) -> bool {
        let Some((scoping, places)) = &self.resources else {
            return false;
        };
        let mut known = self.actions.iter().filter_map(Act::known);
        // foreign actions accept every key
        known.all(|action| match scoping {
            Scoping::Mixed | Scoping::AllExcept => modules.takes(action, key),
            Scoping::On => places.iter().all(|place| match place {
                Place::Any | Place::Raw(_) => modules.takes(action, key),
                Place::Typed(arn) => modules.takes_on(action, &arn.of, key),
            }),
        })
    }
}

impl Act<'_> {
    pub(super) fn known(&self) -> Option<Action> {
        match self {
            Self::Typed(_, action) => Some(*action),
            Self::Foreign(_) | Self::Newer(_) | Self::Glob(_) => None,
        }
    }
}

fn act<'a>(text: &'a str, modules: &Modules<'_>, whys: &mut Whys) -> Result<Act<'a>, String> {
    if let Some(action) = modules.action(text) {
        return Ok(Act::Typed(text, action));
    }
    let prefix = text.split(':').next().unwrap_or_default();
    let ours = modules.has(prefix);
    if ForeignAction::parse(text).is_ok() {
        match ours {
            true => whys.add(Why::UnknownAction, text),
            false => whys.add(Why::OtherService, prefix),
        }
        return Ok(match ours && modules.lacks(text) {
            true => Act::Newer(text),
            false => Act::Foreign(text),
        });
    }
    if ForeignAction::glob(text).is_ok() {
        match ours {
            true => whys.add(Why::Pattern, text),
            false => whys.add(Why::OtherService, prefix),
        }
        return Ok(Act::Glob(text));
    }
    Err(format!("raw: `{text}` is not an action of one service"))
}

/// Returns a resource in the form that most of the actions support.
fn place<'a>(
    text: &'a str,
    actions: &[Act<'_>],
    negated: bool,
    modules: &Modules<'_>,
    whys: &mut Whys,
) -> Result<Place<'a>, String> {
    if text == "*" {
        return match negated {
            false => Ok(Place::Any),
            true => Err("raw: `NotResource` of `*` excludes every resource".to_owned()),
        };
    }
    if RawArn::parse(text).is_err() {
        return Err(format!("raw: `{text}` is not an ARN"));
    }
    let known: Vec<_> = actions.iter().filter_map(Act::known).collect();
    let supporting = |arn: &TypedArn| {
        let supports = known.iter().filter(|action| action.supports(&arn.of));
        supports.count()
    };
    let mut best: Option<(usize, TypedArn)> = None;
    for arn in arns::read(text, modules) {
        let count = supporting(&arn);
        if best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, arn));
        }
    }
    let Some((count, arn)) = best else {
        match fields(text) {
            Some([_, _, service, ..])
                if !service.is_empty()
                    && !service.contains(['*', '?', '$'])
                    && !modules.has_arns(service) =>
            {
                whys.add(Why::OtherArn, service)
            }
            _ => whys.add(Why::OddArn, text),
        }
        return Ok(Place::Raw(text));
    };
    let enough = match negated {
        true => count == known.len(),
        false => count > 0 || known.len() < actions.len() || actions.is_empty(),
    };
    if !enough {
        let why = match negated {
            true => Why::PartlyUsedArn,
            false => Why::UnusedArn,
        };
        whys.add(why, text);
        return Ok(Place::Raw(text));
    }
    Ok(Place::Typed(Box::new(arn)))
}

/// Makes ARNs raw that also match ARNs of a type that an action needs and no other resource has:
/// `arn:aws:s3:::orchard*` matches buckets and objects.
fn widen<'a>(
    actions: &[Act<'_>],
    places: &mut [Place<'a>],
    texts: &[&'a str],
    modules: &Modules<'_>,
    whys: &mut Whys,
) {
    let known = actions.iter().filter_map(Act::known);
    let idle = known.filter(|action| !places.iter().any(|place| goes(*action, place)));
    let idle: Vec<_> = idle.collect();
    for (place, text) in places.iter_mut().zip(texts) {
        if idle.iter().any(|action| modules.can_match(text, *action)) {
            whys.add(Why::WideArn, text);
            *place = Place::Raw(text);
        }
    }
}

/// Makes actions that support none of the resources foreign: foreign actions accept every resource.
fn idle_to_foreign(actions: &mut [Act<'_>], places: &[Place<'_>], whys: &mut Whys) {
    for act in actions {
        let Act::Typed(name, action) = *act else {
            continue;
        };
        let used = places.iter().any(|place| goes(action, place));
        if !used {
            whys.add(Why::IdleAction, name);
            *act = Act::Foreign(name);
        }
    }
}

fn all_pairs(actions: &[Act<'_>], places: &[Place<'_>]) -> bool {
    let mut known = actions.iter().filter_map(Act::known);
    known.all(|action| places.iter().all(|place| goes(action, place)))
}

fn goes(action: Action, place: &Place<'_>) -> bool {
    match place {
        Place::Any | Place::Raw(_) => true,
        Place::Typed(arn) => action.supports(&arn.of),
    }
}
