//! Search for the most similar name, for error messages.

use super::bare;
use super::template::placeholder;

/// The length of the longest text that can be a misspelled name. The time is quadratic in the length.
const LONGEST: usize = 128;

/// The greatest edit distance of similar names.
const FARTHEST: usize = 6;

/// Returns the name with the smallest edit distance to the text, if it is at most a third of the
/// name's length without its prefix.
///
/// A text without a colon is compared with names without their prefix, so that `InvokeModle` finds
/// `bedrock:InvokeModel`. Of a template, only the part before the first placeholder is compared.
pub fn nearest<'a>(names: impl IntoIterator<Item = &'a str>, text: &str) -> Option<&'a str> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let is_whole = text.contains(':');
    let pairs = names.into_iter().filter_map(|name| {
        // the searches for one byte are fast, and most names have none of them
        let has_prefix = !is_whole && name.contains(':');
        let wanted = if has_prefix { bare(name) } else { name };
        let is_template = wanted.contains('{') || wanted.contains('<');
        let split = is_template.then(|| placeholder(wanted)).flatten();
        let (wanted, given) = match split {
            // the tag in `aws:RequestTag/team` is not misspelled
            Some((prefix, _)) if prefix.ends_with('/') => (prefix, &text[..=text.find('/')?]),
            Some((prefix, _)) if text.len() > prefix.len() => {
                (prefix, text.get(..prefix.len()).unwrap_or(text))
            }
            _ => (wanted, text),
        };
        Some((name, wanted, given))
    });
    nearest_pair(pairs, text)
}

/// Returns the name with the smallest edit distance as [`nearest`] does, in less time: none of the names
/// has a prefix or placeholder.
pub(crate) fn nearest_of_plain<'a>(
    names: impl IntoIterator<Item = &'a str>,
    text: &str,
) -> Option<&'a str> {
    let names = names.into_iter().filter(|_| !text.is_empty());
    nearest_pair(names.map(|name| (name, name, text)), text)
}

/// Returns the name with the smallest edit distance of the parts that are compared; those given are parts of
/// `text`. Of equally distant names, it is the one with the shortest rest after the common beginning:
/// `aws:PrincipalOrg` is closer to `aws:PrincipalOrgID` than to `aws:PrincipalArn`.
fn nearest_pair<'a, 'b>(
    pairs: impl Iterator<Item = (&'a str, &'a str, &'b str)>,
    text: &str,
) -> Option<&'a str> {
    let known = letters(text.as_bytes());
    let mut nearest: Option<(&str, usize, usize)> = None;
    for (name, wanted, given) in pairs {
        let most = match nearest {
            None => FARTHEST,
            Some((_, 0, _)) => break,
            Some((_, found, rest)) => found - usize::from(rest_of(wanted, given) >= rest),
        };
        let known = match given.len() == text.len() {
            true => known,
            false => letters(given.as_bytes()),
        };
        if let Some(found) = distance_within(wanted, given, known, most) {
            nearest = Some((name, found, rest_of(wanted, given)));
        }
    }
    nearest.map(|(name, ..)| name)
}

/// Returns the length of a name without the beginning that it has in common with a text, ignoring ASCII case.
pub(crate) const fn rest_of(name: &str, text: &str) -> usize {
    let (mut name, mut text) = (name.as_bytes(), text.as_bytes());
    while let ([a, name_rest @ ..], [b, text_rest @ ..]) = (name, text)
        && a.eq_ignore_ascii_case(b)
    {
        (name, text) = (name_rest, text_rest);
    }
    name.len()
}

/// Returns the only name that the text continues, or that continues the text, ignoring ASCII case:
/// `bedrock:GuardrailId` is short for `bedrock:GuardrailIdentifier`.
pub(crate) fn longer_or_shorter<'a>(
    names: impl IntoIterator<Item = &'a str>,
    text: &str,
) -> Option<&'a str> {
    /// The length of the shortest beginning that is not a coincidence.
    const SHORTEST: usize = 6;
    let begins = |long: &str, short: &str| {
        let begin = long.get(..short.len());
        bare(short).len() >= SHORTEST && begin.is_some_and(|it| it.eq_ignore_ascii_case(short))
    };
    let names = names.into_iter();
    let mut found = names.filter(|name| begins(name, text) || begins(text, name));
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// Returns the Levenshtein distance of a text to a name, ignoring ASCII case; `None` if they are not
/// similar.
pub(crate) const fn distance(name: &str, text: &str) -> Option<usize> {
    distance_within(name, text, letters(text.as_bytes()), FARTHEST)
}

