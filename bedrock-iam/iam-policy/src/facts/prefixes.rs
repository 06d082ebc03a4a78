//! The service prefixes that AWS has.

/// The service prefixes that AWS has, as of a day. A catalog with them can recognize a prefix that
/// does not exist.
///
/// ```
/// use iam_policy::ServicePrefixes;
///
/// static PREFIXES: ServicePrefixes = ServicePrefixes {
///     date: "2026-11-26",
///     names: &["grove", "orchard"],
///     only_in_arns: &["press"],
/// };
/// assert!(PREFIXES.contains("Orchard"));
/// assert!(!PREFIXES.contains("press"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicePrefixes {
    /// The day on which the list was last brought up to date, such as `2026-11-26`.
    pub date: &'static str,
    /// The prefixes of actions, in lower case and sorted.
    pub names: &'static [&'static str],
    /// The service fields of ARNs that are not prefixes of actions, in lower case and sorted.
    pub only_in_arns: &'static [&'static str],
}

impl ServicePrefixes {
    /// Returns whether AWS has a service with this prefix, given in any case.
    #[must_use]
    pub fn contains(&self, prefix: &str) -> bool {
        let lower = prefix.to_ascii_lowercase();
        self.names.binary_search(&&*lower).is_ok()
    }

    /// Returns whether ARNs can have this service field, which is case-sensitive.
    #[must_use]
    pub fn in_arns(&self, field: &str) -> bool {
        [self.names, self.only_in_arns]
            .iter()
            .any(|list| list.binary_search(&field).is_ok())
    }
}
