//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Turns AWS's Service Authorization Reference into the `bedrock-iam` crate.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what pages state, as JSON.
    Scrape(Scrape),
}

#[derive(Debug, Args)]
pub(crate) struct Scrape {
    /// Saved pages, or folders to search for `list_*.html`, `list_*.md` and `list_*.txt`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write `DIR/<locale>/<page>.json` instead of printing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// English pages that localized ones learn their labels from.
    #[arg(long, value_name = "PATH")]
    pub(crate) english: Vec<PathBuf>,
}
