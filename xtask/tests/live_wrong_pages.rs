//! `cargo xtask regen` from addresses that lead to a page of another service or language.

mod support;

use support::reference::{CachedProject, english, path, reference, translated};
use support::server::{Response, Server};

/// A reference that redirects from the page in a language to `target`, the address of `page`.
fn redirecting(locale: &'static str, target: String, page: String) -> Server {
    reference(move |request| match request.path.as_str() {
        it if it == path(locale, "orchard") => {
            Some(Response::status(301).header("Location", &target))
        }
        it if it == target => Some(Response::html(page.clone())),
        _ => None,
    })
}

#[test]
fn a_redirect_to_a_page_of_another_service_is_refused() {
    let cached = CachedProject::refreshed();
    let page = translated("ja_jp")
        .replace("list_orchard", "list_quarry")
        .replace("orchard", "quarry");
    let server = redirecting("ja_jp", path("ja_jp", "quarry"), page);
    let words = [
        "list_quarry.html: found the prefix `quarry`, expected the prefix of the module `orchard`, `orchard`",
        "orchard: its snapshot is kept",
    ];
    let run = cached.refuses(&server, &[], &words);
    // it is counted as failed, not as fetched
    assert!(
        run.stdout
            .contains("pages: 10 fetched, 0 unchanged, 1 failed\n"),
        "{run:?}"
    );
}

#[test]
fn a_redirected_page_without_a_language_has_that_of_its_address() {
    let cached = CachedProject::refreshed();
    let unlabeled = english().replace("<meta name=\"guide-locale\" content=\"en_us\" />", "");
    assert!(unlabeled != english());
    let server = redirecting("it_it", path("en_us", "grove"), unlabeled.clone());
    let words = ["list_grove.html: found a page in `en_us`, expected one in `it_it`"];
    cached.refuses(&server, &[], &words);
    // below the path of its language, the page is accepted
    let unlabeled =
        translated("it_it").replace("<meta name=\"guide-locale\" content=\"it_it\" />", "");
    let server = redirecting("it_it", path("it_it", "grove"), unlabeled);
    cached.regen(&server, &[]).succeeds();
}

#[test]
fn a_page_in_another_language_than_it_states_is_refused() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| {
        let page = english()
            .replace("content=\"en_us\"", "content=\"ja_jp\"")
            .replace("lang=\"en-US\"", "lang=\"ja-JP\"");
        (request.path == path("ja_jp", "orchard")).then(|| Response::html(page))
    });
    let words = [
        "/ja_jp/",
        "list_orchard.html: found text in `en_us`, expected text in `ja_jp`, the locale of the page",
        "orchard: its snapshot is kept",
    ];
    cached.refuses(&server, &[], &words);
}

#[test]
fn a_page_with_another_prefix_is_refused() {
    let cached = CachedProject::refreshed();
    let server = reference(|request| {
        let page = english()
            .replace("<code>orchard</code>", "<code>quarry</code>")
            .replace("orchard:", "quarry:");
        assert!(page != english());
        (request.path == path("en_us", "orchard")).then(|| Response::html(page))
    });
    let words = [
        "list_orchard.html: found the prefix `quarry`, expected the prefix of the module `orchard`, `orchard`",
        "`prefix` in snapshots/modules.toml",
    ];
    cached.refuses(&server, &["--locale", "en_us"], &words);
}
