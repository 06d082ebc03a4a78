//! ARNs of a policy as a module's types: by the template, wildcards and variables included.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::names::modules;
use crate::arn::{Piece, Template};
use crate::arn::segment::{Form, Rules, Variable, fault};
use crate::arn::site::{AccountId, Partition, Region};

/// An ARN as a type of a module says it.
pub(super) struct TypedArn {
    /// The number of the module.
    pub(super) module: usize,
    pub(super) template: &'static Template,
    ident: &'static str,
    segments: Vec<String>,
    pub(super) site: SiteText,
}

/// The fields of an ARN that say where it is, `*` where the type has no place for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SiteText {
    partition: String,
    region: String,
    account: String,
}

impl SiteText {
    fn anywhere() -> Self {
        let any = || "*".to_owned();
        Self {
            partition: any(),
            region: any(),
            account: any(),
        }
    }
}

/// No ARN is longer.
const LONGEST: usize = 2048;

/// Every type whose ARNs print as this text.
pub(super) fn read(text: &str) -> Vec<TypedArn> {
    let mut found = Vec::new();
    if text.len() > LONGEST {
        return found;
    }
    for (module, of) in modules().iter().enumerate() {
        for (ident, template) in of.types {
            let mut reader = Reader {
                template,
                segments: vec![String::new(); template.fields.len()],
                site: SiteText::anywhere(),
            };
            if reader.fits(template.pieces, text) {
                found.push(TypedArn {
                    module,
                    template,
                    ident,
                    segments: reader.segments,
                    site: reader.site,
                });
            }
        }
    }
    found
}

struct Reader {
    template: &'static Template,
    segments: Vec<String>,
    site: SiteText,
}

impl Reader {
    fn fits(&mut self, pieces: &[Piece], text: &str) -> bool {
        let [piece, rest @ ..] = pieces else {
            return text.is_empty();
        };
        match *piece {
            Piece::Literal(literal) => text
                .strip_prefix(literal)
                .is_some_and(|text| self.fits(rest, text)),
            Piece::Any => text
                .strip_prefix('*')
                .is_some_and(|text| self.fits(rest, text)),
            Piece::Partition | Piece::Region | Piece::Account => {
                let (field, text) = text.split_at(text.find(':').unwrap_or(text.len()));
                let (fits, slot) = match *piece {
                    Piece::Partition => {
                        (Partition::find(field).is_some(), &mut self.site.partition)
                    }
                    Piece::Region => (
                        Region::find(field).is_some()
                            || field.is_empty() && self.template.regionless,
                        &mut self.site.region,
                    ),
                    _ => (
                        AccountId::find(field).is_some() || field == AccountId::AWS.as_str(),
                        &mut self.site.account,
                    ),
                };
                field.clone_into(slot);
                (fits || field == "*") && self.fits(rest, text)
            }
            Piece::Segment(index) => {
                let rules = self.template.rules.get(index).copied();
                let Some(rules) = rules else { return false };
                // the longest value first, as concrete ARNs are read
                let ends = text.char_indices().map(|(at, char)| at + char.len_utf8());
                let ends: Vec<_> = ends.collect();
                let next = match rest.first() {
                    Some(Piece::Literal(literal)) => literal,
                    _ => "",
                };
                ends.into_iter().rev().any(|end| {
                    let (segment, rest_text) = text.split_at(end);
                    let fits = (rest_text.is_empty() || !rest.is_empty())
                        && rest_text.starts_with(next)
                        && parts(segment, rules).is_some()
                        && self.fits(rest, rest_text);
                    if fits && let Some(slot) = self.segments.get_mut(index) {
                        segment.clone_into(slot);
                    }
                    fits
                })
            }
        }
    }
}

