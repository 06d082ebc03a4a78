//! Forms of the values of condition keys: of keys whose values are ARNs, and of global keys.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! and for the forms of ids the API references of EC2 and Organizations, read on 2026-11-26.

use crate::arn::site::Region;
use crate::condition::value_type::ValueType;
use crate::condition::{Comparison, Family};
use crate::text::glob;

/// The form of the values of some global keys.
struct Form {
    keys: &'static [&'static str],
    fits: fn(&str) -> bool,
    expected: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        keys: &[
            "aws:PrincipalAccount",
            "aws:ResourceAccount",
            "aws:SourceAccount",
            "aws:VpceAccount",
        ],
        fits: |text| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()),
        expected: "an account id of 12 digits",
    },
    Form {
        keys: &[
            "aws:PrincipalOrgID",
            "aws:ResourceOrgID",
            "aws:SourceOrgID",
            "aws:VpceOrgID",
        ],
        fits: |text| has_id(text, "o-", |byte| byte.is_ascii_alphanumeric()),
        expected: "the id of an organization, which begins with `o-`",
    },
    Form {
        keys: &[
            "aws:PrincipalOrgPaths",
            "aws:ResourceOrgPaths",
            "aws:SourceOrgPaths",
            "aws:VpceOrgPaths",
        ],
        fits: |text| text.starts_with("o-") && text.ends_with('/'),
        expected: "a path from the organization to a unit, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`",
    },
    Form {
        keys: &["aws:SourceVpc", "aws:Ec2InstanceSourceVpc"],
        fits: |text| has_resource_id(text, "vpc-"),
        expected: "the id of a VPC, with 8 or 17 digits, such as `vpc-0123456789abcdef0`",
    },
    Form {
        keys: &["aws:SourceVpce"],
        fits: |text| has_resource_id(text, "vpce-"),
        expected: "the id of a VPC endpoint, with 8 or 17 digits, such as `vpce-0123456789abcdef0`",
    },
    Form {
        keys: &["aws:RequestedRegion"],
        // the region of a request that is routed by a global inference profile
        fits: |text| text == "unspecified" || Region::parse(text).is_ok(),
        expected: "a region, such as `eu-central-1`",
    },
];

fn has_id(text: &str, prefix: &str, is_digit: fn(u8) -> bool) -> bool {
    let id = text.strip_prefix(prefix);
    id.is_some_and(|id| !id.is_empty() && id.bytes().all(is_digit))
}

/// Returns whether a text is an id as EC2 assigns them: 17 hexadecimal digits, or 8 of older resources.
///
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>, looked up on 2026-11-26.
fn has_resource_id(text: &str, prefix: &str) -> bool {
    has_id(text, prefix, |byte| byte.is_ascii_hexdigit())
        && matches!(text.len() - prefix.len(), 8 | 17)
}

fn form_of(key: &str) -> Option<&'static Form> {
    let is_of = |form: &&Form| form.keys.iter().any(|it| it.eq_ignore_ascii_case(key));
    FORMS.iter().find(is_of)
}

/// Returns whether the values of a key are known to have one form, without `*` and `?`.
pub(crate) fn has_form(key: &str) -> bool {
    form_of(key).is_some()
}

/// Returns a description of the expected values if no value of the key can have this text.
///
/// Only string operators are judged; the operators of other families accept one form of values each.
pub(crate) fn refuses(
    key: &str,
    of: Option<ValueType>,
    comparison: Comparison,
    text: &str,
) -> Option<&'static str> {
    if comparison.family() != Family::String {
        return None;
    }
    if of.map(ValueType::single) == Some(ValueType::Arn) {
        let can_be = glob::meet(&glob::steps(text), &glob::steps("arn:*"));
        return (!can_be).then_some("an ARN, because the values of the key are ARNs");
    }
    if text.contains(['*', '?', '$']) {
        return None;
    }
    let form = form_of(key)?;
    let ignores_case = matches!(
        comparison,
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
    );
    let fits = if ignores_case {
        (form.fits)(&text.to_ascii_lowercase())
    } else {
        (form.fits)(text)
    };
    (!fits).then_some(form.expected)
}
