//! Results that AWS documents, one table for each subject. The pages are those that
//! `condition.rs`, `variables.rs` and `pattern.rs` name.

use super::list;
use crate::decide::Context;
use crate::decide::condition::Test;
use crate::decide::context::{Found, Keys};
use crate::decide::pattern::{Action, ResourceTest, Target, covers_action, unmodelled_action};
use crate::decide::truth::Truth::{self, False, True, Unknown};
use crate::document::{List, Number, Scalar};

/// Returns the result of `operator` with the key `a:k` that has these values in the request, and in
/// the policy.
fn result(operator: &str, request: &[&str], policy: &[&str]) -> Truth {
    let context = context("a:k", request);
    let wanted = list(policy.iter().copied());
    Test::new(operator, "a:K", &wanted, true).holds(&context)
}

fn context(key: &str, values: &[&str]) -> Context {
    let add = |context: Context, value: &&str| context.with(key, *value);
    values.iter().fold(Context::new(), add)
}

fn check(cases: &[(&str, &[&str], &[&str], Truth)]) {
    for (operator, request, policy, expected) in cases {
        let found = result(operator, request, policy);
        assert_eq!(found, *expected, "{operator} {request:?} {policy:?}");
    }
}

/// Checks operators by what they accept, and their negations by what they refuse.
fn check_pairs(cases: &[(&str, &str, &str, bool)], negated: &[(&str, &str)]) {
    for (operator, request, policy, is_match) in cases {
        let found = result(operator, &[request], &[policy]);
        assert_eq!(
            found,
            Truth::from(*is_match),
            "{operator} {request} {policy}"
        );
        if let Some((_, negated)) = negated.iter().find(|(it, _)| it == operator) {
            let found = result(negated, &[request], &[policy]);
            assert_eq!(
                found,
                Truth::from(!is_match),
                "{negated} {request} {policy}"
            );
        }
    }
}

