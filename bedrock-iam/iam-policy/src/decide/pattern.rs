//! Patterns of a policy, prepared for matching: texts, ARNs, actions and resources.

use std::borrow::Cow;

use crate::ActionPattern;
use crate::arn::fields;
use crate::decide::context::Keys;
use crate::decide::truth::Truth;
use crate::decide::variables::{self, Expanded, Syntax};
use crate::text::glob;
use crate::words::code;

/// How a text is compared with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The text is equal to the pattern.
    Equal,
    /// The text is equal to the pattern, ignoring case.
    EqualInAnyCase,
    /// `*` matches any text, `?` any one character.
    Like,
    /// The same in each of the six fields of an ARN; in the last field, `*` also matches `:`.
    Arn,
}

impl Style {
    const fn syntax(self) -> Syntax {
        match self {
            Self::Equal | Self::EqualInAnyCase => Syntax::Plain,
            Self::Like | Self::Arn => Syntax::Pattern,
        }
    }
}

/// A pattern, prepared for matching.
#[derive(Clone, Debug)]
pub(super) struct Pattern<'a> {
    text: Cow<'a, str>,
    style: Style,
    form: Form,
}

/// How a pattern is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The whole text has this shape.
    Whole(Shape),
    /// The text is compared, ignoring case.
    AnyCase,
    /// The fields between these colons have these shapes.
    Fields([usize; 5], [Shape; 6]),
    /// Policy variables are replaced first.
    Template,
    /// The pattern is not valid.
    Invalid,
}

/// The wildcards of a text, for fast matching of common patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Only `*`: any text matches.
    Everything,
    /// A text without wildcards.
    Exact,
    /// A text with one `*`, at this position.
    OneStar(usize),
    /// Any other pattern.
    Glob,
}

impl Shape {
    fn of(pattern: &str) -> Self {
        if !pattern.is_empty() && pattern.bytes().all(|byte| byte == b'*') {
            return Self::Everything;
        }
        match pattern.split_once('*') {
            None if glob::is_plain(pattern) => Self::Exact,
            Some((start, end)) if glob::is_plain(start) && glob::is_plain(end) => {
                Self::OneStar(start.len())
            }
            _ => Self::Glob,
        }
    }

    /// Returns whether a pattern of this shape matches a text.
    fn matches(self, pattern: &str, text: &str) -> bool {
        match self {
            Self::Everything => true,
            // comparing two empty texts is slow on some machines
            Self::Exact if text.is_empty() => pattern.is_empty(),
            Self::Exact => pattern == text,
            Self::OneStar(at) => {
                let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
                let (start, end) = (&pattern[..at], &pattern[at + 1..]);
                text.len() >= start.len() + end.len()
                    && text.starts_with(start)
                    && (end.is_empty() || text.ends_with(end))
            }
            Self::Glob => glob::matches(pattern, text),
        }
    }
}

impl<'a> Pattern<'a> {
    /// Prepares a pattern. Without `has_variables`, `${` is plain text.
    pub(super) fn new(text: Cow<'a, str>, style: Style, has_variables: bool) -> Self {
        let mut text = text;
        let mut form = None;
        if variables::has_braces(&text) {
            if !has_variables {
                if style.syntax() == Syntax::Pattern {
                    text = variables::without_variables(&text).into();
                }
            } else if variables::invalid(&text).is_some() {
                form = Some(Form::Invalid);
            } else if variables::keys(&text).next().is_some() {
                form = Some(Form::Template);
            } else if style.syntax() == Syntax::Plain
                && let Expanded::Text(plain) = variables::expand(&text, Syntax::Plain, &NoKeys)
            {
                text = plain.into();
            }
        }
        Self {
            form: form.unwrap_or_else(|| Form::of(&text, style)),
            text,
            style,
        }
    }

    /// Returns the reason why the pattern is not valid.
    pub(super) fn invalid(&self) -> Option<String> {
        if self.form != Form::Invalid {
            return None;
        }
        Some(match variables::invalid(&self.text) {
            Some(variable) => format!(
                "{} is not a policy variable; expected a condition key, such as `${{aws:username}}`",
                code(variable)
            ),
            None => format!(
                "{} is not an ARN; expected six fields separated by `:`",
                code(&self.text)
            ),
        })
    }

    /// Returns the reason why the pattern is not valid with the values of its variables.
    pub(super) fn invalid_in(&self, keys: &impl Keys) -> Option<String> {
        match self.form {
            Form::Template => match self.resolved(keys) {
                Resolved::Pattern(pattern) => pattern.invalid(),
                Resolved::Null | Resolved::Possible(_) => None,
            },
            _ => self.invalid(),
        }
    }

