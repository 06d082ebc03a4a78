//! Parsing of a policy's ARNs as a module's types, including wildcards and policy variables.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ident;
use super::imports::Imports;
use super::modules::{ArnType, Modules};
use crate::arn::segment::{Form, Rules, Variable, fault};
use crate::arn::site::{AccountId, Partition, Region};
use crate::arn::{Piece, Template};

/// An ARN as an instance of a module's type.
pub(super) struct TypedArn {
    pub(super) of: ArnType,
    segments: Vec<String>,
    pub(super) site: SiteText,
}

/// The partition, region and account of an ARN; `*` if the ARN format has no such placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SiteText {
    partition: String,
    region: String,
    account: String,
}

/// Returns an ARN for each type that can print this text.
pub(super) fn read(text: &str, modules: &Modules<'_>) -> Vec<TypedArn> {
    let tokens = Tokens::of(text);
    let types = modules.arn_types(text);
    types
        .filter_map(|of| {
            let (segments, site) = tokens.read(of.template)?;
            Some(TypedArn { of, segments, site })
        })
        .collect()
}

/// The tokens of a text: characters and whole policy variables.
struct Tokens<'a> {
    text: &'a str,
    /// The start of each token, and the end of the text.
    starts: Vec<usize>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        while let Some(char) = text[at..].chars().next() {
            starts.push(at);
            let variable = text[at..].strip_prefix("${");
            let closed = variable.and_then(|inside| inside.find('}'));
            at += match closed {
                Some(end) => "${}".len() + end,
                None => char.len_utf8(),
            };
        }
        starts.push(text.len());
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn between(&self, start: usize, end: usize) -> &'a str {
        &self.text[self.starts[start]..self.starts[end]]
    }

    /// Returns the token after a literal that starts at a token.
    fn after(&self, literal: &str, token: usize) -> Option<usize> {
        let start = self.starts[token];
        self.text[start..].strip_prefix(literal)?;
        self.starts.binary_search(&(start + literal.len())).ok()
    }

    /// Matches the text with a template, and returns the segments and the site.
    ///
    /// Each segment is the longest possible one, as when a concrete ARN is parsed. From the last piece
    /// back to the first segment, it computes at which tokens each piece can start, so that the time
    /// is proportional to the length of the text for any delimiters.
    fn read(&self, template: &Template) -> Option<(Vec<String>, SiteText)> {
        let is_segment = |piece: &Piece| matches!(piece, Piece::Segment(_));
        let first = template.pieces.iter().position(is_segment);
        let (fixed, rest) = template
            .pieces
            .split_at(first.unwrap_or(template.pieces.len()));
        let mut ends = Vec::with_capacity(template.pieces.len());
        let mut token = 0;
        for piece in fixed {
            token = self.end(*piece, token, template)?;
            ends.push(token);
        }
        let mut next = vec![None; self.count() + 1];
        next[self.count()] = Some(self.count());
        let mut steps = Vec::with_capacity(rest.len());
        for piece in rest.iter().rev() {
            let each = match *piece {
                Piece::Segment(index) => self.longest(template.rules.get(index).copied()?, &next),
                piece => (0..=self.count())
                    .map(|at| self.end(piece, at, template))
                    .map(|end| end.filter(|end| next[*end].is_some()))
                    .collect(),
            };
            steps.push(std::mem::replace(&mut next, each));
        }
        steps.push(next);
        steps.reverse();
        for each in &steps {
            token = each[token]?;
            ends.push(token);
        }
        let mut segments = vec![String::new(); template.fields.len()];
        let any = || "*".to_owned();
        let mut site = SiteText {
            partition: any(),
            region: any(),
            account: any(),
        };
        let mut start = 0;
        for (piece, end) in template.pieces.iter().zip(ends) {
            let slot = match *piece {
                Piece::Literal(_) | Piece::Any => None,
                Piece::Partition => Some(&mut site.partition),
                Piece::Region => Some(&mut site.region),
                Piece::Account => Some(&mut site.account),
                Piece::Segment(index) => segments.get_mut(index),
            };
            if let Some(slot) = slot {
                self.between(start, end).clone_into(slot);
            }
            start = end;
        }
        Some((segments, site))
    }

    /// Returns the end of a piece that starts at a token and is not a segment.
    fn end(&self, piece: Piece, token: usize, template: &Template) -> Option<usize> {
        let rest = &self.text[self.starts[token]..];
        let field = rest.split(':').next().unwrap_or_default();
        let fits = match piece {
            Piece::Literal(literal) => return self.after(literal, token),
            Piece::Any => return self.after("*", token),
            Piece::Partition => Partition::find(field).is_some(),
            Piece::Region if field.is_empty() => template.regionless,
            Piece::Region => Region::find(field).is_some(),
            Piece::Account => AccountId::find(field).is_some() || field == AccountId::AWS.as_str(),
            Piece::Segment(_) => false,
        };
        (fits || field == "*").then(|| self.after(field, token))?
    }

    /// Returns the end of the longest segment that starts at each token; `next` has the tokens at
    /// which the next piece can start.
    fn longest(&self, rules: Rules, next: &[Option<usize>]) -> Vec<Option<usize>> {
        let is_space = |token: usize| self.between(token, token + 1) == " ";
        // for each token, the last one up to it at which a segment can end
        let mut last_end = None;
        let last_ends: Vec<_> = (0..=self.count())
            .map(|end| {
                if next[end].is_some() && end > 0 && !is_space(end - 1) {
                    last_end = Some(end);
                }
                last_end
            })
            .collect();
        let mut ends = vec![None; self.count() + 1];
        let mut limit = self.count();
        for start in (0..self.count()).rev() {
            if !self.is_allowed(start, rules) {
                limit = start;
            } else if !is_space(start) {
                ends[start] = last_ends[limit].filter(|end| *end > start);
            }
        }
        ends
    }

    /// Returns whether a segment can contain a token. A space is allowed only between characters.
    fn is_allowed(&self, token: usize, rules: Rules) -> bool {
        let variable = |token: usize| {
            let end = (token + 1).min(self.count());
            self.between(token, end)
                .strip_prefix("${")?
                .strip_suffix('}')
        };
        match (self.between(token, token + 1), variable(token)) {
            (_, Some(inside)) => Variable::new(inside).is_ok(),
            (" ", None) => {
                let before = token.checked_sub(1);
                before.and_then(variable).is_none() && variable(token + 1).is_none()
            }
            (char, None) => fault(char, rules, Form::Glob).is_none(),
        }
    }
}

