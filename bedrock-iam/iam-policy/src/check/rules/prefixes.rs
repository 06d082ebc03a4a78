//! Checks service prefixes of actions, and service fields of ARNs, for services that do not exist.

use std::collections::HashMap;

use crate::aws::product_names;
use crate::check::rule::{ActionEntry, DocumentView, Findings, ResourceEntry, Rule};
use crate::check::{Change, Code, Severity};
use crate::document::Path;
use crate::text::names::nearest_of_plain;
use crate::{ArnPattern, Catalog};

use super::actions::{MOST, always_required};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UNKNOWN_SERVICE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut seen = HashMap::new();
    // most actions are of the service of the action before
    let mut existing = None;
    for statement in &view.statements {
        for action in &statement.actions {
            let prefix = action.prefix();
            if prefix.is_some() && prefix == existing {
                continue;
            }
            existing = prefix.filter(|it| is_prefix(view.catalog, it));
            if existing.is_none() {
                let path = || statement.action_path(action);
                of_action(view.catalog, action, path, &mut seen, findings);
            }
        }
        for entry in &statement.resources {
            let path = || statement.resource_path(entry);
            of_resource(view.catalog, entry, path, &mut seen, findings);
        }
    }
}

/// The services that were probably meant, by the given name: a search is slow.
type Seen<'a> = HashMap<String, Option<Meant<'a>>>;

/// The service that was probably meant.
#[derive(Clone, Copy)]
struct Meant<'a> {
    prefix: &'a str,
    /// Whether the given name is that of an SDK client or endpoint of the service.
    is_client: bool,
}

/// Returns the service that is meant by a name that is not a service prefix.
fn meant<'a>(catalog: &'a Catalog, name: &str) -> Option<Meant<'a>> {
    let plain = product_names::plain(name);
    let mut clients = catalog
        .services()
        .iter()
        .flat_map(|it| it.overlay.not_prefixes);
    if let Some(row) = clients.find(|row| product_names::plain(row.name) == plain) {
        return Some(Meant {
            prefix: row.prefix,
            is_client: true,
        });
    }
    let names = catalog.prefixes()?.names;
    let same = || {
        let is_same = |known: &str| {
            let letters = known.bytes().filter(|it| *it != b'-');
            letters.eq(plain.bytes())
        };
        let mut names = names.iter().copied();
        names.find(|known| is_same(known) || known.strip_prefix("aws-").is_some_and(is_same))
    };
    let prefix = product_names::prefix(&plain)
        .or_else(same)
        .or_else(|| nearest_of_plain(names.iter().copied(), name))?;
    Some(Meant {
        prefix,
        is_client: false,
    })
}

fn known<'a>(catalog: &'a Catalog, name: &str, seen: &mut Seen<'a>) -> Option<Meant<'a>> {
    let is_searched = seen.len() < MOST;
    let known = seen.entry(name.to_ascii_lowercase());
    *known.or_insert_with(|| is_searched.then(|| meant(catalog, name)).flatten())
}

/// Describes a name that is not a service prefix.
fn not_a_prefix(catalog: &Catalog, name: &str, meant: Option<&Meant<'_>>) -> String {
    match (meant, catalog.prefixes()) {
        (Some(meant), _) if meant.is_client => format!(
            "`{name}` is the name of an SDK client or endpoint, not a service prefix; expected `{}`",
            meant.prefix
        ),
        (_, Some(all)) => format!(
            "`{name}` is not a service prefix in the list of {}",
            all.date
        ),
        (_, None) => format!("`{name}` is not a service prefix"),
    }
}

/// Returns whether a service has the prefix, as far as the facts state.
pub(super) fn is_prefix(catalog: &Catalog, prefix: &str) -> bool {
    catalog.with_prefix(prefix).next().is_some()
        || catalog.prefixes().is_some_and(|all| all.contains(prefix))
}

