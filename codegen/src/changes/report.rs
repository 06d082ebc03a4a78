//! All that changed, service by service.

use serde::Serialize;

use super::finding::Finding;
use super::lines::{Line, Section};
use super::renames::Rename;
use super::verdict::{Bump, Verdict};
use super::wildcards::Coverage;

/// What changed of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceChanges {
    /// The crate's module, or the page's name where the crate has none.
    pub module: String,
    /// The service's name.
    pub service: String,
    /// What the names of its actions begin with.
    pub prefix: String,
    /// What its changes together ask of the crate's version.
    pub bump: Bump,
    /// What changed: first what touches security, last what no policy can tell.
    pub changes: Vec<Finding>,
    /// Names that perhaps took another one's place; both stand among the changes too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renames: Vec<Rename>,
    /// Wildcards that cover new actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wildcards: Vec<Coverage>,
    /// All of this in sentences, what is said of several rows in one: what a person reads.
    #[serde(skip)]
    pub lines: Vec<Line>,
}

impl ServiceChanges {
    /// The lines of a section, in their order.
    pub fn lines_of(&self, section: Section) -> Vec<&Line> {
        let of_section = |line: &&Line| line.section == section;
        self.lines.iter().filter(of_section).collect()
    }
}

/// What changed of all services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What it asks of the crate's version.
    pub version: Verdict,
    /// The services that changed, by module.
    pub services: Vec<ServiceChanges>,
}

impl Report {
    /// Puts services together; `version` is the crate's before the changes, if it is known.
    pub fn new(mut services: Vec<ServiceChanges>, version: Option<&str>) -> Self {
        services.sort_by(|a, b| a.module.cmp(&b.module));
        let bump = services.iter().map(|it| it.bump).max().unwrap_or_default();
        Self {
            version: Verdict::new(bump, version),
            services,
        }
    }

    /// Whether no fact changed.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }
}
