//! Checks resource ARNs against the ARN formats of their resource types.

use super::actions::{MOST, facts_of, is_slip, of_service};
use crate::arn::fields;
use crate::arn::site::regions;
use crate::aws::global_service::has_no_region;
use crate::aws::secret;
use crate::check::rule::{DocumentView, Findings, ResourceEntry, Rule, StatementView};
use crate::check::{Change, Code, Severity, removed};
use crate::document::Path;
use crate::text::glob;
use crate::text::names::nearest;
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
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut searches = 0;
    for statement in &view.statements {
        for entry in statement.resources.iter().filter(|it| !it.is_everything()) {
            if several(statement, entry, findings) {
                continue;
            }
            if let Some(pattern) = &entry.pattern {
                let service = service_of(view.catalog, pattern);
                if place(statement, entry, pattern, findings)
                    && has_right_region(statement, entry, pattern, findings)
                    && let Some(service) = service
                    && fields(statement, entry, findings)
                {
                    if entry.types.is_empty() {
                        resource_type(
                            view.catalog,
                            statement,
                            entry,
                            service,
                            &mut searches,
                            findings,
                        );
                    } else {
                        secret_without_suffix(statement, entry, pattern, findings);
                    }
                }
            } else {
                malformed(statement, entry, findings);
            }
        }
    }
}

/// Reports several ARNs in one text. Returns whether there are.
fn several(
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    findings: &mut Findings,
) -> bool {
    let parts = entry.text.split([',', ';', ' ', '\n']);
    let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
    let is_arn = |it: &&str| it.starts_with("arn:") && ArnPattern::parse(it).is_ok();
    if parts.len() < 2 || !parts.iter().all(is_arn) {
        return false;
    }
    let message = format!(
        "`{}` is {} ARNs in one text; expected a list with a text for each",
        entry.text,
        parts.len()
    );
    let parts = parts.into_iter().map(str::to_owned).collect();
    findings
        .add(Code::MALFORMED_ARN, statement.resource_path(entry), message)
        .set_fix(Change::Replace(parts));
    true
}

/// Reports a text that is not an ARN, unless its wildcards or variables may replace fields.
fn malformed(statement: &StatementView<'_>, entry: &ResourceEntry<'_>, findings: &mut Findings) {
    let text = entry.text;
    if text.contains("${") || may_span_fields(text) {
        return;
    }
    // `execute-api:/stage/GET/path` in the policy of an API
    let names_policy = statement.principals().next().is_some()
        && statement.actions.iter().any(|action| {
            let rest = action.prefix().and_then(|prefix| text.strip_prefix(prefix));
            rest.is_some_and(|rest| rest.starts_with(":/"))
        });
    if names_policy {
        return;
    }
    let message = if text.starts_with("arn:") {
        format!(
            "`{text}` has {} of the six fields of an ARN; expected all of them, separated by `:` (region and \
             account can be empty)",
            text.split(':').count()
        )
    } else {
        format!(
            "`{text}` is not an ARN; expected `*` or an ARN (six fields separated by `:`, the first of them `arn`)"
        )
    };
    findings.add(Code::MALFORMED_ARN, statement.resource_path(entry), message);
}

/// Returns whether a text with fewer than six fields can match ARNs, because it ends with `*`: each of its
/// fields can be the beginning of its field in an ARN, as in `arn:aws:codepipeline:*`.
pub(super) fn may_span_fields(text: &str) -> bool {
    let is_possible = |(index, field): (usize, &str)| match index {
        0 => glob::matches(field, "arn"),
        1 => regions::all().any(|(partition, _)| glob::matches(field, partition.as_str())),
        2 => has_only(field, |byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
        }),
        3 => field.is_empty() || may_be_region(field),
        _ => field.is_empty() || may_be_account(field),
    };
    text.ends_with('*') && text.split(':').enumerate().all(is_possible)
}

/// Returns whether all characters of a pattern other than wildcards are of a kind.
fn has_only(pattern: &str, is_valid: impl Fn(u8) -> bool) -> bool {
    let mut bytes = pattern.bytes();
    bytes.all(|byte| matches!(byte, b'*' | b'?') || is_valid(byte))
}