#[test]
fn each_operator_compares_as_documented() {
    check_pairs(
        &[
            ("StringEquals", "a", "a", true),
            ("StringEquals", "a", "A", false),
            ("StringEquals", "ab", "a*", false),
            ("StringEquals", "a*", "a${*}", true),
            ("StringEqualsIgnoreCase", "Straße", "straße", true),
            ("StringEqualsIgnoreCase", "ÉCOLE", "école", true),
            ("StringEqualsIgnoreCase", "a", "b", false),
            ("StringLike", "abc", "a*", true),
            ("StringLike", "abc", "a?c", true),
            ("StringLike", "abc", "A*", false),
            ("StringLike", "a*", "a${*}", true),
            ("StringLike", "ab", "a${*}", false),
            ("NumericEquals", "10", "10.0", true),
            (
                "NumericEquals",
                "9007199254740993",
                "9007199254740992",
                false,
            ),
            ("NumericLessThan", "9", "10", true),
            ("NumericLessThan", "10", "10", false),
            ("NumericLessThanEquals", "10", "10", true),
            ("NumericGreaterThan", "-1", "-2", true),
            ("NumericGreaterThan", "10", "10", false),
            ("NumericGreaterThanEquals", "10", "10", true),
            ("NumericGreaterThanEquals", "9", "10", false),
            (
                "DateEquals",
                "2026-07-01T02:00:00+02:00",
                "2026-07-01T00:00:00Z",
                true,
            ),
            ("DateEquals", "1782864000", "2026-07-01", true),
            (
                "DateEquals",
                "2026-07-01T00:00:00.1Z",
                "2026-07-01T00:00:00.2Z",
                false,
            ),
            ("DateLessThan", "2026-06-30T23:59:59Z", "2026-07-01", true),
            ("DateLessThan", "2026-07-01", "2026-07-01", false),
            ("DateLessThanEquals", "2026-07-01", "2026-07-01", true),
            ("DateGreaterThan", "2026-07-02", "1782864000", true),
            ("DateGreaterThanEquals", "2026-07-01", "2026-07-01", true),
            ("DateGreaterThanEquals", "2026-06-01", "2026-07-01", false),
            ("Bool", "true", "True", true),
            ("Bool", "false", "true", false),
            ("BinaryEquals", "Zm9v", "Zm9v", true),
            ("BinaryEquals", "Zm9v", "Zm8=", false),
            ("IpAddress", "203.0.113.77", "203.0.113.0/24", true),
            ("IpAddress", "203.0.113.77", "203.0.113.77", true),
            ("IpAddress", "203.0.114.1", "203.0.113.0/24", false),
            ("IpAddress", "2001:db8::1", "2001:DB8:1234:5678::/32", true),
            ("IpAddress", "2001:db8::1", "0.0.0.0/0", false),
            ("ArnEquals", "arn:aws:a:r:1:b/c:d", "arn:aws:a:*:1:b*", true),
            ("ArnEquals", "arn:aws:a:r:1:b", "arn:aws:a:*::b", false),
            ("ArnLike", "arn:aws:a:r:1:b", "arn:aws:a:*:*:*:b", false),
            ("ArnLike", "arn:aws:a:::b", "arn:aws:a:*:*:b", true),
            ("ArnLike", "arn:aws:a:::b", "arn:aws:a:?::b", false),
            ("ArnLike", "arn:aws:a:::b", "arn:aws:a:::B", false),
            ("ArnLike", "arn:aws:a:::b", "*", true),
        ],
        &[
            ("StringEquals", "StringNotEquals"),
            ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
            ("StringLike", "StringNotLike"),
            ("NumericEquals", "NumericNotEquals"),
            ("DateEquals", "DateNotEquals"),
            ("IpAddress", "NotIpAddress"),
        ],
    );
    let arns = |negated| {
        let wanted = list(["arn:aws:a:::b*", "arn:aws:a:::c"]);
        let test = Test::new(negated, "a:k", &wanted, true);
        ["bb", "c", "d"].map(|name| test.holds(&context("a:k", &[&format!("arn:aws:a:::{name}")])))
    };
    assert_eq!(arns("ArnNotEquals"), [False, False, True]);
    assert_eq!(arns("ArnNotLike"), [False, False, True]);
}

#[test]
fn one_of_several_values_is_enough_and_a_negated_operator_requires_all() {
    check(&[
        ("StringEquals", &["b"], &["a", "b"], True),
        ("StringNotEquals", &["b"], &["a", "b"], False),
        ("StringNotEquals", &["c"], &["a", "b"], True),
        ("NumericLessThan", &["7"], &["1", "10"], True),
        // AWS does not document a comparison with no values
        ("StringEquals", &["a"], &[], Unknown),
        ("StringNotEquals", &["a"], &[], Unknown),
        ("StringEqualsIfExists", &[], &[], Unknown),
    ]);
}

#[test]
fn an_absent_key_fails_unless_the_operator_is_negated_or_has_if_exists() {
    check(&[
        ("StringEquals", &[], &["a"], False),
        ("StringEqualsIfExists", &[], &["a"], True),
        ("StringEqualsIfExists", &["b"], &["a"], False),
        ("StringNotEquals", &[], &["a"], True),
        ("NotIpAddress", &[], &["10.0.0.0/8"], True),
        ("ArnNotLike", &[], &["*"], True),
        ("Bool", &[], &["false"], False),
        ("BoolIfExists", &[], &["true"], True),
        ("ForAllValues:StringEquals", &[], &["a"], True),
        ("ForAllValues:StringNotEquals", &[], &["a"], True),
        ("ForAnyValue:StringEquals", &[], &["a"], False),
        ("ForAnyValue:StringNotEquals", &[], &["a"], False),
        ("ForAnyValue:StringEqualsIfExists", &[], &["a"], True),
    ]);
}

