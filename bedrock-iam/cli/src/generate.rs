//! `generate`: prints the policy that allows API calls.

use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::Policy;
use bedrock_iam::convert::to_rust;
use bedrock_iam::words::visible;

use crate::arguments::{Generate, Generated, Outcome, report};
use crate::requests;

pub(crate) fn run(arguments: &Generate, out: &mut dyn Write) -> Outcome {
    let requests = requests::read(&arguments.call)?;
    let policy = match arguments.principal {
        Generated::Caller => Policy::identity()
            .with_all(requests.statements()?)
            .build()?,
        Generated::Role => {
            let statements = requests.role_statements()?;
            if statements.is_empty() {
                return Err("no service runs with a role in these calls".into());
            }
            Policy::identity().with_all(statements).build()?
        }
        Generated::Trust => {
            let statement = requests
                .trust()
                .ok_or("none of the calls passes a role; hint: name it with `role`")?;
            Policy::trust().with(statement).build()?
        }
    };
    if matches!(arguments.principal, Generated::Caller) {
        for note in requests.notes() {
            report("note", &visible(&note));
        }
    }
    for unused in &requests.unused {
        report("note", &format!("unused: {}", visible(unused)));
    }
    if arguments.rust {
        let program = to_rust(&policy.to_document(), bedrock_iam::catalog())?;
        out.write_all(program.as_bytes())?;
    } else {
        writeln!(out, "{}", policy.to_json_pretty())?;
    }
    Ok(ExitCode::SUCCESS)
}
