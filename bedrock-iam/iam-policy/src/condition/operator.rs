//! IAM's condition operators: a table of comparisons, and the operators of a policy.

use std::fmt;

use crate::condition::value_type::ValueType;
use crate::text::names::nearest;
use crate::text::one_or_many::Text;

/// Calls a macro with the table of all comparisons but `Null`, which applies to every key.
///
/// Each family has the trait of the keys that its methods apply to, the value types that its
/// operators are `meant` for, and those that they also compare (`works`). Each comparison has its
/// name, `(not)` if it is true when the compared values differ, the method of `Key`, and its
/// documentation.
macro_rules! for_each_comparison {
    ($then:ident) => {
        $then! {
            String SuitsString
                meant [String ArrayOfString Arn ArrayOfArn]
                // Booleans, numbers and byte strings have few spellings; dates and addresses have
                // many.
                works [Bool ArrayOfBool Numeric ArrayOfNumeric Binary ArrayOfBinary]
            {
                StringEquals string_equals "the value is one of these, case-sensitive.";
                StringNotEquals(not) string_not_equals
                    "the value is not any of these, or the key is absent.";
                StringEqualsIgnoreCase string_equals_ignore_case
                    "the value is one of these, ignoring case.";
                StringNotEqualsIgnoreCase(not) string_not_equals_ignore_case
                    "the value is not any of these, ignoring case, or the key is absent.";
                StringLike string_like
                    "one of these patterns matches the value; `*` matches any text, `?` one \
character ([`Value::literal`](crate::Value::literal) for a text without \
wildcards).";
                StringNotLike(not) string_not_like
                    "none of these patterns matches the value, or the key is absent.";
            }
            Numeric SuitsNumeric
                meant [Numeric ArrayOfNumeric]
                // Dates may be written as seconds since 1970.
                works [Date ArrayOfDate]
            {
                NumericEquals numeric_equals "the number is one of these.";
                NumericNotEquals(not) numeric_not_equals
                    "the number is not any of these, or the key is absent.";
                NumericLessThan numeric_less_than "the number is less than this.";
                NumericLessThanEquals numeric_less_than_equals "the number is at most this.";
                NumericGreaterThan numeric_greater_than "the number is greater than this.";
                NumericGreaterThanEquals numeric_greater_than_equals
                    "the number is at least this.";
            }
            Date SuitsDate
                meant [Date ArrayOfDate]
                works []
            {
                DateEquals date_equals "the time is one of these.";
                DateNotEquals(not) date_not_equals
                    "the time is not any of these, or the key is absent.";
                DateLessThan date_less_than "the time is before this.";
                DateLessThanEquals date_less_than_equals "the time is at or before this.";
                DateGreaterThan date_greater_than "the time is after this.";
                DateGreaterThanEquals date_greater_than_equals "the time is at or after this.";
            }
            Bool SuitsBool
                meant [Bool ArrayOfBool]
                works []
            {
                Bool bool "the value is this.";
            }
            Binary SuitsBinary
                meant [Binary ArrayOfBinary]
                works []
            {
                BinaryEquals binary_equals "the bytes are one of these.";
            }
            IpAddress SuitsIpAddress
                meant [IpAddress ArrayOfIpAddress]
                works []
            {
                IpAddress ip_address "the address is one of these, or in one of these networks.";
                NotIpAddress(not) not_ip_address
                    "the address is not any of these nor in any of these networks, or the key is \
absent.";
            }
            Arn SuitsArn
                meant [String ArrayOfString Arn ArrayOfArn]
                works []
            {
                ArnEquals arn_equals
                    "one of these patterns matches the ARN, field by field; the \
same as `ArnLike`.";
                ArnNotEquals(not) arn_not_equals
                    "none of these patterns matches the ARN, or the key is absent.";
                ArnLike arn_like
                    "one of these patterns matches the ARN, field by field.";
                ArnNotLike(not) arn_not_like
                    "none of these patterns matches the ARN, or the key is absent.";
            }
        }
    };
}
pub(crate) use for_each_comparison;

/// How well the operators of a family apply to a value type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suits {
    /// They are meant for the type: its keys have them as methods.
    Meant,
    /// They compare such values, as in AWS's own policies, but others are meant for the type.
    Works,
    /// They never match, or not as intended.
    Not,
}

