//! Checks that the builder and the checks accept the same values for an operator.

use iam_policy::check::{Code, Severity, check};
use iam_policy::{AnyResource, foreign_action};
use iam_policy::{Catalog, Condition, ForeignKey, Policy, Statement, Value, foreign_key};
use proptest::prelude::*;

type Build = fn(String) -> Condition<ForeignKey>;

/// An operator of each family, with valid and invalid values.
const OPERATORS: &[(&str, Build, &[&str], &[&str])] = &[
    (
        "NumericEquals",
        |value| foreign_key!("a:b").numeric_equals(value),
        &["3", "-0.5"],
        &["NaN", "1e3", " 1", "", "${aws:EpochTime}"],
    ),
    (
        "DateLessThan",
        |value| foreign_key!("a:b").date_less_than(value),
        &["2026-07-01T00:00:00Z", "1782907200"],
        &["2026-13-45T99:00:00Z", "2026-07-01T", "soon"],
    ),
    (
        "Bool",
        |value| foreign_key!("a:b").bool(value),
        &["true", "False"],
        &["yes", "${aws:SecureTransport}"],
    ),
    (
        "NotIpAddress",
        |value| foreign_key!("a:b").not_ip_address(value),
        &["203.0.113.0/24", "::1"],
        &["203.0.113.0/33", "203.0.113.0/+8"],
    ),
    (
        "BinaryEquals",
        |value| foreign_key!("a:b").binary_equals(value),
        &["Zm9v"],
        &["Zm9"],
    ),
    (
        "ArnLike",
        |value| foreign_key!("a:b").arn_like(Value::raw(value)),
        &["*", "arn:${aws:Partition}:iam::*:role/x"],
        &["role/x", "arn:aws:*"],
    ),
    (
        "StringLike",
        |value| foreign_key!("a:b").string_like(Value::raw(value)),
        &["", "x*", "${aws:username}"],
        &[],
    ),
];

/// Returns whether the builder accepts a value, and whether the checks do.
fn accepted(operator: &str, build: Build, value: &str) -> (bool, bool) {
    let statement = Statement::allow(foreign_action!("a:B")).on(AnyResource);
    let policy = Policy::new()
        .with(statement.when(build(value.to_owned())))
        .build();
    let mut raw = Statement::raw(iam_policy::Effect::Allow)
        .action("a:B")
        .resource("*");
    raw = raw.condition(operator, "a:b", [value.to_owned()]);
    let document = Policy::new().with(raw).build().unwrap().to_document();
    let report = check(&document, &Catalog::new([]));
    let invalid = report
        .findings
        .iter()
        .any(|it| it.code == Code::INVALID_VALUE && it.severity != Severity::Suggestion);
    (policy.is_ok(), !invalid)
}

#[test]
fn builder_and_checks_accept_the_same_values() {
    for (operator, build, valid, invalid) in OPERATORS {
        for value in *valid {
            assert_eq!(
                accepted(operator, *build, value),
                (true, true),
                "{operator} {value}"
            );
        }
        for value in *invalid {
            assert_eq!(
                accepted(operator, *build, value),
                (false, false),
                "{operator} {value}"
            );
        }
    }
}

proptest! {
    #[test]
    fn builder_and_checks_agree_on_any_text(
        text in "[-0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{4,8}Z?)?|[0-9a-f.:/]{1,12}|arn:.{0,4}:.{0,8}|.{0,8}"
    ) {
        for (operator, build, ..) in OPERATORS {
            let (built, checked) = accepted(operator, *build, &text);
            prop_assert_eq!(built, checked, "{} {:?}", operator, text);
        }
    }
}
