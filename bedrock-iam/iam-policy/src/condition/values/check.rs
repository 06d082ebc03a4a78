//! Whether a text is a number, a date, a network: what operators can compare.

use std::net::IpAddr;

use crate::arn::pattern::is_pattern;

/// A whole or decimal number, in ASCII digits.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// `true` or `false`; IAM ignores the case.
pub(super) fn is_truth(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// An address, or an address, `/` and the length of a prefix.
pub(super) fn is_network(text: &str) -> bool {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.is_none_or(|length| {
        length.bytes().all(|byte| byte.is_ascii_digit())
            && length.parse::<u8>().is_ok_and(|length| length <= most)
    })
}

/// An ARN, wildcards and variables included, or what may turn out as one.
pub(super) fn is_arn(text: &str) -> bool {
    text == "*" || text.contains("${") || is_pattern(text)
}

/// Base64 with its padding.
pub(super) fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// Bytes as Base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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

    #[test]
    fn texts_are_what_they_should_be() {
        for number in ["0", "-1", "3.25", "007"] {
            assert!(is_number(number), "{number}");
        }
        for none in ["", "-", "1.", ".5", "1e3", "+1", "NaN", "１"] {
            assert!(!is_number(none), "{none}");
        }
        for network in ["203.0.113.0/24", "10.0.0.1", "2001:db8::/32", "::1"] {
            assert!(is_network(network), "{network}");
        }
        for none in [
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "::/129",
            "x",
        ] {
            assert!(!is_network(none), "{none}");
        }
        assert!(is_truth("True") && !is_truth("yes"));
        assert!(is_arn("arn:aws:iam::*:role/x") && !is_arn("role/x"));
    }

    #[test]
    fn base64_has_its_padding() {
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
        }
        for none in ["Zg=", "Z", "Zg===", "====", "Zm9*"] {
            assert!(!is_base64(none), "{none}");
        }
    }

    fn text_bytes(text: &str) -> &[u8] {
        text.as_bytes()
    }
}
