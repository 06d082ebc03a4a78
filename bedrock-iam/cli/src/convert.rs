//! `convert`: prints a policy as a Rust program.

use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::Catalog;
use bedrock_iam::convert::to_rust;

use crate::arguments::{Convert, Outcome};
use crate::facts;
use crate::input::Input;

pub(crate) fn run(arguments: &Convert, out: &mut dyn Write) -> Outcome {
    // Given facts do not replace the built-in ones: the program is compiled with the built-in modules.
    let given = facts::services(&arguments.facts.paths)?;
    let built_in = bedrock_iam::catalog().services().iter().copied();
    let catalog = Catalog::new(built_in.chain(given));
    let document = Input::read(&arguments.file)?.document()?;
    out.write_all(to_rust(&document, &catalog)?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
