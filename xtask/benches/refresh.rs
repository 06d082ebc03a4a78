//! Time and memory of a refresh: 44 pages, 4 modules in 11 languages, from a server on loopback.
//!
//! Run with `cargo bench -p xtask`. The pages have the facts of real pages if `../shared` contains
//! them, else made-up facts; the output states the number of real ones. Times are medians of all runs,
//! the memory is the highest peak.

#[path = "../../codegen/tests/support/mod.rs"]
mod pages;
#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use codegen::markup::{Input, Rendition};
use iam_policy::wire::{Facts, Locale};
use pages::{DICTIONARIES, Form, Layout, Style, sample};
use support::Project;
use support::reference::path;
use support::server::{Response, Server};

const RUNS: usize = 15;

/// The modules, their pages, the folders of real pages in `../shared`, and the number of made-up actions.
const MODULES: [(&str, &str, &str, usize); 4] = [
    ("bedrock", "bedrock", "current", 260),
    (
        "bedrock_agentcore",
        "amazonbedrockagentcore",
        "classic",
        140,
    ),
    ("bedrock_mantle", "bedrock-mantle", "current", 40),
    ("bedrock_websearch", "bedrock-websearch", "current", 3),
];

fn main() {
    let server = server();
    let project = Project::new();
    let mut modules = String::new();
    for (module, page, ..) in MODULES {
        let prefix = module.replace('_', "-");
        modules += &format!("[{module}]\nprefix = \"{prefix}\"\npages = [\"{page}\"]\n");
    }
    project.write("snapshots/modules.toml", &modules);
    let names = MODULES.map(|(module, ..)| module.replace('_', "-"));
    let features: String = names.iter().map(|name| format!("{name} = []\n")).collect();
    project.write_features(&format!("[features]\n{features}all-modules = {names:?}\n"));
    let cache = tempfile::tempdir().expect("a temporary folder");
    let mut rows = BTreeMap::from([
        ("1 all new: fetched, read, written", Vec::new()),
        ("2 all fetched, no fact changed", Vec::new()),
        ("3 all unchanged (304)", Vec::new()),
    ]);
    let mut most = 0;
    for _ in 0..RUNS {
        let _ = fs::remove_dir_all(project.path("bedrock-iam/src"));
        for (module, ..) in MODULES {
            let _ = fs::remove_dir_all(project.path(&format!("snapshots/{module}")));
        }
        for (index, times) in rows.values_mut().enumerate() {
            if index < 2 {
                let _ = fs::remove_dir_all(cache.path());
            }
            let (time, memory) = run(&project, &server, cache.path());
            times.push(time);
            most = most.max(memory);
        }
    }
    for (row, mut times) in rows {
        times.sort();
        println!(
            "{}: {:.0} ms",
            &row[2..],
            times[RUNS / 2].as_secs_f64() * 1e3
        );
    }
    println!("peak memory: {} MB", most / 1000);
}

/// Runs a refresh; returns its time, and its peak memory in kB (0 if that is not available).
fn run(project: &Project, server: &Server, cache: &Path) -> (Duration, usize) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["regen", "--base-url", &server.base(), "--cache"])
        .arg(cache)
        .current_dir(project.path(""))
        .stdout(Stdio::null())
        .spawn()
        .expect("the built command");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        memory = memory.max(peak.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().expect("a child").success());
    (began.elapsed(), memory)
}

/// A server of the pages that supports conditional requests.
fn server() -> Server {
    let mut texts = BTreeMap::new();
    let mut real = 0;
    for (_, page, folder, actions) in MODULES {
        let (facts, is_real) = facts(page, folder, actions);
        real += usize::from(is_real);
        for dictionary in DICTIONARIES {
            let style = Style {
                layout: if folder == "classic" {
                    Layout::Classic
                } else {
                    Layout::Current
                },
                form: Form::Served,
                dictionary,
                translated: dictionary.locale != Locale::EnUs,
                seed: 0,
            };
            let text = pages::render(&facts, &style);
            texts.insert(path(dictionary.locale.as_str(), page), text);
        }
    }
    let bytes: usize = texts.values().map(String::len).sum();
    println!(
        "{} pages, {bytes} bytes, with the facts of {real} real ones",
        texts.len()
    );
    Server::start(move |request| match texts.get(&request.path) {
        Some(text) => {
            let tag = format!("\"{}\"", text.len());
            match request.headers.get("if-none-match") {
                Some(known) if *known == tag => Response::status(304),
                _ => Response::html(text.as_str()).header("ETag", &tag),
            }
        }
        None => Response::status(404),
    })
}

fn facts(page: &str, folder: &str, actions: usize) -> (Facts, bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("../../shared/{folder}/en_us/list_{page}.html"));
    if let Ok(text) = fs::read_to_string(path) {
        let input = Input {
            name: page,
            page,
            rendition: Rendition::Html,
            locale: Locale::EnUs,
            text: &text,
        };
        return (
            codegen::page::read(&input, None)
                .expect("a readable page")
                .facts,
            true,
        );
    }
    let mut facts = sample::plantation(actions);
    page.clone_into(&mut facts.page);
    (facts, false)
}
