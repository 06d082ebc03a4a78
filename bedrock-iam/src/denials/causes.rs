//! Likely causes of a denial, from the signs in its message, in order.

use iam_policy::decide::Layer;
use iam_policy::words::code;
use iam_policy::{Catalog, DenialKind, Policy};

use super::caller::Caller;
use super::statements::{Request, is_assumption};
use super::{Cause, Denial, Fix, actions, cut, layers, models, operations};

/// The causes found so far, the most likely one first.
#[derive(Default)]
pub(super) struct Causes(Vec<Cause>);

/// Returns a cause whose change concerns no policy, until [`Cause::at`].
pub(super) fn cause(
    code: &'static str,
    text: impl Into<String>,
    sign: impl Into<String>,
    change: impl Into<String>,
) -> Cause {
    Cause {
        code,
        text: text.into(),
        sign: sign.into(),
        fix: Fix {
            text: change.into(),
            layer: None,
            policy: None,
        },
    }
}

impl Cause {
    /// Sets the layer whose policies have to be changed.
    pub(super) fn at(mut self, layer: impl Into<Option<Layer>>) -> Self {
        self.fix.layer = layer.into();
        self
    }

    /// Sets the statements to add.
    pub(super) fn adding(mut self, policy: Option<Policy>) -> Self {
        self.fix.policy = policy;
        self
    }
}

impl Causes {
    /// Adds a cause, unless it was found already.
    pub(super) fn add(&mut self, cause: Cause) {
        if !self.has(cause.code) {
            self.0.push(cause);
        }
    }

    /// Adds a cause as the second one.
    pub(super) fn add_second(&mut self, cause: Cause) {
        if !self.has(cause.code) {
            self.0.insert(self.0.len().min(1), cause);
        }
    }

    fn has(&self, code: &str) -> bool {
        self.0.iter().any(|found| found.code == code)
    }

    /// Returns whether one of the changes adds statements.
    pub(super) fn add_statements(&self) -> bool {
        self.0.iter().any(|cause| cause.fix.policy.is_some())
    }
}

/// Returns the causes of a denial.
pub(super) fn causes(denial: &Denial, catalog: &Catalog) -> Vec<Cause> {
    let mut causes = Causes::default();
    let stated = denial.stated();
    let operation = stated.action().and_then(|it| operations::read(it, catalog));
    let actions = match &operation {
        Some(operation) => &operation.actions,
        None if cut::action(stated, catalog) => &[][..],
        None => stated.actions(),
    };
    let resource = cut::resource(stated, catalog);
    let request = Request {
        catalog,
        actions,
        resource: resource.as_ref().map(|it| &*it.arn),
        is_cut: resource.as_ref().is_some_and(|it| it.is_cut),
        name: stated.resource_name(),
        text: stated.plain(),
        operation: stated.operation(),
        caller: Caller::read(denial.principal()),
    };
    let (layer, kind) = (denial.layer(), denial.kind());
    let is_explicit = kind == Some(DenialKind::Explicit);
    if let Some(other) = denial.other {
        let actions: Vec<String> = other.actions.iter().map(|it| (*it).to_owned()).collect();
        let needed = match actions.is_empty() {
            true => request,
            false => request.of(&actions),
        };
        let found = cause(
            other.code,
            other.text,
            "the words of the message",
            other.change,
        );
        causes.add(match other.layer {
            None => found,
            Some(Layer::Identity) => found.at(other.layer).adding(needed.allow(Layer::Identity)),
            Some(_) => found.at(other.layer),
        });
    }
    let is_identity = matches!(layer, None | Some(Layer::Identity));
    let is_complete = !causes.0.is_empty() && is_identity && !is_explicit;
    if denial.is_iam() != Some(true) || is_complete {
        return causes.0;
    }
    if stated.is_encoded() && layer.is_none() {
        causes.add(cause(
            "encoded",
            "the encoded part of the message has the details: whether a `Deny` matched, principal, action, resource and conditions; the denied action can be another one than the call, such as `iam:PassRole`",
            "the words \"Encoded authorization failure message\"",
            "decode it with `aws sts decode-authorization-message --encoded-message …` (needs `sts:DecodeAuthorizationMessage`); if it is cut, take it from the event in CloudTrail; then allow the action that it names",
        ));
    }
    // a layer that only limits is the first sign itself
    let limits = !is_identity && !is_explicit;
    if !limits {
        models::causes(&request, denial, &mut causes);
    }
    actions::causes(&request, denial, &mut causes);
    match (layer, is_explicit) {
        (Some(Layer::Identity), false) => layers::not_allowed(&request, &mut causes),
        (Some(Layer::Resource), _) if is_assumption(&request.action()) => {
            layers::trust(&request, is_explicit, &mut causes);
        }
        (Some(Layer::Resource), false) => {
            let is_anonymous = stated.plain().contains("User: anonymous");
            layers::resource(&request, is_anonymous, &mut causes);
        }
        (Some(Layer::Session), false) => layers::session(&request, &mut causes),
        (Some(layer), false) => layers::ceiling(layer, &request, &mut causes),
        (_, true) => layers::denied(&request, denial, &mut causes),
        (None, false) if is_assumption(&request.action()) => {
            layers::trust(&request, false, &mut causes);
        }
        (None, false) => {
            layers::not_allowed(&request, &mut causes);
            causes.add(cause(
                "other-layer",
                "another layer denies the request: a service control policy, the permissions boundary, the session policy, or the policy of the resource",
                "the message does not name a layer",
                "compare the action with the policies of each layer; `errorMessage` of the event in CloudTrail can name the layer",
            ));
        }
    }
    if limits {
        models::causes(&request, denial, &mut causes);
    }
    if let Some(operation) = &operation {
        causes.add_second(operation.cause());
    }
    if let Some(other) = stated.other_action() {
        causes.add(cause(
            "other-action",
            format!("the reason names another action than the request, {}: one of the two is misspelled, or the service requires both", code(other)),
            "the action after \"allows the\" differs",
            "allow the action of the request; if the other one exists too, allow both",
        ).at(layer));
    }
    causes.0
}

/// Returns the facts that the message can't show.
pub(super) fn unknowns(denial: &Denial) -> Vec<String> {
    let mut unknowns = Vec::new();
    if !denial.stated().is_read_in_full() {
        unknowns.push("the text after the first MiB, which was not read".to_owned());
    }
    if denial.is_iam() != Some(true) {
        return unknowns;
    }
    match denial.layer() {
        None => unknowns.push("which kind of policy denied the request".to_owned()),
        Some(layer) => unknowns.push(format!(
            "whether other policies deny the request too: of several layers, AWS names one, here the {}", layer.policy_name()
        )),
    }
    if denial.kind() == Some(DenialKind::Explicit) {
        unknowns.push("whether an `Allow` exists: a `Deny` is evaluated first".to_owned());
    }
    unknowns.extend(cut::unknowns(denial.stated()));
    match denial.stated().others() {
        0 => {}
        1 => unknowns.push(
            "more about the other denial in the text, of another action or resource: read it by itself"
                .to_owned(),
        ),
        others => unknowns.push(format!(
            "more about the {others} other denials in the text, of other actions or resources: read each by itself"
        )),
    }
    let facts = [
        ("the action", denial.action()),
        ("the principal", denial.principal()),
        ("the resource", denial.resource()),
    ];
    let missing = facts.iter().filter(|(_, stated)| stated.is_none());
    unknowns.extend(missing.map(|(name, _)| (*name).to_owned()));
    unknowns
}
