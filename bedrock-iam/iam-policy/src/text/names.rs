//! Finding a name in a table, ASCII case ignored as IAM ignores it.

mod error;
mod index;
mod suggest;
mod template;

pub use error::NameError;
use index::find;
pub(crate) use index::position;
pub use index::{index, slots};
pub(crate) use suggest::nearest;
pub(crate) use template::find_template;
pub use template::is_template;
pub(crate) use template::placeholder;

/// The names of one kind that a service has, to be found and suggested.
#[doc(hidden)]
#[derive(Debug)]
pub struct NameTable {
    /// The kind, such as `action`.
    pub kind: &'static str,
    /// The service's prefix.
    pub service: &'static str,
    /// All names, sorted.
    pub names: &'static [&'static str],
    /// Their [`index`].
    pub index: &'static [u16],
    /// Those to be suggested: all that were not removed.
    pub listed: &'static [&'static str],
}

impl NameTable {
    /// Where a name stands, ASCII case ignored; a literal name wins over a template that it would fit.
    ///
    /// # Errors
    /// [`NameError`] for a name that is not there.
    pub fn find(&self, text: &str) -> Result<usize, NameError> {
        find(self.names, self.index, text)
            .or_else(|| find_template(self.names, text))
            .ok_or_else(|| NameError::new(text, self.kind, self.service, self.listed))
    }
}

/// What follows a name's service prefix; the whole name where there is none.
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
