//! A condition in words: the values that a request has, and those that the condition expects.

use std::borrow::Cow;
use std::fmt;

use crate::condition::{Comparison, Operator, SetOperator};
use crate::decide::context::Found;
use crate::words::{code, list};

/// The values that a condition found in a request, and those that it expects.
///
/// Prints as "`aws:SourceIp` is `198.51.100.1`, expected an address in `203.0.113.0/24`".
#[derive(Clone, Debug)]
pub(crate) struct Compared<'a> {
    /// The operator as written.
    pub(crate) written: &'a str,
    /// The operator; `None` if it is not modelled.
    pub(crate) operator: Option<Operator>,
    /// The key as written.
    pub(crate) key: &'a str,
    /// The values found.
    pub(crate) found: Found<'a>,
    /// The values of the policy, with the values of their variables.
    pub(crate) wanted: Vec<Cow<'a, str>>,
    /// The reason why the result is not known although all keys are stated.
    pub(crate) unmodelled: Option<String>,
}

impl fmt::Display for Compared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&code(self.key))?;
        match self.found {
            Found::Values(values) => {
                let values: Vec<_> = values.iter().collect();
                write!(f, " is {}", list(&values, 5))?;
            }
            Found::Absent => f.write_str(" is absent")?,
            Found::Unknown => f.write_str(" is not stated")?,
        }
        write!(f, ", expected {}", self.expected())
    }
}

impl Compared<'_> {
    /// Returns the values found, as texts.
    pub(crate) fn found_texts(&self) -> Vec<String> {
        match self.found {
            Found::Values(values) => values.iter().map(str::to_owned).collect(),
            Found::Absent | Found::Unknown => Vec::new(),
        }
    }

    /// Returns the values that the condition expects, in words.
    pub(crate) fn expected(&self) -> String {
        let values = match &*self.wanted {
            [] => "one of no values".to_owned(),
            [value] => code(value),
            values => format!("one of {}", list(values, 5)),
        };
        let Some(operator) = self.operator else {
            return format!("{} {values}", code(self.written));
        };
        let phrase = match operator.comparison {
            Comparison::Null => return self.presence().to_owned(),
            comparison => phrase(comparison).replace("{}", &values),
        };
        match operator.set {
            None => phrase,
            Some(SetOperator::ForAllValues) => format!("each value to be {phrase}"),
            Some(SetOperator::ForAnyValue) => format!("one value to be {phrase}"),
        }
    }

    fn presence(&self) -> &'static str {
        let has = |text: &str| self.wanted.iter().any(|it| it.eq_ignore_ascii_case(text));
        match (has("true"), has("false")) {
            (true, false) => "the key to be absent",
            (false, true) => "the key to be present",
            _ => "the key to be absent or present",
        }
    }
}

/// Returns the phrase for the values that a comparison accepts.
const fn phrase(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::StringEquals | Comparison::Bool | Comparison::BinaryEquals => "{}",
        Comparison::StringNotEquals => "a value other than {}",
        Comparison::StringEqualsIgnoreCase => "{} in any case",
        Comparison::StringNotEqualsIgnoreCase => "a value other than {} in any case",
        Comparison::StringLike => "a value like {}",
        Comparison::StringNotLike => "a value not like {}",
        Comparison::NumericEquals => "the number {}",
        Comparison::NumericNotEquals => "a number other than {}",
        Comparison::NumericLessThan => "a number less than {}",
        Comparison::NumericLessThanEquals => "a number less than or equal to {}",
        Comparison::NumericGreaterThan => "a number greater than {}",
        Comparison::NumericGreaterThanEquals => "a number greater than or equal to {}",
        Comparison::DateEquals => "the time {}",
        Comparison::DateNotEquals => "a time other than {}",
        Comparison::DateLessThan => "a time before {}",
        Comparison::DateLessThanEquals => "a time before or at {}",
        Comparison::DateGreaterThan => "a time after {}",
        Comparison::DateGreaterThanEquals => "a time at or after {}",
        Comparison::IpAddress => "an address in {}",
        Comparison::NotIpAddress => "an address outside of {}",
        Comparison::ArnEquals | Comparison::ArnLike => "an ARN like {}",
        Comparison::ArnNotEquals | Comparison::ArnNotLike => "an ARN not like {}",
        Comparison::Null => "",
    }
}
