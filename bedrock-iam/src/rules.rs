//! Checks for Amazon Bedrock in addition to those of the engine; [`catalog`](crate::catalog) includes
//! them.

mod profiles;

use iam_policy::check::rule::Rule;

pub use profiles::PROFILE_WITHOUT_MODELS;

pub(crate) static RULES: &[Rule] = &[profiles::RULE];
