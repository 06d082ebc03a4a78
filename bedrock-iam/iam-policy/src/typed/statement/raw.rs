//! Statements of plain texts: the loudest way out.

use crate::condition::{Entry, Written};
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::supports::Takes;
use std::borrow::Cow;

use super::{Body, Effect, Statement};

/// Takes the place of a raw statement's actions and resources.
#[derive(Clone, Copy, Debug)]
pub struct Raw;

// Nothing is known, so no key is refused.
impl<K, A> Takes<K, A> for Raw {}

impl Statement {
    /// A statement of plain texts, none of which is checked against anything: for what neither the
    /// typed methods nor the foreign forms can say, such as `Action: "*"`.
    ///
    /// [`build`](crate::PolicyBuilder::build) still asks for an action and a resource.
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
    /// Adds to `Action`; ends a `NotAction`.
    pub fn action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.body.actions.add(false, action.into());
        self
    }

    /// Adds to `NotAction`; ends an `Action`.
    pub fn not_action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.body.actions.add(true, action.into());
        self
    }

    /// Adds to `Resource`; ends a `NotResource`.
    pub fn resource(mut self, resource: impl Into<Cow<'static, str>>) -> Self {
        self.body.resources.add(false, resource.into());
        self
    }

    /// Adds to `NotResource`; ends a `Resource`.
    pub fn not_resource(mut self, resource: impl Into<Cow<'static, str>>) -> Self {
        self.body.resources.add(true, resource.into());
        self
    }

    /// Adds a condition: an operator with its set prefix and `IfExists`, a key, and values as they
    /// are to stand in the policy.
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
        });
        self
    }
}

impl super::Element {
    /// Adds a text to the plain or the negated form; the other form's texts go.
    fn add(&mut self, negated: bool, text: Text) {
        if self.negated != negated {
            self.negated = negated;
            self.values = OneOrMany::default();
        }
        self.values.push(text);
    }
}
