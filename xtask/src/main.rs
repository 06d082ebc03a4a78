//! The maintainers' commands: `cargo xtask …`.

mod diff;
mod emit;
mod fetch;
mod files;
mod pages;
mod regen;
mod report;
mod scrape;
mod snapshots;
mod states;
mod terminal;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::Outcome;

/// Turns AWS's Service Authorization Reference into the `bedrock-iam` crate.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what pages state, as JSON.
    Scrape(scrape::Scrape),
    /// Bring the snapshots and the crate's generated modules up to date.
    Regen(regen::Regen),
    /// Say what changed between two states of the snapshots, and what that means for policies.
    Diff(diff::Diff),
    /// Make a crate of its own for any saved pages.
    Emit(emit::Emit),
    /// Hold the snapshots against AWS's machine-readable service reference.
    Verify(verify::Verify),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Scrape(arguments) => scrape::run(&arguments),
        Command::Regen(arguments) => regen::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Emit(arguments) => emit::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    let outcome = result.unwrap_or_else(|error| {
        terminal::report(&error);
        Outcome::Failed
    });
    outcome.into()
}
