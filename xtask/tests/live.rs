//! `cargo xtask regen` from a reference that is served on loopback, when all is well.

mod support;

use std::io::Write as _;

use support::Project;
use support::reference::{LOCALES, Live, english, path, reference, translated};
use support::server::{Answer, Server};

#[test]
fn every_language_is_fetched_read_and_held_against_english() {
    let live = Live::new();
    let server = reference(|_| None);
    let run = live.regen(&server, &[]).succeeds();
    assert!(
        run.stdout.contains("pages: 11 fetched, 0 unchanged\n")
            && run.stdout.contains("locales: 10 in step, 0 behind\n"),
        "{run:?}"
    );
    // the same as from saved pages
    let saved = Project::new();
    for locale in &LOCALES[1..] {
        saved.write(
            &format!("pages/{locale}/list_orchard.html"),
            &translated(locale),
        );
    }
    saved.run(["regen", "--pages", "pages"]).succeeds();
    let generated = |project: &Project| {
        let mut files = project.files();
        files.retain(|(path, _)| !path.starts_with(project.path("pages")));
        let root = project.path("");
        let below = |path: &std::path::PathBuf| path.strip_prefix(&root).unwrap().to_owned();
        files
            .iter()
            .map(|(path, text)| (below(path), text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(generated(&live.project), generated(&saved));
    for locale in &LOCALES[1..] {
        let text = live
            .project
            .read(&format!("snapshots/orchard/{locale}.json"));
        assert!(
            text.contains(&format!("\"{locale} naming\": \"List\"")),
            "{text}"
        );
    }
    for request in server.requests() {
        let agent = &request.headers["user-agent"];
        assert!(agent.starts_with("bedrock-iam-xtask/"), "{agent}");
        assert!(request.headers["accept-encoding"].contains("gzip"));
    }
    assert!(server.most_at_once() <= 6, "{}", server.most_at_once());
}

#[test]
fn a_refresh_with_nothing_new_says_so_in_one_line() {
    let live = Live::new();
    let server = reference(|request| {
        if request.path.contains("_de/") || request.path.contains("_es/") {
            // a server that knows only dates, and one that knows no conditions
            return request.path.contains("_de/").then(|| {
                let date = "Mon, 03 Aug 2026 10:00:00 GMT";
                match request.headers.get("if-modified-since") {
                    Some(known) if known == date => Answer::status(304),
                    _ => Answer::html(translated("de_de")).header("Last-Modified", date),
                }
            });
        }
        let tag = format!("\"{}\"", request.path.len());
        match request.headers.get("if-none-match") {
            Some(known) if *known == tag => Some(Answer::status(304)),
            _ => {
                let answer = support::reference::well(request);
                Some(answer.header("ETag", &tag))
            }
        }
    });
    live.regen(&server, &[]).succeeds();
    let (before, sent) = (live.project.files(), server.sent());
    let run = live.regen(&server, &[]).succeeds();
    assert_eq!(
        run.stdout,
        "up to date: 0 fetched, 11 unchanged; 21 files, nothing to write\n"
    );
    assert_eq!(run.stderr, "");
    assert_eq!(live.project.files(), before);
    // only the page without conditions was sent again
    assert_eq!(server.sent() - sent, translated("es_es").len());
    live.regen(&server, &["--check"]).succeeds();
}

#[test]
fn labels_in_doubt_are_told_when_they_come_and_not_again() {
    let live = Live::new();
    let server = reference(|request| match request.path.as_str() {
        it if it == path("en_us", "orchard") => Some(Answer::html(
            english().replace("<td>List</td>", "<td>Read</td>"),
        )),
        // its words are those of the English page as it was
        it if it == path("de_de", "orchard") => Some(Answer::html(
            english().replace("content=\"en_us\"", "content=\"de_de\""),
        )),
        _ => None,
    });
    let run = live.regen(&server, &[]).succeeds();
    assert!(
        run.stderr
            .contains("the access level `List` has no clear majority"),
        "{run:?}"
    );
    let run = live.regen(&server, &[]).succeeds();
    assert_eq!(run.stderr, "");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
}

#[test]
fn compressed_answers_are_read() {
    let live = Live::new();
    let server = reference(|request| {
        let plain = support::reference::well(request);
        if request.path != path("en_us", "orchard") {
            return Some(plain);
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(english().as_bytes()).unwrap();
        Some(
            plain
                .header("Content-Encoding", "gzip")
                .body(gzip.finish().unwrap()),
        )
    });
    live.regen(&server, &[]).succeeds();
    assert_eq!(live.project.files(), {
        let plain = Live::new();
        plain.regen(&reference(|_| None), &[]).succeeds();
        let root = plain.project.path("");
        let moved = |path: &std::path::Path| {
            live.project
                .path(path.strip_prefix(&root).unwrap().to_str().unwrap())
        };
        plain
            .project
            .files()
            .iter()
            .map(|(path, text)| (moved(path), text.clone()))
            .collect::<Vec<_>>()
    });
}

#[test]
fn a_page_that_moved_is_followed_and_told() {
    let live = Live::new();
    let server = reference(|request| {
        if request.path == path("en_us", "orchard") {
            return Some(Answer::status(301).header("Location", "list_grove.html"));
        }
        let grove = english().replace("list_orchard", "list_grove");
        (request.path == path("en_us", "grove")).then(|| Answer::html(grove))
    });
    let run = live.regen(&server, &[]).succeeds();
    assert!(
        run.stderr
            .contains("list_orchard.html: redirected to http://127.0.0.1")
            && run
                .stderr
                .contains("put `grove` first in its `pages` of snapshots/modules.toml"),
        "{run:?}"
    );
    let service = live.project.read("snapshots/orchard/service.json");
    assert!(service.contains("\"page\": \"grove\""), "{service}");
}

#[test]
fn an_older_name_serves_where_the_newer_is_unknown() {
    let live = Live::new();
    let server = reference(|request| {
        let older = |text: String| Answer::html(text.replace("list_orchard", "list_oldorchard"));
        match request.path.as_str() {
            it if it == path("ja_jp", "oldorchard") => Some(older(translated("ja_jp"))),
            it if it == path("ja_jp", "orchard") => Some(Answer::status(404)),
            _ => None,
        }
    });
    let run = live.regen(&server, &[]).succeeds();
    assert!(run.stdout.contains("locales: 10 in step"), "{run:?}");
    assert_eq!(server.requests_for(&path("ja_jp", "orchard")).len(), 1);
}

#[test]
fn a_server_that_is_busy_is_waited_for() {
    let live = Live::new();
    let busy = path("fr_fr", "orchard");
    let server = reference({
        let busy = busy.clone();
        move |request| {
            let answer = Answer::status(429).header("Retry-After", "2");
            (request.path == busy && request.nth == 1).then_some(answer)
        }
    });
    let run = live.regen(&server, &[]).succeeds();
    let asked = server.requests_for(&busy);
    assert_eq!(asked.len(), 2);
    let waited = asked[1].at - asked[0].at;
    assert!(waited.as_secs_f64() >= 2.0, "only {waited:?}");
    assert!(
        run.stderr
            .contains("status 429 too many requests, to wait 2 s"),
        "{run:?}"
    );
}

#[test]
fn a_server_that_fails_in_passing_is_asked_again() {
    let live = Live::new();
    let shaky = path("ko_kr", "orchard");
    let server = reference({
        let shaky = shaky.clone();
        move |request| (request.path == shaky && request.nth <= 2).then(|| Answer::status(503))
    });
    live.regen(&server, &[]).succeeds();
    assert_eq!(server.requests_for(&shaky).len(), 3);
    assert_eq!(server.requests().len(), 13);
}

#[test]
fn markdown_serves_where_the_html_cannot_be_read() {
    let live = Live::new();
    let markdown = path("en_us", "orchard").replace(".html", ".md");
    let server = reference(move |request| {
        if request.path == markdown {
            let page = std::fs::read_to_string(support::markdown_page()).unwrap();
            return Some(Answer::html(page).header("Content-Type", "text/markdown"));
        }
        let unreadable = english().replace("</html>", "");
        (request.path == path("en_us", "orchard")).then(|| Answer::html(unreadable))
    });
    let run = live.regen(&server, &[]).succeeds();
    assert!(run.stderr.contains("no `</html>` at the end"), "{run:?}");
    let source = live.project.read("snapshots/orchard/source.json");
    assert!(source.contains("\"rendition\": \"markdown\""), "{source}");
}

#[test]
fn where_nothing_answers_the_committed_snapshots_serve() {
    let live = Live::refreshed();
    let before = live.project.files();
    let nobody = {
        // a port that was free a moment ago
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let cache = live.cache.path().to_str().unwrap().to_owned();
    let run = live
        .project
        .run([
            "regen",
            "--base-url",
            &nobody,
            "--cache",
            &cache,
            "--retries",
            "1",
        ])
        .succeeds();
    assert!(
        run.stdout.contains(&nobody)
            && run.stdout.contains("no connection")
            && run
                .stdout
                .contains("working from the committed snapshots\n"),
        "{run:?}"
    );
    assert_eq!(live.project.files(), before);
}

#[test]
fn only_some_languages_and_modules_are_asked_for() {
    let live = Live::new();
    let server = reference(|_| None);
    live.regen(&server, &["--locale", "ja_jp"]).succeeds();
    assert_eq!(server.requests().len(), 2);
    live.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\nlocales = [\"en_us\", \"it_it\"]\n",
    );
    let server = Server::start(support::reference::well);
    live.regen(&server, &[]).succeeds();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_damaged_or_outdated_cache_is_fetched_anew() {
    let live = Live::new();
    let tagged = || {
        reference(|request| {
            let answer = support::reference::well(request).header("ETag", "\"same\"");
            let known = request.headers.contains_key("if-none-match");
            Some(if known { Answer::status(304) } else { answer })
        })
    };
    let first = tagged();
    live.regen(&first, &["--locale", "en_us"]).succeeds();
    let entries = || -> Vec<_> {
        walkdir::WalkDir::new(live.cache.path())
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect()
    };
    // what a reader of another day took for a page
    for entry in entries() {
        let text = std::fs::read_to_string(&entry).unwrap();
        std::fs::write(entry, text.replace("</html>", "")).unwrap();
    }
    live.regen(&first, &["--locale", "en_us"]).succeeds();
    assert_eq!(first.requests().len(), 3);
    // half a file
    for entry in entries() {
        let text = std::fs::read_to_string(&entry).unwrap();
        std::fs::write(entry, &text[..text.len() / 2]).unwrap();
    }
    let run = live.regen(&first, &["--locale", "en_us"]).succeeds();
    assert_eq!(first.requests().len(), 4);
    assert!(run.stdout.starts_with("up to date: 1 fetched"), "{run:?}");
}
