//! `requests`: prints the authorization requests of an API call.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bedrock_iam::calls::{Call, CallRequest, CallRequests};
use bedrock_iam::words::visible;
use serde_json::{Map, Value, json};

use crate::arguments::{self, Members, Outcome, Requests, TableFormat};
use crate::input::Input;

/// Exit status of a call that lacks members, so that some of its requests are not known.
const INCOMPLETE: u8 = 3;

pub(crate) fn run(arguments: &Requests, out: &mut dyn Write) -> Outcome {
    let requests = read(&arguments.call)?;
    match arguments.format {
        TableFormat::Text => print(&requests, out)?,
        TableFormat::Json => writeln!(out, "{:#}", to_json(&requests))?,
    }
    Ok(match requests.missing.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(INCOMPLETE),
    })
}

/// Returns the requests of calls in files, or of the one that flags describe.
pub(crate) fn read(arguments: &arguments::Call) -> Result<CallRequests, Box<dyn Error>> {
    if arguments.files.is_empty() {
        let call = object(&arguments.members)?.to_string();
        return Ok(Call::from_json(&call)?.requests()?);
    }
    let all = of_files(&arguments.files)?.into_iter();
    Ok(all.fold(CallRequests::default(), |all, it| all.and(it.requests)))
}

/// A call in a file, and its requests.
pub(crate) struct Read {
    pub(crate) file: String,
    pub(crate) call: Call,
    pub(crate) requests: CallRequests,
}

/// Returns the calls in files.
pub(crate) fn of_files(files: &[PathBuf]) -> Result<Vec<Read>, Box<dyn Error>> {
    let read = |file: &PathBuf| {
        let input = Input::read(file)?;
        let call = Call::from_json(&input.text[input.start()..]);
        let read = call.and_then(|call| {
            let requests = call.requests()?;
            Ok((call, requests))
        });
        let (call, requests) = read.map_err(|error| format!("{}: {error}", input.name))?;
        Ok(Read {
            file: input.name,
            call,
            requests,
        })
    };
    files.iter().map(read).collect()
}

/// Returns the JSON object that flags describe.
fn object(members: &Members) -> Result<Value, Box<dyn Error>> {
    let mut object = Map::new();
    for (name, value) in &members.others {
        let is_json = value.starts_with(['[', '{']) || ["true", "false"].contains(&value.as_str());
        let value = match is_json {
            true => serde_json::from_str(value)
                .map_err(|error| format!("`--with {name}=…`: not JSON: {error}"))?,
            false => Value::from(value.as_str()),
        };
        object.insert(name.clone(), value);
    }
    let texts = [
        ("operation", &members.operation),
        ("client", &members.client),
        ("region", &members.region),
        ("account", &members.account),
        ("model", &members.model),
        ("api_key", &members.api_key),
        ("resource", &members.resource),
        ("role", &members.role),
        ("kms_key", &members.kms_key),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            object.insert(name.to_owned(), Value::from(text.as_str()));
        }
    }
    let lists = [
        ("profile_models", &members.profile_models),
        ("router_models", &members.router_models),
    ];
    for (name, list) in lists {
        if let Some(list) = list {
            object.insert(name.to_owned(), models(list)?);
        }
    }
    let objects = [
        (
            "guardrail",
            [
                ("id", &members.guardrail),
                ("version", &members.guardrail_version),
            ],
        ),
        (
            "prompt",
            [("arn", &members.prompt), ("model", &members.prompt_model)],
        ),
        (
            "buckets",
            [
                ("input", &members.input_bucket),
                ("output", &members.output_bucket),
            ],
        ),
    ];
    for (name, parts) in objects {
        let parts = parts.into_iter();
        let parts = parts.filter_map(|(part, text)| Some((part.to_owned(), json!(text.as_ref()?))));
        let parts: Map<_, _> = parts.collect();
        if !parts.is_empty() {
            object.insert(name.to_owned(), Value::from(parts));
        }
    }
    for (name, tags) in [
        ("tags", &members.tags),
        ("resource_tags", &members.resource_tags),
    ] {
        let tags = tags.iter().map(|(key, value)| (key.clone(), json!(value)));
        let tags: Map<_, _> = tags.collect();
        if !tags.is_empty() {
            object.insert(name.to_owned(), Value::from(tags));
        }
    }
    if !members.system_tools.is_empty() {
        object.insert("system_tools".to_owned(), json!(members.system_tools));
    }
    Ok(Value::from(object))
}

/// Returns a list of ARNs, or the JSON of a file.
fn models(list: &str) -> Result<Value, Box<dyn Error>> {
    if list.starts_with("arn:") {
        return Ok(Value::from(
            list.split(',').map(str::trim).collect::<Vec<_>>(),
        ));
    }
    let text = fs::read_to_string(Path::new(list)).map_err(|error| format!("{list}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{list}: {error}").into())
}

fn to_json(requests: &CallRequests) -> Value {
    let list = |requests: &[CallRequest]| -> Value {
        let requests = requests.iter();
        let requests = requests.map(|it| {
            json!({
                "action": it.action,
                "context": it.context,
                "required": it.required,
                "resources": it.resources,
                "when": it.when,
            })
        });
        requests.collect()
    };
    let mut object = json!({
        "caller_requests": list(&requests.caller),
        "service_role_requests": list(&requests.service_role),
    });
    if !requests.missing.is_empty() {
        object["missing"] = json!(requests.missing);
    }
    if !requests.unused.is_empty() {
        object["unused"] = json!(requests.unused);
    }
    object
}

fn print(requests: &CallRequests, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "caller")?;
    print_side(&requests.caller, out)?;
    if !requests.service_role.is_empty() {
        writeln!(out, "\nservice role")?;
        print_side(&requests.service_role, out)?;
    }
    if !requests.missing.is_empty() || !requests.unused.is_empty() {
        writeln!(out)?;
    }
    print_remarks(requests, out)
}

/// Prints the members that a call lacks, and those on which its requests do not depend.
pub(crate) fn print_remarks(requests: &CallRequests, out: &mut dyn Write) -> std::io::Result<()> {
    for missing in &requests.missing {
        writeln!(out, "missing: {}", visible(missing))?;
    }
    for unused in &requests.unused {
        writeln!(out, "unused: {}", visible(unused))?;
    }
    Ok(())
}

/// Prints requests: the action and the case in which it is needed, the resources, the context.
fn print_side(requests: &[CallRequest], out: &mut dyn Write) -> std::io::Result<()> {
    for request in requests {
        let optional = if request.required { "" } else { "optional: " };
        writeln!(out, "  {} ({optional}{})", request.action, request.when)?;
        for arn in &request.resources {
            writeln!(out, "    {}", visible(arn))?;
        }
        for (key, values) in &request.context {
            let entry = format!("{key} = {}", values.join(", "));
            writeln!(out, "      {}", visible(&entry))?;
        }
    }
    Ok(())
}
