//! `cargo xtask regen` from a reference that fails: no file changes, and the failure is reported with
//! its address and reason.

mod support;

use support::reference::{CachedProject, english, path, reference};
use support::server::{Ending, Response, Server};

/// The reference with another response for the English page.
fn english_page_is(response: impl Fn() -> Response + Send + Sync + 'static) -> Server {
    reference(move |request| (request.path == path("en_us", "orchard")).then(&response))
}

/// The beginning of the message about a page.
fn url(server: &Server, locale: &str) -> String {
    format!(
        "error: {}{}: found ",
        server.base(),
        path(locale, "orchard")
    )
}

/// A changed page, so that a refresh that is not refused changes files.
fn changed() -> String {
    english().replace("<td>List</td>", "<td>Read</td>")
}

#[test]
fn a_missing_language_fails_its_module_without_keep_going() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| match request.path.as_str() {
        it if it.starts_with("/ja_jp/") => Some(Response::status(404)),
        it if it == path("en_us", "orchard") => Some(Response::html(changed())),
        _ => None,
    });
    let words = [
        &url(&server, "ja_jp"),
        "status 404 not found",
        "list_oldorchard.html",
        "expected a page",
        "`--keep-going`",
        "orchard: its snapshot is kept",
    ];
    cached.refuses(&server, &[], &words);
    let japanese = cached.project.read("snapshots/orchard/ja_jp.json");
    let run = cached.regen(&server, &["--keep-going"]).ends_with(1);
    // the changed facts are printed at the end
    assert!(
        run.stdout
            .contains("access level of `orchard:ListTrees`: List → Read"),
        "{run:?}"
    );
    assert!(run.stdout.contains("failed: orchard ja_jp\n"), "{run:?}");
    assert_eq!(
        cached.project.read("snapshots/orchard/ja_jp.json"),
        japanese
    );
    let service = cached.project.read("snapshots/orchard/service.json");
    assert!(service.contains("\"Read\""), "{service}");
}

#[test]
fn a_failed_english_page_fails_its_module_with_and_without_keep_going() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::status(403));
    let words = [&url(&server, "en_us"), "status 403 forbidden"];
    cached.refuses(&server, &[], &words);
    cached.refuses(&server, &["--keep-going"], &words);
}

#[test]
fn a_stalled_response_times_out() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::html(changed()).ending(Ending::Stall));
    let words = [&url(&server, "en_us"), "a timeout", "after 2 tries"];
    cached.refuses(&server, &["--retries", "1"], &words);
    assert_eq!(server.requests_for(&path("en_us", "orchard")).len(), 2);
}

#[test]
fn a_truncated_response_is_refused() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::html(changed()).ending(Ending::Cut));
    let words = [&url(&server, "en_us"), "an incomplete response"];
    cached.refuses(&server, &["--retries", "0"], &words);
    // a complete HTTP response with a truncated page
    let server = english_page_is(|| {
        let page = changed();
        Response::html(&page[..page.len() / 2])
    });
    let words = [&url(&server, "en_us"), "no `</html>` at the end"];
    cached.refuses(&server, &[], &words);
}

#[test]
fn a_wrong_content_type_is_refused() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::html(changed()).header("Content-Type", "image/png"));
    let words = [
        &url(&server, "en_us"),
        "the content type `image/png`",
        "`text/html`",
    ];
    cached.refuses(&server, &[], &words);
}

#[test]
fn text_in_another_encoding_is_refused() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::html(b"<html>caf\xe9</html>".to_vec()));
    let words = [&url(&server, "en_us"), "not UTF-8 at offset 9"];
    cached.refuses(&server, &[], &words);
}

#[test]
fn an_error_page_with_status_200_is_refused() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| {
        Response::html("<!DOCTYPE html><html><head><title>Oh no</title></head><body></body></html>")
    });
    let words = [
        &url(&server, "en_us"),
        "a page with the title `Oh no` and without any section",
    ];
    cached.refuses(&server, &[], &words);
    // the error page is not in the cache
    cached.regen(&reference(|_| None), &[]).succeeds();
}

#[test]
fn redirects_to_another_host_and_redirect_loops_are_refused() {
    let cached = CachedProject::refreshed();
    let elsewhere = reference(|_| None);
    let target = elsewhere.base() + &path("en_us", "orchard");
    let server = english_page_is({
        let target = target.clone();
        move || Response::status(302).header("Location", &target)
    });
    let words = [
        &url(&server, "en_us"),
        "a redirect to `",
        &target,
        "expected a redirect within `",
    ];
    cached.refuses(&server, &[], &words);
    assert!(elsewhere.requests().is_empty());
    // a redirect loop within the host
    let server = english_page_is(|| Response::status(302).header("Location", "list_orchard.html"));
    cached.refuses(
        &server,
        &[],
        &[&url(&server, "en_us"), "more than 5 redirects"],
    );
}