/// A part of a segment.
enum Part<'a> {
    Plain(&'a str),
    Glob(&'a str),
    Variable(Variable),
}

/// What a segment is made of, if its place can hold it.
fn parts(text: &str, rules: Rules) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, tail) = rest.split_at(rest.find("${").unwrap_or(rest.len()));
        if !plain.is_empty() {
            if fault(plain, rules, Form::Glob).is_some() {
                return None;
            }
            parts.push(match plain.contains(['*', '?']) {
                true => Part::Glob(plain),
                false => Part::Plain(plain),
            });
        }
        rest = match tail.strip_prefix("${") {
            None => tail,
            Some(tail) => {
                let (inside, tail) = tail.split_once('}')?;
                parts.push(Part::Variable(variable(inside)?));
                tail
            }
        };
    }
    (!parts.is_empty()).then_some(parts)
}

/// The variable whose text in a policy is `${inside}`; one with a default value has no segment
/// that every place is sure to hold, and counts as none.
fn variable(inside: &str) -> Option<Variable> {
    Variable::new(inside).ok()
}

impl TypedArn {
    /// The expression that makes the ARN at the site that a variable holds.
    pub(super) fn tokens(&self, site: &Ident, imports: &mut Imports) -> TokenStream {
        let path = imports.module(self.module, "arn");
        let ident = Ident::new(self.ident, Span::call_site());
        let fields = self.template.fields.iter().zip(&self.segments);
        let fields: Vec<_> = fields
            .enumerate()
            .map(|(index, (field, text))| {
                let rules = self.template.rules.get(index).copied();
                let value = segment(text, rules.unwrap_or(Rules::LOOSE), imports);
                let field = match field.strip_prefix("r#") {
                    Some(field) => Ident::new_raw(field, Span::call_site()),
                    None => Ident::new(field, Span::call_site()),
                };
                quote!(#field: #value)
            })
            .collect();
        quote!(#path::#ident { #(#fields),* }.at(#site))
    }
}

fn segment(text: &str, rules: Rules, imports: &mut Imports) -> TokenStream {
    let parts = parts(text, rules).unwrap_or_default();
    let mut all = TokenStream::new();
    for part in parts {
        let one = match part {
            Part::Plain(text) => {
                imports.add("seg");
                let text = Literal::string(text);
                quote!(seg!(#text))
            }
            Part::Glob("*") => {
                imports.add("Segment");
                quote!(Segment::ANY)
            }
            Part::Glob(text) => {
                imports.add("seg");
                let text = Literal::string(text);
                quote!(seg!(glob #text))
            }
            Part::Variable(variable) => {
                imports.add("Segment");
                let name = Literal::string(variable.name());
                quote!(Segment::variable(#name)?)
            }
        };
        all = match all.is_empty() {
            true => one,
            false => quote!(#all.then(#one)),
        };
    }
    all
}

impl SiteText {
    /// The expression that makes the site.
    pub(super) fn tokens(&self, imports: &mut Imports) -> TokenStream {
        imports.add("Site");
        let partition = Partition::find(&self.partition).map(|partition| {
            imports.add("Partition");
            let variant = Ident::new(&format!("{partition:?}"), Span::call_site());
            quote!(Partition::#variant)
        });
        let region = Region::find(&self.region).map(|region| {
            imports.add("region");
            let region = Literal::string(region.as_str());
            quote!(region!(#region))
        });
        let account = if self.account == AccountId::AWS.as_str() {
            imports.add("AccountId");
            Some(quote!(AccountId::AWS))
        } else {
            AccountId::find(&self.account).map(|account| {
                imports.add("account");
                let account = Literal::string(account.as_str());
                quote!(account!(#account))
            })
        };
        if let (Some(partition), Some(region), Some(account)) = (&partition, &region, &account) {
            return quote!(Site::new(#partition, #region, #account));
        }
        let partition = partition.map(|it| quote!(.with_partition(#it)));
        let region = match region {
            Some(it) => Some(quote!(.with_region(#it))),
            None => self.region.is_empty().then(|| quote!(.no_region())),
        };
        let account = account.map(|it| quote!(.with_account(#it)));
        quote!(Site::ANYWHERE #partition #region #account)
    }
}
