//! Where a rule is not enough: single names and placeholders, each with its reason.
//!
//! An entry for a page that is read but that matches nothing there is an error, so that no entry
//! outlives what it was made for.

use super::Kind;
use crate::error::{Error, Result, quoted};
use crate::model::Service;
use crate::template::{self, ArnPiece};

/// An identifier that the rules would not give.
#[derive(Clone, Copy, Debug)]
pub struct Override {
    /// The pages it is for: all names of one service's page, newest first.
    pub pages: &'static [&'static str],
    /// What kind of name it replaces.
    pub kind: Kind,
    /// The name in the reference.
    pub name: &'static str,
    /// The identifier it gets.
    pub identifier: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Identifiers that the rules would not give.
pub(super) const IDENTIFIERS: &[Override] = &[
    Override {
        pages: &["codebuild", "awscodebuild"],
        kind: Kind::ConditionKey,
        name: "codebuild:environment.type",
        identifier: "EnvironmentDotType",
        reason: "`codebuild:environmentType` is a key of its own",
    },
    global(
        "aws:CalledViaAWSMCP",
        "CalledViaAwsMcp",
        "two abbreviations in a row would become one word",
    ),
    global(
        "aws:ViaAWSMCPService",
        "ViaAwsMcpService",
        "two abbreviations in a row would become one word",
    ),
    global(
        "aws:Ec2InstanceSourcePrivateIPv4",
        "Ec2InstanceSourcePrivateIpv4",
        "`IPv4` would become two words",
    ),
];

/// One for the snapshot of global keys, which counts as a page of its own.
const fn global(name: &'static str, identifier: &'static str, reason: &'static str) -> Override {
    Override {
        pages: &["global"],
        kind: Kind::ConditionKey,
        name,
        identifier,
        reason,
    }
}

/// What a placeholder may hold beside letters, digits and harmless signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Neither `:` nor `/`: the default.
    Strict,
    /// `:`.
    Colon,
    /// `/`.
    Slash,
    /// Both.
    Path,
}

/// A placeholder whose values hold a delimiter.
#[derive(Clone, Copy, Debug)]
pub struct PlaceOverride {
    /// The pages it is for: all names of one service's page.
    pub pages: &'static [&'static str],
    /// The resource type.
    pub resource_type: &'static str,
    /// The placeholder's name.
    pub placeholder: &'static str,
    /// What it may hold.
    pub place: Place,
    /// Why, with an example.
    pub reason: &'static str,
}

const BEDROCK: &[&str] = &["bedrock", "amazonbedrock"];

const fn bedrock(resource_type: &'static str, place: Place, reason: &'static str) -> PlaceOverride {
    PlaceOverride {
        pages: BEDROCK,
        resource_type,
        placeholder: "ResourceId",
        place,
        reason,
    }
}

/// The placeholders that may hold more than the strict default.
///
/// Source of the formats: the patterns of the ARN members in the Amazon Bedrock API Reference.
pub const PLACES: &[PlaceOverride] = &[
    bedrock(
        "foundation-model",
        Place::Colon,
        "model ids end in a version: `anthropic.claude-3-haiku-20240307-v1:0`",
    ),
    bedrock(
        "inference-profile",
        Place::Colon,
        "named after its model: `us.anthropic.claude-3-haiku-20240307-v1:0`",
    ),
    bedrock(
        "default-prompt-router",
        Place::Colon,
        "ends in a version: `anthropic.claude:1`",
    ),
    bedrock(
        "guardrail-profile",
        Place::Colon,
        "ends in a version: `us.guardrail.v1:0`",
    ),
    bedrock(
        "custom-model",
        Place::Path,
        "base model and id: `amazon.titan-text-express-v1:0:8k/1y5n57gh5y2e`",
    ),
    bedrock(
        "model-customization-job",
        Place::Path,
        "base model and id: `amazon.titan-text-express-v1:0:8k/1y5n57gh5y2e`",
    ),
];

/// A resource type whose ARNs may lack the region that their template has.
#[derive(Clone, Copy, Debug)]
pub struct RegionOverride {
    /// The pages it is for: all names of one service's page, newest first.
    pub pages: &'static [&'static str],
    /// The resource type.
    pub resource_type: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// The resource types whose region may be empty; of all others it has to be said.
///
/// Source: the Amazon Bedrock User Guide on global cross-Region inference.
pub const REGIONLESS: &[RegionOverride] = &[RegionOverride {
    pages: BEDROCK,
    resource_type: "foundation-model",
    reason: "a global inference profile invokes `arn:aws:bedrock:::foundation-model/…`",
}];

/// Whether the region of a resource type's ARNs may be empty.
pub(crate) fn may_lack_region(page: &str, resource_type: &str) -> bool {
    REGIONLESS
        .iter()
        .any(|it| it.pages.contains(&page) && it.resource_type == resource_type)
}

/// The identifier that an override gives.
pub(super) fn identifier(page: &str, kind: Kind, name: &str) -> Option<String> {
    let found = IDENTIFIERS
        .iter()
        .find(|it| it.pages.contains(&page) && it.kind == kind && it.name == name);
    found.map(|it| it.identifier.to_owned())
}

/// What a placeholder may hold.
pub(crate) fn place(page: &str, resource_type: &str, placeholder: &str) -> Place {
    let found = PLACES.iter().find(|it| {
        it.pages.contains(&page)
            && it.resource_type == resource_type
            && it.placeholder == placeholder
    });
    found.map_or(Place::Strict, |it| it.place)
}

/// Checks that every override for a service's page matches something in it.
///
/// # Errors
/// The first that does not.
pub fn check(service: &Service) -> Result<()> {
    let unmatched = |what: String| {
        Err(Error::new(
            format!("an override for {what}, which the page lacks"),
            "overrides that are needed",
        )
        .within("codegen/src/names/overrides.rs")
        .hint("remove it"))
    };
    for it in IDENTIFIERS
        .iter()
        .filter(|it| it.pages.contains(&service.page.as_str()))
    {
        let matched = match it.kind {
            Kind::Action => service.actions.contains_key(it.name),
            Kind::ResourceType => service.resource_types.contains_key(it.name),
            Kind::ConditionKey => service.condition_keys.contains_key(it.name),
            Kind::Operation => service
                .operations
                .iter()
                .any(|operation| operation.operation == it.name),
            Kind::Placeholder => service
                .resource_types
                .values()
                .any(|resource_type| has_placeholder(&resource_type.arn, it.name)),
        };
        if !matched {
            return unmatched(format!("the {} {}", it.kind.name(), quoted(it.name)));
        }
    }
    // an older page may lack a newer resource type: only the newest is held to all of them
    for it in PLACES
        .iter()
        .filter(|it| it.pages.first() == Some(&service.page.as_str()))
    {
        let resource_type = service.resource_types.get(it.resource_type);
        if !resource_type
            .is_some_and(|resource_type| has_placeholder(&resource_type.arn, it.placeholder))
        {
            return unmatched(format!(
                "the placeholder {} of {}",
                quoted(it.placeholder),
                quoted(it.resource_type)
            ));
        }
    }
    for it in REGIONLESS
        .iter()
        .filter(|it| it.pages.first() == Some(&service.page.as_str()))
    {
        if !service.resource_types.contains_key(it.resource_type) {
            return unmatched(format!("the resource type {}", quoted(it.resource_type)));
        }
    }
    Ok(())
}

fn has_placeholder(arn: &str, name: &str) -> bool {
    template::arn(arn).is_ok_and(|pieces| pieces.contains(&ArnPiece::Placeholder(name.to_owned())))
}