/// Returns whether a pattern can match a region. Without wildcards, the region can be newer than the list.
fn may_be_region(pattern: &str) -> bool {
    match glob::is_plain(pattern) {
        true => pattern.parse::<Region>().is_ok(),
        false => regions::all().any(|(_, name)| glob::matches(pattern, name)),
    }
}

/// Returns whether a pattern can match an account id, or `aws`.
fn may_be_account(pattern: &str) -> bool {
    let is_possible = match glob::is_plain(pattern) {
        true => pattern.parse::<AccountId>().is_ok(),
        false => has_only(pattern, |byte| byte.is_ascii_digit()),
    };
    is_possible || glob::matches(pattern, "aws")
}

/// Reports the name of a secret in place of its identifier.
fn secret_without_suffix(
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    pattern: &ArnPattern,
    findings: &mut Findings,
) {
    let is_possible = || {
        let resource = glob::steps(pattern.resource());
        glob::meet(&resource, &glob::steps(secret::RESOURCE))
    };
    if pattern.service() == secret::SERVICE && !is_possible() {
        let with_suffix = format!("{}{}", entry.text, secret::SUFFIX);
        let message = format!(
            "`{}` matches no secret, because the ARN of a secret ends with a hyphen and six \
             characters",
            entry.text
        );
        let path = statement.resource_path(entry);
        findings
            .add_with_severity(Code::MALFORMED_ARN, Severity::Warning, path, message)
            .set_fix(Change::Replace(vec![with_suffix]));
    }
}

/// Returns the first service with the prefix in an ARN's service field.
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

/// Checks partition and region, which are the same for all services. Returns whether they are valid.
fn place(
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    pattern: &ArnPattern,
    findings: &mut Findings,
) -> bool {
    let (partition, region) = (pattern.partition(), pattern.region());
    let path = statement.resource_path(entry);
    let text = entry.text;
    for (field, name) in [(region, "region"), (pattern.account(), "account id")] {
        if field.contains("${") {
            let message = format!(
                "`{text}` has a variable instead of {}; expected a value or `*`, because IAM replaces variables only in the last field of an ARN",
                with_article(name)
            );
            findings.add_with_severity(Code::MALFORMED_ARN, Severity::Warning, path, message);
            return true;
        }
    }
    if matches!(region, "" | "*") || region.parse::<Region>().is_err() && glob::is_plain(region) {
        return true;
    }
    let fits = |(_, name): &(Partition, &str)| glob::matches(region, name);
    let known: Vec<_> = regions::all().filter(fits).collect();
    let mut partitions = known.iter().map(|(partition, _)| partition.as_str());
    if partitions.any(|it| glob::matches(partition, it)) {
        return true;
    }
    let is_partition = !glob::is_plain(partition) || partition.parse::<Partition>().is_ok();
    match known.first() {
        Some((own, _)) if is_partition => {
            let message = format!(
                "`{text}` has the region `{region}`, which is not in the partition `{partition}`; expected the partition `{own}`"
            );
            findings.add(Code::MALFORMED_ARN, path, message);
            false
        }
        Some(_) => true,
        None if !glob::is_plain(region) => true,
        None => {
            let near = nearest(regions::all().map(|(_, name)| name), region);
            let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let message =
                format!("`{region}` in `{text}` is not a known region; it may be newer{near}");
            findings.add_with_severity(Code::MALFORMED_ARN, Severity::Warning, path, message);
            true
        }
    }
}

/// Reports a region in the ARN of a service whose resources are not in a region. Returns whether the field is
/// right.
fn has_right_region(
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    pattern: &ArnPattern,
    findings: &mut Findings,
) -> bool {
    let service = pattern.plain_service();
    let is_right = glob::matches(pattern.region(), "") || !service.is_some_and(has_no_region);
    if !is_right {
        let why = format!("resources of `{}` are not in a region", pattern.service());
        let path = statement.resource_path(entry);
        needless_region(entry, &why, pattern.with_region(""), path, findings);
    }
    is_right
}

fn needless_region(
    entry: &ResourceEntry<'_>,
    why: &str,
    without: ArnPattern,
    path: Path,
    findings: &mut Findings,
) {
    let message = format!(
        "`{}` has a region; expected an empty field, because {why}",
        entry.text
    );
    findings
        .add(Code::MALFORMED_ARN, path, message)
        .set_fix(Change::Replace(vec![without.to_string()]));
}

