//! Causes of denied model invocations: regions, inference profiles, guardrails.
//!
//! A request through a profile is authorized on the profile and on the model in the region that serves
//! it; for a global profile also on the model without a region. See
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html>,
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html>,
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/guardrail-profiles-permissions.html>.

use iam_policy::decide::Layer;
use iam_policy::words::code;
use iam_policy::{ArnPattern, DenialKind, Policy};

use crate::rules::profile_regions::{PROFILE_ID_AS_MODEL, ProfileId};

use super::caller::{is_plain, unmasked};
use super::causes::{Causes, cause};
use super::statements::Request;
use super::{Denial, layers};

const STREAMING: &str = "bedrock:invokemodelwithresponsestream";

/// The resource of an invocation.
struct Target {
    arn: ArnPattern,
    kind: String,
    /// The ID; `*` if it is masked.
    id: String,
}

impl Target {
    fn read(request: &Request<'_>) -> Option<Self> {
        let arn = ArnPattern::parse(&unmasked(request.resource?)?).ok()?;
        let (kind, id) = arn.resource().split_once('/')?;
        let (kind, id) = (kind.to_owned(), id.to_owned());
        (arn.service() == "bedrock").then_some(Self { arn, kind, id })
    }

    fn models(&self, region: &str, id: &str) -> String {
        format!(
            "arn:{}:bedrock:{region}::foundation-model/{id}",
            self.arn.partition()
        )
    }

    fn profiles(&self, account: &str, id: &str) -> String {
        format!(
            "arn:{}:bedrock:*:{account}:inference-profile/{id}",
            self.arn.partition()
        )
    }

    /// Returns whether the ID of a profile is in the ARN of a model.
    fn is_misplaced_profile(&self) -> bool {
        self.kind == "foundation-model" && ProfileId::parse(&self.id).is_some()
    }

    /// Returns the ID of the model behind a profile of AWS, whose ID has a prefix such as `us.`.
    fn model(&self) -> &str {
        self.id.split_once('.').map_or("*", |it| it.1)
    }
}

/// Adds the causes that depend on the model, profile or guardrail.
pub(super) fn causes(request: &Request<'_>, denial: &Denial, causes: &mut Causes) {
    let action = request.action();
    let Some(target) = Target::read(request) else {
        return;
    };
    let is_explicit = denial.kind() == Some(DenialKind::Explicit);
    if action == "bedrock:applyguardrail" && target.kind == "guardrail-profile" && !is_explicit {
        guardrail(request, &target, causes);
    }
    if !is_invocation(&action) {
        return;
    }
    if target.is_misplaced_profile() {
        return misplaced(request, &target, denial, causes);
    }
    let is_routed = target.arn.region().is_empty();
    match (&*target.kind, is_explicit) {
        ("foundation-model", true) if is_routed => global_denied(&target, denial, causes),
        ("foundation-model", true) => region_denied(&target, denial, causes),
        ("foundation-model", false) if is_routed => global(request, &target, denial, causes),
        ("foundation-model", false) => region(request, &target, denial, causes),
        ("inference-profile", true) => profile_denied(&target, denial, causes),
        _ if behind(request).is_some() && is_identity(denial) => profile(request, &target, causes),
        _ => {}
    }
}

/// Returns whether an action, in lower case, invokes a model.
pub(super) fn is_invocation(action: &str) -> bool {
    matches!(action, "bedrock:invokemodel" | STREAMING)
}

/// Returns whether the message names no other layer than the caller's own policies.
fn is_identity(denial: &Denial) -> bool {
    matches!(denial.layer(), None | Some(Layer::Identity))
}

fn account<'r>(request: &'r Request<'_>) -> &'r str {
    let account = request.caller.account.as_ref();
    account.map_or("*", |it| it.as_str())
}

