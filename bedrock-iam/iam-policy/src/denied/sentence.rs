//! The sentence "User: … is not authorized to perform: … on resource: …", and its variants.

use std::collections::BTreeSet;

use super::reason::{self, Reason};
use super::{AccessDenied, arns};

/// The phrases before the name of the denied action.
const PERFORM: &[&str] = &[
    "authorized to perform",
    "permission to perform",
    "permissions to perform",
    "allowed to perform",
];

/// The phrases before a list of actions.
const LISTS: &[&str] = &[
    "marketplace actions",
    "permissions for",
    "permission for",
    "actions:",
];

/// The phrases before and after the name of the API operation that was called.
const OPERATIONS: &[(&str, &str)] = &[
    ("when calling the ", " operation"),
    ("\"eventname\": \"", "\""),
    ("\"eventname\":\"", "\""),
    ("eventname: ", "\n"),
];

pub(super) fn read(plain: String) -> AccessDenied {
    // the same positions as in `plain`
    let flat = plain.to_ascii_lowercase().replace('\n', " ");
    let mut denied = AccessDenied {
        operation: operation(&plain, &flat),
        encoded: flat.contains("encoded authorization failure message"),
        ..AccessDenied::default()
    };
    let sentences = PERFORM.iter().flat_map(|phrase| flat.match_indices(phrase));
    let sentences = sentences.map(|(at, phrase)| (at, at + phrase.len()));
    let mut sentences: Vec<_> = sentences.filter(|it| !is_affirmed(&flat[..it.0])).collect();
    sentences.sort_unstable();
    let found = sentences.iter().find_map(|&(at, end)| {
        let (action, length) = first_action(&plain[end..])?;
        Some((at, end + length, action))
    });
    // an elided action, as in "perform: <ACTION>"
    let found = found.map(|(at, end, action)| (at, end, Some(action)));
    let found = found.or_else(|| {
        let last = flat.rfind("on resource")?;
        let with_resource = |&&(_, end): &&(usize, usize)| end <= last;
        let (at, end) = sentences.iter().find(with_resource)?;
        Some((*at, *end, None))
    });
    if let Some((at, end, action)) = found {
        let next = sentences.iter().map(|it| it.0).find(|it| *it > end);
        let after = end..next.unwrap_or(plain.len());
        denied.actions.extend(action);
        denied.principal = principal(&plain[..at], &flat[..at]);
        denied.resource = resource(&plain[after.clone()], &flat[after.clone()]);
        denied.resource_name = match denied.resource {
            Some(_) => None,
            None => resource_name(&plain[after.clone()], &flat[after.clone()]),
        };
        denied.reason = reason::read(&plain[after.clone()], &flat[after]);
        denied.others = others(&plain, &flat, &sentences, &denied);
    } else {
        panel(&plain, &flat, &mut denied);
        if denied.reason == Reason::default() {
            denied.reason = reason::read(&plain, &flat);
        }
        denied.principal = denied.principal.take().or_else(|| {
            let at = flat.find("not auth")?;
            principal(&plain[..at], &flat[..at])
        });
    }
    if denied.actions.is_empty() {
        denied.actions = listed(&plain, &flat);
    }
    if denied.actions.is_empty() {
        let prefixed = flat
            .find("api: ")
            .and_then(|at| first_action(&plain[at + 5..]));
        denied.actions.extend(prefixed.map(|it| it.0));
    }
    if denied.actions.is_empty() {
        denied.actions.extend(denied.reason.action.clone());
    }
    denied.plain = plain;
    denied
}

/// Returns whether the words before "authorized to perform" do not deny it, as in "you are".
fn is_affirmed(before: &str) -> bool {
    let mut words = before.split_ascii_whitespace().rev();
    match words.next() {
        Some("is" | "are" | "was" | "were" | "be" | "being" | "been" | "now" | "already") => true,
        Some("has" | "have" | "having") => {
            let before = words.next().unwrap_or_default();
            !before.ends_with("not") && !before.ends_with("n't") && before != "never"
        }
        _ => false,
    }
}

