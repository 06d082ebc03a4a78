//! A statement compiles on each resource type that its action supports, and on no other.
//!
//! A program has a line for each pair of an action and a resource, of which rustc must report those
//! that the facts do not state. Of each module, a sample is compiled; `EVERY_PAIR=1` compiles all, and
//! prints their numbers with `--nocapture`.

#![cfg(all(feature = "all-modules", feature = "json"))]

use std::collections::BTreeSet;
use std::fs;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use bedrock_iam::{ActionFacts, Service};
use serde_json::Value;

/// A parameter's type and a statement on it, and whether that compiles.
type Pair = (String, bool);

fn module(service: &Service) -> &'static str {
    service.module.expect("a module").name
}

/// Returns the ARN types of a service, with their index in the facts.
fn types(service: &Service) -> impl Iterator<Item = (usize, String)> {
    let types = service.resource_types.iter().enumerate();
    let types = types.filter(|(_, of)| of.arn_format.is_some() && of.removed.is_none());
    let module = module(service);
    types.map(move |(index, of)| (index, format!("Arn<{module}::arn::{}>", of.rust_name)))
}

/// Returns each action of a service on `AnyResource`, on each type of the service, and on a type of
/// another one.
fn pairs(service: &Service) -> Vec<Pair> {
    let others = bedrock_iam::catalog().services().iter();
    let others = others.filter(|it| module(it) != module(service));
    let others: Vec<_> = others.flat_map(|it| types(it)).collect();
    let mut others = others.iter().cycle();
    let actions = service.actions.iter().filter(|it| it.removed.is_none());
    let of_action = |action: &ActionFacts| {
        let supported = action.resources.iter();
        let supported = Vec::from_iter(supported.map(|it| usize::from(it.resource_type)));
        let own = types(service).map(|(index, of)| (of, supported.contains(&index)));
        let other = others.next().map(|(_, of)| (of.clone(), false));
        let any = [("AnyResource".to_owned(), true)];
        let all = any.into_iter().chain(own).chain(other);
        let name = format!("{}::action::{}", module(service), action.rust_name);
        let on = |of| format!("(it: {of}) {{ Statement::allow({name}).on(it); }}");
        Vec::from_iter(all.map(|(of, compiles)| (on(of), compiles)))
    };
    actions.flat_map(of_action).collect()
}

/// Creates a crate with a function on each line.
fn crate_of<'a>(lines: impl Iterator<Item = &'a Pair>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pairs");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"pairs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies.bedrock-iam]\npath = {project:?}\ndefault-features = false\n\
         features = [\"all-modules\"]\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    // the project's versions, so that cargo needs no network
    fs::copy(project.join("../Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let functions = lines
        .enumerate()
        .map(|(at, (line, _))| format!("\nfn f{at}{line}"));
    let program =
        "#![allow(unused)] use bedrock_iam::*;".to_owned() + &functions.collect::<String>();
    fs::write(folder.join("src/lib.rs"), program).expect("a program");
    folder
}

/// Compiles a crate; returns the indices of the functions with errors.
fn refused(folder: &Path) -> BTreeSet<usize> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    let messages = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    let messages = messages.map(|line| serde_json::from_slice::<Value>(line).expect("JSON"));
    let mut lines = BTreeSet::new();
    for message in messages.filter(|it| it["message"]["level"] == "error") {
        let spans = message["message"]["spans"].as_array().expect("spans");
        for span in spans.iter().filter(|it| it["is_primary"] == true) {
            assert_eq!(
                message["message"]["code"]["code"], "E0277",
                "{}",
                message["message"]["rendered"]
            );
            let line = span["line_start"].as_u64().expect("a line");
            lines.insert(usize::try_from(line).expect("a line") - 2);
        }
    }
    assert!(
        !lines.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    lines
}

#[test]
fn statements_compile_on_the_resource_types_of_their_actions_only() {
    let every = std::env::var_os("EVERY_PAIR").is_some();
    let order = BuildHasherDefault::<DefaultHasher>::default();
    let mut all = Vec::new();
    for service in bedrock_iam::catalog().services() {
        let mut pairs = pairs(service);
        if every {
            let (compile, other): (Vec<_>, Vec<_>) = pairs.iter().partition(|it| it.1);
            let (module, compile, other) = (module(service), compile.len(), other.len());
            println!("{module}: {compile} compile, {other} do not");
        } else {
            pairs.sort_by_cached_key(|it| order.hash_one(it));
            pairs.truncate(30);
        }
        all.extend(pairs);
    }
    let refused = refused(&crate_of(all.iter()));
    let wrong = all
        .iter()
        .enumerate()
        .filter(|(at, (_, compiles))| refused.contains(at) == *compiles);
    let wrong: Vec<_> = wrong.map(|(_, pair)| pair).collect();
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        all.len()
    );
}
