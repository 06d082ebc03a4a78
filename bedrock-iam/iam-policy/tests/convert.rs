//! Conversion of documents to Rust for services without a module in this workspace; the programs
//! are compared as text.

#![cfg(feature = "convert")]

use iam_policy::convert::to_rust;
use iam_policy::runtime::{Piece, Rules, Template};
use iam_policy::{
    AccessLevel, AccessLevels, ActionFacts, Catalog, ConditionKeyFacts, Overlay, PairFacts,
    ResourceTypeFacts, RustModule, Service, ValueType,
};
use serde_json::{Value, json};

const LOOSE: Rules = Rules {
    colon: true,
    slash: true,
    delimiter: None,
};

const NO_SLASH: Rules = Rules {
    slash: false,
    ..LOOSE
};

static FRUIT: Template = Template {
    name: "fruit",
    pieces: &[
        Piece::Literal("arn:"),
        Piece::Partition,
        Piece::Literal(":shop:"),
        Piece::Region,
        Piece::Literal(":"),
        Piece::Account,
        Piece::Literal(":fruit/"),
        Piece::Segment(0),
        Piece::Literal("/of/"),
        Piece::Segment(1),
    ],
    fields: &["name", "r#type"],
    rules: &[LOOSE, NO_SLASH],
    head: "fruit/",
    regionless: false,
};

/// A template with a placeholder in the service field.
static LISTING: Template = Template {
    name: "listing",
    pieces: &[
        Piece::Literal("arn:"),
        Piece::Partition,
        Piece::Literal(":"),
        Piece::Segment(0),
        Piece::Literal(":::listing"),
    ],
    fields: &["vendor"],
    rules: &[Rules {
        colon: false,
        ..LOOSE
    }],
    head: "listing",
    regionless: false,
};

const fn action(
    name: &'static str,
    rust_name: &'static str,
    resources: &'static [PairFacts],
    condition_keys: &'static [u16],
) -> ActionFacts {
    ActionFacts {
        name,
        rust_name,
        access_levels: AccessLevels::of(&[AccessLevel::Read]),
        permission_only: None,
        resources,
        kept_types: &[],
        condition_keys,
        dependent_actions: None,
        documentation: "",
        api_reference: None,
        removed: None,
    }
}

const fn resource_type(
    name: &'static str,
    rust_name: &'static str,
    template: &'static Template,
) -> ResourceTypeFacts {
    ResourceTypeFacts {
        name,
        rust_name,
        arn_format: None,
        template: Some(template),
        condition_keys: &[],
        documentation: "",
        removed: None,
    }
}

const fn key(
    name: &'static str,
    item: &'static str,
    value_type: Option<ValueType>,
) -> ConditionKeyFacts {
    ConditionKeyFacts {
        name,
        rust_name: item,
        item,
        value_type,
        documentation: "",
        removed: None,
    }
}

static SHOP: Service = Service {
    page: "shop",
    prefix: "shop",
    name: "Shop",
    module: Some(RustModule {
        krate: "orchard_iam",
        name: "shop",
        feature: Some("shop"),
    }),
    snapshot: None,
    actions: &[
        action(
            "shop:GetFruit",
            "GetFruit",
            &[PairFacts {
                resource_type: 0,
                required: None,
                condition_keys: &[1],
            }],
            &[0, 2, 3, 4],
        ),
        action(
            "shop:GetListing",
            "GetListing",
            &[PairFacts {
                resource_type: 1,
                required: None,
                condition_keys: &[],
            }],
            &[],
        ),
        action("shop:ListFruits", "ListFruits", &[], &[5]),
    ],
    resource_types: &[
        resource_type("fruit", "Fruit", &FRUIT),
        resource_type("listing", "Listing", &LISTING),
    ],
    condition_keys: &[
        key(
            "aws:RequestTag/<key>",
            "request_tag",
            Some(ValueType::String),
        ),
        key(
            "git.${Domain}.com:${Repo}.branch",
            "branch",
            Some(ValueType::String),
        ),
        key("shop:Source", "SOURCE", None),
        key("shop:Tag/${key}", "tag", Some(ValueType::String)),
        key("shop:Weight", "WEIGHT", Some(ValueType::Numeric)),
        // The global key of this name has another type.
        key("aws:SourceArn", "SOURCE_ARN", Some(ValueType::Numeric)),
    ],
    operations: &[],
    overlay: Overlay::NONE,
};

