//! String values with explicit wildcards and policy variables.

use std::borrow::Cow;
use std::fmt;

use crate::arn::segment::Variable;
use crate::text::one_or_many::Text;

/// A string condition value, as printed in a policy.
///
/// IAM expands policy variables (`${aws:username}`) for all `String…` and `Arn…` operators, and the
/// wildcards `*` and `?` for `StringLike`, `ArnLike`, `ArnEquals` and their negations.
///
/// Plain text has no variables: in a `String`, `${` is escaped, so that text from run time never becomes
/// a variable; a `&str` with `${…}` is probably a literal that was meant as one, so the policy does not
/// build. Wildcards are kept, because users choose an operator such as `StringLike` to match with them;
/// under an operator without wildcards, such as `StringEquals`, the policy does not build. Use a `Value`
/// to write variables, or to escape wildcards.
///
/// ```
/// use iam_policy::{Value, Variable};
///
/// assert_eq!(Value::text("a*${b}").as_str(), "a*${$}{b}");
/// assert_eq!(Value::literal("a*${b}").as_str(), "a${*}${$}{b}");
/// let home = Value::text("home/").then(Variable::new("aws:username")?).then("/*");
/// assert_eq!(home.as_str(), "home/${aws:username}/*");
/// # Ok::<(), iam_policy::VariableError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(Text);

impl Value {
    /// Creates a plain value, as from a `&str`: `${` is escaped, `*` and `?` are kept.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(Text::Owned(escaped(text).into_owned()))
    }

    /// Creates a value without wildcards: `*` and `?` are escaped too.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let mut literal = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['*', '?', '$']) {
            let (plain, special) = rest.split_at(at);
            literal.push_str(plain);
            let escape = match special.as_bytes() {
                [b'*', ..] => "${*}",
                [b'?', ..] => "${?}",
                [b'$', b'{', ..] => "${$}",
                _ => "$",
            };
            literal.push_str(escape);
            rest = &special[1..];
        }
        literal.push_str(rest);
        Self(Text::Owned(literal))
    }

    /// Creates a value that is printed unchanged: `${…}` in it is a policy variable.
    #[must_use]
    pub fn raw(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }

    /// Concatenates two values.
    #[must_use]
    pub fn then(self, next: impl Into<Self>) -> Self {
        Self(Text::Owned(self.0.into_owned() + &next.into().0))
    }

    /// Returns the text as printed in the policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_text(self) -> Text {
        self.0
    }
}

/// Escapes `${` as `${$}{`, so that no policy variable begins in the text.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains("${") {
        Cow::Owned(text.replace("${", "${$}{"))
    } else {
        Cow::Borrowed(text)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<&str> for Value {
    /// Calls [`Value::text`].
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<Variable> for Value {
    fn from(variable: Variable) -> Self {
        Self(Text::Owned(variable.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        for (text, plain, literal) in [
            ("", "", ""),
            ("a$b{c}", "a$b{c}", "a$b{c}"),
            ("${", "${$}{", "${$}{"),
            ("$${x}", "$${$}{x}", "$${$}{x}"),
            ("?é*", "?é*", "${?}é${*}"),
            ("${*}", "${$}{*}", "${$}{${*}}"),
        ] {
            assert_eq!(Value::text(text).as_str(), plain);
            assert_eq!(Value::literal(text).as_str(), literal);
        }
    }
}
