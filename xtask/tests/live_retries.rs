//! `cargo xtask regen` from a server that fails for some or all pages: which requests it makes, and when.

mod support;

use std::time::Duration;

use support::reference::{CachedProject, LOCALES, english, path, reference};
use support::server::{Response, Server};

#[test]
fn failed_languages_do_not_affect_other_modules() {
    let cached = CachedProject::refreshed();
    cached.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n[walnut]\nprefix = \"orchard\"\npages = [\"walnut\"]\nlocales = [\"en_us\"]\n",
    );
    let walnut = english().replace("list_orchard", "list_walnut");
    let server = reference(move |request| {
        if request.path == path("en_us", "walnut") {
            return Some(Response::html(walnut.clone()));
        }
        // fails late, when all other concurrent requests are complete
        let fails = LOCALES[1..6]
            .iter()
            .any(|locale| request.path == path(locale, "orchard"));
        fails.then(|| {
            std::thread::sleep(Duration::from_millis(300));
            Response::status(503)
        })
    });
    let run = cached.regen(&server, &["--retries", "0"]).ends_with(1);
    assert!(run.stdout.contains("failed: orchard\n"), "{run:?}");
    assert_eq!(server.requests().len(), 12);
    assert_eq!(run.stderr.matches("error: ").count(), 5, "{run:?}");
    assert!(
        cached
            .project
            .path("snapshots/walnut/service.json")
            .exists()
    );
}

#[test]
fn skipped_pages_are_reported_as_not_requested() {
    let cached = CachedProject::refreshed();
    let server = Server::start(|_| Response::status(500));
    let run = cached.regen(&server, &["--retries", "0"]).ends_with(1);
    cached.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n[walnut]\nprefix = \"orchard\"\npages = [\"walnut\"]\n",
    );
    assert!(!run.stderr.contains("not requested"), "{run:?}");
    let run = cached.regen(&server, &["--retries", "0"]).ends_with(1);
    let skipped = "list_walnut.html: found no response: not requested after too many failures, \
                   the last with status 500 internal server error, expected a page";
    assert!(run.stderr.contains(skipped), "{run:?}");
    assert!(server.requests_for(&path("en_us", "walnut")).is_empty());
}

#[test]
fn a_second_retry_after_extends_the_wait_of_all_requests() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| {
        let busy = |seconds: &str| Some(Response::status(429).header("Retry-After", seconds));
        match (request.path.as_str(), request.nth) {
            // slow, so that later requests are made after the first `Retry-After` was received
            (it, 1) if it == path("en_us", "orchard") => {
                std::thread::sleep(Duration::from_millis(100));
                None
            }
            (it, 1) if it == path("id_id", "orchard") => busy("1"),
            (it, 1) if it == path("it_it", "orchard") => {
                std::thread::sleep(Duration::from_millis(400));
                busy("3")
            }
            _ => None,
        }
    });
    cached.regen(&server, &[]).succeeds();
    let requested = |locale| server.requests_for(&path(locale, "orchard"))[0].at;
    let waited = requested("zh_tw") - requested("it_it");
    assert!(waited >= Duration::from_secs(3), "only {waited:?}");
}

#[test]
fn another_content_encoding_is_refused() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| {
        let response = || Response::html(vec![0x1b, 0xff, 0x00]).header("Content-Encoding", "br");
        (request.path == path("en_us", "orchard")).then(response)
    });
    let words =
        ["list_orchard.html: found the content encoding `br`, expected `gzip` or no encoding"];
    cached.refuses(&server, &[], &words);
}
