//! Checks that the models behind an inference profile are allowed in the regions to which it routes.
//!
//! A request through a profile is authorized on the profile and on the model in the region that serves
//! it. For a global profile, that is the model in the region of the call, and the model without a
//! region, with `unspecified` as the value of `aws:RequestedRegion`. Sources, read on 2026-11-26:
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html>,
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html>.

use iam_policy::ArnPattern;
use iam_policy::check::rule::{
    DocumentView, Findings, KeyComparison, ResourceEntry, Rule, StatementView,
};
use iam_policy::check::{Change, Code, Severity};

use super::profiles::{allowing, covers_invocation};

/// A geography in the ids of profiles.
struct Geography {
    /// The prefix of the ids.
    prefix: &'static str,
    /// A pattern of regions to which each profile of the geography routes.
    within: &'static str,
    /// The regions that do not depend on the model.
    regions: &'static [&'static str],
}

const fn geography(
    prefix: &'static str,
    within: &'static str,
    regions: &'static [&'static str],
) -> Geography {
    Geography {
        prefix,
        within,
        regions,
    }
}

const GEOGRAPHIES: &[Geography] = &[
    geography("apac", "ap-*", &[]),
    geography("au", "ap-*", &["ap-southeast-2", "ap-southeast-4"]),
    geography("ca", "?*", &[]),
    geography("eu", "eu-*", &[]),
    geography("jp", "ap-*", &["ap-northeast-1", "ap-northeast-3"]),
    geography("us", "us-*", &[]),
    geography("us-gov", "us-gov-*", &[]),
];
/// The number of times that profiles are compared with models, each with all. No policy of a size that
/// IAM accepts needs as many.
const MOST_COMPARISONS: usize = 250_000;
/// The words of findings about models in one region only.
pub(crate) const ONE_REGION: &str = ", but its model is allowed only in ";
pub(crate) const GLOBAL: &str = "global";
const REGION_KEY: &str = "aws:RequestedRegion";
/// The value of `aws:RequestedRegion` in a request that a global profile routes to another region.
pub(crate) const UNSPECIFIED: &str = "unspecified";

/// `profile-regions`: an inference profile is allowed without its model in the regions to which it
/// routes. Requests fail when they are routed there.
pub const PROFILE_REGIONS: Code = Code::new(
    "profile-regions",
    Severity::Warning,
    " an inference profile is allowed without its model in the regions to which it routes. Requests\n \
     fail when they are routed there.\n",
);

/// `profile-id-as-model`: the id of an inference profile in the ARN of a foundation model. It matches
/// no model.
pub const PROFILE_ID_AS_MODEL: Code = Code::new(
    "profile-id-as-model",
    Severity::Error,
    " the id of an inference profile in the ARN of a foundation model. It matches no model.\n",
);

pub(super) const RULE: Rule = Rule {
    codes: &[PROFILE_ID_AS_MODEL, PROFILE_REGIONS],
    check,
};

/// The id of an inference profile of AWS.
pub(crate) struct ProfileId<'a> {
    /// The id.
    id: &'a str,
    /// The part of the id that states the geography, or `global`.
    geography: &'a str,
    /// The id of the model, which may contain wildcards.
    model: &'a str,
}

impl<'a> ProfileId<'a> {
    /// Reads the id of a profile. `None` if it does not state its geography, such as `*`.
    pub(crate) fn parse(id: &'a str) -> Option<Self> {
        let (geography, model) = id.split_once('.')?;
        let is_known = geography == GLOBAL || GEOGRAPHIES.iter().any(|it| it.prefix == geography);
        is_known.then_some(Self {
            id,
            geography,
            model,
        })
    }

    /// Returns the pattern of the model's ARN with a region field.
    pub(crate) fn model_in(&self, partition: &str, region: &str) -> Option<ArnPattern> {
        let model = self.model;
        let arn = format!("arn:{partition}:bedrock:{region}::foundation-model/{model}");
        ArnPattern::parse(&arn).ok()
    }
}

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for entry in &statement.resources {
            id_as_model(statement, entry, findings);
        }
    }
    let Some(allowing) = allowing(view) else {
        return;
    };
    let all: usize = allowing.iter().map(|it| it.resources.len()).sum();
    let mut left = MOST_COMPARISONS;
    for statement in &allowing {
        for entry in &statement.resources {
            let Some(arn) = entry
                .pattern
                .as_ref()
                .filter(|it| it.service() == "bedrock")
            else {
                continue;
            };
            let id = arn.resource().strip_prefix("inference-profile/");
            let Some(profile) = id.and_then(ProfileId::parse) else {
                continue;
            };
            left = left.saturating_sub(all);
            if left == 0 {
                return;
            }
            let place = Place {
                view,
                allowing: &allowing,
                statement,
                entry,
                arn,
            };
            if profile.geography == GLOBAL {
                place.global(&profile, findings);
            } else {
                place.geographic(&profile, findings);
            }
        }
    }
}

