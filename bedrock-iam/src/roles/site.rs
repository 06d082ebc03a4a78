//! Condition values that follow from the account and the region of a role.

use iam_policy::{AccountId, Partition, Scope, Site};

/// Returns the account of a site; nothing for a wildcard, so that a condition without a value is an
/// error of `build`.
pub(super) fn account(here: Site) -> Vec<AccountId> {
    match here.account() {
        Scope::One(account) => vec![account],
        Scope::Any | Scope::None => Vec::new(),
    }
}

/// Returns the value of `kms:ViaService` for a service, such as `s3.eu-central-1.amazonaws.com`; nothing
/// for a wildcard.
pub(super) fn via(service: &str, here: Site) -> Vec<String> {
    match (here.partition(), here.region()) {
        (Scope::One(partition), Scope::One(region)) => {
            vec![format!("{service}.{region}.{}", dns_suffix(partition))]
        }
        _ => Vec::new(),
    }
}

/// Returns the pattern of all ARNs of a service in the account and region of a site.
pub(super) fn all_of(service: &str, here: Site) -> String {
    format!(
        "arn:{}:{service}:{}:{}:*",
        here.partition(),
        here.region(),
        here.account()
    )
}

/// Returns the end of the names of a partition's endpoints.
const fn dns_suffix(partition: Partition) -> &'static str {
    match partition {
        Partition::AwsCn => "amazonaws.com.cn",
        Partition::AwsEusc => "amazonaws.eu",
        Partition::AwsIso => "c2s.ic.gov",
        Partition::AwsIsoB => "sc2s.sgov.gov",
        Partition::AwsIsoE => "cloud.adc-e.uk",
        Partition::AwsIsoF => "csp.hci.ic.gov",
        _ => "amazonaws.com",
    }
}
