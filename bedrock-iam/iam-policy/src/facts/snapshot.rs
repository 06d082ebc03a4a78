//! What a service module was made from.

use std::fmt;
use std::str::FromStr;

use crate::text::names::NameError;

/// What a service module's facts were read from: `SNAPSHOT` of each module.
///
/// It has no date: a module changes when its facts do, and the crate's version says when that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Snapshot {
    /// The page's name in the Service Authorization Reference, such as `bedrock` for
    /// `list_bedrock.html`.
    pub page: &'static str,
    /// The reference's layout when the page was read.
    pub layout: Layout,
    /// What the facts were read from: the page's file name, such as `list_bedrock.html`.
    pub read_from: &'static str,
    /// The page's address.
    pub address: &'static str,
}

/// How the reference lays out its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Until July 2026: no API operations.
    Classic,
    /// Since then: API operations with the actions they need.
    Current,
}

impl Layout {
    /// Its name, `classic` or `current`.
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
    /// For generated code.
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
    /// One line, such as `page bedrock in the current layout, read from list_bedrock.html`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "page {} in the {} layout, read from {}",
            self.page, self.layout, self.read_from
        )
    }
}
