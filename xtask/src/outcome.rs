//! How a command ends, and how it says what went wrong.

use std::process::ExitCode;

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
