//! Fixes applied to the text of a policy. Everything else in the text keeps its formatting.

use std::ops::Range;

use bedrock_iam::check::{Change, Finding, Fix, Report, Severity};
use bedrock_iam::document::{Document, Path, Step};
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstNode, CstObjectProp, CstRootNode, ObjectPropName};
use serde_json::Value;

/// A text after its fixes.
pub(crate) struct Fixed {
    pub(crate) text: String,
    /// The findings whose fixes were applied.
    pub(crate) applied: Vec<Finding>,
}

/// Applies the fixes of the findings in a policy, until no more can be applied.
///
/// A fix is applied only if the document is better after it.
pub(crate) fn fix(json: &str, check: impl Fn(&Document) -> Report) -> Fixed {
    let mut fixed = Fixed {
        text: json.to_owned(),
        applied: Vec::new(),
    };
    let report_of = |text: &str| {
        let document = Document::from_json(text).ok()?;
        Some(check(&document))
    };
    let Some(mut report) = report_of(json) else {
        return fixed;
    };
    let mut rejected: Vec<Fix> = Vec::new();
    loop {
        let open = report.findings.iter().filter(|finding| {
            let fix = finding.fix.as_ref();
            fix.is_some_and(|fix| !rejected.contains(fix))
        });
        let mut open: Vec<_> = open.cloned().collect();
        if open.is_empty() {
            return fixed;
        }
        // from the end, so that the indices in the other paths stay right
        open.sort_by(|one, other| steps(&other.fix).cmp(steps(&one.fix)));
        open.dedup_by(|one, other| is_inside(&other.fix, &one.fix) || is_same_list(one, other));
        // all at once, or only one: its effect is not mixed with that of others
        for many in [open.len(), 1] {
            let chosen = &open[..many];
            let text = applied(&fixed.text, chosen);
            let after = text.and_then(|text| Some((report_of(&text)?, text)));
            match after {
                Some((after, text)) if is_better(&report, &after) => {
                    fixed.text = text;
                    fixed.applied.extend_from_slice(chosen);
                    report = after;
                    break;
                }
                _ if many == 1 => rejected.extend(open[0].fix.clone()),
                _ => {}
            }
        }
    }
}

/// Returns the bytes of a text that the fix of a finding replaces, and what it replaces them with.
pub(crate) fn replacement(json: &str, finding: &Finding) -> Option<(Range<usize>, String)> {
    let fixed = applied(json, std::slice::from_ref(finding)).filter(|_| finding.fix.is_some())?;
    let same = |(one, other): &(char, char)| one == other;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        let same = pairs.take_while(same);
        same.map(|(char, _)| char.len_utf8()).sum::<usize>()
    };
    let begin = length(&mut json.chars().zip(fixed.chars()));
    let (old, new) = (&json[begin..], &fixed[begin..]);
    let end = length(&mut old.chars().rev().zip(new.chars().rev()));
    let bytes = begin..json.len() - end;
    Some((bytes, new[..new.len() - end].to_owned()))
}

fn steps(fix: &Option<Fix>) -> &[Step] {
    fix.as_ref().map_or(&[], |fix| fix.path.steps())
}

/// Returns whether a change is at the place of another one, or inside of it.
fn is_inside(inner: &Option<Fix>, outer: &Option<Fix>) -> bool {
    steps(inner).starts_with(steps(outer))
}

/// Returns whether both changes remove an element of the same list: each may be a reason for the other.
fn is_same_list(one: &Finding, other: &Finding) -> bool {
    let list = |finding: &Finding| match finding.fix.as_ref().map(|fix| &fix.change) {
        Some(Change::Remove) => steps(&finding.fix)
            .split_last()
            .map(|(_, list)| list.to_vec()),
        _ => None,
    };
    list(one).is_some_and(|it| list(other) == Some(it))
}

/// Returns whether a document has fewer findings than before. A worse finding counts more than any number
/// of others: a misspelled action that is corrected can be a duplicate, or can turn out to be sensitive.
fn is_better(before: &Report, after: &Report) -> bool {
    let counts = |report: &Report| {
        let of = |severity: &Severity| {
            let listed = report.findings.iter();
            let listed = listed.filter(|finding| finding.severity == *severity);
            let more = report.more.iter();
            let more = more.filter(|more| more.severity == *severity);
            listed.count() + more.map(|more| more.findings).sum::<usize>()
        };
        Severity::ALL.iter().map(of).collect::<Vec<_>>()
    };
    counts(after) < counts(before)
}

/// Returns the text after the fixes; `None` if a change is not possible.
fn applied(text: &str, findings: &[Finding]) -> Option<String> {
    let root = CstRootNode::parse(text, &ParseOptions::default()).ok()?;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        apply(&root, &fix.path, &fix.change)?;
    }
    Some(root.to_string())
}

/// A value, with its member if it is in an object.
struct Place {
    node: CstNode,
    member: Option<CstObjectProp>,
}

fn find(root: &CstRootNode, path: &Path) -> Option<Place> {
    let mut place = Place {
        node: root.value()?,
        member: None,
    };
    for step in path.steps() {
        place = match step {
            Step::Member(name) => {
                let member = place.node.as_object()?.get(name)?;
                Place {
                    node: member.value()?,
                    member: Some(member),
                }
            }
            Step::Index(index) => Place {
                node: place.node.as_array()?.elements().get(*index)?.clone(),
                member: None,
            },
        };
    }
    Some(place)
}

fn apply(root: &CstRootNode, path: &Path, change: &Change) -> Option<()> {
    let place = find(root, path)?;
    match change {
        Change::Replace(values) => replace(place, values),
        Change::Rename(name) => {
            let member = place.member?;
            let object = member.parent()?.as_object()?;
            if object.get(name).is_some() {
                return None;
            }
            let ObjectPropName::String(written) = member.name()? else {
                return None;
            };
            written.set_raw_value(Value::from(name.as_str()).to_string());
            Some(())
        }
        Change::Add(values) => add(place, values),
        Change::Remove => {
            match place.member {
                Some(member) => member.remove(),
                None => place.node.remove(),
            }
            Some(())
        }
        _ => None,
    }
}

fn string(value: &str) -> CstInputValue {
    CstInputValue::String(value.to_owned())
}

fn list(values: impl IntoIterator<Item = String>) -> CstInputValue {
    CstInputValue::Array(values.into_iter().map(CstInputValue::String).collect())
}

fn replace(place: Place, values: &[String]) -> Option<()> {
    match (place.member, values) {
        (Some(member), [value]) => member.set_value(string(value)),
        (Some(member), values) => member.set_value(list(values.to_vec())),
        (None, [first, others @ ..]) => {
            let index = place.node.element_index()?;
            let array = place.node.parent()?.as_array()?;
            for (at, value) in others.iter().enumerate() {
                array.insert(index + 1 + at, string(value));
            }
            let literal = place.node.as_string_lit()?;
            literal.set_raw_value(Value::from(first.as_str()).to_string());
        }
        (None, []) => return None,
    }
    Some(())
}

fn add(place: Place, values: &[String]) -> Option<()> {
    if let Some(array) = place.node.as_array() {
        for value in values {
            array.append(string(value));
        }
        return Some(());
    }
    let alone = place.node.as_string_lit()?.decoded_value().ok()?;
    let all = std::iter::once(alone).chain(values.iter().cloned());
    place.member?.set_value(list(all));
    Some(())
}
