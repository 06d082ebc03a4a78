//! Lookup of names in tables, ignoring ASCII case as IAM does.

mod error;
mod index;
mod suggest;
mod template;

pub use error::NameError;
use index::find;
pub(crate) use index::position;
pub use index::{index, slots};
pub use suggest::nearest;
pub(crate) use suggest::{distance, longer_or_shorter, nearest_of_plain, rest_of};
pub(crate) use template::find_template;
pub use template::is_template;
pub(crate) use template::placeholder;

/// A table of a service's names of one kind, for lookup and suggestions.
#[doc(hidden)]
#[derive(Debug)]
pub struct NameTable {
    /// The kind, such as `action`.
    pub kind: &'static str,
    /// The service's prefix.
    pub service: &'static str,
    /// All names, sorted.
    pub names: &'static [&'static str],
    /// The [`index`] of the names.
    pub index: &'static [u16],
    /// The names to suggest: all that were not removed.
    pub listed: &'static [&'static str],
    /// Functions that return the actions that an API operation requires, by its name.
    pub instead: &'static [fn(&str) -> Vec<&'static str>],
}

impl NameTable {
    /// Returns the position of a name, ignoring ASCII case. A literal name takes precedence over a
    /// template that matches the text.
    ///
    /// # Errors
    /// Returns [`NameError`] if the table does not have the name.
    pub fn find(&self, text: &str) -> Result<usize, NameError> {
        find(self.names, self.index, text)
            .or_else(|| find_template(self.names, text))
            .ok_or_else(|| {
                // an action without its prefix is not meant as the operation of the same name
                let is_bare = |name: &&&str| bare(name).eq_ignore_ascii_case(text);
                let required = match self.listed.iter().find(is_bare) {
                    Some(_) => Vec::new(),
                    None => self.instead.iter().flat_map(|find| find(text)).collect(),
                };
                NameError::new(text, self.kind, self.service, self.listed).with_required(required)
            })
    }
}

/// Returns a name without its service prefix; the whole name if it has none.
///
/// The prefix ends at the first colon outside a placeholder.
#[doc(hidden)]
#[must_use]
pub const fn bare(name: &str) -> &str {
    let bytes = name.as_bytes();
    let mut at = 0;
    let mut depth = 0usize;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'<' => depth += 1,
            b'}' | b'>' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => return name.split_at(at + 1).1,
            _ => {}
        }
        at += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_names_follow_the_prefix() {
        assert_eq!(
            bare("kms:EncryptionContext:${Key}"),
            "EncryptionContext:${Key}"
        );
        assert_eq!(bare("git.${A:B}.com:actor"), "actor");
        assert_eq!(bare("agent"), "agent");
    }
}
