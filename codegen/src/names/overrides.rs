//! Identifiers that override the rules, each with its reason: those of global condition keys and of
//! pages without a module. Those of modules are in the modules' overlays.
//!
//! An entry that matches nothing on its page is an error, so that obsolete entries are found.

use iam_policy::wire::Service;

use crate::error::{Error, Result, quoted};
use crate::overlay::{Kind, Overlay};

/// An identifier that overrides the rules.
#[derive(Clone, Copy, Debug)]
pub struct Override {
    /// The page that it applies to, by all names that the page has had, newest first.
    pub pages: &'static [&'static str],
    /// The kind of the name.
    pub kind: Kind,
    /// The name in the reference.
    pub name: &'static str,
    /// The identifier.
    pub identifier: &'static str,
    /// The reason.
    pub reason: &'static str,
}

/// All overrides.
pub(super) const IDENTIFIERS: &[Override] = &[
    Override {
        pages: &["codebuild", "awscodebuild"],
        kind: Kind::ConditionKey,
        name: "codebuild:environment.type",
        identifier: "EnvironmentDotType",
        reason: "`codebuild:environmentType` is a different key",
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

/// Creates an override for the snapshot of global keys, which is treated as a page.
const fn global(name: &'static str, identifier: &'static str, reason: &'static str) -> Override {
    Override {
        pages: &["global"],
        kind: Kind::ConditionKey,
        name,
        identifier,
        reason,
    }
}

/// Returns the identifier that the overlay or an override gives to a name.
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

/// Checks that every override for a service's page matches a name in it.
///
/// # Errors
/// Returns [`Error`] for the first override that does not.
pub fn check(service: &Service) -> Result<()> {
    match of(&service.page).find(|it| !it.kind.is_in(service, it.name)) {
        None => Ok(()),
        Some(it) => Err(Error::new(
            format!(
                "an override for the {} {}, which is not on the page",
                it.kind.name(),
                quoted(it.name)
            ),
            "overrides for names on the page",
        )
        .within("codegen/src/names/overrides.rs")
        .hint("remove it")),
    }
}
