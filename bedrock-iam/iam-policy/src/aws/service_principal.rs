//! Service principals, the names by which AWS services act.

mod names;

use std::borrow::Cow;

use super::product_names;
use crate::Region;
use crate::text::names::nearest_of_plain;
use names::NAMES;

/// The end of the names.
const SUFFIX: &str = ".amazonaws.com";

/// Other ends: services outside of AWS's own domain, and other partitions.
const OTHER_SUFFIXES: [&str; 4] = [
    ".amazonaws.com.cn",
    ".amazon.com",
    ".aws.internal",
    ".amazonaws.eu",
];

/// Services whose principal has a region in every region.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>.
const REGIONAL: &[&str] = &["logs", "states"];

/// The regions that are enabled by default. In the others, some services have a principal with a region.
///
/// Source: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>.
const DEFAULT_REGIONS: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Words that endpoints and SDK clients have at the end of a service's name, or before it as a part.
const ENDPOINT_WORDS: &[&str] = &[
    "agent",
    "agent-runtime",
    "agentruntime",
    "agents",
    "api",
    "control",
    "data",
    "data-automation",
    "data-automation-runtime",
    "fips",
    "runtime",
];

/// A fault of the name of a service principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameFault {
    /// It can't be a service principal: it has the wrong form.
    Form {
        /// The name that is meant, if it is certain.
        meant: Option<String>,
    },
    /// It has a region, which the service's principal does not have.
    Regional {
        /// The name without the region.
        meant: String,
    },
    /// It is the name of an endpoint or client of a service.
    Endpoint {
        /// The service's principal.
        meant: String,
    },
    /// It is similar to a known one.
    Similar {
        /// The known one.
        meant: String,
    },
    /// It is not among the known ones.
    Unknown,
}

/// Returns whether a text looks like a service principal.
pub(crate) fn looks_like(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.ends_with(SUFFIX) || lower.ends_with(OTHER_SUFFIXES[0])
}

/// Returns the service principal that a text is meant to be.
pub(crate) fn meant(text: &str) -> Cow<'_, str> {
    match fault(text) {
        Some(
            NameFault::Form { meant: Some(meant) }
            | NameFault::Regional { meant }
            | NameFault::Endpoint { meant }
            | NameFault::Similar { meant },
        ) => meant.into(),
        _ => text.into(),
    }
}

/// Returns whether a text can't be a service principal.
pub(crate) fn is_malformed(text: &str) -> bool {
    matches!(fault(text), Some(NameFault::Form { .. }))
}

/// Returns whether a text is the name of an endpoint instead of a service principal.
pub(crate) fn is_endpoint(text: &str) -> bool {
    matches!(fault(text), Some(NameFault::Endpoint { .. }))
}

/// Returns what is wrong with the name of a service principal.
pub(crate) fn fault(text: &str) -> Option<NameFault> {
    let full = |name: &str| format!("{name}{SUFFIX}");
    let Some(name) = text.strip_suffix(SUFFIX).filter(|name| is_name(name)) else {
        let is_other = |end: &&str| {
            let name = text.strip_suffix(*end).filter(|name| is_name(name));
            // services of AWS itself have its own domain
            name.is_some_and(|name| end.contains("aws") || !is_known(name))
        };
        if OTHER_SUFFIXES.iter().any(is_other) {
            return None;
        }
        return Some(NameFault::Form {
            meant: known_within(text).map(full),
        });
    };
    if is_known(name) {
        return None;
    }
    if let Some((service, region)) = with_region(name) {
        let is_regional = REGIONAL.contains(&service);
        // The services that need a region in other regions are not documented in one place.
        let may_be = !DEFAULT_REGIONS.contains(&region) && !service.starts_with("bedrock");
        return (!is_regional && !may_be).then(|| NameFault::Regional {
            meant: full(service),
        });
    }
    if let Some(service) = of_endpoint(name) {
        return Some(NameFault::Endpoint {
            meant: full(service),
        });
    }
    if let Some(service) = of_product(name) {
        return Some(NameFault::Similar {
            meant: full(service),
        });
    }
    if let Some((part, service)) = name.rsplit_once('.') {
        // `agentcore.bedrock` for `bedrock-agentcore`
        let joined = format!("{service}-{part}");
        if is_known(&joined) {
            return Some(NameFault::Similar {
                meant: full(&joined),
            });
        }
        // A part of a known service, such as `ops.apigateway`.
        if is_known(service) {
            return Some(NameFault::Unknown);
        }
    }
    match nearest_of_plain(NAMES.iter().copied(), name) {
        Some(meant) => Some(NameFault::Similar { meant: full(meant) }),
        None => Some(NameFault::Unknown),
    }
}