macro_rules! comparisons {
    ($($Family:ident $Suits:ident meant [$($Meant:ident)*] works [$($Works:ident)*] {
        $($Name:ident $(($not:ident))? $method:ident $doc:literal;)+
    })+) => {
        /// A comparison: a condition operator without set operator and `IfExists`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Comparison {
            $($(
                #[doc = concat!("`", stringify!($Name), "`: ", $doc)]
                $Name,
            )+)+
            /// `Null`: the key is absent.
            Null,
        }

        /// A family of operators, by the values that they compare.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Family {
            $($Family,)+
            Null,
        }

        /// The names of the comparisons, in the order of their declaration.
        const NAMES: &[&str] = &[$($(stringify!($Name),)+)+ "Null"];

        impl Comparison {
            /// All comparisons.
            pub const ALL: &'static [Self] = &[$($(Self::$Name,)+)+ Self::Null];

            /// Returns the name of the method of `Key` for this comparison.
            pub(crate) const fn method(self) -> &'static str {
                match self {
                    $($(Self::$Name => stringify!($method),)+)+
                    Self::Null => "null",
                }
            }

            /// Returns the family.
            pub(crate) const fn family(self) -> Family {
                match self {
                    $($(Self::$Name)|+ => Family::$Family,)+
                    Self::Null => Family::Null,
                }
            }

            /// Returns whether it is true if the compared values differ, as `StringNotLike` is.
            pub(crate) const fn is_negated(self) -> bool {
                $($($(
                    // Only comparisons marked `(not)` get an arm.
                    stringify!($not);
                    if matches!(self, Self::$Name) {
                        return true;
                    }
                )?)+)+
                false
            }
        }

        impl Family {
            /// Returns the family that has operators for a value type.
            pub(crate) fn meant_for(of: ValueType) -> Option<Self> {
                let mut all = [$(Self::$Family),*].into_iter();
                all.find(|family| family.suits(of) == Suits::Meant)
            }

            /// Returns how well its operators apply to a value type.
            pub(crate) fn suits(self, of: ValueType) -> Suits {
                let (meant, works): (&[ValueType], &[ValueType]) = match self {
                    $(Self::$Family => (&[$(ValueType::$Meant),*], &[$(ValueType::$Works),*]),)+
                    Self::Null => return Suits::Meant,
                };
                if meant.contains(&of) {
                    Suits::Meant
                } else if works.contains(&of) {
                    Suits::Works
                } else {
                    Suits::Not
                }
            }
        }
    };
}
for_each_comparison!(comparisons);

impl Comparison {
    /// Returns the name in a policy, such as `StringEquals`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        NAMES[self as usize]
    }

    /// Returns the comparison of the same kind that has wildcards, if this one compares `*` and `?`
    /// as plain characters.
    pub(crate) const fn like(self) -> Option<Self> {
        match self {
            Self::StringEquals | Self::StringEqualsIgnoreCase => Some(Self::StringLike),
            Self::StringNotEquals | Self::StringNotEqualsIgnoreCase => Some(Self::StringNotLike),
            _ => None,
        }
    }

    /// Returns the comparison with this name, ignoring ASCII case.
    fn find(name: &str) -> Option<Self> {
        let at = NAMES.iter().position(|it| it.eq_ignore_ascii_case(name))?;
        Some(Self::ALL[at])
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A set operator: how the values of a multi-valued key are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SetOperator {
    ForAllValues,
    ForAnyValue,
}

impl SetOperator {
    const ALL: [Self; 2] = [Self::ForAllValues, Self::ForAnyValue];

    /// Returns the prefix before the comparison.
    const fn prefix(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues:",
            Self::ForAnyValue => "ForAnyValue:",
        }
    }
}

const IF_EXISTS: &str = "IfExists";

/// A condition operator: a comparison with an optional set operator and `IfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Operator {
    pub(crate) set: Option<SetOperator>,
    pub(crate) comparison: Comparison,
    pub(crate) if_exists: bool,
}

impl Operator {
    pub(crate) const fn new(set: Option<SetOperator>, comparison: Comparison) -> Self {
        Self {
            set,
            comparison,
            if_exists: false,
        }
    }