#[test]
fn set_operators_compare_each_value_of_the_request() {
    check(&[
        (
            "ForAllValues:StringEquals",
            &["a", "b"],
            &["a", "b", "c"],
            True,
        ),
        (
            "ForAllValues:StringEquals",
            &["a", "d"],
            &["a", "b", "c"],
            False,
        ),
        ("ForAllValues:StringNotEquals", &["d", "e"], &["a"], True),
        ("ForAllValues:StringNotEquals", &["d", "a"], &["a"], False),
        ("ForAnyValue:StringEquals", &["d", "a"], &["a", "b"], True),
        ("ForAnyValue:StringEquals", &["d"], &["a", "b"], False),
        ("ForAnyValue:StringNotEquals", &["d", "a"], &["a"], True),
        ("ForAnyValue:StringNotLike", &["ab", "a"], &["a*"], False),
        // a set of empty texts counts as null
        ("ForAllValues:StringEquals", &[""], &["a"], True),
        ("ForAnyValue:StringNotEquals", &["", ""], &["a"], False),
        ("ForAllValues:StringEquals", &["", "b"], &["a"], False),
        // without set operator, values that differ have no documented result
        ("StringEquals", &["a", "b"], &["a"], Unknown),
        ("StringEquals", &["a", "b"], &["a", "b"], True),
        ("StringNotEquals", &["a", "b"], &["c"], True),
    ]);
}

#[test]
fn null_tests_whether_the_key_is_present() {
    check(&[
        ("Null", &[], &["true"], True),
        ("Null", &[], &["False"], False),
        ("Null", &["a"], &["true"], False),
        ("Null", &["a", "b"], &["false"], True),
        ("Null", &["a"], &["true", "false"], True),
        ("Null", &[], &["true", "false"], True),
        ("Null", &["a"], &[], Unknown),
        // AWS counts an empty text as absent for some keys
        ("Null", &[""], &["true"], Unknown),
        ("Null", &[""], &["true", "false"], True),
    ]);
}

/// Returns the reason that a condition gives in a request.
fn reason(operator: &str, request: &[&str], policy: &[&str]) -> Option<String> {
    let wanted = list(policy.iter().copied());
    let context = context("a:k", request);
    let test = Test::new(operator, "a:k", &wanted, true);
    assert_eq!(test.holds(&context), Unknown, "{operator} {policy:?}");
    test.explain(&context).unmodelled
}

#[test]
fn a_condition_that_is_not_modelled_has_a_reason() {
    for (operator, request, policy, expected) in [
        (
            "StringEqual",
            &["a"][..],
            &["a"][..],
            "`StringEqual` is not a condition operator",
        ),
        (
            "ForAnyValue:Null",
            &["a"],
            &["true"],
            "the result of `ForAnyValue:Null` is not documented; expected `Null`",
        ),
        (
            "NumericLessThan",
            &["1"],
            &["0", "x"],
            "`NumericLessThan` cannot compare `x`; expected a number, such as `3` or `0.5`",
        ),
        (
            "Bool",
            &["true"],
            &["${aws:SecureTransport}"],
            "`Bool` cannot compare `${aws:SecureTransport}`; expected `true` or `false`",
        ),
        (
            "ArnLike",
            &["arn:aws:a:::b"],
            &["arn:aws:a"],
            "`arn:aws:a` is not an ARN; expected six fields separated by `:`",
        ),
        (
            "ArnLike",
            &["arn:aws:a:::b"],
            &["${a:k}:c", "${a:other, 'x'}"],
            "`x` is not an ARN; expected six fields separated by `:`",
        ),
        (
            "StringLike",
            &["a"],
            &["b", "a${}"],
            "`${}` is not a policy variable; expected a condition key, such as `${aws:username}`",
        ),
        (
            "NumericNotEquals",
            &["x"],
            &["1"],
            "`a:k` has the value `x`, which `NumericNotEquals` cannot compare",
        ),
        (
            "StringEquals",
            &["a", "b"],
            &["b"],
            "`a:k` has several values; expected `ForAllValues:StringEquals` or \
             `ForAnyValue:StringEquals`",
        ),
        (
            "Null",
            &[""],
            &["true"],
            "`a:k` is empty, which AWS counts as absent for some keys",
        ),
    ] {
        let found = reason(operator, request, policy);
        assert_eq!(found.as_deref(), Some(expected), "{operator}");
    }
    // another value of the policy decides, or the request has no value that is compared
    check(&[
        ("NumericEquals", &["1"], &["1", "x"], True),
        ("NumericNotEquals", &["1"], &["x", "1"], False),
        ("NumericEquals", &["x"], &["1"], False),
        ("IpAddress", &["203.0.113.0/25"], &["203.0.113.0/24"], False),
        ("NumericEquals", &[], &["x"], False),
    ]);
}

