//! Names that suggest a sensitive action, because new actions are not on the list of sensitive ones
//! yet.

use iam_policy::ActionPattern;

/// Suspected effects, each with patterns of action names without prefix. The patterns were taken from
/// listed sensitive actions and from permissions-management actions of AWS services.
const RULES: &str = "\
may change who can use a resource: Put*ResourcePolicy Delete*ResourcePolicy Attach*Policy Detach*Policy
may give or take permissions: Add*Permission Remove*Permission Grant* Revoke* Create*Grant Share*
may remove or weaken a guardrail: Delete*Guardrail* Update*Guardrail* Put*Guardrail* Disable*Guardrail*
may stop or redirect a log: Delete*LoggingConfiguration Put*LoggingConfiguration \
    Update*LoggingConfiguration Disable*Logging* Stop*Logging*
may hand out credentials: Get*ApiKey Create*ApiKey Get*Token Create*Token Get*TokenFor* \
    Get*Credential* Create*Credential* Get*Password* Get*SecretValue
may let keys without a session act: CallWith*Token CallWith*Key
may pass on a role: Pass*Role AssumeRole*
may act for another user: *ForUser *ForUserId *OnBehalfOf* Impersonate*
may change how long data is kept: Put*Retention* Update*Retention* Delete*Retention*
may bind the account to a contract or a price: Create*Agreement Accept*Agreement Purchase* \
    Create*Reservation";

/// Returns each pattern with its suspected effect.
fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rules = RULES.lines().filter_map(|line| line.split_once(": "));
    rules.flat_map(|(why, patterns)| patterns.split(' ').map(move |pattern| (why, pattern)))
}

/// Returns the effect that an action's name suggests.
pub(super) fn of(action: &str) -> Option<&'static str> {
    // action patterns require a prefix
    let action = format!("any:{action}");
    let fits = |pattern: &str| {
        let pattern = ActionPattern::parse(&format!("any:{pattern}"));
        pattern.is_ok_and(|it| it.matches(&action))
    };
    let rule = rules().find(|(_, pattern)| fits(pattern));
    rule.map(|(why, _)| why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_is_covered_by_an_earlier_rule() {
        assert_eq!(rules().count(), 43);
        for (why, pattern) in rules() {
            let name = pattern.replace('*', "Tree");
            assert_eq!(of(&name), Some(why), "{pattern}");
            assert_eq!(of(&name.to_lowercase()), Some(why), "{pattern}");
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
