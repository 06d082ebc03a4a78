//! What a person at a terminal sees: how far pages are, what went wrong, how a command ends.

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How a command ended; its exit status says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was done.
    Done,
    /// Something failed and was reported.
    Failed,
    /// Files are not what they should be.
    Drift,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        // 2 is for arguments that do not parse: clap ends with it by itself
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Failed => Self::from(1),
            Outcome::Drift => Self::from(3),
        }
    }
}

/// Prints an error in one line, and its hint, if it has one, in the next.
pub(crate) fn report(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
    if let Some(hint) = error
        .downcast_ref::<codegen::Error>()
        .and_then(|error| error.hint.as_ref())
    {
        eprintln!("  hint: {hint}");
    }
}

/// How long it stays silent where there is no terminal.
const SILENCE: Duration = Duration::from_secs(5);

/// How far a number of pages is.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    pages: usize,
    done: AtomicUsize,
    spoken: Mutex<Instant>,
}

impl Progress {
    /// For so many pages, on the error stream; `done` of them are through.
    pub(crate) fn of(done: usize, pages: usize) -> Self {
        let length = |pages| u64::try_from(pages).unwrap_or(u64::MAX);
        // draws nothing where the error stream is no terminal
        let bar = ProgressBar::with_draw_target(Some(length(pages)), ProgressDrawTarget::stderr())
            .with_position(length(done));
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} pages · {msg}") {
            bar.set_style(style);
        }
        Self {
            bar,
            pages,
            done: AtomicUsize::new(done),
            spoken: Mutex::new(Instant::now()),
        }
    }

    /// One page is through.
    pub(crate) fn step(&self, page: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.set_message(page.to_owned());
        self.bar.inc(1);
        if self.bar.is_hidden()
            && let Ok(mut spoken) = self.spoken.lock()
            && spoken.elapsed() >= SILENCE
        {
            *spoken = Instant::now();
            eprintln!("{done} of {} pages are through", self.pages);
        }
    }

    /// Something worth a line.
    pub(crate) fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
