//! Checks for Amazon Bedrock only, in addition to those in [`check`](crate::check).
//!
//! The [`catalog`](crate::catalog) includes them; their codes are constants here, such as
//! [`PROFILE_WITHOUT_MODELS`].

mod api_keys;
mod key_values;
pub(crate) mod profile_regions;
mod profiles;

use iam_policy::check::rule::Rule;

pub use api_keys::API_KEY_SERVICE;
pub use profile_regions::{PROFILE_ID_AS_MODEL, PROFILE_REGIONS};
pub use profiles::PROFILE_WITHOUT_MODELS;

pub(crate) static RULES: &[Rule] = &[
    key_values::RULE,
    profiles::RULE,
    profile_regions::RULE,
    api_keys::RULE,
];
