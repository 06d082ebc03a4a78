//! Condition operators by name: what they compare, and what they say of an absent key.

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

/// What an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Numeric,
    Date,
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

/// Every operator: its name, what it compares, and whether it is negated.
pub(super) const OPERATORS: &[(&str, Kind, bool)] = &[
    ("StringEquals", Kind::String, false),
    ("StringNotEquals", Kind::String, true),
    ("StringEqualsIgnoreCase", Kind::String, false),
    ("StringNotEqualsIgnoreCase", Kind::String, true),
    ("StringLike", Kind::String, false),
    ("StringNotLike", Kind::String, true),
    ("NumericEquals", Kind::Numeric, false),
    ("NumericNotEquals", Kind::Numeric, true),
    ("NumericLessThan", Kind::Numeric, false),
    ("NumericLessThanEquals", Kind::Numeric, false),
    ("NumericGreaterThan", Kind::Numeric, false),
    ("NumericGreaterThanEquals", Kind::Numeric, false),
    ("DateEquals", Kind::Date, false),
    ("DateNotEquals", Kind::Date, true),
    ("DateLessThan", Kind::Date, false),
    ("DateLessThanEquals", Kind::Date, false),
    ("DateGreaterThan", Kind::Date, false),
    ("DateGreaterThanEquals", Kind::Date, false),
    ("Bool", Kind::Bool, false),
    ("BinaryEquals", Kind::Binary, false),
    ("IpAddress", Kind::IpAddress, false),
    ("NotIpAddress", Kind::IpAddress, true),
    ("ArnEquals", Kind::Arn, false),
    ("ArnLike", Kind::Arn, false),
    ("ArnNotEquals", Kind::Arn, true),
    ("ArnNotLike", Kind::Arn, true),
    ("Null", Kind::Null, false),
];

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
            let mut known = OPERATORS.iter();
            known.find(|(known, ..)| known.eq_ignore_ascii_case(name))
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
                (find(base).filter(|(_, kind, _)| *kind != Kind::Null)?, true)
            }
        };
        Some(Self {
            set,
            kind: found.1,
            negated: found.2,
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
    let names: &'static [&'static str] = &NAMES;
    crate::NameError::new(base, "condition operator", "IAM", names).suggestion()
}

static NAMES: [&str; OPERATORS.len()] = {
    let mut names = [""; OPERATORS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = OPERATORS[at].0;
        at += 1;
    }
    names
};

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
