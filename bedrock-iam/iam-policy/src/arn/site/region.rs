//! Regions: any name of the right form, because a list of regions would soon be incomplete.

use std::fmt;
use std::str::FromStr;

use super::{SiteError, SiteField};

/// The maximum length of a region name; the longest in use have 14 bytes.
const CAPACITY: usize = 23;

/// A region, such as `eu-central-1`, stored inline.
///
/// A name has at least three parts of lower-case letters and digits, separated by `-`, the first of
/// letters and the last of digits, and at most 23 bytes: `us-gov-west-1`, `us-isob-east-1`,
/// `eusc-de-east-1`. Whether the region exists is not checked. [`region!`](crate::region) checks a
/// literal at compile time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    // Padded with zeroes, so that the derived order is that of the names.
    bytes: [u8; CAPACITY],
    len: u8,
}

impl Region {
    /// Parses a region.
    ///
    /// # Errors
    ///
    /// Returns [`SiteError`] if the text does not have the form of a region; `*` and the empty text
    /// do not.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        Self::find(text).ok_or_else(|| SiteError::new(text, SiteField::Region))
    }

    /// Returns the region if the text has the form of one.
    pub(crate) const fn find(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() > CAPACITY {
            return None;
        }
        let mut bytes = [0; CAPACITY];
        let (mut at, mut parts, mut start, mut letters) = (0, 0, 0, 0);
        while at < text.len() {
            let byte = text[at];
            bytes[at] = byte;
            match byte {
                b'a'..=b'z' => letters += 1,
                b'0'..=b'9' => {}
                b'-' => {
                    // A part must not be empty, and the first contains only letters.
                    if at == start || (parts == 0 && letters != at) {
                        return None;
                    }
                    parts += 1;
                    start = at + 1;
                    letters = 0;
                }
                _ => return None,
            }
            at += 1;
        }
        if parts < 2 || start == at || letters != 0 {
            return None;
        }
        Some(Self {
            bytes,
            len: at as u8,
        })
    }

    /// Returns the region's name.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len as usize).0) {
            Ok(text) => text,
            // The bytes are always ASCII.
            Err(_) => "",
        }
    }
}

/// Creates the region of [`region!`](crate::region); an invalid literal does not compile.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn region_literal(text: &str) -> Region {
    match Region::find(text) {
        Some(region) => region,
        None => panic!(
            "this is not a region; expected lower-case words and a number, separated by `-`, such as `eu-central-1`"
        ),
    }
}

/// Creates a [`Region`](crate::Region) from a literal, checked at compile time.
///
/// ```
/// use iam_policy::region;
///
/// assert_eq!(region!("eu-central-1").as_str(), "eu-central-1");
/// ```
///
/// ```compile_fail
/// iam_policy::region!("Frankfurt");
/// ```
#[macro_export]
macro_rules! region {
    ($text:expr) => {{
        const REGION: $crate::Region = $crate::runtime::region_literal($text);
        REGION
    }};
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.as_str())
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for Region {
    type Err = SiteError;

    /// Calls [`Region::parse`].
    fn from_str(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Region {
    type Error = SiteError;

    /// Calls [`Region::parse`].
    fn try_from(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

crate::__serde_str!(Region);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_right_form_are_regions() {
        for text in [
            "eu-central-1",
            "us-gov-west-1",
            "us-isob-east-1",
            "eusc-de-east-1",
            "ap-southeast-12",
        ] {
            assert_eq!(
                Region::parse(text).map(|region| region.to_string()),
                Ok(text.to_owned())
            );
        }
        let refused = [
            "",
            "*",
            "us",
            "us-1",
            "us-east",
            "us-east-",
            "-east-1",
            "us--1",
            "US-east-1",
            "us-east-1a",
            "us-east-1 ",
            "u5-east-1",
            "us-east-*",
            "us:east-1",
            "a-very-long-name-of-a-region-1",
            "é-é-1",
        ];
        for text in refused {
            assert!(Region::parse(text).is_err(), "{text:?}");
        }
    }
}