fn of_action<'a>(
    catalog: &'a Catalog,
    action: &ActionEntry<'_>,
    path: impl Fn() -> Path,
    seen: &mut Seen<'a>,
    findings: &mut Findings,
) {
    let (Some(_), Some((prefix, name))) = (&action.pattern, action.text.split_once(':')) else {
        return;
    };
    if prefix.contains(['*', '?']) {
        return;
    }
    let meant = known(catalog, prefix, seen);
    // Without the list, only names of clients are certain.
    if catalog.prefixes().is_none() && meant.is_none() {
        return;
    }
    let mut message = not_a_prefix(catalog, prefix, meant.as_ref());
    let Some(meant) = meant else {
        findings.add(Code::UNKNOWN_SERVICE, path(), message);
        return;
    };
    let corrected = format!("{}:{name}", meant.prefix);
    let (actions, is_certain) = match action.is_exact() {
        true => (instead(catalog, &corrected), false),
        false => (Vec::new(), matches_any(catalog, &corrected)),
    };
    let is_certain = meant.is_client || is_certain || !actions.is_empty();
    let severity = match is_certain {
        true => Severity::Error,
        false => Severity::Warning,
    };
    if actions.is_empty() && !meant.is_client {
        message += &format!("; did you mean `{corrected}`?");
    }
    let finding = findings.add_with_severity(Code::UNKNOWN_SERVICE, severity, path(), message);
    if !actions.is_empty() {
        finding.set_fix(Change::Replace(actions));
    }
}

/// Returns the actions that a name with the right prefix stands for: itself, or those that the API
/// operation of this name requires. Empty if the catalog has neither.
fn instead(catalog: &Catalog, corrected: &str) -> Vec<String> {
    if let Some(action) = catalog.find(corrected) {
        return vec![action.to_owned()];
    }
    let Some((prefix, name)) = corrected.split_once(':') else {
        return Vec::new();
    };
    let mut services = catalog.with_prefix(prefix).map(|(_, service)| service);
    let found = services.find_map(|service| Some((service, service.find_operation(name)?)));
    let actions = found.map(|(service, operation)| always_required(service, operation));
    let actions = actions.into_iter().flatten();
    actions.map(str::to_owned).collect()
}

fn matches_any(catalog: &Catalog, pattern: &str) -> bool {
    crate::ActionPattern::parse(pattern)
        .is_ok_and(|pattern| pattern.expand(catalog).next().is_some())
}

fn of_resource<'a>(
    catalog: &'a Catalog,
    entry: &ResourceEntry<'_>,
    path: impl Fn() -> Path,
    seen: &mut Seen<'a>,
    findings: &mut Findings,
) {
    let Some(pattern) = &entry.pattern else {
        return;
    };
    let Some(field) = pattern.plain_service().filter(|field| !field.is_empty()) else {
        return;
    };
    let exact = |prefix: &str| {
        let mut services = catalog.with_prefix(prefix);
        services.any(|(_, service)| service.prefix == prefix)
    };
    let has_types = !entry.types.is_empty();
    if has_types || exact(field) || catalog.prefixes().is_some_and(|all| all.in_arns(field)) {
        return;
    }
    let mut add = |severity, message, fixed: Option<&str>| {
        let finding = findings.add_with_severity(Code::UNKNOWN_SERVICE, severity, path(), message);
        if let Some(service) = fixed {
            finding.set_fix(Change::Replace(vec![with_service(pattern, service)]));
        }
    };
    let lower = field.to_ascii_lowercase();
    if lower != field && (exact(&lower) || catalog.prefixes().is_some_and(|it| it.in_arns(&lower)))
    {
        let message = format!(
            "`{field}` in `{}` has upper-case letters; expected `{lower}`, because ARNs are case-sensitive",
            entry.text
        );
        add(Severity::Error, message, Some(&lower));
        return;
    }
    let meant = known(catalog, field, seen);
    if catalog.prefixes().is_none() && meant.is_none() {
        return;
    }
    let message = not_a_prefix(catalog, field, meant.as_ref()).replace("service prefix", "service");
    let message = format!("{message}, in `{}`", entry.text);
    let Some(meant) = meant else {
        add(Severity::Warning, message, None);
        return;
    };
    let corrected = ArnPattern::parse(&with_service(pattern, meant.prefix));
    let fits = corrected.is_ok_and(|it| !catalog.resource_types(&it, &[]).is_empty());
    if meant.is_client || fits {
        add(Severity::Error, message, Some(meant.prefix));
    } else {
        let message = format!("{message}; did you mean `{}`?", meant.prefix);
        add(Severity::Warning, message, None);
    }
}

/// Returns an ARN with another service field.
fn with_service(arn: &ArnPattern, service: &str) -> String {
    let (partition, region, account) = (arn.partition(), arn.region(), arn.account());
    let resource = arn.resource();
    format!("arn:{partition}:{service}:{region}:{account}:{resource}")
}
