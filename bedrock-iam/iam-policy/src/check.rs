//! What is wrong with a policy, or could be: its Bedrock part against the reference, and what
//! needs no reference in the rest of it.
//!
//! ```
//! # #[cfg(all(feature = "bedrock", feature = "serde"))] {
//! use iam_policy::check::{Code, check};
//! use iam_policy::document::Document;
//!
//! let document: Document = serde_json::from_str(
//!     r#"{"Version": "2012-10-17", "Statement": [
//!         {"Effect": "Allow", "Action": "bedrock:Converse", "Resource": "*"}]}"#,
//! )?;
//! let findings = check(&document);
//! assert_eq!(findings[0].code, Code::OperationAsAction);
//! assert_eq!(findings[0].path, "Statement[0].Action");
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [`Code`] tells of each finding what it means and why it matters.

mod actions;
mod code;
mod dependent;
mod finding;
mod global;
mod in_effect;
mod keys;
mod operator;
mod pairs;
mod profiles;
mod redundant;
mod removed;
mod resources;
mod sensitive;
mod service;
mod set_operators;
mod shape;
mod siblings;
mod size;
mod statement;
mod values;
mod view;

pub use code::Code;
pub use finding::{Change, Finding, Fix, Severity};
pub(crate) use sensitive::Reason;

use crate::document::Document;
use finding::Findings;
use view::View;

/// Checks a document: what is found, by its place in the document, the worst first at each place.
///
/// Never fails and never panics, whatever the document holds. Statements of services whose modules
/// the crate was built without are left alone, except for what needs no facts.
#[must_use]
pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Findings::default();
    shape::document(document, &mut findings);
    let views = view::views(document);
    for view in &views {
        shape::statement(view, &mut findings);
        statement::check(view, &mut findings);
        actions::check(view, &mut findings);
        resources::check(view, &mut findings);
        pairs::check(view, &mut findings);
        keys::check(view, &mut findings);
        in_effect::check(view, &mut findings);
        set_operators::check(view, &mut findings);
        values::check(view, &mut findings);
        sensitive::check(view, &mut findings);
        redundant::entries(view, &mut findings);
    }
    whole(document, &views, &mut findings);
    findings.sorted()
}

/// What only the statements together tell.
fn whole(document: &Document, views: &[View<'_>], findings: &mut Findings) {
    redundant::statements(views, findings);
    siblings::check(views, findings);
    profiles::check(views, findings);
    dependent::check(views, findings);
    size::check(document, findings);
}