    /// Parses an operator, ignoring ASCII case as IAM does; `None` if IAM has no such operator.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let set = |set: &SetOperator| Some((*set, strip_start(text, set.prefix())?));
        let (set, name) = match SetOperator::ALL.iter().find_map(set) {
            Some((set, name)) => (Some(set), name),
            None => (None, text),
        };
        let bare = strip_end(name, IF_EXISTS);
        let comparison = Comparison::find(bare.unwrap_or(name))?;
        // `NullIfExists` does not exist, because `Null` already tests whether the key is absent.
        if bare.is_some() && comparison == Comparison::Null {
            return None;
        }
        Some(Self {
            set,
            comparison,
            if_exists: bare.is_some(),
        })
    }

    /// Returns the operator that a misspelled one was meant to be.
    pub(crate) fn near(text: &str) -> Option<Self> {
        let at = text.find([':', '.']);
        let (set, name) = match at {
            None => (None, text),
            Some(at) => {
                let names = SetOperator::ALL.map(|set| set.prefix().trim_end_matches(':'));
                let meant = nearest(names, &text[..at])?;
                let found = SetOperator::ALL.into_iter();
                let mut found = found.filter(|it| it.prefix().trim_end_matches(':') == meant);
                (found.next(), &text[at + 1..])
            }
        };
        let ends = ["IfExists", "IfExist", "IfPresent"];
        let end = ends.iter().find_map(|end| strip_end(name, end));
        let bare = end.or_else(|| strip_start(name, IF_EXISTS));
        let plain = bare.unwrap_or(name).replace('_', "");
        let comparison = meant(&plain)?;
        let is_null = comparison == Comparison::Null;
        Some(Self {
            set: set.filter(|_| !is_null),
            comparison,
            if_exists: bare.is_some() && !is_null,
        })
    }

    /// Returns the operator with wildcards, if this one compares `*` and `?` as plain characters.
    pub(crate) const fn like(self) -> Option<Self> {
        match self.comparison.like() {
            Some(comparison) => Some(Self { comparison, ..self }),
            None => None,
        }
    }

    /// Returns the family.
    pub(crate) const fn family(self) -> Family {
        self.comparison.family()
    }

    /// Returns whether the comparison is true if the compared values differ.
    pub(crate) const fn is_negated(self) -> bool {
        self.comparison.is_negated()
    }

    /// Returns whether its values list what the key may be, so that another value widens the condition
    /// by this value only.
    pub(crate) const fn lists_values(self) -> bool {
        matches!(
            self.family(),
            Family::String | Family::Arn | Family::IpAddress
        )
    }

    /// Returns whether a condition is true for a request without the key.
    ///
    /// For `Null`, the values decide: `requires_absence` is set if one of them is `true`.
    pub(crate) const fn holds_without_key(self, requires_absence: bool) -> bool {
        match (self.comparison, self.set) {
            (Comparison::Null, _) => requires_absence,
            _ if self.if_exists => true,
            (_, Some(SetOperator::ForAllValues)) => true,
            (_, Some(SetOperator::ForAnyValue)) => false,
            (_, None) => self.is_negated(),
        }
    }

    /// Returns the parts of the full name.
    pub(crate) const fn parts(self) -> [&'static str; 3] {
        [
            match self.set {
                None => "",
                Some(set) => set.prefix(),
            },
            self.comparison.as_str(),
            if self.if_exists { IF_EXISTS } else { "" },
        ]
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| f.write_str(part))
    }
}

/// Returns the comparison that a misspelled name was meant to be: `Not` may be at the wrong place, and
/// numbers and dates may be compared in the words of other languages.
fn meant(name: &str) -> Option<Comparison> {
    let moved = strip_start(name, "Not").and_then(|rest| {
        let families = ["String", "Numeric", "Date", "Arn"];
        let mut ends = families
            .iter()
            .filter_map(|it| Some((*it, strip_start(rest, it)?)));
        let (family, end) = ends.next()?;
        Some(format!("{family}Not{end}"))
    });
    let words = [
        ("GreaterOrEquals", "GreaterThanEquals"),
        ("LessOrEquals", "LessThanEquals"),
        ("Before", "LessThan"),
        ("After", "GreaterThan"),
        ("Matches", "Like"),
    ];
    let other = words.iter().find_map(|(word, right)| {
        let family = strip_end(name, word)?;
        Some(format!("{family}{right}"))
    });
    let name = &moved.or(other).unwrap_or_else(|| name.to_owned());
    Comparison::find(name).or_else(|| Comparison::find(nearest(NAMES.iter().copied(), name)?))
}

fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start).then_some(rest)
}

fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(end.len())?;
    let (rest, found) = text.split_at_checked(at)?;
    found.eq_ignore_ascii_case(end).then_some(rest)
}

/// An operator as printed in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// An operator of IAM, in IAM's spelling.
    Operator(Operator),
    /// Any other text, which only raw statements can contain.
    Text(Text),
}

impl Written {
    pub(crate) fn of(text: &str) -> Self {
        match Operator::parse(text) {
            Some(operator) if operator.to_string() == text => Self::Operator(operator),
            _ => Self::Text(Text::Owned(text.to_owned())),
        }
    }