    /// Returns the keys of its variables.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let text = (self.form == Form::Template).then_some(&*self.text);
        text.into_iter().flat_map(variables::keys)
    }

    /// Returns the text with the values of its variables; as written if one has no value.
    pub(super) fn expanded(&self, keys: &impl Keys) -> Cow<'_, str> {
        if self.form == Form::Template
            && let Expanded::Text(text) = variables::expand(&self.text, self.style.syntax(), keys)
        {
            return text.into();
        }
        Cow::Borrowed(&self.text)
    }

    /// Returns whether it matches a text.
    pub(super) fn matches(&self, text: &str, keys: &impl Keys) -> Truth {
        self.matches_split(text, keys, || fields::separators(text))
    }

    /// Returns whether it matches a text whose first five colons `split` returns.
    fn matches_split(
        &self,
        text: &str,
        keys: &impl Keys,
        split: impl Fn() -> Option<[usize; 5]>,
    ) -> Truth {
        match self.form {
            Form::Whole(shape) => shape.matches(&self.text, text).into(),
            Form::AnyCase => is_equal_in_any_case(&self.text, text).into(),
            Form::Fields(colons, shapes) => split()
                .is_some_and(|split| fields_match(&self.text, colons, shapes, text, split))
                .into(),
            Form::Invalid => Truth::Unknown,
            Form::Template => match self.resolved(keys) {
                Resolved::Null => Truth::False,
                Resolved::Pattern(pattern) => pattern.matches_split(text, keys, split),
                Resolved::Possible(pattern) => {
                    let lower = (self.style == Style::EqualInAnyCase).then(|| lower(text));
                    let text = lower.as_deref().unwrap_or(text);
                    // a fresh value of the variable never matches
                    pattern.matches(text, keys).and(Truth::Unknown)
                }
            },
        }
    }

    /// Replaces the variables.
    fn resolved(&self, keys: &impl Keys) -> Resolved {
        let of = |text: String, style| Pattern {
            form: Form::of(&text, style),
            text: text.into(),
            style,
        };
        match variables::expand(&self.text, self.style.syntax(), keys) {
            Expanded::Null => Resolved::Null,
            Expanded::Text(text) => Resolved::Pattern(of(text, self.style)),
            Expanded::Possible(text) => Resolved::Possible(match self.style {
                Style::Equal | Style::Like => of(text, Style::Like),
                Style::EqualInAnyCase => of(lower(&text), Style::Like),
                // an unknown value before the last field can contain `:`
                Style::Arn if self.has_early_variable() => of(text, Style::Like),
                Style::Arn => of(text, Style::Arn),
            }),
        }
    }

    /// Returns whether a variable stands before the last field of an ARN.
    fn has_early_variable(&self) -> bool {
        let last = fields::colons(&self.text).map(|colons| colons[4]);
        last.is_none_or(|last| variables::has_braces(&self.text[..last]))
    }

    /// Returns the texts that it can match, in a request whose variables are partly unknown.
    pub(super) fn reach(&self, keys: &impl Keys) -> Reach {
        match (self.form, self.style) {
            (Form::Whole(Shape::Everything), _) => Reach::Everything,
            (Form::Invalid, _) => Reach::Invalid,
            (Form::Template, _) => match self.resolved(keys) {
                Resolved::Null => Reach::Nothing,
                Resolved::Pattern(pattern) => pattern.reach(keys),
                Resolved::Possible(_) => Reach::Something,
            },
            (_, Style::Like) => Reach::of(&self.text),
            _ if self.text.is_empty() => Reach::Length(0),
            _ => Reach::Something,
        }
    }
}

/// A pattern whose variables are replaced.
enum Resolved {
    /// A variable has no value, so that no text matches.
    Null,
    Pattern(Pattern<'static>),
    /// A pattern of all texts that are possible.
    Possible(Pattern<'static>),
}

impl Form {
    fn of(text: &str, style: Style) -> Self {
        match style {
            Style::Equal => return Self::Whole(Shape::Exact),
            Style::EqualInAnyCase => return Self::AnyCase,
            Style::Like => return Self::Whole(Shape::of(text)),
            Style::Arn => {}
        }
        match (Shape::of(text), fields::colons(text)) {
            (Shape::Everything, _) => Self::Whole(Shape::Everything),
            (_, None) => Self::Invalid,
            (Shape::Exact, _) => Self::Whole(Shape::Exact),
            (Shape::OneStar(at), Some([.., last])) if at > last => Self::Whole(Shape::OneStar(at)),
            (_, Some(colons)) => {
                let shape = |index| Shape::of(fields::field(text, colons, index));
                Self::Fields(colons, std::array::from_fn(shape))
            }
        }
    }
}

/// The texts that a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Nothing,
    /// Some texts, but not all texts of any length.
    Something,
    /// All texts with this number of characters.
    Length(usize),
    /// All texts with at least this number of characters.
    AtLeast(usize),
    Everything,
    /// The pattern is not valid, so the texts are not known.
    Invalid,
}

impl Reach {
    fn of(pattern: &str) -> Self {
        if !pattern.bytes().all(|byte| matches!(byte, b'*' | b'?')) {
            return Self::Something;
        }
        let length = pattern.bytes().filter(|byte| *byte == b'?').count();
        if pattern.contains('*') {
            Self::AtLeast(length)
        } else {
            Self::Length(length)
        }
    }