#[test]
fn an_endless_response_is_cut_off() {
    const GARBAGE: usize = 200_000_000;
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| {
        Response::html(b"garbage ".repeat(1 << 12)).ending(Ending::Repeat(GARBAGE))
    });
    let words = [&url(&server, "en_us"), "more than 8 MiB"];
    cached.refuses(&server, &[], &words);
    assert!(
        server.sent() < GARBAGE / 4,
        "{} bytes were received",
        server.sent()
    );
}

#[test]
fn a_decompression_bomb_is_cut_off() {
    let cached = CachedProject::refreshed();
    let bomb = {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..200 {
            std::io::Write::write_all(&mut gzip, &[b' '; 1_000_000]).unwrap();
        }
        gzip.finish().unwrap()
    };
    let server =
        english_page_is(move || Response::html(bomb.clone()).header("Content-Encoding", "gzip"));
    let words = [&url(&server, "en_us"), "more than 8 MiB"];
    cached.refuses(&server, &[], &words);
}

#[test]
fn an_untranslated_page_is_refused() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| {
        (request.path == path("it_it", "orchard")).then(|| Response::html(english()))
    });
    let words = [
        &url(&server, "it_it"),
        "a page in `en_us`, expected one in `it_it`",
    ];
    cached.refuses(&server, &[], &words);
}

#[test]
fn a_retry_after_that_is_too_long_is_a_failure() {
    let cached = CachedProject::refreshed();
    let server = english_page_is(|| Response::status(503).header("Retry-After", "86400"));
    let words = [
        &url(&server, "en_us"),
        "status 503 service unavailable, retry after 86400 s",
    ];
    cached.refuses(&server, &[], &words);
}

#[test]
fn pages_are_skipped_after_too_many_failures() {
    let cached = CachedProject::refreshed();
    let server = Server::start(|_| Response::status(500));
    let words = [&url(&server, "en_us"), "status 500 internal server error"];
    cached.refuses(&server, &["--retries", "0"], &words);
    assert!(server.requests().len() < 11, "{}", server.requests().len());
}

#[test]
fn the_failure_of_a_module_without_a_snapshot_is_reported_once() {
    let cached = CachedProject::new();
    let server = english_page_is(|| Response::status(403));
    let run = cached.regen(&server, &["--locale", "en_us"]).ends_with(1);
    let error = url(&server, "en_us") + "status 403 forbidden, expected a page\n";
    assert_eq!(run.stderr, error + "orchard: no snapshot is written\n");
}

#[test]
fn unsupported_addresses_are_refused() {
    let cached = CachedProject::refreshed();
    for base in [
        "http://example.com",
        "ftp://127.0.0.1",
        "orchard",
        "file:///tmp",
    ] {
        let before = cached.project.files();
        let run = cached
            .project
            .run(["regen", "--base-url", base])
            .ends_with(1);
        assert!(
            run.stderr.contains(&format!("found the address `{base}`"))
                && run.stderr.contains("https"),
            "{run:?}"
        );
        assert_eq!(cached.project.files(), before);
    }
}

#[test]
fn a_password_in_an_address_is_not_printed() {
    let cached = CachedProject::refreshed();
    let base = "https://gardener:spade@example.com";
    let run = cached
        .project
        .run(["regen", "--base-url", base])
        .ends_with(1);
    assert!(
        run.stderr.contains("a user name or password") && !run.stderr.contains("spade"),
        "{run:?}"
    );
}

#[test]
fn the_failure_of_a_module_does_not_affect_the_others() {
    let cached = CachedProject::refreshed();
    cached.project.write(
        "snapshots/modules.toml",
        "[grove]\nprefix = \"orchard\"\npages = [\"grove\"]\nlocales = [\"en_us\"]\n[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\nlocales = [\"en_us\", \"de_de\"]\n",
    );
    let page = english().replace("list_orchard", "list_grove");
    cached.project.write("pages/en_us/list_grove.html", &page);
    cached.project.run(["regen", "--pages", "pages"]).succeeds();
    let before = cached.project.read("snapshots/grove/service.json");
    let server = reference(move |request| {
        let orchard = request.path == path("en_us", "orchard");
        orchard.then(|| Response::html(changed()))
    });
    let run = cached.regen(&server, &[]).ends_with(1);
    assert!(
        run.stderr.contains("list_grove.html: found status 404"),
        "{run:?}"
    );
    assert!(run.stdout.contains("failed: grove\n"), "{run:?}");
    assert_eq!(cached.project.read("snapshots/grove/service.json"), before);
    assert!(
        cached
            .project
            .read("snapshots/orchard/service.json")
            .contains("\"Read\"")
    );
}
