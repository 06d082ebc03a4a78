//! The facts that a command works with: the modules built in, and those given by `--facts`.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bedrock_iam::{Catalog, Service};
use serde_json::{Map, Value};

/// What to do about a path without facts, in a line of its own.
const HINT: &str = "\n  hint: `cargo xtask scrape` makes facts of saved pages, and AWS publishes \
     its service reference as JSON";

/// A service that a file states.
struct Given {
    service: &'static Service,
    file: PathBuf,
    /// Whether it is of a translated page of the reference.
    is_translated: bool,
}

impl Given {
    /// Whether it states what the other one does: several pages share a prefix, as those of AWS
    /// Marketplace, but a service reference has all actions with its prefix.
    fn repeats(&self, other: &Self) -> bool {
        let (one, other) = (self.service, other.service);
        match one.page.is_empty() || other.page.is_empty() {
            true => one.prefix == other.prefix,
            false => one.page == other.page,
        }
    }
}

/// The modules built in, with the services of these files and folders: a service of the same page
/// takes the place of the one built in, which is reported.
pub(crate) fn catalog(paths: &[PathBuf]) -> Result<Catalog, Box<dyn Error>> {
    let given = given(paths)?;
    let built_in = bedrock_iam::catalog();
    for it in &given {
        if is_of_built_in(it.service) {
            let _ = writeln!(
                anstream::stderr(),
                "note: facts of `{}` from `{}` replace the built-in ones",
                it.service.prefix,
                it.file.display()
            );
        }
    }
    let given = given.into_iter().map(|given| given.service);
    Ok(built_in.clone().with_services(given))
}

fn is_of_built_in(service: &Service) -> bool {
    let mut built_in = bedrock_iam::catalog().services().iter();
    built_in.any(|it| it.page == service.page)
}

/// The services of these files and folders, without translations of pages whose English text is
/// known.
pub(crate) fn services(paths: &[PathBuf]) -> Result<Vec<&'static Service>, Box<dyn Error>> {
    let given = given(paths)?.into_iter();
    Ok(given.map(|given| given.service).collect())
}

fn given(paths: &[PathBuf]) -> Result<Vec<Given>, Box<dyn Error>> {
    let mut all: Vec<Given> = Vec::new();
    for path in paths {
        let before = all.len();
        if path.is_dir() {
            for file in json_files(path)? {
                // a folder of snapshots has other files as well
                all.extend(read(&file, false)?);
            }
        } else {
            all.extend(read(path, true)?);
        }
        if all.len() == before {
            let place = if path.is_dir() {
                "`*.json` files in it"
            } else {
                "it"
            };
            return Err(format!(
                "{}: found no facts, expected those of a service in {place}{HINT}",
                path.display()
            )
            .into());
        }
    }
    let english = all.iter().filter(|given| !given.is_translated);
    let english: HashSet<_> = english.map(|given| given.service.page).collect();
    all.retain(|given| {
        let page = given.service.page;
        !given.is_translated || !english.contains(page) && !is_of_built_in(given.service)
    });
    for (at, later) in all.iter().enumerate() {
        if let Some(first) = all[..at].iter().find(|first| later.repeats(first)) {
            return Err(format!(
                "{}: found facts of `{}`, expected them in one file: they are also in {}\n  hint: \
                 give one of the two",
                later.file.display(),
                later.service.prefix,
                first.file.display()
            )
            .into());
        }
    }
    Ok(all)
}

/// The `*.json` files in a folder and the folders in it, by path.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let context = |error| unreadable(folder, &error);
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(context)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(context)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // a link to a folder isn't followed: it may lead back
        if entry.file_type().map_err(context)?.is_dir() {
            files.extend(json_files(&path)?);
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(files)
}

/// Reads the facts in a file, one object after another, as `scrape` prints them; other JSON is left
/// out unless facts have to be in it.
fn read(path: &Path, is_named: bool) -> Result<Vec<Given>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut objects = serde_json::Deserializer::from_str(json).into_iter::<Value>();
    let mut all = Vec::new();
    loop {
        let start = objects.byte_offset();
        let Some(value) = objects.next() else {
            return Ok(all);
        };
        // where it ends is not known of what is not JSON
        let end = match &value {
            Ok(_) => objects.byte_offset(),
            Err(_) => json.len(),
        };
        let members = value.as_ref().ok().and_then(Value::as_object);
        if !is_named && value.is_ok() && !members.is_some_and(states_facts) {
            continue;
        }
        let locale = members.and_then(|members| members.get("locale")?.as_str());
        let service = Service::from_json(&json[start..end]).or_else(|_| {
            // once more, with lines and columns of the file
            let blank = |c: char| if c == '\n' { c } else { ' ' };
            let before: String = json[..start].chars().map(blank).collect();
            Service::from_json(&(before + &json[start..end]))
        });
        all.push(Given {
            service: service.map_err(|error| format!("{}: {error}{HINT}", path.display()))?,
            file: path.to_owned(),
            is_translated: locale.is_some_and(|locale| locale != "en_us"),
        });
    }
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!(
        "{}: {error}, expected a file or folder with facts of services{HINT}",
        path.display()
    )
}

/// Whether an object has what the facts of a service have in one of their forms.
fn states_facts(members: &Map<String, Value>) -> bool {
    let has = |names: [&str; 2]| names.iter().all(|name| members.contains_key(*name));
    has(["prefix", "actions"]) || has(["Name", "Actions"])
}
