//! What can be said on the command line.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use codegen::locale::Locale;
use jiff::civil::Date;

use crate::verify::{self, Source};

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
    /// Say what changed between two states of the snapshots, and what that means for policies.
    Diff(Diff),
    /// Make a crate of its own for any saved pages.
    Emit(Emit),
    /// Hold the snapshots against AWS's machine-readable service reference.
    Verify(Verify),
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
    pub(crate) date: Option<Date>,
    /// Where a page fails, keep what the snapshots say of it and go on with the others; without this
    /// a module is written only if all of its pages were read. Ends with status 1 all the same.
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Where the reference is, or a mirror of it: `https`, or `http` on this machine itself.
    #[arg(long, value_name = "URL", default_value = crate::source::HOST)]
    pub(crate) base_url: String,
    #[command(flatten)]
    pub(crate) fetch: Fetch,
}

/// How pages are asked for.
#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// Keep fetched pages in this folder instead of the user's cache folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// For how many seconds a server may stay silent.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
    /// How often a request that failed in passing is made again.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(0..=10))]
    pub(crate) retries: u8,
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

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A service reference: a file, or an address (`https`; `http` on this machine); may be given
    /// more than once. Without it, those that AWS publishes for the modules' prefixes.
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) json: Vec<Source>,
    /// Hold only this module against it; may be given more than once.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// How to print what came of it.
    #[arg(long, value_enum, default_value_t = verify::Format::Text)]
    pub(crate) format: verify::Format,
    #[command(flatten)]
    pub(crate) fetch: Fetch,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The state before: a folder of snapshots or of saved pages, one snapshot, a project's folder,
    /// or else a git revision; `rev:NAME` is a revision even if there is a folder of that name.
    #[arg(value_name = "OLD", default_value = "rev:HEAD")]
    pub(crate) old: String,
    /// The state after, as OLD; the work tree's snapshots if left out.
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<String>,
    /// What to print.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: Format,
    /// Look only at these modules (or pages, where there is no module); may be given more than once.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// Policy documents, or folders of them: their wildcards are held against new actions. May be
    /// given more than once.
    #[arg(long, value_name = "PATH")]
    pub(crate) policies: Vec<PathBuf>,
    /// A folder of folders named by dates, such as `2026-05-10`, each as OLD may be: the page then
    /// shows how many actions there were over time. Only with `--format html`.
    #[arg(long, value_name = "DIR")]
    pub(crate) history: Option<PathBuf>,
}

/// What a report of changes is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For the body of a pull request.
    Markdown,
    /// For programs: everything there is.
    Json,
    /// The entry of CHANGELOG.md.
    Changelog,
    /// A page for a browser, with tables of actions against resource types.
    Html,
}

/// Ends the program as it ends for arguments that do not parse.
pub(crate) fn refuse(message: &str) -> ! {
    let mut command = Arguments::command();
    command.error(ErrorKind::ArgumentConflict, message).exit()
}
