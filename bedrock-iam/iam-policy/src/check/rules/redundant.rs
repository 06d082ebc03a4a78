//! Checks for redundant entries and statements, without facts about services.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::check::cover::{Budget, Cover, hash};
use crate::check::rule::{ActionEntry, DocumentView, Findings, ResourceEntry, Rule, StatementView};
use crate::check::{Change, Code};
use crate::document::List;
use crate::{ArnPattern, Effect};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::REDUNDANT_ENTRY,
        Code::DUPLICATE_STATEMENT,
        Code::SHADOWED_STATEMENT,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let budget = Budget::default();
    for statement in &view.statements {
        actions(statement, &budget, findings);
        resources(statement, &budget, findings);
    }
    statements(&view.statements, &budget, findings);
}

/// Returns the text of an action for a [`Cover`], in which `*:*` is `*`.
fn action_text<'a>(action: &ActionEntry<'a>) -> &'a str {
    if action.is_everything() {
        "*"
    } else {
        action.text
    }
}

/// Returns whether an action can cover more than itself. A pattern with `?` is not considered,
/// because `?` does not match the `*` of another pattern.
fn is_wide_action(action: &ActionEntry<'_>) -> bool {
    action.is_everything()
        || !action.is_exact() && action.pattern.is_some() && !action.text.contains('?')
}

/// Returns whether the first action matches everything that the second one matches.
///
/// This is the case if it matches the second one's text, in which wildcards count as plain
/// characters.
fn covers_action(wide: &ActionEntry<'_>, narrow: &ActionEntry<'_>) -> bool {
    if wide.is_everything() || wide.text.eq_ignore_ascii_case(narrow.text) {
        return true;
    }
    let pattern = wide.pattern.as_ref().filter(|_| !wide.text.contains('?'));
    pattern.is_some_and(|pattern| pattern.matches(narrow.text))
}

fn is_wide_resource(entry: &ResourceEntry<'_>) -> bool {
    entry.is_everything() || entry.pattern.is_some() && !entry.text.contains(['?', '$'])
}

fn covers_resource(wide: &ResourceEntry<'_>, narrow: &ResourceEntry<'_>) -> bool {
    if wide.is_everything() || wide.text == narrow.text {
        return true;
    }
    let plain =
        !wide.text.contains(['?', '$']) && !narrow.text.contains('$') && narrow.pattern.is_some();
    let pattern = wide
        .pattern
        .as_ref()
        .filter(|_| plain && !narrow.is_everything());
    pattern.is_some_and(|pattern| pattern.matches(narrow.text))
}

/// Returns whether an ARN without a region is listed beside those of the regions, which is usually
/// meant to show that it is there.
fn is_explicit(narrow: &ResourceEntry<'_>, wide: &ResourceEntry<'_>) -> bool {
    let region = |entry: &ResourceEntry<'_>| {
        entry
            .pattern
            .as_ref()
            .map(ArnPattern::region)
            .map(str::is_empty)
    };
    region(narrow) == Some(true) && region(wide) == Some(false)
}

/// The number of statements above which none is searched for a wider one. A policy of AWS has fewer.
const MOST: usize = 2_000;

/// Indexes the texts with these numbers, which are sorted. Texts that repeat are left out, because each
/// would be a candidate for all others.
fn cover_of<'a>(texts: impl Iterator<Item = (usize, &'a str, bool)>, numbers: &[usize]) -> Cover {
    let texts: Vec<_> = texts
        .filter(|(at, ..)| numbers.binary_search(at).is_ok())
        .collect();
    Cover::new(&texts)
}

/// Reports actions of a statement that are listed twice, or that a wildcard also matches.
fn actions(statement: &StatementView<'_>, budget: &Budget, findings: &mut Findings) {
    if statement.actions.len() < 2 {
        return;
    }
    let (mut seen, mut once) = (HashSet::new(), Vec::new());
    for (at, action) in statement.actions.iter().enumerate() {
        if seen.insert(action.text.to_ascii_lowercase()) {
            once.push(at);
        }
    }
    let cover = cover_of(action_texts(statement), &once);
    let mut once = once.into_iter().peekable();
    for (at, action) in statement.actions.iter().enumerate() {
        let message = if once.next_if_eq(&at).is_none() {
            Some(format!("`{}` is listed twice", action.text))
        } else {
            let candidates = cover.candidates(action_text(action), budget);
            let others = candidates.iter().filter(|other| **other != at);
            let mut others = others.map(|other| (*other, &statement.actions[*other]));
            // of two that match the same, the first is kept
            let wide = others.find(|(other, wide)| {
                budget.take(wide.text.len() + action.text.len())
                    && covers_action(wide, action)
                    && (*other < at || !covers_action(action, wide))
            });
            let wide = wide.map(|(_, wide)| wide);
            wide.map(|wide| format!("`{}` is redundant: `{}` matches it", action.text, wide.text))
        };
        if let Some(message) = message {
            findings
                .add(
                    Code::REDUNDANT_ENTRY,
                    statement.action_path(action),
                    message,
                )
                .set_fix(Change::Remove);
        }
    }
}

