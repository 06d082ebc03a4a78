//! A small project in a temporary folder, and runs of the command in it.

#![allow(dead_code, reason = "each test file uses a part of it")]

#[path = "../../../codegen/tests/support/real.rs"]
pub(crate) mod real;
pub(crate) mod reference;
pub(crate) mod richer;
pub(crate) mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project with one module, `orchard`, and its page.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        project.write(
            "snapshots/modules.toml",
            "[orchard]\nprefix = \"orchard\"\npages = [\"orchard\", \"oldorchard\"]\n",
        );
        project.write_features("[features]\norchard = []\nall-modules = [\"orchard\"]\n");
        project.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        let page = fs::read_to_string(page()).expect("the page");
        project.write("pages/en_us/list_orchard.html", &page);
        project
    }

    /// Writes the crate's manifest.
    pub(crate) fn write_features(&self, features: &str) {
        self.write("bedrock-iam/Cargo.toml", features);
    }

    /// A project with the snapshot and code of its page.
    pub(crate) fn generated() -> Self {
        let project = Self::new();
        project.run(["regen", "--pages", "pages"]).succeeds();
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the built command");
        Run::of(&output)
    }

    /// All files with their contents, to check that nothing changed.
    pub(crate) fn files(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((path.clone(), fs::read_to_string(&path).expect("text")));
        }
    }
}

/// The made-up page.
pub(crate) fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/en_us/list_orchard.html")
}

/// The made-up page in Markdown.
pub(crate) fn markdown_page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/en_us/list_orchard.md")
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
        Self {
            status: output.status.code().expect("an exit status"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    pub(crate) fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}
