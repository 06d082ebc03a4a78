//! The service prefixes that AWS has, from `snapshots/global/service_prefixes.json`.
//!
//! Names only, with the day on which the list was last brought up to date. `cargo xtask regen` adds the
//! prefixes of the pages that it reads.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};

/// The service prefixes that AWS has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefixes {
    /// The day on which the list was last brought up to date, such as `2026-11-26`.
    pub date: String,
    /// The service fields of ARNs that are not prefixes of actions.
    pub only_in_arns: BTreeSet<String>,
    /// The prefixes of actions.
    pub prefixes: BTreeSet<String>,
    /// The address of the source.
    pub source: String,
}

impl Prefixes {
    /// Parses the list.
    ///
    /// # Errors
    /// Returns [`Error`] if the text is not such a list, or contains a name that is not a prefix.
    pub fn parse(text: &str) -> Result<Self> {
        let expected = "an object with `date`, `only_in_arns`, `prefixes` and `source`";
        let list: Self =
            serde_json::from_str(text).map_err(|error| Error::new(error.to_string(), expected))?;
        let mut names = list.prefixes.iter().chain(&list.only_in_arns);
        if let Some(wrong) = names.find(|name| !is_prefix(name)) {
            return Err(Error::new(
                quoted(wrong),
                "a prefix of lower-case letters, digits and `-`",
            ));
        }
        if let Some(both) = list.only_in_arns.intersection(&list.prefixes).next() {
            return Err(Error::new(
                format!("{} in both lists", quoted(both)),
                "each name only once",
            ));
        }
        let is_date = |text: &str| {
            let parts: Vec<_> = text.split('-').map(str::len).collect();
            parts == [4, 2, 2] && text.bytes().all(|it| it.is_ascii_digit() || it == b'-')
        };
        if !is_date(&list.date) {
            return Err(Error::new(
                quoted(&list.date),
                "a date such as `2026-11-26`",
            ));
        }
        Ok(list)
    }

    /// Adds the prefixes of pages that were read on a day. Returns those that are new.
    pub fn add<'a>(&mut self, read: impl IntoIterator<Item = &'a str>, date: &str) -> Vec<&'a str> {
        let read = read.into_iter().filter(|prefix| is_prefix(prefix));
        let new: Vec<&str> = read
            .filter(|prefix| self.prefixes.insert((*prefix).to_owned()))
            .collect();
        for prefix in &new {
            self.only_in_arns.remove(*prefix);
            date.clone_into(&mut self.date);
        }
        new
    }
}

fn is_prefix(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"{"date": "2026-01-02", "only_in_arns": ["press"], "prefixes": ["grove"], "source": "https://example.com"}"#;

    #[test]
    fn malformed_lists_are_refused() {
        Prefixes::parse(LIST).unwrap();
        for (old, new, expected) in [
            (
                "grove",
                "Grove",
                "found `Grove`, expected a prefix of lower-case letters, digits and `-`",
            ),
            (
                "grove",
                "press",
                "found `press` in both lists, expected each name only once",
            ),
            (
                "2026-01-02",
                "today",
                "found `today`, expected a date such as `2026-11-26`",
            ),
        ] {
            let error = Prefixes::parse(&LIST.replace(old, new)).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        assert!(Prefixes::parse("[]").is_err());
    }

    #[test]
    fn prefixes_of_pages_are_added_with_their_day() {
        let mut list = Prefixes::parse(LIST).unwrap();
        let before = list.clone();
        assert!(list.add(["grove"], "2026-03-04").is_empty());
        assert_eq!(list, before);
        assert_eq!(list.add(["grove", "press"], "2026-03-04"), ["press"]);
        assert_eq!(list.date, "2026-03-04");
        assert!(list.prefixes.contains("press") && list.only_in_arns.is_empty());
    }
}
