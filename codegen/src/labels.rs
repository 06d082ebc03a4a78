//! What the words of a page mean where they are data: access levels, value types, marks.

use std::collections::BTreeSet;

use crate::error::{Error, Result, quoted};
use crate::model::AccessLevel;

/// The labels of one page and their meanings.
#[derive(Clone, Debug, Default)]
pub struct Labels {}

impl Labels {
    /// The labels of the English reference.
    pub fn english() -> Self {
        Self::default()
    }

    /// The levels that a cell names, parted by commas; an empty cell names none.
    pub fn access_levels(&self, text: &str) -> Result<BTreeSet<AccessLevel>> {
        text.split([',', '，', '、'])
            .map(str::trim)
            .filter(|label| !label.is_empty())
            .map(|label| self.access_level(label))
            .collect()
    }

    fn access_level(&self, label: &str) -> Result<AccessLevel> {
        AccessLevel::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(label))
            .ok_or_else(|| {
                let known = AccessLevel::ALL
                    .map(|level| quoted(level.as_str()))
                    .join(", ");
                Error::new(
                    format!("the access level {}", quoted(label)),
                    format!("one of {known}"),
                )
            })
    }

    /// Whether the mark beside an action's name says that it is for permissions only.
    pub fn is_permission_only(&self, mark: &str) -> Result<bool> {
        let bare = mark.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '[' | ']' | '［' | '］' | '【' | '】')
        });
        match bare {
            "" => Ok(false),
            _ if bare.eq_ignore_ascii_case("permission only") => Ok(true),
            _ => Err(Error::new(
                format!("the mark {}", quoted(mark)),
                "`[permission only]` or nothing",
            )),
        }
    }

    /// The type that a cell names, in the English reference's spelling.
    pub fn value_type(&self, text: &str) -> Result<String> {
        if text.is_empty() {
            return Err(Error::new("no type", "the type of the key's value"));
        }
        Ok(text.to_owned())
    }
}
