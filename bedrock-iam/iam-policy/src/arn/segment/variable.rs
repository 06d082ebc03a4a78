//! Policy variables: what IAM replaces by a value of each request.

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
    /// The variable of this name: a condition key with its prefix, such as `aws:PrincipalTag/team`.
    ///
    /// # Errors
    ///
    /// [`VariableError`] where there is no prefix or no name, or a character that would end or
    /// change the variable: `$ { } * ? , '`, white space at an end, a control character.
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

    /// The same variable with a value for requests that lack the key.
    ///
    /// # Errors
    ///
    /// [`VariableError`] for a value that is empty or holds `$ { } * ? '` or a control character.
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

    /// The condition key that gives the value.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value where a request lacks the key.
    #[must_use]
    pub fn default_value(&self) -> Option<&str> {
        self.default.as_deref()
    }
}

const fn is_special(char: char) -> bool {
    matches!(char, '$' | '{' | '}' | '*' | '?' | '\'' | '\0'..='\x1f' | '\x7f'..='\u{9f}')
}

impl fmt::Display for Variable {
    /// As a policy has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.default {
            None => write!(f, "${{{}}}", self.name),
            Some(default) => write!(f, "${{{}, '{default}'}}", self.name),
        }
    }
}

/// A text that is no name, or no default value, of a policy variable.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for VariableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.escape_debug();
        match self.of {
            Part::Name => write!(
                f,
                "`{text}` names no policy variable; expected a condition key with its prefix, \
                 without `${{}}`, such as `aws:username`"
            ),
            Part::Default => write!(
                f,
                "`{text}` can't be a policy variable's default value; expected some text without \
                 `$`, `{{`, `}}`, `*`, `?`, `'` and control characters"
            ),
        }
    }
}

impl Error for VariableError {}
