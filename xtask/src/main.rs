//! The maintainers' commands: `cargo xtask …`.

mod cli;
mod outcome;
mod pages;
mod scrape;

use std::process::ExitCode;

use clap::Parser as _;

use crate::outcome::Outcome;

fn main() -> ExitCode {
    let result = match cli::Arguments::parse().command {
        cli::Command::Scrape(arguments) => scrape::run(&arguments),
    };
    let outcome = result.unwrap_or_else(|error| {
        outcome::report(&error);
        Outcome::Failed
    });
    outcome.into()
}