/// Checks partition, region and account. Returns whether they are valid.
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
    let given = |field| Some(field).filter(|text: &&str| !text.is_empty() && !text.contains('$'));
    // regions may be newer than the list
    let is_like_region = |text: &str| {
        has_only(text, |byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
        })
    };
    let region = given(pattern.region()).filter(|text| match glob::is_plain(text) {
        true => text.parse::<Region>().is_err(),
        false => !is_like_region(text),
    });
    let account = given(pattern.account()).filter(|text| !may_be_account(text));
    let wrong = [
        (
            partition,
            "partition",
            "one such as `aws`, `aws-cn` or `aws-us-gov`",
        ),
        (
            region,
            "region",
            "one such as `eu-central-1`, `*`, or an empty field",
        ),
        (
            account,
            "account id",
            "12 digits, `*`, or an empty field for a resource of AWS",
        ),
    ];
    let wrong = wrong
        .into_iter()
        .find_map(|(text, field, expected)| Some((text?, field, expected)));
    let Some((text, field, expected)) = wrong else {
        return true;
    };
    let message = format!(
        "`{text}` in `{}` is not {}; expected {expected}",
        entry.text,
        with_article(field)
    );
    findings.add(Code::MALFORMED_ARN, statement.resource_path(entry), message);
    false
}

pub(super) fn row(catalog: &Catalog, at: ResourceTypeRef) -> &'static ResourceTypeFacts {
    &catalog.services()[at.service].resource_types[at.resource_type]
}

/// Reports an ARN that matches no resource type of its service.
fn resource_type(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    entry: &ResourceEntry<'_>,
    service: &Service,
    searches: &mut usize,
    findings: &mut Findings,
) {
    let path = statement.resource_path(entry);
    let removed = entry
        .pattern
        .as_ref()
        .is_some_and(|pattern| removed::resource_type(catalog, pattern, &path, findings));
    if removed || !entry.is_of_unknown_type {
        return;
    }
    let Some(pattern) = &entry.pattern else {
        return;
    };
    *searches += 1;
    let is_searched = *searches <= MOST;
    // Returns the resource type that a changed ARN has, and the changed ARN.
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
    let without_region = || {
        let pattern = pattern.with_region("");
        let without_both = || as_if(pattern.with_account(""));
        as_if(pattern.clone()).or_else(|| without_both().filter(|_| has_account))
    };
    if has_account && let Some((name, without)) = as_if(pattern.with_account("")) {
        let message = format!(
            "`{}` has an account id; expected an empty field, because {} does not belong to an account",
            entry.text,
            with_article(name)
        );
        findings
            .add(Code::ARN_ACCOUNT, path, message)
            .set_fix(Change::Replace(vec![without.to_string()]));
    } else if has_account && let Some((name, _)) = as_if(pattern.with_account("aws")) {
        let message = format!(
            "`{}` has the account `{}`; expected `aws`, because {} belongs to AWS",
            entry.text,
            pattern.account(),
            with_article(name)
        );
        findings.add(Code::UNKNOWN_RESOURCE_TYPE, path, message);
    } else if !has_account && let Some((name, _)) = as_if(pattern.with_account("*")) {
        let message = format!(
            "`{}` has no account id; expected one or `*`, because {} belongs to an account",
            entry.text,
            with_article(name)
        );
        findings.add_with_severity(Code::ARN_ACCOUNT, Severity::Warning, path, message);
    } else if pattern.region().is_empty()
        && let Some((name, _)) = with_region()
    {
        let message = format!(
            "`{}` has no region; expected one or `*`, because {} is in a region",
            entry.text,
            with_article(name)
        );
        findings.add(Code::MALFORMED_ARN, path, message);
    } else if !pattern.region().is_empty()
        && let Some((name, without)) = without_region()
    {
        let why = format!("{} is not in a region", with_article(name));
        needless_region(entry, &why, without, path, findings);
    } else if let Some((name, without)) = without_version(pattern).and_then(as_if) {
        let message = format!(
            "`{}` has a version, which is not a part of the ARN of {}; expected `{without}`",
            entry.text,
            with_article(name)
        );
        findings
            .add_with_severity(Code::UNKNOWN_RESOURCE_TYPE, Severity::Error, path, message)
            .set_fix(Change::Replace(vec![without.to_string()]));
    } else if is_searched
        && let Some((name, corrected)) = misspelled(catalog, pattern, service.prefix)
    {
        let message = format!(
            "`{}` matches no {}; expected the ARN of {}",
            entry.text,
            of_service(catalog, service.prefix, "resource type"),
            with_article(name)
        );
        findings
            .add_with_severity(Code::UNKNOWN_RESOURCE_TYPE, Severity::Error, path, message)
            .set_fix(Change::Replace(vec![corrected]));
    } else {
        let near = is_searched.then(|| near_type(catalog, pattern, service.prefix));
        let message = format!(
            "`{}` matches no {} in {}{}",
            entry.text,
            of_service(catalog, service.prefix, "resource type"),
            facts_of(service),
            near.unwrap_or_default()
        );
        findings.add(Code::UNKNOWN_RESOURCE_TYPE, path, message);
    }
}