/// Returns the ID of the profile that a text names for a model, such as `us.amazon.nova-pro-v1:0`.
fn named_profile(plain: &str, model: &str) -> Option<String> {
    let end = format!(".{model}");
    let found = plain.match_indices(&end).find_map(|(at, _)| {
        let start = plain[..at].rfind(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
        let geography = match start {
            Some(before) => plain.get(before + 1..at)?,
            None => &plain[..at],
        };
        (!geography.is_empty()).then(|| format!("{geography}{end}"))
    });
    found.filter(|_| is_plain(model))
}

/// Returns a policy that allows the models through these profiles, if the caller's own policies do not
/// allow the request.
fn through(
    request: &Request<'_>,
    denial: &Denial,
    profiles: &str,
    models: &[String],
) -> Option<Policy> {
    is_identity(denial).then(|| request.allow_through(profiles, models))?
}

fn global(request: &Request<'_>, target: &Target, denial: &Denial, causes: &mut Causes) {
    let id = &target.id;
    let profiles = target.profiles(account(request), &format!("global.{id}"));
    let models = [target.models("*", id), target.models("", id)];
    causes.add(cause(
        "global-routing",
        "a global inference profile routed the request to another region, and no statement allows the model without a region (its ARN has an empty region, and `aws:RequestedRegion` is `unspecified`)",
        "the region in the ARN of the model is empty",
        format!("add the statements for the profile and the model in every region and without one, and do not limit them with `aws:RequestedRegion`; or call a geographic profile, such as `us.{id}` or `eu.{id}`"),
    ).at(denial.layer().unwrap_or(Layer::Identity)).adding(through(request, denial, &profiles, &models)));
}

fn region(request: &Request<'_>, target: &Target, denial: &Denial, causes: &mut Causes) {
    let named = named_profile(denial.stated().plain(), &target.id);
    if named.is_none() && is_identity(denial) {
        layers::no_statement(request, causes);
    }
    let region = match target.arn.region() {
        "*" => "another region".to_owned(),
        region => code(region),
    };
    let any = format!("*.{}", target.id);
    let profiles = target.profiles(account(request), named.as_ref().unwrap_or(&any));
    let sign = match &named {
        Some(id) => format!(
            "the text names the profile {}, and the ARN the model in {region}",
            code(id)
        ),
        None => format!(
            "the ARN names the model in {region}: this is the cause if the call went to another region"
        ),
    };
    causes.add(cause(
        "geographic-routing",
        format!("a geographic inference profile routed the request to {region}, and the policy allows the model only in other regions"),
        sign,
        "allow the model in every destination region of the profile, which `GetInferenceProfile` lists",
    ).at(denial.layer().unwrap_or(Layer::Identity)).adding(through(
        request,
        denial,
        &profiles,
        &[target.models("*", &target.id)],
    )));
    if is_identity(denial) {
        layers::no_statement(request, causes);
    }
}

/// Returns the ARN of the profile that a request invokes, and those of the models behind it.
pub(super) fn behind(request: &Request<'_>) -> Option<(String, Vec<String>)> {
    let target = Target::read(request).filter(|_| is_invocation(&request.action()))?;
    let id = match &*target.kind {
        "inference-profile" => target.model(),
        _ if target.is_misplaced_profile() => target.model(),
        "application-inference-profile" => "*",
        _ => return None,
    };
    let mut models = vec![target.models("*", id)];
    if target.id.starts_with("global.") {
        models.push(target.models("", id));
    }
    let profile = match target.arn.account() {
        "" => target.profiles(account(request), &target.id),
        _ => target.arn.as_str().to_owned(),
    };
    Some((profile, models))
}

fn misplaced(request: &Request<'_>, target: &Target, denial: &Denial, causes: &mut Causes) {
    let is_explicit = denial.kind() == Some(DenialKind::Explicit);
    let policy = is_identity(denial) && !is_explicit;
    let policy = policy.then(|| request.allow(Layer::Identity)).flatten();
    causes.add(cause(
        PROFILE_ID_AS_MODEL.as_str(),
        format!("{} is the ID of an inference profile, and the ARN is that of a model: no such model exists", code(&target.id)),
        "the ID in the ARN of the model starts with a geography",
        format!("use the ID {} or the profile's own ARN as the model ID of the call, and allow the profile and its models", code(&target.id)),
    ).at(denial.layer().unwrap_or(Layer::Identity)).adding(policy));
}

fn profile(request: &Request<'_>, target: &Target, causes: &mut Causes) {
    if target.arn.account().is_empty() {
        causes.add(cause(
            "profile-arn-without-account",
            "the call names the profile by an ARN without an account, which is not the ARN of a profile",
            format!("the account field of {} is empty", code(target.arn.as_str())),
            format!("use the ID {} or the ARN with the account as the model ID of the call, and allow the profile and its models", code(&target.id)),
        ).at(Layer::Identity).adding(request.allow(Layer::Identity)));
        return;
    }
    let others = match &*request.action() {
        STREAMING => "`bedrock:InvokeModel` alone",
        _ => "`bedrock:InvokeModelWithResponseStream` alone",
    };
    causes.add(cause(
        "profile-not-allowed",
        format!("no identity-based policy of the caller allows the action on the inference profile; it is not enough to allow `foundation-model/*`, the other kind of profile (`inference-profile/…`, `application-inference-profile/…`), or {others}"),
        format!("the ARN is that of an {}", code(&target.kind)),
        "add the statements for the profile and the models behind it",
    ).at(Layer::Identity).adding(request.allow(Layer::Identity)));
    causes.add(cause(
        "other-profile",
        "the application calls another profile than the one that the policy allows, for example its default for small tasks",
        format!("the policy allows profiles, but not {}", code(&target.id)),
        "set the allowed profile as the model ID in every model setting of the application, including those for small and fallback models",
    ));
}

fn global_denied(target: &Target, denial: &Denial, causes: &mut Causes) {
    let id = &target.id;
    causes.add(cause(
        "global-routing",
        "a global inference profile routed the request to another region, and a `Deny` matches: one on regions, because `aws:RequestedRegion` is `unspecified` in such a request, or one on global profiles",
        "the region in the ARN of the model is empty",
        format!("call a geographic profile that the policy permits, such as `us.{id}` or `eu.{id}`; or exempt global profiles in the `Deny`: add `unspecified` to the values of `aws:RequestedRegion`, or add the condition `\"ArnNotLike\": {{\"bedrock:InferenceProfileArn\": \"arn:*:bedrock:*:*:inference-profile/global.*\"}}`"),
    ).at(denial.layer()));
}

fn region_denied(target: &Target, denial: &Denial, causes: &mut Causes) {
    let region = match target.arn.region() {
        "*" => "the region in the ARN".to_owned(),
        region => code(region),
    };
    let named = named_profile(denial.stated().plain(), &target.id);
    let sign = match &named {
        Some(id) => format!(
            "the text names the profile {}, and the ARN the model in {region}",
            code(id)
        ),
        None => {
            format!("the ARN names the model in {region}: compare it with the region of the call")
        }
    };
    let geography = named.as_deref().and_then(|id| Some(id.split_once('.')?.0));
    let geography = geography.or(match target.arn.region().split_once('-') {
        _ if target.arn.region().starts_with("us-gov") => Some("us-gov"),
        Some((known @ ("eu" | "us"), _)) => Some(known),
        // several geographies share the regions
        _ => None,
    });
    let exempt = geography.map_or_else(String::new, |it| format!(", or add the condition `\"ArnNotLike\": {{\"bedrock:InferenceProfileArn\": \"arn:*:bedrock:*:*:inference-profile/{it}.*\"}}` to it"));
    causes.add(cause(
        "region-denied",
        format!("a `Deny` on regions (`aws:RequestedRegion`) matches {region}, to which a geographic inference profile routed the request"),
        sign,
        format!("add {region} and the other destination regions of the profile to the values of `aws:RequestedRegion` in the `Deny`{exempt}, or exempt `bedrock:InvokeModel*` (in AWS Control Tower: as exempted actions of the region deny control); or use a profile or model whose regions are all permitted"),
    ).at(denial.layer()));
}

fn profile_denied(target: &Target, denial: &Denial, causes: &mut Causes) {
    let model = target.model();
    let (kind, change) = match target.id.starts_with("global.") {
        true => (
            "global profiles",
            format!(
                "call a geographic profile, such as `us.{model}` or `eu.{model}`; or exempt global profiles in the `Deny`"
            ),
        ),
        false => (
            "this profile or region",
            "call a profile that the policy permits, or exempt this one in the `Deny`".to_owned(),
        ),
    };
    causes.add(
        cause(
            "profile-denied",
            format!("a `Deny` on {kind} matches, and the application calls such a profile"),
            format!("the ARN is that of the profile {}", code(&target.id)),
            change,
        )
        .at(denial.layer()),
    );
}

fn guardrail(request: &Request<'_>, target: &Target, causes: &mut Causes) {
    let (partition, account) = (target.arn.partition(), target.arn.account());
    let arn = format!(
        "arn:{partition}:bedrock:*:{account}:guardrail-profile/{}",
        target.id
    );
    let everywhere = Request {
        resource: Some(&arn),
        ..*request
    };
    causes.add(cause(
        "guardrail-routing",
        format!("the guardrail uses cross-region inference, which routed it to {}, and the policy allows the guardrail profile only in other regions, or only the guardrail", code(target.arn.region())),
        "the ARN is that of a guardrail profile",
        "allow the guardrail profile in every region that it routes to, in addition to the guardrail",
    ).at(Layer::Identity).adding(everywhere.allow(Layer::Identity)));
}
