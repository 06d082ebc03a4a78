//! Counts, lists and names in reports and messages.

use heck::ToSnakeCase as _;
pub use iam_policy::words::{code, count as counted, list};

/// The number of names that a sentence lists.
const SHOWN: usize = 6;

/// Whether [`names`] lists this many names in full.
pub fn fit(count: usize) -> bool {
    count <= SHOWN + 1
}

/// Lists names: `` `a` ``, `` `a` and `b` ``; of a long list, the first ones and the number of
/// others.
pub fn names<T: AsRef<str>>(names: &[T]) -> String {
    list(names, SHOWN)
}

/// Lists fewer names than [`names`].
pub fn few<T: AsRef<str>>(names: &[T]) -> String {
    list(names, 3)
}

/// Splits a text into parts inside and outside backticks; inside, the flag is `true`.
pub fn spans(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| (index % 2 == 1, part));
    parts.filter(|(_, part)| !part.is_empty())
}

/// Splits a name such as `CreateAgentAlias`, `agent-alias` or `VPCId` into words, in lower case.
pub(crate) fn of_name(name: &str) -> Vec<String> {
    let snake = name.to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Returns the first word of an action's name, in its original spelling.
pub(crate) fn verb(action: &str) -> &str {
    let first = of_name(action).first().map_or(0, String::len);
    action.get(..first).unwrap_or(action)
}

/// Returns the beginnings of an action's name that end with a word: `Get`, `GetAgent`, ….
pub(crate) fn starts(action: &str) -> impl Iterator<Item = &str> {
    let mut end = 0;
    let ends = of_name(action).into_iter().map(move |word| {
        let rest = action.get(end..).unwrap_or_default();
        let delimiters = rest.find(char::is_alphanumeric).unwrap_or(0);
        end += delimiters + word.len();
        end
    });
    ends.filter_map(|end| action.get(..end))
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

    #[test]
    fn names_begin_with_whole_words() {
        for (name, beginnings) in [
            ("GetAgentAlias", &["Get", "GetAgent", "GetAgentAlias"][..]),
            ("Share-Harvest", &["Share", "Share-Harvest"]),
            ("VPCLink", &["VPC", "VPCLink"]),
        ] {
            assert_eq!(starts(name).collect::<Vec<_>>(), beginnings);
        }
    }
}