#[test]
fn values_without_quotes_are_compared_as_text() {
    let number = Number::Unsigned(3);
    for (operator, value, request) in [
        ("Bool", Scalar::Bool(true), "true"),
        ("NumericEquals", Scalar::Number(number), "3.0"),
        ("StringEquals", Scalar::Number(number), "3"),
    ] {
        let wanted = List::Alone(value);
        let test = Test::new(operator, "a:k", &wanted, true);
        assert_eq!(test.holds(&context("a:k", &[request])), True, "{operator}");
    }
}

#[test]
fn variables_are_replaced_in_version_2012_10_17_only() {
    let holds = |operator, request: &str, policy, is_new| {
        let context = Context::new().with("a:k", request).with("a:u", "me");
        let context = context.with("a:s", "x").with("a:s", "y").with("a:w", "m*");
        let wanted = list([policy]);
        Test::new(operator, "a:k", &wanted, is_new).holds(&context)
    };
    for (operator, request, policy, new, old) in [
        ("StringEquals", "me", "${A:U}", True, False),
        ("StringEquals", "${a:u}", "${a:u}", False, True),
        ("StringEqualsIgnoreCase", "ME", "${a:u}", True, False),
        ("StringLike", "home/me/x", "home/${a:u}/*", True, False),
        ("StringLike", "${a:u}!", "${a:u}*", False, True),
        ("StringLike", "$a}", "${$}a}", True, False),
        ("StringLike", "${ab}", "${*}", False, True),
        ("StringLike", "${", "${", True, True),
        ("StringEquals", "none", "${a:x, 'none'}", True, False),
        (
            "StringEquals",
            "Smith, John",
            "${a:x, 'Smith, John'}",
            True,
            False,
        ),
        ("StringEquals", "me", "${a:u, 'none'}", True, False),
        // the values of variables have no wildcards
        ("StringLike", "me", "${a:w}", False, False),
        ("StringLike", "m*", "${a:w}", True, False),
        // nothing equals a variable without a value, or with several ones
        ("StringEquals", "", "${a:x}", False, False),
        ("StringLike", "x", "*${a:x}*", False, False),
        ("StringNotEquals", "me", "${a:x}", True, True),
        ("StringEquals", "x", "${a:s}", False, False),
        (
            "ArnEquals",
            "arn:aws:a:::me",
            "arn:aws:a:::${a:u}",
            True,
            False,
        ),
        (
            "ArnEquals",
            "arn:aws:a:::${a:u}",
            "arn:aws:a:::${a:u}",
            False,
            True,
        ),
    ] {
        for (is_new, expected) in [(true, new), (false, old)] {
            let found = holds(operator, request, policy, is_new);
            assert_eq!(found, expected, "{operator} {request} {policy} {is_new}");
        }
    }
}