/// Returns the number of actions and resources in other sentences than the first one.
fn others(plain: &str, flat: &str, sentences: &[(usize, usize)], first: &AccessDenied) -> usize {
    let ends = sentences.iter().skip(1).map(|it| it.0);
    let ends = ends.chain([plain.len()]);
    let stated = sentences.iter().zip(ends).filter_map(|(&(_, start), end)| {
        let (action, length) = first_action(&plain[start..end])?;
        let after = start + length..end;
        Some((action, resource(&plain[after.clone()], &flat[after])))
    });
    // a copy of the sentence can be cut before the resource
    let other = stated.filter(|(action, resource)| {
        first.action() != Some(action)
            || resource.is_some() && resource.as_deref() != first.resource()
    });
    other.collect::<BTreeSet<_>>().len()
}

/// Returns a word as an action, without the punctuation around it.
pub(super) fn action(word: &str) -> Option<String> {
    let word = word.trim_start_matches(['"', '\'', '(', '[', '*', ':']);
    let end = word.find(|it: char| !(it.is_ascii_alphanumeric() || "-_:*".contains(it)));
    let word = &word[..end.unwrap_or(word.len())];
    // emphasis after the name, unlike the wildcard
    let word = word
        .strip_suffix("**")
        .unwrap_or(word)
        .trim_end_matches([':', '-']);
    let (prefix, name) = word.split_once(':')?;
    let is_name = |text: &str, also: &str| {
        text.starts_with(|it: char| it.is_ascii_alphabetic())
            && text
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || also.contains(it))
    };
    (prefix != "arn" && is_name(prefix, "-") && is_name(name, "_*")).then(|| word.to_owned())
}

/// Returns the action at the start of a text, and the position after it.
fn first_action(text: &str) -> Option<(String, usize)> {
    let start = text.len() - text.trim_start_matches([' ', '\n', ':', '"', '\'']).len();
    let end = |from: usize| {
        let word = text[from..].find([' ', '\n']);
        word.map_or(text.len(), |at| from + at)
    };
    let first = end(start);
    let word = &text[start..first];
    // a name that is wrapped after its prefix
    let wrapped = word.ends_with(':').then(|| {
        let next = end((first + 1).min(text.len()));
        (text[start..next].replace([' ', '\n'], ""), next)
    });
    let (word, end) = wrapped.unwrap_or((word.to_owned(), first));
    action(&word).map(|action| (action, end))
}

/// Returns the principal before "is not authorized".
fn principal(plain: &str, flat: &str) -> Option<String> {
    let end = flat.trim_end();
    let ends = ["not have", "not", "n't", "is", "are", "does", "do"];
    let mut end = end.len();
    for word in ends {
        if let Some(rest) = flat[..end].trim_end().strip_suffix(word) {
            end = rest.trim_end().len();
        }
    }
    let before = &plain[..end];
    // not the word in `:user/ann`
    let users = ["user:", "user arn:", "user \"arn:"].into_iter();
    let user = users.filter_map(|it| flat[..end].rfind(it)).max();
    let user = user.map(|at| at + "user".len());
    let named = user.map(|at| before[at..].trim_start_matches([':', ' ', '\n', '"', '\'']));
    match named {
        Some(named) if named.starts_with("arn:") => {
            arns::at_start(named, Some(named.len())).filter(|it| it != "*")
        }
        _ => arns::at_end(before),
    }
}

fn resource(plain: &str, flat: &str) -> Option<String> {
    let (plain, flat) = after_resource(plain, flat)?;
    arns::at_start(plain, reason::position(flat))
}

