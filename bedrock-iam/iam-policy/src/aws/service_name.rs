//! Condition keys whose values are the names of services.
//!
//! Sources, read on 2026-11-26:
//!
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>;
//! - <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>, where a value has the
//!   service's region too.

use super::pass_role::PASSED_TO;

/// A condition key whose values are names of services.
pub(crate) struct ServiceNames {
    pub(crate) key: &'static str,
    /// A pattern that all values match, in every partition.
    pub(crate) pattern: &'static str,
    pub(crate) expected: &'static str,
}

pub(crate) const KEYS: &[ServiceNames] = &[
    ServiceNames {
        key: PASSED_TO,
        pattern: "*.*.*",
        expected: "the name of a service principal, such as `lambda.amazonaws.com`",
    },
    ServiceNames {
        key: "iam:AWSServiceName",
        pattern: "*.*.*",
        expected: "the name of the service that owns the role, such as `autoscaling.amazonaws.com`",
    },
    ServiceNames {
        key: "kms:ViaService",
        pattern: "*.*.*.*",
        expected: "the name of a service in a region, such as `s3.eu-central-1.amazonaws.com`",
    },
];