/// Returns the service and the region of a name that has both, in any order.
fn with_region(name: &str) -> Option<(&str, &str)> {
    let is_region =
        |text: &str| Region::find(text).is_some() && text.ends_with(|it: char| it.is_ascii_digit());
    if let Some((service, region)) = name.rsplit_once('.')
        && is_region(region)
    {
        return Some((service, region));
    }
    let (region, service) = name.split_once('.')?;
    is_region(region).then_some((service, region))
}

/// Returns the service of the name of an endpoint, such as `bedrock-runtime` or `runtime.sagemaker`.
fn of_endpoint(name: &str) -> Option<&str> {
    let without = |word: &&str| {
        let end = name.strip_suffix(word);
        let end = end.map(|it| it.strip_suffix('-').unwrap_or(it));
        let start = name.strip_prefix(word).and_then(|it| it.strip_prefix('.'));
        end.filter(|it| is_known(it))
            .or(start.filter(|it| is_known(it)))
    };
    ENDPOINT_WORDS.iter().find_map(without)
}

/// Returns the service of the name of a product, such as `step-functions` or `amazon-bedrock`.
fn of_product(name: &str) -> Option<&'static str> {
    let plain = product_names::plain(name);
    if plain == "opensearch" {
        return Some("opensearchservice");
    }
    let prefix = product_names::prefix(&plain).unwrap_or(&plain);
    let at = NAMES.binary_search(&prefix).ok()?;
    Some(NAMES[at])
}

fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

fn is_name(text: &str) -> bool {
    let is_char =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    !text.is_empty() && text.bytes().all(is_char)
}

/// Returns the known service that a malformed name begins with, such as `bedrock` in
/// `https://bedrock.amazonaws.com/` or `bedrock.aws.com`.
fn known_within(text: &str) -> Option<&'static str> {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split(['/', ':']).next()?.to_ascii_lowercase();
    let first = host.split('.').next()?;
    let at = NAMES.binary_search(&first).ok()?;
    Some(NAMES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn wrong_names_are_told_from_right_ones() {
        let meant = |name: &str| Some(format!("{name}.amazonaws.com"));
        for right in [
            "bedrock.amazonaws.com",
            "ec2.amazonaws.com.cn",
            "logs.us-east-1.amazonaws.com",
            "sns.af-south-1.amazonaws.com",
            "delivery.logs.amazonaws.com",
        ] {
            assert_eq!(fault(right), None, "{right}");
        }
        for (wrong, name) in [
            ("https://bedrock.amazonaws.com", Some("bedrock")),
            ("bedrock.aws.com", Some("bedrock")),
            ("Bedrock.amazonaws.com", Some("bedrock")),
            ("bedrock", Some("bedrock")),
            ("bedrock.amazon.com", Some("bedrock")),
            ("*.amazonaws.com", None),
            ("", None),
        ] {
            let meant = name.and_then(meant);
            assert_eq!(fault(wrong), Some(NameFault::Form { meant }), "{wrong}");
        }
        let bedrock = "bedrock.amazonaws.com".to_owned();
        let regional = NameFault::Regional {
            meant: bedrock.clone(),
        };
        assert_eq!(fault("bedrock.us-east-1.amazonaws.com"), Some(regional));
        let endpoint = NameFault::Endpoint {
            meant: bedrock.clone(),
        };
        for name in ["bedrock-runtime", "bedrock-agent-runtime", "agents.bedrock"] {
            let found = fault(&format!("{name}.amazonaws.com"));
            assert_eq!(found.as_ref(), Some(&endpoint), "{name}");
        }
        let meant = "states.amazonaws.com".to_owned();
        let product = Some(NameFault::Similar { meant });
        for name in ["stepfunctions", "step-functions", "aws-states"] {
            assert_eq!(fault(&format!("{name}.amazonaws.com")), product, "{name}");
        }
        let meant = "bedrock-agentcore.amazonaws.com".to_owned();
        let product = Some(NameFault::Similar { meant });
        for name in ["agentcore", "agent-core", "agentcore.bedrock"] {
            assert_eq!(fault(&format!("{name}.amazonaws.com")), product, "{name}");
        }
        assert_eq!(
            fault("bedrok.amazonaws.com"),
            Some(NameFault::Similar { meant: bedrock })
        );
        assert_eq!(fault("ops.bedrock.amazonaws.com"), Some(NameFault::Unknown));
    }
}
