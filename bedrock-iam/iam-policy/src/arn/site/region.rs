//! Regions: any name of the right shape, for no list of them stays true.

use std::fmt;
use std::str::FromStr;

use super::{SiteError, SiteField};

/// The longest region name there is room for; the longest in use have 14 bytes.
const CAPACITY: usize = 23;

/// A region, such as `eu-central-1`, held inline.
///
/// At least three parts of lower-case letters and digits, parted by `-`, the first of letters,
/// the last of digits, 23 bytes at most: `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`.
/// Whether there is such a region is not checked. [`region!`](crate::region) checks a literal
/// while compiling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    // Zeroes after the name, so that the derived order is that of the names.
    bytes: [u8; CAPACITY],
    len: u8,
}

impl Region {
    /// Reads a region.
    ///
    /// # Errors
    ///
    /// [`SiteError`] for a text that is not of a region's shape, `*` and the empty text included.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        Self::find(text).ok_or_else(|| SiteError::new(text, SiteField::Region))
    }

    /// The region, if the text has a region's shape.
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
                    // A part may not be empty, and the first holds letters alone.
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

    /// The region's name.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len as usize).0) {
            Ok(text) => text,
            // Only ASCII gets in.
            Err(_) => "",
        }
    }
}

/// A region for [`region!`](crate::region); does not compile for what is none.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn region_literal(text: &str) -> Region {
    match Region::find(text) {
        Some(region) => region,
        None => panic!(
            "this is no region; expected lower-case words and a number, parted by `-`, such as `eu-central-1`"
        ),
    }
}

/// A [`Region`](crate::Region) from a literal, checked while compiling.
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

    /// As [`Region::parse`].
    fn from_str(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Region {
    type Error = SiteError;

    /// As [`Region::parse`].
    fn try_from(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

crate::__serde_str!(Region);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
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
