//! The number of actions over time: a drawing, and the same numbers as a table.

use codegen::words::counted;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::states::history::{History, Point};

/// Units of the drawing's coordinates, about a pixel each.
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 48.0;
/// Names of services stand to the right of their lines.
const RIGHT: f64 = 600.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 340.0;
/// Between the axis and the first date.
const INSET: f64 = 18.0;
/// Between the base lines of two texts.
const LINE: f64 = 15.0;
/// What a number at a point takes, and a date below it.
const NUMBER: f64 = 34.0;
const DATE: f64 = 72.0;

/// As many lines as can be told apart; the table has every service.
const LINES: usize = 12;
/// As many ticks as have room.
const TICKS: usize = 6;
/// A name of more characters is cut.
const NAME: usize = 19;

/// The section: drawing, then table.
pub(super) fn section(history: &History) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 id="history" { "Number of actions over time" }
            (drawing(history))
            h3 id="history.table" { "Actions at each date, and changes since the date before" }
            (table(history))
        }
    }
}

/// A service's line.
struct Line<'a> {
    name: &'a str,
    /// One for each date at which the service is known.
    spots: Vec<Option<Spot>>,
}

#[derive(Clone, Copy)]
struct Spot {
    date: Date,
    actions: usize,
    x: f64,
    y: f64,
}

impl Line<'_> {
    fn spots(&self) -> impl Iterator<Item = &Spot> {
        self.spots.iter().flatten()
    }
}

fn drawing(history: &History) -> Markup {
    let (Some(&first), Some(&last)) = (history.dates.first(), history.dates.last()) else {
        return html! {};
    };
    let most = |points: &[Point]| points.iter().filter_map(|point| point.actions).max();
    let mut drawn: Vec<_> = history.services.iter().collect();
    drawn.sort_by_key(|(_, points)| std::cmp::Reverse(most(points)));
    drawn.truncate(LINES);
    let top = drawn.iter().filter_map(|(_, points)| most(points)).max();
    let counts = ticks(top.unwrap_or_default());
    let ceiling = counts.last().copied().unwrap_or(1);
    let days = |to: Date| first.until(to).map_or(0, |span| span.get_days());
    let x = |date: Date| match days(last) {
        0 => f64::midpoint(LEFT, RIGHT),
        all => LEFT + INSET + f64::from(days(date)) / f64::from(all) * (RIGHT - LEFT - INSET),
    };
    let y = |count: usize| BOTTOM - part(count, ceiling) * (BOTTOM - TOP);
    let spot = |(date, point): (&Date, &Point)| {
        point.actions.map(|actions| Spot {
            date: *date,
            actions,
            x: x(*date),
            y: y(actions),
        })
    };
    let lines: Vec<_> = drawn
        .iter()
        .map(|(name, points)| Line {
            name,
            spots: history.dates.iter().zip(*points).map(spot).collect(),
        })
        .collect();
    html! {
        figure.chart {
            // keyboards scroll it where it is wider than the screen
            div.scroll tabindex="0" role="region" aria-labelledby="history.title" {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby="history.title history.desc" {
                    title id="history.title" { "Number of actions from " (first) " to " (last) }
                    desc id="history.desc" { (described(&lines)) }
                    @for count in &counts {
                        line.grid x1=(n(LEFT)) x2=(n(RIGHT)) y1=(n(y(*count))) y2=(n(y(*count))) {}
                        text.count x=(n(LEFT - 8.0)) y=(n(y(*count) + 4.0)) { (count) }
                    }
                    @for date in spaced(&history.dates, x, DATE) {
                        line.tick x1=(n(x(date))) x2=(n(x(date))) y1=(n(BOTTOM)) y2=(n(BOTTOM + 6.0)) {}
                        text.date x=(n(x(date))) y=(n(BOTTOM + 22.0)) { (date) }
                    }
                    @for (index, line) in lines.iter().enumerate() {
                        g class={ "line l" (index % 8) " d" (index / 8) } {
                            @for run in line.spots.split(Option::is_none).filter(|run| !run.is_empty()) {
                                path d=(path(run)) {}
                            }
                            @for spot in line.spots() {
                                path.spot d=(marker(index, spot)) {
                                    title { (line.name) ", " (spot.date) ": " (spot.actions) }
                                }
                            }
                        }
                    }
                    // a rim around letters, which lines may cross
                    g paint-order="stroke" {
                        (numbers(&spaced(&history.dates, x, NUMBER), &lines))
                        (names(&lines))
                    }
                }
            }
            figcaption {
                "Dates are to scale; a point is a snapshot."
                @if drawn.len() < history.services.len() {
                    " Drawn are the " (drawn.len()) " services with the most actions of "
                    (history.services.len()) "; the table has them all."
                }
            }
        }
    }
}

