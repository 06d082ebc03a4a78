//! Snapshots: the sources of service modules.

use std::fmt;
use std::str::FromStr;

use crate::text::names::NameError;

/// The source of a service module's facts: `SNAPSHOT` of each module.
///
/// It has no date, so that a module changes only when its facts do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Snapshot {
    /// The page's name in the Service Authorization Reference, such as `bedrock` for
    /// `list_bedrock.html`.
    pub page: &'static str,
    /// The reference's layout when the page was read.
    pub layout: Layout,
    /// The file name of the page, such as `list_bedrock.html`.
    pub read_from: &'static str,
    /// The page's address.
    pub address: &'static str,
}

/// A layout of the reference's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// The layout until July 2026, without API operations.
    Classic,
    /// The layout since July 2026, with API operations and the actions they need.
    Current,
}

impl Layout {
    /// Returns the name, `classic` or `current`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Current => "current",
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Layout {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        match text {
            "classic" => Ok(Self::Classic),
            "current" => Ok(Self::Current),
            _ => {
                let names = &["classic", "current"];
                Err(NameError::new(text, "layout", "the reference", names))
            }
        }
    }
}

crate::__serde_str!(Layout);

impl Snapshot {
    /// Creates a snapshot, for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        page: &'static str,
        layout: Layout,
        read_from: &'static str,
        address: &'static str,
    ) -> Self {
        Self {
            page,
            layout,
            read_from,
            address,
        }
    }
}

impl fmt::Display for Snapshot {
    /// Prints one line, such as `page bedrock in the current layout, read from list_bedrock.html`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "page {} in the {} layout, read from {}",
            self.page, self.layout, self.read_from
        )
    }
}
