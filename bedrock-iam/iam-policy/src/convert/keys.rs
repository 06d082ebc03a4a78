//! What the enabled modules have a Rust name for: condition keys.
//!
//! How a key is called in Rust is known to the generator alone, and to the files that it wrote:
//! so it is read from those, which hold one constant or function after another.

use std::sync::LazyLock;

use super::names::modules;

/// A condition key of a module or of `global`.
pub(super) struct Key {
    /// The number of the module; `None` for the keys of `global`.
    pub(super) module: Option<usize>,
    /// The constant or function.
    pub(super) item: &'static str,
    /// The name; if the item is a function, what stands before its argument.
    name: &'static str,
    is_template: bool,
    /// The type of its values, as [`value`](crate::value) calls it.
    pub(super) value: &'static str,
    /// Whether it is in effect for some pairs only.
    pub(super) is_bound: bool,
}

impl Key {
    /// What the function is called with to give the key of this name; empty for a constant.
    pub(super) fn argument<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.strip_prefix(self.name).filter(|_| self.is_template)
    }

    fn is_called(&self, name: &str) -> bool {
        match self.argument(name) {
            Some(argument) => !argument.is_empty(),
            None => self.name == name,
        }
    }

    /// Whether it is the key that the reference calls so.
    pub(super) fn is_of(&self, reference: &str) -> bool {
        if !self.is_template {
            return reference == self.name;
        }
        let placeholder = reference.strip_prefix(self.name);
        placeholder.is_some_and(|rest| rest.starts_with("${") && rest.ends_with('}'))
    }
}

static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys = read(None, include_str!("../generated/global.rs"));
    for (number, module) in modules().iter().enumerate() {
        keys.extend(read(Some(number), module.keys));
    }
    keys
});

/// The keys of this very name: case counts, for it is what prints.
pub(super) fn find(name: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.is_called(name))
}

/// The keys in a generated file.
fn read(module: Option<usize>, file: &'static str) -> Vec<Key> {
    let items = file.split("\npub ").skip(1);
    let items: Vec<_> = items.collect();
    let mut keys = Vec::new();
    for (at, item) in items.iter().enumerate() {
        // What stands for the key in types follows its constant or function; a module's names for
        // global keys have none.
        let id = items.get(at + 1).filter(|next| next.starts_with("enum "));
        let Some(id) = id else { continue };
        let (constant, function) = (item.strip_prefix("const "), item.strip_prefix("fn "));
        let name = constant
            .and_then(|it| after(it, "constant("))
            .or_else(|| function.and_then(|it| after(it, "template(&[")))
            .and_then(|it| it.split('"').nth(1));
        let ident = constant
            .or(function)
            .and_then(|it| it.split([':', '(']).next());
        let value = after(id, "type Value = crate::value::").and_then(|it| it.split(';').next());
        let (Some(name), Some(item), Some(value)) = (name, ident, value) else {
            continue;
        };
        // No key has a second placeholder, or text after its first; one that had is left out.
        if function.is_some_and(|it| !it.contains(", \"\"], &[")) {
            continue;
        }
        keys.push(Key {
            module,
            item,
            name,
            is_template: function.is_some(),
            value,
            is_bound: id.contains("Takes<Self, A>"),
        });
    }
    keys
}

fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.split_once(start).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_read_to_the_last_key() {
        for key in &crate::global::ALL {
            let name = key.name.split("${").next().unwrap_or_default();
            let found = KEYS
                .iter()
                .find(|it| it.module.is_none() && it.name == name);
            let found = found.unwrap_or_else(|| panic!("no {name}"));
            assert!(found.is_of(key.name), "{name}");
            assert!(found.value == "Tag" || found.value == format!("{:?}", key.value_type));
        }
        for (number, module) in modules().iter().enumerate() {
            let known = module.actions.values().flat_map(|action| &action.keys);
            for name in known {
                assert!(
                    KEYS.iter().any(
                        |key| key.is_of(name) && key.module.is_none_or(|other| other == number)
                    ),
                    "no {name}"
                );
            }
        }
        let tag = find("aws:PrincipalTag/team").next();
        let tag = tag.map(|key| (key.item, key.value, key.is_bound));
        assert_eq!(tag, Some(("principal_tag", "Tag", false)));
        assert!(find("aws:principaltag/team").next().is_none());
        assert!(find("aws:TagKeys").all(|key| key.is_bound));
    }
}
