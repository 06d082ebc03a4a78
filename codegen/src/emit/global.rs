//! Emits `global`, the engine's module of global condition keys.

use iam_policy::ValueType;

use super::condition_keys;
use super::render::{self, Entry, File, literal};
use super::{SNAPSHOTS, docs, ident, in_order};
use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::names;

/// Emits the engine's module of global condition keys.
///
/// # Errors
/// Returns an error if the snapshot is malformed, or a key has a value type that IAM does not define.
pub fn global() -> Result<File> {
    let globals = Globals::read()?;
    names::check_overrides(&globals.service())?;
    let names = names::of_globals(&globals)?;
    let keys = globals.keys().iter();
    let keys = in_order(keys.map(|(name, key)| (name.as_str(), key)));
    let (mut entries, mut in_effect) = (Vec::new(), String::new());
    for (name, known) in keys {
        let id = ident(&names.condition_keys[name].variant)?;
        let value_type = known.value_type.parse::<ValueType>().map_err(|_| {
            Error::new(
                format!("the value type {}", quoted(&known.value_type)),
                "an IAM type, such as `String` or `ArrayOfARN`",
            )
            .within(format!("condition key {}", quoted(name)))
        })?;
        let kind = condition_keys::kind(name, Some(value_type))?;
        in_effect.push_str(&match Globals::follows_the_page(name) {
            true => condition_keys::by_pair("crate", &id),
            false => format!("impl<A, R> crate::runtime::InEffect<A, R> for {id} {{}}\n"),
        });
        let mut entry = Entry {
            docs: docs::global_key(name, known),
            name: id,
            clauses: vec![
                vec![format!(
                    "{} of {}: {value_type:?}",
                    literal(name),
                    literal(&known.category)
                )],
                vec![condition_keys::item(&names, name, &kind)?],
            ],
            ..Entry::default()
        };
        if Globals::follows_the_page(name) {
            entry.clauses.push(vec!["follows page".to_owned()]);
        }
        entries.push(entry);
    }
    let table = render::table("crate::global_key_table", &[], entries);
    render::file(
        SNAPSHOTS,
        "global.rs",
        &docs::global_file(),
        [table, in_effect],
    )
}
