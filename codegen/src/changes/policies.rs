//! The wildcards in a policy document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::wildcards::Wildcard;
use crate::error::{Error, Result, quoted};

/// Reads the wildcards of a policy document: every `Action` with `*` or `?` in it, and every
/// `NotAction`. The document may stand in what the command line of AWS prints (`PolicyVersion`,
/// `Document`). `name` is what reports call it.
///
/// # Errors
/// Text that is no JSON, a document without statements, an effect that is none.
pub fn wildcards_of(name: &str, text: &str) -> Result<Vec<Wildcard>> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Error::new(error.to_string(), "a policy document").of(name))?;
    let statements = document(&value)
        .map(|document| &document["Statement"])
        .ok_or_else(|| Error::new("no `Statement`", "a policy document").of(name))?;
    let mut wildcards = Vec::new();
    for (index, statement) in one_or_many(statements).iter().enumerate() {
        let place = format!("statement {}", index + 1);
        wildcards.extend(of_statement(name, statement).map_err(|it| it.within(place).of(name))?);
    }
    Ok(wildcards)
}

/// The document itself, or the one in an answer of the command line.
fn document(value: &Value) -> Option<&Value> {
    let places = [
        "",
        "/Document",
        "/PolicyDocument",
        "/PolicyVersion/Document",
    ];
    let mut found = places.iter().filter_map(|place| value.pointer(place));
    found.find(|value| value.get("Statement").is_some())
}

fn of_statement(name: &str, statement: &Value) -> Result<Vec<Wildcard>> {
    let allows = match statement["Effect"].as_str() {
        Some("Allow") => true,
        Some("Deny") => false,
        _ => {
            let found = format!("the effect {}", quoted(&statement["Effect"].to_string()));
            return Err(Error::new(found, "`Allow` or `Deny`"));
        }
    };
    let wildcard = |patterns, except| Wildcard {
        patterns,
        except,
        allows,
        from: BTreeSet::from([name.to_owned()]),
    };
    let actions = texts(&statement["Action"])?;
    let wild = actions
        .into_iter()
        .filter(|action| action.contains(['*', '?']));
    let mut wildcards: Vec<_> = wild.map(|action| wildcard(vec![action], false)).collect();
    let except = texts(&statement["NotAction"])?;
    if !except.is_empty() {
        wildcards.push(wildcard(except, true));
    }
    Ok(wildcards)
}

fn one_or_many(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

fn texts(value: &Value) -> Result<Vec<String>> {
    let text = |value: &Value| {
        let found = || Error::new(format!("the action {}", quoted(&value.to_string())), "text");
        value.as_str().map(str::to_owned).ok_or_else(found)
    };
    one_or_many(value).iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        let wildcards = wildcards_of("p.json", text).unwrap();
        wildcards.iter().map(|it| (it.name(), it.allows)).collect()
    }

    #[test]
    fn statements_stand_alone_or_in_lists() {
        let one =
            r#"{"Statement": {"Effect": "Allow", "Action": "orchard:Get*", "Resource": "*"}}"#;
        assert_eq!(read(one), [("orchard:Get*".to_owned(), true)]);
        let many = r#"{"PolicyVersion": {"Document": {"Statement": [
            {"Effect": "Deny", "Action": ["orchard:Prune?", "orchard:PlantTree"]},
            {"Effect": "Allow", "NotAction": ["orchard:PlantTree", "iam:*"]}]}}}"#;
        let expected = [
            ("orchard:Prune?", false),
            ("NotAction orchard:PlantTree, iam:*", true),
        ];
        assert_eq!(
            read(many),
            expected.map(|(name, allows)| (name.to_owned(), allows))
        );
    }

    #[test]
    fn patterns_match_as_iam_does() {
        let text = r#"{"Statement": [{"Effect": "Allow", "Action": ["ORCHARD:get*", "orchard:?rune"]},
            {"Effect": "Allow", "NotAction": "orchard:Get*"}]}"#;
        let wildcards = wildcards_of("p.json", text).unwrap();
        let covers = |action: &str| {
            wildcards
                .iter()
                .map(|it| it.covers(action))
                .collect::<Vec<_>>()
        };
        assert_eq!(covers("orchard:GetTree"), [true, false, false]);
        assert_eq!(covers("orchard:Prune"), [false, true, true]);
        assert_eq!(covers("forest:GetTree"), [false, false, true]);
    }

    #[test]
    fn what_is_no_policy_says_so() {
        let error = |text: &str| wildcards_of("p.json", text).unwrap_err().to_string();
        assert_eq!(
            error("{}"),
            "p.json: found no `Statement`, expected a policy document"
        );
        assert!(
            error("[").starts_with("p.json: found EOF"),
            "{}",
            error("[")
        );
        assert_eq!(
            error(r#"{"Statement": [{"Effect": "Maybe"}]}"#),
            "p.json: statement 1: found the effect `\"Maybe\"`, expected `Allow` or `Deny`"
        );
        assert_eq!(
            error(r#"{"Statement": {"Effect": "Deny", "Action": [7]}}"#),
            "p.json: statement 1: found the action `7`, expected text"
        );
    }
}
