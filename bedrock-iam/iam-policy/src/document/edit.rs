//! Changes between two forms of a document with the same meaning for IAM, for the form that
//! [`Policy`](crate::Policy) does not write.

use super::{Document, DocumentStatement, List, Number, PrincipalElement, Scalar, Statements};

impl Document {
    /// Returns the statement with this index, counted from 0.
    pub fn statement_mut(&mut self, number: usize) -> Option<&mut DocumentStatement> {
        match self.statements.as_mut()? {
            Statements::Alone(statement) if number == 0 => Some(statement),
            Statements::Alone(_) => None,
            Statements::List(statements) => statements.get_mut(number),
        }
    }

    /// Inserts a statement before the one with this index, or at the end if there are fewer.
    pub fn insert(&mut self, number: usize, statement: DocumentStatement) {
        let mut statements = match self.statements.take() {
            None => Vec::new(),
            Some(Statements::Alone(only)) => vec![*only],
            Some(Statements::List(statements)) => statements,
        };
        statements.insert(number.min(statements.len()), statement);
        self.statements = Some(Statements::List(statements));
    }

    /// Replaces a list of one statement with that statement: `"Statement": {…}`.
    pub fn unwrap_statement(&mut self) {
        self.statements = self.statements.take().map(|statements| match statements {
            Statements::List(mut list) if list.len() == 1 => match list.pop() {
                Some(only) => Statements::Alone(Box::new(only)),
                None => Statements::List(list),
            },
            other => other,
        });
    }
}

impl DocumentStatement {
    /// Replaces a single value with a list of one: `"*"` with `["*"]`.
    ///
    /// The place is an element, followed by the kind of a principal, or by an operator and a key:
    /// `&["Resource"]`, `&["Principal", "AWS"]`, `&["Condition", "StringEquals", "aws:username"]`.
    /// Does nothing if the statement has no such place.
    ///
    /// ```
    /// use iam_policy::{AnyResource, Policy, Statement, foreign_action};
    ///
    /// let statement = Statement::allow(foreign_action!("sts:GetCallerIdentity")).on(AnyResource);
    /// let mut document = Policy::new().with(statement).build()?.to_document();
    /// if let Some(statement) = document.statement_mut(0) {
    ///     statement.wrap(&["Resource"]);
    /// }
    /// assert!(Policy::from(document).to_json().contains(r#""Resource":["*"]"#));
    /// # Ok::<(), iam_policy::PolicyError>(())
    /// ```
    pub fn wrap(&mut self, place: &[&str]) {
        if let Some(list) = self.list_mut(place)
            && let List::Alone(value) = list
        {
            *list = List::Several(vec![value.clone()]);
        }
    }

    /// Replaces strings that are numbers or booleans with values without quotes; `place` is as for
    /// [`wrap`](Self::wrap).
    pub fn unquote(&mut self, place: &[&str]) {
        match self.list_mut(place) {
            Some(List::Alone(value)) => unquote(value),
            Some(List::Several(values)) => values.iter_mut().for_each(unquote),
            None => {}
        }
    }

    fn list_mut(&mut self, place: &[&str]) -> Option<&mut List> {
        match *place {
            ["Action"] => self.action.as_mut(),
            ["NotAction"] => self.not_action.as_mut(),
            ["Resource"] => self.resource.as_mut(),
            ["NotResource"] => self.not_resource.as_mut(),
            ["Principal", kind] => kind_mut(self.principal.as_mut()?, kind),
            ["NotPrincipal", kind] => kind_mut(self.not_principal.as_mut()?, kind),
            ["Condition", operator, key] => {
                let operators = self.condition.as_mut()?;
                let keys = member(operators, operator)?;
                member(keys, key)
            }
            _ => None,
        }
    }
}

fn kind_mut<'a>(principals: &'a mut PrincipalElement, kind: &str) -> Option<&'a mut List> {
    match principals {
        PrincipalElement::Text(_) => None,
        PrincipalElement::Kinds(kinds) => member(kinds, kind),
    }
}

fn member<'a, T>(members: &'a mut [(String, T)], name: &str) -> Option<&'a mut T> {
    let found = members.iter_mut().find(|(other, _)| other == name);
    found.map(|(_, value)| value)
}

fn unquote(value: &mut Scalar) {
    let Scalar::Text(text) = &*value else {
        return;
    };
    let number = || {
        let whole = text.parse().map(Number::Unsigned);
        let signed = || text.parse().map(Number::Signed);
        let float = || {
            let number = text.parse::<f64>().ok().filter(|it| it.is_finite())?;
            Some(Number::Float(number))
        };
        whole.or_else(|_| signed()).ok().or_else(float)
    };
    let plain = match text.as_str() {
        "true" => Some(Scalar::Bool(true)),
        "false" => Some(Scalar::Bool(false)),
        _ => number().map(Scalar::Number),
    };
    if let Some(plain) = plain {
        *value = plain;
    }
}
