//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Read, check and explain IAM policies for Amazon Bedrock.
#[derive(Debug, Parser)]
#[command(name = "bedrock-iam", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
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

/// Tell what is wrong with policies
///
/// Exit status: 0 nothing as bad as `--fail-on` was found, 1 a file can't be read, 2 the arguments are
/// wrong, 3 a warning or suggestion, 4 a security warning, 5 an error.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Policies in JSON; `-` is the standard input
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// The least severity that fails
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub(super) fail_on: Threshold,
    /// Findings that are left out, by their codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(super) allow: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: each finding below the line that it is about
    #[default]
    Text,
    /// A list of objects
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Threshold {
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

/// Tell what a policy allows: its actions by access level, against resource patterns
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A policy in JSON; `-` is the standard input
    pub(super) file: PathBuf,
}

/// Print a policy as Rust for this crate: a program that prints the same policy
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// A policy in JSON; `-` is the standard input
    pub(super) file: PathBuf,
}

/// Print the actions that patterns match
#[derive(Debug, Args)]
pub(super) struct Expand {
    /// Patterns such as `bedrock:Get*`; `-` reads them from the standard input, one a line
    #[arg(required = true)]
    pub(super) patterns: Vec<String>,
}

/// Print the fewest patterns that match just these actions
#[derive(Debug, Args)]
pub(super) struct Minimize {
    /// Actions or patterns; `-` reads them from the standard input, one a line
    #[arg(required = true)]
    pub(super) actions: Vec<String>,
    /// Keep distance from actions that may come later
    #[arg(long)]
    pub(super) keep_distance: bool,
    /// No wildcard but at the end
    #[arg(long)]
    pub(super) prefixes_only: bool,
}