#[test]
fn explanations_state_the_values_found_and_expected() {
    let context = &Context::partial()
        .with("aws:SourceIp", "198.51.100.1")
        .with("aws:username", "ana")
        .without("a:none")
        .with("aws:TagKeys", "x")
        .with("aws:TagKeys", "y");
    for (operator, key, policy, expected) in [
        (
            "IpAddress",
            "aws:SourceIp",
            &["203.0.113.0/24"][..],
            "`aws:SourceIp` is `198.51.100.1`, expected an address in `203.0.113.0/24`",
        ),
        (
            "StringLikeIfExists",
            "aws:PrincipalTag/team",
            &["${aws:username}-*", "b"],
            "`aws:PrincipalTag/team` is not stated, expected a value like one of `ana-*` and `b`",
        ),
        (
            "NumericLessThanEquals",
            "a:none",
            &["3"],
            "`a:none` is absent, expected a number less than or equal to `3`",
        ),
        (
            "ForAllValues:StringEquals",
            "aws:TagKeys",
            &["x"],
            "`aws:TagKeys` is `x` and `y`, expected each value to be `x`",
        ),
        (
            "ForAnyValue:ArnNotLike",
            "a:none",
            &["arn:aws:a:::b"],
            "`a:none` is absent, expected one value to be an ARN not like `arn:aws:a:::b`",
        ),
        (
            "Null",
            "aws:username",
            &["true"],
            "`aws:username` is `ana`, expected the key to be absent",
        ),
        (
            "Matches",
            "aws:username",
            &["b"],
            "`aws:username` is `ana`, expected `Matches` `b`",
        ),
    ] {
        let wanted = list(policy.iter().copied());
        let test = Test::new(operator, key, &wanted, true);
        assert_eq!(test.explain(context).to_string(), expected);
    }
}

#[test]
fn actions_match_in_any_case() {
    for (entry, action, expected) in [
        ("*", "a:GetThing", True),
        ("a:GetThing", "A:getthing", True),
        ("a:Get*", "a:getThing", True),
        ("A:*Thing?", "a:GetThings", True),
        ("a:Get?", "a:GetThing", False),
        ("ab:*", "a:GetThing", False),
        ("a:GetThing ", "a:GetThing", False),
        ("a:", "a:GetThing", False),
        // IAM would refuse these
        ("*:GetThing", "a:GetThing", Unknown),
        ("a*", "a:GetThing", Unknown),
        ("b*", "a:GetThing", False),
        ("GetThing", "a:GetThing", Unknown),
        ("get*", "a:GetThing", Unknown),
        ("PutThing", "a:GetThing", False),
    ] {
        assert_eq!(
            covers_action(entry, Action::new(action)),
            expected,
            "{entry}"
        );
        let has_reason = unmodelled_action(entry).is_some();
        assert!(has_reason || expected != Unknown, "{entry}");
    }
}

#[test]
fn probes_compare_up_to_eight_bytes_before_the_first_wildcard() {
    for (entry, resource, passes) in [
        ("*", "arn:aws:a:r:1:b", true),
        ("arn:aws:a:r:1:*", "*", true),
        ("arn:aws:a:r:1:*", "arn:aws:a:r:1:", true),
        ("arn:aws:a:r:1:b", "arn:aws:a:r:1:b", true),
        ("arn:aws:a:r:1:b", "arn:aws:a:r:1:", false),
        ("arn:aws:a:r:1:b", "arn:aws:a:r:1:c", false),
        ("arn:*:a:*:*:b", "arn:aws:a:eu:22:b", true),
        ("arn:*:a:*:*:b", "arn:aws:a:eu:22:ab", false),
        ("arn:::::b", "arn:::::b", true),
        ("arn:::::b", ":::::b", true),
        (
            "arn:aws:a:r:1:b-23456789*",
            "arn:aws:a:r:1:b-23456789",
            true,
        ),
        (
            "arn:aws:a:r:1:b-23456789*",
            "arn:aws:a:r:1:b-2345678x",
            false,
        ),
        ("arn:aws:a:r:1:b-23456789*", "arn:aws:a:r:1:b-23456", false),
        // the whole entry is compared afterwards
        (
            "arn:aws:a:r:1:b-23456789*",
            "arn:aws:a:r:1:c-23456789",
            true,
        ),
        ("arn:aws:a:r:1:b-${a:u}/c", "arn:aws:a:r:1:b-me", true),
        ("arn:aws:a:r:1:b-${a:u}/c", "arn:aws:a:r:1:c-me", false),
        // not valid, so not certain
        ("b/*", "arn:aws:a:r:1:c", true),
        ("arn:aws:a:r:1:${}", "arn:aws:a:r:1:c", true),
    ] {
        let test = ResourceTest::new(entry, true, true);
        assert_eq!(
            test.probe().passes(Target::new(resource)),
            passes,
            "{entry} {resource}"
        );
    }
}

