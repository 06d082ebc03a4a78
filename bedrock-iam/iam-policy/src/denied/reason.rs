//! The reason clause of an access-denied message: layer, kind, ARN of the policy.
//!
//! See
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>;
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>.

use super::{DenialKind, Layer, arns};

/// The reason of a denial, as far as the text states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) layer: Option<Layer>,
    pub(super) kind: Option<DenialKind>,
    pub(super) policy_arn: Option<String>,
    /// The action after "allows the".
    pub(super) action: Option<String>,
}

/// The names of policies, as long as they have to be to be recognized when the text is cut.
const NAMES: &[(&str, Layer)] = &[
    ("identity-based", Layer::Identity),
    ("identity based", Layer::Identity),
    ("resource-based", Layer::Resource),
    ("resource based", Layer::Resource),
    ("role trust", Layer::Resource),
    ("trust policy", Layer::Resource),
    ("bucket policy", Layer::Resource),
    ("access point policy", Layer::Resource),
    ("key policy", Layer::Resource),
    ("service control", Layer::ServiceControl),
    ("resource control", Layer::ResourceControl),
    ("permissions bound", Layer::Boundary),
    ("permission bound", Layer::Boundary),
    ("session pol", Layer::Session),
    ("sessions pol", Layer::Session),
    ("vpc endpoint", Layer::VpcEndpoint),
    ("vpc-endpoint", Layer::VpcEndpoint),
];

/// The words after which the policy that is the cause is named instead.
const THROUGH: &str = "transitively through a ";

/// Returns the position of the reason in a text in lower case without line breaks.
pub(super) fn position(flat: &str) -> Option<usize> {
    let starts = [
        flat.find("with an explicit"),
        flat.find("with explicit"),
        flat.find("due to an explicit"),
        flat.find("explicit deny"),
        flat.find("because "),
        flat.find(" no ")
            .filter(|at| implicit(&flat[at + 1..]).is_some()),
    ];
    starts.into_iter().flatten().min()
}

/// Reads the reason of a text; `flat` is the same text in lower case without line breaks.
pub(super) fn read(text: &str, flat: &str) -> Reason {
    let explicit = flat
        .find("explicit deny")
        .map(|at| at + "explicit deny".len());
    let denies = flat.find("explicitly denies");
    let implicit = flat.match_indices("no").find_map(|(at, _)| {
        let is_word = !flat[..at].ends_with(|it: char| it.is_alphanumeric());
        implicit(&flat[at..]).filter(|_| is_word).map(|it| (at, it))
    });
    let first = [explicit, denies, implicit.map(|it| it.0)];
    let first = first.into_iter().flatten().min();
    // "no resource-based policies allow access, or a resource-based policy explicitly denies access"
    let is_alternative = denies.is_some_and(|at| {
        let before = &flat[..at];
        before.rfind(" or a").is_some_and(|or| at - or < 60)
    });
    if is_alternative {
        return Reason::default();
    }
    match first {
        Some(at) if implicit.is_some_and(|it| it.0 == at) => {
            let (layer, end) = implicit.map_or((None, at), |it| (Some(it.1.0), at + it.1.1));
            Reason {
                layer,
                kind: Some(DenialKind::Implicit),
                policy_arn: policy_arn(&text[end..], &flat[end..]),
                action: allowed_action(&text[end..], &flat[end..]),
            }
        }
        Some(at) if denies == Some(at) => {
            let before = &flat[..at];
            let named = NAMES.iter().filter_map(|(name, layer)| {
                let found = before.rfind(name)?;
                (at - found < 40).then_some((found, *layer))
            });
            Reason {
                layer: named.max_by_key(|it| it.0).map(|it| it.1),
                kind: Some(DenialKind::Explicit),
                ..Reason::default()
            }
        }
        Some(at) => {
            let rest = flat[at..].trim_start();
            let rest = rest.strip_prefix("in ").unwrap_or(rest).trim_start();
            let articles = ["an ", "a ", "the "];
            let article = articles.iter().find_map(|it| rest.strip_prefix(it));
            let named = named(article.unwrap_or(rest));
            let from = flat.len() - article.unwrap_or(rest).len();
            let (layer, end) = named.map_or((None, at), |it| (Some(it.0), from + it.1));
            Reason {
                layer,
                kind: Some(DenialKind::Explicit),
                policy_arn: policy_arn(&text[end..], &flat[end..]),
                action: None,
            }
        }
        None => Reason::default(),
    }
}

/// Returns the layer whose name a text starts with, and the length of the name.
fn named(flat: &str) -> Option<(Layer, usize)> {
    let (name, layer) = NAMES.iter().find(|(name, _)| flat.starts_with(name))?;
    // the rest of the name: "-based policy", "boundary"
    let rest = &flat[name.len()..];
    let ends = ["policy", "policies", "icy", "icies", "boundary", "ary"];
    let ends = ends.iter().filter_map(|end| {
        let starts = rest.char_indices().map(|it| it.0);
        let mut starts = starts.take_while(|at| *at <= 8);
        let at = starts.find(|at| rest[*at..].starts_with(end))?;
        Some(at + end.len())
    });
    let tail = ends.max();
    let length = name.len() + tail.unwrap_or(0);
    match flat[length..].trim_start().strip_prefix(THROUGH) {
        Some(through) => {
            let (layer, end) = named(through)?;
            Some((layer, flat.len() - through.len() + end))
        }
        None => Some((*layer, length)),
    }
}

/// Returns the layer of a text that starts with "no", such as "no session policy allows", and the
/// length of its name with the "no".
fn implicit(flat: &str) -> Option<(Layer, usize)> {
    let rest = flat.strip_prefix("no")?.trim_start();
    let (layer, length) = named(rest)?;
    let end = flat.len() - rest.len() + length;
    let after = flat[end..].trim_start_matches(['.', '…', ' ']);
    let rests = [
        "allows",
        "policy allows",
        "policies allow",
        "boundary allows",
    ];
    // cut, with marks after it
    let is_start = |full: &&str| {
        let same = full.bytes().zip(after.bytes());
        let same = same.take_while(|(full, read)| full == read).count();
        !after[same..].contains(char::is_alphanumeric)
    };
    let is_allowing = after.starts_with("allow") || rests.iter().any(is_start);
    is_allowing.then_some((layer, end))
}

/// Returns the ARN of the policy after its name.
fn policy_arn(text: &str, flat: &str) -> Option<String> {
    let start = flat.find("arn:")?;
    let between = &flat[..start];
    let is_next = between.chars().all(|it| " :(\"'".contains(it)) && start <= 5;
    if !is_next {
        return None;
    }
    arns::at_start(&text[start..], None).filter(|arn| arn != "*")
}

/// Returns the action of "allows the … action".
fn allowed_action(text: &str, flat: &str) -> Option<String> {
    let after = flat.find("allow").filter(|at| *at <= 4)?;
    let words = text[after..].split([' ', '\n']).skip(1).take(3);
    words.filter_map(super::sentence::action).next()
}
