//! A condition is decided in a partial request exactly if all completions of the request agree.

use std::collections::BTreeSet;

use super::list;
use crate::condition::{Comparison, Family, Operator, SetOperator};
use crate::decide::Context;
use crate::decide::condition::Test;
use crate::decide::context::{Found, Keys};
use crate::decide::truth::Truth;
use crate::decide::variables::{Expanded, Syntax, expand};

/// Values of policies and of requests for a family of operators. The values of requests include those
/// that the values of policies tell apart.
fn pools(family: Family) -> (&'static [&'static str], &'static [&'static str]) {
    match family {
        Family::String => (
            &[
                "", "a", "A", "b", "*", "?", "??", "?*", "??*", "a*", "*a", "${*}", "${$}b", "${x",
            ],
            &[
                "", "a", "A", "b", "*", "$b", "ab", "ba", "z", "zz", "zzz", "${x",
            ],
        ),
        Family::Numeric => (
            &["1", "01.0", "2.5", "-3", "x"],
            &["0", "1", "2", "2.50", "3", "-3", "-4", "x", ""],
        ),
        Family::Date => (
            &["2026-01-01", "2026-01-01T00:00:00.5Z", "0", "2026-01"],
            &[
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00.5Z",
                "2026-01-01T00:00:00.2Z",
                "2027-01-01",
                "0",
                "-1",
                "1",
                "x",
            ],
        ),
        Family::Bool => (&["true", "False", "x"], &["true", "false", "x"]),
        Family::Binary => (&["", "Zg==", "Zm8="], &["", "Zg==", "Zm8=", "Zm9v", "f"]),
        Family::IpAddress => (
            &["203.0.113.0/24", "203.0.113.7", "::/0", "0.0.0.0/0", "x"],
            &[
                "203.0.113.7",
                "203.0.113.8",
                "198.51.100.1",
                "2001:db8::1",
                "x",
            ],
        ),
        Family::Arn => (
            &[
                "*",
                "arn:aws:a:::b",
                "arn:aws:a:*::b*",
                "arn:*:*:*:*:*",
                "arn:aws:a",
            ],
            &[
                "arn:aws:a:::b",
                "arn:aws:a:r::bc:d",
                "arn:aws:b:::b",
                "x:aws:a:::b",
                "x",
                "",
            ],
        ),
        Family::Null => (&["true", "FALSE", "x"], &["", "a", "true"]),
    }
}

fn operators() -> impl Iterator<Item = Operator> {
    let sets = [
        None,
        Some(SetOperator::ForAllValues),
        Some(SetOperator::ForAnyValue),
    ];
    let all = Comparison::ALL.iter().flat_map(move |comparison| {
        let of = move |(set, if_exists)| Operator {
            if_exists,
            ..Operator::new(set, *comparison)
        };
        sets.into_iter()
            .flat_map(|set| [(set, false), (set, true)])
            .map(of)
    });
    all.filter(|it| it.family() != Family::Null || !it.if_exists)
}

/// Returns the lists of at most two values.
fn lists<'a>(values: &[&'a str]) -> Vec<Vec<&'a str>> {
    let one = values.iter().map(|a| vec![*a]);
    let two = values
        .iter()
        .flat_map(|a| values.iter().map(|b| vec![*a, *b]));
    [vec![]].into_iter().chain(one).chain(two).collect()
}

fn add(context: &Context, key: &str, values: &[&str]) -> Context {
    let with = |context: Context, value: &&str| context.with(key, *value);
    values.iter().fold(context.clone().without(key), with)
}

/// A partial request with its completions.
type Completions = (Context, Vec<Context>);

/// Compares the result in a partial request with the results in its completions.
fn check(test: &Test<'_>, partial: &Context, completions: &[Context], what: &dyn Fn() -> String) {
    let (mut is_true, mut is_false, mut is_open) = (false, false, false);
    let known = test.holds(partial);
    if known == Truth::Unknown && test.unmodelled().is_some() {
        return;
    }
    for completion in completions {
        match test.holds(completion) {
            Truth::True => is_true = true,
            Truth::False => is_false = true,
            Truth::Unknown => is_open = true,
        }
        if known == Truth::Unknown && is_true && is_false {
            return;
        }
    }
    let is_right = match known {
        Truth::True => !is_false,
        Truth::False => !is_true,
        // a value of the request that a negated operator cannot compare has no documented result
        Truth::Unknown => is_open && !test.operator().contains("String"),
    };
    let results = format!("true: {is_true}, false: {is_false}, unknown: {is_open}");
    assert!(is_right, "{} is {known:?}; {results}", what());
}

#[test]
fn a_condition_on_an_unknown_key_is_decided_exactly_if_all_values_agree() {
    for operator in operators() {
        let name = operator.to_string();
        let (policy, request) = pools(operator.family());
        let request: BTreeSet<_> = policy.iter().chain(request).copied().collect();
        let request: Vec<_> = request.into_iter().collect();
        // IAM compares several values only with a set operator
        let several = lists(&request).into_iter();
        let values = several.filter(|it| operator.set.is_some() || it.len() < 2);
        let context = Context::partial();
        let completions: Vec<_> = values.map(|it| add(&context, "a:k", &it)).collect();
        for values in lists(policy) {
            let wanted = list(values.iter().copied());
            let test = Test::new(&name, "a:K", &wanted, true);
            let what = || format!("{name} {values:?}");
            check(&test, &context, &completions, &what);
        }
    }
}

