//! `convert`: a policy as Rust for this crate.

use std::io::Write;
use std::process::ExitCode;

use super::Outcome;
use super::arguments::Convert;
use super::input::Input;
use crate::convert::to_rust;

pub(super) fn run(arguments: &Convert, out: &mut dyn Write) -> Outcome {
    let document = Input::read(&arguments.file)?.document()?;
    out.write_all(to_rust(&document)?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