/// A part of a segment.
enum Part<'a> {
    Plain(&'a str),
    Glob(&'a str),
    Variable(Variable),
}

/// Splits a segment into parts; `None` if its place does not allow them.
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
                // variables with a default value are rejected: not every place allows the value
                parts.push(Part::Variable(Variable::new(inside).ok()?));
                tail
            }
        };
    }
    (!parts.is_empty()).then_some(parts)
}

impl TypedArn {
    /// Emits the expression for the ARN; `site` is the variable with its site.
    pub(super) fn tokens(&self, site: &Ident, imports: &mut Imports<'_>) -> TokenStream {
        let path = imports.module(self.of.module, "arn");
        let name = ident(self.of.facts.rust_name);
        let template = self.of.template;
        let fields = template.fields.iter().zip(&self.segments);
        let fields: Vec<_> = fields
            .enumerate()
            .map(|(index, (field, text))| {
                let rules = template.rules.get(index).copied();
                let value = segment(text, rules.unwrap_or(Rules::LOOSE), imports);
                let field = ident(field);
                quote!(#field: #value)
            })
            .collect();
        quote!(#path::#name { #(#fields),* }.at(#site))
    }
}

fn segment(text: &str, rules: Rules, imports: &mut Imports<'_>) -> TokenStream {
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
    /// Emits the expression for the site.
    pub(super) fn tokens(&self, imports: &mut Imports<'_>) -> TokenStream {
        imports.add("Site");
        let partition = Partition::find(&self.partition).map(|partition| {
            imports.add("Partition");
            let variant = ident(&format!("{partition:?}"));
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