fn rust(document: &Value, catalog: &Catalog) -> String {
    let document = serde_json::from_value(document.clone()).expect("a document");
    to_rust(&document, catalog).expect("a program")
}

/// Returns the program for one statement.
fn one(statement: &Value) -> String {
    let document = json!({"Version": "2012-10-17", "Statement": [statement]});
    rust(&document, &Catalog::new([&SHOP]))
}

/// Asserts that a program contains this part, ignoring line breaks.
#[track_caller]
fn has(program: &str, part: &str) {
    let words = program.split_whitespace().filter(|word| *word != "//");
    let line = words.collect::<Vec<_>>().join(" ");
    assert!(line.contains(part), "no {part} in:\n{program}");
}

#[test]
fn modules_are_imported_from_their_crate() {
    let program = one(&json!({
        "Effect": "Allow", "Action": "shop:GetFruit",
        "Resource": "arn:aws:shop:eu-central-1:123456789012:fruit/a/of/b/of/c"
    }));
    has(
        &program,
        "depends on `iam-policy`, and on `orchard-iam` with `shop`",
    );
    has(&program, "use orchard_iam::shop::{action, arn};");
    has(&program, "use iam_policy::{");
    // The longest name with which the rest of the ARN matches.
    has(
        &program,
        r#"arn::Fruit { name: seg!("a/of/b"), r#type: seg!("c"), }"#,
    );
}

#[test]
fn key_functions_are_called_with_all_arguments() {
    let program = one(&json!({
        "Effect": "Allow", "Action": "shop:GetFruit", "Resource": "arn:aws:shop:*:*:fruit/a/of/b",
        "Condition": {
            "NumericEquals": {"shop:Tag/size": "4", "shop:Weight": "3"},
            "StringEquals": {
                "aws:RequestTag/team": "pears",
                "git.example.com:pear.branch": "main",
                "shop:Weight": "heavy"
            },
            "IpAddress": {"shop:Source": "192.0.2.1"}
        }
    }));
    has(
        &program,
        r#"key::branch("example", "pear").string_equals("main")"#,
    );
    has(
        &program,
        r#"global::request_tag("team").string_equals("pears")"#,
    );
    has(&program, r#"key::tag("size").numeric_equals(4)"#);
    has(&program, "key::WEIGHT.numeric_equals(3)");
    has(&program, r#"key::SOURCE.ip_address("192.0.2.1")"#);
    has(
        &program,
        r#"foreign_key!("shop:Weight").string_equals("heavy")"#,
    );
    has(
        &program,
        "the operator doesn't suit the key's type: `shop:Weight`",
    );
}

#[test]
fn keys_are_typed_where_they_are_in_effect() {
    let condition = json!({"StringEquals": {"git.example.com:pear.branch": "main"}});
    // In effect only for GetFruit on a fruit.
    let program = one(&json!({
        "Effect": "Allow", "Action": ["shop:GetFruit", "shop:ListFruits"], "Resource": "*",
        "Condition": condition
    }));
    has(&program, r#"foreign_key!("git.example.com:pear.branch")"#);
    let program = one(&json!({
        "Effect": "Allow", "Action": "shop:GetFruit", "Resource": "*", "Condition": condition
    }));
    has(&program, "key::branch(");
    // The page's own key, because the global key has another type.
    let program = one(&json!({
        "Effect": "Allow", "Action": "shop:ListFruits", "Resource": "*",
        "Condition": {"NumericEquals": {"aws:SourceArn": "1"}, "ArnEquals": {"aws:SourceArn": "*"}}
    }));
    has(&program, "key::SOURCE_ARN.numeric_equals(1)");
    has(&program, r#"global::SOURCE_ARN.arn_equals("*")"#);
}

#[test]
fn a_service_without_a_module_has_no_typed_form() {
    static FACTS: Service = Service {
        module: None,
        ..SHOP
    };
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "shop:GetFruit", "Resource": "arn:aws:shop:*:*:fruit/a/of/b"}
    ]});
    let program = rust(&document, &Catalog::new([&FACTS]));
    has(&program, "foreign: services without a module: `shop`");
    has(&program, "raw ARN: services without a module: `shop`");
    has(&program, r#"foreign_action!("shop:GetFruit")"#);
}

#[test]
fn modules_of_the_same_name_are_distinguished_by_their_crates() {
    static OTHER: Service = Service {
        prefix: "shop2",
        module: Some(RustModule {
            krate: "shop",
            name: "shop",
            feature: None,
        }),
        actions: &[action("shop2:GetFruit", "GetFruit", &[], &[])],
        ..SHOP
    };
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["shop:ListFruits", "shop2:GetFruit"], "Resource": "*"}
    ]});
    let program = rust(&document, &Catalog::new([&SHOP, &OTHER]));
    has(&program, "use orchard_iam::shop as orchard_iam_shop;");
    has(&program, "use shop::shop as shop_shop;");
    has(
        &program,
        "orchard_iam_shop::action::ListFruits, shop_shop::action::GetFruit",
    );
    has(
        &program,
        "depends on `iam-policy`, on `orchard-iam` with `shop`,",
    );
}

