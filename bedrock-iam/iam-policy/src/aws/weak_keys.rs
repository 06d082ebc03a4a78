//! Condition keys that limit less than they seem to.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>, the
//! checks of paired condition keys, of `dynamodb:Attributes` and of `s3:prefix`, read on 2026-11-26.

/// A key that requests evade unless a statement also has another one.
pub(crate) struct PairedKey {
    pub(crate) key: &'static str,
    /// The other keys, one of which is enough; the usual one first.
    pub(crate) with: &'static [&'static str],
    /// The requests that evade the key, as a sentence.
    pub(crate) why: &'static str,
}

pub(crate) const PAIRED_KEYS: &[PairedKey] = &[
    PairedKey {
        key: "aws:VpcSourceIp",
        with: &[
            "aws:SourceVpc",
            "aws:SourceVpcArn",
            "aws:SourceVpce",
            "aws:VpceAccount",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
        ],
        why: "VPCs of others have the same private addresses",
    },
    PairedKey {
        key: "dynamodb:Attributes",
        with: &["dynamodb:Select"],
        why: "a read request that does not name attributes returns all of them",
    },
];

/// Keys of the prefix of a list request: a request with a shorter prefix lists the same and more.
pub(crate) const LIST_PREFIXES: &[&str] = &["s3:prefix"];