fn described(lines: &[Line<'_>]) -> String {
    let lines = lines.iter().map(|line| {
        let spots = line
            .spots()
            .map(|spot| format!("{} on {}", spot.actions, spot.date));
        format!("{}: {}.", line.name, spots.collect::<Vec<_>>().join(", "))
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// The dates that have room, the later ones first to it.
fn spaced(dates: &[Date], x: impl Fn(Date) -> f64, room: f64) -> Vec<Date> {
    let mut spaced: Vec<Date> = Vec::new();
    for &date in dates.iter().rev() {
        if spaced
            .last()
            .is_none_or(|later| x(date) <= x(*later) - room)
        {
            spaced.push(date);
        }
    }
    spaced.reverse();
    spaced
}

/// The numbers above the points, moved apart.
fn numbers(dates: &[Date], lines: &[Line<'_>]) -> Markup {
    html! {
        @for date in dates {
            @let spots = lines.iter().flat_map(Line::spots);
            @let at: Vec<_> = spots.filter(|spot| spot.date == *date).collect();
            @let wanted: Vec<_> = at.iter().map(|spot| spot.y - 9.0).collect();
            @for (spot, y) in at.iter().zip(spread(&wanted, LINE, TOP - 10.0, BOTTOM - 4.0)) {
                text.number x=(n(spot.x)) y=(n(y)) { (spot.actions) }
            }
        }
    }
}

/// The services' names, each to the right of its last point.
fn names(lines: &[Line<'_>]) -> Markup {
    let ends: Vec<_> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| Some((index, line, line.spots().last()?)))
        .collect();
    let wanted: Vec<_> = ends.iter().map(|(_, _, spot)| spot.y + 4.0).collect();
    let places = spread(&wanted, LINE, TOP, BOTTOM + 4.0);
    html! {
        @for ((index, line, spot), y) in ends.iter().zip(places) {
            text class={ "name l" (index % 8) } x=(n(spot.x + NUMBER / 2.0)) y=(n(y)) {
                (cut(line.name))
                title { (line.name) }
            }
        }
    }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

fn path(run: &[Option<Spot>]) -> String {
    let steps = run.iter().flatten().enumerate().map(|(index, spot)| {
        let step = if index == 0 { 'M' } else { 'L' };
        format!("{step}{} {}", n(spot.x), n(spot.y))
    });
    steps.collect::<Vec<_>>().join("")
}

/// Circle, square, diamond, triangle: colour is not all that tells lines apart.
fn marker(index: usize, spot: &Spot) -> String {
    let at = format!("M{} {}", n(spot.x), n(spot.y));
    let shape = match index % 4 {
        0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        1 => "m-4 -4h8v8h-8z",
        2 => "m0 -5l5 5l-5 5l-5 -5z",
        _ => "m0 -5l5 9h-10z",
    };
    format!("{at}{shape}")
}

/// The ticks of an axis from zero that reaches `top`, the last of them at or above it.
fn ticks(top: usize) -> Vec<usize> {
    let steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.saturating_pow(power)));
    let step = steps.into_iter().find(|step| top.div_ceil(*step) < TICKS);
    let step = step.unwrap_or(usize::MAX);
    let ticks = 0..=top.div_ceil(step).max(1);
    ticks.map(|tick| tick * step).collect()
}

/// Moves positions apart until each two are `gap` from each other, within `low` and `high` as far as
/// that goes; their order stays.
fn spread(positions: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
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

/// A coordinate as it is written: a tenth of a unit is more than a screen shows.
fn n(coordinate: f64) -> String {
    format!("{coordinate:.1}")
}

fn part(count: usize, of: usize) -> f64 {
    let real = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    real(count) / real(of.max(1))
}

fn table(history: &History) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby="history.table" {
            table.history aria-labelledby="history.table" {
                thead {
                    tr {
                        th scope="col" { "Date" }
                        @for name in history.services.keys() {
                            th scope="col" { (name) }
                        }
                    }
                }
                tbody {
                    @for (index, date) in history.dates.iter().enumerate() {
                        tr {
                            th scope="row" { time datetime=(date) { (date) } }
                            @for points in history.services.values() {
                                td { @if let Some(point) = points.get(index) { (of_table(point)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn of_table(point: &Point) -> Markup {
    html! {
        @match point.actions {
            Some(actions) => span.actions { (actions) },
            None => abbr title="not known" { "–" },
        }
        @if let Some(changes @ 1..) = point.changes {
            span.changes { " " (counted(changes, "change")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TICKS, spread, ticks};

    #[test]
    fn counts_begin_at_zero_and_reach_the_top() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(254), [0, 100, 200, 300]);
        assert_eq!(ticks(5), [0, 1, 2, 3, 4, 5]);
        for top in 0..2000 {
            let ticks = ticks(top);
            assert!(
                ticks.len() <= TICKS && *ticks.last().unwrap() >= top,
                "{top}: {ticks:?}"
            );
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
