//! `simulate`: decides a request, and underlines the statement that decided.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::decide::{Caller, Request};
use bedrock_iam::words::visible;
use bedrock_iam::{AccountId, Catalog};
use serde_json::{Value, json};

use crate::arguments::{Outcome, RequestFlags, Simulate, TextOrJson};
use crate::facts;
use crate::input::Input;
use crate::plausible;
use crate::policies::Given;
use crate::requests;

/// Exit status of a request that is denied or undecided.
const NOT_ALLOWED: u8 = 3;

pub(crate) fn run(arguments: &Simulate, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    if !arguments.request.call.is_empty() {
        return calls(arguments, out);
    }
    let request = request(&arguments.request, &catalog)?;
    let given = Given::read(&arguments.policies)?;
    let explanation = given.policies.decide(&request).explain();
    let notes = plausible::notes(&request, &catalog)?;
    match arguments.format {
        TextOrJson::Json => {
            let mut object: Value = serde_json::from_str(&explanation.to_json())?;
            if !notes.is_empty() {
                object["notes"] = json!(notes);
            }
            writeln!(out, "{object:#}")?;
        }
        TextOrJson::Text => {
            writeln!(out, "{}", given.shown(&explanation))?;
            for note in notes {
                writeln!(out, "note: {}", visible(&note))?;
            }
        }
    }
    Ok(match explanation.decision.is_allowed() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(NOT_ALLOWED),
    })
}

/// Decides the requests of calls, and prints them as a table with what fails and how to change it.
fn calls(arguments: &Simulate, out: &mut dyn Write) -> Outcome {
    let flags = &arguments.request;
    let caller: Caller = flags.principal.as_deref().unwrap_or_default().parse()?;
    let requests = requests::of_files(&flags.call, Some(&caller))?;
    let Given { policies, .. } = Given::read(&arguments.policies)?;
    let mut decided = Vec::new();
    for call in &requests.caller {
        for request in call.to_requests(&caller)? {
            let request = with_context(request, &flags.context);
            decided.push((call, request));
        }
    }
    let explained = || {
        decided
            .iter()
            .map(|(call, request)| (*call, request, policies.decide(request).explain()))
    };
    let is_allowed = explained().all(|(call, _, it)| !call.required || it.decision.is_allowed());
    let is_complete = requests.missing.is_empty();
    match arguments.format {
        TextOrJson::Json => {
            let list: Vec<Value> = explained()
                .map(|(call, request, it)| {
                    json!({
                        "action": request.action(),
                        "changes": it.changes().iter().map(ToString::to_string).collect::<Vec<_>>(),
                        "decision": it.decision.outcome().as_str(),
                        "required": call.required,
                        "resource": request.resource(),
                        "when": call.when,
                    })
                })
                .collect();
            let mut object = json!({"allowed": is_allowed && is_complete, "missing": requests.missing, "requests": list});
            if !requests.unused.is_empty() {
                object["unused"] = json!(requests.unused);
            }
            writeln!(out, "{object:#}")?;
        }
        TextOrJson::Text => {
            for (call, request, explanation) in explained() {
                let optional = if call.required { "" } else { " (optional)" };
                let outcome = explanation.decision.outcome().as_str().replace('-', " ");
                writeln!(
                    out,
                    "{outcome}: {}{optional}\n  on {}",
                    request.action(),
                    request.resource()
                )?;
                if !call.required && !explanation.decision.is_allowed() {
                    writeln!(out, "  needed only in this case: {}", visible(&call.when))?;
                    continue;
                }
                if !explanation.decision.is_allowed() {
                    if call.when != "always" {
                        writeln!(out, "  because of: {}", visible(&call.when))?;
                    }
                    let text = explanation.to_string();
                    for line in text.lines().skip(2) {
                        writeln!(out, "{line}")?;
                    }
                    for change in explanation.changes() {
                        writeln!(out, "  change: {change}")?;
                    }
                }
            }
            requests::print_remarks(&requests, out)?;
            let answer = match (is_allowed, is_complete) {
                (false, _) => "the call fails",
                (true, false) => "the call is not decided",
                (true, true) => "the call works",
            };
            writeln!(out, "{answer}")?;
        }
    }
    Ok(match is_allowed && is_complete {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(NOT_ALLOWED),
    })
}

fn with_context(mut request: Request, context: &[(String, String)]) -> Request {
    for (key, value) in context {
        request = request.key(key, [value]);
    }
    request
}

/// Returns the request of the command line, with what the facts say about its action.
fn request(flags: &RequestFlags, catalog: &Catalog) -> Result<Request, Box<dyn Error>> {
    let mut request = match &flags.request {
        Some(file) => {
            let input = Input::read(file)?;
            let request = Request::from_json(&input.text[input.start()..]);
            request.map_err(|error| format!("{}: {error}", input.name))?
        }
        None => {
            let caller: Caller = flags.principal.as_deref().unwrap_or_default().parse()?;
            let action = flags.action.as_deref().unwrap_or_default();
            Request::of(caller, action, &flags.resource)?
        }
    };
    if let Some(text) = &flags.resource_account {
        request = request.in_account(AccountId::parse(text)?);
    }
    request = with_context(request, &flags.context);
    for key in &flags.absent {
        request = request.without(key);
    }
    if flags.partial {
        request = request.partial();
    }
    Ok(request.with_facts(catalog))
}
