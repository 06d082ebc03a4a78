//! Where a service reference is read from.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, bail};
use codegen::service_reference;
use url::{Host, Url};

/// A file, or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A saved file.
    File(PathBuf),
    /// An address, `https` unless it is on this machine.
    Address(String),
}

impl Source {
    /// Where AWS publishes the service reference of a prefix.
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
        let url = Url::parse(given).map_err(|error| format!("found no address: {error}"))?;
        let here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        match url.scheme() {
            "https" => Ok(Self::Address(url.into())),
            "http" if here => Ok(Self::Address(url.into())),
            scheme => Err(format!(
                "found the scheme `{scheme}`, expected `https`, or `http` on this machine"
            )),
        }
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

/// The text of a service reference.
pub(crate) fn load(source: &Source) -> anyhow::Result<String> {
    match source {
        Source::File(path) => {
            fs::read_to_string(path).with_context(|| format!("{source}: cannot be read"))
        }
        Source::Address(url) => {
            bail!("{url}: cannot be fetched yet, expected a file that was saved from there")
        }
    }
}
