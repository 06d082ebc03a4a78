//! `cargo xtask regen` from a reference on loopback that works.

mod support;

use std::io::Write as _;

use support::Project;
use support::reference::{CachedProject, LOCALES, english, path, reference, translated};
use support::server::{Response, Server};

#[test]
fn all_languages_are_fetched_and_compared_with_english() {
    let cached = CachedProject::new();
    let server = reference(|_| None);
    let run = cached.regen(&server, &[]).succeeds();
    assert!(
        run.stdout.contains("pages: 11 fetched, 0 unchanged\n")
            && run.stdout.contains("locales: 10 up to date, 0 behind\n"),
        "{run:?}"
    );
    // the result is the same as from saved pages
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
    assert_eq!(generated(&cached.project), generated(&saved));
    for locale in &LOCALES[1..] {
        let text = cached
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
fn a_refresh_without_changes_prints_one_line() {
    let cached = CachedProject::new();
    let server = reference(|request| {
        if request.path.contains("_de/") || request.path.contains("_es/") {
            // a server that supports only `If-Modified-Since`, and one without conditional requests
            return request.path.contains("_de/").then(|| {
                let date = "Mon, 03 Aug 2026 10:00:00 GMT";
                match request.headers.get("if-modified-since") {
                    Some(known) if known == date => Response::status(304),
                    _ => Response::html(translated("de_de")).header("Last-Modified", date),
                }
            });
        }
        let tag = format!("\"{}\"", request.path.len());
        match request.headers.get("if-none-match") {
            Some(known) if *known == tag => Some(Response::status(304)),
            _ => {
                let response = support::reference::default_response(request);
                Some(response.header("ETag", &tag))
            }
        }
    });
    cached.regen(&server, &[]).succeeds();
    let (before, sent) = (cached.project.files(), server.sent());
    let run = cached.regen(&server, &[]).succeeds();
    assert_eq!(
        run.stdout,
        "up to date: 0 fetched, 11 unchanged; 23 files, no changes\n"
    );
    assert_eq!(run.stderr, "");
    assert_eq!(cached.project.files(), before);
    // only the page of the server without conditional requests was sent again
    assert_eq!(server.sent() - sent, translated("es_es").len());
    cached.regen(&server, &["--check"]).succeeds();
}

#[test]
fn doubtful_labels_are_reported_only_when_first_read() {
    let cached = CachedProject::new();
    let server = reference(|request| match request.path.as_str() {
        it if it == path("en_us", "orchard") => Some(Response::html(
            english().replace("<td>List</td>", "<td>Read</td>"),
        )),
        // its labels are those of the original English page
        it if it == path("de_de", "orchard") => Some(Response::html(
            english()
                .replace("content=\"en_us\"", "content=\"de_de\"")
                .replace("<th>Description</th>", "<th>Beschreibung</th>"),
        )),
        _ => None,
    });
    let run = cached.regen(&server, &[]).succeeds();
    assert!(
        run.stderr
            .contains("the votes for the access level `List` have no clear majority"),
        "{run:?}"
    );
    let run = cached.regen(&server, &[]).succeeds();
    assert_eq!(run.stderr, "");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
}

#[test]
fn compressed_responses_are_read() {
    let cached = CachedProject::new();
    let server = reference(|request| {
        let plain = support::reference::default_response(request);
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
    cached.regen(&server, &[]).succeeds();
    assert_eq!(cached.project.files(), {
        let plain = CachedProject::new();
        plain.regen(&reference(|_| None), &[]).succeeds();
        let root = plain.project.path("");
        let moved = |path: &std::path::Path| {
            cached
                .project
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
fn redirects_to_a_new_page_name_are_followed_and_reported() {
    let cached = CachedProject::new();
    let server = reference(|request| {
        if request.path == path("en_us", "orchard") {
            return Some(Response::status(301).header("Location", "list_grove.html"));
        }
        let grove = english().replace("list_orchard", "list_grove");
        (request.path == path("en_us", "grove")).then(|| Response::html(grove))
    });
    let run = cached.regen(&server, &[]).succeeds();
    assert!(
        run.stderr
            .contains("list_orchard.html: redirected to http://127.0.0.1")
            && run
                .stderr
                .contains("put `grove` first in its `pages` in snapshots/modules.toml"),
        "{run:?}"
    );
    let service = cached.project.read("snapshots/orchard/service.json");
    assert!(service.contains("\"page\": \"grove\""), "{service}");
}

#[test]
fn an_older_page_name_is_tried_if_the_newer_one_is_not_found() {
    let cached = CachedProject::new();
    let server = reference(|request| {
        let older = |text: String| Response::html(text.replace("list_orchard", "list_oldorchard"));
        match request.path.as_str() {
            it if it == path("ja_jp", "oldorchard") => Some(older(translated("ja_jp"))),
            it if it == path("ja_jp", "orchard") => Some(Response::status(404)),
            _ => None,
        }
    });
    let run = cached.regen(&server, &[]).succeeds();
    assert!(run.stdout.contains("locales: 10 up to date"), "{run:?}");
    assert_eq!(server.requests_for(&path("ja_jp", "orchard")).len(), 1);
}

#[test]
fn retry_after_is_respected() {
    let cached = CachedProject::new();
    let busy = path("fr_fr", "orchard");
    let server = reference({
        let busy = busy.clone();
        move |request| {
            let response = Response::status(429).header("Retry-After", "2");
            (request.path == busy && request.nth == 1).then_some(response)
        }
    });
    let run = cached.regen(&server, &[]).succeeds();
    let asked = server.requests_for(&busy);
    assert_eq!(asked.len(), 2);
    let waited = asked[1].at - asked[0].at;
    assert!(waited.as_secs_f64() >= 2.0, "only {waited:?}");
    assert!(
        run.stderr
            .contains("status 429 too many requests, retry after 2 s"),
        "{run:?}"
    );
}

#[test]
fn transient_failures_are_retried() {
    let cached = CachedProject::new();
    let shaky = path("ko_kr", "orchard");
    let server = reference({
        let shaky = shaky.clone();
        move |request| (request.path == shaky && request.nth <= 2).then(|| Response::status(503))
    });
    cached.regen(&server, &[]).succeeds();
    assert_eq!(server.requests_for(&shaky).len(), 3);
    assert_eq!(server.requests().len(), 13);
}

#[test]
fn markdown_is_fetched_if_the_html_is_unreadable() {
    let cached = CachedProject::new();
    let markdown = path("en_us", "orchard").replace(".html", ".md");
    let server = reference(move |request| {
        if request.path == markdown {
            let page = std::fs::read_to_string(support::markdown_page()).unwrap();
            return Some(Response::html(page).header("Content-Type", "text/markdown"));
        }
        let unreadable = english().replace("</html>", "");
        (request.path == path("en_us", "orchard")).then(|| Response::html(unreadable))
    });
    let run = cached.regen(&server, &[]).succeeds();
    assert!(run.stderr.contains("no `</html>` at the end"), "{run:?}");
    let source = cached.project.read("snapshots/orchard/source.json");
    assert!(source.contains("\"rendition\": \"markdown\""), "{source}");
}

#[test]
fn only_selected_and_configured_languages_are_requested() {
    let cached = CachedProject::new();
    let server = reference(|_| None);
    cached.regen(&server, &["--locale", "ja_jp"]).succeeds();
    assert_eq!(server.requests().len(), 2);
    cached.project.write(
        "snapshots/modules.toml",
        "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\"]\nlocales = [\"en_us\", \"it_it\"]\n",
    );
    let server = Server::start(support::reference::default_response);
    cached.regen(&server, &[]).succeeds();
    assert_eq!(server.requests().len(), 2);
}

/// The reference, which responds to all conditional requests that the cached page is current.
fn unchanging() -> Server {
    reference(|request| {
        let response = support::reference::default_response(request).header("ETag", "\"same\"");
        let conditional = request.headers.contains_key("if-none-match");
        Some(if conditional {
            Response::status(304)
        } else {
            response
        })
    })
}

/// Edits the files of the cache.
fn edit_cache(cached: &CachedProject, edit: impl Fn(&str) -> String) {
    let entries = walkdir::WalkDir::new(cached.cache.path()).into_iter();
    let files = entries
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    let mut edited = 0;
    for file in files {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let new = edit(&text);
        assert!(new != text);
        std::fs::write(file.path(), new).unwrap();
        edited += 1;
    }
    assert!(edited > 0);
}

#[test]
fn damaged_edited_or_unreadable_cached_pages_are_fetched_again() {
    let cached = CachedProject::new();
    let server = unchanging();
    cached.regen(&server, &["--locale", "en_us"]).succeeds();
    let before = cached.project.files();
    let truncated = |text: &str| text[..text.len() / 2].to_owned();
    let other_fact = |text: &str| text.replace("<td>List</td>", "<td>Read</td>");
    let other_tag = |text: &str| text.replace("same", "other");
    let edits: [&dyn Fn(&str) -> String; 3] = [&truncated, &other_fact, &other_tag];
    for edit in edits {
        edit_cache(&cached, edit);
        let requests = server.requests().len();
        let run = cached.regen(&server, &["--locale", "en_us"]).succeeds();
        assert!(run.stdout.starts_with("up to date: 1 fetched"), "{run:?}");
        assert_eq!(cached.project.files(), before);
        let new = server.requests().split_off(requests);
        assert_eq!(new.len(), 1);
        assert!(!new[0].headers.contains_key("if-none-match"), "{new:?}");
    }
    // a text that an earlier version may have accepted as a page, with its checksum
    edit_cache(&cached, |text| {
        let mut entry: serde_json::Value = serde_json::from_str(text).unwrap();
        let page = entry["text"].as_str().unwrap().replace("</html>", "");
        let fields = entry.as_object_mut().unwrap();
        fields.insert("text".to_owned(), page.into());
        let summed = ["asked", "url", "etag", "last_modified", "text"];
        let summed = summed.map(|field| fields[field].as_str().unwrap_or_default());
        let summed = summed.map(|field| format!("{field}\0")).concat();
        let digest = ring::digest::digest(&ring::digest::SHA256, summed.as_bytes());
        let digits = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
        fields.insert("checksum".to_owned(), digits.collect::<String>().into());
        entry.to_string()
    });
    let requests = server.requests().len();
    cached.regen(&server, &["--locale", "en_us"]).succeeds();
    // a conditional request, and one without a condition
    assert_eq!(server.requests().len(), requests + 2);
}
