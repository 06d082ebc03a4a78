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

/// Generates the `bedrock-iam` crate from AWS's Service Authorization Reference.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the facts of saved pages as JSON.
    Scrape(scrape::Scrape),
    /// Update the snapshots and the crate's generated modules.
    Regen(regen::Regen),
    /// Report the changes between two states of the snapshots, and their effect on policies.
    /// Overlays are not compared: review them as they are.
    Diff(diff::Diff),
    /// Generate a standalone crate from saved pages of any services.
    Emit(emit::Emit),
    /// Compare the snapshots with AWS's machine-readable service reference.
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
