//! Statements as expressions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::arns::SiteText;
use super::ident;
use super::imports::Imports;
use super::shape::{PrincipalForm, Shape};
use super::typed::{Act, Place, Scoping, Test, Typed};
use crate::Effect;

/// The sites of a program, each in a variable.
#[derive(Default)]
pub(super) struct Sites(Vec<SiteText>);

impl Sites {
    pub(super) fn add(&mut self, site: &SiteText) {
        if !self.0.contains(site) {
            self.0.push(site.clone());
        }
    }

    fn variable(&self, site: &SiteText) -> Ident {
        let number = self.0.iter().position(|other| other == site);
        self.name(number.unwrap_or_default())
    }

    fn name(&self, number: usize) -> Ident {
        match self.0.len() {
            1 => ident("site"),
            _ => ident(&format!("site{}", number + 1)),
        }
    }

    /// Emits the variables.
    pub(super) fn tokens(&self, imports: &mut Imports<'_>) -> TokenStream {
        let mut all = TokenStream::new();
        for (number, site) in self.0.iter().enumerate() {
            let (name, site) = (self.name(number), site.tokens(imports));
            all.extend(quote!(let #name = #site;));
        }
        all
    }
}

/// Emits a typed statement.
pub(super) fn typed(
    shape: &Shape<'_>,
    typed: &Typed<'_>,
    sites: &Sites,
    imports: &mut Imports<'_>,
) -> TokenStream {
    imports.add("Statement");
    let start = ident(match (shape.effect, shape.actions.0) {
        (Effect::Allow, false) => "allow",
        (Effect::Allow, true) => "allow_all_except",
        (Effect::Deny, false) => "deny",
        (Effect::Deny, true) => "deny_all_except",
    });
    let actions = actions(&typed.actions, imports);
    let start_of_chain = sid_and_principals(shape, imports);
    let on = typed.resources.as_ref().map(|(scoping, places)| {
        let method = ident(match scoping {
            Scoping::On => "on",
            Scoping::Mixed => "on_mixed",
            Scoping::AllExcept => "on_all_except",
        });
        let places = places.iter().map(|place| match place {
            Place::Any => {
                imports.add("AnyResource");
                (false, quote!(AnyResource))
            }
            Place::Raw(text) => {
                imports.add("raw_arn");
                let text = Literal::string(text);
                (true, quote!(raw_arn!(#text)))
            }
            Place::Typed(arn) => (false, arn.tokens(&sites.variable(&arn.site), imports)),
        });
        let places = tuple(places.collect());
        quote!(.#method(#places))
    });
    let mut whens = TokenStream::new();
    for test in &typed.conditions {
        let condition = condition(test, imports);
        whens.extend(quote!(.when(#condition)));
    }
    quote!(Statement::#start(#actions) #start_of_chain #on #whens)
}

/// Emits a raw statement.
pub(super) fn raw(shape: &Shape<'_>, imports: &mut Imports<'_>) -> TokenStream {
    imports.add("Statement");
    imports.add("Effect");
    let effect = ident(shape.effect.as_str());
    let start_of_chain = sid_and_principals(shape, imports);
    let each = |(negated, texts): &(bool, Vec<&str>), plain: &str, not: &str| {
        let method = ident(if *negated { not } else { plain });
        let texts = texts.iter().map(|text| Literal::string(text));
        quote!(#(.#method(#texts))*)
    };
    let actions = each(&shape.actions, "action", "not_action");
    let resources = shape.resources.as_ref();
    let resources = resources.map(|it| each(it, "resource", "not_resource"));
    let conditions = shape.conditions.iter().map(|it| {
        let (operator, key) = (Literal::string(it.operator), Literal::string(it.key));
        let values = it.values.iter().map(|text| Literal::string(text));
        quote!(.condition(#operator, #key, [#(#values),*]))
    });
    quote!(Statement::raw(Effect::#effect) #start_of_chain #actions #resources #(#conditions)*)
}

/// Emits the calls for the Sid and the principals.
fn sid_and_principals(shape: &Shape<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let sid = shape.sid.map(|sid| {
        let sid = Literal::string(sid);
        quote!(.sid(#sid))
    });
    let principals = shape.principals.as_ref().map(|(negated, all)| {
        let method = ident(match negated {
            false => "principal",
            true => "all_principals_except",
        });
        let all: Vec<_> = all.iter().map(|one| principal(one, imports)).collect();
        match all.as_slice() {
            [one] => quote!(.#method(#one)),
            _ => quote!(.#method([#(#all),*])),
        }
    });
    quote!(#sid #principals)
}

fn principal(form: &PrincipalForm<'_>, imports: &mut Imports<'_>) -> TokenStream {
    imports.add("Principal");
    let (function, text) = match *form {
        PrincipalForm::Anyone => return quote!(Principal::ANYONE),
        PrincipalForm::AnyAws => return quote!(Principal::ANY_AWS),
        PrincipalForm::Account(text) => {
            imports.add("account");
            let text = Literal::string(text);
            return quote!(Principal::account(account!(#text)));
        }
        PrincipalForm::Arn(text) => {
            imports.add("raw_arn");
            let text = Literal::string(text);
            return quote!(Principal::arn(raw_arn!(#text)));
        }
        PrincipalForm::Service(text) => ("service", text),
        PrincipalForm::Federated(text) => ("federated", text),
        PrincipalForm::CanonicalUser(text) => ("canonical_user", text),
    };
    let (function, text) = (ident(function), Literal::string(text));
    quote!(Principal::#function(#text))
}

fn actions(actions: &[Act<'_>], imports: &mut Imports<'_>) -> TokenStream {
    let mut all = Vec::with_capacity(actions.len());
    for act in actions {
        all.push(match act {
            Act::Typed(_, action) => {
                let path = imports.module(action.module, "action");
                let name = ident(action.facts.rust_name);
                (false, quote!(#path::#name))
            }
            Act::Foreign(text) => {
                imports.add("foreign_action");
                let text = Literal::string(text);
                (true, quote!(foreign_action!(#text)))
            }
            Act::Newer(text) => {
                imports.add("foreign_action");
                let text = Literal::string(text);
                (true, quote!(foreign_action!(newer #text)))
            }
            Act::Glob(text) => {
                imports.add("foreign_action");
                let text = Literal::string(text);
                (true, quote!(foreign_action!(glob #text)))
            }
        });
    }
    tuple(all)
}

fn condition(test: &Test<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let name = test.compared.key;
    let key = match &test.key {
        None => {
            imports.add("foreign_key");
            let name = Literal::string(name);
            quote!(foreign_key!(#name))
        }
        Some((key, arguments)) => {
            let path = match key.module {
                Some(module) => imports.module(module, "key"),
                None => {
                    imports.add("global");
                    quote!(global)
                }
            };
            let item = ident(key.item);
            let arguments = arguments.iter().map(|it| Literal::string(it));
            let arguments: Vec<_> = arguments.collect();
            match arguments.as_slice() {
                [] => quote!(#path::#item),
                _ => quote!(#path::#item(#(#arguments),*)),
            }
        }
    };
    let compares = test.method.tokens(&test.compared.values, imports);
    quote!(#key #compares)
}

/// The largest tuple of actions or resources.
const MOST: usize = 16;

/// Emits a tuple of expressions, nested if it is too large; adjacent expressions of one type (`true`)
/// become an array.
fn tuple(all: Vec<(bool, TokenStream)>) -> TokenStream {
    let mut elements: Vec<TokenStream> = Vec::new();
    for run in all.chunk_by(|one, next| one.0 && next.0) {
        let texts = run.iter().map(|(_, tokens)| tokens);
        elements.push(match run {
            [(_, one)] => one.clone(),
            _ => quote!([#(#texts),*]),
        });
    }
    while elements.len() > MOST {
        let chunks = elements.chunks(MOST);
        elements = chunks.map(|chunk| quote!((#(#chunk),*))).collect();
    }
    match elements.as_slice() {
        [one] => one.clone(),
        _ => quote!((#(#elements),*)),
    }
}
