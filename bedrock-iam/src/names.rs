//! Finding a name in a sorted table, ASCII case ignored as IAM ignores it.

mod enums;
mod error;
mod suggest;
mod template;

pub use error::NameError;
pub use template::{count_templates, find_template, is_template, template_indices};

/// Where a name stands in a table that is sorted by lower-cased name.
///
/// A binary search that never looks twice at a prefix which both ends of the range share with
/// the text: all names of a service begin alike (`bedrock:`), and many go on alike (`Create…`).
#[doc(hidden)]
#[must_use]
pub fn find(names: &[&str], text: &str) -> Option<usize> {
    let text = text.as_bytes();
    let (mut low, mut high) = (0, names.len());
    let (mut shared_low, mut shared_high) = (0, 0);
    while low < high {
        let middle = low + (high - low) / 2;
        let name = names[middle].as_bytes();
        let mut shared = shared_low.min(shared_high);
        let order = loop {
            match (name.get(shared), text.get(shared)) {
                (Some(a), Some(b)) => {
                    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
                    if a != b {
                        break a.cmp(&b);
                    }
                    shared += 1;
                }
                (a, b) => break a.is_some().cmp(&b.is_some()),
            }
        };
        match order {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => (low, shared_low) = (middle + 1, shared),
            std::cmp::Ordering::Greater => (high, shared_high) = (middle, shared),
        }
    }
    None
}

/// Whether the names are sorted by their lower-cased bytes, none twice: what [`find`] relies on.
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
pub const fn bare(name: &'static str) -> &'static str {
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
    fn finds_every_name_in_any_case_and_nothing_else() {
        let names = ["b:A", "b:Create", "b:CreateA", "b:createB", "b:Z"];
        assert!(is_sorted(&names));
        for (index, name) in names.iter().enumerate() {
            assert_eq!(find(&names, name), Some(index));
            assert_eq!(find(&names, &name.to_uppercase()), Some(index));
        }
        for absent in ["", "b", "b:", "b:Creat", "b:CreateC", "b:ZZ", "a:A", "b:é"] {
            assert_eq!(find(&names, absent), None, "{absent}");
        }
        assert!(!is_sorted(&["a", "A"]));
        assert_eq!(find(&[], "x"), None);
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
