//! From changes to what they mean.

use super::compare::between;
use super::finding::Finding;
use super::headline::{Named, headline};
use super::lines;
use super::meaning::meaning;
use super::renames;
use super::report::ServiceChanges;
use super::security;
use super::verdict;
use super::wildcards::{self, Wildcard};
use super::words::Sides;
use crate::model::Service;
use crate::sensitive::Sensitive;

/// What changes are held against.
#[derive(Clone, Copy, Debug)]
pub struct Criteria<'a> {
    /// The actions that are known to be sensitive.
    pub sensitive: &'a Sensitive,
    /// The wildcards of policies that somebody has in use; those that people commonly write are
    /// looked at anyway.
    pub wildcards: &'a [Wildcard],
}

/// What changed of a service and what that means; none if no fact did. Either state may be missing.
pub fn service(
    module: &str,
    old: Option<&Service>,
    new: Option<&Service>,
    criteria: &Criteria<'_>,
) -> Option<ServiceChanges> {
    let changes = between(old, new);
    let known = new.or(old)?;
    if changes.is_empty() {
        return None;
    }
    let sides = Sides { old, new };
    let lost = verdict::lost(old, new);
    let mut findings: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let rows = lines::rows(&change, sides);
            let security = security::marks(&change, sides, criteria.sensitive);
            Finding {
                headline: headline(&change, &rows, Named::Few, sides),
                meaning: meaning(&change, &rows, !security.is_empty(), sides),
                bump: verdict::bump(&change, &lost),
                security,
                change,
            }
        })
        .collect();
    // what has no mark comes after every kind of mark
    findings.sort_by_key(|it| {
        it.security
            .first()
            .map_or((true, None), |mark| (false, Some(mark.kind)))
    });
    let renames = match (old, new) {
        (Some(old), Some(new)) => renames::guess(old, new),
        _ => Vec::new(),
    };
    let wildcards = wildcards::covered(sides, criteria.wildcards, criteria.sensitive);
    Some(ServiceChanges {
        module: module.to_owned(),
        service: known.service.clone(),
        prefix: known.prefix.clone(),
        bump: findings.iter().map(|it| it.bump).max().unwrap_or_default(),
        lines: lines::lines(&findings, &renames, &wildcards, sides),
        changes: findings,
        renames,
        wildcards,
    })
}
