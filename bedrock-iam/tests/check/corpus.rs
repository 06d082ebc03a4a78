//! Policies whose findings are known, from `../shared/checks/corpus.jsonl`.

use bedrock_iam::check::Day;

use super::*;

/// A labelled policy of the corpus.
pub(super) struct Labelled {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) kind: PolicyKind,
    /// The severity and the path of the finding that is expected; `None` if the policy is right.
    expected: Option<(Severity, String)>,
    certain: bool,
}

pub(super) fn corpus() -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checks/corpus.jsonl");
    if skipped(&path) {
        return Vec::new();
    }
    let text = fs::read_to_string(&path).expect("the corpus");
    let rows = text.lines().map(|line| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let severity = || {
            let mut all = Severity::ALL.iter().copied();
            all.find(|it| it.as_str() == word("severity"))
                .expect("a severity")
        };
        Labelled {
            id: word("id"),
            text: row["text"]
                .as_str()
                .map_or_else(|| row["document"].to_string(), str::to_owned),
            kind: word("kind").parse().expect("a kind"),
            expected: (word("expect") == "finding").then(|| (severity(), word("path"))),
            certain: word("confidence") == "certain",
        }
    });
    rows.collect()
}

/// Returns the findings of a policy: severity, path, and the text to print.
fn findings_of(policy: &Labelled) -> Vec<(Severity, String, String)> {
    match Document::from_json(&policy.text) {
        Err(error) => vec![(Severity::Error, error.path().to_owned(), error.to_string())],
        Ok(document) => {
            let day: Day = "2026-11-26".parse().expect("a day");
            let options = Options::default().kind(policy.kind).today(day);
            let report = check_as(&document, catalog(), &options);
            let rows = report.findings.iter();
            rows.map(|it| (it.severity, it.path.to_string(), it.to_string()))
                .collect()
        }
    }
}

/// Returns whether a finding is at the path of a label or below it.
fn is_under(path: &str, label: &str) -> bool {
    let rest = path.strip_prefix(label);
    label.is_empty() || rest.is_some_and(|it| it.is_empty() || it.starts_with(['.', '[']))
}

#[test]
fn labelled_policies_have_the_findings_of_their_labels() {
    let corpus = corpus();
    let (mut wanted, mut missed, mut accused) = (0, Vec::new(), Vec::new());
    for policy in corpus.iter().filter(|it| it.certain) {
        let found = findings_of(policy);
        let list = || {
            let lines = found
                .iter()
                .map(|(_, path, text)| format!("\n      {path}: {text}"));
            lines.collect::<String>()
        };
        match &policy.expected {
            Some((least, label)) => {
                wanted += 1;
                let fits = |(severity, path, _): &(Severity, String, String)| {
                    severity <= least && is_under(path, label)
                };
                if !found.iter().any(fits) {
                    missed.push(format!(
                        "{} ({}) at {label}{}",
                        policy.id,
                        least.as_str(),
                        list()
                    ));
                }
            }
            None => {
                if found.iter().any(|it| it.0 <= Severity::SecurityWarning) {
                    accused.push(format!("{}{}", policy.id, list()));
                }
            }
        }
    }
    println!(
        "missed {} of {wanted}\n  {}",
        missed.len(),
        missed.join("\n  ")
    );
    println!("accused {}\n  {}", accused.len(), accused.join("\n  "));
    assert!(
        missed.len() * 50 <= wanted,
        "{} of {wanted} are missed",
        missed.len()
    );
    assert!(accused.is_empty(), "{accused:#?}");
}
