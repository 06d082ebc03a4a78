//! Mistakes in statements about several services: the finding of each, and what was meant.

use super::*;

#[test]
fn mistakes_across_services_are_found() {
    let mut wrong = Vec::new();
    for line in include_str!("across_services.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let code = row["code"].as_str().unwrap();
        let found = of(row["wrong"].clone());
        let least = Severity::ALL
            .iter()
            .find(|it| it.as_str() == row["severity"]);
        let severities = found.iter().filter(|it| it.code.as_str() == code);
        let worst = severities.map(|it| &it.severity).min();
        if worst.is_none_or(|worst| Some(worst) > least) {
            wrong.push(format!("{}: {code}: {}", row["mistake"], lines(&found)));
        }
        let right = of(row["right"].clone());
        if !right.is_empty() {
            wrong.push(format!("{}, right: {}", row["mistake"], lines(&right)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn lines(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|it| format!("\n    {it}"));
    lines.collect()
}
