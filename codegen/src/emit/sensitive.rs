//! `sensitive`: the table of actions that the crate's checks warn of.

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use crate::error::Result;
use crate::render::{self, File};
use crate::sensitive::Sensitive;

/// Emits the crate's table of sensitive actions.
///
/// # Errors
/// A file that cannot be formatted.
pub fn sensitive(list: &Sensitive) -> Result<File> {
    let rows = list.reasons().iter().map(|reason| {
        let (why, source, actions) = (&reason.why, &reason.source, &reason.actions);
        quote!(Reason { why: #why, source: #source, actions: &[#(#actions),*] })
    });
    let count = Literal::usize_unsuffixed(list.reasons().len());
    let items = [
        quote!(
            use crate::check::Reason;
        ),
        quote!(
            pub(crate) static TABLE: [Reason; #count] = [#(#rows),*];
        ),
    ];
    render::file("sensitive.rs", &docs::sensitive_file(), items)
}
