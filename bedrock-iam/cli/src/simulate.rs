//! `simulate`: decides a request, and underlines the statement that decided.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::calls::{Call, CallRequest, CallRequests};
use bedrock_iam::decide::{Caller, Explanation, Outcome, Policies, Request};
use bedrock_iam::words::{code, visible};
use bedrock_iam::{AccountId, ActionRef, Catalog, Partition};
use serde_json::{Value, json};

use crate::arguments::{self as cli, RequestFlags, Simulate, TextOrJson, report};
use crate::facts;
use crate::input::Input;
use crate::plausible;
use crate::policies::Given;
use crate::requests;

/// Exit status of a request that is denied or undecided.
const NOT_ALLOWED: u8 = 3;

pub(crate) fn run(arguments: &Simulate, out: &mut dyn Write) -> cli::Outcome {
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

/// A request of a call.
struct Asked {
    call: CallRequest,
    request: Request,
    /// The request on an ARN, if AWS states no resource type for the action.
    on_any_arn: Option<Request>,
}

/// A decided request of a call.
struct Decided<'a> {
    call: &'a CallRequest,
    request: &'a Request,
    explanation: Explanation<'a>,
    /// Whether statements on every ARN of the service may allow the request.
    is_uncertain: bool,
}

impl<'a> Decided<'a> {
    fn new(asked: &'a Asked, policies: &'a Policies) -> Self {
        let explanation = policies.decide(&asked.request).explain();
        let is_denied = explanation.decision.outcome() == Outcome::ImplicitlyDenied;
        let mut on_any_arn = asked.on_any_arn.iter();
        Self {
            call: &asked.call,
            request: &asked.request,
            explanation,
            is_uncertain: is_denied && on_any_arn.any(|it| policies.decide(it).is_allowed()),
        }
    }

    fn outcome(&self) -> Outcome {
        match self.is_uncertain {
            true => Outcome::Undecided,
            false => self.explanation.decision.outcome(),
        }
    }

    fn changes(&self) -> Vec<String> {
        let all = self.explanation.changes().into_iter();
        all.map(|it| it.to_string()).collect()
    }
}

/// Decides the requests of calls, and prints them as a table with what fails and how to change it.
fn calls(arguments: &Simulate, out: &mut dyn Write) -> cli::Outcome {
    let flags = &arguments.request;
    let stated = flags.principal.as_deref();
    let stated: Option<Caller> = stated.map(str::parse).transpose()?;
    let mut asked = Vec::new();
    let mut remarks = CallRequests::default();
    for read in requests::of_files(&flags.call)? {
        let caller = caller(&read.call, stated.as_ref())
            .map_err(|error| format!("{}: {error}", read.file))?;
        let requests = |call: &CallRequest| -> Result<Vec<Request>, Box<dyn Error>> {
            let requests = call.to_requests(&caller)?.into_iter();
            Ok(requests
                .map(|it| with_context(it, &flags.context))
                .collect())
        };
        for call in &read.requests.caller {
            for request in requests(call)? {
                let on_any_arn = with_any_arn(&read.call, call, &request);
                let on_any_arn = on_any_arn.as_ref().map(requests).transpose()?;
                asked.push(Asked {
                    call: call.clone(),
                    request,
                    on_any_arn: on_any_arn.and_then(|it| it.into_iter().next()),
                });
            }
        }
        remarks = remarks.and(read.requests);
        if stated.is_none() {
            let caller = code(caller.as_str());
            report(
                "note",
                &format!("no `--principal` is given; decided for {caller}"),
            );
        }
    }
    let Given { policies, .. } = Given::read(&arguments.policies)?;
    let decided: Vec<_> = asked.iter().map(|it| Decided::new(it, &policies)).collect();
    let required = || decided.iter().filter(|it| it.call.required);
    let is_allowed = required().all(|it| it.outcome() == Outcome::Allowed);
    let is_uncertain = required().all(|it| it.is_uncertain || it.outcome() == Outcome::Allowed);
    let is_complete = remarks.missing.is_empty();
    match arguments.format {
        TextOrJson::Json => {
            let list: Vec<Value> = decided
                .iter()
                .map(|it| {
                    json!({
                        "action": it.request.action(),
                        "changes": it.changes(),
                        "decision": it.outcome().as_str(),
                        "principal": it.request.caller().map(Caller::as_str),
                        "required": it.call.required,
                        "resource": it.request.resource(),
                        "when": it.call.when,
                    })
                })
                .collect();
            let mut object = json!({"allowed": is_allowed && is_complete, "missing": remarks.missing, "requests": list});
            if !remarks.unused.is_empty() {
                object["unused"] = json!(remarks.unused);
            }
            writeln!(out, "{object:#}")?;
        }
        TextOrJson::Text => {
            for it in &decided {
                print(it, out)?;
            }
            requests::print_remarks(&remarks, out)?;
            let answer = match (is_allowed, is_uncertain && is_complete) {
                (true, true) => "the call works",
                (true, false) | (false, true) => "the call is not decided",
                (false, false) => "the call fails",
            };
            writeln!(out, "{answer}")?;
        }
    }
    Ok(match is_allowed && is_complete {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(NOT_ALLOWED),
    })
}

