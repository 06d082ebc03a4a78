//! What comparisons compare: the one place that knows.

use super::Comparison;

/// A family of operators, by the type of what they compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    String,
    Numeric,
    Date,
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

impl Comparison {
    /// What it compares.
    pub(crate) fn family(self) -> Family {
        match self.as_str() {
            "Null" => Family::Null,
            "Bool" => Family::Bool,
            "BinaryEquals" => Family::Binary,
            "IpAddress" | "NotIpAddress" => Family::IpAddress,
            name if name.starts_with("Numeric") => Family::Numeric,
            name if name.starts_with("Date") => Family::Date,
            name if name.starts_with("Arn") => Family::Arn,
            _ => Family::String,
        }
    }

    /// Whether it holds where the compared do not match: `StringNotLike`, `NotIpAddress`.
    pub(crate) fn is_negated(self) -> bool {
        self.as_str().contains("Not")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_is_of_the_family_it_is_named_after() {
        for comparison in Comparison::ALL {
            let family = format!("{:?}", comparison.family());
            assert!(comparison.as_str().contains(&family), "{comparison:?}");
        }
        let negated = Comparison::ALL.iter().filter(|it| it.is_negated());
        assert_eq!(negated.count(), 8);
    }
}