    /// Returns whether a pattern matches a text with at least this number of characters.
    pub(super) fn can_match(all: &[Self], least: usize) -> bool {
        all.iter().any(|reach| match reach {
            Self::Nothing => false,
            Self::Length(length) => *length >= least,
            _ => true,
        })
    }

    /// Returns whether none of the patterns matches some text with at least this number of characters.
    ///
    /// Only wildcards match a text of characters that stand in none of the patterns, so patterns
    /// with other characters do not matter.
    pub(super) fn can_differ(all: &[Self], least: usize) -> bool {
        let unbounded = all.iter().filter_map(|reach| match reach {
            Self::Everything => Some(0),
            Self::AtLeast(length) => Some(*length),
            _ => None,
        });
        let Some(end) = unbounded.min() else {
            return true;
        };
        !(least..end).all(|length| all.contains(&Self::Length(length)))
    }
}

/// Compares the fields of an ARN with those of a pattern.
fn fields_match(
    pattern: &str,
    colons: [usize; 5],
    shapes: [Shape; 6],
    text: &str,
    split: [usize; 5],
) -> bool {
    // the service and the resource differ most
    [2, 5, 4, 3, 1, 0].into_iter().all(|index| {
        let pattern = fields::field(pattern, colons, index);
        shapes[index].matches(pattern, fields::field(text, split, index))
    })
}

fn is_equal_in_any_case(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    let lower = |text| str::chars(text).flat_map(char::to_lowercase);
    lower(left).eq(lower(right))
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The action of a request, split once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action<'a> {
    text: &'a str,
    pub(super) prefix: &'a str,
    pub(super) name: &'a str,
}

impl<'a> Action<'a> {
    /// Splits an action.
    pub(super) fn new(text: &'a str) -> Self {
        let (prefix, name) = text.split_once(':').unwrap_or((text, ""));
        Self { text, prefix, name }
    }
}

/// Returns the first character of a name, in lower case if it is a letter.
fn first(name: &str) -> u8 {
    name.as_bytes().first().map_or(0, |it| it | 0x20)
}

/// Returns whether an entry of `Action` or `NotAction` matches an action. One that IAM would refuse, such
/// as `*:Get`, never matches for certain.
pub(super) fn covers_action(entry: &str, action: Action<'_>) -> Truth {
    // most entries of other actions begin otherwise, which is fast to see
    let begin = first(entry);
    let may_match = |text: &str| matches!(begin, b'*' | b'?') || begin == first(text);
    let matches = |text: &str| may_match(text) && glob::matches_name(entry, text);
    if !matches(action.text) {
        // an entry without prefix, which IAM rejects, may be meant for any service
        return match matches(action.name) && !entry.contains(':') {
            true => Truth::Unknown,
            false => Truth::False,
        };
    }
    // an entry that matches has the characters of an action, so only the prefix can be wrong
    let mut ends = entry.bytes().filter(|it| matches!(it, b':' | b'*' | b'?'));
    match ends.next() {
        Some(b':') => Truth::True,
        _ if entry == "*" => Truth::True,
        _ => Truth::Unknown,
    }
}

/// Returns the reason why an entry that matches an action is not modelled.
pub(super) fn unmodelled_action(entry: &str) -> Option<String> {
    let error = ActionPattern::parse(entry).err()?;
    Some(error.to_string())
}

/// The keys of a text without variables.
struct NoKeys;

impl Keys for NoKeys {
    fn find(&self, _: &str) -> super::context::Found<'_> {
        super::context::Found::Absent
    }
}

/// The resource of a request, split into the fields of its ARN once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(super) text: &'a str,
    /// The first five colons; `None` for `*`, the resource of actions without resource types.
    pub(super) colons: Option<[usize; 5]>,
}

impl<'a> Target<'a> {
    /// Splits a resource.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            colons: fields::separators(text),
        }
    }
}

/// An entry of `Resource` or `NotResource`, prepared for matching.
#[derive(Clone, Debug)]
pub(crate) struct ResourceTest<'a> {
    text: &'a str,
    pattern: Pattern<'a>,
    /// Another reading of an entry that is not a valid ARN pattern: then neither is certain.
    other: Option<Pattern<'a>>,
}

