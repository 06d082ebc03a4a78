//! Large policies of many shapes, each of which was slow once or could be, for the test and the benchmark.

use std::fmt::Write;

/// A policy, or another text, of any length: a beginning, parts with their numbers, and an end.
struct Shape {
    name: &'static str,
    begin: &'static str,
    part: fn(usize) -> String,
    separator: &'static str,
    end: &'static str,
}

/// Returns all shapes with a length of at most `size` bytes, by name.
pub(crate) fn all(size: usize) -> Vec<(&'static str, String)> {
    let texts = shapes().into_iter().map(|shape| {
        let mut text = shape.begin.to_owned();
        for number in 0.. {
            let part = (shape.part)(number);
            let separator = if number == 0 { "" } else { shape.separator };
            if text.len() + separator.len() + part.len() + shape.end.len() > size {
                break;
            }
            write!(text, "{separator}{part}").unwrap();
        }
        (shape.name, text + shape.end)
    });
    texts.collect()
}

/// Returns letters that depend on a number, separated by `between`.
fn letters(mut number: usize, between: &str) -> String {
    let mut text = String::new();
    for _ in 0..7 {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text.push(char::from(b'a' + (number >> 33) as u8 % 8));
        text += between;
    }
    text
}

fn shapes() -> Vec<Shape> {
    const STATEMENTS: [&str; 2] = [r#"{"Version": "2012-10-17", "Statement": ["#, "]}"];
    const ACTIONS: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": ["#,
        "]}]}",
    ];
    const ACTION: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": "bedrock:"#,
        r#""}]}"#,
    ];
    const RESOURCES: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["bedrock:*", "s3:*"], "Resource": ["#,
        "]}]}",
    ];
    const KEYS: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*", "Condition": {"StringEquals": {"#,
        "}}}]}",
    ];
    const VALUES: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalTag/a": ["#,
        "]}}}]}",
    ];
    const VALUE: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalTag/a": ""#,
        r#""}}}]}"#,
    ];
    const PRINCIPALS: [&str; 2] = [
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": {"AWS": ["#,
        "]}}]}",
    ];
    const NOTHING: [&str; 2] = ["", ""];
    let shape = |name, [begin, end]: [&'static str; 2], separator, part| Shape {
        name,
        begin,
        part,
        separator,
        end,
    };
    vec![
        shape("statements", STATEMENTS, ",", |_| {
            r#"{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}"#.to_owned()
        }),
        shape("statements with keys", STATEMENTS, ",", |number| {
            format!(
                r#"{{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{"StringNotEquals": {{"aws:ResourceTag/x{number}": "a"}}}}}}"#
            )
        }),
        shape("statements with Sids", STATEMENTS, ",", |number| {
            format!(
                r#"{{"Sid": "s-{number}", "Effect": "Allow", "Action": "iam:*", "Resource": "*"}}"#
            )
        }),
        shape("dependent actions", STATEMENTS, ",", |number| {
            format!(
                r#"{{"Effect": "Allow", "Action": "bedrock:CreateAgent", "Resource": "arn:aws:bedrock:*:*:agent/{number}"}}"#
            )
        }),
        shape("siblings", STATEMENTS, ",", |number| {
            let effect = ["Allow", "Deny"][number % 2];
            format!(
                r#"{{"Effect": "{effect}", "Action": "bedrock:InvokeModel", "Resource": "arn:aws:bedrock:*::foundation-model/{number}"}}"#
            )
        }),
        shape("empty statements", STATEMENTS, ",", |_| "{}".to_owned()),
        shape("equal patterns", ACTIONS, ",", |_| {
            r#""bedrock:*""#.to_owned()
        }),
        shape("equal misspelled actions", ACTIONS, ",", |_| {
            r#""bedrock:InvokeModle""#.to_owned()
        }),
        shape("unknown actions", ACTIONS, ",", |number| {
            format!(r#""bedrock:InvokeModle{number}""#)
        }),
        shape("unknown services", ACTIONS, ",", |number| {
            format!(r#""svc{number}:Get""#)
        }),
        shape("clients", ACTIONS, ",", |number| {
            format!(r#""bedrock-runtime:Invoke{number}""#)
        }),
        shape("patterns", ACTIONS, ",", |number| {
            format!(r#""bedrock:A{number}*""#)
        }),
        shape("patterns of letters", ACTIONS, ",", |number| {
            format!(r#""bedrock:*{}""#, letters(number, "*"))
        }),
        shape("patterns of wildcards", ACTIONS, ",", |number| {
            let wildcard = |place| ["*", "?", "e"][number / 3_usize.pow(place) % 3];
            let name: String = (0..11).map(wildcard).collect();
            format!(r#""bedrock:{name}""#)
        }),
        shape("empty actions", ACTIONS, ",", |_| r#""""#.to_owned()),
        shape("numbers", ACTIONS, ",", |_| "1".to_owned()),
        shape("one long action", ACTION, "", |_| "InvokeModel".to_owned()),
        shape("stars", ACTION, "", |_| "*".to_owned()),
        shape("stars and letters", ACTION, "", |_| "*a".to_owned()),
        shape(
            "a long action and others",
            ACTION,
            "",
            |number| match number {
                0..2_000 => "*e*e*e*e*e*e*e*e".to_owned(),
                _ => format!(r#"","bedrock:Get{number}"#),
            },
        ),
        shape("ARNs", RESOURCES, ",", |number| {
            format!(r#""arn:aws:bedrock:*:*:agent/{number}*""#)
        }),
        shape("ARNs of wildcards", RESOURCES, ",", |number| {
            format!(r#""arn:*:*:*:*:*{number}*""#)
        }),
        shape("ARNs of letters", RESOURCES, ",", |number| {
            format!(r#""arn:aws:bedrock:*:*:*{}""#, letters(number, "*"))
        }),
        shape("ARNs without a type", RESOURCES, ",", |number| {
            format!(r#""arn:aws:bedrock:*:*:agnt/{number}""#)
        }),
        shape("unknown regions", RESOURCES, ",", |number| {
            format!(r#""arn:aws:bedrock:us-est-{number}:*:agent/A""#)
        }),
        shape("growing ARNs", RESOURCES, ",", |number| {
            format!(r#""arn:aws:bedrock:*:*:{}*""#, "a".repeat(number))
        }),
        shape("keys", KEYS, ",", |number| {
            format!(r#""aws:RequestTag/t{number}": "*{number}""#)
        }),
        shape("unknown keys", KEYS, ",", |number| {
            format!(r#""bedrock:GuardrailIdentifer{number}": "a""#)
        }),
        shape("values", VALUES, ",", |number| format!(r#""*{number}*""#)),
        shape("values of letters", VALUES, ",", |number| {
            format!(r#""*{}""#, letters(number, "*"))
        }),
        shape("variables", VALUES, ",", |number| {
            format!(r#""${{aws:usrname}}{number}""#)
        }),
        shape("a value of variables", VALUE, "", |_| {
            "${aws:usrname}".to_owned()
        }),
        shape("a value of dollar signs", VALUE, "", |_| {
            "$${aws:username}".to_owned()
        }),
        shape("a value of open braces", VALUE, "", |_| "${".to_owned()),
        shape("principals", PRINCIPALS, ",", |number| {
            format!(r#""arn:aws:iam::123456789012:role/r{number}""#)
        }),
        shape("invalid principals", PRINCIPALS, ",", |number| {
            format!(r#""role {number}""#)
        }),
        shape("unknown members", ["{", "}"], ",", |number| {
            format!(r#""Statemen{number}": {{"": 0}}"#)
        }),
        shape("a duplicate member", ["{", "}"], ",", |number| {
            format!(r#""a{}": 0"#, number.min(10_000))
        }),
        shape("open brackets", NOTHING, "", |_| "[".to_owned()),
        shape("quotes", NOTHING, "", |_| "\"".to_owned()),
        shape("lines", NOTHING, "", |_| "a: b\n".to_owned()),
        shape("bytes", NOTHING, "", |number| letters(number, "\u{200b}\0")),
    ]
}
