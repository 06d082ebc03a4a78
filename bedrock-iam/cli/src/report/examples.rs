//! Examples of policies with and without the findings of each code, from `rules.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bedrock_iam::check::Code;
use serde::Deserialize;

/// The examples of a code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    /// The kind as which both are checked; what they show by default.
    pub(crate) kind: Option<String>,
    /// The text of a policy with the finding.
    pub(crate) bad: String,
    /// The same without it.
    pub(crate) good: String,
}

static EXAMPLES: LazyLock<BTreeMap<String, Example>> =
    LazyLock::new(|| toml::from_str(include_str!("../rules.toml")).unwrap_or_default());

/// Returns the example of a code.
pub(crate) fn of(code: Code) -> Option<&'static Example> {
    EXAMPLES.get(code.as_str())
}

impl Example {
    /// Returns the words for the kind, if it is not the one that the policies show.
    pub(crate) fn as_kind(&self) -> String {
        let kind = self.kind.as_ref();
        kind.map_or_else(String::new, |kind| format!(" (`--kind {kind}`)"))
    }
}
