//! Axes to scale: where their ticks are, and what stands at them.

use jiff::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// As many ticks as have room.
const MOST: usize = 6;

/// The ticks of an axis from zero that reaches `top`, the last of them at or above it.
pub(super) fn counts(top: usize) -> Vec<usize> {
    let steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.saturating_pow(power)));
    let step = steps
        .into_iter()
        .find(|step| top.div_ceil(*step) < MOST)
        .unwrap_or(usize::MAX);
    (0..=top.div_ceil(step).max(1))
        .map(|tick| tick * step)
        .collect()
}

/// The ticks of an axis of dates, with their labels.
pub(super) fn dates(first: Date, last: Date) -> Vec<(Date, String)> {
    let days = [1, 2, 7, 14].map(Step::Days);
    let months = [1, 2, 3, 6].map(Step::Months);
    let years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map(Step::Years);
    let steps = days.into_iter().chain(months).chain(years);
    let mut ticks = steps.map(|step| step.ticks(first, last));
    ticks.find(|ticks| ticks.len() <= MOST).unwrap_or_default()
}

/// How many days lie between two dates.
pub(super) fn days(first: Date, last: Date) -> i32 {
    first.until(last).map_or(0, |span| span.get_days())
}

/// What lies between two ticks.
#[derive(Clone, Copy)]
enum Step {
    Days(i16),
    Months(i16),
    Years(i16),
}

impl Step {
    /// The ticks from one date to another: one more than have room, at most.
    fn ticks(self, first: Date, last: Date) -> Vec<(Date, String)> {
        // the last days of year 9999 have no next tick
        let starts =
            std::iter::successors(self.start(first), |date| date.checked_add(self.span()).ok());
        starts
            .skip_while(|date| *date < first)
            .take_while(|date| *date <= last)
            .take(MOST + 1)
            .map(|date| (date, date.strftime(self.format()).to_string()))
            .collect()
    }

    /// A tick at or shortly before a date: months and years begin on round ones.
    fn start(self, date: Date) -> Option<Date> {
        let round = |value: i16, step: i16| value - value.rem_euclid(step);
        match self {
            Self::Days(_) => Some(date),
            Self::Months(step) => {
                let month = round(i16::from(date.month()) - 1, step) + 1;
                Date::new(date.year(), i8::try_from(month).ok()?, 1).ok()
            }
            Self::Years(step) => Date::new(round(date.year(), step), 1, 1).ok(),
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Days(step) => step.days(),
            Self::Months(step) => step.months(),
            Self::Years(step) => step.years(),
        }
    }

    const fn format(self) -> &'static str {
        match self {
            Self::Days(_) => "%-d %b %Y",
            Self::Months(_) => "%b %Y",
            Self::Years(_) => "%Y",
        }
    }
}

/// Moves positions apart until each two are `gap` from each other, within `low` and `high` as far as
/// that goes; their order stays.
pub(super) fn spread(positions: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<_> = (0..positions.len()).collect();
    order.sort_by(|a, b| positions[*a].total_cmp(&positions[*b]));
    let mut spread = positions.to_vec();
    let mut least = low;
    for &index in &order {
        spread[index] = spread[index].max(least);
        least = spread[index] + gap;
    }
    let mut most = high;
    for &index in order.iter().rev() {
        spread[index] = spread[index].min(most);
        most = spread[index] - gap;
    }
    spread
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{MOST, counts, dates, spread};

    fn labels(first: Date, last: Date) -> Vec<String> {
        dates(first, last)
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    }

    #[test]
    fn counts_begin_at_zero_and_reach_the_top() {
        assert_eq!(counts(0), [0, 1]);
        assert_eq!(counts(254), [0, 100, 200, 300]);
        assert_eq!(counts(5), [0, 1, 2, 3, 4, 5]);
        for top in 0..2000 {
            let ticks = counts(top);
            assert!(
                ticks.len() <= MOST && *ticks.last().unwrap() >= top,
                "{top}: {ticks:?}"
            );
        }
    }

    #[test]
    fn dates_have_round_ticks() {
        assert_eq!(
            labels(date(2019, 8, 1), date(2024, 5, 10)),
            ["2020", "2021", "2022", "2023", "2024"]
        );
        assert_eq!(
            labels(date(2023, 8, 1), date(2025, 5, 10)),
            ["Jan 2024", "Jul 2024", "Jan 2025"]
        );
        assert_eq!(
            labels(date(2026, 1, 15), date(2026, 5, 10)),
            ["Feb 2026", "Mar 2026", "Apr 2026", "May 2026"]
        );
        assert_eq!(
            labels(date(2026, 2, 27), date(2026, 3, 1)),
            ["27 Feb 2026", "28 Feb 2026", "1 Mar 2026"]
        );
        assert_eq!(labels(date(2026, 3, 1), date(2026, 3, 1)), ["1 Mar 2026"]);
        assert_eq!(labels(date(9999, 12, 30), date(9999, 12, 31)).len(), 2);
    }

    #[test]
    fn any_two_dates_have_some_ticks_and_not_too_many() {
        for length in (0..40_000).step_by(11) {
            let first = date(1987, 11, 3);
            let last = first.saturating_add(jiff::Span::new().days(length));
            let ticks = dates(first, last);
            assert!((1..=MOST).contains(&ticks.len()), "{last}: {ticks:?}");
        }
    }

    #[test]
    fn labels_keep_their_distance_and_order() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(
            spread(&[50.0, 49.0, 48.0], 12.0, 0.0, 100.0),
            [72.0, 60.0, 48.0]
        );
        assert_eq!(spread(&[99.0, 98.0], 12.0, 0.0, 100.0), [100.0, 88.0]);
    }
}
