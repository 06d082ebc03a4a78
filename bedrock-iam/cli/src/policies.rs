//! The policies that decide requests, from files by layer.

use std::error::Error;
use std::path::{Path, PathBuf};

use annotate_snippets::{Level, Renderer};
use bedrock_iam::AccountId;
use bedrock_iam::decide::{Explanation, Layer, Place, Policies};
use bedrock_iam::document::{self, Document};

use crate::arguments::PolicyFlags;
use crate::input::Input;
use crate::places::{Part, Places};
use crate::snippet;

/// The policies of the command line.
pub(crate) struct Given {
    pub(crate) policies: Policies,
    files: Vec<PolicyFile>,
}

/// A file with a policy, and the place of its policy.
struct PolicyFile {
    place: Place,
    input: Input,
}

impl Given {
    /// Returns the decision about a request in words, with the statement that decided underlined.
    pub(crate) fn shown(&self, explanation: &Explanation<'_>) -> String {
        let mut text = explanation.to_string();
        for change in explanation.changes() {
            text += &format!("\n  change: {change}");
        }
        for (place, path, message) in shown(explanation) {
            if let Some(file) = self.files.iter().find(|file| file.holds(place)) {
                text += &format!("\n\n{}", file.underlined(&path, &message));
            }
        }
        text
    }

    pub(crate) fn read(flags: &PolicyFlags) -> Result<Self, Box<dyn Error>> {
        let mut given = Self {
            policies: Policies::new(),
            files: Vec::new(),
        };
        if let Some(file) = &flags.policies {
            let input = Input::read(file)?;
            let policies = Policies::from_json(&input.text[input.start()..]);
            given.policies = policies.map_err(|error| format!("{}: {error}", input.name))?;
        }
        given.layer(Layer::Identity, &flags.identity, Policies::identity)?;
        given.layer(
            Layer::Resource,
            flags.resource_policy.as_slice(),
            Policies::resource,
        )?;
        given.layer(
            Layer::Boundary,
            flags.boundary.as_slice(),
            Policies::boundary,
        )?;
        given.layer(Layer::Session, &flags.session, Policies::session)?;
        given.layer(
            Layer::VpcEndpoint,
            flags.vpc_endpoint.as_slice(),
            Policies::vpc_endpoint,
        )?;
        for (level, files) in flags.scp.iter().enumerate() {
            let documents = given.documents(Layer::ServiceControl, level, &files.0)?;
            given.policies = given.policies.scp_level(documents);
        }
        for (level, files) in flags.rcp.iter().enumerate() {
            let documents = given.documents(Layer::ResourceControl, level, &files.0)?;
            given.policies = given.policies.rcp_level(documents);
        }
        if let Some(text) = &flags.management_account {
            given.policies = given.policies.management_account(AccountId::parse(text)?);
        }
        Ok(given)
    }

    fn layer(
        &mut self,
        layer: Layer,
        files: &[PathBuf],
        add: fn(Policies, Document) -> Policies,
    ) -> Result<(), Box<dyn Error>> {
        for document in self.documents(layer, 0, files)? {
            self.policies = add(std::mem::take(&mut self.policies), document);
        }
        Ok(())
    }

    fn documents(
        &mut self,
        layer: Layer,
        level: usize,
        files: &[PathBuf],
    ) -> Result<Vec<Document>, Box<dyn Error>> {
        let mut documents = Vec::new();
        for (policy, file) in files.iter().enumerate() {
            let input = Input::read(Path::new(file))?;
            let document = input.document()?;
            self.files.push(PolicyFile {
                place: Place::new(layer, level, policy, 0),
                input,
            });
            documents.push(document);
        }
        Ok(documents)
    }
}

impl PolicyFile {
    /// Returns whether the file has the statement at a place.
    fn holds(&self, place: Place) -> bool {
        let policy = |it: Place| (it.layer, it.level, it.policy);
        policy(place) == policy(self.place)
    }

    /// Renders the line with a part of a statement, underlined.
    fn underlined(&self, path: &document::Path, message: &str) -> String {
        let span = Places::read(&self.input).find(path, Part::Value);
        let title = Level::NOTE.primary_title(message);
        let title = title.elements(snippet::elements(&self.input, &span));
        Renderer::styled().render(&[title]).to_string()
    }
}

/// Returns the parts of statements to show, each with a message: the statement that decided, or why those
/// that could have allowed the request do not match.
fn shown(explanation: &Explanation<'_>) -> Vec<(Place, document::Path, String)> {
    let deciding = explanation.decision.deciding_statement();
    let deciding = deciding.and_then(|place| explanation.statement(place));
    if let Some(statement) = deciding {
        let message = format!("this statement decides: {statement}");
        return vec![(statement.place, statement.path.member("Effect"), message)];
    }
    let near = explanation.near().take(5);
    let mismatches = near.filter_map(|it| Some((it.place, it.mismatches.first()?)));
    mismatches
        .map(|(place, mismatch)| (place, mismatch.path.clone(), mismatch.message.clone()))
        .collect()
}
