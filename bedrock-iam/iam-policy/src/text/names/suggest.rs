//! The nearest name, for error messages.

use super::template::placeholder;

/// The name with the least edit distance to the text, if that is a third of its length at most.
///
/// A text without a colon is held against names without their prefix, so that `InvokeModle`
/// finds `bedrock:InvokeModel`; of a template only what stands before its first placeholder counts.
pub(crate) fn nearest<'a>(names: impl IntoIterator<Item = &'a str>, text: &str) -> Option<&'a str> {
    // Longer texts are no typing errors, and the distance takes time in the square of the length.
    if text.is_empty() || text.len() > 128 {
        return None;
    }
    names
        .into_iter()
        .filter_map(|name| {
            let wanted = if text.contains(':') {
                name
            } else {
                super::bare(name)
            };
            let (wanted, given) = match placeholder(wanted) {
                Some((head, _)) if text.len() > head.len() => {
                    (head, text.get(..head.len()).unwrap_or(text))
                }
                _ => (wanted, text),
            };
            let limit = (wanted.len() / 3).min(6);
            let distance = distance(wanted.as_bytes(), given.as_bytes(), limit)?;
            Some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The Levenshtein distance, ASCII case ignored; `None` above the limit.
fn distance(left: &[u8], right: &[u8], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    // What both begin and end with changes nothing.
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let begin = left.iter().zip(right).take_while(same).count();
    let (left, right) = (&left[begin..], &right[begin..]);
    let ends = left.iter().rev().zip(right.iter().rev());
    let end = ends.take_while(same).count();
    let (left, right) = (&left[..left.len() - end], &right[..right.len() - end]);
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(!a.eq_ignore_ascii_case(b));
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
        // No row has a lesser one than those before it.
        if row.iter().all(|distance| *distance > limit) {
            return None;
        }
    }
    Some(row[right.len()]).filter(|found| *found <= limit)
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
    fn near_names_are_found_and_far_ones_are_not() {
        let nearest = |text| nearest(NAMES.iter().copied(), text);
        assert_eq!(nearest("bedrock:InvokeModle"), Some("bedrock:InvokeModel"));
        assert_eq!(nearest("invokemodels"), Some("bedrock:InvokeModel"));
        assert_eq!(
            nearest("aws:RequstTag/some-long-tag-key"),
            Some("aws:RequestTag/${TagKey}")
        );
        assert_eq!(nearest("s3:PutObjectLegalHold"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(nearest(&"x".repeat(100_000)), None);
    }
}
