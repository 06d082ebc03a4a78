//! Checks that only Amazon Bedrock has, beside those of the engine: [`catalog`](crate::catalog) has
//! them.

mod profiles;

use iam_policy::check::rule::Rule;

pub use profiles::PROFILE_WITHOUT_MODELS;

pub(crate) static RULES: &[Rule] = &[profiles::RULE];
