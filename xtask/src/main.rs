//! The maintainers' commands: `cargo xtask …`.

mod cli;
mod diff;
mod emit;
mod fetch;
mod files;
mod modules;
mod outcome;
mod overlays;
mod pages;
mod progress;
mod project;
mod regen;
mod report;
mod scrape;
mod snapshots;
mod source;
mod summary;
mod verify;

use std::process::ExitCode;

use clap::Parser as _;

use crate::outcome::Outcome;

fn main() -> ExitCode {
    let result = match cli::Arguments::parse().command {
        cli::Command::Scrape(arguments) => scrape::run(&arguments),
        cli::Command::Regen(arguments) => regen::run(&arguments),
        cli::Command::Diff(arguments) => diff::run(&arguments),
        cli::Command::Emit(arguments) => emit::run(&arguments),
        cli::Command::Verify(arguments) => verify::run(&arguments),
    };
    let outcome = result.unwrap_or_else(|error| {
        outcome::report(&error);
        Outcome::Failed
    });
    outcome.into()
}
