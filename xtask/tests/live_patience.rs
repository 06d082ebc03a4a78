//! `cargo xtask regen` from a server that fails for some pages, or for all: who is asked, and when.

mod support;

use std::time::Duration;

use support::reference::{LOCALES, Live, english, path, reference};
use support::server::{Answer, Server};

#[test]
fn languages_that_fail_take_no_other_module_with_them() {
    let live = Live::refreshed();
    live.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n[walnut]\nprefix = \"orchard\"\npages = [\"walnut\"]\nlocales = [\"en_us\"]\n",
    );
    let walnut = english().replace("list_orchard", "list_walnut");
    let server = reference(move |request| {
        if request.path == path("en_us", "walnut") {
            return Some(Answer::html(walnut.clone()));
        }
        // slow to fail: all else that can be asked for at the same time has come by then
        let fails = LOCALES[1..6]
            .iter()
            .any(|locale| request.path == path(locale, "orchard"));
        fails.then(|| {
            std::thread::sleep(Duration::from_millis(300));
            Answer::status(503)
        })
    });
    let run = live.regen(&server, &["--retries", "0"]).ends_with(1);
    assert!(run.stdout.contains("failed: orchard\n"), "{run:?}");
    assert_eq!(server.requests().len(), 12);
    assert_eq!(run.stderr.matches("error: ").count(), 5, "{run:?}");
    assert!(live.project.path("snapshots/walnut/service.json").exists());
}

#[test]
fn a_page_that_was_not_asked_for_is_said_to_be_so() {
    let live = Live::refreshed();
    let server = Server::start(|_| Answer::status(500));
    let run = live.regen(&server, &["--retries", "0"]).ends_with(1);
    live.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\n[walnut]\nprefix = \"orchard\"\npages = [\"walnut\"]\n",
    );
    assert!(!run.stderr.contains("not asked for"), "{run:?}");
    let run = live.regen(&server, &["--retries", "0"]).ends_with(1);
    let unasked = "list_walnut.html: found no answer: not asked for after too many failures, \
                   the last with status 500 internal server error, expected a page";
    assert!(run.stderr.contains(unasked), "{run:?}");
    assert!(server.requests_for(&path("en_us", "walnut")).is_empty());
}

#[test]
fn who_is_asked_to_wait_again_while_waiting_waits_again() {
    let live = Live::refreshed();
    let server = reference(|request| {
        let busy = |seconds: &str| Some(Answer::status(429).header("Retry-After", seconds));
        match (request.path.as_str(), request.nth) {
            // those that are asked for after it wait for what the next one was told
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
    live.regen(&server, &[]).succeeds();
    let asked = |locale| server.requests_for(&path(locale, "orchard"))[0].at;
    let waited = asked("zh_tw") - asked("it_it");
    assert!(waited >= Duration::from_secs(3), "only {waited:?}");
}

#[test]
fn an_answer_that_is_compressed_in_another_way() {
    let live = Live::refreshed();
    let server = reference(|request| {
        let answer = || Answer::html(vec![0x1b, 0xff, 0x00]).header("Content-Encoding", "br");
        (request.path == path("en_us", "orchard")).then(answer)
    });
    let words = ["list_orchard.html: found the content encoding `br`, expected `gzip` or none"];
    live.refuses(&server, &[], &words);
}