/// Reports resources of a statement that are listed twice, or that another one also matches.
fn resources(statement: &StatementView<'_>, budget: &Budget, findings: &mut Findings) {
    if statement.resources.len() < 2 {
        return;
    }
    let (mut seen, mut once) = (HashSet::new(), Vec::new());
    for (at, entry) in statement.resources.iter().enumerate() {
        if seen.insert(entry.text) {
            once.push(at);
        }
    }
    let cover = cover_of(resource_texts(statement), &once);
    let mut once = once.into_iter().peekable();
    for (at, entry) in statement.resources.iter().enumerate() {
        let message = if once.next_if_eq(&at).is_none() {
            Some(format!("`{}` is listed twice", entry.text))
        } else {
            let candidates = cover.candidates(entry.text, budget);
            let others = candidates.iter().filter(|other| **other != at);
            let mut others = others.map(|other| (*other, &statement.resources[*other]));
            // of two that match the same, the first is kept
            let wide = others.find(|(other, wide)| {
                budget.take(wide.text.len() + entry.text.len())
                    && covers_resource(wide, entry)
                    && !is_explicit(entry, wide)
                    && (*other < at || !covers_resource(entry, wide))
            });
            let wide = wide.map(|(_, wide)| wide);
            wide.map(|wide| format!("`{}` is redundant: `{}` matches it", entry.text, wide.text))
        };
        if let Some(message) = message {
            let path = statement.resource_path(entry);
            let finding = findings.add(Code::REDUNDANT_ENTRY, path, message);
            finding.set_fix(Change::Remove);
        }
    }
}

/// Reports duplicate statements, and those that a wider statement makes redundant.
fn statements(all: &[StatementView<'_>], budget: &Budget, findings: &mut Findings) {
    if all.len() < 2 {
        return;
    }
    let mut first: HashMap<u64, Vec<usize>> = HashMap::new();
    let wide = Wide::new(all, budget);
    for (at, statement) in all.iter().enumerate() {
        let alike = first.entry(digest(statement)).or_default();
        let same = alike.iter().find(|other| is_same(&all[**other], statement));
        if let Some(same) = same {
            let message = format!("the statement is the same as {}", all[*same].path);
            findings
                .add(Code::DUPLICATE_STATEMENT, statement.path.clone(), message)
                .set_fix(Change::Remove);
            continue;
        }
        alike.push(at);
        if let Some(other) = wide.shadow_of(at) {
            let message = format!(
                "the statement adds nothing to {}, which covers it without a condition",
                all[other].path
            );
            findings.add(Code::SHADOWED_STATEMENT, statement.path.clone(), message);
        }
    }
}

/// Hashes a statement so that duplicates have the same hash.
fn digest(statement: &StatementView<'_>) -> u64 {
    let source = statement.source;
    let lists = [
        &source.action,
        &source.not_action,
        &source.resource,
        &source.not_resource,
    ];
    let listed = lists
        .into_iter()
        .flat_map(|list| list.iter().flat_map(List::texts));
    let compared = statement.comparisons.iter();
    let compared =
        compared.flat_map(|it| [it.written, it.key].into_iter().chain(it.values.texts()));
    let hashes = listed.chain(compared).map(hash);
    hashes.fold(0, |all, one| all.rotate_left(5) ^ one)
}

/// Returns whether two statements are equal except for their `Sid`.
fn is_same(one: &StatementView<'_>, other: &StatementView<'_>) -> bool {
    let (a, b) = (one.source, other.source);
    a.action == b.action
        && a.resource == b.resource
        && a.effect == b.effect
        && a.condition == b.condition
        && a.not_action == b.not_action
        && a.not_resource == b.not_resource
        && a.principal == b.principal
        && a.not_principal == b.not_principal
        && a.others == b.others
}

/// The statements of a document, indexed by the actions and resources that they cover.
struct Wide<'a> {
    all: &'a [StatementView<'a>],
    budget: &'a Budget,
    by_action: Cover,
    by_resource: Cover,
    /// The actions and resources that each statement covers, indexed on first use.
    covers: Vec<OnceCell<(Cover, Cover)>>,
}

