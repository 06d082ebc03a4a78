//! A condition of a statement, prepared for evaluation.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! and, on keys with several values,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::net::IpAddr;

use crate::condition::grammar::{self, Decimal, Network, Time};
use crate::condition::{Comparison, Family, Operator, SetOperator};
use crate::decide::compared::Compared;
use crate::decide::context::{Found, Keys, Values};
use crate::decide::pattern::{Pattern, Reach, Style};
use crate::decide::truth::Truth;
use crate::document::{List, Scalar};
use crate::words::code;

/// A condition on one key.
#[derive(Clone, Debug)]
pub(crate) struct Test<'a> {
    written: &'a str,
    /// The operator; `None` if it is not modelled.
    operator: Option<Operator>,
    key: &'a str,
    values: Box<[Wanted<'a>]>,
}

/// A value that the key's values are compared with.
#[derive(Clone, Debug)]
struct Wanted<'a> {
    text: Cow<'a, str>,
    form: Form<'a>,
}

/// A value as the operator's family compares it.
#[derive(Clone, Debug)]
enum Form<'a> {
    Pattern(Pattern<'a>),
    /// A number, which is parsed when it is compared, because it borrows the text.
    Number,
    Time(Time),
    Truth(bool),
    Bytes(Box<[u8]>),
    Network(Network),
    /// The operator cannot compare the value.
    Invalid,
}

impl<'a> Wanted<'a> {
    fn new(comparison: Comparison, value: &'a Scalar, has_variables: bool) -> Self {
        let text = match value {
            Scalar::Text(text) => Cow::Borrowed(text.as_str()),
            Scalar::Bool(_) | Scalar::Number(_) => Cow::Owned(value.to_string()),
        };
        let form = match comparison.family() {
            Family::String | Family::Arn => {
                let style = style(comparison);
                let pattern = Pattern::new(text.clone(), style, has_variables);
                Some(Form::Pattern(pattern))
            }
            Family::Numeric => Decimal::parse(&text).map(|_| Form::Number),
            Family::Date => Time::parse(&text).map(Form::Time),
            Family::Bool | Family::Null => grammar::truth(&text).map(Form::Truth),
            Family::Binary => grammar::bytes(&text).map(|bytes| Form::Bytes(bytes.collect())),
            Family::IpAddress => Network::parse(&text).map(Form::Network),
        };
        Self {
            text,
            form: form.unwrap_or(Form::Invalid),
        }
    }

    /// Returns whether a value is equal to it, or as the operator demands, before negation.
    fn matches(&self, comparison: Comparison, value: &Parsed<'_>, keys: &impl Keys) -> Truth {
        let ordered = |ordering: Ordering| is_ordered(comparison, ordering).into();
        match (&self.form, value) {
            (Form::Pattern(pattern), Parsed::Text(text)) => pattern.matches(text, keys),
            (Form::Number, Parsed::Number(value)) => match Decimal::parse(&self.text) {
                Some(wanted) => ordered(value.cmp(&wanted)),
                None => Truth::Unknown,
            },
            (Form::Time(wanted), Parsed::Time(value)) => ordered(value.cmp(wanted)),
            (Form::Truth(wanted), Parsed::Truth(value)) => (wanted == value).into(),
            (Form::Bytes(wanted), Parsed::Bytes(text)) => grammar::bytes(text)
                .is_some_and(|bytes| bytes.eq(wanted.iter().copied()))
                .into(),
            (Form::Network(wanted), Parsed::Address(value)) => {
                wanted.contains_address(*value).into()
            }
            _ => Truth::Unknown,
        }
    }

    /// Returns the reason why the operator cannot compare it.
    fn unmodelled(&self, written: &str, operator: Operator) -> Option<String> {
        match &self.form {
            Form::Pattern(pattern) => pattern.invalid(),
            Form::Invalid => {
                let expected = operator.family().refuses(&self.text);
                Some(format!(
                    "{} cannot compare {}; expected {}",
                    code(written),
                    code(&self.text),
                    expected.unwrap_or("another value"),
                ))
            }
            _ => None,
        }
    }
}

