//! Splitting of ARNs into their six fields.

/// Returns the positions of the five colons that separate the fields of an ARN or ARN pattern.
///
/// A colon inside a policy variable, as in `arn:${aws:Partition}:s3:::x`, is not a separator.
pub(crate) const fn colons(text: &str) -> Option<[usize; 5]> {
    let bytes = text.as_bytes();
    let (mut found, mut count, mut at, mut inside) = ([0; 5], 0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b':' if !inside => {
                found[count] = at;
                count += 1;
                if count == 5 {
                    return Some(found);
                }
            }
            b'$' if at + 1 < bytes.len() && bytes[at + 1] == b'{' => inside = true,
            b'}' => inside = false,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Returns the positions of the first five colons of a text without policy variables.
pub(crate) fn separators(text: &str) -> Option<[usize; 5]> {
    let bytes = text.bytes().enumerate();
    let mut colons = bytes.filter(|(_, byte)| *byte == b':').map(|(at, _)| at);
    let mut found = [0; 5];
    for at in &mut found {
        *at = colons.next()?;
    }
    Some(found)
}

/// Splits an ARN into its six fields: `arn`, partition, service, region, account and resource.
///
/// Returns `None` if the text has fewer fields or its first field is not `arn`.
pub(crate) fn fields(text: &str) -> Option<[&str; 6]> {
    let colons = colons(text).filter(|_| text.starts_with("arn:"))?;
    Some(std::array::from_fn(|index| field(text, colons, index)))
}

/// Returns the field at this index, given the positions of the colons.
pub(crate) fn field(text: &str, colons: [usize; 5], index: usize) -> &str {
    let start = if index == 0 { 0 } else { colons[index - 1] + 1 };
    let end = colons.get(index).copied().unwrap_or(text.len());
    &text[start..end]
}

/// Returns the text after the fifth colon; empty if there are fewer.
pub(crate) fn resource(text: &str) -> &str {
    colons(text).map_or("", |colons| &text[colons[4] + 1..])
}

/// Returns the partition field; `None` if there are fewer than six fields.
pub(crate) fn partition(text: &str) -> Option<&str> {
    colons(text).map(|colons| field(text, colons, 1))
}

/// Returns the account field; `None` if there are fewer than six fields.
pub(crate) fn account(text: &str) -> Option<&str> {
    colons(text).map(|colons| field(text, colons, 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_split_at_the_first_five_colons_outside_variables() {
        for (text, wanted) in [
            (
                "arn:aws:s3:::b/k:1",
                Some(["arn", "aws", "s3", "", "", "b/k:1"]),
            ),
            ("arn:::::", Some(["arn", "", "", "", "", ""])),
            (
                "arn:${aws:Partition}:s3:${aws:RequestedRegion}:*:${aws:x}",
                Some([
                    "arn",
                    "${aws:Partition}",
                    "s3",
                    "${aws:RequestedRegion}",
                    "*",
                    "${aws:x}",
                ]),
            ),
            ("arn:${aws:a:b:c:d:e", None),
            ("arn:aws:s3::", None),
            ("urn:aws:s3:::b", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(fields(text), wanted, "{text}");
            assert_eq!(
                resource(text),
                wanted.map_or(if text.starts_with('u') { "b" } else { "" }, |all| all[5]),
                "{text}"
            );
        }
    }
}
