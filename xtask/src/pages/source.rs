//! Where the texts of pages come from: a folder of saved ones, or the live reference.

use std::path::PathBuf;

use anyhow::bail;
use iam_policy::wire::Locale;

use super::Text;
use crate::snapshots::modules::Module;

/// A page that is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// The module it is for.
    pub(crate) module: &'a str,
    /// How it is configured: the page's names, newest first.
    pub(crate) configured: &'a Module,
    /// The language.
    pub(crate) locale: Locale,
}

/// A text, nothing where there need not be any, or why there is none.
pub(crate) type Found = anyhow::Result<Option<Text>>;

/// Where pages are read from.
pub(crate) trait PageSource {
    /// The best rendition of each page of a module, in the order in which they are wanted: `from` is how
    /// many were before them, `all` how many there are in all.
    ///
    /// # Errors
    /// No page can be had, whichever it is.
    fn texts(&self, wanted: &[Wanted<'_>], from: usize, all: usize) -> anyhow::Result<Vec<Found>>;

    /// The next best rendition of a page whose text could not be read.
    fn other(&self, wanted: &Wanted<'_>, unreadable: &Text) -> Found;

    /// Takes note that a text was read and is what it should be.
    fn approve(&self, text: &Text);

    /// Takes note that a text could not be read or is not what it should be.
    fn refuse(&self, text: &Text);
}

/// A folder of saved pages, `DIR/<locale>/list_<page>.{html,md,txt}`.
pub(crate) struct SavedFolder {
    folder: PathBuf,
}

impl SavedFolder {
    pub(crate) fn in_folder(folder: PathBuf) -> anyhow::Result<Self> {
        if !folder.is_dir() {
            bail!(
                "{}: found no folder, expected saved pages in `<locale>/list_<page>.html`",
                folder.display()
            );
        }
        Ok(Self { folder })
    }
}

impl PageSource for SavedFolder {
    fn texts(&self, wanted: &[Wanted<'_>], _: usize, _: usize) -> anyhow::Result<Vec<Found>> {
        let text = |wanted: &Wanted<'_>| -> Found {
            super::newest(&self.folder, wanted.locale, &wanted.configured.pages)
                .map(|saved| saved.text())
                .transpose()
        };
        Ok(wanted.iter().map(text).collect())
    }

    fn other(&self, _: &Wanted<'_>, _: &Text) -> Found {
        Ok(None)
    }

    fn approve(&self, _: &Text) {}

    fn refuse(&self, _: &Text) {}
}