impl<'a> ResourceTest<'a> {
    /// Prepares an entry. In an identity-based policy, and so if `completes` is set, IAM adds `*` for
    /// missing fields of an ARN, see
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>.
    pub(crate) fn new(text: &'a str, has_variables: bool, completes: bool) -> Self {
        let missing = match fields::colons(text) {
            Some(_) => 0,
            // `*` alone
            None if Shape::of(text) == Shape::Everything => 0,
            None => 5 - text.matches(':').count().min(5),
        };
        let pattern = match missing {
            0 => Cow::Borrowed(text),
            missing => Cow::Owned(format!("{text}{}", ":*".repeat(missing))),
        };
        let pattern = Pattern::new(pattern, Style::Arn, has_variables);
        // IAM replaces variables only after the fifth colon
        let is_variable_early =
            has_variables && variables::has_braces(text) && pattern.has_early_variable();
        let is_valid = pattern.form == Form::Whole(Shape::Everything)
            || text.starts_with("arn:") && !is_variable_early && (missing == 0 || completes);
        Self {
            text,
            pattern,
            other: (!is_valid).then(|| Pattern::new(text.into(), Style::Like, has_variables)),
        }
    }

    /// Returns whether it matches the resource of a request. A variable without a value matches no
    /// resource.
    pub(crate) fn matches(&self, target: Target<'_>, keys: &impl Keys) -> Truth {
        let split = || target.colons;
        let matches = |pattern: &Pattern<'_>| pattern.matches_split(target.text, keys, split);
        match &self.other {
            None => matches(&self.pattern),
            // such as `execute-api:/*`, which the policy of an API completes
            Some(_) if !self.text.starts_with("arn:") && !self.text.starts_with(['*', '?']) => {
                Truth::Unknown
            }
            Some(other) => match matches(&self.pattern).or(matches(other)) {
                Truth::False => Truth::False,
                _ => Truth::Unknown,
            },
        }
    }

    /// Returns a probe that each resource passes that the entry may match.
    pub(super) fn probe(&self) -> Probe {
        let is_arn = self.other.is_none() && self.pattern.form != Form::Invalid;
        match fields::colons(&self.pattern.text) {
            Some([.., last]) if is_arn => Probe::of(&self.pattern.text[last + 1..]),
            _ => Probe::ANY,
        }
    }

    /// Returns the keys of its variables.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.pattern.keys()
    }

    /// Returns the entry with the values of its variables; as written if one has no value.
    pub(crate) fn expanded(&self, keys: &impl Keys) -> Cow<'_, str> {
        match self.pattern.keys().next() {
            Some(_) => self.pattern.expanded(keys),
            None => self.text.into(),
        }
    }

    /// Returns the reason why an entry that may match is not modelled.
    pub(crate) fn unmodelled(&self) -> Option<String> {
        let not_arn = || {
            format!(
                "{} is not a valid resource here; expected `*` or an ARN pattern with six fields, and variables \
                 only in the last one",
                code(self.text)
            )
        };
        let invalid = self.pattern.invalid();
        invalid.or_else(|| self.other.as_ref().map(|_| not_arn()))
    }
}

/// The last characters before the first wildcard of an entry. They are compared before the entry is, because
/// the resources of a policy differ there, and eight bytes are compared at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe {
    bytes: u64,
    mask: u64,
    /// Where they end in the last field of an ARN.
    end: usize,
}

impl Probe {
    /// The probe that each resource passes.
    pub(super) const ANY: Self = Self {
        bytes: 0,
        mask: 0,
        end: 0,
    };

    /// Returns the probe of the last field of an ARN pattern.
    fn of(field: &str) -> Self {
        let end = field.find(['*', '?', '$']).unwrap_or(field.len());
        let (mut bytes, mut mask) = ([0; 8], [0; 8]);
        let places = bytes.iter_mut().zip(&mut mask).rev();
        for (byte, (to, mask)) in field[..end].bytes().rev().zip(places) {
            (*to, *mask) = (byte, u8::MAX);
        }
        Self {
            bytes: u64::from_le_bytes(bytes),
            mask: u64::from_le_bytes(mask),
            end,
        }
    }

    /// Returns whether a resource passes.
    pub(super) fn passes(&self, target: Target<'_>) -> bool {
        let Some([.., last]) = target.colons else {
            return true;
        };
        let (text, end) = (target.text.as_bytes(), last + 1 + self.end);
        let start = end.checked_sub(8).filter(|_| end <= text.len());
        let bytes = start.and_then(|start| text[start..].first_chunk());
        match bytes {
            Some(bytes) => (u64::from_le_bytes(*bytes) ^ self.bytes) & self.mask == 0,
            None => end <= text.len(),
        }
    }
}
