//! The facts that a command works with: the modules built in, and those given by `--facts`.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use bedrock_iam::{Catalog, Service};
use serde_json::{Map, Value};

/// A service that a file states.
struct Given {
    service: &'static Service,
    /// Whether it is of a translated page of the reference.
    is_translated: bool,
}

/// The modules built in, with the services of these files and folders: of services of the same page
/// the last one counts.
pub(crate) fn catalog(paths: &[PathBuf]) -> Result<Catalog, Box<dyn Error>> {
    let given = services(paths)?;
    Ok(bedrock_iam::catalog().clone().with_services(given))
}

/// The services of these files and folders, without translations of pages whose English text is
/// known.
pub(crate) fn services(paths: &[PathBuf]) -> Result<Vec<&'static Service>, Box<dyn Error>> {
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
            return Err(format!("{}: no facts of a service in it", path.display()).into());
        }
    }
    let built_in = bedrock_iam::catalog().services().iter();
    let english = all.iter().filter(|given| !given.is_translated);
    let english = english.map(|given| given.service.page);
    let english: HashSet<_> = built_in.map(|it| it.page).chain(english).collect();
    all.retain(|given| !given.is_translated || !english.contains(given.service.page));
    Ok(all.into_iter().map(|given| given.service).collect())
}

/// The `*.json` files in a folder and the folders in it, by path.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let context = |error| format!("{}: {error}", folder.display());
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
    let context = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| context(&error))?;
    let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut objects = serde_json::Deserializer::from_str(json).into_iter::<Value>();
    let mut all = Vec::new();
    loop {
        let start = objects.byte_offset();
        let Some(value) = objects.next() else {
            return Ok(all);
        };
        let value = value.map_err(|error| context(&error))?;
        let members = value.as_object();
        if !is_named && !members.is_some_and(states_facts) {
            continue;
        }
        let locale = members.and_then(|members| members.get("locale")?.as_str());
        let object = &json[start..objects.byte_offset()];
        all.push(Given {
            service: Service::from_json(object).map_err(|error| context(&error))?,
            is_translated: locale.is_some_and(|locale| locale != "en_us"),
        });
    }
}

/// Whether an object has what the facts of a service have in one of their forms.
fn states_facts(members: &Map<String, Value>) -> bool {
    let has = |names: [&str; 2]| names.iter().all(|name| members.contains_key(*name));
    has(["prefix", "actions"]) || has(["Name", "Actions"])
}
