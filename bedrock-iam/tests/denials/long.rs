//! Long texts are read in linear time, up to a limit.

use std::time::{Duration, Instant};

use bedrock_iam::denials::Denial;
use bedrock_iam::{AccessDenied, catalog};

use super::sentence;

#[test]
fn repeated_marks_and_phrases_take_linear_time() {
    // an eighth of the limit is enough to tell: a loop in a loop takes a minute
    let most = AccessDenied::MOST_BYTES / 8;
    let repeated = |part: &str| part.repeat(most / part.len());
    let halves = |first: &str, second: &str| {
        first.repeat(most / 2 / first.len()) + &second.repeat(most / 2 / second.len())
    };
    for text in [
        repeated("is not authorized to perform: "),
        repeated("is not authorized to perform: a:B "),
        repeated("is not authorized to perform: a:B on resource: arn:a:b "),
        repeated("user: arn:a:b is not authorized to perform: a:B "),
        repeated("no session policy "),
        repeated("because no identity-based "),
        repeated("with an explicit deny in a "),
        repeated("session "),
        repeated("not authorized to invoke the "),
        repeated("<"),
        repeated("<a "),
        repeated("</"),
        repeated("[x]("),
        repeated("[x](http"),
        repeated("](http"),
        repeated("&"),
        repeated("&amp;"),
        repeated("\\"),
        repeated("**"),
        repeated("**a "),
        repeated("> "),
        repeated("\u{1b}]"),
        repeated("\u{1b}["),
        halves("[", "]("),
        halves("<a ", ">"),
        format!(
            "not authorized to perform: a:B on resource: arn:a:{}",
            repeated(")")
        ),
        format!(
            "not authorized to perform: a:B on resource: arn:a:{}",
            repeated("<")
        ),
    ] {
        let start = Instant::now();
        let denial = Denial::read(&text);
        let _ = (denial.causes(catalog()), denial.unknowns());
        let taken = start.elapsed();
        let shown: String = text.chars().take(60).collect();
        assert!(taken < Duration::from_secs(5), "{shown}: {taken:?}");
    }
}

#[test]
fn text_after_the_limit_is_reported_as_not_read() {
    let message = sentence("bedrock:ListAgents", "*", "with an explicit deny");
    let most = AccessDenied::MOST_BYTES;
    let unread = |text: &str| {
        let unknowns = Denial::read(text).unknowns();
        unknowns.iter().any(|it| it.contains("not read"))
    };
    let padded = format!("{message}{}", " ".repeat(most - message.len()));
    assert!(!unread(&padded));
    assert!(unread(&format!("{padded}x")));
    // the limit is in a character
    let wide = "é".repeat(most);
    assert!(unread(&wide) && unread(&format!("x{wide}")));
    let late = format!("{}{message}", " ".repeat(most));
    assert_eq!(Denial::read(&late).action(), None);
}
