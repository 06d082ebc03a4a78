//! Statements of a document as text, with the edits that restore the original statement.

use crate::document::{DocumentStatement, List, PrincipalElement, Scalar};
use crate::{AccountId, Effect, Policy, Principal, RawArn, Statement};

/// A statement that the crate can print, except for some edits.
pub(super) struct Shape<'a> {
    pub(super) effect: Effect,
    pub(super) sid: Option<&'a str>,
    /// Whether it is `NotPrincipal`, and the principals; `None` if both elements are missing.
    pub(super) principals: Option<(bool, Vec<PrincipalForm<'a>>)>,
    /// Whether it is `NotAction`, and the actions.
    pub(super) actions: (bool, Vec<&'a str>),
    /// Whether it is `NotResource`, and the resources.
    pub(super) resources: Option<(bool, Vec<&'a str>)>,
    pub(super) conditions: Vec<Compared<'a>>,
    /// The edits that turn the printed statement into the original.
    pub(super) edits: Vec<Edit<'a>>,
}

/// A condition: an operator, a key and values.
pub(super) struct Compared<'a> {
    pub(super) operator: &'a str,
    pub(super) key: &'a str,
    pub(super) values: Vec<String>,
}

/// A principal, by the constructor of [`Principal`] that makes it.
pub(super) enum PrincipalForm<'a> {
    Anyone,
    AnyAws,
    Account(&'a str),
    Arn(&'a str),
    Service(&'a str),
    Federated(&'a str),
    CanonicalUser(&'a str),
}

/// An edit of a printed statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit<'a> {
    /// Sets a Sid that the builder does not accept.
    Sid(&'a str),
    /// Wraps a value in a list.
    Wrap(Vec<&'a str>),
    /// Removes the quotes of values.
    Unquote(Vec<&'a str>),
}

impl Edit<'_> {
    pub(super) fn apply(&self, statement: &mut DocumentStatement) {
        match self {
            Self::Sid(sid) => statement.sid = Some(Scalar::Text((*sid).to_owned())),
            Self::Wrap(place) => statement.wrap(place),
            Self::Unquote(place) => statement.unquote(place),
        }
    }
}

/// The reason that the crate can't print a statement, as a noun phrase.
pub(super) type Refused = &'static str;

impl<'a> Shape<'a> {
    /// Reads a statement; `taken` returns whether an earlier statement has a Sid.
    pub(super) fn read(
        statement: &'a DocumentStatement,
        taken: impl Fn(&str) -> bool,
    ) -> Result<Self, Refused> {
        let mut edits = Vec::new();
        if !statement.others.is_empty() {
            return Err("a member that IAM does not define");
        }
        let effect = match statement.effect.as_ref().and_then(Scalar::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err("an `Effect` other than `Allow` or `Deny`"),
        };
        let mut sid = None;
        if let Some(scalar) = &statement.sid {
            let text = scalar.as_str().ok_or("a `Sid` that is not a string")?;
            let plain = !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric());
            if plain && !taken(text) {
                sid = Some(text);
            } else {
                edits.push(Edit::Sid(text));
            }
        }
        let both = "an element and its negated form";
        let actions = element(
            "Action",
            &statement.action,
            &statement.not_action,
            &mut edits,
        )?;
        let resources = element(
            "Resource",
            &statement.resource,
            &statement.not_resource,
            &mut edits,
        )?;
        let principals = match (&statement.principal, &statement.not_principal) {
            (None, None) => None,
            (Some(it), None) => Some((false, principals("Principal", it, &mut edits)?)),
            (None, Some(it)) => Some((true, principals("NotPrincipal", it, &mut edits)?)),
            _ => return Err(both),
        };
        let mut conditions = Vec::new();
        for (operator, keys) in statement.condition.iter().flatten() {
            for (key, values) in keys {
                let place = vec!["Condition", operator.as_str(), key.as_str()];
                conditions.push(Compared {
                    operator,
                    key,
                    values: compared(values, &place, &mut edits)?,
                });
            }
        }
        let shape = Self {
            effect,
            sid,
            principals,
            actions: actions.ok_or("no `Action`")?,
            resources,
            conditions,
            edits,
        };
        if shape.prints(statement) {
            Ok(shape)
        } else {
            Err("elements that this crate can't print together")
        }
    }

    /// Returns the number of method calls of a raw statement.
    pub(super) fn texts(&self) -> usize {
        let resources = self.resources.as_ref().map_or(0, |(_, all)| all.len());
        self.actions.1.len() + resources + self.conditions.len()
    }

    /// Builds and edits the statement, and returns whether that restores the original.
    fn prints(&self, original: &DocumentStatement) -> bool {
        let mut statement = Statement::raw(self.effect);
        if let Some(sid) = self.sid {
            statement = statement.sid(sid.to_owned());
        }
        if let Some((negated, all)) = &self.principals {
            let all: Option<Vec<_>> = all.iter().map(PrincipalForm::principal).collect();
            let Some(all) = all else { return false };
            statement = match negated {
                false => statement.principal(all),
                true => statement.all_principals_except(all),
            };
        }
        for action in &self.actions.1 {
            statement = match self.actions.0 {
                false => statement.action((*action).to_owned()),
                true => statement.not_action((*action).to_owned()),
            };
        }
        if let Some((negated, resources)) = &self.resources {
            for resource in resources {
                statement = match negated {
                    false => statement.resource((*resource).to_owned()),
                    true => statement.not_resource((*resource).to_owned()),
                };
            }
        }
        for it in &self.conditions {
            statement = statement.condition(it.operator, it.key.to_owned(), it.values.clone());
        }
        let Ok(policy) = Policy::new().with(statement).build() else {
            return false;
        };
        let mut document = policy.to_document();
        let Some(statement) = document.statement_mut(0) else {
            return false;
        };
        self.edits.iter().for_each(|edit| edit.apply(statement));
        same(statement, original)
    }
}

/// Returns whether both are the same JSON, ignoring the order of members.
pub(super) fn same<T: serde::Serialize>(one: &T, other: &T) -> bool {
    match (serde_json::to_value(one), serde_json::to_value(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Reads `Action` or `Resource`, or its negated form.
fn element<'a>(
    name: &'static str,
    plain: &'a Option<List>,
    negated: &'a Option<List>,
    edits: &mut Vec<Edit<'a>>,
) -> Result<Option<(bool, Vec<&'a str>)>, Refused> {
    let (is_negated, list) = match (plain, negated) {
        (None, None) => return Ok(None),
        (Some(list), None) => (false, list),
        (None, Some(list)) => (true, list),
        _ => return Err("an element and its negated form"),
    };
    let place = match (name, is_negated) {
        ("Action", true) => "NotAction",
        ("Resource", true) => "NotResource",
        _ => name,
    };
    Ok(Some((is_negated, texts(list, vec![place], edits)?)))
}

fn texts<'a>(
    list: &'a List,
    place: Vec<&'a str>,
    edits: &mut Vec<Edit<'a>>,
) -> Result<Vec<&'a str>, Refused> {
    let texts: Option<Vec<_>> = list.as_slice().iter().map(Scalar::as_str).collect();
    let texts = texts.ok_or("a value that is not a string")?;
    if texts.is_empty() {
        return Err("an empty list");
    }
    if matches!(list, List::Several(values) if values.len() == 1) {
        edits.push(Edit::Wrap(place));
    }
    Ok(texts)
}

/// Reads the values of a condition as strings.
fn compared<'a>(
    list: &'a List,
    place: &[&'a str],
    edits: &mut Vec<Edit<'a>>,
) -> Result<Vec<String>, Refused> {
    let values = list.as_slice();
    if values.is_empty() {
        return Err("an empty list");
    }
    if matches!(list, List::Several(values) if values.len() == 1) {
        edits.push(Edit::Wrap(place.to_vec()));
    }
    let is_text = |value: &Scalar| value.as_str().is_some();
    if !values.iter().any(is_text) {
        edits.push(Edit::Unquote(place.to_vec()));
    } else if !values.iter().all(is_text) {
        return Err("a list of values with and without quotes");
    }
    let texts = values.iter().map(|value| match value {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Bool(value) => Some(value.to_string()),
        Scalar::Number(_) => serde_json::to_string(value).ok(),
    });
    let texts: Option<Vec<_>> = texts.collect();
    texts.ok_or("a number that JSON can't represent")
}

fn principals<'a>(
    name: &'static str,
    element: &'a PrincipalElement,
    edits: &mut Vec<Edit<'a>>,
) -> Result<Vec<PrincipalForm<'a>>, Refused> {
    let kinds = match element {
        PrincipalElement::Text(text) if text == "*" => return Ok(vec![PrincipalForm::Anyone]),
        PrincipalElement::Text(_) => return Err("a principal that is a string other than `*`"),
        PrincipalElement::Kinds(kinds) => kinds,
    };
    let mut all = Vec::new();
    for (kind, list) in kinds {
        for text in texts(list, vec![name, kind], edits)? {
            all.push(match kind.as_str() {
                "AWS" if text == "*" => PrincipalForm::AnyAws,
                "AWS" if AccountId::parse(text).is_ok() => PrincipalForm::Account(text),
                "AWS" if RawArn::parse(text).is_ok() => PrincipalForm::Arn(text),
                "AWS" => return Err("a principal that is neither an account nor an ARN"),
                "Service" => PrincipalForm::Service(text),
                "Federated" => PrincipalForm::Federated(text),
                "CanonicalUser" => PrincipalForm::CanonicalUser(text),
                _ => return Err("a kind of principal that IAM does not define"),
            });
        }
    }
    Ok(all)
}

impl PrincipalForm<'_> {
    fn principal(&self) -> Option<Principal> {
        Some(match *self {
            Self::Anyone => Principal::ANYONE,
            Self::AnyAws => Principal::ANY_AWS,
            Self::Account(text) => Principal::account(AccountId::parse(text).ok()?),
            Self::Arn(text) => Principal::arn(RawArn::parse(text).ok()?),
            Self::Service(text) => Principal::service(text.to_owned()),
            Self::Federated(text) => Principal::federated(text.to_owned()),
            Self::CanonicalUser(text) => Principal::canonical_user(text.to_owned()),
        })
    }
}
