//! The facts that a command uses: those built in, and those given with `--facts`.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bedrock_iam::{Catalog, Service};
use serde_json::{Map, Value};

/// A hint for errors about paths without facts, on a separate line.
const HINT: &str = "\n  hint: `cargo xtask scrape` extracts facts from saved pages, and AWS \
     publishes its service reference as JSON";

/// The facts of a service from a file.
struct Given {
    service: &'static Service,
    file: PathBuf,
    /// Whether the facts are from a translated page of the reference.
    is_translated: bool,
}

impl Given {
    /// Returns whether both are facts of the same page, or of the same prefix if one of them is from
    /// a service reference. Several pages can share a prefix, as those of AWS Marketplace do, but a
    /// service reference has all actions of its prefix.
    fn repeats(&self, other: &Self) -> bool {
        let (one, other) = (self.service, other.service);
        match one.page.is_empty() || other.page.is_empty() {
            true => one.prefix == other.prefix,
            false => one.page == other.page,
        }
    }
}

/// Returns the built-in services and those in these files and folders.
///
/// Given facts replace built-in ones of the same page, which a note reports.
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

/// Returns the services in these files and folders, without translated pages if the facts of the
/// English page are available.
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
                "{}: found no facts; expected those of a service in {place}{HINT}",
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
                "{}: found facts of `{}` that are also in {}; expected them in one file\n  hint: \
                 pass only one of the two files",
                later.file.display(),
                later.service.prefix,
                first.file.display(),
            )
            .into());
        }
    }
    Ok(all)
}

/// Returns the `*.json` files in a folder and its subfolders, sorted by path.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let context = |error| unreadable(folder, &error);
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(context)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(context)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // links to folders are not followed, because they can form a cycle
        if entry.file_type().map_err(context)?.is_dir() {
            files.extend(json_files(&path)?);
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(files)
}

/// Reads the facts in a file, which may contain several objects, as `scrape` prints them.
///
/// Other JSON is skipped, or an error if the file was named on the command line.
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
        // the end of invalid JSON is not known
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
            // parse again, for an error with the line and column in the file
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
        "{}: {error}; expected a file or folder with facts of services{HINT}",
        path.display()
    )
}

/// Returns whether an object has the members of one of the formats of facts.
fn states_facts(members: &Map<String, Value>) -> bool {
    let has = |names: [&str; 2]| names.iter().all(|name| members.contains_key(*name));
    has(["prefix", "actions"]) || has(["Name", "Actions"])
}
