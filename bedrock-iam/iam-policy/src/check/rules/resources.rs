//! Resources by form: ARNs against the grammar of their resource types.

use std::collections::HashMap;

use super::actions::facts_of;
use crate::arn::fields;
use crate::check::rule::{DocumentView, Findings, ResourceEntry, Rule, StatementView};
use crate::check::{Change, Code, Severity, removed};
use crate::text::glob;
use crate::text::words::with_article;
use crate::{
    AccountId, ArnPattern, Catalog, Partition, Region, ResourceTypeFacts, ResourceTypeRef, Service,
};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MALFORMED_ARN,
        Code::REMOVED_NAME,
        Code::ARN_ACCOUNT,
        Code::UNKNOWN_RESOURCE_TYPE,
        Code::WIDER_THAN_IT_SEEMS,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for entry in statement.resources.iter().filter(|it| !it.is_everything()) {
            if let Some(pattern) = &entry.pattern {
                if let Some(service) = service_of(view.catalog, pattern)
                    && fields(statement, entry, findings)
                    && entry.types.is_empty()
                {
                    resource_type(view.catalog, statement, entry, service, findings);
                }
            } else {
                malformed(statement, entry, findings);
            }
        }
        if statement.allows() && !statement.has_not_resource() {
            wide(view, statement, findings);
        }
    }
}

/// A text that is no ARN. Wildcards and variables may stand for fields of it.
fn malformed(statement: &StatementView<'_>, entry: &ResourceEntry<'_>, findings: &mut Findings) {
    let text = entry.text;
    if text.contains(['*', '?']) && text.starts_with("arn") || text.contains("${") {
        return;
    }
    let message = format!(
        "`{text}` is no ARN, expected `*` or six fields parted by `:`, the first of them `arn`"
    );
    findings.add(Code::MALFORMED_ARN, statement.resource_path(entry), message);
}

/// The first service of the prefix that an ARN's service field names.
fn service_of(catalog: &Catalog, pattern: &ArnPattern) -> Option<&'static Service> {
    of_prefix(catalog, pattern.plain_service()?).next()
}

fn of_prefix<'a>(
    catalog: &'a Catalog,
    prefix: &'a str,
) -> impl Iterator<Item = &'static Service> + 'a {
    let services = catalog.with_prefix(prefix).map(|(_, service)| service);
    services.filter(move |service| service.prefix == prefix)
}

/// Partition, region and account; whether they are right.
fn fields(
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    findings: &mut Findings,
) -> bool {
    let Some(pattern) = &entry.pattern else {
        return true;
    };
    let plain = |field| Some(field).filter(|text: &&str| !text.is_empty() && glob::is_plain(text));
    let partition = plain(pattern.partition()).filter(|text| text.parse::<Partition>().is_err());
    let region = plain(pattern.region()).filter(|text| text.parse::<Region>().is_err());
    let account = plain(pattern.account())
        .filter(|text| *text != "aws" && text.parse::<AccountId>().is_err());
    let wrong = [
        (
            partition,
            "partition",
            "such as `aws`, `aws-cn` or `aws-us-gov`",
        ),
        (region, "region", "such as `eu-central-1`, `*`, or nothing"),
        (account, "account id", "twelve digits or `*`"),
    ];
    let wrong = wrong
        .into_iter()
        .find_map(|(text, what, expected)| Some((text?, what, expected)));
    let Some((text, what, expected)) = wrong else {
        return true;
    };
    let message = format!(
        "`{text}` in `{}` is no {what}, expected {expected}",
        entry.text
    );
    findings.add(Code::MALFORMED_ARN, statement.resource_path(entry), message);
    false
}

fn row(catalog: &Catalog, at: ResourceTypeRef) -> &'static ResourceTypeFacts {
    &catalog.services()[at.service].resource_types[at.resource_type]
}

