//! Texts that say which of their characters are special.

use std::borrow::Cow;
use std::fmt;

use crate::arn::segment::Variable;
use crate::text::one_or_many::Text;

/// A text to compare with, as it stands in a policy.
///
/// To IAM a text may hold two kinds of special characters: policy variables (`${aws:username}`)
/// for every `String…` and `Arn…` operator, the wildcards `*` and `?` for `StringLike`, `ArnLike`
/// and `ArnEquals` and their negations. A plain `&str` never makes a variable: its `${` is escaped. Its
/// wildcards are kept, for an operator that looks at them is chosen for its wildcards. A `Value`
/// says both deliberately.
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
    /// A plain text, as a `&str` turns into one: `${` is escaped, `*` and `?` stay.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(Text::Owned(escaped(text).into_owned()))
    }

    /// A text without wildcards, for operators that take them: `*` and `?` are escaped too.
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

    /// A text as it is to stand in the policy: `${…}` in it is a policy variable.
    #[must_use]
    pub fn raw(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }

    /// This and then that, as one text.
    #[must_use]
    pub fn then(self, next: impl Into<Self>) -> Self {
        Self(Text::Owned(self.0.into_owned() + &next.into().0))
    }

    /// The text as it stands in the policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_text(self) -> Text {
        self.0
    }
}

/// A text in which no policy variable begins: `${` as `${$}{`.
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
    /// As [`Value::text`].
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
    fn only_what_is_said_is_special() {
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
