//! Numbers in decimal digits, compared exactly.

use std::cmp::Ordering;

/// A whole or decimal number in ASCII digits, of any length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal<'a> {
    is_negative: bool,
    /// The digits before the point, without leading zeros.
    whole: &'a str,
    /// The digits after the point, without zeros at the end.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Parses a number such as `3`, `-1` or `0.5`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self {
            is_negative: digits.len() < text.len() && !is_zero,
            whole,
            fraction,
        })
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // more digits before the point are a greater number
        let size = |it: &Self| (it.whole.len(), it.whole, it.fraction);
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(left: &str, right: &str) -> Option<Ordering> {
        Some(Decimal::parse(left)?.cmp(&Decimal::parse(right)?))
    }

    #[test]
    fn numbers_are_compared_exactly() {
        for (less, greater) in [
            ("9", "10"),
            ("-10", "-9"),
            ("-1", "0"),
            ("0.09", "0.1"),
            ("-0.5", "-0.25"),
            ("9007199254740992", "9007199254740993"),
            ("0.1", "0.10000000000000000001"),
        ] {
            assert_eq!(
                compare(less, greater),
                Some(Ordering::Less),
                "{less} {greater}"
            );
            assert_eq!(
                compare(greater, less),
                Some(Ordering::Greater),
                "{less} {greater}"
            );
        }
        for (left, right) in [("007", "7.0"), ("-0", "0.00"), ("1.50", "1.5")] {
            assert_eq!(
                compare(left, right),
                Some(Ordering::Equal),
                "{left} {right}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_compared_like_floats(a in -9999_i32..9999, b in -9999_i32..9999) {
            let text = |number: i32| format!("{:.2}", f64::from(number) / 100.0);
            proptest::prop_assert_eq!(compare(&text(a), &text(b)), Some(a.cmp(&b)));
        }
    }
}
