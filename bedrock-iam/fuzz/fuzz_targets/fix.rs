//! Applies the fixes of `bedrock-iam check --fix` to any text.
//!
//! The fixed text is a policy that differs from the given one only by the applied changes, and that does
//! not have the findings that they solve.

#![no_main]

use bedrock_iam::check::{Change, Finding, Fix, check};
use bedrock_iam::document::{Document, Step};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[path = "../../cli/src/fix.rs"]
mod fix;

fuzz_target!(|text: &str| {
    let Ok(document) = Document::from_json(text) else {
        return;
    };
    let report = |document: &Document| check(document, bedrock_iam::catalog());
    let before = report(&document).findings;
    let fixed = fix::fix(text, report);
    if fixed.applied.is_empty() {
        assert_eq!(fixed.text, text);
    }
    let mut expected: Value = serde_json::from_str(text).expect("the text is JSON");
    for finding in &fixed.applied {
        let fix = finding.fix.as_ref().expect("an applied fix");
        change(&mut expected, fix).unwrap_or_else(|| panic!("{finding} in {text}"));
    }
    let found: Value = serde_json::from_str(&fixed.text).expect("the fixed text is JSON");
    assert_eq!(found, expected, "{text}");

    let fixed = Document::from_json(&fixed.text).map(|it| (report(&it).findings, fixed.applied));
    let (after, applied) = fixed.expect("the fixed text is a policy");
    for finding in applied.iter().filter(|it| before.contains(it)) {
        let alike = |findings: &[Finding]| {
            let mut findings = findings.to_vec();
            findings.retain(|it| it.code == finding.code && it.message == finding.message);
            findings.len()
        };
        assert!(alike(&after) < alike(&before), "{finding} in {text}");
    }
    for finding in &before {
        if let Some((bytes, new)) = fix::replacement(text, finding) {
            let text = format!("{}{new}{}", &text[..bytes.start], &text[bytes.end..]);
            serde_json::from_str::<Value>(&text).expect("JSON after a replacement");
        }
    }
});

/// Applies a change to a value; `None` if the value has no such place.
fn change(value: &mut Value, fix: &Fix) -> Option<()> {
    let (last, steps) = fix.path.steps().split_last()?;
    let within = steps.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(&**name),
        Step::Index(index) => value.get_mut(index),
    })?;
    match (&fix.change, last) {
        (Change::Replace(values), Step::Index(index)) => {
            let values = values.iter().cloned().map(Value::from);
            within.as_array_mut()?.splice(index..=index, values);
        }
        (Change::Replace(values), Step::Member(name)) => {
            *within.get_mut(&**name)? = match values.as_slice() {
                [value] => Value::from(value.as_str()),
                values => Value::from(values),
            };
        }
        (Change::Rename(new), Step::Member(name)) => {
            let members = within.as_object_mut()?;
            let renamed = members.remove(&**name)?;
            assert!(members.insert(new.clone(), renamed).is_none());
        }
        (Change::Add(values), Step::Member(name)) => {
            let list = within.get_mut(&**name)?;
            if !list.is_array() {
                *list = Value::from(vec![list.take()]);
            }
            let values = values.iter().cloned().map(Value::from);
            list.as_array_mut()?.extend(values);
        }
        (Change::Remove, Step::Index(index)) => {
            within.as_array_mut()?.remove(*index);
        }
        (Change::Remove, Step::Member(name)) => {
            within.as_object_mut()?.remove(&**name)?;
        }
        _ => return None,
    }
    Some(())
}