#[test]
fn arns_get_the_type_whose_template_they_match() {
    let resource = |arn: &str| {
        one(
            &json!({"Effect": "Allow", "Action": ["shop:GetFruit", "shop:GetListing"], "Resource": arn}),
        )
    };
    has(
        &resource("arn:aws:shop:*:*:fruit/${aws:username}-?/of/*"),
        "name: Segment::variable(\"aws:username\")?.then(seg!(glob \"-?\")), r#type: Segment::ANY,",
    );
    has(
        &resource("arn:aws:vendor:::listing"),
        r#"arn::Listing { vendor: seg!("vendor"), }"#,
    );
    for odd in [
        // A space at an end, next to a variable, or before one.
        "arn:aws:shop:*:*:fruit/a /of/b",
        "arn:aws:shop:*:*:fruit/${aws:username} a/of/b",
        "arn:aws:shop:*:*:fruit/a ${aws:username}/of/b",
        "arn:aws:shop:*:*:fruit//of/b",
        "arn:aws:shop:*:*:fruit/a/of/",
        "arn:aws:shop:*:*:fruit/a/of/b/c",
        "arn:aws:shop:*:*:fruit/${aws:username/of/b",
        "arn:aws:shop:*:*:fruit/${aws:username, 'nobody'}/of/b",
        "arn:aws:shop::*:fruit/a/of/b",
        "arn:aws:shop:*:*:listing",
    ] {
        let program = resource(odd);
        has(&program, &format!("raw_arn!({odd:?})"));
    }
    has(
        &resource("arn:aws:shop:*:*:fruit/a b/of/c"),
        r#"seg!("a b")"#,
    );
}

/// Long lists do not become deeply nested code, and the length of ARNs is not limited.
#[test]
fn long_documents_are_converted() {
    let actions: Vec<_> = (0..20_000).map(|at| format!("s3:Get{at}")).collect();
    let statements: Vec<_> = (0..2_000)
        .map(|at| json!({"Sid": format!("S{at}"), "Effect": "Allow", "Action": "shop:ListFruits", "Resource": "*"}))
        .collect();
    let keys = (0..2_000).map(|at| (format!("x:{at}"), json!("a")));
    let keys: serde_json::Map<String, Value> = keys.collect();
    let arn = format!("arn:aws:shop:*:*:fruit/{}b", "a/of/".repeat(20_000));
    for statement in [
        json!({"Effect": "Allow", "Action": actions, "Resource": "*"}),
        json!({"Effect": "Allow", "Action": actions, "Resource": "everything"}),
        json!({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringLike": keys}}),
        json!({"Effect": "Allow", "Action": "shop:GetFruit", "Resource": arn}),
        json!(statements),
    ] {
        let document = json!({"Version": "2012-10-17", "Statement": statement});
        let program = rust(&document, &Catalog::new([&SHOP]));
        assert!(program.len() > 20_000);
        assert!(!program.contains("raw_arn!"));
    }
}
