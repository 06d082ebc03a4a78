//! The maintainers' commands: `cargo xtask …`.

mod cli;
mod diff;
mod emit;
mod files;
mod modules;
mod outcome;
mod pages;
mod project;
mod reading;
mod regen;
mod removed;
mod report;
mod scrape;
mod snapshots;

use std::process::ExitCode;

use clap::Parser as _;

use crate::outcome::Outcome;

fn main() -> ExitCode {
    let result = match cli::Arguments::parse().command {
        cli::Command::Scrape(arguments) => scrape::run(&arguments),
        cli::Command::Regen(arguments) => regen::run(&arguments),
        cli::Command::Diff(arguments) => diff::run(&arguments),
        cli::Command::Emit(arguments) => emit::run(&arguments),
    };
    let outcome = result.unwrap_or_else(|error| {
        outcome::report(&error);
        Outcome::Failed
    });
    outcome.into()
}
