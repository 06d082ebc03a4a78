//! `why`: explains an access-denied message.

use std::error::Error;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use bedrock_iam::decide::{self, Caller, CallerError, Explanation, Layer, Place, Request};
use bedrock_iam::denials::{Cause, Denial};
use bedrock_iam::words::{code, visible, with_article};
use bedrock_iam::{AccessDenied, Catalog, Policy};
use serde_json::{Value, json};

use crate::arguments::{Outcome, Why, WhyFormat};
use crate::facts;
use crate::policies::Given;

pub(crate) fn run(arguments: &Why, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let text = text(&arguments.text)?;
    if text.trim().is_empty() {
        return Err(
            "no text; expected an error message, as an argument or on the standard input".into(),
        );
    }
    let denial = Denial::read(&text);
    let given = match arguments.policies.are_given() {
        true => Some(Given::read(&arguments.policies)?),
        false => None,
    };
    let request = given
        .as_ref()
        .map(|given| match not_at_hand(&denial, given) {
            Some(message) => Err(message),
            None => request(&denial, &catalog),
        });
    let decided = given.as_ref().zip(request.as_ref());
    match arguments.format {
        WhyFormat::Json => {
            let mut object = to_json(&denial, &catalog);
            if let Some((given, request)) = decided {
                match request {
                    Ok(request) => {
                        let explanation = given.policies.decide(request).explain();
                        object["decision"] = serde_json::from_str(&explanation.to_json())?;
                        if let Some(note) = other_layer(&denial, &explanation) {
                            object["note"] = Value::from(note);
                        }
                    }
                    Err(message) => {
                        object["decision"] = Value::Null;
                        object["not_decided"] = Value::from(message.as_str());
                    }
                }
            }
            writeln!(out, "{object:#}")?;
        }
        WhyFormat::Text => {
            print(&denial, &catalog, out)?;
            if let Some((given, request)) = decided {
                writeln!(out, "\nWith the policies at hand:")?;
                match request {
                    Ok(request) => {
                        let explanation = given.policies.decide(request).explain();
                        writeln!(out, "{}", given.shown(&explanation))?;
                        if let Some(note) = other_layer(&denial, &explanation) {
                            writeln!(out, "note: {note}")?;
                        }
                    }
                    Err(message) => writeln!(out, "not decided: {message}")?,
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns why the policies at hand can't show the cause: the layer that the message names is not among
/// them.
fn not_at_hand(denial: &Denial, given: &Given) -> Option<String> {
    let layer = denial.layer()?;
    let is_given = match layer {
        Layer::Identity => given
            .policies
            .document(Place::new(layer, 0, 0, 0))
            .is_some(),
        _ => given.policies.has(layer),
    };
    let flag = layer_flag(layer)?;
    (!is_given).then(|| {
        format!(
            "the message names {}, and the policies at hand include none; hint: `{flag}` takes it",
            with_article(layer.policy_name())
        )
    })
}

/// Returns a note if the message names a layer that does not deny the request in the policies at hand.
fn other_layer(denial: &Denial, explanation: &Explanation<'_>) -> Option<String> {
    let layer = denial.layer()?;
    let decision = &explanation.decision;
    let denies = match decision.outcome() {
        decide::Outcome::ExplicitlyDenied => {
            decision.deciding_statement().map(|it| it.layer) == Some(layer)
        }
        decide::Outcome::ImplicitlyDenied => explanation.lacking.iter().any(|(it, _)| *it == layer),
        decide::Outcome::Allowed => false,
        _ => return None,
    };
    (!denies).then(|| {
        format!(
            "the message names {}, but those at hand do not deny the request: the policy in force is another one, or the request has other condition keys",
            with_article(layer.policy_name())
        )
    })
}

/// Returns the flag that takes the policies of a layer.
const fn layer_flag(layer: Layer) -> Option<&'static str> {
    Some(match layer {
        Layer::Identity => "--identity",
        Layer::Resource => "--resource-policy",
        Layer::Boundary => "--boundary",
        Layer::Session => "--session",
        Layer::ServiceControl => "--scp",
        Layer::ResourceControl => "--rcp",
        Layer::VpcEndpoint => "--vpc-endpoint",
        _ => return None,
    })
}

/// Returns the request that a message states. Its context is not known, apart from what follows from the
/// caller; the error says what the message lacks.
fn request(denial: &Denial, catalog: &Catalog) -> Result<Request, String> {
    let lacks = |part: &str| {
        format!(
            "the message does not state the {part}; hint: `bedrock-iam simulate` takes it as a flag"
        )
    };
    let principal = denial.principal().ok_or_else(|| lacks("caller"))?;
    let action = denial.action().ok_or_else(|| lacks("action"))?;
    let caller: Caller = principal
        .parse()
        .map_err(|error: CallerError| error.to_string())?;
    let resource = denial.resource().unwrap_or("*");
    let request = Request::of(caller, action, resource).map_err(|error| error.to_string())?;
    Ok(request.partial().with_facts(catalog))
}

/// Returns the message. Bytes that are not UTF-8 are replaced, because a log can have some.
fn text(words: &[String]) -> Result<String, Box<dyn Error>> {
    if words.is_empty() || words == ["-"] {
        let mut bytes = Vec::new();
        // one more, so that the rest is reported as not read
        let most = AccessDenied::MOST_BYTES as u64 + 1;
        let mut input = io::stdin().lock().take(most);
        input
            .read_to_end(&mut bytes)
            .map_err(|error| format!("standard input: {error}"))?;
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(words.join(" "))
}

fn to_json(denial: &Denial, catalog: &Catalog) -> Value {
    let causes = denial.causes(catalog);
    let fix = |cause: &Cause| {
        json!({
            "cause": cause.code,
            "change": &*visible(&cause.fix.text),
            "layer": cause.fix.layer.map(|it| it.as_str()),
            "statements": cause.fix.policy.as_ref().map(statements),
        })
    };
    let cause = |cause: &Cause| {
        json!({
            "cause": &*visible(&cause.text),
            "code": cause.code,
            "sign": &*visible(&cause.sign),
        })
    };
    json!({
        "principal": denial.principal(),
        "action": denial.action(),
        "resource": denial.resource(),
        "layer": denial.layer().map_or("unknown", |it| it.as_str()),
        "kind": denial.kind().map_or("unknown", |it| it.as_str()),
        "policy_arn": denial.policy_arn(),
        "is_iam": denial.is_iam(),
        "causes": causes.iter().map(cause).collect::<Vec<_>>(),
        "fixes": causes.iter().map(fix).collect::<Vec<_>>(),
        "unknowns": denial.unknowns(),
    })
}

/// Returns the statements of a policy as JSON.
fn statements(policy: &Policy) -> Value {
    let document = serde_json::to_value(policy).unwrap_or_default();
    document.get("Statement").cloned().unwrap_or_default()
}

fn print(denial: &Denial, catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
    let denied_by = match (denial.layer(), denial.kind()) {
        (None, None) => None,
        (layer, kind) => {
            let layer = layer.map_or("unknown layer", |it| it.policy_name());
            Some(match kind {
                Some(kind) => format!("{layer} ({kind})"),
                None => layer.to_owned(),
            })
        }
    };
    let rows = [
        ("principal", denial.principal()),
        ("action", denial.action()),
        ("resource", denial.resource()),
        ("denied by", denied_by.as_deref()),
        ("policy", denial.policy_arn()),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            // Markdown would make a link or a tag of it
            let value = match value.contains("://") || value.contains(['<', '[']) {
                true => code(value),
                false => visible(value).into_owned(),
            };
            writeln!(out, "{name:9}  {value}")?;
        }
    }
    if denial.is_iam() == Some(false) {
        writeln!(out, "not a matter of IAM: no policy denied the request")?;
    }
    let causes = denial.causes(catalog);
    if causes.is_empty() {
        writeln!(
            out,
            "not recognized as an error of AWS; hint: paste the whole message, from \"User:\" on"
        )?;
    }
    let mut printed: Vec<(usize, &Policy)> = Vec::new();
    for (at, cause) in causes.iter().enumerate() {
        let number = at + 1;
        writeln!(out)?;
        paragraph(out, &format!("{number}. {} [{}]", cause.text, cause.code))?;
        paragraph(out, &format!("   sign: {}", cause.sign))?;
        paragraph(out, &format!("   change: {}", cause.fix.text))?;
        let Some(policy) = &cause.fix.policy else {
            continue;
        };
        if let Some((same, _)) = printed.iter().find(|it| it.1 == policy) {
            writeln!(out, "   the same as under {same}")?;
            continue;
        }
        for line in statement_lines(&policy.to_json_pretty()) {
            // the same text in JSON, but not a link in Markdown
            let line = line.replace("://", ":\\/\\/");
            writeln!(out, "   {}", visible(&line))?;
        }
        printed.push((number, policy));
    }
    let unknowns = denial.unknowns();
    if !unknowns.is_empty() {
        writeln!(out, "\nThe message does not show:")?;
        for unknown in unknowns {
            paragraph(out, &format!("- {unknown}"))?;
        }
    }
    Ok(())
}

/// Prints a text, broken between words; further lines are indented.
fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    const WIDTH: usize = 100;
    let text = visible(text);
    let mut line = text[..text.len() - text.trim_start().len()].to_owned();
    for word in text.split_whitespace() {
        let is_full = line.chars().count() + word.chars().count() >= WIDTH;
        if is_full && !line.trim().is_empty() {
            writeln!(out, "{}", line.trim_end())?;
            "     ".clone_into(&mut line);
        }
        line.push_str(word);
        line.push(' ');
    }
    writeln!(out, "{}", line.trim_end())
}

/// Returns the lines of the statements in an indented document, without the indent of its list.
fn statement_lines(document: &str) -> impl Iterator<Item = &str> {
    let lines = document
        .lines()
        .skip_while(|line| !line.ends_with("\"Statement\": ["));
    let lines = lines.skip(1).take_while(|line| *line != "  ]");
    lines.map(|line| line.strip_prefix("    ").unwrap_or(line))
}
