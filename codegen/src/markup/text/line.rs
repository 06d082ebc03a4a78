//! Parsing of single lines.

use crate::tables::without_space;

/// Parses the service's name and prefix from a line such as
/// `Orchard (service prefix: orchard) provides …`.
pub(super) fn introduced(line: &str) -> Option<(&str, &str)> {
    // the name may contain brackets: `Example Orchard (EO) (service prefix: orchard)`
    line.match_indices(['(', '（']).find_map(|(at, open)| {
        let name = line[..at].trim();
        let (inside, _) = line[at + open.len()..].split_once([')', '）'])?;
        let prefix = inside.rsplit_once([':', '：'])?.1.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let is_prefix = !prefix.is_empty() && prefix.chars().all(plain);
        (is_prefix && !name.is_empty()).then_some((name, prefix))
    })
}

/// Returns whether a line is the header of the actions table: the only one with a star and a word in
/// brackets.
pub(super) fn is_header(line: &str) -> bool {
    ["(*", "（*", "(＊", "（＊"].iter().any(|open| {
        line.split(open)
            .nth(1)
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    })
}

/// Returns the longest suffix of a text that begins after white space and is a label.
pub(super) fn ending(text: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    // labels have few words; descriptions may have thousands
    const MOST: usize = 12;
    let starts: Vec<usize> = text
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8())
        .take(MOST)
        .collect();
    let ends = starts.into_iter().rev().map(|at| &text[at..]);
    ends.into_iter()
        .find(|end| !end.is_empty() && is_label(end))
}

/// Splits a line after its key: `aws:RequestTag/${TagKey} …`, or as some browsers save it,
/// `aws:RequestTag/$ { TagKey} …`.
pub(super) fn split_key(line: &str) -> Option<(String, &str)> {
    let mut depth = 0_usize;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 && !line[..at].ends_with('$') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let key = without_space(&line[..end]);
    let namespace = key.split(':').next().unwrap_or_default();
    let is_key = key.contains(':')
        && !namespace.is_empty()
        && !key.ends_with(':')
        && !key.starts_with("arn:")
        && key.is_ascii();
    is_key.then(|| (key, &line[end..]))
}

/// Returns the key or action of a line that contains nothing else.
pub(super) fn lone_key(line: &str) -> Option<String> {
    split_key(line)
        .filter(|(_, rest)| rest.trim().is_empty())
        .map(|(key, _)| key)
}

/// Splits `name arn:…`.
pub(super) fn split_arn(line: &str) -> Option<(&str, &str)> {
    let at = line.find(" arn:").or_else(|| line.find(" ^arn:"))?;
    let (name, arn) = (line[..at].trim(), line[at..].trim());
    // few ARNs have no placeholders; the line of one has to be short, because a sentence may
    // mention an ARN
    let fixed = !arn.contains(char::is_whitespace) && name.split_whitespace().count() <= 4;
    let is_arn = arn.matches(':').count() >= 5 && (arn.contains('$') || fixed);
    (!name.is_empty() && is_arn).then_some((name, arn))
}
