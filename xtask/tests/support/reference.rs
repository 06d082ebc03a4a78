//! The made-up page in all languages, as the live reference would serve it.

use std::fs;

use super::page;
use super::server::{Answer, Request, Server};
use super::{Project, Run};

/// The languages that pages are asked for in.
pub(crate) const LOCALES: [&str; 11] = [
    "en_us", "de_de", "es_es", "fr_fr", "id_id", "it_it", "ja_jp", "ko_kr", "pt_br", "zh_cn",
    "zh_tw",
];

/// The English page.
pub(crate) fn english() -> String {
    fs::read_to_string(page()).expect("the page")
}

/// The page in another language; its words are made up, and learned from the English page.
pub(crate) fn translated(locale: &str) -> String {
    english()
        .replace("content=\"en_us\"", &format!("content=\"{locale}\""))
        .replace("<td>List</td>", &format!("<td>{locale} naming</td>"))
        .replace(
            "<td rowspan=\"2\">Write</td>",
            &format!("<td rowspan=\"2\">{locale} changing</td>"),
        )
        .replace("<td>String</td>", &format!("<td>{locale} words</td>"))
}

/// Where a page is.
pub(crate) fn path(locale: &str, page: &str) -> String {
    let folder = match locale {
        "en_us" => String::new(),
        locale => format!("/{locale}"),
    };
    format!("{folder}/service-authorization/latest/reference/list_{page}.html")
}

/// What the reference answers when all is well.
pub(crate) fn well(request: &Request) -> Answer {
    for locale in LOCALES {
        if request.path == path(locale, "orchard") {
            return Answer::html(match locale {
                "en_us" => english(),
                locale => translated(locale),
            });
        }
    }
    Answer::status(404)
}

/// The reference, but for what `unless` says.
pub(crate) fn reference(
    unless: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| unless(request).unwrap_or_else(|| well(request)))
}

/// A project, and the cache that its runs use.
pub(crate) struct Live {
    pub(crate) project: Project,
    pub(crate) cache: tempfile::TempDir,
}

impl Live {
    /// A project without snapshots.
    pub(crate) fn new() -> Self {
        Self {
            project: Project::new(),
            cache: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A project whose snapshots are those of the reference when all is well.
    pub(crate) fn refreshed() -> Self {
        let live = Self::new();
        live.regen(&reference(|_| None), &[]).succeeds();
        live
    }

    /// A refresh; waits for no answer longer than a second.
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

    /// A refresh that fails, says so with these words, and leaves everything as it was.
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
