//! Sources of a service reference: files and addresses.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Context as _;
use codegen::service_reference;

use crate::fetch;

/// The file or address of a service reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A saved file.
    File(PathBuf),
    /// An address: `https`, or `http` on a loopback address.
    Address(String),
}

impl Source {
    /// Returns the address at which AWS publishes the service reference of a prefix.
    pub(crate) fn published(prefix: &str) -> Self {
        Self::Address(service_reference::address(prefix))
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        if !given.contains("://") {
            return Ok(Self::File(given.into()));
        }
        let url = fetch::address(given).map_err(|error| error.to_string())?;
        Ok(Self::Address(url.into()))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Address(url) => f.write_str(url),
        }
    }
}

/// Reads the text of a service reference.
pub(crate) fn load(source: &Source, options: &fetch::Options) -> anyhow::Result<Arc<str>> {
    match source {
        Source::File(path) => {
            let text = fs::read_to_string(path);
            let text = text.with_context(|| format!("{source}: cannot be read"))?;
            Ok(text.into())
        }
        Source::Address(url) => fetch::text(url, JSON, options),
    }
}

/// The media types with which a service reference is served.
const JSON: &[&str] = &["application/json", "binary/octet-stream", "text/plain"];
