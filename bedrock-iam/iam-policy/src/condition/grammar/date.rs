//! Dates: ISO 8601 as IAM reads it, or seconds since 1970.

use std::time::{SystemTime, UNIX_EPOCH};

/// A point in time, with its fraction of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time {
    /// Seconds since 1970, rounded down.
    seconds: i64,
    /// The rest; digits after the ninth do not count.
    nanoseconds: u32,
}

impl Time {
    /// Parses a text that is a date with or without a time, `2026-07-01`, `2026-07-01T12:00Z`,
    /// `2026-07-01T12:00:00.5+02:00`, or seconds since 1970.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let whole = |seconds| Self {
            seconds,
            nanoseconds: 0,
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let clamped = if digits.len() == text.len() {
                i64::MAX
            } else {
                i64::MIN
            };
            return (!digits.is_empty()).then(|| whole(text.parse().unwrap_or(clamped)));
        }
        let is_separator = |byte| matches!(byte, b'T' | b't');
        match text.bytes().position(is_separator) {
            None => Some(whole(day(text)? * 86_400)),
            Some(at) => {
                let (date, time) = (day(&text[..at])? * 86_400, second(&text[at + 1..])?);
                Some(Self {
                    seconds: date + time.seconds,
                    ..time
                })
            }
        }
    }
}

/// Parses a time as [`Time::parse`] does; returns whole seconds since 1970.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    Time::parse(text).map(|time| time.seconds)
}

/// Returns whether a text is a date, with or without a time, or seconds since 1970.
pub(super) fn is_date(text: &str) -> bool {
    seconds(text).is_some()
}

/// Parses a date such as `2026-07-01`; returns the days since 1970.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|part| number(part, 4))?;
    let month = parts.next().and_then(|part| number(part, 2))?;
    let day = parts.next().and_then(|part| number(part, 2))?;
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let is_day = (1..=days).contains(&day) && parts.next().is_none();
    // counts from March, so that the leap day is the last day of a year
    let (year, month) = match month {
        1 | 2 => (i64::from(year) - 1, month + 9),
        _ => (i64::from(year), month - 3),
    };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before = 365 * year + leap + i64::from((153 * month + 2) / 5);
    is_day.then(|| before + i64::from(day) - 1 - 719_468)
}

/// Parses a time such as `12:00Z`, `12:00:00Z` or `12:00:00.5+02:00`; returns it in UTC.
fn second(text: &str) -> Option<Time> {
    let is_zone = |byte| matches!(byte, b'Z' | b'z' | b'+' | b'-');
    let at = text.bytes().position(is_zone)?;
    let (time, zone) = text.split_at(at);
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), ..] => {
            let digits = &zone[1..];
            let (hours, minutes) = digits
                .split_once(':')
                .or_else(|| digits.split_at_checked(2))?;
            let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
            if hours >= 24 || minutes >= 60 {
                return None;
            }
            let seconds = i64::from(hours * 3_600 + minutes * 60);
            if *sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let hour = parts.next().and_then(|part| number(part, 2))?;
    let minute = parts.next().and_then(|part| number(part, 2))?;
    let second = parts.next().map_or(Some(0), |part| number(part, 2))?;
    let is_time = parts.next().is_none()
        && hour < 24
        && minute < 60
        && second <= 60
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    is_time.then(|| Time {
        seconds: i64::from(hour * 3_600 + minute * 60 + second) - offset,
        nanoseconds: digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
    })
}

/// Parses a number with exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let all = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// Formats a time as ISO 8601 in UTC, in whole seconds.
pub(crate) fn iso(time: SystemTime) -> String {
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(error) => {
            let before = error.duration();
            let partial = i64::from(before.subsec_nanos() > 0);
            i64::try_from(before.as_secs()).map_or(i64::MIN, |whole| -whole - partial)
        }
    };
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    if !(0..=9999).contains(&year) {
        // ISO 8601 has years of four digits only.
        return seconds.to_string();
    }
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Returns year, month and day of a number of days after 1970-01-01, in the proleptic Gregorian
/// calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counts from 0000-03-01, in eras of 400 years, so that the leap day is the last day of a year.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (year, month + 3)
    } else {
        (year + 1, month - 9)
    };
    (era * 400 + year, month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_are_iso_or_seconds() {
        for date in [
            "2026-07-01",
            "2024-02-29",
            "2026-07-01T12:00Z",
            "2026-07-01T12:00:00Z",
            "2026-07-01t12:00:00.5+02:00",
            "2026-07-01T12:00:00-0530",
            "1782907200",
            "-1",
        ] {
            assert!(is_date(date), "{date}");
        }
        for none in [
            "",
            "-",
            "x",
            "2026-7-1",
            "2026-02-29",
            "2026-13-01",
            "2026-07-01T",
            "2026-07-01T12:00",
            "2026-07-01T24:00Z",
            "2026-07-01T12:00:00.Z",
            "2026-07-01T12:00+9",
            "2026-07-01Z",
            "1.5",
        ] {
            assert!(!is_date(none), "{none}");
        }
    }

    #[test]
    fn times_are_formatted_as_iso() {
        let at = |seconds| iso(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(at(4_102_444_799), "2099-12-31T23:59:59Z");
        assert_eq!(at(253_402_300_800), "253402300800");
        assert_eq!(
            iso(UNIX_EPOCH - Duration::from_millis(1)),
            "1969-12-31T23:59:59Z"
        );
        for day in (0..80_000).step_by(7) {
            assert_eq!(seconds(&at(day * 86_400)), i64::try_from(day * 86_400).ok());
        }
    }

    #[test]
    fn dates_are_seconds() {
        for (text, expected) in [
            ("1970-01-01", 0),
            ("2000-02-29T12:34:56Z", 951_827_696),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T14:34:56.7+02:00", 951_827_696),
            ("-1", -1),
            ("99999999999999999999", i64::MAX),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn fractions_of_a_second_count() {
        let at = Time::parse;
        assert!(at("2026-07-01T00:00:00.43Z") < at("2026-07-01T00:00:00.431Z"));
        assert!(at("1969-12-31T23:59:59.9Z") < at("1970-01-01"));
        assert_eq!(
            at("1970-01-01T01:00:00.50+01:00"),
            at("1970-01-01T00:00:00.5Z")
        );
    }

    #[cfg(feature = "chrono")]
    proptest::proptest! {
        #[test]
        fn dates_are_valid_as_in_chrono(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.][0-9]{0,3})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])"
        ) {
            let read = chrono::DateTime::parse_from_rfc3339(&text);
            proptest::prop_assert_eq!(is_date(&text), read.is_ok(), "{}", text);
            if let Ok(read) = read
                && !text.contains(":60")
            {
                proptest::prop_assert_eq!(seconds(&text), Some(read.timestamp()), "{}", text);
            }
        }
    }
}
