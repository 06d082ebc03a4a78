//! Counts, lists and names, as every report and message prints them.

use heck::ToSnakeCase as _;
pub use iam_policy::words::{code, count as counted, list};

/// How many names a sentence bears.
const SHOWN: usize = 6;

/// Whether [`names`] has room for so many.
pub fn fit(count: usize) -> bool {
    count <= SHOWN + 1
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``; of many the first and how many more.
pub fn names<T: AsRef<str>>(names: &[T]) -> String {
    list(names, SHOWN)
}

/// Like [`names`], with fewer of them.
pub fn few<T: AsRef<str>>(names: &[T]) -> String {
    list(names, 3)
}

/// The parts of a text whose names stand in backticks, each with whether it is a name.
pub fn spans(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| (index % 2 == 1, part));
    parts.filter(|(_, part)| !part.is_empty())
}

/// The words of a name: `CreateAgentAlias`, `agent-alias` and `VPCId` give two or three, in lower
/// case.
pub(crate) fn of_name(name: &str) -> Vec<String> {
    let snake = name.to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The word that an action's name begins with, as it is spelled there.
pub(crate) fn verb(action: &str) -> &str {
    let first = of_name(action).first().map_or(0, String::len);
    action.get(..first).unwrap_or(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_spelled_as_in_the_name() {
        for (name, word) in [
            ("GetAgent", "Get"),
            ("listTrees", "list"),
            ("VPCLink", "VPC"),
        ] {
            assert_eq!(verb(name), word);
        }
    }
}
