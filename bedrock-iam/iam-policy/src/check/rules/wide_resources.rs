//! Patterns of ARNs that match more than their authors probably mean.

use std::collections::HashMap;

use super::resources::{format_of, row};
use crate::check::Code;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::{AccessLevel, ActionRef, ArnPattern, Effect, ResourceTypeRef};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WIDER_THAN_IT_SEEMS],
    check: |view, findings| {
        for statement in &view.statements {
            if statement.allows() && !statement.has_not_resource() {
                wide(view, statement, findings);
            }
        }
    },
};

/// Reports a pattern such as `flow/*`, because it also matches `flow/F/alias/A`.
fn wide(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    let mut known: HashMap<(&str, &[ResourceTypeRef]), Option<Wide<'_>>> = HashMap::new();
    for entry in &statement.resources {
        let last = entry.pattern.as_ref().map(ArnPattern::resource);
        let Some(head) = last.and_then(|resource| resource.strip_suffix("/*")) else {
            continue;
        };
        if head.contains(['/', '*', '?', '$']) {
            continue;
        }
        let found = known
            .entry((head, &entry.types))
            .or_insert_with(|| both_kinds(view, statement, head, &entry.types));
        if let Some(wide) = found {
            let message = format!(
                "`{}` also matches every {}, because `*` also matches `/`, and `{}` applies to both",
                entry.text, wide.other, wide.action
            );
            findings.add(
                Code::WIDER_THAN_IT_SEEMS,
                statement.resource_path(entry),
                message,
            );
        }
    }
}

/// An action that a pattern such as `flow/*` also grants on the resources inside a flow.
struct Wide<'a> {
    action: &'a str,
    other: &'static str,
}

/// Returns the first action that applies both to the resources that the author of `head/*` probably
/// means and to the resources inside them.
fn both_kinds<'a>(
    view: &DocumentView<'_>,
    statement: &StatementView<'a>,
    head: &str,
    types: &[ResourceTypeRef],
) -> Option<Wide<'a>> {
    let (mut meant, mut others) = (Vec::new(), Vec::new());
    for at in types {
        let format = format_of(row(view.catalog, *at)).unwrap_or_default();
        let inside = format
            .strip_prefix(head)
            .and_then(|rest| rest.strip_prefix("/${"));
        // The format of the type itself ends after its placeholder.
        match inside.map(|rest| rest.find('}').map(|end| &rest[end + 1..])) {
            Some(Some("")) => meant.push(*at),
            Some(_) => others.push(*at),
            None => {}
        }
    }
    if meant.is_empty() || others.is_empty() {
        return None;
    }
    let exact = statement.actions.iter().filter(|action| action.is_exact());
    exact
        .flat_map(|action| action.matched.iter().map(|at| (action.text, *at)))
        .find_map(|(action, at)| {
            let takes = |of: &&ResourceTypeRef| {
                let mut pairs = view.action(at).resources.iter();
                of.service == at.service
                    && pairs.any(|pair| usize::from(pair.resource_type) == of.resource_type)
            };
            let own = *meant.iter().find(takes)?;
            // a new resource has no narrower ARN
            if is_tagging(view, at) && creates(view, own) {
                return None;
            }
            let other = row(view.catalog, *others.iter().find(takes)?).name;
            Some(Wide { action, other })
        })
}

fn is_tagging(view: &DocumentView<'_>, at: ActionRef) -> bool {
    view.action(at).access_levels.contains(AccessLevel::Tagging)
}

/// Returns whether a statement allows an action that creates resources of a type, as its name shows:
/// `CreateAgentRuntime` for `runtime`.
fn creates(view: &DocumentView<'_>, of: ResourceTypeRef) -> bool {
    let noun = row(view.catalog, of).name.replace('-', "");
    let is_creation = |name: &str| {
        let created = name.split_once(":Create").map(|(_, it)| it);
        created.is_some_and(|it| it.to_ascii_lowercase().ends_with(&noun))
    };
    let mut actions = view.catalog.services()[of.service].actions.iter();
    actions.any(|it| is_creation(it.name) && view.covers(Effect::Allow, it.name))
}
