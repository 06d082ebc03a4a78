//! Converted programs have the expected text, compile, and print their documents.

#![cfg(all(feature = "convert", feature = "all-modules"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bedrock_iam::convert::to_rust;
use bedrock_iam::document::Document;
use bedrock_iam::{Catalog, RustModule, Service};
use serde_json::{Value, json};

fn rust(document: &Value) -> String {
    converted(document, bedrock_iam::catalog())
}

fn converted(document: &Value, catalog: &Catalog) -> String {
    let document: Document = serde_json::from_value(document.clone()).expect("a document");
    to_rust(&document, catalog).expect("a program")
}

/// Returns the services of this crate, with one of them as the module `grove` of a crate `shop`.
fn over_two_crates() -> Catalog {
    let services = bedrock_iam::catalog().services().iter();
    Catalog::new(services.map(|service| match service.prefix {
        "bedrock-agentcore" => &*Box::leak(Box::new(Service {
            module: Some(RustModule {
                krate: "shop",
                name: "grove",
                feature: None,
            }),
            ..**service
        })),
        _ => service,
    }))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert")
}

/// Returns the documents in a folder by name.
fn documents(folder: &Path) -> BTreeMap<String, Value> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a document");
            let value = serde_json::from_str(&text).expect("JSON");
            (name.into_owned(), value)
        })
        .collect()
}

/// Returns AWS's managed policies with an action or ARN of Bedrock, if their folder exists.
fn managed() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/policies");
    if !folder.is_dir() {
        // `eprintln!` would be captured by the test harness
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} does not exist\n", folder.display()),
        );
        return BTreeMap::new();
    }
    let mut found = documents(&folder);
    found.retain(|_, policy| policy.to_string().to_ascii_lowercase().contains("bedrock"));
    found
}

/// Makes a document with statements for each resource type of a module, with all actions on it and
/// all keys, and a statement with the actions without resource types.
macro_rules! every_name {
    ($module:ident) => {{
        use bedrock_iam::$module::{Action, ConditionKey, ResourceType};
        let name = |key: &ConditionKey| key.as_str().replace("${TagKey}", "orchard");
        let keys = ConditionKey::ALL.iter().map(|key| (name(key), json!("true")));
        let keys: serde_json::Map<String, Value> = keys.collect();
        let mut statements = Vec::new();
        for of in ResourceType::ALL {
            let Some(format) = of.arn_format() else { continue };
            let mut arn = format
                .replace("${Partition}", "aws")
                .replace("${Region}", "eu-central-1")
                .replace("${Account}", "123456789012");
            while let Some((start, rest)) = arn.split_once("${") {
                let (_, end) = rest.split_once('}').expect("a placeholder");
                arn = format!("{start}apple{end}");
            }
            let actions: Vec<_> = of.actions().iter().map(|action| action.as_str()).collect();
            if actions.len() > 1 {
                statements.push(json!({"Effect": "Allow", "Action": actions, "Resource": arn}));
            }
            for action in actions.iter().take(2) {
                statements.push(json!({
                    "Effect": "Allow", "Action": action, "Resource": arn, "Condition": {"Null": keys}
                }));
            }
        }
        let other = Action::ALL.iter().filter(|action| action.resources().is_empty());
        let other: Vec<_> = other.map(|action| action.as_str()).collect();
        if other.len() > 1 {
            statements.push(json!({
                "Effect": "Deny", "Action": other, "Resource": "*", "Condition": {"Null": keys}
            }));
        }
        json!({"Version": "2012-10-17", "Statement": statements})
    }};
}

