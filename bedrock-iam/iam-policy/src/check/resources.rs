//! Resources by form: ARNs against the grammar of their resource types.

use super::finding::{Change, Findings};
use super::service::{Service, services};
use super::view::{Place, View};
use super::{Code, removed};
use crate::{AccountId, ArnPattern, Partition, Region};

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    for place in &view.resources {
        if place.is_everything() {
            continue;
        }
        if place.pattern.is_none() {
            malformed(view, place, findings);
        } else if let Some(service) = service_of(place)
            && fields(view, place, findings)
        {
            resource_type(view, place, service, findings);
        }
    }
    wide(view, findings);
}

/// A text that is no ARN. Wildcards and variables may stand for fields of it.
fn malformed(view: &View<'_>, place: &Place<'_>, findings: &mut Findings) {
    let text = place.text;
    if text.contains(['*', '?']) && text.starts_with("arn") || text.contains("${") {
        return;
    }
    let message = format!(
        "`{text}` is no ARN, expected `*` or six fields parted by `:`, the first of them `arn`"
    );
    findings.add(Code::MalformedArn, view.resource_path(place.index), message);
}

/// The enabled module that an ARN's service field names.
fn service_of(place: &Place<'_>) -> Option<(usize, &'static Service)> {
    let field = place.field(2)?;
    services()
        .iter()
        .enumerate()
        .find(|(_, of)| of.prefix == field)
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['*', '?', '$'])
}

/// Partition, region and account; whether they are right.
fn fields(view: &View<'_>, place: &Place<'_>, findings: &mut Findings) -> bool {
    // A variable holds colons of its own.
    if place.text.contains("${") {
        return true;
    }
    let field = |number: usize| place.field(number).filter(|text| is_plain(text));
    let partition = field(1).filter(|text| text.parse::<Partition>().is_err());
    let region = field(3).filter(|text| text.parse::<Region>().is_err());
    let account = field(4).filter(|text| *text != "aws" && text.parse::<AccountId>().is_err());
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
        place.text
    );
    findings.add(Code::MalformedArn, view.resource_path(place.index), message);
    false
}

/// An ARN that fits no type of its service.
fn resource_type(
    view: &View<'_>,
    place: &Place<'_>,
    (number, service): (usize, &Service),
    findings: &mut Findings,
) {
    if place.types(number) != 0 {
        return;
    }
    let path = view.resource_path(place.index);
    let gone = |pattern| removed::resource_type(pattern, service, &path, findings);
    if place.pattern.as_ref().is_some_and(gone) {
        return;
    }
    let with_account = |account: &str| {
        let mut fields: Vec<&str> = place.text.splitn(6, ':').collect();
        *fields.get_mut(4)? = account;
        let text = fields.join(":");
        let types = (service.types_of)(&ArnPattern::parse(&text).ok()?);
        (types != 0).then(|| (service.types[types.trailing_zeros() as usize], text))
    };
    let variables = place.text.contains("${");
    let account = place.field(4).unwrap_or_default();
    if !variables
        && !account.is_empty()
        && let Some((name, text)) = with_account("")
    {
        let message = format!(
            "`{}` has an account, expected none: a {name} belongs to no account",
            place.text
        );
        findings
            .add(Code::ArnAccount, path, message)
            .fix(Change::Replace(vec![text]));
    } else if !variables
        && account.is_empty()
        && let Some((name, _)) = with_account("*")
    {
        let message = format!(
            "`{}` has no account, expected one or `*`: a {name} belongs to an account",
            place.text
        );
        findings.graded(Code::ArnAccount, super::Severity::Warning, path, message);
    } else {
        let message = format!(
            "`{}` is an ARN of no resource type of {}, as of the snapshot of {}{}",
            place.text,
            service.prefix,
            service.snapshot.address,
            near_type(place, service)
        );
        findings.add(Code::UnknownResourceType, path, message);
    }
}

/// A hint at the resource type with the name that the ARN's begins like.
fn near_type(place: &Place<'_>, service: &Service) -> String {
    let resource = place.field(5).unwrap_or_default();
    let head = resource.split(['/', ':']).next().unwrap_or_default();
    let format = |index: usize| service.heads[index].unwrap_or_default();
    let same = |index: &usize| {
        let wanted = format(*index).splitn(6, ':').nth(5).unwrap_or_default();
        let wanted = wanted.split(['/', ':']).next().unwrap_or_default();
        wanted == head
            || wanted.replace('-', "") == head.replace(['-', '_'], "")
            || format!("{wanted}s") == head
    };
    match (0..service.types.len()).find(same) {
        Some(index) => format!("; a {} is `{}`", service.types[index], format(index)),
        None => String::new(),
    }
}

/// Patterns like `flow/*`, which goes over slashes: `flow/F/alias/A` as well.
fn wide(view: &View<'_>, findings: &mut Findings) {
    if !view.allows() || view.has_not_resource() {
        return;
    }
    for place in &view.resources {
        let Some((number, service)) = service_of(place) else {
            continue;
        };
        let Some(head) = place
            .field(5)
            .and_then(|resource| resource.strip_suffix("/*"))
        else {
            continue;
        };
        if head.contains(['/', '*', '?', '$']) {
            continue;
        }
        let types = place.types(number);
        let prefix = format!("{head}/${{");
        let inner = |index: usize| {
            let format = service.heads[index].unwrap_or_default();
            let resource = format.splitn(6, ':').nth(5).unwrap_or_default();
            // The type itself ends where its placeholder does.
            resource
                .strip_prefix(&prefix)
                .map(|rest| rest.find('}').map(|end| &rest[end + 1..]) != Some(""))
        };
        let all = (0..service.types.len()).filter(|index| types >> index & 1 == 1);
        let (mut meant, mut others) = (0, 0);
        for index in all {
            match inner(index) {
                Some(false) => meant |= 1_u128 << index,
                Some(true) => others |= 1_u128 << index,
                None => {}
            }
        }
        // An action that takes both kinds is granted on the inner ones unnoticed.
        let both = view
            .actions
            .iter()
            .filter(|action| action.is_exact())
            .find_map(|action| {
                let known = action
                    .matched
                    .first()
                    .filter(|known| known.service == number)?;
                let takes = known.facts().types;
                (takes & meant != 0 && takes & others != 0).then_some((action.text, takes & others))
            });
        if let Some((action, others)) = both {
            let message = format!(
                "`{}` matches each {} as well, for `*` goes over `/`, and `{action}` takes both",
                place.text,
                service.types[others.trailing_zeros() as usize]
            );
            findings.add(
                Code::WiderThanItSeems,
                view.resource_path(place.index),
                message,
            );
        }
    }
}
