//! Account ids.

use std::fmt;
use std::str::FromStr;

use super::{SiteError, SiteField};

const DIGITS: usize = 12;

/// An account id: 12 digits, stored inline.
///
/// [`account!`](crate::account) checks a literal at compile time. ARNs of resources that AWS owns
/// have [`AccountId::AWS`] instead of a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId {
    bytes: [u8; DIGITS],
    len: u8,
}

impl AccountId {
    /// The word `aws` in the account field, for resources that AWS owns and shares, as in
    /// `arn:aws:bedrock:us-west-2:aws:data-automation-project/public-default`.
    ///
    /// Parsing an ARN accepts it; [`parse`](Self::parse) does not, because it is not an account id.
    pub const AWS: Self = {
        let mut bytes = [0; DIGITS];
        (bytes[0], bytes[1], bytes[2]) = (b'a', b'w', b's');
        Self { bytes, len: 3 }
    };

    /// Parses an account id.
    ///
    /// # Errors
    ///
    /// Returns [`SiteError`] if the text is not 12 ASCII digits, even for `aws`.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        Self::find(text).ok_or_else(|| SiteError::new(text, SiteField::Account))
    }

    /// Returns the account id if the text is 12 digits.
    pub(crate) const fn find(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() != DIGITS {
            return None;
        }
        let mut bytes = [0; DIGITS];
        let mut at = 0;
        while at < DIGITS {
            if !text[at].is_ascii_digit() {
                return None;
            }
            bytes[at] = text[at];
            at += 1;
        }
        Some(Self {
            bytes,
            len: DIGITS as u8,
        })
    }

    /// Returns the account id as text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len as usize).0) {
            Ok(text) => text,
            // The bytes are always ASCII.
            Err(_) => "",
        }
    }
}

/// Creates the account id of [`account!`](crate::account); an invalid literal does not compile.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn account_literal(text: &str) -> AccountId {
    match AccountId::find(text) {
        Some(account) => account,
        None => panic!("this is not an account id; expected 12 digits, such as `123456789012`"),
    }
}

/// Creates an [`AccountId`](crate::AccountId) from a literal, checked at compile time.
///
/// ```
/// use iam_policy::account;
///
/// assert_eq!(account!("123456789012").as_str(), "123456789012");
/// ```
///
/// ```compile_fail
/// iam_policy::account!("12345");
/// ```
#[macro_export]
macro_rules! account {
    ($text:expr) => {{
        const ACCOUNT: $crate::AccountId = $crate::runtime::account_literal($text);
        ACCOUNT
    }};
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({})", self.as_str())
    }
}

impl AsRef<str> for AccountId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for AccountId {
    type Err = SiteError;

    /// Calls [`AccountId::parse`].
    fn from_str(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for AccountId {
    type Error = SiteError;

    /// Calls [`AccountId::parse`].
    fn try_from(text: &str) -> Result<Self, SiteError> {
        Self::parse(text)
    }
}

crate::__serde_str!(AccountId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_twelve_ascii_digits_are_account_ids() {
        assert_eq!(
            AccountId::parse("000000000001").unwrap().to_string(),
            "000000000001"
        );
        for text in [
            "",
            "*",
            "aws",
            "12345678901",
            "1234567890123",
            "12345678901a",
            "１２３４",
        ] {
            assert!(AccountId::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(AccountId::AWS.as_str(), "aws");
    }
}
