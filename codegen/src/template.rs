//! Parsing of the templates of ARNs and condition keys.

use iam_policy::runtime::{FormatFault, Part, Parts};

use crate::error::{Error, Result, quoted};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text.
    Literal(String),
    /// The name of a placeholder: `AgentId` for `${AgentId}`.
    Placeholder(String),
}

/// A piece of an ARN template, in which partition, region and account have their own variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnPiece {
    /// Literal text.
    Literal(String),
    /// The placeholder of the partition.
    Partition,
    /// The placeholder of the region.
    Region,
    /// The placeholder of the account.
    Account,
    /// The name of any other placeholder.
    Placeholder(String),
}

/// Returns whether two ARN templates match the same ARNs: they may differ in the names of
/// placeholders.
pub fn same_arns(one: &str, other: &str) -> bool {
    let nameless = |template| {
        let pieces = arn(template).ok()?.into_iter();
        let pieces = pieces.map(|piece| match piece {
            ArnPiece::Placeholder(_) => ArnPiece::Placeholder(String::new()),
            piece => piece,
        });
        Some(pieces.collect::<Vec<_>>())
    };
    one == other || nameless(one).is_some_and(|it| nameless(other) == Some(it))
}

/// Splits an ARN template such as `arn:${Partition}:bedrock:${Region}::foundation-model/${ResourceId}`
/// in the same way as `iam_policy`.
///
/// # Errors
/// Returns [`Error`] if the template does not have six fields, does not begin with `arn:`, or contains
/// an unclosed brace or an invalid character.
pub fn arn(template: &str) -> Result<Vec<ArnPiece>> {
    let mut parts = Parts::of(template);
    let mut pieces: Vec<ArnPiece> = Vec::new();
    let literal = |pieces: &mut Vec<ArnPiece>, text: &str| match pieces.last_mut() {
        Some(ArnPiece::Literal(last)) => last.push_str(text),
        _ => pieces.push(ArnPiece::Literal(text.to_owned())),
    };
    while let Some(part) = parts.next().map_err(|fault| refused(template, fault))? {
        match part {
            Part::Literal { start, end } => literal(&mut pieces, &template[start..end]),
            Part::Any => literal(&mut pieces, "*"),
            Part::Partition => pieces.push(ArnPiece::Partition),
            Part::Region => pieces.push(ArnPiece::Region),
            Part::Account => pieces.push(ArnPiece::Account),
            Part::Placeholder { start, end } => {
                pieces.push(ArnPiece::Placeholder(template[start..end].to_owned()));
            }
        }
    }
    Ok(pieces)
}

fn refused(template: &str, fault: FormatFault) -> Error {
    let found = match fault {
        FormatFault::NoArn => "no `arn:` at the start".to_owned(),
        FormatFault::Fields(count) => format!("{count} fields"),
        FormatFault::Placeholder(at) => quoted(&template[at..]),
        FormatFault::Sign(at) => {
            let sign = template[at..].chars().next().unwrap_or_default();
            quoted(&sign.escape_default().to_string())
        }
    };
    Error::new(
        format!("{found} in the ARN template {}", quoted(template)),
        "`arn:${Partition}:service:${Region}:${Account}:…`",
    )
}

/// Splits a condition key such as `aws:RequestTag/${TagKey}` or `s3:ExistingObjectTag/<key>`.
///
/// # Errors
/// Returns [`Error`] if the key has no namespace, or contains an unclosed brace or a placeholder
/// without a name.
pub fn condition_key(key: &str) -> Result<Vec<Piece>> {
    let expected = "a key such as `aws:RequestTag/${TagKey}`";
    if !key.contains(':') {
        return Err(Error::new(
            format!("the condition key {}", quoted(key)),
            expected,
        ));
    }
    pieces(key).map_err(|error| {
        Error::new(
            format!("{} in the condition key {}", error.found, quoted(key)),
            expected,
        )
    })
}

/// Splits at `${Name}`, `{Name}` and `<name>`.
fn pieces(text: &str) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let open = rest.find(['$', '{', '}', '<', '>']);
        let (literal, tail) = rest.split_at(open.unwrap_or(rest.len()));
        if let Some(strange) = literal
            .chars()
            .find(|c| c.is_control() || c.is_whitespace())
        {
            return Err(Error::new(
                quoted(&strange.escape_default().to_string()),
                "visible characters",
            ));
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        if tail.is_empty() {
            return Ok(pieces);
        }
        let (name, after) = placeholder(tail)
            .ok_or_else(|| Error::new(quoted(tail), "a placeholder such as `${Name}`"))?;
        pieces.push(Piece::Placeholder(name.to_owned()));
        rest = after;
    }
}

fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = match text.strip_prefix("${").or_else(|| text.strip_prefix('{')) {
        Some(inner) => inner.split_once('}')?,
        None => text.strip_prefix('<')?.split_once('>')?,
    };
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/'));
    is_name.then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> ArnPiece {
        ArnPiece::Literal(text.to_owned())
    }

    fn placeholder(name: &str) -> ArnPiece {
        ArnPiece::Placeholder(name.to_owned())
    }

    #[test]
    fn partition_region_and_account_are_recognized_by_their_field() {
        let pieces =
            arn("arn:${Partition}:fruit:${Region}:${AccountId}:tree/${TreeId}+${Branch}").unwrap();
        let expected = [
            literal("arn:"),
            ArnPiece::Partition,
            literal(":fruit:"),
            ArnPiece::Region,
            literal(":"),
            ArnPiece::Account,
            literal(":tree/"),
            placeholder("TreeId"),
            literal("+"),
            placeholder("Branch"),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn fields_may_be_literal_and_services_placeholders() {
        let pieces = arn("^arn:${Partition}:${Vendor}:us-west-2:*:${Kind}:${Id}").unwrap();
        let expected = [
            literal("arn:"),
            ArnPiece::Partition,
            literal(":"),
            placeholder("Vendor"),
            literal(":us-west-2:*:"),
            placeholder("Kind"),
            literal(":"),
            placeholder("Id"),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn the_error_of_an_invalid_template_quotes_it() {
        for text in [
            "",
            "tree",
            "arn:${Partition}:fruit",
            "arn:${Partition:fruit:::tree",
            "arn:a:b:c:d:",
            "arn:a:b:c:d:${}",
            "arn:a:b:c:d:}",
            "arn:a:b:c:d:x y",
        ] {
            let error = arn(text).expect_err(text).to_string();
            assert!(error.contains(&quoted(text)), "{error}");
        }
    }

    #[test]
    fn keys_may_have_placeholders_anywhere() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let placeholder = |name: &str| Piece::Placeholder(name.to_owned());
        assert_eq!(
            condition_key("s3:Tag/<key>").unwrap(),
            [literal("s3:Tag/"), placeholder("key")]
        );
        let inner = condition_key("token.${Domain}.example:sub").unwrap();
        assert_eq!(
            inner,
            [
                literal("token."),
                placeholder("Domain"),
                literal(".example:sub")
            ]
        );
        let date = condition_key("x:Due/{Date-Y.m}").unwrap();
        assert_eq!(date, [literal("x:Due/"), placeholder("Date-Y.m")]);
        assert!(condition_key("aws:RequestTag/${TagKey").is_err());
        assert!(condition_key("").is_err() && condition_key("Soil").is_err());
    }
}
