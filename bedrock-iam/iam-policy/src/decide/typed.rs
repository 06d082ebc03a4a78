//! Requests that the compiler checks, and assertions about decisions.

use crate::condition::Comparison;
use crate::condition::key::{Key, KeyId};
use crate::condition::operands::{IntoValues, ValueSink, operand};

use crate::decide::policies::Policies;
use crate::decide::prepared::Prepared;
use crate::decide::request::{Body, Request, RequestError};
use crate::text::glob;
use crate::text::one_or_many::OneOrMany;
use crate::text::words::code;
use crate::typed::action::Actions;
use crate::typed::resource::ResourceSink;
use crate::typed::statement::Checked;
use crate::typed::supports::{InEffect, Supports, Unscoped};
use crate::value;

/// Value types, with the operands that state a value of such a key.
pub trait Stated {
    #[doc(hidden)]
    type Operand;
    #[doc(hidden)]
    const COMPARISON: Comparison;
}

macro_rules! stated {
    ($($Operand:ident by $Comparison:ident: $($Value:ident)*;)*) => {$($(
        impl Stated for value::$Value {
            type Operand = operand::$Operand;
            const COMPARISON: Comparison = Comparison::$Comparison;
        }
    )*)*};
}

stated! {
    String by StringLike: String ArrayOfString Tag Any;
    Arn by ArnLike: Arn ArrayOfArn;
    Bool by Bool: Bool ArrayOfBool;
    Numeric by NumericEquals: Numeric ArrayOfNumeric;
    Date by DateEquals: Date ArrayOfDate;
    IpAddress by IpAddress: IpAddress ArrayOfIpAddress;
    Binary by BinaryEquals: Binary ArrayOfBinary;
}

impl Request {
    /// Returns a request for an action. It needs a resource, from [`on`](Request::on), and a caller,
    /// from [`by`](Request::by).
    ///
    /// As in a statement, the compiler checks that the action has the resource's type, and that the
    /// condition keys are in effect for it.
    pub fn new<A: Actions>(action: A) -> Request<A, Unscoped> {
        let mut names = OneOrMany::default();
        action.push_to(&mut names);
        let mut uses = Vec::new();
        action.uses(&mut uses);
        let one = match names.as_slice() {
            [one] => one.clone(),
            _ => "*".into(),
        };
        let mut body = Body::new(one);
        if names.as_slice().len() != 1 || body.action.contains(['*', '?']) {
            let texts: Vec<_> = names.as_slice().iter().map(|it| code(it)).collect();
            let message = format!(
                "found {}; expected one action, without wildcards",
                texts.join(", ")
            );
            body.add_fault(RequestError::of_message(message));
        }
        body.is_untyped = uses.iter().any(|it| {
            it.supports
                .as_ref()
                .is_some_and(|(_, types)| types.is_empty())
        });
        Request::with_body(body)
    }
}

impl<A> Request<A, Unscoped> {
    /// Sets the resource: one ARN without wildcards, or [`AnyResource`](crate::AnyResource) for an action
    /// without resource types.
    pub fn on<R: Supports<A>>(self, resource: R) -> Request<A, R::Of> {
        let mut sink = ResourceSink::default();
        resource.push_to(&mut sink);
        let mut body = self.body;
        if let Some(fault) = sink.faults.first() {
            body.add_fault(RequestError::of_message(fault.to_string()));
        }
        let resource = match sink.texts.as_slice() {
            [one] if &**one == "*" => Some("*".to_owned()),
            [one] => glob::literal(one),
            _ => None,
        };
        match resource {
            Some(resource) => body.set_resource(&resource),
            None => {
                let texts = sink.texts.as_slice();
                let texts: Vec<_> = texts.iter().map(|it| code(it)).collect();
                let message = format!(
                    "found {}; expected one resource, without wildcards or variables",
                    texts.join(", ")
                );
                body.add_fault(RequestError::of_message(message));
            }
        }
        Request::with_body(body)
    }
}

impl<A, R> Request<A, R> {
    /// States a condition key, with a value of its type, or several for a key that can have several.
    pub fn with<I, V>(mut self, key: Key<I>, values: V) -> Self
    where
        I: KeyId<Value: Stated> + InEffect<A, R>,
        V: IntoValues<<I::Value as Stated>::Operand>,
    {
        let mut sink = ValueSink::default();
        values.push_all_to(&mut sink);
        sink.check(key.name(), key.value_type(), I::Value::COMPARISON);
        let is_single = key.value_type().is_some_and(|it| !it.is_array());
        if let Some(fault) = sink.faults.first() {
            let expected = key.value_type().map_or("text", |it| it.single().as_str());
            let fault = RequestError::new(&format!("a value of `{key}`"), &fault.value, expected);
            self.body.add_fault(fault);
        } else if is_single && sink.texts.as_slice().len() > 1 {
            let message = format!("found several values of `{key}`; expected one");
            self.body.add_fault(RequestError::of_message(message));
        }
        for text in sink.texts.as_slice() {
            // text of a policy has `$` before a brace escaped
            self.body.context.add(key.name(), text.replace("${$}", "$"));
        }
        self
    }

    /// Returns the same request without the action and resource in its type.
    pub fn checked(self) -> Request<Checked, Checked> {
        Request::with_body(self.body)
    }
}

macro_rules! assertions {
    ($($Type:ty),*) => {$(
        impl $Type {
            /// Asserts that a request is allowed.
            ///
            /// # Panics
            ///
            /// If it is not; the message is the text of the decision.
            #[track_caller]
            pub fn assert_allows<A, R>(&self, request: &Request<A, R>) {
                let decision = self.decide(request);
                assert!(decision.is_allowed(), "expected the request to be allowed, but it is {decision}");
            }

            /// Asserts that a request is denied, explicitly or implicitly.
            ///
            /// # Panics
            ///
            /// If it is not; the message is the text of the decision.
            #[track_caller]
            pub fn assert_denies<A, R>(&self, request: &Request<A, R>) {
                let decision = self.decide(request);
                assert!(decision.is_denied(), "expected the request to be denied, but it is {decision}");
            }
        }
    )*};
}
assertions!(Policies, Prepared<'_>);