/// An ARN that fits no type of its service.
fn resource_type(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    service: &Service,
    findings: &mut Findings,
) {
    let path = statement.resource_path(entry);
    let removed = entry
        .pattern
        .as_ref()
        .is_some_and(|pattern| removed::resource_type(catalog, pattern, &path, findings));
    if removed || !entry.is_odd {
        return;
    }
    let Some(pattern) = &entry.pattern else {
        return;
    };
    // The type that it would be of if it were another ARN, and that one.
    let as_if = |pattern: ArnPattern| {
        let found = *catalog.resource_types(&pattern, &[]).first()?;
        Some((row(catalog, found).name, pattern))
    };
    let has_account = !pattern.account().is_empty();
    let with_region = || {
        let pattern = pattern.with_region("*");
        let with_both = || as_if(pattern.with_account("*"));
        as_if(pattern.clone()).or_else(|| with_both().filter(|_| !has_account))
    };
    if has_account && let Some((name, without)) = as_if(pattern.with_account("")) {
        let message = format!(
            "`{}` has an account, expected none: {} belongs to no account",
            entry.text,
            with_article(name)
        );
        findings
            .add(Code::ARN_ACCOUNT, path, message)
            .fix_by(Change::Replace(vec![without.to_string()]));
    } else if !has_account && let Some((name, _)) = as_if(pattern.with_account("*")) {
        let message = format!(
            "`{}` has no account, expected one or `*`: {} belongs to an account",
            entry.text,
            with_article(name)
        );
        findings.graded(Code::ARN_ACCOUNT, Severity::Warning, path, message);
    } else if pattern.region().is_empty()
        && let Some((name, _)) = with_region()
    {
        let message = format!(
            "`{}` has no region, expected one or `*`: {} is in a region",
            entry.text,
            with_article(name)
        );
        findings.add(Code::MALFORMED_ARN, path, message);
    } else {
        let message = format!(
            "`{}` is an ARN of no resource type of {} in {}{}",
            entry.text,
            service.prefix,
            facts_of(service),
            near_type(catalog, entry, service.prefix)
        );
        findings.add(Code::UNKNOWN_RESOURCE_TYPE, path, message);
    }
}

/// The last field of a resource type's ARNs, as the reference writes it.
fn format_of(row: &ResourceTypeFacts) -> Option<&'static str> {
    row.arn_format.map(fields::resource)
}

/// A hint at the resource type with the name that the ARN's begins like.
fn near_type(catalog: &Catalog, entry: &ResourceEntry<'_>, prefix: &str) -> String {
    let first_word = |resource: &'_ str| resource.find(['/', ':']).unwrap_or(resource.len());
    let resource = entry.pattern.as_ref().map_or("", ArnPattern::resource);
    let head = &resource[..first_word(resource)];
    let same = |row: &&ResourceTypeFacts| {
        let format = format_of(row).unwrap_or_default();
        let wanted = &format[..first_word(format)];
        row.removed.is_none()
            && (wanted == head
                || wanted.replace('-', "") == head.replace(['-', '_'], "")
                || format!("{wanted}s") == head)
    };
    let mut types = of_prefix(catalog, prefix).flat_map(|service| service.resource_types);
    match types.find(same) {
        Some(row) => format!(
            "; {} is `{}`",
            with_article(row.name),
            row.arn_format.unwrap_or_default()
        ),
        None => String::new(),
    }
}

/// Patterns like `flow/*`, which goes over slashes: `flow/F/alias/A` as well.
fn wide(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    let mut known: HashMap<(&str, &[ResourceTypeRef]), Option<Wide<'_>>> = HashMap::new();
    for entry in &statement.resources {
        let last = entry.pattern.as_ref().map(ArnPattern::resource);
        let Some(head) = last.and_then(|resource| resource.strip_suffix("/*")) else {
            continue;
        };
        if head.contains(['/', '*', '?', '$']) {
            continue;
        }
        let found = known
            .entry((head, &entry.types))
            .or_insert_with(|| both_kinds(view, statement, head, &entry.types));
        if let Some(wide) = found {
            let message = format!(
                "`{}` matches each {} as well, for `*` goes over `/`, and `{}` takes both",
                entry.text, wide.other, wide.action
            );
            findings.add(
                Code::WIDER_THAN_IT_SEEMS,
                statement.resource_path(entry),
                message,
            );
        }
    }
}

/// An action that is granted on inner resources unnoticed.
struct Wide<'a> {
    action: &'a str,
    other: &'static str,
}

/// The first action that takes both the resources that `head/*` is written for and such as stand
/// further inside.
fn both_kinds<'a>(
    view: &DocumentView<'_>,
    statement: &StatementView<'a>,
    head: &str,
    types: &[ResourceTypeRef],
) -> Option<Wide<'a>> {
    let (mut meant, mut others) = (Vec::new(), Vec::new());
    for at in types {
        let format = format_of(row(view.catalog, *at)).unwrap_or_default();
        let inside = format
            .strip_prefix(head)
            .and_then(|rest| rest.strip_prefix("/${"));
        // The type itself ends where its placeholder does.
        match inside.map(|rest| rest.find('}').map(|end| &rest[end + 1..])) {
            Some(Some("")) => meant.push(*at),
            Some(_) => others.push(*at),
            None => {}
        }
    }
    if meant.is_empty() || others.is_empty() {
        return None;
    }
    let exact = statement.actions.iter().filter(|action| action.is_exact());
    exact
        .flat_map(|action| action.matched.iter().map(|at| (action.text, *at)))
        .find_map(|(action, at)| {
            let takes = |of: &&ResourceTypeRef| {
                let mut pairs = view.action(at).resources.iter();
                of.service == at.service
                    && pairs.any(|pair| usize::from(pair.resource_type) == of.resource_type)
            };
            meant.iter().find(takes)?;
            let other = row(view.catalog, *others.iter().find(takes)?).name;
            Some(Wide { action, other })
        })
}