/// Returns a pattern without the number of a version at its end, or `DRAFT`; `None` if it has none.
fn without_version(pattern: &ArnPattern) -> Option<ArnPattern> {
    let (text, version) = pattern.as_str().rsplit_once(':')?;
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = is_number || version == "DRAFT";
    ArnPattern::parse(text).ok().filter(|_| is_version)
}

/// Returns the resource type whose ARNs begin with almost the same word as a pattern, and the pattern
/// with the right word. `None` if several types fit.
fn misspelled(
    catalog: &Catalog,
    pattern: &ArnPattern,
    prefix: &str,
) -> Option<(&'static str, String)> {
    let resource = pattern.resource();
    let word = first_word(resource);
    let head = pattern.as_str().strip_suffix(resource)?;
    let types = of_prefix(catalog, prefix).flat_map(|service| service.resource_types);
    let types = types.filter(|row| row.removed.is_none());
    let mut wanted: Vec<&str> = types
        .filter_map(|row| Some(first_word(format_of(row)?)))
        .filter(|wanted| is_almost(word, wanted))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut fitting = wanted.into_iter().filter_map(|wanted| {
        let corrected = format!("{head}{wanted}{}", &resource[word.len()..]);
        let found = catalog.resource_types(&ArnPattern::parse(&corrected).ok()?, &[]);
        Some((row(catalog, *found.first()?).name, corrected))
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Returns the part of an ARN's last field before the first delimiter.
fn first_word(resource: &str) -> &str {
    &resource[..resource.find(['/', ':']).unwrap_or(resource.len())]
}

/// Returns whether a word is a misspelled or incomplete form of the first word of a resource type's
/// ARNs: `model`, `models` and `foundation_model` for `foundation-model`.
fn is_almost(word: &str, wanted: &str) -> bool {
    if word.len() < 3 || !glob::is_plain(word) || wanted.contains("${") {
        return false;
    }
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let (given, right) = (plain(word), plain(wanted));
    let singular = |text: &str| text.strip_suffix('s').unwrap_or(text).to_owned();
    let (one, whole) = (singular(&given), singular(&right));
    one == whole || is_slip(&given, &right) || wanted.split('-').any(|part| singular(part) == one)
}

/// Returns the last field of a resource type's ARN format.
pub(super) fn format_of(row: &ResourceTypeFacts) -> Option<&'static str> {
    row.arn_format.map(fields::resource)
}

/// Returns a hint with the format of the resource type that was probably meant: its ARNs begin like the
/// entry's last field.
fn near_type(catalog: &Catalog, pattern: &ArnPattern, prefix: &str) -> String {
    let word = first_word(pattern.resource());
    let same = |row: &&ResourceTypeFacts| {
        let format = format_of(row).unwrap_or_default();
        let wanted = first_word(format);
        row.removed.is_none()
            && (wanted == word
                || wanted.replace('-', "") == word.replace(['-', '_'], "")
                || format!("{wanted}s") == word)
    };
    let types = of_prefix(catalog, prefix).flat_map(|service| service.resource_types);
    // the types of parts, such as `function:${FunctionName}:${Version}`, have longer formats
    let begins_alike = types
        .filter(same)
        .min_by_key(|row| format_of(row).map_or(0, str::len));
    match begins_alike {
        Some(row) => format!(
            "; the ARN of {} is `{}`",
            with_article(row.name),
            row.arn_format.unwrap_or_default()
        ),
        None => String::new(),
    }
}
