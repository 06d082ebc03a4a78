//! A server with a made-up page in all languages, like the live reference.

use std::fs;

use super::page;
use super::server::{Request, Response, Server};
use super::{Project, Run};

/// The languages of the reference.
pub(crate) const LOCALES: [&str; 11] = [
    "en_us", "de_de", "es_es", "fr_fr", "id_id", "it_it", "ja_jp", "ko_kr", "pt_br", "zh_cn",
    "zh_tw",
];

/// The English page.
pub(crate) fn english() -> String {
    fs::read_to_string(page()).expect("the page")
}

/// The English page with further actions, `PickTree0` and so on.
pub(crate) fn with_more(actions: usize) -> String {
    const FIRST: &str = "<tr><td><span id=\"list_orchard-action-ListTrees\">";
    let row = |number: usize| {
        let name = format!("PickTree{number}");
        format!(
            "<tr><td><span id=\"list_orchard-action-{name}\"></span>{name}</td><td>Picks one</td><td></td><td></td><td>Read</td></tr>\n"
        )
    };
    let rows: String = (0..actions).map(row).collect();
    let page = english();
    assert!(page.contains(FIRST));
    page.replacen(FIRST, &(rows + FIRST), 1)
}

/// The page in another language.
pub(crate) fn translated(locale: &str) -> String {
    translation(&english(), locale)
}

/// Translates a page, with made-up labels that can be learned from the English page.
pub(crate) fn translation(page: &str, locale: &str) -> String {
    page.replace("content=\"en_us\"", &format!("content=\"{locale}\""))
        .replace("<td>List</td>", &format!("<td>{locale} naming</td>"))
        .replace(
            "<td rowspan=\"2\">Write</td>",
            &format!("<td rowspan=\"2\">{locale} changing</td>"),
        )
        .replace("<td>String</td>", &format!("<td>{locale} words</td>"))
}

/// The path of a page on the server.
pub(crate) fn path(locale: &str, page: &str) -> String {
    let folder = match locale {
        "en_us" => String::new(),
        locale => format!("/{locale}"),
    };
    format!("{folder}/service-authorization/latest/reference/list_{page}.html")
}

/// The response of the reference without failures.
pub(crate) fn default_response(request: &Request) -> Response {
    for locale in LOCALES {
        if request.path == path(locale, "orchard") {
            return Response::html(match locale {
                "en_us" => english(),
                locale => translated(locale),
            });
        }
    }
    Response::status(404)
}

/// The reference, with the responses that `except` returns in place of the default ones.
pub(crate) fn reference(
    except: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| except(request).unwrap_or_else(|| default_response(request)))
}

/// A project with its own page cache.
pub(crate) struct CachedProject {
    pub(crate) project: Project,
    pub(crate) cache: tempfile::TempDir,
}

impl CachedProject {
    /// A project without snapshots.
    pub(crate) fn new() -> Self {
        Self {
            project: Project::new(),
            cache: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A project with the snapshots of the reference without failures.
    pub(crate) fn refreshed() -> Self {
        let cached = Self::new();
        cached.regen(&reference(|_| None), &[]).succeeds();
        cached
    }

    /// Runs `regen` with a read timeout of one second.
    pub(crate) fn regen(&self, server: &Server, more: &[&str]) -> Run {
        let cache = self.cache.path().to_str().expect("a plain path").to_owned();
        let base = server.base();
        let mut arguments = vec![
            "regen",
            "--base-url",
            &base,
            "--cache",
            &cache,
            "--timeout",
            "1",
        ];
        arguments.extend(more);
        self.project.run(arguments)
    }

    /// Runs `regen`, which must fail, print `words` and change nothing.
    pub(crate) fn refuses(&self, server: &Server, more: &[&str], words: &[&str]) -> Run {
        let before = self.project.files();
        let run = self.regen(server, more).ends_with(1);
        for word in words {
            assert!(run.stderr.contains(word), "no {word:?} in {run:?}");
        }
        assert!(self.project.files() == before, "the tree changed: {run:?}");
        run
    }
}
