//! The effects of a change on security: does an existing policy allow more now, or deny less?

use std::collections::BTreeSet;

use super::change::{Change, Differing, Kind, Table};
use super::judge::{Judge, placeholders};
use super::renames::Rename;
use super::report::{Mark, MarkKind};
use super::spelling::plain;
use super::states::{action_of, needs, type_of};
use super::suspicion;
use crate::template::ArnPiece;
use crate::words::{code, few};
use iam_policy::wire::{AccessLevel, Action, AuthorizedAction};

impl Judge<'_> {
    /// Returns the marks of a change, except for [`MarkKind::GuardLost`] from its sentences.
    pub(super) fn marks(&self, change: &Change) -> Vec<Mark> {
        let (states, row) = (self.states, change.name());
        match &change.kind {
            Kind::IdentifierMoved { .. } => {
                let why = "statements of unchanged programs allow, deny or test something else";
                vec![Mark::new(MarkKind::IdentifierMoved, why)]
            }
            Kind::ServiceAppeared(_) => self.appeared(),
            Kind::TableAppeared(it) if it.table == Table::Actions => self.appeared(),
            Kind::ServiceGone(_) => self.disappeared().into_iter().collect(),
            Kind::TableGone(it) if it.table == Table::Actions => {
                self.disappeared().into_iter().collect()
            }
            Kind::ActionRemoved(it) => self.undenied(row, &it.facts).into_iter().collect(),
            Kind::TableGone(it) if it.table == Table::ConditionKeys => {
                self.vanished().into_iter().collect()
            }
            Kind::ActionAdded(it) => {
                // if only the spelling changed, marks of the old spelling are not new
                let known = states.reversed().same_row(Table::Actions, row);
                let known = known.and_then(|it| Some(self.reasons(it, action_of(states.old, it)?)));
                let mut marks = self.reasons(row, &it.facts);
                marks.retain(|mark| !known.iter().flatten().any(|it| it == mark));
                marks
            }
            Kind::ResourceTypesGained { .. } => self
                .more_resources(row, &self.other_arns(change))
                .into_iter()
                .collect(),
            Kind::ScopingGained {
                resource_types: it, ..
            } => {
                let types: Vec<_> = it.iter().map(|it| it.resource_type.as_str()).collect();
                self.matched_by_arn(&types).into_iter().collect()
            }
            Kind::KeyGained(_) => {
                let why = "an Allow that requires the key starts to grant; a Deny with a negated operator, such \
                           as `StringNotEquals`, starts to spare requests";
                vec![Mark::new(MarkKind::Broader, why)]
            }
            Kind::AccessLevelsChanged { levels, restated } => self.by_level(row, levels, *restated),
            Kind::ArnChanged(it) if is_reordered(&it.old, &it.new) => {
                let why =
                    "unchanged programs compile, and their ARNs have the values in other places";
                vec![Mark::new(MarkKind::IdentifierMoved, why)]
            }
            Kind::OperationChanged { sdk, needs: it } => {
                let [_, _, changed] = needs((row, sdk.as_deref()), it, states);
                let kept = self.kept_contexts((row, sdk.as_deref()), it);
                let changed: Vec<_> = changed.iter().filter(|it| !kept.contains(*it)).collect();
                let why = format!(
                    "a Deny of {} in the former context no longer stops the call",
                    few(&changed)
                );
                let mark = (!changed.is_empty()).then(|| Mark::new(MarkKind::GuardLost, why));
                mark.into_iter().collect()
            }
            Kind::DependentActionsChanged {
                actions,
                restated: false,
            } if !actions.lost.is_empty() => {
                let why = format!("no longer requires {}", few(&actions.lost));
                vec![Mark::new(MarkKind::Broader, why)]
            }
            _ => Vec::new(),
        }
    }

    /// Returns the actions that an operation still requires in one of the contexts before.
    fn kept_contexts(
        &self,
        (operation, sdk): (&str, Option<&str>),
        changed: &Differing<AuthorizedAction>,
    ) -> BTreeSet<String> {
        let rows = self.states.old.into_iter().flat_map(|it| &it.operations);
        let rows = rows.filter(|it| it.operation == operation && it.sdk.as_deref() == sdk);
        let kept = rows.flat_map(|it| &it.actions);
        let is_lost =
            |it: &&AuthorizedAction| changed.lost.iter().any(|lost| plain(lost) == plain(it));
        let kept = kept.filter(|it| !is_lost(it));
        kept.map(|it| it.action.clone()).collect()
    }

    /// Returns why an action has to be reviewed: because of its access level, the list of sensitive
    /// actions, or its name; otherwise because of its former name, if it is perhaps renamed.
    pub(super) fn reasons(&self, name: &str, facts: &Action) -> Vec<Mark> {
        let reasons = self.own_reasons(&self.states.full(name), facts);
        if !reasons.is_empty() {
            return reasons;
        }
        let states = self.states.reversed();
        let before = self.rename(|it| it.to == name).and_then(|rename| {
            let before = states.full(&rename.from);
            let facts = action_of(self.states.old, &rename.from)?;
            let reason = self.own_reasons(&before, facts).into_iter().next()?;
            let why = format!("perhaps {} renamed: {}", code(&before), reason.why);
            Some(Mark::new(reason.kind, why))
        });
        before.into_iter().collect()
    }

    /// Returns why an action, with its prefix, has to be reviewed, whatever its former name was.
    fn own_reasons(&self, name: &str, facts: &Action) -> Vec<Mark> {
        let managing = AccessLevel::PermissionsManagement;
        let manages = facts.access_levels.contains(&managing);
        let why = "grants or changes permissions";
        let managing = manages.then(|| Mark::new(MarkKind::PermissionsManagement, why));
        let by_name = match self.sensitive.reason(name) {
            Some(reason) => Some(Mark::new(MarkKind::Sensitive, reason.why.as_str())),
            None if manages => None,
            None => {
                let bare = name.split_once(':').map_or(name, |(_, bare)| bare);
                suspicion::of(bare).map(|why| Mark::new(MarkKind::Suspected, why))
            }
        };
        managing.into_iter().chain(by_name).collect()
    }

    /// Returns the guessed rename of an action that satisfies a condition.
    fn rename(&self, is_wanted: impl Fn(&Rename) -> bool) -> Option<&Rename> {
        let mut renames = self.renames.iter();
        renames.find(|it| it.table == Table::Actions && is_wanted(it))
    }

    /// Returns a mark if a Deny of a removed action matters: the action may exist under another
    /// name, which the Deny does not cover.
    fn undenied(&self, name: &str, facts: &Action) -> Option<Mark> {
        let before = self.states.reversed().full(name);
        let reason = self.own_reasons(&before, facts).into_iter().next()?;
        let mut why = format!(
            "a Deny of this name stops nothing: the action {}",
            reason.why
        );
        if let Some(rename) = self.rename(|it| it.from == name) {
            let now = code(&self.states.full(&rename.to));
            why += &format!("; it is perhaps {now} now, which such a Deny does not cover");
        }
        Some(Mark::new(MarkKind::GuardLost, why))
    }

    /// Returns the mark of the actions to review that were removed together with their service or
    /// table.
    fn disappeared(&self) -> Option<Mark> {
        let states = self.states.reversed();
        let old = states.new.into_iter().flat_map(|it| &it.actions);
        let sensitive = old.filter_map(|(name, facts)| {
            let name = states.full(name);
            (!self.own_reasons(&name, facts).is_empty()).then_some(name)
        });
        let sensitive: Vec<_> = sensitive.collect();
        let why = format!("a Deny of {} stops nothing", few(&sensitive));
        (!sensitive.is_empty()).then(|| Mark::new(MarkKind::GuardLost, why))
    }

    /// Returns the marks of all actions of a new service or table, each with the action's name.
    fn appeared(&self) -> Vec<Mark> {
        let actions = self.states.new.into_iter().flat_map(|it| &it.actions);
        let marks = actions.flat_map(|(name, facts)| {
            let marks = self.reasons(name, facts);
            let name = code(&self.states.full(name));
            let named = move |it: Mark| Mark::new(it.kind, format!("{name} {}", it.why));
            marks.into_iter().map(named)
        });
        marks.collect()
    }

    /// Returns the marks of other access levels: of a gained one, because an Allow by that level now
    /// includes the action; of a lost one, because a Deny by that level no longer does. Levels that
    /// are `restated` do not mean that the action does more.
    fn by_level(&self, name: &str, levels: &Differing<AccessLevel>, restated: bool) -> Vec<Mark> {
        let listed = |levels: &[AccessLevel]| {
            let levels: Vec<_> = levels.iter().map(|level| level.as_str()).collect();
            levels.join(" or ")
        };
        let before = action_of(self.states.old, name).map(|it| most_power(&it.access_levels));
        // an action without access level may have been able to read
        let before = before.filter(|power| *power > 0).unwrap_or(2);
        let gained = levels.gained.iter().max_by_key(|level| power(**level));
        let gained = gained.map(|most| {
            let (kind, more) = match most {
                AccessLevel::PermissionsManagement => (
                    MarkKind::PermissionsManagement,
                    "grants or changes permissions now; ".to_owned(),
                ),
                most if power(*most) > before && !restated => {
                    let more = format!("may do more, by its access level {}; ", most.as_str());
                    (MarkKind::Broader, more)
                }
                _ => (MarkKind::Broader, String::new()),
            };
            let level = listed(&levels.gained);
            let why =
                format!("{more}policies that allow by access level {level} now allow the action");
            Mark::new(kind, why)
        });
        let level = listed(&levels.lost);
        let why = format!("policies that deny by access level {level} no longer deny the action");
        let lost = (!levels.lost.is_empty()).then(|| Mark::new(MarkKind::GuardLost, why));
        gained.into_iter().chain(lost).collect()
    }

    /// Returns a mark if ARNs of existing resource types now match an action that supported only `*`.
    fn matched_by_arn(&self, types: &[&str]) -> Option<Mark> {
        let known = |name: &&str| type_of(self.states.old, name).is_some();
        let existing: Vec<_> = types.iter().copied().filter(known).collect();
        let why = format!(
            "an Allow that names ARNs of {} starts to grant",
            few(&existing)
        );
        (!existing.is_empty()).then(|| Mark::new(MarkKind::Broader, why))
    }

    /// Returns a mark if an action can now be used on existing resource types. New types have no
    /// resources yet, so they count only for a sensitive action.
    fn more_resources(&self, name: &str, reached: &[&str]) -> Option<Mark> {
        let known = |name: &&str| type_of(self.states.old, name).is_some();
        let existing: Vec<_> = reached.iter().copied().filter(known).collect();
        let facts = action_of(self.states.new, name)?;
        let why = match existing.as_slice() {
            [] if reached.is_empty() || self.reasons(name, facts).is_empty() => return None,
            [] => format!("a sensitive action also reaches {}", few(reached)),
            existing => format!("resources of {} may exist already", few(existing)),
        };
        Some(Mark::new(MarkKind::Broader, why))
    }

    /// Returns the mark for keys that were removed together with their table.
    fn vanished(&self) -> Option<Mark> {
        let old = self.states.old.into_iter();
        let keys = old.flat_map(|it| it.condition_keys.keys());
        let keys: Vec<_> = keys.filter(|key| self.is_unused(key)).collect();
        let why = format!("conditions on {} no longer restrict requests", few(&keys));
        (!keys.is_empty()).then(|| Mark::new(MarkKind::GuardLost, why))
    }
}

/// Ranks an access level by what it permits. `Tagging` is below `Write`, because tags can affect
/// access, but nothing else.
const fn power(level: AccessLevel) -> u8 {
    match level {
        AccessLevel::List => 1,
        AccessLevel::Read => 2,
        AccessLevel::Tagging => 3,
        AccessLevel::Write => 4,
        // `Permissions management`, and levels that AWS adds later
        _ => 5,
    }
}

/// Returns the rank of the strongest level; 0 without levels.
pub(super) fn most_power<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> u8 {
    let powers = levels.into_iter().map(|level| power(*level));
    powers.max().unwrap_or(0)
}

/// Whether two ARN templates have the same placeholders in another order.
fn is_reordered(one: &str, other: &str) -> bool {
    let names = |arn| -> Vec<String> {
        let pieces = placeholders(arn).into_iter().flatten();
        let names = pieces.filter_map(|it| match it {
            ArnPiece::Placeholder(name) => Some(name),
            _ => None,
        });
        names.collect()
    };
    let (one, other) = (names(one), names(other));
    let sorted = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    one != other && sorted(&one) == sorted(&other)
}
