//! The command-line tool `bedrock-iam`: see `bedrock-iam --help`.

mod arguments;
mod check;
mod codes;
mod convert;
mod expand;
mod explain;
mod facts;
mod files;
mod fix;
mod generate;
mod input;
mod minimize;
mod other_formats;
mod places;
mod plausible;
mod policies;
mod report;
mod requests;
mod rule;
mod settings;
mod simulate;
mod snippet;
mod table;
mod test;
mod why;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::{Arguments, Command, FAILED, Outcome, report_error};

fn main() -> ExitCode {
    let arguments = match Arguments::from_arg_matches(&command().get_matches()) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    let outcome = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &mut out),
        Command::Explain(arguments) => explain::run(&arguments, &mut out),
        Command::Expand(arguments) => expand::run(&arguments, &mut out),
        Command::Minimize(arguments) => minimize::run(&arguments, &mut out),
        Command::Convert(arguments) => convert::run(&arguments, &mut out),
        Command::Generate(arguments) => generate::run(&arguments, &mut out),
        Command::Requests(arguments) => requests::run(&arguments, &mut out),
        Command::Rule(arguments) => rule::run(&arguments, &mut out),
        Command::Simulate(arguments) => simulate::run(&arguments, &mut out),
        Command::Test(arguments) => test::run(&arguments, &mut out),
        Command::Why(arguments) => why::run(&arguments, &mut out),
        Command::Completions { shell } => completions(shell),
        Command::Man => man(&mut out),
    };
    match outcome {
        Ok(status) => status,
        // A reader such as `head` may close the pipe early.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            report_error(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}

/// Returns the description of the command line, with the codes of findings.
fn command() -> clap::Command {
    Arguments::command().mut_subcommand("check", |check| check.after_long_help(check::codes_help()))
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command(), "bedrock-iam", &mut text);
    io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn man(out: &mut dyn Write) -> Outcome {
    clap_mangen::Man::new(command()).render(out)?;
    Ok(ExitCode::SUCCESS)
}
