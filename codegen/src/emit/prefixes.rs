//! Emits `PREFIXES`, the service prefixes that AWS has.

use super::render::{self, File, literal, wrapped_code};
use super::{SNAPSHOTS, docs};
use crate::error::Result;
use crate::prefixes::Prefixes;

/// Emits the table of service prefixes.
///
/// # Errors
/// Returns an error if a text contains characters that change its direction.
pub fn prefixes(list: &Prefixes) -> Result<File> {
    let names = |names: &std::collections::BTreeSet<String>| {
        let names: Vec<_> = names.iter().map(|it| format!("{},", literal(it))).collect();
        wrapped_code("        ", "        ", &names)
    };
    let text = format!(
        "/// The prefixes, as of their day.\n\
         pub static PREFIXES: crate::ServicePrefixes = crate::ServicePrefixes {{\n    \
         date: {},\n    names: &[\n{}    ],\n    only_in_arns: &[\n{}    ],\n}};\n",
        literal(&list.date),
        names(&list.prefixes),
        names(&list.only_in_arns),
    );
    render::file(SNAPSHOTS, "prefixes.rs", &docs::prefixes_file(), [text])
}
