//! `cargo xtask regen` from a reference that fails: after each failure everything is as it was, and
//! the person is told where and why.

mod support;

use support::reference::{Live, english, path, reference};
use support::server::{Answer, Ending, Server};

/// The reference with another answer for the English page.
fn english_answers(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Server {
    reference(move |request| (request.path == path("en_us", "orchard")).then(&answer))
}

/// What the message names.
fn url(server: &Server, locale: &str) -> String {
    format!(
        "error: {}{}: found ",
        server.base(),
        path(locale, "orchard")
    )
}

/// A change that a refresh would write, so that a refusal is seen.
fn changed() -> String {
    english().replace("<td>List</td>", "<td>Read</td>")
}

#[test]
fn one_missing_language_stops_the_module_unless_it_may_go_on() {
    let live = Live::refreshed();
    let server = reference(|request| match request.path.as_str() {
        it if it.starts_with("/ja_jp/") => Some(Answer::status(404)),
        it if it == path("en_us", "orchard") => Some(Answer::html(changed())),
        _ => None,
    });
    let words = [
        &url(&server, "ja_jp"),
        "status 404 not found",
        "list_oldorchard.html",
        "expected a page",
        "`--keep-going`",
        "orchard: its snapshot stays",
    ];
    live.refuses(&server, &[], &words);
    let japanese = live.project.read("snapshots/orchard/ja_jp.json");
    let run = live.regen(&server, &["--keep-going"]).ends_with(1);
    // at its end the person reads what changed
    assert!(
        run.stdout
            .contains("access level of `orchard:ListTrees`: List → Read"),
        "{run:?}"
    );
    assert!(run.stdout.contains("failed: orchard ja_jp\n"), "{run:?}");
    assert_eq!(live.project.read("snapshots/orchard/ja_jp.json"), japanese);
    let service = live.project.read("snapshots/orchard/service.json");
    assert!(service.contains("\"Read\""), "{service}");
}

#[test]
fn a_failing_english_page_keeps_its_module_whatever_is_said() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::status(403));
    let words = [&url(&server, "en_us"), "status 403 forbidden"];
    live.refuses(&server, &[], &words);
    live.refuses(&server, &["--keep-going"], &words);
}

#[test]
fn a_stall() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::html(changed()).ending(Ending::Stall));
    let words = [&url(&server, "en_us"), "no answer in time", "after 2 tries"];
    live.refuses(&server, &["--retries", "1"], &words);
    assert_eq!(server.requests_for(&path("en_us", "orchard")).len(), 2);
}

#[test]
fn a_body_that_is_cut_off() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::html(changed()).ending(Ending::Cut));
    let words = [&url(&server, "en_us"), "an answer that broke off"];
    live.refuses(&server, &["--retries", "0"], &words);
    // a page that is whole to HTTP and cut off in itself
    let server = english_answers(|| {
        let page = changed();
        Answer::html(&page[..page.len() / 2])
    });
    let words = [&url(&server, "en_us"), "no `</html>` at the end"];
    live.refuses(&server, &[], &words);
}

#[test]
fn a_wrong_content_type() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::html(changed()).header("Content-Type", "image/png"));
    let words = [
        &url(&server, "en_us"),
        "the content type `image/png`",
        "`text/html`",
    ];
    live.refuses(&server, &[], &words);
}

#[test]
fn text_in_another_encoding() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::html(b"<html>caf\xe9</html>".to_vec()));
    let words = [&url(&server, "en_us"), "not UTF-8 at offset 9"];
    live.refuses(&server, &[], &words);
}

#[test]
fn an_error_page_that_is_served_as_if_all_were_well() {
    let live = Live::refreshed();
    let server = english_answers(|| {
        Answer::html("<!DOCTYPE html><html><head><title>Oh no</title></head><body></body></html>")
    });
    let words = [
        &url(&server, "en_us"),
        "a page with the title `Oh no` and without any section",
    ];
    live.refuses(&server, &[], &words);
    // and it does not stay in the cache
    live.regen(&reference(|_| None), &[]).succeeds();
}

#[test]
fn a_page_that_lost_half_its_actions() {
    let live = Live::refreshed();
    let server = english_answers(|| {
        let page = english();
        let (from, to) = (
            page.find("<tr><td><span").unwrap(),
            page.find("<tr><td rowspan=\"2\"><span"),
        );
        Answer::html(page[..from].to_owned() + &page[to.unwrap()..])
    });
    let words = [
        &url(&server, "en_us"),
        "a page that lost 1 of 2 actions (`ListTrees`)",
        "`--accept-removals`",
    ];
    live.refuses(&server, &[], &words);
    // alone: the translations have the action still
    let alone = ["--accept-removals", "--locale", "en_us"];
    live.regen(&server, &alone).succeeds();
    let service = live.project.read("snapshots/orchard/service.json");
    assert!(!service.contains("ListTrees"), "{service}");
}

