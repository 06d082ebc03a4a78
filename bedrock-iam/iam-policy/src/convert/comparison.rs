//! Conditions: which operator is which method, which keys it suits, how its values are written.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::keys::Key;
use crate::condition::{Comparison, Family, Operator, Quantifier};
use crate::{Condition, ForeignKey};

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

    /// Whether it is a method of this key.
    pub(super) fn suits(&self, key: &Key) -> bool {
        let (several, value) = match key.value.strip_prefix("ArrayOf") {
            Some(value) => (true, value),
            None => (false, key.value),
        };
        let families: &[Family] = match value {
            "String" | "Arn" => &[Family::String, Family::Arn],
            "Numeric" => &[Family::Numeric],
            "Date" => &[Family::Date],
            "Bool" => &[Family::Bool],
            "Binary" => &[Family::Binary],
            "IpAddress" => &[Family::IpAddress],
            // Neither a tag's type nor an unknown one is anybody's to know.
            "Tag" => return self.set.is_none(),
            "Any" => return true,
            _ => return false,
        };
        self.family == Family::Null
            || families.contains(&self.family) && several == self.set.is_some()
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
    pub(super) fn tokens(&self, values: &[String], imports: &mut Imports) -> TokenStream {
        let set = self.set.map(|set| {
            let set = ident(set);
            quote!(.#set())
        });
        let method = ident(&snake(self.comparison.as_str()));
        let if_exists = self.if_exists.then(|| quote!(.if_exists()));
        let values = self.values(values, imports);
        quote!(#set.#method(#values)#if_exists)
    }

    fn values(&self, values: &[String], imports: &mut Imports) -> TokenStream {
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

/// A whole number that prints as it is written, of those that a literal holds without a suffix.
fn whole(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    (number >= 0 && number.to_string() == text).then_some(number)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
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
