//! Conversion of policy documents to Rust programs.
//!
//! [`to_rust`] writes typed statements where the [`Catalog`] has a Rust module for the service, with
//! the types in the module's `action`, `arn` and `key`. Everything else becomes
//! [`foreign_action!`](crate::foreign_action), [`raw_arn!`](crate::raw_arn),
//! [`foreign_key!`](crate::foreign_key), [`Statement::raw`](crate::Statement::raw) or unchanged JSON,
//! with a comment that gives the reason.

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
use program::{CHAIN, Form, Plan, Unchanged};
use shape::Shape;
use typed::Typed;

/// Converts a document to a program: a function `policy` that returns the policy, and a `main` that
/// prints it.
///
/// The first comment lists the crates that the program depends on, with their features. The program
/// prints JSON that is equal to the document.
///
/// # Errors
///
/// Returns [`ConvertError`] if JSON can't represent the document, for example because of an infinite
/// number.
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
    if let Some(why) = unsupported(document) {
        return program::read(document, why, modules);
    }
    let statements = document.statements.as_ref();
    let statements = statements.map(Statements::as_slice).unwrap_or_default();
    let mut shapes: Vec<(usize, Shape<'_>)> = Vec::new();
    let mut sids = HashSet::new();
    let mut unchanged = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        match Shape::read(statement, |sid| sids.contains(sid)) {
            Ok(shape) => {
                sids.extend(shape.sid);
                shapes.push((number, shape));
            }
            Err(why) => unchanged.push(Unchanged {
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
            None => unchanged.push(Unchanged {
                number: *number,
                statement: &statements[*number],
                why: "too long for a chain of method calls",
            }),
        }
    }
    // inserting in ascending order keeps the indices right
    unchanged.sort_by_key(|it| it.number);
    if plans.is_empty() {
        let why = unchanged.first().map_or("no statement", |it| it.why);
        return program::read(document, why, modules);
    }
    program::built(document, &plans, &unchanged, modules)
}

/// Returns why `Policy` can't build a document, apart from its statements.
fn unsupported(document: &Document) -> Option<&'static str> {
    let is_text = |scalar: &Option<Scalar>| scalar.as_ref().is_none_or(|it| it.as_str().is_some());
    if !document.others.is_empty() {
        Some("a member that IAM does not define")
    } else if !is_text(&document.version) || !is_text(&document.id) {
        Some("a `Version` or `Id` that is not a string")
    } else {
        None
    }
}

/// Returns an identifier; a raw one for a name with `r#`, such as `r#type`.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The error of a document that can't be converted to a program.
#[derive(Clone, PartialEq, Eq)]
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
        write!(f, "the policy can't be converted to Rust: {}", self.why)
    }
}

impl fmt::Debug for ConvertError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ConvertError {}
