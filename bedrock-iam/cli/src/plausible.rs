//! Requests that no service makes: of an action that does not exist, or on a resource that it does not have.

use std::error::Error;

use bedrock_iam::check::{Code, Severity, check};
use bedrock_iam::decide::Request;
use bedrock_iam::document::{Document, DocumentStatement, List, Scalar, Statements};
use bedrock_iam::words::{code, list};
use bedrock_iam::{ArnPattern, Catalog};

/// The findings about the name of an action.
const OF_NAMES: [Code; 4] = [
    Code::UNKNOWN_SERVICE,
    Code::UNKNOWN_ACTION,
    Code::REMOVED_NAME,
    Code::OPERATION_AS_ACTION,
];

/// Returns why no service makes a request; empty if the facts do not tell.
///
/// # Errors
///
/// Returns an error, with the right name, if the action is certainly not one.
pub(crate) fn notes(request: &Request, catalog: &Catalog) -> Result<Vec<String>, Box<dyn Error>> {
    let notes = of_action(request.action(), catalog)?;
    Ok(match notes.is_empty() {
        true => of_resource(request, catalog).into_iter().collect(),
        false => notes,
    })
}

/// Returns what `check` reports about the name of an action in a policy.
fn of_action(action: &str, catalog: &Catalog) -> Result<Vec<String>, String> {
    let alone = |text: &str| List::Alone(Scalar::Text(text.to_owned()));
    let mut statement = DocumentStatement::default();
    statement.effect = Some(Scalar::Text("Allow".to_owned()));
    statement.action = Some(alone(action));
    statement.resource = Some(alone("*"));
    let mut document = Document::default();
    document.statements = Some(Statements::Alone(Box::new(statement)));
    let mut notes = Vec::new();
    for finding in check(&document, catalog).findings {
        let text = match &finding.fix {
            Some(fix) => format!("{}; {fix}", finding.message),
            None => finding.message,
        };
        match finding.severity {
            _ if !OF_NAMES.contains(&finding.code) => {}
            Severity::Error => return Err(text),
            _ => notes.push(text),
        }
    }
    Ok(notes)
}

/// Returns why the resource of a request is not one of its action.
fn of_resource(request: &Request, catalog: &Catalog) -> Option<String> {
    let resource = Some(request.resource()).filter(|it| *it != "*")?;
    let pattern = ArnPattern::parse(resource).ok()?;
    let rows = catalog.rows(request.action());
    let services: Vec<_> = rows.iter().map(|at| at.service).collect();
    let found = catalog.resource_types(&pattern, &services);
    let mut names = Vec::new();
    for at in rows {
        let (service, action) = catalog.action(*at);
        let mut fixed = service.overlay.fixed_resources.iter();
        if fixed.any(|row| row.actions.contains(&action.name)) {
            return None;
        }
        for pair in action.resources {
            let index = usize::from(pair.resource_type);
            let row = &service.resource_types[index];
            let is_found = |it: &bedrock_iam::ResourceTypeRef| {
                (it.service, it.resource_type) == (at.service, index)
            };
            if row.template.is_none() || found.iter().any(is_found) {
                return None;
            }
            names.push(row.name);
        }
    }
    let expected = match &*names {
        _ if rows.is_empty() => return None,
        [] => "`*`, because it does not support resource-level permissions".to_owned(),
        [name] => format!("an ARN of the type `{name}`"),
        names => format!("an ARN of one of the types {}", list(names, names.len())),
    };
    let action = code(request.action());
    Some(format!(
        "{action} does not apply to {}; expected {expected}",
        code(resource)
    ))
}
