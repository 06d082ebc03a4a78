//! Resources that a message names otherwise than by an ARN.

use crate::rules::profile_regions::ProfileId;

/// Returns the one of an action's ARN formats that the message names a resource of, with the resource in
/// place of its placeholder. `name` stands where the ARN is expected.
pub(super) fn format(formats: &[&str], name: Option<&str>, text: &str) -> Option<String> {
    let by_name = name.and_then(|name| match formats {
        [format] => end_of_arn(format, name).or_else(|| with_name(format, name)),
        several => several.iter().find_map(|it| end_of_arn(it, name)),
    });
    let by_text = || formats.iter().find_map(|it| in_text(it, text));
    by_name.or_else(by_text)
}

/// Returns the format for a name such as `inference-profile/p`, the end of an elided ARN.
fn end_of_arn(format: &str, name: &str) -> Option<String> {
    let (kind, id) = name.split_once('/')?;
    let before = before_id(format)?;
    let is_kind = before.rsplit(':').next() == Some(&format!("{kind}/"));
    is_kind.then(|| format!("{before}{id}"))
}

/// Returns the format for a bare name. The ARN of a secret has six more characters after it.
fn with_name(format: &str, name: &str) -> Option<String> {
    if name.contains(':') {
        return None;
    }
    let end = if format.ends_with("${SecretId}") {
        "-??????"
    } else {
        ""
    };
    Some(format!("{}{name}{end}", before_id(format)?))
}

/// Returns the format for the address of a container image, or for the only ID of an inference profile.
fn in_text(format: &str, text: &str) -> Option<String> {
    let before = before_id(format)?;
    if before.ends_with(":repository/") {
        let (account, rest) = text.split_once(".dkr.ecr.")?;
        let account = &account[account.len().checked_sub(12)?..];
        let (region, rest) = rest.split_once(".amazonaws.com/")?;
        let is_name =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "/._-".contains(it);
        let repository = &rest[..rest.find(|it| !is_name(it)).unwrap_or(rest.len())];
        let is_plain = account.bytes().all(|it| it.is_ascii_digit()) && region.chars().all(is_name);
        return (is_plain && !repository.is_empty())
            .then(|| format!("arn:${{Partition}}:ecr:{region}:{account}:repository/{repository}"));
    }
    if before.ends_with(":inference-profile/") {
        let words = text.split(|it: char| !(it.is_ascii_alphanumeric() || ".:_-".contains(it)));
        let words = words.map(|it| it.trim_matches(['.', ':']));
        let mut ids: Vec<_> = words.filter(|it| ProfileId::parse(it).is_some()).collect();
        ids.dedup();
        return match ids.as_slice() {
            [id] => Some(format!("{before}{id}")),
            _ => None,
        };
    }
    None
}

/// Returns a format without the placeholder at its end.
fn before_id(format: &str) -> Option<&str> {
    let (before, last) = format.rsplit_once("${")?;
    last.ends_with('}').then_some(before)
}
