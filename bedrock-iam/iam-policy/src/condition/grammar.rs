//! Grammars of condition values, one for each family of operators. The builder, the checks and the
//! conversion to Rust share them.

mod date;
mod keys;
mod network;
mod number;

use crate::arn::pattern::is_pattern;
use crate::condition::value_type::ValueType;
use crate::condition::{Comparison, Family};
use crate::text::glob;

pub(crate) use date::{Time, iso, seconds};
pub(crate) use keys::has_form;
pub(crate) use network::Network;
pub(crate) use number::Decimal;

impl Family {
    /// Returns a description of the expected values if the family's operators can't compare the
    /// text.
    ///
    /// IAM replaces policy variables only for string and ARN operators, so `${…}` is not a number,
    /// a date or an address.
    pub(crate) fn refuses(self, text: &str) -> Option<&'static str> {
        let (fits, expected): (fn(&str) -> bool, _) = match self {
            Self::String => return None,
            Self::Numeric => (is_number, "a number, such as `3` or `0.5`"),
            Self::Date => (
                date::is_date,
                "a date, such as `2026-07-01T00:00:00Z`, or seconds since 1970",
            ),
            Self::Bool | Self::Null => (is_truth, "`true` or `false`"),
            Self::Binary => (is_base64, "Base64, such as `Zm9v`"),
            Self::IpAddress => (
                |text| Network::parse(text).is_some(),
                "an IP address or a CIDR block, such as `203.0.113.0/24`",
            ),
            Self::Arn => (
                is_arn,
                "an ARN, such as `arn:aws:bedrock:*::foundation-model/*`",
            ),
        };
        (!fits(text)).then_some(expected)
    }
}

/// A reason why a value of a condition key never equals any value in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The operator's family can't compare it, or the key has values of another form.
    Form(&'static str),
    /// It has a wildcard, which the operator compares as a plain character.
    Wildcard,
}

/// Returns why a value can't be equal to a value of the key; `of` is the type of the key's values.
pub(crate) fn refusal(
    key: &str,
    of: Option<ValueType>,
    comparison: Comparison,
    text: &str,
) -> Option<Refusal> {
    if let Some(expected) = comparison.family().refuses(text) {
        return Some(Refusal::Form(expected));
    }
    if comparison.like().is_some() && glob::has_wildcard(text) {
        return Some(Refusal::Wildcard);
    }
    keys::refuses(key, of, comparison, text).map(Refusal::Form)
}

/// Parses a number, as `Numeric…` operators compare it.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|_| is_number(text))
}

/// Returns whether the text is a whole or decimal number in ASCII digits.
fn is_number(text: &str) -> bool {
    Decimal::parse(text).is_some()
}

