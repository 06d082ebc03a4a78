//! `sensitive`: actions of services without a module that do more harm than their access level shows.

use super::{SNAPSHOTS, docs, overlay};
use crate::error::Result;
use crate::render::{self, File};
use crate::sensitive::Sensitive;

/// Emits a table of sensitive actions.
///
/// # Errors
/// Text that turns its direction.
pub fn sensitive(list: &Sensitive) -> Result<File> {
    let doc = "/// The actions, each with the reason and the page that states it.";
    let rows: String = list
        .reasons()
        .iter()
        .map(|it| overlay::sensitive("crate", it))
        .collect();
    let table = format!("{doc}\npub static SENSITIVE: &[crate::SensitiveActions] = &[\n{rows}];\n");
    render::file(SNAPSHOTS, "sensitive.rs", &docs::sensitive_file(), [table])
}
