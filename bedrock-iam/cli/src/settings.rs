//! Findings that a file of settings suppresses, each with the reason.

use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use bedrock_iam::check::Code;
use bedrock_iam::document;
use serde::Deserialize;

/// The file that is read from the working directory if no other one is named.
const DEFAULT: &str = "bedrock-iam.toml";

/// The settings of a project.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The suppressed findings.
    #[serde(default)]
    allow: Vec<Allow>,
}

/// A finding that is accepted, for a reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allow {
    /// The code.
    code: String,
    /// The end of the path of the file, such as `roles/admin.json`; any file by default.
    file: Option<String>,
    /// The path in the document, or one above it, such as `Statement[0]`; any by default.
    path: Option<String>,
    /// Why the finding is accepted.
    reason: String,
}

impl Settings {
    /// Reads a file; without a name, the default one if it exists.
    pub(crate) fn read(path: Option<&Path>, codes: &[&str]) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path.unwrap_or(Path::new(DEFAULT)));
        let name = path.map_or_else(|| DEFAULT.to_owned(), |path| path.display().to_string());
        let text = match text {
            Err(error) if error.kind() == ErrorKind::NotFound && path.is_none() => {
                return Ok(Self::default());
            }
            text => text.map_err(|error| format!("{name}: {error}"))?,
        };
        let settings: Self =
            toml::from_str(&text).map_err(|error| format!("{name}: {}", error.message()))?;
        for allow in &settings.allow {
            if !codes.contains(&allow.code.as_str()) {
                let hint = "`bedrock-iam check --help` lists the codes";
                return Err(
                    format!("{name}: found the code `{}`; hint: {hint}", allow.code).into(),
                );
            }
            if allow.reason.trim().is_empty() {
                let code = &allow.code;
                return Err(format!("{name}: `{code}` is allowed without a `reason`").into());
            }
        }
        Ok(settings)
    }

    /// Returns whether a finding in a file is suppressed.
    pub(crate) fn allow(&self, file: &str, code: Code, path: &document::Path) -> bool {
        if self.allow.is_empty() {
            return false;
        }
        let place = path.to_string();
        self.allow.iter().any(|allow| {
            let is_file = |end: &String| Path::new(file).ends_with(end);
            let is_path = |path: &String| {
                let rest = place.strip_prefix(path.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            code.as_str() == allow.code
                && allow.file.as_ref().is_none_or(is_file)
                && allow.path.as_ref().is_none_or(is_path)
        })
    }
}
