//! Conditions: which operator is which method, which keys it suits, how its values are written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::imports::Imports;
use super::modules::Kind;
use crate::condition::{Comparison, Family, Operator, Quantifier};
use crate::{Condition, ForeignKey, ValueType};

/// An operator of this crate's methods.
pub(super) struct Method {
    comparison: Comparison,
    family: Family,
    set: Option<&'static str>,
    if_exists: bool,
}

impl Method {
    /// The method that prints as this operator; case counts.
    pub(super) fn find(operator: &str) -> Option<Self> {
        let parsed = Operator::raw(operator);
        let mut all = Comparison::ALL.iter();
        let comparison = *all.find(|it| it.as_str() == parsed.name)?;
        let family = comparison.family();
        let set = parsed.quantifier.map(|quantifier| match quantifier {
            Quantifier::ForAllValues => "for_all_values",
            Quantifier::ForAnyValue => "for_any_value",
        });
        if family == Family::Null && (set.is_some() || parsed.if_exists) {
            return None;
        }
        Some(Self {
            comparison,
            family,
            set,
            if_exists: parsed.if_exists,
        })
    }

    /// Whether keys with such values have the method.
    pub(super) fn suits(&self, kind: Kind) -> bool {
        match kind {
            Kind::Tag => self.set.is_none(),
            Kind::Of(None) => true,
            Kind::Of(Some(of)) => {
                self.family == Family::Null
                    || families(of).contains(&self.family) && of.is_array() == self.set.is_some()
            }
        }
    }

    /// Whether it can compare these values.
    pub(super) fn takes(&self, values: &[String]) -> bool {
        const KEY: crate::Key<ForeignKey> = crate::condition::key::key_literal("x:x");
        let values = values.to_vec();
        let fits = |condition: Condition<ForeignKey>| condition.entry.faults.is_empty();
        match self.family {
            Family::String => true,
            Family::Numeric => fits(KEY.numeric_equals(values)),
            Family::Date => fits(KEY.date_equals(values)),
            Family::Bool => fits(KEY.bool(values)),
            Family::Binary => fits(KEY.binary_equals(values)),
            Family::IpAddress => fits(KEY.ip_address(values)),
            Family::Arn => {
                let values = values.into_iter().map(crate::Value::raw);
                fits(KEY.arn_like(values.collect::<Vec<_>>()))
            }
            Family::Null => matches!(values.as_slice(), [one] if one == "true" || one == "false"),
        }
    }

    /// The calls on the key.
    pub(super) fn tokens(&self, values: &[String], imports: &mut Imports<'_>) -> TokenStream {
        let set = self.set.map(|set| {
            let set = ident(set);
            quote!(.#set())
        });
        let method = ident(&snake(self.comparison.as_str()));
        let if_exists = self.if_exists.then(|| quote!(.if_exists()));
        let values = self.values(values, imports);
        quote!(#set.#method(#values)#if_exists)
    }

    fn values(&self, values: &[String], imports: &mut Imports<'_>) -> TokenStream {
        let texts = || values.iter().map(|text| Literal::string(text));
        let all: Vec<TokenStream> = match self.family {
            Family::Null | Family::Bool
                if values.iter().all(|it| it == "true" || it == "false") =>
            {
                let words = values.iter().map(|text| ident(text));
                words.map(|word| quote!(#word)).collect()
            }
            Family::Numeric if values.iter().all(|text| whole(text).is_some()) => {
                let numbers = values.iter().filter_map(|text| whole(text));
                let literals = numbers.map(Literal::i32_unsuffixed);
                literals.map(|number| quote!(#number)).collect()
            }
            // a text alone never makes a policy variable
            Family::String | Family::Arn if values.iter().any(|text| text.contains("${")) => {
                imports.add("Value");
                texts().map(|text| quote!(Value::raw(#text))).collect()
            }
            _ => texts().map(|text| quote!(#text)).collect(),
        };
        match all.as_slice() {
            [one] => one.clone(),
            _ => quote!([#(#all),*]),
        }
    }
}

/// The families of operators that compare values of a type.
const fn families(of: ValueType) -> &'static [Family] {
    match of {
        ValueType::String | ValueType::ArrayOfString | ValueType::Arn | ValueType::ArrayOfArn => {
            &[Family::String, Family::Arn]
        }
        ValueType::Bool | ValueType::ArrayOfBool => &[Family::Bool],
        ValueType::Numeric | ValueType::ArrayOfNumeric => &[Family::Numeric],
        ValueType::Date | ValueType::ArrayOfDate => &[Family::Date],
        ValueType::IpAddress | ValueType::ArrayOfIpAddress => &[Family::IpAddress],
        ValueType::Binary | ValueType::ArrayOfBinary => &[Family::Binary],
    }
}

/// A whole number that prints as it is written, of those that a literal holds without a suffix.
fn whole(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    (number >= 0 && number.to_string() == text).then_some(number)
}

/// `StringEquals` → `string_equals`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for char in name.chars() {
        if char.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(char.to_ascii_lowercase());
    }
    snake
}