/// Returns a statement's actions for a [`Cover`].
fn action_texts<'a>(statement: &StatementView<'a>) -> impl Iterator<Item = (usize, &'a str, bool)> {
    let actions = statement.actions.iter().enumerate();
    actions.map(|(at, action)| (at, action_text(action), is_wide_action(action)))
}

/// Returns a statement's resources for a [`Cover`].
fn resource_texts<'a>(
    statement: &StatementView<'a>,
) -> impl Iterator<Item = (usize, &'a str, bool)> {
    let entries = statement.resources.iter().enumerate();
    entries.map(|(at, entry)| (at, entry.text, is_wide_resource(entry)))
}

/// Returns whether a statement is defined by `Action` and `Resource` alone, apart from conditions.
fn is_simple(statement: &StatementView<'_>) -> bool {
    statement.effect.is_some()
        && statement.source.action.is_some()
        && statement.source.resource.is_some()
        && statement.source.principal.is_none()
        && statement.source.not_principal.is_none()
        && !statement.actions.is_empty()
        && !statement.resources.is_empty()
}

impl<'a> Wide<'a> {
    fn new(all: &'a [StatementView<'a>], budget: &'a Budget) -> Self {
        let wide = all.iter().enumerate();
        let wide = wide.filter(|(_, it)| is_simple(it) && it.comparisons.is_empty());
        let (mut actions, mut resources) = (Vec::new(), Vec::new());
        for (at, statement) in wide.take_while(|_| all.len() <= MOST) {
            actions.extend(action_texts(statement).map(|(_, text, wide)| (at, text, wide)));
            resources.extend(resource_texts(statement).map(|(_, text, wide)| (at, text, wide)));
        }
        Self {
            all,
            budget,
            by_action: Cover::new(&actions),
            by_resource: Cover::new(&resources),
            covers: all.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Returns the first other statement that covers this one. Two statements that cover each other
    /// do not count: they are duplicates, or differ only in form.
    fn shadow_of(&self, at: usize) -> Option<usize> {
        let narrow = &self.all[at];
        let (action, resource) = (narrow.actions.first()?, narrow.resources.first()?);
        if !is_simple(narrow) {
            return None;
        }
        let by_action = self.by_action.candidates(action_text(action), self.budget);
        let by_resource = self.by_resource.candidates(resource.text, self.budget);
        let fewer = if by_action.len() < by_resource.len() {
            by_action
        } else {
            by_resource
        };
        fewer.iter().copied().find(|&wide| {
            wide != at
                && self.effect(wide) == narrow.effect
                && self.covers(wide, at)
                && !(narrow.comparisons.is_empty() && self.covers(at, wide))
        })
    }

    fn effect(&self, at: usize) -> Option<Effect> {
        self.all[at].effect
    }

    /// Returns whether the first statement covers every action and resource of the second one.
    fn covers(&self, wide: usize, narrow: usize) -> bool {
        let (actions, resources) = self.covers[wide].get_or_init(|| {
            let statement = &self.all[wide];
            (
                Cover::new(&action_texts(statement).collect::<Vec<_>>()),
                Cover::new(&resource_texts(statement).collect::<Vec<_>>()),
            )
        });
        let (wide, narrow) = (&self.all[wide], &self.all[narrow]);
        let mut narrow_resources = narrow.resources.iter();
        let mut narrow_actions = narrow.actions.iter();
        narrow_resources.all(|entry| {
            let found = resources.candidates(entry.text, self.budget);
            found.iter().map(|at| &wide.resources[*at]).any(|other| {
                self.budget.take(other.text.len() + entry.text.len())
                    && covers_resource(other, entry)
            })
        }) && narrow_actions.all(|action| {
            let found = actions.candidates(action_text(action), self.budget);
            found.iter().map(|at| &wide.actions[*at]).any(|other| {
                self.budget.take(other.text.len() + action.text.len())
                    && covers_action(other, action)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;
    use crate::document::{Document, DocumentStatement, Scalar, Statements};
    use proptest::prelude::*;

    fn list(texts: &[String]) -> Option<List> {
        let texts = texts.iter().cloned().map(Scalar::Text);
        Some(List::Several(texts.collect()))
    }

    fn found(document: &Document) -> Vec<String> {
        let catalog = Catalog::of_actions([]);
        let view = DocumentView::new(document, &catalog, &crate::check::Options::default());
        let mut findings = Findings::default();
        check(&view, &mut findings);
        let findings = findings.sorted().0.into_iter();
        let findings = findings.map(|it| format!("{} {} {}", it.code, it.path, it.message));
        findings.collect()
    }

    /// Returns the same findings by comparing every pair.
    fn by_pairs(document: &Document) -> Vec<String> {
        let catalog = Catalog::of_actions([]);
        let view = DocumentView::new(document, &catalog, &crate::check::Options::default());
        let mut findings = Findings::default();
        for statement in &view.statements {
            for (at, action) in statement.actions.iter().enumerate() {
                let same = |other: &&ActionEntry<'_>| other.text.eq_ignore_ascii_case(action.text);
                let all = &statement.actions;
                let path = statement.action_path(action);
                if all[..at].iter().any(|it| same(&it)) {
                    let message = format!("`{}` is listed twice", action.text);
                    findings.add(Code::REDUNDANT_ENTRY, path, message);
                } else if let Some((_, wide)) = all.iter().enumerate().find(|(other, it)| {
                    is_wide_action(it)
                        && !same(it)
                        && covers_action(it, action)
                        && (*other < at || !covers_action(action, it))
                }) {
                    let message =
                        format!("`{}` is redundant: `{}` matches it", action.text, wide.text);
                    findings.add(Code::REDUNDANT_ENTRY, path, message);
                }
            }
            let all = &statement.resources;
            for (at, entry) in all.iter().enumerate() {
                let path = statement.resource_path(entry);
                if all[..at].iter().any(|it| it.text == entry.text) {
                    let message = format!("`{}` is listed twice", entry.text);
                    findings.add(Code::REDUNDANT_ENTRY, path, message);
                } else if let Some((_, wide)) = all.iter().enumerate().find(|(other, it)| {
                    is_wide_resource(it)
                        && it.text != entry.text
                        && covers_resource(it, entry)
                        && !is_explicit(entry, it)
                        && (*other < at || !covers_resource(entry, it))
                }) {
                    let message =
                        format!("`{}` is redundant: `{}` matches it", entry.text, wide.text);
                    findings.add(Code::REDUNDANT_ENTRY, path, message);
                }
            }
        }
        let all = &view.statements;
        let covers = |wide: &StatementView<'_>, narrow: &StatementView<'_>| {
            let mut resources = narrow.resources.iter();
            let mut actions = narrow.actions.iter();
            resources.all(|it| {
                wide.resources
                    .iter()
                    .any(|other| covers_resource(other, it))
            }) && actions.all(|it| wide.actions.iter().any(|other| covers_action(other, it)))
        };
        for (at, narrow) in all.iter().enumerate() {
            let path = narrow.path.clone();
            if let Some(same) = all[..at].iter().find(|it| is_same(it, narrow)) {
                let message = format!("the statement is the same as {}", same.path);
                findings.add(Code::DUPLICATE_STATEMENT, path, message);
                continue;
            }
            let shadow = all.iter().enumerate().find(|(other, wide)| {
                *other != at
                    && is_simple(wide)
                    && is_simple(narrow)
                    && wide.effect == narrow.effect
                    && wide.comparisons.is_empty()
                    && covers(wide, narrow)
                    && !(narrow.comparisons.is_empty() && covers(narrow, wide))
            });
            if let Some((_, wide)) = shadow {
                let message = format!(
                    "the statement adds nothing to {}, which covers it without a condition",
                    wide.path
                );
                findings.add(Code::SHADOWED_STATEMENT, path, message);
            }
        }
        let findings = findings.sorted().0.into_iter();
        let findings = findings.map(|it| format!("{} {} {}", it.code, it.path, it.message));
        findings.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_index_finds_the_same_as_comparing_every_pair(
            statements in prop::collection::vec(
                (
                    prop::collection::vec("(\\*|\\*:\\*|x|[aA]:[abB*?]{1,4})", 0..5),
                    prop::collection::vec("(\\*|x|arn:a:b:::[ab*?]{1,3}|arn:a:\\*:::[ab*]{1,3})", 0..3),
                    any::<bool>(),
                    0..3_u8,
                ),
                0..5,
            )
        ) {
            let statements = statements.into_iter().map(|(actions, resources, allow, key)| {
                let condition = |at: u8| {
                    let keys = vec![(format!("k{at}"), List::Alone(Scalar::Text("v".to_owned())))];
                    vec![("StringEquals".to_owned(), keys)]
                };
                DocumentStatement {
                    effect: Some(Scalar::Text(if allow { "Allow" } else { "Deny" }.to_owned())),
                    action: list(&actions),
                    resource: list(&resources),
                    condition: (key > 0).then(|| condition(key)),
                    ..DocumentStatement::default()
                }
            });
            let document = Document {
                statements: Some(Statements::List(statements.collect())),
                ..Document::default()
            };
            prop_assert_eq!(found(&document), by_pairs(&document));
        }
    }
}