#[test]
fn patterns_that_match_all_texts_together_decide() {
    for (values, is_everything) in [
        (&["", "?", "??*"][..], true),
        (&["?*", "", "a"], true),
        (&["**", "?"], true),
        (&["?", "??*"], false),
        (&["", "??*"], false),
        (&["", "?", "??"], false),
        (&["${*}"], false),
    ] {
        let wanted = list(values.iter().copied());
        let holds = |name| Test::new(name, "a:k", &wanted, true).holds(&Context::partial());
        let expected = |all| if is_everything { all } else { Truth::Unknown };
        assert_eq!(
            holds("StringLikeIfExists"),
            expected(Truth::True),
            "{values:?}"
        );
        assert_eq!(
            holds("ForAllValues:StringLike"),
            expected(Truth::True),
            "{values:?}"
        );
        assert_eq!(
            holds("ForAnyValue:StringNotLike"),
            expected(Truth::False),
            "{values:?}"
        );
        assert_eq!(holds("StringNotLike"), Truth::Unknown, "{values:?}");
    }
}

/// Values of policies with the variable `a:u`, and values of the variable.
const VARIABLES: &[(Family, &[&str], &[&str])] = &[
    (
        Family::String,
        &["${a:u}", "x${A:U}", "${a:u, 'd'}", "*${a:u}", "a"],
        &["", "a", "A", "*"],
    ),
    (
        Family::Arn,
        &["arn:aws:a:::${a:u}", "arn:${a:u, 'd'}:a:::*", "${a:u}"],
        &["", "a", "aws:a::", "arn:aws:a:::a"],
    ),
];

/// Returns partial requests in which the key, the variable or both are unknown, each with its
/// completions.
fn partial_requests(policy: &[&str], variables: &[&str], several: bool) -> Vec<Completions> {
    // the texts that equal a value of the policy, and others
    let mut texts: BTreeSet<String> = variables.iter().map(|it| (*it).to_owned()).collect();
    let some = variables
        .iter()
        .map(|value| Context::new().with("a:u", *value));
    for context in some.chain([Context::new()]) {
        for template in policy {
            if let Expanded::Text(text) = expand(template, Syntax::Plain, &context) {
                texts.insert(text);
            }
        }
    }
    // the values of the variable for which a value of the policy equals one of these texts
    let parts: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| {
            let ends = text.match_indices(':').map(|(at, _)| at);
            let ends: Vec<_> = ends.chain([text.len()]).collect();
            let starts: Vec<_> = [0]
                .into_iter()
                .chain(ends.iter().map(|at| at + 1))
                .collect();
            let parts = starts.into_iter().flat_map(move |start| {
                let ends: Vec<_> = ends.iter().copied().filter(|end| *end >= start).collect();
                ends.into_iter().map(move |end| &text[start..end])
            });
            parts.collect::<Vec<_>>()
        })
        .collect();
    let partial = Context::partial();
    let with = |context: &Context, key, values: Vec<Vec<&str>>| -> Vec<Context> {
        values.iter().map(|it| add(context, key, it)).collect()
    };
    let keys = || -> Vec<Vec<&str>> {
        let single = texts.iter().map(|it| vec![&**it]);
        let pair = several.then(|| vec!["", "b"]);
        single.chain([vec![]]).chain(pair).collect()
    };
    let more = || [vec![], vec!["a", "d"]];
    let all_variables = || parts.iter().map(|it| vec![*it]).chain(more()).collect();
    let some_variables = || variables.iter().map(|it| vec![*it]).chain(more()).collect();
    let mut requests = Vec::new();
    // of several values, those that a variable equals are not tracked: see `Test::holds`
    let one = keys().into_iter().filter(|it| it.len() < 2).collect();
    for context in with(&partial, "a:k", one) {
        let all = with(&context, "a:u", all_variables());
        requests.push((context, all));
    }
    for context in with(&partial, "a:u", some_variables()) {
        let all = with(&context, "a:k", keys());
        requests.push((context, all));
    }
    let all = with(&partial, "a:k", keys());
    let all = all
        .iter()
        .flat_map(|it| with(it, "a:u", some_variables()))
        .collect();
    requests.push((partial, all));
    requests
}

#[test]
fn a_condition_with_variables_is_decided_exactly_if_all_their_values_agree() {
    for (family, policy, variables) in VARIABLES {
        let [plain, sets] =
            [false, true].map(|several| partial_requests(policy, variables, several));
        for operator in operators().filter(|it| it.family() == *family) {
            let name = operator.to_string();
            let requests = if operator.set.is_some() {
                &sets
            } else {
                &plain
            };
            for values in lists(policy) {
                let wanted = list(values.iter().copied());
                let test = Test::new(&name, "a:k", &wanted, true);
                for (partial, completions) in requests {
                    let what = || format!("{name} {values:?} {partial:?}");
                    check(&test, partial, completions, &what);
                }
            }
        }
    }
}

#[test]
fn an_undecided_condition_names_the_unknown_keys() {
    let wanted = list(["${a:u}", "${a:known}", "x"]);
    let test = Test::new("StringEquals", "a:k", &wanted, true);
    let context = Context::partial().with("a:known", "y");
    assert_eq!(test.holds(&context), Truth::Unknown);
    let keys = test
        .keys()
        .filter(|key| context.find(key) == Found::Unknown);
    assert_eq!(keys.collect::<Vec<_>>(), ["a:k", "a:u"]);
}
