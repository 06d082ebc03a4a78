//! Finding a name in a table, ASCII case ignored as IAM ignores it.

mod error;
mod index;
mod suggest;
mod template;

pub use error::NameError;
pub use index::{find, index, slots};
pub(crate) use suggest::nearest;
#[cfg(feature = "convert")]
pub(crate) use template::placeholder;
pub use template::{count_templates, find_template, is_template, template_indices};

/// Whether the names are sorted by their lower-cased bytes, none twice.
#[doc(hidden)]
#[must_use]
pub const fn is_sorted(names: &[&str]) -> bool {
    let mut index = 1;
    while index < names.len() {
        if !is_before(names[index - 1].as_bytes(), names[index].as_bytes()) {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_before(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() {
        let (a, b) = (
            left[at].to_ascii_lowercase(),
            right[at].to_ascii_lowercase(),
        );
        if a != b {
            return a < b;
        }
        at += 1;
    }
    left.len() < right.len()
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
    fn sorted_by_lower_case() {
        assert!(is_sorted(&[]) && is_sorted(&["b:A", "b:Create", "b:CreateA", "b:createB", "b:Z"]));
        assert!(!is_sorted(&["a", "A"]) && !is_sorted(&["b", "a"]) && !is_sorted(&["ab", "a"]));
    }

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
