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
    /// Returns [`VariableError`] if the prefix or the name is missing, if a key with the prefix `aws:`
    /// is not a global condition key, or if the text contains a character that would end or change the
    /// variable: one of `$ { } * ? , '`, white space at its start or end, or a control character.
    pub fn new(name: &str) -> Result<Self, VariableError> {
        let variable = Self::with_any_key(name)?;
        match global_key(name) {
            Ok(()) => Ok(variable),
            Err(near) => Err(VariableError {
                text: name.into(),
                of: Part::Key(near),
            }),
        }
    }

    /// Creates a variable from the name of a condition key that may not exist.
    pub(crate) fn with_any_key(name: &str) -> Result<Self, VariableError> {
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

/// Checks that a name with the prefix of the global keys is one of them; returns the most similar name
/// otherwise.
fn global_key(name: &str) -> Result<(), Option<&'static str>> {
    #[cfg(feature = "global")]
    if let Some(begin) = name.get(..4)
        && begin.eq_ignore_ascii_case("aws:")
    {
        let names = || crate::global::ALL.iter().map(|key| key.name);
        let is_key = |key: &str| match key.split_once("${") {
            None => key.eq_ignore_ascii_case(name),
            Some((begin, _)) => {
                let given = name.get(..begin.len());
                given.is_some_and(|it| it.eq_ignore_ascii_case(begin)) && name.len() > begin.len()
            }
        };
        if !names().any(is_key) {
            return Err(crate::text::names::nearest(names(), name));
        }
    }
    #[cfg(not(feature = "global"))]
    let _ = name;
    Ok(())
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
    /// A global key that does not exist, with the most similar one.
    Key(Option<&'static str>),
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
            Part::Key(near) => {
                write!(f, "`{text}` is not a global condition key")?;
                match near {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => Ok(()),
                }
            }
            Part::Default => write!(
                f,
                "`{text}` is not a valid default value of a policy variable; expected text without `$`, \
                 `{{`, `}}`, `*`, `?`, `'` and control characters"
            ),
        }
    }
}

impl Error for VariableError {}
