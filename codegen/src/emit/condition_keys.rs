//! Emits the table of condition keys: `ConditionKey`, and a constant or function in `key` with a
//! type for each key.

use iam_policy::ValueType;

use super::render::{self, Entry, literal};
use super::{Module, docs, ident, in_order};
use crate::error::Result;
use crate::names::{KeyName, Names};
use crate::overlay::Kind;
use crate::template::{self, Piece};

pub(super) fn items(it: &Module<'_>) -> Result<Vec<String>> {
    let keys = in_order(
        it.names
            .condition_keys
            .iter()
            .map(|(name, key)| (name.as_str(), key)),
    );
    let (mut entries, mut in_effect) = (Vec::new(), String::new());
    for (name, names) in keys {
        entries.push(entry(it, name, names)?);
        if it.global_id(name).is_none() {
            let id = format!("key::{}", ident(&names.variant)?);
            in_effect.push_str(&by_pair(&it.rt, &id));
        }
    }
    let head = [format!(
        "{}, {};",
        literal(&it.service.prefix),
        literal(&it.source.condition_key(""))
    )];
    let table = render::table(&it.path("condition_key_table"), &head, entries);
    Ok([table, in_effect]
        .into_iter()
        .filter(|item| !item.is_empty())
        .collect())
}

/// Emits the implementation of a key that is in effect only for some pairs of actions and resource
/// types.
pub(super) fn by_pair(rt: &str, id: &str) -> String {
    format!(
        "impl<A, R: {rt}::runtime::Takes<Self, A>> {rt}::runtime::InEffect<A, R> for {id} {{}}\n"
    )
}

fn entry(it: &Module<'_>, name: &str, names: &KeyName) -> Result<Entry> {
    let [of_item, of_id] = it.deprecated_key(name)?;
    let known = it.service.condition_keys.get(name);
    // a type that IAM does not define counts as unknown
    let value_type = known.and_then(|known| known.value_type.parse::<ValueType>().ok());
    let anchor = it.anchor(it.stated_key(name), |it, name| it.condition_key(name));
    let of_type = value_type.map_or_else(String::new, |it| format!(": {it:?}"));
    let id = match it.global_id(name) {
        Some((_, id)) => format!("global {id}"),
        None => {
            let attribute = of_id.map_or_else(String::new, |it| format!("{it} "));
            format!("{attribute}{}", kind(name, value_type)?)
        }
    };
    let mut entry = Entry {
        docs: docs::condition_key(it, name),
        attribute: it.deprecated_variant(Kind::ConditionKey, name)?,
        name: ident(&names.variant)?,
        inner: None,
        clauses: vec![
            vec![format!(
                "{} at {}{of_type}",
                literal(name),
                literal(&anchor)
            )],
            of_item
                .into_iter()
                .chain([item(&it.names, name, &id)?])
                .collect(),
        ],
    };
    entry
        .clauses
        .extend(it.removed_clause(Kind::ConditionKey, name)?);
    Ok(entry)
}

/// Emits the constant or function of a key with the type `id`.
pub(super) fn item(names: &Names, key: &str, id: &str) -> Result<String> {
    let item = ident(&names.condition_keys[key].item)?;
    let parameters = names.parameters(key)?;
    if parameters.is_empty() {
        return Ok(format!("const {item}: {id}"));
    }
    let parameters: Result<Vec<_>> = parameters.iter().map(|it| ident(it)).collect();
    Ok(format!("fn {item}({}): {id}", parameters?.join(", ")))
}

/// Returns the kind of a key's values: its value type, except for tags, whose values can be compared
/// as any type.
pub(super) fn kind(name: &str, value_type: Option<ValueType>) -> Result<String> {
    let pieces = template::condition_key(name)?;
    let tag = matches!(
        pieces.as_slice(),
        [Piece::Literal(text), Piece::Placeholder(_)]
            if text.to_ascii_lowercase().ends_with("tag/")
    );
    Ok(match value_type {
        Some(ValueType::String) if tag => "Tag".to_owned(),
        Some(known) => format!("{known:?}"),
        // the key has no row in the table of keys, or its type is unknown
        None => "Any".to_owned(),
    })
}
