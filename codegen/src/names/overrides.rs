//! Where the rules are not enough: single names, each with its reason. Those of a page that is a
//! module are in its overlay; these are of other pages, and of the global keys.
//!
//! An entry for a page that is read but that matches nothing there is an error, so that no entry
//! outlives what it was made for.

use iam_policy::wire::Service;

use crate::error::{Error, Result, quoted};
use crate::overlay::{Kind, Overlay};

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

/// The identifier that the overlay or an override gives.
pub(super) fn identifier<'a>(
    page: &str,
    overlay: &'a Overlay,
    kind: Kind,
    name: &str,
) -> Option<&'a str> {
    overlay.identifier(kind, name).or_else(|| {
        let found = of(page).find(|it| it.kind == kind && it.name == name);
        found.map(|it| it.identifier)
    })
}

fn of(page: &str) -> impl Iterator<Item = &'static Override> {
    IDENTIFIERS
        .iter()
        .filter(move |it| it.pages.contains(&page))
}

/// Checks that every override for a service's page matches something in it.
///
/// # Errors
/// The first that does not.
pub fn check(service: &Service) -> Result<()> {
    match of(&service.page).find(|it| !it.kind.is_in(service, it.name)) {
        None => Ok(()),
        Some(it) => Err(Error::new(
            format!(
                "an override for the {} {}, which the page lacks",
                it.kind.name(),
                quoted(it.name)
            ),
            "overrides that are needed",
        )
        .within("codegen/src/names/overrides.rs")
        .hint("remove it")),
    }
}
