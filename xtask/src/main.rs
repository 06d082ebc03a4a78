//! The maintainers' commands: `cargo xtask …`.

mod cli;
mod diff;
mod emit;
mod fetch;
mod files;
mod live;
mod lock;
mod modules;
mod origin;
mod outcome;
mod overlays;
mod pages;
mod progress;
mod project;
mod reading;
mod regen;
mod removed;
mod report;
mod scrape;
mod snapshots;
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