/// Prints a decided request, with the reason and changes if it is not allowed.
fn print(decided: &Decided<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let Decided {
        call,
        request,
        explanation,
        is_uncertain,
    } = decided;
    let optional = if call.required { "" } else { " (optional)" };
    let outcome = decided.outcome().as_str().replace('-', " ");
    writeln!(
        out,
        "{outcome}: {}{optional}\n  on {}",
        request.action(),
        request.resource()
    )?;
    if explanation.decision.is_allowed() {
        return Ok(());
    }
    if !call.required {
        return writeln!(out, "  needed only in this case: {}", visible(&call.when));
    }
    if call.when != "always" {
        writeln!(out, "  because of: {}", visible(&call.when))?;
    }
    if *is_uncertain {
        return writeln!(
            out,
            "  AWS states no resource type for the action, and a statement allows it on every ARN of the service; \
             no source states whether the statement applies\n  change: allow it on `*`"
        );
    }
    for line in explanation.to_string().lines().skip(2) {
        writeln!(out, "{line}")?;
    }
    for change in decided.changes() {
        writeln!(out, "  change: {change}")?;
    }
    Ok(())
}

/// Returns the caller of a call: the stated one, or a role of the call's account.
fn caller(call: &Call, stated: Option<&Caller>) -> Result<Caller, Box<dyn Error>> {
    // a call has both, or no requests
    let (Some(region), Some(account)) = (call.region(), call.account()) else {
        return Err("expected a region and an account".into());
    };
    let partition = region.partition().unwrap_or(Partition::Aws).as_str();
    let account = account.as_str();
    let Some(caller) = stated else {
        return Ok(format!("arn:{partition}:iam::{account}:role/caller").parse()?);
    };
    let text = caller.as_str();
    let own = text
        .strip_prefix("arn:")
        .and_then(|it| it.split(':').next());
    if let Some(own) = own.filter(|it| *it != partition) {
        return Err(format!(
            "`region` of the call is {}, in partition {}, and {} is in partition {}; expected a caller of the \
             region's partition",
            code(region.as_str()),
            code(partition),
            code(text),
            code(own)
        )
        .into());
    }
    if let Some(other) = caller.account().filter(|it| *it != account) {
        return Err(format!(
            "`account` of the call is {}, and {} is in account {}; expected the account of the \
             caller; hint: the resources of the call are in its `account` unless their ARNs state another one",
            code(account),
            code(text),
            code(other)
        )
        .into());
    }
    Ok(caller.clone())
}

/// Returns a request on `*` as one on an ARN that only patterns for every ARN match, if AWS states no
/// resource type for its action.
fn with_any_arn(call: &Call, requested: &CallRequest, request: &Request) -> Option<CallRequest> {
    let catalog = bedrock_iam::catalog();
    let rows = catalog.rows(request.action());
    let is_unstated = |row: &ActionRef| catalog.action(*row).1.resources.is_empty();
    if request.resource() != "*" || rows.is_empty() || !rows.iter().all(is_unstated) {
        return None;
    }
    let (region, account) = (call.region()?, call.account()?);
    let partition = region.partition().unwrap_or(Partition::Aws).as_str();
    let (prefix, _) = request.action().split_once(':')?;
    let mut any = requested.clone();
    any.resources = vec![format!("arn:{partition}:{prefix}:{region}:{account}:-")];
    Some(any)
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
