//! Raw statements, of unchecked text.

use crate::condition::{Entry, Written};
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::supports::Takes;
use std::borrow::Cow;

use super::{Body, Effect, Statement};

/// A marker in the type of a raw statement, instead of its actions and resources.
#[derive(Clone, Copy, Debug)]
pub struct Raw;

// the actions and resources are plain text, so every key is accepted
impl<K, A> Takes<K, A> for Raw {}

impl Statement {
    /// Returns a statement of unchecked text, for statements that the typed methods and the
    /// `foreign_…!` macros can't express, such as `Action: "*"`.
    ///
    /// [`build`](crate::PolicyBuilder::build) still requires an action and a resource.
    ///
    /// ```
    /// use iam_policy::{Effect, Policy, Statement};
    ///
    /// let policy = Policy::new()
    ///     .with(
    ///         Statement::raw(Effect::Deny)
    ///             .action("*")
    ///             .resource("*")
    ///             .condition("StringNotEquals", "aws:RequestedRegion", ["eu-central-1"]),
    ///     )
    ///     .build()?;
    /// # Ok::<(), iam_policy::PolicyError>(())
    /// ```
    pub fn raw(effect: Effect) -> Statement<Raw, Raw> {
        Statement::of(Body::new(effect), Raw)
    }
}

impl Statement<Raw, Raw> {
    /// Adds to `Action`, and removes a `NotAction`.
    pub fn action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.body.actions.add(false, action.into());
        self
    }

    /// Adds to `NotAction`, and removes an `Action`.
    pub fn not_action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.body.actions.add(true, action.into());
        self
    }

    /// Adds to `Resource`, and removes a `NotResource`.
    pub fn resource(mut self, resource: impl Into<Cow<'static, str>>) -> Self {
        self.body.resources.add(false, resource.into());
        self
    }

    /// Adds to `NotResource`, and removes a `Resource`.
    pub fn not_resource(mut self, resource: impl Into<Cow<'static, str>>) -> Self {
        self.body.resources.add(true, resource.into());
        self
    }

    /// Adds a condition: an operator with its set prefix and `IfExists`, a key, and the values as
    /// they are in the policy.
    pub fn condition<V: Into<Cow<'static, str>>>(
        mut self,
        operator: &str,
        key: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let mut texts = OneOrMany::default();
        values
            .into_iter()
            .for_each(|value| texts.push(value.into()));
        self.body.conditions.add(Entry {
            operator: Written::of(operator),
            key: key.into(),
            values: texts,
            faults: Vec::new(),
            is_united: false,
        });
        self
    }
}

impl super::Element {
    /// Adds a text to the plain or the negated form, and removes the texts of the other form.
    fn add(&mut self, negated: bool, text: Text) {
        if self.negated != negated {
            self.negated = negated;
            self.values = OneOrMany::default();
        }
        self.values.push(text);
    }
}