/// Returns a document with every global key under several operators.
fn every_key() -> Value {
    let names = bedrock_iam::global::ALL
        .iter()
        .map(|key| key.name.replace("${TagKey}", "a b"));
    let names: Vec<_> = names.collect();
    let operators = [
        ("StringLike", "a*"),
        ("ArnLike", "*"),
        ("Bool", "True"),
        ("NumericLessThan", "2.5"),
        ("DateLessThan", "0"),
        ("IpAddress", "::1"),
        ("BinaryEquals", "Zm9v"),
        ("ForAllValues:StringEquals", "a"),
        ("ForAnyValue:ArnEqualsIfExists", "*"),
        ("Null", "true"),
    ];
    let condition = operators.iter().map(|(operator, value)| {
        let keys = names.iter().map(|name| (name.clone(), json!(value)));
        (
            (*operator).to_owned(),
            keys.collect::<serde_json::Map<_, _>>().into(),
        )
    });
    let condition: serde_json::Map<String, Value> = condition.collect();
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Deny", "Action": "bedrock:CreateAgent", "Resource": "*", "Condition": condition
    }]})
}

#[test]
fn programs_match_their_golden_files() {
    for (name, document) in documents(&folder()) {
        let program = rust(&document);
        let golden = folder().join(format!("{name}.rs.txt"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&golden, &program).expect("a program");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(
            program,
            expected,
            "{name}: UPDATE_EXPECT=1 updates {}",
            golden.display()
        );
    }
}

#[test]
fn programs_print_their_documents() {
    let mut all = documents(&folder());
    all.insert("bedrock".to_owned(), every_name!(bedrock));
    all.insert("agentcore".to_owned(), every_name!(bedrock_agentcore));
    all.insert("mantle".to_owned(), every_name!(bedrock_mantle));
    all.insert("websearch".to_owned(), every_name!(bedrock_websearch));
    all.insert("keys".to_owned(), every_key());
    all.extend(managed());
    let statements = ["agentcore", "mantle"].map(|name| all[name]["Statement"].as_array());
    let statements: Vec<_> = statements.into_iter().flatten().flatten().collect();
    let several = json!({"Version": "2012-10-17", "Statement": statements});
    let mut all: BTreeMap<_, _> = all
        .into_iter()
        .map(|(name, document)| (name, (rust(&document), document)))
        .collect();
    let program = converted(&several, &over_two_crates());
    assert!(program.contains("use shop::grove;"), "{program}");
    all.insert("crates".to_owned(), (program, several));
    let user = user(&all);
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--bins"])
        .current_dir(&user)
        .env("CARGO_TARGET_DIR", user.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for (name, (_, document)) in &all {
        let program = user
            .join("target/debug")
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION);
        let output = Command::new(program).output().expect("a program");
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(printed, *document, "{name}");
    }
}

/// Creates a crate with the programs, and the crate `shop` that it depends on.
fn user(all: &BTreeMap<String, (String, Value)>) -> PathBuf {
    let user = Path::new(env!("CARGO_TARGET_TMPDIR")).join("convert");
    let bin = user.join("src/bin");
    fs::create_dir_all(&bin).expect("a folder");
    for entry in fs::read_dir(&bin).expect("a folder") {
        let path = entry.expect("a program").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if !all.contains_key(name.as_ref()) {
            fs::remove_file(&path).expect("a program of an earlier run");
        }
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"convert-user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lints.rust]\nwarnings = \"deny\"\n\n[profile.dev]\ndebug = false\n\n\
         [dependencies]\nserde_json = \"1\"\n\n[dependencies.bedrock-iam]\npath = {project:?}\n\
         features = [\"all-modules\"]\n\n\
         [dependencies.shop]\npath = \"shop\"\n\n[workspace]\n"
    );
    let shop = user.join("shop");
    fs::create_dir_all(shop.join("src")).expect("a folder");
    write(
        &shop.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"shop\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies.bedrock-iam]\npath = {project:?}\n"
        ),
    );
    write(
        &shop.join("src/lib.rs"),
        "pub use bedrock_iam::bedrock_agentcore as grove;\n",
    );
    write(&user.join("Cargo.toml"), &manifest);
    fs::copy(project.join("../Cargo.lock"), user.join("Cargo.lock")).expect("a lock file");
    for (name, (program, _)) in all {
        write(&bin.join(name).with_extension("rs"), program);
    }
    user
}

/// Writes a file if its text changed, so that cargo does not recompile unchanged files.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|current| current == text) {
        return;
    }
    fs::write(path, text).expect("a file");
}
