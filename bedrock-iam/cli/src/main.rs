//! The command-line tool: see `bedrock-iam --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    bedrock_iam::cli::run()
}