/// Returns how an operator of the families of strings and ARNs compares texts.
const fn style(comparison: Comparison) -> Style {
    match comparison {
        Comparison::StringEquals | Comparison::StringNotEquals => Style::Equal,
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
            Style::EqualInAnyCase
        }
        Comparison::StringLike | Comparison::StringNotLike => Style::Like,
        _ => Style::Arn,
    }
}

/// Returns whether an operator matches a value that compares like this with the one in the policy.
const fn is_ordered(comparison: Comparison, ordering: Ordering) -> bool {
    match comparison {
        Comparison::NumericLessThan | Comparison::DateLessThan => ordering.is_lt(),
        Comparison::NumericLessThanEquals | Comparison::DateLessThanEquals => ordering.is_le(),
        Comparison::NumericGreaterThan | Comparison::DateGreaterThan => ordering.is_gt(),
        Comparison::NumericGreaterThanEquals | Comparison::DateGreaterThanEquals => {
            ordering.is_ge()
        }
        _ => ordering.is_eq(),
    }
}

/// A value of a request as the operator's family compares it.
enum Parsed<'a> {
    Text(&'a str),
    Number(Decimal<'a>),
    Time(Time),
    Truth(bool),
    /// Bytes in Base64.
    Bytes(&'a str),
    Address(IpAddr),
}

impl<'a> Parsed<'a> {
    /// Parses a value; `None` if the family has no such values.
    fn new(family: Family, text: &'a str) -> Option<Self> {
        match family {
            Family::String | Family::Arn | Family::Null => Some(Self::Text(text)),
            Family::Numeric => Decimal::parse(text).map(Self::Number),
            Family::Date => Time::parse(text).map(Self::Time),
            Family::Bool => grammar::truth(text).map(Self::Truth),
            Family::Binary => grammar::bytes(text).map(|_| Self::Bytes(text)),
            Family::IpAddress => text.parse().ok().map(Self::Address),
        }
    }
}

impl<'a> Test<'a> {
    /// Prepares the condition that compares a key with values. Without `has_variables`, `${` is plain
    /// text, as before version 2012-10-17.
    pub(crate) fn new(
        written: &'a str,
        key: &'a str,
        values: &'a List,
        has_variables: bool,
    ) -> Self {
        // AWS documents `Null` without a set operator only
        let is_modelled =
            |operator: &Operator| operator.family() != Family::Null || operator.set.is_none();
        let operator = Operator::parse(written).filter(is_modelled);
        // nor a comparison with no values
        let operator = operator.filter(|_| !values.as_slice().is_empty());
        let wanted = |value| {
            let comparison = operator.map(|operator| operator.comparison);
            Wanted::new(
                comparison.unwrap_or(Comparison::StringEquals),
                value,
                has_variables,
            )
        };
        Self {
            written,
            operator,
            key,
            values: values.as_slice().iter().map(wanted).collect(),
        }
    }

    /// Returns the operator as written.
    pub(crate) const fn operator(&self) -> &'a str {
        self.written
    }

    /// Returns the key as written.
    pub(crate) const fn key(&self) -> &'a str {
        self.key
    }

    /// Returns whether it tests only if the request has the key.
    pub(crate) fn is_null(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.family() == Family::Null)
    }

    /// Returns whether its values list what the key must not be.
    pub(crate) fn is_negated_list(&self) -> bool {
        self.operator
            .is_some_and(|it| it.is_negated() && it.lists_values())
    }

    /// Returns the keys that it depends on: its key, and those of the variables in its values.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let variables = self.values.iter().flat_map(|value| match &value.form {
            Form::Pattern(pattern) => Some(pattern.keys()),
            _ => None,
        });
        [self.key].into_iter().chain(variables.flatten())
    }

    /// Returns whether the condition is true for a request.
    ///
    /// If keys are unknown, the result is known exactly if it is the same for all their values, and if
    /// they are absent. There is an exception: a variable that stands several times in a value, that
    /// is the condition's key itself, or that is compared with several values of the request, is
    /// not assumed to have the same value everywhere, so the result can be unknown although all
    /// agree.
    pub(crate) fn holds(&self, keys: &impl Keys) -> Truth {
        let Some(operator) = self.operator else {
            return Truth::Unknown;
        };
        match keys.find(self.key) {
            Found::Values(values) => self.with_values(operator, values, keys),
            Found::Absent => self.without_key(operator),
            Found::Unknown => self.with_any_values(operator, keys),
        }
    }

    fn without_key(&self, operator: Operator) -> Truth {
        match operator.family() {
            Family::Null => self.requires(true),
            _ => operator.holds_without_key(false).into(),
        }
    }

    /// Returns whether a `Null` condition has the value `true` or `false`.
    fn requires(&self, absence: bool) -> Truth {
        Truth::any(self.values.iter().map(|value| match value.form {
            Form::Truth(value) => (value == absence).into(),
            _ => Truth::Unknown,
        }))
    }

    fn with_values(&self, operator: Operator, values: Values<'_>, keys: &impl Keys) -> Truth {
        if let (Some(value), None) = (values.single(), operator.set)
            && operator.family() != Family::Null
        {
            return self.value_holds(operator, value, keys);
        }
        // AWS counts a set of empty texts as null
        let is_empty = || values.iter().all(str::is_empty);
        let mut results = values
            .iter()
            .map(|value| self.value_holds(operator, value, keys));
        match operator.set {
            _ if operator.family() == Family::Null => {
                let (present, absent) = (self.requires(false), self.requires(true));
                if present == absent || !is_empty() {
                    present
                } else {
                    Truth::Unknown
                }
            }
            Some(_) if is_empty() => self.without_key(operator),
            Some(SetOperator::ForAllValues) => Truth::all(results),
            Some(SetOperator::ForAnyValue) => Truth::any(results),
            // AWS requires a set operator, and documents no result without one
            None => {
                let first = results.next().unwrap_or(Truth::Unknown);
                if results.all(|result| result == first) {
                    first
                } else {
                    Truth::Unknown
                }
            }
        }
    }

    /// Returns whether the comparison is true for one value.
    fn value_holds(&self, operator: Operator, value: &str, keys: &impl Keys) -> Truth {
        let comparison = operator.comparison;
        let parsed = Parsed::new(operator.family(), value);
        let matched = match parsed {
            Some(parsed) => {
                let wanted = self.values.iter();
                Truth::any(wanted.map(|wanted| wanted.matches(comparison, &parsed, keys)))
            }
            None => Truth::False,
        };
        if !operator.is_negated() {
            matched
        } else if matched == Truth::False && self.is_of_another_type(operator, value) {
            // AWS does not document the result
            Truth::Unknown
        } else {
            matched.not()
        }
    }

    /// Returns whether a value of the request is not a value that the operator compares.
    fn is_of_another_type(&self, operator: Operator, value: &str) -> bool {
        match operator.family() {
            Family::Arn => crate::arn::fields::fields(value).is_none(),
            family => Parsed::new(family, value).is_none(),
        }
    }

    /// Returns the result if it is the same for all values that the key can have, and if it is absent.
    ///
    /// A comparison without set operator is meant for a key with one value. With one, a key with several
    /// values adds no result to those of its values by themselves.
    fn with_any_values(&self, operator: Operator, keys: &impl Keys) -> Truth {
        let absent = self.without_key(operator);
        if operator.family() == Family::Null {
            let present = self.requires(false);
            return if present == absent {
                absent
            } else {
                Truth::Unknown
            };
        }
        let reach: Vec<_> = self.values.iter().map(|value| value.reach(keys)).collect();
        // values that are all empty count as absent, so they make no `ForAnyValue` false
        let least = usize::from(operator.set == Some(SetOperator::ForAnyValue));
        let (can_be_true, can_be_false) = if operator.is_negated() {
            (
                Reach::can_differ(&reach, 0),
                Reach::can_match(&reach, least),
            )
        } else {
            (
                Reach::can_match(&reach, 0),
                Reach::can_differ(&reach, least),
            )
        };
        if reach.contains(&Reach::Invalid) && Reach::can_differ(&reach, 0) {
            return Truth::Unknown;
        }
        // whether the result can differ from the one without the key
        let can_change = match absent {
            Truth::True => can_be_false,
            Truth::False => can_be_true,
            Truth::Unknown => true,
        };
        if can_change { Truth::Unknown } else { absent }
    }

    /// Returns the reason why the condition, or one of its values, is not modelled in any request.
    pub(crate) fn unmodelled(&self) -> Option<String> {
        let Some(operator) = self.operator else {
            return Some(match Operator::parse(self.written) {
                Some(_) if self.values.is_empty() => {
                    format!(
                        "{} has no values for {}",
                        code(self.written),
                        code(self.key)
                    )
                }
                Some(_) => format!(
                    "the result of {} is not documented; expected `Null`",
                    code(self.written)
                ),
                None => format!("{} is not a condition operator", code(self.written)),
            });
        };
        let mut values = self.values.iter();
        values.find_map(|value| value.unmodelled(self.written, operator))
    }

    /// Returns the reason why the result is not known in a request that states the key.
    fn undocumented(&self, keys: &impl Keys) -> Option<String> {
        let (operator, Found::Values(values)) = (self.operator?, keys.find(self.key)) else {
            return None;
        };
        let expanded = |value: &Wanted<'_>| match &value.form {
            Form::Pattern(pattern) => pattern.invalid_in(keys),
            _ => None,
        };
        if let Some(reason) = self.values.iter().find_map(expanded) {
            return Some(reason);
        }
        let key = code(self.key);
        if operator.family() == Family::Null {
            return Some(format!(
                "{key} is empty, which AWS counts as absent for some keys"
            ));
        }
        let mut values_of_another_type = values
            .iter()
            .filter(|value| self.is_of_another_type(operator, value));
        if operator.is_negated()
            && let Some(value) = values_of_another_type.next()
        {
            return Some(format!(
                "{key} has the value {}, which {} cannot compare",
                code(value),
                code(self.written)
            ));
        }
        let is_plain = operator.set.is_none() && values.single().is_none();
        is_plain.then(|| {
            format!(
                "{key} has several values; expected `ForAllValues:{0}` or `ForAnyValue:{0}`",
                operator.comparison
            )
        })
    }

    /// Describes what the condition found in a request, and what it expects.
    pub(crate) fn explain<'s>(&'s self, keys: &'s impl Keys) -> Compared<'s> {
        let unknown = self.holds(keys) == Truth::Unknown;
        let reason = || self.unmodelled().or_else(|| self.undocumented(keys));
        Compared {
            written: self.written,
            operator: self.operator,
            key: self.key,
            found: keys.find(self.key),
            wanted: self.values.iter().map(|it| it.shown(keys)).collect(),
            unmodelled: unknown.then(reason).flatten(),
        }
    }
}

impl Wanted<'_> {
    /// Returns the values of a request that match.
    fn reach(&self, keys: &impl Keys) -> Reach {
        match &self.form {
            Form::Pattern(pattern) => pattern.reach(keys),
            Form::Invalid => Reach::Invalid,
            Form::Bytes(bytes) if bytes.is_empty() => Reach::Length(0),
            _ => Reach::Something,
        }
    }

    /// Returns the text with the values of its variables.
    fn shown(&self, keys: &impl Keys) -> Cow<'_, str> {
        match &self.form {
            Form::Pattern(pattern) if pattern.keys().next().is_some() => pattern.expanded(keys),
            _ => Cow::Borrowed(&self.text),
        }
    }
}
