//! Names as parts of ids: different names stay different, whatever a page calls its rows.

use std::fmt::Write as _;

/// The id of what `parts` name, from the whole to its part.
pub(super) fn id(parts: &[&str]) -> String {
    let parts: Vec<_> = parts.iter().map(|part| escaped(part)).collect();
    parts.join(".")
}

/// Letters, digits, `-` and `_` as they are; everything else by number.
fn escaped(name: &str) -> String {
    name.chars().fold(String::new(), |mut id, character| {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') {
            id.push(character);
        } else {
            // cannot fail: it writes to a string
            let _ = write!(id, "~{:x}~", u32::from(character));
        }
        id
    })
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn different_names_have_different_ids() {
        let names = [
            ["a", "b.c"],
            ["a.b", "c"],
            ["a b", "c"],
            ["a~20~b", "c"],
            ["a_b", "c"],
            ["A_b", "c"],
            ["", "a"],
            ["a", ""],
        ];
        let ids: std::collections::BTreeSet<_> = names.iter().map(|parts| id(parts)).collect();
        assert_eq!(ids.len(), names.len(), "{ids:?}");
        assert_eq!(
            id(&["bedrock_agentcore", "action", "Get*"]),
            "bedrock_agentcore.action.Get~2a~"
        );
    }
}
