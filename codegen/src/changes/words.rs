//! Names in sentences.

use std::collections::BTreeSet;

use crate::model::{AccessLevel, AuthorizedAction, Service};

/// How many names a sentence bears.
const SHOWN: usize = 6;

/// Both states of a service: what sentences and judgements look up.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: Option<&'a Service>,
    pub(super) new: Option<&'a Service>,
}

impl Sides<'_> {
    /// What the names of actions begin with now.
    pub(super) fn prefix(&self) -> &str {
        self.new.or(self.old).map_or("", |it| it.prefix.as_str())
    }

    /// What they began with before.
    pub(super) fn old_prefix(&self) -> &str {
        self.old.or(self.new).map_or("", |it| it.prefix.as_str())
    }

    /// An action with its prefix.
    pub(super) fn full(&self, action: &str) -> String {
        format!("{}:{action}", self.prefix())
    }
}

/// A name in backticks; what would end them or the line is replaced.
pub(super) fn code(name: &str) -> String {
    let plain = name.replace('`', "'").replace(char::is_control, " ");
    format!("`{plain}`")
}

/// `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``; of many the first and how many more.
pub(super) fn names<T: AsRef<str>>(names: &[T]) -> String {
    at_most(SHOWN, names)
}

/// The first of several names, and how many more there are.
pub(super) fn few<T: AsRef<str>>(names: &[T]) -> String {
    at_most(3, names)
}

fn at_most<T: AsRef<str>>(most: usize, names: &[T]) -> String {
    let mut shown: Vec<_> = names.iter().map(|name| code(name.as_ref())).collect();
    // one more name is as short as saying that there is one
    if shown.len() > most + 1 {
        let more = shown.len() - most;
        shown.truncate(most);
        return format!("{} and {more} more", shown.join(", "));
    }
    match shown.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Names of rows of one table, however many there are.
pub(super) fn all_names(names: &[String]) -> String {
    at_most(usize::MAX - 1, names)
}

/// Whether [`names`] says them all.
pub(super) fn fit(count: usize) -> bool {
    count <= SHOWN + 1
}

/// `Write`, `Write and Tagging`.
pub(super) fn levels<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> String {
    let levels: Vec<_> = levels.into_iter().map(|level| level.as_str()).collect();
    match levels.split_last() {
        None => "no access level".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// `is` of one, `are` of several.
pub(super) fn is_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// How much a level lets somebody do: tags may decide who may do what, but change nothing else.
pub(super) fn power(level: AccessLevel) -> u8 {
    match level {
        AccessLevel::List => 1,
        AccessLevel::Read => 2,
        AccessLevel::Tagging => 3,
        AccessLevel::Write => 4,
        _ => 5,
    }
}

/// The most that levels let somebody do; 0 of none.
pub(super) fn most_power<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> u8 {
    levels
        .into_iter()
        .map(|level| power(*level))
        .max()
        .unwrap_or(0)
}

/// The words of a name: `CreateAgentAlias`, `agent-alias` and `VPCId` give two or three, in lower
/// case.
pub(super) fn words(name: &str) -> Vec<String> {
    use heck::ToSnakeCase as _;
    let snake = name.to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The word that an action's name begins with, as it is spelled there.
pub(super) fn verb(action: &str) -> &str {
    let first = words(action).first().map_or(0, String::len);
    action.get(..first).unwrap_or(action)
}

/// Whether an operation needs the action of its own name, and what it needs besides.
pub(super) fn own_and_others(
    operation: &str,
    needs: &[AuthorizedAction],
    sides: Sides<'_>,
) -> (bool, Vec<AuthorizedAction>) {
    let own = sides.full(operation);
    let is_own = |needed: &&AuthorizedAction| needed.action == own && needed.context.is_empty();
    let others = needs.iter().filter(|needed| !is_own(needed)).cloned();
    (needs.iter().any(|needed| is_own(&needed)), others.collect())
}

/// Distinct names, in order.
pub(super) fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    names
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
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
    }

    #[test]
    fn verbs_are_spelled_as_in_the_name() {
        assert_eq!(verb("GetAgent"), "Get");
        assert_eq!(verb("listTrees"), "list");
        assert_eq!(verb("Retrieve"), "Retrieve");
        assert_eq!(verb("Share-Harvest"), "Share");
        assert_eq!(verb("VPCLink"), "VPC");
    }
}
