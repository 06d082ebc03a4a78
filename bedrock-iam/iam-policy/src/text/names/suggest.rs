//! Search for the most similar name, for error messages.

use super::template::placeholder;

/// Returns the name with the smallest edit distance to the text, if it is at most a third of the
/// name's length.
///
/// A text without a colon is compared with names without their prefix, so that `InvokeModle` finds
/// `bedrock:InvokeModel`. Of a template, only the part before the first placeholder is compared.
pub(crate) fn nearest<'a>(names: impl IntoIterator<Item = &'a str>, text: &str) -> Option<&'a str> {
    // Longer texts are not misspelled names, and the time is quadratic in the length.
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
                Some((prefix, _)) if text.len() > prefix.len() => {
                    (prefix, text.get(..prefix.len()).unwrap_or(text))
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

/// Returns the Levenshtein distance, ignoring ASCII case; `None` if it is above the limit.
fn distance(left: &[u8], right: &[u8], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    // A common beginning and end do not affect the distance.
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
        // The minimum of later rows is never smaller.
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
    fn only_similar_names_are_suggested() {
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