#[test]
fn a_redirect_to_another_host() {
    let live = Live::refreshed();
    let elsewhere = reference(|_| None);
    let target = elsewhere.base() + &path("en_us", "orchard");
    let server = english_answers({
        let target = target.clone();
        move || Answer::status(302).header("Location", &target)
    });
    let words = [
        &url(&server, "en_us"),
        "a redirect to `",
        &target,
        "expected one within `",
    ];
    live.refuses(&server, &[], &words);
    assert!(elsewhere.requests().is_empty());
    // nor for ever within one
    let server = english_answers(|| Answer::status(302).header("Location", "list_orchard.html"));
    live.refuses(
        &server,
        &[],
        &[&url(&server, "en_us"), "more than 5 redirects"],
    );
}

#[test]
fn garbage_without_end() {
    const GARBAGE: usize = 200_000_000;
    let live = Live::refreshed();
    let server = english_answers(|| {
        Answer::html(b"garbage ".repeat(1 << 12)).ending(Ending::Repeat(GARBAGE))
    });
    let words = [&url(&server, "en_us"), "more than 8 MiB"];
    live.refuses(&server, &[], &words);
    assert!(
        server.sent() < GARBAGE / 4,
        "{} bytes were taken",
        server.sent()
    );
}

#[test]
fn a_small_answer_that_unpacks_to_garbage_without_end() {
    let live = Live::refreshed();
    let bomb = {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..200 {
            std::io::Write::write_all(&mut gzip, &[b' '; 1_000_000]).unwrap();
        }
        gzip.finish().unwrap()
    };
    let server =
        english_answers(move || Answer::html(bomb.clone()).header("Content-Encoding", "gzip"));
    let words = [&url(&server, "en_us"), "more than 8 MiB"];
    live.refuses(&server, &[], &words);
}

#[test]
fn a_page_that_was_never_translated() {
    let live = Live::refreshed();
    let server = reference(|request| {
        (request.path == path("it_it", "orchard")).then(|| Answer::html(english()))
    });
    let words = [
        &url(&server, "it_it"),
        "a page in `en_us`, expected one in `it_it`",
    ];
    live.refuses(&server, &[], &words);
}

#[test]
fn a_server_that_asks_for_too_much_patience() {
    let live = Live::refreshed();
    let server = english_answers(|| Answer::status(503).header("Retry-After", "86400"));
    let words = [
        &url(&server, "en_us"),
        "status 503 service unavailable, to wait 86400 s",
    ];
    live.refuses(&server, &[], &words);
}

#[test]
fn a_server_that_only_fails_is_not_asked_for_every_page() {
    let live = Live::refreshed();
    let server = Server::start(|_| Answer::status(500));
    let words = [&url(&server, "en_us"), "status 500 internal server error"];
    live.refuses(&server, &["--retries", "0"], &words);
    assert!(server.requests().len() < 11, "{}", server.requests().len());
}

#[test]
fn a_module_without_a_snapshot_is_told_once() {
    let live = Live::new();
    let server = english_answers(|| Answer::status(403));
    let run = live.regen(&server, &["--locale", "en_us"]).ends_with(1);
    let told = url(&server, "en_us") + "status 403 forbidden, expected a page\n";
    assert_eq!(
        run.stderr,
        told + "orchard: it has no snapshot yet, and gets none\n"
    );
}

#[test]
fn addresses_that_nothing_is_fetched_from() {
    let live = Live::refreshed();
    for base in [
        "http://example.com",
        "ftp://127.0.0.1",
        "orchard",
        "file:///tmp",
    ] {
        let before = live.project.files();
        let run = live.project.run(["regen", "--base-url", base]).ends_with(1);
        assert!(
            run.stderr.contains(&format!("found the address `{base}`"))
                && run.stderr.contains("https"),
            "{run:?}"
        );
        assert_eq!(live.project.files(), before);
    }
}

#[test]
fn a_password_in_an_address_is_not_repeated() {
    let live = Live::refreshed();
    let base = "https://gardener:spade@example.com";
    let run = live.project.run(["regen", "--base-url", base]).ends_with(1);
    assert!(
        run.stderr.contains("a user's name or password") && !run.stderr.contains("spade"),
        "{run:?}"
    );
}

#[test]
fn what_fails_in_one_module_leaves_the_others_alone() {
    let live = Live::refreshed();
    live.project.write(
        "snapshots/modules.toml",
        "[grove]\nprefix = \"orchard\"\npages = [\"grove\"]\nlocales = [\"en_us\"]\n[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\nlocales = [\"en_us\", \"de_de\"]\n",
    );
    let page = english().replace("list_orchard", "list_grove");
    live.project.write("pages/en_us/list_grove.html", &page);
    live.project.run(["regen", "--pages", "pages"]).succeeds();
    let before = live.project.read("snapshots/grove/service.json");
    let server = reference(move |request| {
        let orchard = request.path == path("en_us", "orchard");
        orchard.then(|| Answer::html(changed()))
    });
    let run = live.regen(&server, &[]).ends_with(1);
    assert!(
        run.stderr.contains("list_grove.html: found status 404"),
        "{run:?}"
    );
    assert!(run.stdout.contains("failed: grove\n"), "{run:?}");
    assert_eq!(live.project.read("snapshots/grove/service.json"), before);
    assert!(
        live.project
            .read("snapshots/orchard/service.json")
            .contains("\"Read\"")
    );
}
