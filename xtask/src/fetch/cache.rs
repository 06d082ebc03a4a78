//! A cache of fetched pages in a folder, by default in the user's cache folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;
use reqwest::Url;
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::files;

/// A folder of cached responses.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
}

/// A cached response with the validators for a conditional request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// The requested address.
    pub(super) asked: String,
    /// The address after redirects.
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// The text of the response.
    pub(super) text: Arc<str>,
    /// The checksum of the other fields; empty until the entry is put into the cache.
    #[serde(default)]
    pub(super) checksum: String,
}

impl Entry {
    /// Returns the SHA-256 checksum of the entry, in hexadecimal digits.
    fn checksum(&self) -> String {
        let mut sum = Context::new(&SHA256);
        let [etag, last_modified] =
            [&self.etag, &self.last_modified].map(|it| it.as_deref().unwrap_or_default());
        for field in [&self.asked, &self.url, etag, last_modified, &self.text] {
            sum.update(field.as_bytes());
            // separates the fields
            sum.update(&[0]);
        }
        let digits = sum.finish();
        let digits = digits.as_ref().iter().map(|byte| format!("{byte:02x}"));
        digits.collect()
    }
}

impl Cache {
    /// Returns the cache in a folder.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Returns the cache in the user's cache folder, if the system defines one.
    pub(super) fn of_user() -> Option<Self> {
        let folder = etcetera::choose_base_strategy().ok()?.cache_dir();
        Some(Self::in_folder(&folder.join("bedrock-iam").join("pages")))
    }

    /// Returns the last response from an address, unless its file is damaged or was edited.
    pub(super) fn find(&self, url: &Url) -> Option<Entry> {
        let text = fs::read_to_string(self.path(url)).ok()?;
        let entry: Entry = serde_json::from_str(&text).ok()?;
        let intact = entry.checksum == entry.checksum();
        (intact && entry.asked == url.as_str()).then_some(entry)
    }

    /// Replaces the last response from the same address.
    pub(super) fn keep(&self, entry: &Entry) {
        let Ok(url) = entry.asked.parse() else {
            return;
        };
        let entry = Entry {
            checksum: entry.checksum(),
            ..entry.clone()
        };
        if let Ok(text) = serde_json::to_string(&entry) {
            // an error is not reported: it only makes the next run fetch the page again
            let _ = files::write(&self.path(&url), &text);
        }
    }

    /// Returns `<folder>/<host>/<path>.json`, with all special characters replaced.
    fn path(&self, url: &Url) -> PathBuf {
        let plain = |part: &str| -> String {
            let kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let name: String = part
                .chars()
                .map(|c| if kept(c) { c } else { '_' })
                .collect();
            // prevents `..`
            name.trim_start_matches('.').to_owned()
        };
        let host = url.host_str().unwrap_or_default();
        let host = match url.port() {
            Some(port) => format!("{host}_{port}"),
            None => host.to_owned(),
        };
        let mut path = self.folder.join(plain(&host));
        for part in url.path_segments().into_iter().flatten() {
            path.push(plain(part));
        }
        path.as_mut_os_string().push(".json");
        path
    }
}