#[test]
fn resources_match_field_by_field() {
    let arn = "arn:aws:a:r:1:b/c:d";
    // the results in an identity-based policy, and in others
    for (entry, resource, identity, other) in [
        ("*", arn, True, True),
        ("*", "*", True, True),
        ("arn:*:*:*:*:*", "*", False, False),
        (arn, arn, True, True),
        ("arn:aws:a:r:1:b/*", arn, True, True),
        ("arn:aws:a:*:1:b/?:?", arn, True, True),
        ("arn:aws:a:r:1:*", "arn:aws:a:r:1:", True, True),
        ("arn:aws:a:::b/c:d", arn, False, False),
        ("arn:aws:a:*:b/c:d", arn, False, False),
        ("arn:aws:a:r:1:B/*", arn, False, False),
        ("arn:aws:a:r:1:${a:u}/*", arn, True, True),
        ("arn:aws:a:r:1:${a:none}*", arn, False, False),
        ("arn:aws:a:r:1:${a:open}/c*", arn, Unknown, Unknown),
        ("arn:aws:a:r:1:${a:open}/x*", arn, False, False),
        // IAM completes ARNs in identity-based policies
        ("arn:aws:a", arn, True, Unknown),
        ("arn:aws:a:*:2", arn, False, False),
        // IAM replaces variables only in the last field, and requires ARNs
        ("arn:aws:${a:s}:r:1:b/*", arn, Unknown, Unknown),
        ("arn:aws:${a:u}:r:1:b/*", arn, False, False),
        ("*b/c*", arn, Unknown, Unknown),
        ("*x/c*", arn, False, False),
        // what is not an ARN at all is not known to leave a resource out
        ("b/*", arn, Unknown, Unknown),
        ("a:/c", arn, Unknown, Unknown),
        ("", arn, Unknown, Unknown),
        ("arn:aws:a:r:1:${}", arn, Unknown, Unknown),
    ] {
        let context = Context::partial()
            .with("a:u", "b")
            .with("a:s", "a")
            .without("a:none");
        for (completes, expected) in [(true, identity), (false, other)] {
            let test = ResourceTest::new(entry, true, completes);
            let target = Target::new(resource);
            assert_eq!(
                test.matches(target, &context),
                expected,
                "{entry} {completes}"
            );
            assert!(
                test.probe().passes(target) || expected == False,
                "{entry} {completes}"
            );
            let unknown = test.keys().any(|key| context.find(key) == Found::Unknown);
            let has_reason = test.unmodelled().is_some();
            assert!(expected != Unknown || has_reason != unknown, "{entry}");
        }
    }
    let context = Context::new().with("a:u", "b");
    let shown = |entry| {
        ResourceTest::new(entry, true, true)
            .expanded(&context)
            .into_owned()
    };
    assert_eq!(shown("arn:aws:a:::${a:u}/*"), "arn:aws:a:::b/*");
    assert_eq!(shown("arn:aws:a:::${a:x}/*"), "arn:aws:a:::${a:x}/*");
    assert_eq!(shown("arn:aws:a"), "arn:aws:a");
}
