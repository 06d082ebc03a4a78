//! Condition operators by name: what they compare, and what they say of an absent key.

use std::sync::LazyLock;

use crate::condition::Comparison;
pub(super) use crate::condition::Family as Kind;

/// A condition operator, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) set: Option<Set>,
    pub(super) kind: Kind,
    pub(super) negated: bool,
    pub(super) if_exists: bool,
}

/// A set operator before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    ForAllValues,
    ForAnyValue,
}

impl Operator {
    /// Reads an operator; ASCII case is ignored.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match text.split_once(':') {
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Some(Set::ForAllValues), rest)
            }
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(Set::ForAnyValue), rest)
            }
            Some(_) => return None,
            None => (None, text),
        };
        let find = |name: &str| {
            let mut known = Comparison::ALL.iter().copied();
            known.find(|known| known.as_str().eq_ignore_ascii_case(name))
        };
        let (found, if_exists) = match find(rest) {
            Some(found) => (found, false),
            None => {
                let at = rest.len().checked_sub("IfExists".len())?;
                let (base, end) = rest.split_at_checked(at)?;
                if !end.eq_ignore_ascii_case("IfExists") {
                    return None;
                }
                // `NullIfExists` does not exist.
                (
                    find(base).filter(|found| found.family() != Kind::Null)?,
                    true,
                )
            }
        };
        Some(Self {
            set,
            kind: found.family(),
            negated: found.is_negated(),
            if_exists,
        })
    }

    /// What it says where the request lacks the key; of `Null` its values tell.
    pub(super) fn holds_without_key(self, values_say_absent: bool) -> bool {
        match self.set {
            _ if self.kind == Kind::Null => values_say_absent,
            _ if self.if_exists => true,
            Some(Set::ForAllValues) => true,
            Some(Set::ForAnyValue) => false,
            None => self.negated,
        }
    }
}

/// The operator that a text was meant to be: the nearest by what it begins with.
pub(super) fn near(text: &str) -> Option<&'static str> {
    let base = text.rsplit(':').next().unwrap_or(text);
    let base = base.strip_suffix("IfExists").unwrap_or(base);
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| Comparison::ALL.iter().map(|it| it.as_str()).collect());
    crate::NameError::new(base, "condition operator", "IAM", &NAMES).suggestion()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_whole() {
        let parsed = Operator::parse("ForAnyValue:stringnotequalsIfExists").unwrap();
        assert_eq!(parsed.set, Some(Set::ForAnyValue));
        assert!(parsed.negated && parsed.if_exists && parsed.kind == Kind::String);
        for wrong in [
            "",
            "NullIfExists",
            "StringEqual",
            "ForSome:Bool",
            "IfExists",
            "é",
            "ForAnyValue:",
        ] {
            assert_eq!(Operator::parse(wrong), None, "{wrong}");
        }
        assert_eq!(near("StringEqual"), Some("StringEquals"));
        assert_eq!(near("ForAnyValue:StringLikes"), Some("StringLike"));
    }

    #[test]
    fn absent_keys() {
        let holds = |text: &str| Operator::parse(text).unwrap().holds_without_key(false);
        for text in [
            "StringNotEquals",
            "BoolIfExists",
            "ForAllValues:StringEquals",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in ["StringEquals", "ForAnyValue:StringNotEquals", "Null"] {
            assert!(!holds(text), "{text}");
        }
    }
}
