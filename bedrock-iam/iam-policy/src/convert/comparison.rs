//! Condition operators as methods: their names, the keys that have them, and their arguments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::imports::Imports;
use super::modules::Kind;
use crate::condition::{Family, Operator, SetOperator, Suits, grammar};

/// A condition operator that is a method of keys.
pub(super) struct Method(Operator);

impl Method {
    /// Finds the method that prints exactly this operator.
    pub(super) fn find(text: &str) -> Option<Self> {
        let operator = Operator::parse(text).filter(|it| it.to_string() == text)?;
        let is_method = operator.family() != Family::Null || operator.set.is_none();
        is_method.then_some(Self(operator))
    }

    /// Returns whether keys of this kind have the method.
    pub(super) fn suits(&self, kind: Kind) -> bool {
        let is_set = self.0.set.is_some();
        match kind {
            Kind::Tag => !is_set,
            Kind::Of(None) => true,
            Kind::Of(Some(of)) => {
                let family = self.0.family();
                family == Family::Null
                    || family.suits(of) == Suits::Meant && of.is_array() == is_set
            }
        }
    }

    /// Returns whether the method of a key accepts these values.
    pub(super) fn takes(&self, key: &str, kind: Kind, values: &[String]) -> bool {
        let of = match kind {
            Kind::Tag => None,
            Kind::Of(of) => of,
        };
        let fits = |text: &String| grammar::refusal(key, of, self.0.comparison, text).is_none();
        match self.0.family() {
            Family::Null => matches!(values, [one] if one == "true" || one == "false"),
            _ => values.iter().all(fits),
        }
    }

    /// Emits the method calls on the key.
    pub(super) fn tokens(&self, values: &[String], imports: &mut Imports<'_>) -> TokenStream {
        let set = self.0.set.map(|set| match set {
            SetOperator::ForAllValues => quote!(.for_all_values()),
            SetOperator::ForAnyValue => quote!(.for_any_value()),
        });
        let method = ident(self.0.comparison.method());
        let if_exists = self.0.if_exists.then(|| quote!(.if_exists()));
        let values = self.values(values, imports);
        quote!(#set.#method(#values)#if_exists)
    }

    fn values(&self, values: &[String], imports: &mut Imports<'_>) -> TokenStream {
        let texts = || values.iter().map(|text| Literal::string(text));
        let all: Vec<TokenStream> = match self.0.family() {
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
            // in a string argument, `${` is escaped
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

/// Parses a whole number that prints as it was written and fits a literal without a suffix.
fn whole(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    (number >= 0 && number.to_string() == text).then_some(number)
}