    /// Returns whether a condition is true only if it is true for each of its values by itself.
    pub(crate) fn requires_all(&self) -> bool {
        match self {
            Self::Operator(operator) => {
                operator.is_negated() && operator.set != Some(SetOperator::ForAnyValue)
            }
            Self::Text(_) => false,
        }
    }

    /// Returns the parts of the full name.
    pub(crate) fn parts(&self) -> [&str; 3] {
        match self {
            Self::Operator(operator) => operator.parts(),
            Self::Text(text) => [text, "", ""],
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| f.write_str(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_names() {
        for comparison in Comparison::ALL {
            let name = comparison.as_str();
            assert_eq!(name, format!("{comparison:?}"));
            let family = format!("{:?}", comparison.family());
            assert!(name.contains(&family), "{name}");
            assert_eq!(comparison.is_negated(), name.contains("Not"), "{name}");
            assert_eq!(comparison.method().replace('_', ""), name.to_lowercase());
        }
    }

    #[test]
    fn operators_are_parsed_in_any_case() {
        for comparison in Comparison::ALL {
            for set in [None].into_iter().chain(SetOperator::ALL.map(Some)) {
                for if_exists in [false, true] {
                    let operator = Operator {
                        if_exists,
                        ..Operator::new(set, *comparison)
                    };
                    let exists = !(if_exists && *comparison == Comparison::Null);
                    let name = operator.to_string();
                    for text in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
                        assert_eq!(Operator::parse(&text), exists.then_some(operator), "{text}");
                    }
                    assert_eq!(Written::of(&name).to_string(), name);
                    let lower = name.to_lowercase();
                    assert_eq!(Written::of(&lower).to_string(), lower);
                }
            }
        }
    }

    #[test]
    fn other_texts_are_not_operators() {
        for text in [
            "",
            "StringEqual",
            "ForSome:Bool",
            "Odd:StringEquals",
            "IfExists",
            "é",
            "ForAnyValue:",
            "ForAnyValue:é",
            "StringEqualsIfExistsIfExists",
        ] {
            assert_eq!(Operator::parse(text), None, "{text}");
            assert_eq!(Written::of(text).to_string(), text);
        }
        for (text, meant) in [
            ("StringEqual", "StringEquals"),
            ("ForAnyValue:StringLikes", "ForAnyValue:StringLike"),
            ("ForAnyValues:StringEquals", "ForAnyValue:StringEquals"),
            ("ForAllValue.stringlike", "ForAllValues:StringLike"),
            ("stringlikeIFEXIST", "StringLikeIfExists"),
            ("IfExistsBool", "BoolIfExists"),
            ("NotStringEquals", "StringNotEquals"),
            ("NumericGreaterOrEquals", "NumericGreaterThanEquals"),
            ("DateBefore", "DateLessThan"),
            ("NullIfExists", "Null"),
        ] {
            let found = Operator::near(text).map(|it| it.to_string());
            assert_eq!(found.as_deref(), Some(meant), "{text}");
        }
        for text in ["", "é", ".", "NotNull", "Matches", "Odd:StringEquals"] {
            assert_eq!(Operator::near(text), None, "{text}");
        }
    }

    #[test]
    fn the_result_for_absent_keys_depends_on_the_operator() {
        let holds = |text: &str, requires_absence| {
            Operator::parse(text).map(|it| it.holds_without_key(requires_absence))
        };
        for text in [
            "StringNotEquals",
            "BoolIfExists",
            "ForAllValues:StringEquals",
            "ForAnyValue:StringEqualsIfExists",
        ] {
            assert_eq!(holds(text, false), Some(true), "{text}");
        }
        for text in ["StringEquals", "ForAnyValue:StringNotEquals"] {
            assert_eq!(holds(text, true), Some(false), "{text}");
        }
        assert_eq!(holds("Null", false), Some(false));
        assert_eq!(holds("Null", true), Some(true));
    }

    #[test]
    fn families_apply_to_value_types() {
        assert_eq!(Family::String.suits(ValueType::Arn), Suits::Meant);
        assert_eq!(Family::String.suits(ValueType::Bool), Suits::Works);
        assert_eq!(Family::String.suits(ValueType::Date), Suits::Not);
        assert_eq!(Family::Date.suits(ValueType::Numeric), Suits::Not);
        for of in ValueType::ALL {
            assert_eq!(Family::Null.suits(*of), Suits::Meant);
            for comparison in Comparison::ALL {
                let family = comparison.family();
                assert_eq!(family.suits(*of), family.suits(of.single()), "{of}");
            }
        }
    }
}
