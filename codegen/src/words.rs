//! Counts, lists and names, as every report and message prints them.

/// How many names a sentence bears.
const SHOWN: usize = 6;

pub use iam_policy::words::{code, count as counted};

/// A noun in singular or plural: `action`, `actions`.
pub fn plural(count: usize, what: &str) -> String {
    match count {
        1 => what.to_owned(),
        _ => iam_policy::words::plural(what),
    }
}

/// The parts of a text whose names stand in backticks, each with whether it is a name. A backtick
/// without its partner is text.
pub fn spans(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let name = rest.strip_prefix('`').and_then(|it| it.split_once('`'));
        let (part, after) = match name {
            Some((name, after)) => ((true, name), after),
            None => {
                let first = rest.chars().next()?.len_utf8();
                let end = rest[first..].find('`');
                let end = end.map_or(rest.len(), |at| at + first);
                ((false, &rest[..end]), &rest[end..])
            }
        };
        rest = after;
        Some(part)
    })
}

/// Whether [`names`] has room for so many.
pub fn fit(count: usize) -> bool {
    count <= SHOWN + 1
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``; of many the first and how many more.
pub fn names<T: AsRef<str>>(names: &[T]) -> String {
    at_most(SHOWN, names)
}

/// Like [`names`], with fewer of them.
pub fn few<T: AsRef<str>>(names: &[T]) -> String {
    at_most(3, names)
}

/// Like [`names`], however many there are.
pub fn all_names<T: AsRef<str>>(names: &[T]) -> String {
    at_most(names.len(), names)
}

fn at_most<T: AsRef<str>>(most: usize, names: &[T]) -> String {
    let mut shown: Vec<_> = names.iter().map(|name| code(name.as_ref())).collect();
    // one more name is as short as its number
    if shown.len() > most + 1 {
        shown.truncate(most);
        shown.push(format!("{} more", names.len() - most));
    }
    listed(&shown)
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<_> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The words of a name: `CreateAgentAlias`, `agent-alias` and `VPCId` give two or three, in lower
/// case.
pub(crate) fn of_name(name: &str) -> Vec<String> {
    use heck::ToSnakeCase as _;
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
    fn many_names_are_cut() {
        let all = ["a", "b", "c", "d", "e", "f", "g", "h"];
        assert_eq!(names(&all[..1]), "`a`");
        assert_eq!(names(&all[..2]), "`a` and `b`");
        assert_eq!(names(&all[..7]), "`a`, `b`, `c`, `d`, `e`, `f` and `g`");
        assert_eq!(names(&all), "`a`, `b`, `c`, `d`, `e`, `f` and 2 more");
        assert!(fit(7) && !fit(8));
        assert_eq!(few(&all), "`a`, `b`, `c` and 5 more");
        assert!(all_names(&all).ends_with("`g` and `h`"));
    }

    #[test]
    fn names_in_a_text_are_told_from_its_words() {
        let parts = |text| spans(text).collect::<Vec<_>>();
        assert_eq!(parts(""), []);
        assert_eq!(parts("none"), [(false, "none")]);
        assert_eq!(
            parts("é `a` and `b`"),
            [(false, "é "), (true, "a"), (false, " and "), (true, "b")]
        );
        assert_eq!(parts("`a` and `b")[1..], [(false, " and "), (false, "`b")]);
        assert_eq!(parts("a`"), [(false, "a"), (false, "`")]);
    }

    #[test]
    fn verbs_are_spelled_as_in_the_name() {
        assert_eq!(verb("GetAgent"), "Get");
        assert_eq!(verb("listTrees"), "list");
        assert_eq!(verb("Share-Harvest"), "Share");
        assert_eq!(verb("VPCLink"), "VPC");
    }
}
