//! What the reference's table of operations is known to lack.

use crate::bedrock::Operation;
use iam_policy::ContextEntry;

/// An action that an operation needs and the table does not list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    operations: &'static [Operation],
    pub(super) action: &'static str,
    pub(super) context: &'static [ContextEntry],
    /// Why, in a few words.
    #[allow(dead_code, reason = "for whoever reads or reviews the table")]
    reason: &'static str,
    /// Where that is documented.
    #[allow(dead_code, reason = "for whoever reads or reviews the table")]
    source: &'static str,
}

/// A request that Bedrock makes for the caller.
const BY_BEDROCK: &[ContextEntry] = &[ContextEntry {
    key: "aws:CalledViaLast",
    values: &["bedrock.amazonaws.com"],
}];

const fn sagemaker(operations: &'static [Operation], action: &'static str) -> Gap {
    Gap {
        operations,
        action,
        context: BY_BEDROCK,
        reason: "an endpoint of a Bedrock Marketplace model is an endpoint of SageMaker AI",
        source: "managed policy AmazonBedrockFullAccess, its statements on marketplace endpoints",
    }
}

const GAPS: &[Gap] = &[
    Gap {
        operations: &[Operation::Rerank],
        action: "bedrock:InvokeModel",
        context: &[],
        reason: "a reranker is a model, and is invoked as the caller",
        source: "Amazon Bedrock User Guide, permissions for reranking",
    },
    sagemaker(
        &[Operation::CreateMarketplaceModelEndpoint],
        "sagemaker:CreateModel",
    ),
    sagemaker(
        &[Operation::CreateMarketplaceModelEndpoint],
        "sagemaker:CreateEndpointConfig",
    ),
    sagemaker(
        &[Operation::CreateMarketplaceModelEndpoint],
        "sagemaker:CreateEndpoint",
    ),
    sagemaker(
        &[Operation::UpdateMarketplaceModelEndpoint],
        "sagemaker:UpdateEndpoint",
    ),
    sagemaker(
        &[Operation::DeleteMarketplaceModelEndpoint],
        "sagemaker:DeleteEndpoint",
    ),
    sagemaker(
        &[
            Operation::GetMarketplaceModelEndpoint,
            Operation::RegisterMarketplaceModelEndpoint,
        ],
        "sagemaker:DescribeEndpoint",
    ),
    sagemaker(
        &[Operation::ListMarketplaceModelEndpoints],
        "sagemaker:ListEndpoints",
    ),
];

/// What the table lacks for an operation.
pub(super) fn of(operation: Operation) -> impl Iterator<Item = &'static Gap> {
    GAPS.iter()
        .filter(move |gap| gap.operations.contains(&operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_gap_is_in_the_table_by_now() {
        for gap in GAPS {
            for operation in gap.operations {
                let listed = operation
                    .required_actions()
                    .iter()
                    .any(|it| it.action == gap.action);
                assert!(!listed, "{operation} {}: remove the gap", gap.action);
                assert!(!gap.reason.is_empty() && !gap.source.is_empty());
            }
        }
    }
}
