//! The command line: what commands take and return.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Check, explain and convert IAM policies for Amazon Bedrock, and for any service whose facts are
/// given
#[derive(Debug, Parser)]
#[command(name = "bedrock-iam", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What a command returns: the exit status, or an error that is printed in one line.
pub(crate) type Outcome = Result<ExitCode, Box<dyn Error>>;

/// Exit status of a failed command: a file that can't be read, an argument that can't be used.
pub(crate) const FAILED: u8 = 1;

/// Prints an error where it doesn't mix with what is asked for.
pub(crate) fn report_error(message: &str) {
    let _ = writeln!(anstream::stderr(), "error: {message}");
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Explain(Explain),
    Expand(Expand),
    Minimize(Minimize),
    Convert(Convert),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// Facts of further services, or newer ones: snapshots, pages that `cargo xtask scrape` read, or
    /// AWS's machine-readable service reference; a file, or a folder that is searched for `*.json`
    #[arg(long = "facts", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Check policies against the facts of their services
///
/// Exit status: 0 no finding as bad as `--fail-on`, 1 a file can't be read, 2 the arguments are
/// wrong, 3 a warning or suggestion, 4 a security warning, 5 an error.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Policies in JSON; `-` is the standard input
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// The least severity that fails
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub(crate) fail_on: Threshold,
    /// Ignore findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding below the line that it is about
    #[default]
    Text,
    /// One object: the findings, and how many statements were checked
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    /// Errors only
    Error,
    /// Security warnings, and errors
    #[default]
    SecurityWarning,
    /// Warnings, and what is worse
    Warning,
    /// Anything
    Suggestion,
}

/// Print what a policy allows: its actions by access level, with resource patterns
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A policy in JSON; `-` is the standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Print a policy as Rust: a program that prints the same policy
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// A policy in JSON; `-` is the standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Print the actions that patterns match
#[derive(Debug, Args)]
pub(crate) struct Expand {
    /// Patterns such as `bedrock:Get*`; `-` reads them from the standard input, one a line
    #[arg(required = true)]
    pub(crate) patterns: Vec<String>,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Print the fewest patterns that match just these actions
#[derive(Debug, Args)]
pub(crate) struct Minimize {
    /// Actions or patterns; `-` reads them from the standard input, one a line
    #[arg(required = true)]
    pub(crate) actions: Vec<String>,
    /// Keep distance from actions that may come later
    #[arg(long)]
    pub(crate) keep_distance: bool,
    /// No wildcard but at the end
    #[arg(long)]
    pub(crate) prefixes_only: bool,
    #[command(flatten)]
    pub(crate) facts: Facts,
}
