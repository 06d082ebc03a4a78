//! The command-line tool `bedrock-iam`; no part of the crate's stable interface.

mod actions;
mod arguments;
mod check;
mod convert;
mod explain;
mod input;
mod sarif;
mod source;
mod spans;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};

/// What a command gives: the exit status, or an error to be told in a line.
type Outcome = Result<ExitCode, Box<dyn Error>>;

/// Exit status of a failed command: a file that can't be read, an argument that can't be used.
const FAILED: u8 = 1;

/// Runs the tool with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    let outcome = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &mut out),
        Command::Explain(arguments) => explain::run(&arguments, &mut out),
        Command::Expand(arguments) => actions::expand(&arguments, &mut out),
        Command::Minimize(arguments) => actions::minimize(&arguments, &mut out),
        Command::Convert(arguments) => convert::run(&arguments, &mut out),
        Command::Completions { shell } => completions(shell),
        Command::Man => man(&mut out),
    };
    match outcome {
        Ok(status) => status,
        // A reader such as `head` has seen enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "bedrock-iam", &mut text);
    io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn man(out: &mut dyn Write) -> Outcome {
    clap_mangen::Man::new(Arguments::command()).render(out)?;
    Ok(ExitCode::SUCCESS)
}