/// Returns the distance as [`distance`] does, if it is at most `most` and `FARTHEST`. The letters of the
/// text are `known`.
const fn distance_within(name: &str, text: &str, known: u64, most: usize) -> Option<usize> {
    let limit = smaller(most, smaller(name.len() / 3, FARTHEST));
    if name.len().abs_diff(text.len()) > limit || text.len() > LONGEST {
        return None;
    }
    // The prefix is not what is misspelled.
    let limit = smaller(limit, bare(name).len() / 3);
    // Each letter that only one of the two has is at least one edit.
    let wanted = letters(name.as_bytes());
    let (missing, added) = (wanted & !known, known & !wanted);
    if missing.count_ones() as usize > limit || added.count_ones() as usize > limit {
        return None;
    }
    let (mut left, mut right) = (name.as_bytes(), text.as_bytes());
    // A common beginning and end do not affect the distance.
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right)
        && a.eq_ignore_ascii_case(b)
    {
        (left, right) = (left_rest, right_rest);
    }
    while let ([left_rest @ .., a], [right_rest @ .., b]) = (left, right)
        && a.eq_ignore_ascii_case(b)
    {
        (left, right) = (left_rest, right_rest);
    }
    // The algorithm of Myers: the differences within a column of the table of distances are bits.
    let mut places = [0_u128; 256];
    let mut at = 0;
    while at < right.len() {
        places[right[at].to_ascii_lowercase() as usize] |= 1 << at;
        at += 1;
    }
    let (mut more, mut less) = (u128::MAX, 0);
    let mut found = right.len();
    let mut line = 0;
    while line < left.len() {
        let same = places[left[line].to_ascii_lowercase() as usize];
        let diagonal = (((same & more).wrapping_add(more)) ^ more) | same;
        let (up, down) = (less | !(diagonal | more), more & diagonal);
        if let Some(last) = right.len().checked_sub(1) {
            found += (up >> last & 1) as usize;
            found -= (down >> last & 1) as usize;
        } else {
            found += 1;
        }
        line += 1;
        // Each later line changes the distance by at most one.
        if found > limit + left.len() - line {
            return None;
        }
        let same = same | less;
        let (up, down) = (up << 1 | 1, down << 1);
        more = down | !(same | up);
        less = up & same;
    }
    if found <= limit { Some(found) } else { None }
}

const fn smaller(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// Returns the set of the letters and other bytes of a text, ignoring case; some share a place in it.
const fn letters(text: &[u8]) -> u64 {
    let (mut set, mut at) = (0, 0);
    while at < text.len() {
        // digits and signs are below the letters, whose case is one bit
        let is_sign = text[at] < b'A';
        set |= 1 << (text[at] & 31 | (is_sign as u8) << 5);
        at += 1;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "aws:RequestTag/${TagKey}",
        "bedrock:GetAgent",
        "bedrock:InvokeModel",
    ];

    #[test]
    fn only_similar_names_are_suggested() {
        let nearest = |text| nearest(NAMES.iter().copied(), text);
        assert_eq!(nearest("bedrock:InvokeModle"), Some("bedrock:InvokeModel"));
        assert_eq!(nearest("invokemodels"), Some("bedrock:InvokeModel"));
        assert_eq!(
            nearest("aws:RequstTag/some-long-tag-key"),
            Some("aws:RequestTag/${TagKey}")
        );
        assert_eq!(nearest("aws:RequestTagsOfAll"), None);
        assert_eq!(nearest("bedrock:New"), None);
        assert_eq!(nearest("s3:PutObjectLegalHold"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(nearest(&"x".repeat(100_000)), None);
    }

    #[test]
    fn of_equally_distant_names_the_one_with_the_longest_common_beginning_is_suggested() {
        for (names, text, expected) in [
            (
                &["aws:PrincipalArn", "aws:PrincipalOrgID"],
                "aws:PrincipalOrg",
                "aws:PrincipalOrgID",
            ),
            (
                &["aws:SourceVpce", "aws:SourceVpc"],
                "aws:SourceVpcId",
                "aws:SourceVpc",
            ),
        ] {
            assert_eq!(nearest(names.iter().copied(), text), Some(expected));
            assert_eq!(
                nearest_of_plain(names.iter().copied(), text),
                Some(expected)
            );
        }
    }

    /// Returns the distance without any shortcut.
    fn plain_distance(name: &str, text: &str) -> usize {
        let mut row: Vec<usize> = (0..=text.len()).collect();
        for (line, a) in name.bytes().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], line + 1);
            for (at, b) in text.bytes().enumerate() {
                let changed = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
                diagonal = row[at + 1];
                row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
            }
        }
        row[text.len()]
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]

        #[test]
        fn the_distance_is_that_without_shortcuts(
            name in "(x:)?[a-cA-C{\\-]{0,24}",
            edits in proptest::collection::vec((0_usize..24, 0_usize..2, "[a-c]?"), 0..9),
        ) {
            let mut text = name.clone();
            for (at, removed, added) in edits {
                let at = at.min(text.len());
                text.replace_range(at..(at + removed).min(text.len()), &added);
            }
            let limit = (bare(&name).len() / 3).min(6);
            let plain = Some(plain_distance(&name, &text)).filter(|found| *found <= limit);
            proptest::prop_assert_eq!(distance(&name, &text), plain);
        }
    }

    #[test]
    fn names_that_continue_each_other_are_similar() {
        let found = |text| longer_or_shorter(NAMES.iter().copied(), text);
        assert_eq!(found("bedrock:InvokeMod"), Some("bedrock:InvokeModel"));
        assert_eq!(found("BEDROCK:GetAgentOfMine"), Some("bedrock:GetAgent"));
        assert_eq!(found("bedrock:Get"), None);
        assert_eq!(found("other:GetAgent"), None);
    }
}
