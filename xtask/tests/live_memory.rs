//! Memory for pages of the maximum length: only the pages of one module are in memory at a time.

#![cfg(target_os = "linux")]

mod support;

use std::process::{Command, Stdio};

use support::Project;
use support::reference::{LOCALES, english, path, translated};
use support::server::{Response, Server};

/// The limit for the peak memory, in kB.
const MOST: u64 = 200_000;

/// The length of the pages, close to the maximum.
const LONG: usize = 5_000_000;

const MODULES: usize = 4;

#[test]
fn only_the_pages_of_one_module_are_in_memory_at_a_time() {
    let project = Project::new();
    let mut modules = String::new();
    for module in 0..MODULES {
        modules +=
            &format!("[orchard_{module}]\nprefix = \"orchard\"\npages = [\"orchard{module}\"]\n");
    }
    project.write("snapshots/modules.toml", &modules);
    let server = Server::start(|request| {
        for locale in LOCALES {
            for module in 0..MODULES {
                let page = format!("orchard{module}");
                if request.path == path(locale, &page) {
                    let text = match locale {
                        "en_us" => english(),
                        locale => translated(locale),
                    };
                    let text = text.replace("list_orchard", &format!("list_{page}"));
                    let more = "x".repeat(LONG - text.len());
                    return Response::html(
                        text.replace("</body>", &format!("<!--{more}--></body>")),
                    );
                }
            }
        }
        Response::status(404)
    });
    let cache = tempfile::tempdir().expect("a temporary folder");
    let mut run = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args([
            "regen",
            "--base-url",
            &server.base(),
            "--timeout",
            "60",
            "--cache",
        ])
        .arg(cache.path())
        .current_dir(project.path(""))
        .stdout(Stdio::null())
        .spawn()
        .expect("the built command");
    let status = format!("/proc/{}/status", run.id());
    let mut most = 0;
    let ended = loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(peak.unwrap_or(0));
        if let Some(ended) = run.try_wait().expect("a child") {
            break ended;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    assert!(ended.success());
    assert_eq!(server.requests().len(), MODULES * LOCALES.len());
    assert!(most > 0 && most < MOST, "{most} kB");
}
