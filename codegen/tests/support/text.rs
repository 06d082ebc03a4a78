//! Rendering of documents as plain text, as copied from a browser. Classic layout only.

use std::collections::BTreeSet;

use iam_policy::wire::{Facts, Use};

use super::Style;
use super::document::{Cell, Document, Inline, Table};
use super::noise::Noise;

/// Writes a page.
pub(super) fn write(document: &Document, style: &Style) -> String {
    let mut noise = Noise::new(style.seed.wrapping_mul(17));
    let space = if noise.once_in(2) { " " } else { "" };
    let (before, prefix, behind) = &document.introduction;
    let mut out = format!(
        "{0} - Reference\n\n{0}\n\n{before}service prefix: {prefix}{space}{behind}\n",
        document.heading
    );
    for (index, section) in document.sections.iter().enumerate() {
        let service = before.trim_end_matches(" (");
        out.push_str(&format!(
            "\n{} of {service}\n\n{}\n\n",
            section.title, section.prose
        ));
        if let Some(it) = &section.table {
            table(it, index == 0, &mut out);
        }
    }
    out
}

/// Writes the first cells of a row next to each other, and lists below them, separated by empty
/// lines.
fn table(table: &Table, actions: bool, out: &mut String) {
    out.push_str(&table.headers.join(" "));
    out.push('\n');
    for row in table.entries.iter().flat_map(|entry| &entry.rows) {
        let cells: Vec<_> = row.iter().flatten().map(lines).collect();
        // lists are written below: everything after the levels, or after an ARN
        let beside = match (actions, row[0].is_some(), table.headers.len()) {
            (true, true, _) => 3,
            (true, false, _) => 0,
            (false, _, 3) if row[1].as_ref().is_some_and(is_arn) => 2,
            _ => 3,
        };
        let beside = beside.min(cells.len());
        let line: Vec<_> = cells[..beside]
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !line.is_empty() {
            out.push_str(&line.join(" "));
            out.push('\n');
        }
        let below: Vec<_> = cells[beside..].iter().flatten().collect();
        for item in &below {
            out.push_str(&format!("\n{item}\n"));
        }
        if !below.is_empty() {
            out.push('\n');
        }
    }
}

fn is_arn(cell: &Cell) -> bool {
    cell.lines
        .iter()
        .flatten()
        .any(|part| matches!(part, Inline::Arn(_)))
}

fn lines(cell: &Cell) -> Vec<String> {
    let shown = |part: &Inline| match part {
        Inline::Text(text) | Inline::Link { text, .. } => text.clone(),
        Inline::Bold(text) => format!("{} ", text.trim_end()),
        Inline::Arn(template) => template.replace('{', " { "),
    };
    let joined = |line: &[Inline]| line.iter().map(shown).collect::<String>();
    let lines = cell.lines.iter().flat_map(|line| {
        // links alone can separate names
        let links = line.len() > 1 && line.iter().all(|part| matches!(part, Inline::Link { .. }));
        if links {
            line.iter().map(shown).collect()
        } else {
            vec![joined(line)]
        }
    });
    lines.collect()
}

/// Returns the facts that plain text can state: without links and operations, and with only those
/// resource types that have a star or a row, and keys that have a row. Keys form their own uses,
/// because the text does not state which row they belong to.
pub fn statable(full: &Facts) -> Facts {
    let mut facts = full.clone();
    facts.operations.clear();
    let keys: BTreeSet<_> = facts.condition_keys.keys().cloned().collect();
    let known = |list: &mut Vec<String>| list.retain(|key| keys.contains(key));
    let types: BTreeSet<_> = facts.resource_types.keys().cloned().collect();
    for it in facts.resource_types.values_mut() {
        known(&mut it.condition_keys);
        if !it.arn.contains('$') {
            it.arn = "arn:${Partition}:orchard:::tree".to_owned();
        }
    }
    for action in facts.actions.values_mut() {
        action.api = None;
        if action.access_levels.is_empty() {
            action
                .access_levels
                .insert(iam_policy::wire::AccessLevel::Read);
        }
        for scenario in &mut action.scenarios {
            known(&mut scenario.condition_keys);
            let shown = |name: &String, required| required || types.contains(name);
            let shown = |it: &iam_policy::wire::RequiredType| shown(&it.resource_type, it.required);
            scenario.resource_types.retain(shown);
        }
        let mut uses: Vec<Use> = Vec::new();
        for used in std::mem::take(&mut action.uses) {
            let (mut condition_keys, dependent_actions) =
                (used.condition_keys, used.dependent_actions);
            known(&mut condition_keys);
            let named = used
                .resource_type
                .filter(|name| types.contains(name) || used.required == Some(true));
            if let Some(name) = named {
                uses.push(Use {
                    resource_type: Some(name),
                    required: used.required,
                    ..Use::default()
                });
            }
            if condition_keys.is_empty() && dependent_actions.is_empty() {
                continue;
            }
            match uses.last_mut() {
                Some(last) if last.resource_type.is_none() => {
                    last.condition_keys.extend(condition_keys);
                    last.dependent_actions.extend(dependent_actions);
                }
                _ => uses.push(Use {
                    condition_keys,
                    dependent_actions,
                    ..Use::default()
                }),
            }
        }
        action.uses = uses;
    }
    facts
}
