//! Names that have left the reference: known still, and better told than "unknown".

use super::Code;
use super::finding::Findings;
use super::service::Service;
use super::view::Named;
use crate::ArnPattern;

/// A name that has left the reference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gone {
    pub(super) name: &'static str,
    pub(super) date: &'static str,
    pub(super) replaced_by: Option<&'static str>,
}

impl Gone {
    /// What is said of it behind the words that name it.
    fn since(&self) -> String {
        let instead = match self.replaced_by {
            Some(other) => format!("; use `{other}`"),
            None => String::new(),
        };
        format!("no longer in the reference since {}{instead}", self.date)
    }
}

/// An action that matches none of today: whether it is one that has left the reference.
pub(super) fn action(
    action: &Named<'_>,
    service: &Service,
    path: &str,
    findings: &mut Findings,
) -> bool {
    let Some(pattern) = &action.pattern else {
        return false;
    };
    let mut gone = service.gone_actions.iter();
    let Some(gone) = gone.find(|gone| pattern.matches(gone.name)) else {
        return false;
    };
    let since = gone.since();
    let message = if action.is_exact() {
        format!("`{}` is {since}", gone.name)
    } else {
        format!(
            "`{}` matches no action of today; `{}` is {since}",
            action.text, gone.name
        )
    };
    add(findings, path, message);
    true
}

/// A condition key, if it is one that has left the reference.
pub(super) fn key(services: &[Service], key: &str, path: &str, findings: &mut Findings) -> bool {
    let Some(gone) = services.iter().find_map(|of| (of.gone_key)(key)) else {
        return false;
    };
    add(findings, path, format!("`{key}` is {}", gone.since()));
    true
}

/// An ARN of no type of today: whether it is of one that has left the reference.
pub(super) fn resource_type(
    arn: &ArnPattern,
    service: &Service,
    path: &str,
    findings: &mut Findings,
) -> bool {
    let Some(gone) = (service.gone_type)(arn) else {
        return false;
    };
    let message = format!(
        "`{arn}` is an ARN of the resource type `{}`, {}",
        gone.name,
        gone.since()
    );
    add(findings, path, message);
    true
}

fn add(findings: &mut Findings, path: &str, message: String) {
    findings.add(Code::RemovedName, path.to_owned(), message);
}
