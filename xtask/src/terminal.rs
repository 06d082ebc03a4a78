//! Progress, errors and exit statuses of commands.

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use codegen::escape;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The result of a command, which determines its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Success.
    Done,
    /// A failure that was reported.
    Failed,
    /// Files that differ from what they should be.
    Drift,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        // 2 is clap's status for invalid arguments
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Failed => Self::from(1),
            Outcome::Drift => Self::from(3),
        }
    }
}

/// Prints a message on the error stream. It may quote a page, so its lines are escaped.
pub(crate) fn message(text: &str) {
    for line in text.lines() {
        eprintln!("{}", escape::terminal(line));
    }
}

/// Prints an error on one line, and its hint, if any, on the next.
pub(crate) fn report(error: &anyhow::Error) {
    message(&format!("error: {error:#}"));
    if let Some(hint) = error
        .downcast_ref::<codegen::Error>()
        .and_then(|error| error.hint.as_ref())
    {
        message(&format!("  hint: {hint}"));
    }
}

/// The interval between progress lines without a terminal.
const INTERVAL: Duration = Duration::from_secs(5);

/// The progress of fetching pages.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    pages: usize,
    done: AtomicUsize,
    last_line: Mutex<Instant>,
}

impl Progress {
    /// Starts a progress bar for `pages` pages, of which `done` are done, on the error stream.
    pub(crate) fn of(done: usize, pages: usize) -> Self {
        let length = |pages| u64::try_from(pages).unwrap_or(u64::MAX);
        // draws nothing if the error stream is not a terminal
        let bar = ProgressBar::with_draw_target(Some(length(pages)), ProgressDrawTarget::stderr())
            .with_position(length(done));
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} pages · {msg}") {
            bar.set_style(style);
        }
        Self {
            bar,
            pages,
            done: AtomicUsize::new(done),
            last_line: Mutex::new(Instant::now()),
        }
    }

    /// Records that a page is done.
    pub(crate) fn step(&self, page: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.set_message(page.to_owned());
        self.bar.inc(1);
        if self.bar.is_hidden()
            && let Ok(mut last_line) = self.last_line.lock()
            && last_line.elapsed() >= INTERVAL
        {
            *last_line = Instant::now();
            eprintln!("{done} of {} pages done", self.pages);
        }
    }

    /// Prints a line above the progress bar.
    pub(crate) fn print(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