fn id_as_model(statement: &StatementView<'_>, entry: &ResourceEntry<'_>, findings: &mut Findings) {
    let Some(arn) = entry
        .pattern
        .as_ref()
        .filter(|it| it.service() == "bedrock")
    else {
        return;
    };
    let id = arn.resource().strip_prefix("foundation-model/");
    let Some(profile) = id.and_then(ProfileId::parse) else {
        return;
    };
    let message = format!(
        "`{}` is the id of an inference profile, so `{}` matches no model; expected `foundation-model/{}`, or the profile's ARN",
        profile.id, entry.text, profile.model
    );
    let finding = findings.add(PROFILE_ID_AS_MODEL, statement.resource_path(entry), message);
    if let Some(model) = profile.model_in(arn.partition(), arn.region()) {
        finding.set_fix(Change::Replace(vec![model.to_string()]));
    }
}

/// A profile in a list of resources, and what else the document allows.
struct Place<'a> {
    view: &'a DocumentView<'a>,
    allowing: &'a [&'a StatementView<'a>],
    statement: &'a StatementView<'a>,
    entry: &'a ResourceEntry<'a>,
    arn: &'a ArnPattern,
}

impl Place<'_> {
    /// Returns the entries that match a model, each with its statement.
    fn matching(
        &self,
        model: Option<&ArnPattern>,
    ) -> Vec<(&StatementView<'_>, &ResourceEntry<'_>)> {
        let statements = self.allowing.iter();
        let entries = statements.flat_map(|it| it.resources.iter().map(|entry| (*it, entry)));
        let matches = |entry: &ResourceEntry<'_>| match (&entry.pattern, model) {
            (Some(pattern), Some(model)) => pattern.meets(model),
            _ => true,
        };
        entries.filter(|(_, entry)| matches(entry)).collect()
    }

    fn report(&self, findings: &mut Findings, message: String) {
        let path = self.statement.resource_path(self.entry);
        findings.add(PROFILE_REGIONS, path, message);
    }

    fn global(&self, profile: &ProfileId<'_>, findings: &mut Findings) {
        let (partition, id) = (self.arn.partition(), profile.id);
        let own = match self.arn.region() {
            region if region.is_empty() || region.contains(['*', '?', '$']) => "?*",
            region => region,
        };
        if self
            .matching(profile.model_in(partition, own).as_ref())
            .is_empty()
        {
            let region = if own == "?*" { "a region" } else { own };
            self.report(
                findings,
                format!("`{id}` is a global profile, but no statement allows its model in {region}, from which it is called"),
            );
        }
        let model = profile.model_in(partition, "");
        let found = self.matching(model.as_ref());
        if found.is_empty() {
            let model = model.as_ref().map_or("", ArnPattern::as_str);
            self.report(
                findings,
                format!("`{id}` is a global profile, but no statement allows its model without a region, `{model}`"),
            );
            return;
        }
        let blocking = |(statement, _): &(&StatementView<'_>, &ResourceEntry<'_>)| {
            let mut limits = statement.comparisons.iter();
            limits.position(|it| !admits(it, UNSPECIFIED))
        };
        if let Some((statement, at)) = found
            .iter()
            .map(|it| blocking(it).map(|at| (it.0, at)))
            .min_by_key(Option::is_some)
            .flatten()
        {
            let limit = &statement.comparisons[at];
            findings.add(
                PROFILE_REGIONS,
                statement.comparison_path(limit),
                blocked(id, limit),
            );
        } else if let Some((statement, limit)) = self.denying(model.as_ref()) {
            findings.add(
                PROFILE_REGIONS,
                statement.comparison_path(limit),
                blocked(id, limit),
            );
        }
    }

    /// Returns the region condition of a statement that denies a global profile's requests to other
    /// regions.
    fn denying(
        &self,
        model: Option<&ArnPattern>,
    ) -> Option<(&StatementView<'_>, &KeyComparison<'_>)> {
        let mut denying = self.view.statements.iter().filter(|it| it.denies());
        denying.find_map(|statement| {
            // Another condition may exempt the caller.
            let [limit] = statement.comparisons.as_slice() else {
                return None;
            };
            let meets = |entry: &ResourceEntry<'_>| match (&entry.pattern, model) {
                (Some(pattern), Some(model)) => pattern.meets(model),
                _ => true,
            };
            let applies = !statement.has_not_resource()
                && covers_invocation(statement)
                && statement.resources.iter().any(meets);
            let denies = is_region(limit) && is_negated(limit) && admits(limit, UNSPECIFIED);
            (applies && denies).then_some((statement, limit))
        })
    }

    fn geographic(&self, profile: &ProfileId<'_>, findings: &mut Findings) {
        let (partition, id) = (self.arn.partition(), profile.id);
        let found = self.matching(profile.model_in(partition, "?*").as_ref());
        if found.is_empty() {
            let any = ArnPattern::parse("arn:*:bedrock:*::foundation-model/*").ok();
            // If no model is allowed at all, another rule reports it.
            if !self.matching(any.as_ref()).is_empty() {
                let message = format!(
                    "no statement allows `{}`, the model that the profile `{id}` calls",
                    profile.model
                );
                self.report(findings, message);
            }
            return;
        }
        let mut known = GEOGRAPHIES.iter();
        let Some(geography) = known.find(|it| it.prefix == profile.geography) else {
            return;
        };
        let is_missing = |region: &&&str| {
            let model = profile.model_in(partition, region);
            self.matching(model.as_ref()).is_empty()
        };
        let within = profile.model_in(partition, geography.within);
        if self.matching(within.as_ref()).is_empty() {
            let message = format!(
                "the profile `{id}` routes to regions `{}`, where no statement allows its model",
                geography.within
            );
            self.report(findings, message);
            return;
        }
        let missing: Vec<_> = geography.regions.iter().filter(is_missing).collect();
        if !missing.is_empty() {
            let missing: Vec<_> = missing.iter().map(|it| format!("`{it}`")).collect();
            let message = format!(
                "the profile `{id}` also routes to {}, where no statement allows its model",
                missing.join(" and ")
            );
            self.report(findings, message);
            return;
        }
        // Only one region is certainly too few. Which others there are depends on the model.
        let only = |(statement, entry): &(&StatementView<'_>, &ResourceEntry<'_>)| {
            let arn = entry.pattern.as_ref();
            let region = arn.map(ArnPattern::region);
            let region = region.filter(|it| !it.contains(['*', '?', '$']));
            let limit = statement
                .comparisons
                .iter()
                .position(|it| only_region(it).is_some());
            match (region, limit) {
                (Some(region), _) => Some((region.to_owned(), None)),
                (None, Some(at)) => {
                    let region = only_region(&statement.comparisons[at])?.to_owned();
                    Some((region, Some(at)))
                }
                (None, None) => None,
            }
        };
        let regions: Option<Vec<_>> = found.iter().map(only).collect();
        let regions = regions.unwrap_or_default();
        let Some((first, rest)) = regions.split_first() else {
            return;
        };
        if rest.iter().any(|it| it.0 != first.0) {
            return;
        }
        let message = format!(
            "the profile `{id}` routes to several regions{ONE_REGION}`{}`; expected the model in each of them, which `GetInferenceProfile` lists",
            first.0
        );
        let (statement, entry) = found[0];
        let path = match first.1 {
            Some(at) => statement.comparison_path(&statement.comparisons[at]),
            None => statement.resource_path(entry),
        };
        findings.add(PROFILE_REGIONS, path, message);
    }
}

