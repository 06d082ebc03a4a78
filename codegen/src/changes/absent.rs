//! What becomes of conditions whose key requests do not carry any more.

use super::words::code;

/// What conditions do on a key that requests do not carry, by the type of its values.
pub(super) fn absent(value_type: Option<&str>, it: &str) -> String {
    let (equal, unequal) = operators(value_type.unwrap_or_default());
    format!(
        "a Deny with {} on {it} stops matching, and an Allow with {} on {it} always matches",
        code(equal),
        code(unequal)
    )
}

/// The operators of a type of values that such conditions mostly have: one that does not match where
/// the key is absent, and one that does.
pub(super) fn operators(value_type: &str) -> (&'static str, &'static str) {
    let lower = value_type.to_ascii_lowercase();
    let one = match lower.strip_prefix("arrayof") {
        Some(of) if of.contains("arn") => return ("ForAnyValue:ArnLike", "ForAllValues:ArnLike"),
        Some(of) if of.contains("string") => {
            return ("ForAnyValue:StringEquals", "ForAllValues:StringEquals");
        }
        Some(_) => return ("ForAnyValue:…", "ForAllValues:…"),
        None => lower.as_str(),
    };
    match one {
        "arn" => ("ArnLike", "ArnNotLike"),
        "bool" | "boolean" => ("Bool", "BoolIfExists"),
        "date" => ("DateLessThan", "DateLessThanIfExists"),
        "numeric" | "long" => ("NumericEquals", "NumericNotEquals"),
        "ipaddress" => ("IpAddress", "NotIpAddress"),
        "binary" => ("BinaryEquals", "BinaryEqualsIfExists"),
        _ => ("StringEquals", "StringNotEquals"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_suit_the_type_of_the_values() {
        let with = |value_type| absent(Some(value_type), "it");
        assert!(
            with("ArrayOfString")
                .contains("an Allow with `ForAllValues:StringEquals` on it always")
        );
        assert!(with("ARN").starts_with("a Deny with `ArnLike` on it stops matching"));
        assert!(with("Boolean").contains("`BoolIfExists`"));
        assert_eq!(absent(None, "them"), absent(Some("String"), "them"));
    }
}
