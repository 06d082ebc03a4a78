//! Prints a permissions boundary that allows models and guardrails, and denies changes to guardrails.
//!
//! `cargo run -p bedrock-iam --example permissions_boundary`

use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{AnyResource, Partition, Policy, Segment, Site, SizeLimit, Statement, account};

pub(crate) fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
    let account = Site::ANYWHERE
        .with_partition(Partition::Aws)
        .with_account(account!("123456789012"));
    let guardrails = arn::Guardrail {
        guardrail_id: Segment::ANY,
    };
    let boundary = Policy::new()
        .with(
            Statement::allow((
                action::InvokeModel,
                action::InvokeModelWithResponseStream,
                action::ListFoundationModels,
                action::ListGuardrails,
            ))
            .sid("Models")
            .on(AnyResource),
        )
        .with(
            Statement::allow((action::GetGuardrail, action::ApplyGuardrail))
                .sid("Guardrails")
                .on(guardrails.clone().at(account)),
        )
        .with(
            Statement::deny((action::UpdateGuardrail, action::DeleteGuardrail))
                .sid("GuardrailsStay")
                .on(guardrails.at(account)),
        )
        .limit(SizeLimit::Managed)
        .build()?;
    Ok(boundary)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", policy()?.to_json_pretty());
    Ok(())
}