fn blocked(id: &str, limit: &KeyComparison<'_>) -> String {
    format!(
        "`{id}` is a global profile: when it routes a request to another region, `{}` is `{UNSPECIFIED}`, which this condition excludes",
        limit.key
    )
}

fn is_region(comparison: &KeyComparison<'_>) -> bool {
    comparison.key.eq_ignore_ascii_case(REGION_KEY)
}

fn is_negated(comparison: &KeyComparison<'_>) -> bool {
    let written = comparison.written.to_ascii_lowercase();
    written.contains("stringnot")
}

/// Returns the only region that a condition admits.
fn only_region<'a>(comparison: &KeyComparison<'a>) -> Option<&'a str> {
    let [value] = comparison.values.as_slice() else {
        return None;
    };
    let value = value.as_str()?;
    let is_plain = !value.contains(['*', '?', '$']);
    (is_region(comparison) && !is_negated(comparison) && is_plain).then_some(value)
}

/// Returns whether a condition can be true for a request with this region. A condition on another
/// key can.
fn admits(comparison: &KeyComparison<'_>, region: &str) -> bool {
    let written = comparison.written.to_ascii_lowercase();
    if !is_region(comparison) || !written.contains("string") {
        return true;
    }
    let is_like = written.contains("like");
    // The region field of a pattern is matched in the same way.
    let matches = |value: &str| match is_like {
        true => {
            let pattern = ArnPattern::parse(&format!("arn:::{value}::"));
            pattern.is_ok_and(|it| it.matches(&format!("arn:::{region}::")))
        }
        false => value == region,
    };
    let mut values = comparison.values.as_slice().iter();
    let found = values.any(|value| {
        value
            .as_str()
            .is_some_and(|it| it.contains('$') || matches(it))
    });
    found != is_negated(comparison)
}
