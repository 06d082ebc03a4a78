//! Words for messages: plurals, articles, lists of names, and the words of a name.

use std::borrow::Cow;

/// Puts a name in backticks: text that would end them is replaced, and the rest is [`visible`].
#[must_use]
pub fn code(name: &str) -> String {
    format!("`{}`", visible(&name.replace('`', "'")))
}

/// Escapes control characters and invisible ones, such as a zero-width space, for a terminal or a
/// line of a report.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_visible = |c: char| (' '..='~').contains(&c) || c.escape_debug().len() == 1;
    if text.chars().all(is_visible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_visible(c) {
            shown.push(c);
        } else {
            shown.extend(c.escape_debug());
        }
    }
    Cow::Owned(shown)
}

/// Returns a number with its noun: `1 action`, `2 policies`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {}", plural(noun))
    }
}

/// Returns the plural of a noun: `actions`, `policies`, `aliases`.
#[must_use]
pub fn plural(noun: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Returns a noun with its indefinite article, which depends on its first sound: `an agent-alias`,
/// `a user`, `an MFA device`.
#[must_use]
pub fn with_article(noun: &str) -> String {
    let article = if begins_with_vowel_sound(noun) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

fn begins_with_vowel_sound(noun: &str) -> bool {
    let word = noun.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let end = word.find(|c: char| !c.is_ascii_alphanumeric());
    let word = &word[..end.unwrap_or(word.len())];
    let Some(first) = word.chars().next() else {
        return false;
    };
    // Words that are spelled out: `MFA`, `S3`, the `x` of `x-ray`.
    let spelled = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if first.is_ascii_alphabetic() && (word.len() == 1 || word.chars().all(spelled)) {
        return "AEFHILMNORSX".contains(first.to_ascii_uppercase());
    }
    let lower = word.to_ascii_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    match first.to_ascii_lowercase() {
        'a' | 'i' => true,
        'e' => !begins(&["eu"]),
        'o' => !begins(&["one", "once"]),
        'u' => !begins(&["uni", "us", "ut"]),
        'h' => begins(&["hour", "honest"]),
        '8' => true,
        '1' => matches!(word, "11" | "18"),
        _ => false,
    }
}

/// Lists names in backticks: `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``.
///
/// Of more than `most + 1` names, returns the first `most` and the number of the others. Returns
/// `none` for an empty list.
#[must_use]
pub fn list<T: AsRef<str>>(names: &[T], most: usize) -> String {
    // One more name is as short as `1 more`.
    let shown = if names.len() > most + 1 {
        most
    } else {
        names.len()
    };
    let mut shown: Vec<_> = names[..shown]
        .iter()
        .map(|name| code(name.as_ref()))
        .collect();
    let last = match names.len() - shown.len() {
        0 => shown.pop(),
        more => Some(format!("{more} more")),
    };
    match last {
        None => "none".to_owned(),
        Some(last) if shown.is_empty() => last,
        Some(last) => format!("{} and {last}", shown.join(", ")),
    }
}

/// Returns the words of a name in lower case, without the prefix of an action or key.
///
/// `CreateAgentAlias` has three words; `agent-alias`, `VPCId` and `s3:PutObject` have two.
#[must_use]
pub fn of_name(name: &str) -> Vec<String> {
    let (_, local) = name.split_once(':').unwrap_or(("", name));
    let parts = local.split(|c: char| !c.is_alphanumeric());
    parts.flat_map(of_part).collect()
}

/// Returns the words of a part without separators.
///
/// A word begins with an upper-case letter after a lower-case one, and with the last of several
/// upper-case letters if a lower-case one follows. A digit counts like the letter before it.
fn of_part(part: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut was_lower, mut was_upper) = (false, false);
    let mut chars = part.chars().peekable();
    while let Some(char) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins = char.is_uppercase() && (was_lower || was_upper && next_is_lower);
        if begins && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.extend(char.to_lowercase());
        if char.is_lowercase() || char.is_uppercase() {
            (was_lower, was_upper) = (char.is_lowercase(), char.is_uppercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_escaped() {
        for (text, shown) in [
            ("a \"b\\\" é…", "a \"b\\\" é…"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("\u{feff}\u{202e}\n", "\\u{feff}\\u{202e}\\n"),
            ("", ""),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "policy"), "1 policy");
        for (noun, plural) in [
            ("action", "0 actions"),
            ("policy", "0 policies"),
            ("key", "0 keys"),
            ("alias", "0 aliases"),
            ("batch", "0 batches"),
        ] {
            assert_eq!(count(0, noun), plural);
        }
    }

    #[test]
    fn articles_depend_on_the_sound() {
        for an in [
            "agent-alias",
            "inference-profile",
            "error",
            "object",
            "MFA device",
            "S3 bucket",
            "ARN",
            "x-ray group",
            "`AgentAlias`",
            "hourly report",
            "update",
            "8-bit key",
        ] {
            assert_eq!(with_article(an), format!("an {an}"));
        }
        for a in [
            "flow",
            "user",
            "unit",
            "European region",
            "one-time key",
            "KMS key",
            "UDP port",
            "Flow",
            "host",
            "12-digit id",
            "",
        ] {
            assert_eq!(with_article(a), format!("a {a}"));
        }
    }

    #[test]
    fn long_lists_are_shortened() {
        let names = ["a", "b`\n", "c", "d", "e"];
        assert_eq!(list(&names[..0], 2), "none");
        assert_eq!(list(&names[..1], 2), "`a`");
        assert_eq!(list(&names[..2], 2), r"`a` and `b'\n`");
        assert_eq!(list(&names[..3], 2), r"`a`, `b'\n` and `c`");
        assert_eq!(list(&names[..4], 2), r"`a`, `b'\n` and 2 more");
        assert_eq!(list(&names, 0), "5 more");
    }

    #[test]
    fn names_are_split_into_words() {
        for (name, words) in [
            ("bedrock:CreateAgentAlias", "create agent alias"),
            ("agent-alias", "agent alias"),
            ("VPCId", "vpc id"),
            ("CreateVPCEConfiguration", "create vpce configuration"),
            ("GetS3Object", "get s3 object"),
            ("UpdateV2Api", "update v2 api"),
            ("ListTagsForX", "list tags for x"),
            ("InvokeModelWith2Streams", "invoke model with2 streams"),
            ("a__b", "a b"),
            ("", ""),
            (":", ""),
            ("Éa", "éa"),
        ] {
            assert_eq!(of_name(name).join(" "), words, "{name}");
        }
    }
}
