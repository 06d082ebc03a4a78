//! `cargo xtask regen` where an address leads to a page of another service or language.

mod support;

use support::reference::{Live, english, path, reference, translated};
use support::server::{Answer, Server};

/// A reference that sends who asks for the page in a language to `target`, which `page` is at.
fn sends(locale: &'static str, target: String, page: String) -> Server {
    reference(move |request| match request.path.as_str() {
        it if it == path(locale, "orchard") => {
            Some(Answer::status(301).header("Location", &target))
        }
        it if it == target => Some(Answer::html(page.clone())),
        _ => None,
    })
}

#[test]
fn a_translation_that_leads_to_another_service() {
    let live = Live::refreshed();
    let page = translated("ja_jp")
        .replace("list_orchard", "list_quarry")
        .replace("orchard", "quarry");
    let server = sends("ja_jp", path("ja_jp", "quarry"), page);
    let words = [
        "list_quarry.html: found the prefix `quarry`, expected that of the module `orchard`, `orchard`",
        "orchard: its snapshot stays",
    ];
    let run = live.refuses(&server, &[], &words);
    // what is no page of ours is none that was fetched
    assert!(
        run.stdout
            .contains("pages: 10 fetched, 0 unchanged, 1 failed\n"),
        "{run:?}"
    );
}

#[test]
fn a_translation_that_leads_to_a_page_that_does_not_say_its_language() {
    let live = Live::refreshed();
    let silent = english().replace("<meta name=\"guide-locale\" content=\"en_us\" />", "");
    assert!(silent != english());
    let server = sends("it_it", path("en_us", "grove"), silent.clone());
    let words = ["list_grove.html: found a page in `en_us`, expected one in `it_it`"];
    live.refuses(&server, &[], &words);
    // within the language it is as good as one that says it
    let server = sends("it_it", path("it_it", "grove"), silent);
    live.regen(&server, &[]).succeeds();
}

#[test]
fn a_page_whose_actions_have_another_prefix() {
    let live = Live::refreshed();
    let server = reference(|request| {
        let page = english()
            .replace("<code>orchard</code>", "<code>quarry</code>")
            .replace("orchard:", "quarry:");
        assert!(page != english());
        (request.path == path("en_us", "orchard")).then(|| Answer::html(page))
    });
    let words = [
        "list_orchard.html: found the prefix `quarry`, expected that of the module `orchard`, `orchard`",
        "`prefix` in snapshots/modules.toml",
    ];
    live.refuses(&server, &["--locale", "en_us"], &words);
}
