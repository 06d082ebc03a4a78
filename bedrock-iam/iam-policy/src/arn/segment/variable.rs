//! Policy variables, which IAM replaces with values from the request.

use std::error::Error;
use std::fmt;

/// A policy variable, `${aws:username}`, with or without a default value.
///
/// ```
/// use iam_policy::{Segment, Variable};
///
/// let team = Variable::new("aws:PrincipalTag/team")?.or("nobody")?;
/// assert_eq!(team.to_string(), "${aws:PrincipalTag/team, 'nobody'}");
/// let segment: Segment = team.try_into()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    name: Box<str>,
    default: Option<Box<str>>,
}

impl Variable {
    /// Creates a variable from a condition key with its prefix, such as `aws:PrincipalTag/team`.
    ///
    /// # Errors
    ///
    /// Returns [`VariableError`] if the prefix or the name is missing, or if the text contains a
    /// character that would end or change the variable: one of `$ { } * ? , '`, white space at its
    /// start or end, or a control character.
    pub fn new(name: &str) -> Result<Self, VariableError> {
        let named = matches!(name.split_once(':'), Some((prefix, rest)) if !prefix.is_empty() && !rest.is_empty());
        if !named || name.trim() != name || name.contains(is_special) || name.contains(',') {
            return Err(VariableError {
                text: name.into(),
                of: Part::Name,
            });
        }
        Ok(Self {
            name: name.into(),
            default: None,
        })
    }

    /// Sets the default value, for requests without the key.
    ///
    /// # Errors
    ///
    /// Returns [`VariableError`] if the value is empty or contains one of `$ { } * ? '` or a
    /// control character.
    pub fn or(self, default: &str) -> Result<Self, VariableError> {
        if default.is_empty() || default.contains(is_special) {
            return Err(VariableError {
                text: default.into(),
                of: Part::Default,
            });
        }
        Ok(Self {
            default: Some(default.into()),
            ..self
        })
    }

    /// Returns the name of the condition key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the default value.
    #[must_use]
    pub fn default_value(&self) -> Option<&str> {
        self.default.as_deref()
    }
}

const fn is_special(char: char) -> bool {
    matches!(char, '$' | '{' | '}' | '*' | '?' | '\'' | '\0'..='\x1f' | '\x7f'..='\u{9f}')
}

impl fmt::Display for Variable {
    /// Prints the variable as in a policy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.default {
            None => write!(f, "${{{}}}", self.name),
            Some(default) => write!(f, "${{{}, '{default}'}}", self.name),
        }
    }
}

/// The error of a text that is not a valid name or default value of a policy variable.
#[derive(Clone, PartialEq, Eq)]
pub struct VariableError {
    text: Box<str>,
    of: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name,
    Default,
}

impl VariableError {
    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for VariableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for VariableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.escape_debug();
        match self.of {
            Part::Name => write!(
                f,
                "`{text}` is not the name of a policy variable; expected a condition key with its prefix, \
                 without `${{}}`, such as `aws:username`"
            ),
            Part::Default => write!(
                f,
                "`{text}` is not a valid default value of a policy variable; expected text without `$`, \
                 `{{`, `}}`, `*`, `?`, `'` and control characters"
            ),
        }
    }
}

impl Error for VariableError {}
