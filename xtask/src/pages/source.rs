//! Sources of pages: a folder of saved pages, or the live reference.

use std::path::PathBuf;

use anyhow::bail;
use iam_policy::wire::Locale;

use super::Text;
use crate::snapshots::modules::Module;

/// A page to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// The name of the page's module.
    pub(crate) module: &'a str,
    /// The configuration of the module, with the page's names.
    pub(crate) configured: &'a Module,
    /// The language.
    pub(crate) locale: Locale,
}

/// The text of a page, `None` if an optional page is missing, or an error.
pub(crate) type Found = anyhow::Result<Option<Text>>;

/// A source of pages.
pub(crate) trait PageSource {
    /// Returns the best rendition of each page of a module, in the order of `wanted`. For the progress
    /// bar, `from` is the number of pages before them and `all` the total number.
    ///
    /// # Errors
    /// Returns an error if the source as a whole cannot be reached.
    fn texts(&self, wanted: &[Wanted<'_>], from: usize, all: usize) -> anyhow::Result<Vec<Found>>;

    /// Returns the next best rendition of a page whose text cannot be read.
    fn other(&self, wanted: &Wanted<'_>, unreadable: &Text) -> Found;

    /// Records that a text was read and accepted.
    fn approve(&self, text: &Text);

    /// Records that a text could not be read or was rejected.
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
                "{}: found no folder, expected one with saved pages, `<locale>/list_<page>.html`",
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