/// Parses `true` or `false` in any case.
pub(crate) fn truth(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

/// Returns whether the text is `true` or `false`; IAM ignores the case.
fn is_truth(text: &str) -> bool {
    truth(text).is_some()
}

/// Returns whether the text is an ARN pattern, or contains a variable and so can become one.
fn is_arn(text: &str) -> bool {
    text == "*" || text.contains("${") || is_pattern(text)
}

/// Returns whether the text is padded Base64.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Decodes padded Base64.
pub(crate) fn bytes(text: &str) -> Option<impl Iterator<Item = u8>> {
    let decode = |four: &[u8]| {
        let value = |digit: &u8| DIGITS.iter().position(|it| it == digit);
        let bits = four
            .iter()
            .fold(0, |bits, digit| bits << 6 | value(digit).unwrap_or(0));
        let padding = four.iter().filter(|digit| **digit == b'=').count();
        let [.., a, b, c] = bits.to_be_bytes();
        [a, b, c].into_iter().take(3 - padding)
    };
    is_base64(text).then(|| text.as_bytes().chunks(4).flat_map(decode))
}

/// Encodes bytes as padded Base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let mut bits = 0;
        for index in 0..3 {
            bits = bits << 8 | u32::from(three.get(index).copied().unwrap_or(0));
        }
        for index in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * index) & 63) as usize];
            text.push(if index <= three.len() {
                digit as char
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Valid and invalid values of each family.
    const VALUES: &[(Family, &[&str], &[&str])] = &[
        (Family::String, &["", "x", "${aws:username}"], &[]),
        (
            Family::Numeric,
            &["0", "-1", "3.25", "007"],
            &[
                "", "-", "1.", ".5", "1e3", "+1", " 1", "NaN", "inf", "１", "${aws:x}",
            ],
        ),
        (
            Family::Date,
            &["2026-07-01", "2026-07-01T12:00:00Z", "1782907200"],
            &[
                "",
                "2026-13-45T99:00:00Z",
                "2026-07",
                "1.5",
                "9x",
                "${aws:x}",
            ],
        ),
        (
            Family::Bool,
            &["true", "False"],
            &["", "yes", "1", "${aws:x}"],
        ),
        (Family::Null, &["true", "false"], &["", "null"]),
        (
            Family::IpAddress,
            &["203.0.113.0/24", "10.0.0.1", "2001:db8::/32", "::1"],
            &[
                "",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.0/",
                "10.0.0.0/+8",
                "::/129",
                "x",
                "${aws:x}",
            ],
        ),
        (
            Family::Binary,
            &["", "Zg==", "Zm9v"],
            &["Zg=", "Z", "Zg===", "====", "Zm9*", "${aws:x}"],
        ),
        (
            Family::Arn,
            &[
                "*",
                "arn:aws:iam::*:role/x",
                "${aws:PrincipalArn}",
                "arn:${aws:Partition}:iam::*:role/x",
            ],
            &["", "role/x", "arn:aws:iam"],
        ),
    ];

    /// Returns whether the builder accepts a value; `None` for `Null`, which has no values to
    /// check.
    fn builds(family: Family, value: &str) -> Option<bool> {
        let key = crate::foreign_key!("a:b");
        let condition = match family {
            Family::String => key.string_like(crate::Value::raw(value.to_owned())),
            Family::Numeric => key.numeric_equals(value),
            Family::Date => key.date_equals(value),
            Family::Bool => key.bool(value),
            Family::Binary => key.binary_equals(value),
            Family::IpAddress => key.ip_address(value),
            Family::Arn => key.arn_like(crate::Value::raw(value.to_owned())),
            Family::Null => return None,
        };
        Some(condition.entry.faults.is_empty())
    }

    #[test]
    fn values_are_checked_by_family_as_in_the_builder() {
        for (family, taken, refused) in VALUES {
            let values = taken.iter().map(|it| (it, true));
            for (value, fits) in values.chain(refused.iter().map(|it| (it, false))) {
                assert_eq!(family.refuses(value).is_none(), fits, "{family:?} {value}");
                assert!(builds(*family, value).is_none_or(|it| it == fits));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn the_builder_agrees_on_any_text(text in "[-0-9a-fzTZ:./+= ]{0,24}|.{0,8}") {
            for (family, ..) in VALUES {
                let fits = family.refuses(&text).is_none();
                proptest::prop_assert!(builds(*family, &text).is_none_or(|it| it == fits));
            }
        }

        #[test]
        fn numbers_are_finite(text in "-?[0-9]{0,3}[.]?[0-9]{0,3}|.{0,6}") {
            if is_number(&text) {
                proptest::prop_assert!(text.parse::<f64>().is_ok_and(f64::is_finite));
            }
        }

        #[cfg(feature = "ipnet")]
        #[test]
        fn networks_are_valid_as_in_ipnet(
            four: [u8; 4], last in 200_u16..300, eight: [u16; 8], length in 0_u16..150,
        ) {
            let [a, b, c, d] = four;
            let six = std::net::Ipv6Addr::from(eight);
            for text in [
                format!("{a}.{b}.{c}.{d}/{length}"),
                format!("{a}.{b}.{c}.{last}/{}", length % 40),
                format!("{six}/{length}"),
            ] {
                let known = text.parse::<ipnet::IpNet>();
                proptest::prop_assert_eq!(Network::parse(&text).is_some(), known.is_ok(), "{}", text);
            }
        }
    }

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("\u{ff}\u{3ff}", "w7/Pvw=="),
        ] {
            assert_eq!(base64(text_bytes(bytes)), text);
            assert!(is_base64(text), "{text}");
            let decoded = super::bytes(text).map(Iterator::collect::<Vec<_>>);
            assert_eq!(decoded.as_deref(), Some(text_bytes(bytes)), "{text}");
        }
        for none in ["Zg=", "Z", "Zg===", "====", "Zm9*"] {
            assert!(!is_base64(none), "{none}");
        }
    }

    fn text_bytes(text: &str) -> &[u8] {
        text.as_bytes()
    }
}
