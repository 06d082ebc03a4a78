//! Names that sensitive actions have: new actions are on no list yet.

use wildmatch::WildMatch;

/// Patterns of names without their prefix, and what such an action may do, in words that follow the
/// name. Each was taken from actions on the list or from permissions-management actions of AWS's
/// services.
const RULES: &[(&str, &str)] = &[
    (
        "Put*ResourcePolicy Delete*ResourcePolicy Attach*Policy Detach*Policy",
        "may change, by its name, who can use a resource",
    ),
    (
        "Add*Permission Remove*Permission Grant* Revoke* Create*Grant Share*",
        "may give or take permissions, by its name",
    ),
    (
        "Delete*Guardrail* Update*Guardrail* Put*Guardrail* Disable*Guardrail*",
        "may take a guardrail down, by its name",
    ),
    (
        "Delete*LoggingConfiguration Put*LoggingConfiguration Update*LoggingConfiguration \
         Disable*Logging* Stop*Logging*",
        "may stop or redirect a log, by its name",
    ),
    (
        "Get*ApiKey Create*ApiKey Get*Token Create*Token Get*TokenFor* Get*Credential* \
         Create*Credential* Get*Password* Get*SecretValue",
        "may hand out credentials, by its name",
    ),
    (
        "CallWith*Token CallWith*Key",
        "may let keys without a session act, by its name",
    ),
    ("Pass*Role AssumeRole*", "may hand on a role, by its name"),
    (
        "*ForUser *ForUserId *OnBehalfOf* Impersonate*",
        "may act for another user, by its name",
    ),
    (
        "Put*Retention* Update*Retention* Delete*Retention*",
        "may change how long data is kept, by its name",
    ),
    (
        "Create*Agreement Accept*Agreement Purchase* Create*Reservation",
        "may bind the account to a contract or a price, by its name",
    ),
];

/// What an action may do that its name suggests.
pub(super) fn of(action: &str) -> Option<&'static str> {
    let fits = |pattern| WildMatch::new_case_insensitive(pattern).matches(action);
    let mut rules = RULES.iter();
    let rule = rules.find(|(patterns, _)| patterns.split(' ').any(fits));
    rule.map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_finds_something_that_no_rule_before_it_found() {
        for (patterns, why) in RULES {
            for pattern in patterns.split(' ') {
                let name = pattern.replace('*', "Tree");
                assert_eq!(of(&name), Some(*why), "{pattern}");
                assert_eq!(of(&name.to_lowercase()), Some(*why), "{pattern}");
            }
        }
        for plain in [
            "GetResourcePolicy",
            "ListTokens",
            "GetGuardrail",
            "PlantTree",
        ] {
            assert_eq!(of(plain), None, "{plain}");
        }
    }
}
