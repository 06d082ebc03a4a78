//! Converts policy documents to Rust programs.
//!
//! Statements are typed where a [`Catalog`] allows: by the types in `action`, `arn` and `key` of the
//! services that have a Rust module. What they can't express takes a loud form,
//! [`foreign_action!`](crate::foreign_action), [`raw_arn!`](crate::raw_arn),
//! [`foreign_key!`](crate::foreign_key), [`Statement::raw`](crate::Statement::raw), or JSON that is
//! read as it stands, with a comment that gives the reason.

mod arns;
mod comparison;
mod imports;
mod modules;
mod program;
mod shape;
mod statement;
mod typed;
mod why;

use std::collections::HashSet;
use std::error::Error;
use std::fmt;

use proc_macro2::{Ident, Span};

use crate::document::{Document, Scalar, Statements};
use crate::facts::Catalog;

use modules::Modules;
use program::{CHAIN, Form, Literally, Plan};
use shape::Shape;
use typed::Typed;

/// Converts a document to a program: a function `policy` that returns the policy, and a `main` that
/// prints it.
///
/// The program's first comment names the crates that it depends on, with their features. Compiled
/// and run, it prints JSON of the same value as the document.
///
/// # Errors
///
/// [`ConvertError`] for a document that JSON can't hold, such as one with an infinite number.
///
/// ```
/// use iam_policy::{Catalog, convert::to_rust};
///
/// let document = serde_json::from_str(
///     r#"{"Version": "2012-10-17", "Statement": [
///         {"Effect": "Allow", "Action": "shop:ListFruits", "Resource": "*"}
///     ]}"#,
/// )?;
/// let program = to_rust(&document, &Catalog::new([]))?;
/// assert!(program.contains(r#"Statement::allow(foreign_action!("shop:ListFruits"))"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_rust(document: &Document, catalog: &Catalog) -> Result<String, ConvertError> {
    let modules = &Modules::new(catalog);
    if let Some(why) = beyond(document) {
        return program::read(document, why, modules);
    }
    let statements = document.statements.as_ref();
    let statements = statements.map(Statements::as_slice).unwrap_or_default();
    let mut shapes: Vec<(usize, Shape<'_>)> = Vec::new();
    let mut sids = HashSet::new();
    let mut literally = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        match Shape::read(statement, |sid| sids.contains(sid)) {
            Ok(shape) => {
                sids.extend(shape.sid);
                shapes.push((number, shape));
            }
            Err(why) => literally.push(Literally {
                number,
                statement,
                why,
            }),
        }
    }
    let mut plans = Vec::with_capacity(shapes.len());
    for (number, shape) in &shapes {
        let form = match Typed::of(shape, modules) {
            Ok(_) if shape.conditions.len() > CHAIN => None,
            Ok(typed) => Some(Form::Typed(typed)),
            Err(_) if shape.texts() > CHAIN => None,
            Err(why) => Some(Form::Raw(why)),
        };
        match form {
            Some(form) => plans.push(Plan {
                number: *number,
                shape,
                form,
            }),
            None => literally.push(Literally {
                number: *number,
                statement: &statements[*number],
                why: "too long for a chain of calls",
            }),
        }
    }
    // they go in one after the other, so that each finds its place
    literally.sort_by_key(|it| it.number);
    if plans.is_empty() {
        let why = literally.first().map_or("no statement", |it| it.why);
        return program::read(document, why, modules);
    }
    program::built(document, &plans, &literally, modules)
}

/// What a document holds besides statements that no policy of this crate can.
fn beyond(document: &Document) -> Option<&'static str> {
    let is_text = |scalar: &Option<Scalar>| scalar.as_ref().is_none_or(|it| it.as_str().is_some());
    if !document.others.is_empty() {
        Some("a member that IAM does not define")
    } else if !is_text(&document.version) || !is_text(&document.id) {
        Some("a `Version` or `Id` that is no text")
    } else {
        None
    }
}

/// An identifier, raw where the name says so (`r#type`).
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A document of which no program can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertError {
    why: String,
}

impl ConvertError {
    const fn new(why: String) -> Self {
        Self { why }
    }
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the policy can't be written as Rust: {}", self.why)
    }
}

impl Error for ConvertError {}
