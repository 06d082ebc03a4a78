//! What can be said on the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use codegen::locale::Locale;

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
    /// Bring the snapshots and the crate's generated modules up to date.
    Regen(Regen),
    /// Make a crate of its own for any saved pages.
    Emit(Emit),
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

#[derive(Debug, Args)]
pub(crate) struct Regen {
    /// Read saved pages, `DIR/<locale>/list_<page>.{html,md}`, instead of the live reference.
    #[arg(long, value_name = "DIR", conflicts_with = "offline")]
    pub(crate) pages: Option<PathBuf>,
    /// Work from the committed snapshots.
    #[arg(long)]
    pub(crate) offline: bool,
    /// Write nothing; end with status 3 if anything would change.
    #[arg(long)]
    pub(crate) check: bool,
    /// Read only the pages of this module; may be given more than once.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// Read only the localized pages of this language, beside the English ones; may be given more
    /// than once.
    #[arg(long, value_name = "L")]
    pub(crate) locale: Vec<Locale>,
    /// Take a page although it lost more than a fifth of its actions, resource types or keys, or a
    /// whole table.
    #[arg(long)]
    pub(crate) accept_removals: bool,
    /// The day that pages were saved on, in UTC, for what they no longer have; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", hide_short_help = true)]
    pub(crate) date: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct Emit {
    /// Saved pages, or folders to search for `list_*.html`, `list_*.md` and `list_*.txt`.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// The crate's folder: new, empty, or a crate that was emitted before.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Put the reference's own sentences into the documentation: for your own build, not to be
    /// published.
    #[arg(long)]
    pub(crate) descriptions: bool,
}