/// Returns the name that stands in place of an ARN. Masks and other words are not names.
fn resource_name(plain: &str, flat: &str) -> Option<String> {
    let (plain, flat) = after_resource(plain, flat)?;
    // the start of an ARN can be elided
    let elided = plain.len() - plain.trim_start_matches(['.', '…']).len();
    let (plain, flat) = (&plain[elided..], &flat[elided..]);
    let is_name = |it: char| it.is_ascii_alphanumeric() || "+=,.:@_/-".contains(it);
    let end = plain
        .find([' ', '\n', '"', '\'', '}', ')'])
        .unwrap_or(plain.len());
    let name = plain[..end].trim_end_matches(['.', ',']);
    let is_plain = !name.is_empty() && name.chars().all(is_name) && !name.contains("...");
    // other words after it are prose
    let after = &flat[end..];
    let ends = !after.starts_with(' ') || reason::position(after).is_some_and(|at| at <= 1);
    let is_reason = reason::position(flat) == Some(0);
    (is_plain && ends && !is_reason).then(|| name.to_owned())
}

/// Returns the text after "on resource:" and a word for its kind, as written and in lower case.
fn after_resource<'t>(plain: &'t str, flat: &'t str) -> Option<(&'t str, &'t str)> {
    let phrases = [
        "on resource(s):",
        "on resources:",
        "on resource:",
        "on resource ",
    ];
    let start = phrases.iter().find_map(|phrase| {
        let at = flat.find(phrase)?;
        Some(at + phrase.len())
    });
    // "on\nresource:" and "on the resource"
    let (plain, flat) = (&plain[start?..], &flat[start?..]);
    let (plain, flat) = (plain.trim_start(), flat.trim_start());
    let skipped = ["policy ", "role ", "user ", "group ", "instance profile "];
    Some(match skipped.iter().find(|word| flat.starts_with(**word)) {
        Some(word) => (&plain[word.len()..], &flat[word.len()..]),
        None => (plain, flat),
    })
}

/// Reads the lines of the console: "User:", "Action:", "On resource(s):", "Context:".
fn panel(plain: &str, flat: &str, denied: &mut AccessDenied) {
    let line = |label: &str| {
        let at = flat
            .match_indices(label)
            .map(|it| it.0)
            .find(|at| *at == 0 || plain[..*at].ends_with(['\n', ' ', '"']))?;
        Some(at + label.len())
    };
    let action = line("action:").and_then(|at| first_action(&plain[at..]));
    let resource = line("on resource(s):");
    if action.is_none() && resource.is_none() {
        return;
    }
    denied.actions.extend(action.map(|it| it.0));
    let arn = |at: usize| arns::at_start(&plain[at..], None);
    denied.principal = line("user:").and_then(arn).filter(|it| it != "*");
    denied.resource = resource.or_else(|| line("on resource:")).and_then(arn);
    if let Some(at) = line("context:") {
        denied.reason = reason::read(&plain[at..], &flat[at..]);
    }
}

/// Returns the actions of a list, such as "permissions for a:B, a:C and a:D operations".
fn listed(plain: &str, flat: &str) -> Vec<String> {
    let lists = LISTS.iter().filter_map(|phrase| {
        let at = flat.find(phrase)?;
        Some(at + phrase.len())
    });
    let mut lists = lists.map(|at| {
        let words = plain[at..]
            .split([' ', '\n'])
            .filter(|word| !word.is_empty());
        let words = words.map(|word| (action(word), word == "and" || word == "or"));
        let words = words.take_while(|(action, joins)| action.is_some() || *joins);
        words.filter_map(|it| it.0).collect::<Vec<_>>()
    });
    lists.find(|it| !it.is_empty()).unwrap_or_default()
}

/// Returns the API operation that the SDK names.
fn operation(plain: &str, flat: &str) -> Option<String> {
    let between = OPERATIONS.iter().filter_map(|(before, after)| {
        let start = flat.find(before)? + before.len();
        let rest = &plain[start..];
        Some(&rest[..flat[start..].find(after).or_else(|| rest.find('\n'))?])
    });
    // Go: "operation error Bedrock Runtime: Converse, https response error …"
    let go = flat.find("operation error ").and_then(|at| {
        let (_, rest) = plain[at..].split_once(':')?;
        rest.trim_start().split([',', ' ', '\n']).next()
    });
    let is_name = |it: &&str| {
        (2..100).contains(&it.len()) && it.chars().all(|char| char.is_ascii_alphanumeric())
    };
    between.chain(go).find(is_name).map(str::to_owned)
}
