//! The engine's rules, tested on invented services: several with the same prefix, more condition keys
//! than a machine word has bits, unknown facts, and facts beyond the reference.

#![cfg(feature = "serde")]

use iam_policy::check::{Change, Code, Finding, Severity, check};
use iam_policy::document::Document;
use iam_policy::runtime::{Piece, Rules, Template};
use iam_policy::{
    AccessLevels, ActionFacts, Catalog, ConditionKeyFacts, Layout, OperationFacts, OperationNeed,
    Overlay, PairFacts, Policy, RemovedFacts, RequiredAction, ResourceTypeFacts, SensitiveActions,
    Service, Sibling, Snapshot, Together, UseNeed, ValueType,
};
use serde_json::{Value, json};

const fn action(name: &'static str) -> ActionFacts {
    ActionFacts {
        name,
        rust_name: "",
        access_levels: AccessLevels::NONE,
        permission_only: None,
        resources: &[],
        kept_types: &[],
        condition_keys: &[],
        dependent_actions: None,
        documentation: "",
        api_reference: None,
        removed: None,
    }
}

const fn on(resource_type: u16) -> PairFacts {
    PairFacts {
        resource_type,
        required: None,
        condition_keys: &[],
    }
}

const fn key(name: &'static str, value_type: Option<ValueType>) -> ConditionKeyFacts {
    ConditionKeyFacts {
        name,
        rust_name: "",
        item: "",
        value_type,
        documentation: "",
        removed: None,
    }
}

const fn resource_type(
    name: &'static str,
    arn_format: Option<&'static str>,
    template: Option<&'static Template>,
) -> ResourceTypeFacts {
    ResourceTypeFacts {
        name,
        rust_name: "",
        arn_format,
        template,
        condition_keys: &[],
        documentation: "",
        removed: None,
    }
}

const fn template(pieces: &'static [Piece], head: &'static str) -> Template {
    Template {
        name: "",
        pieces,
        fields: &["id"],
        rules: &[Rules {
            colon: false,
            slash: false,
            delimiter: None,
        }],
        head,
        regionless: false,
    }
}

static SHELF: Template = template(
    &[
        Piece::Literal("arn:"),
        Piece::Partition,
        Piece::Literal(":shop:"),
        Piece::Region,
        Piece::Literal(":"),
        Piece::Account,
        Piece::Literal(":shelf/"),
        Piece::Segment(0),
    ],
    "shelf/",
);

static CRATE: Template = template(
    &[
        Piece::Literal("arn:"),
        Piece::Partition,
        Piece::Literal(":shop:"),
        Piece::Region,
        Piece::Literal(":"),
        Piece::Account,
        Piece::Literal(":crate/"),
        Piece::Segment(0),
    ],
    "crate/",
);

const SHELF_TYPE: ResourceTypeFacts = resource_type(
    "shelf",
    Some("arn:${Partition}:shop:${Region}:${Account}:shelf/${Id}"),
    Some(&SHELF),
);

const CRATE_TYPE: ResourceTypeFacts = resource_type(
    "crate",
    Some("arn:${Partition}:shop:${Region}:${Account}:crate/${Id}"),
    Some(&CRATE),
);

const EMPTY: Service = Service {
    page: "",
    prefix: "shop",
    name: "Shop",
    module: None,
    snapshot: None,
    actions: &[],
    resource_types: &[],
    condition_keys: &[],
    operations: &[],
    overlay: Overlay::NONE,
};

/// The first page of the prefix `shop`, with the resource type `shelf`.
static FRONT: Service = Service {
    page: "front",
    actions: &[
        ActionFacts {
            resources: &[on(0)],
            condition_keys: &[0],
            ..action("shop:BuyItem")
        },
        ActionFacts {
            dependent_actions: Some(&["shop:BuyItem", "till:Open"]),
            ..action("shop:PayItem")
        },
        ActionFacts {
            removed: Some(RemovedFacts {
                date: "2026-11-22",
                replaced_by: Some(1),
            }),
            ..action("shop:Settle")
        },
    ],
    resource_types: &[SHELF_TYPE],
    condition_keys: &[key("shop:Colour", Some(ValueType::String))],
    operations: &[OperationFacts {
        name: "Browse",
        rust_name: "",
        sdk_clients: &[],
        required_actions: &[
            RequiredAction {
                sdk_client: None,
                action: "shop:BuyItem",
                context: &[],
            },
            RequiredAction {
                sdk_client: None,
                action: "shop:TagItem",
                context: &[],
            },
        ],
        removed: None,
    }],
    overlay: &Overlay {
        operation_needs: &[OperationNeed {
            operations: &["BuyItem"],
            action: "till:Read",
            context: &[],
            why: "",
            source: "",
        }],
        needed_only_with: &[UseNeed {
            action: "shop:TagItem",
            usage: "tagging",
            operations: &["Browse"],
            when: "when it tags",
            why: "",
            source: "",
        }],
        siblings: &[
            Sibling {
                action: "shop:BuyItem",
                sibling: "shop:StoreItem",
                how: "by the back door",
                why: "",
                source: "",
            },
            Sibling {
                action: "shop:BuyItem",
                sibling: "shop:NoSuchAction",
                how: "in another version",
                why: "",
                source: "",
            },
        ],
        sensitive_actions: &[SensitiveActions {
            actions: &["shop:PayItem"],
            why: "spends money",
            source: "",
        }],
        ..*Overlay::NONE
    },
    ..EMPTY
};

/// The second page of the prefix `shop`, with the resource type `crate`.
static BACK: Service = Service {
    page: "back",
    actions: &[
        ActionFacts {
            resources: &[on(0), on(1)],
            ..action("shop:MoveItem")
        },
        ActionFacts {
            resources: &[on(0)],
            ..action("shop:StoreItem")
        },
    ],
    resource_types: &[CRATE_TYPE, SHELF_TYPE],
    condition_keys: &[key("shop:Weight", None)],
    overlay: &Overlay {
        needed_together: &[
            Together {
                actions: &["shop:MoveItem"],
                operations: &[],
                beside: &[],
                needs: "crate",
                or: &[],
                why: "",
                source: "",
            },
            Together {
                actions: &["shop:MoveItem"],
                operations: &[],
                beside: &[],
                needs: "shelf",
                or: &[],
                why: "",
                source: "",
            },
        ],
        ..*Overlay::NONE
    },
    ..EMPTY
};

/// A service with few facts: a resource type without an ARN format, and many condition keys.
fn till() -> &'static Service {
    let names = (0..300).map(|at| -> &'static str { format!("till:Key{at:03}").leak() });
    let keys: Vec<_> = names.map(|name| key(name, None)).collect();
    static DRAWER: [PairFacts; 1] = [on(0)];
    let actions = vec![
        ActionFacts {
            resources: &DRAWER,
            condition_keys: &[299],
            ..action("till:Open")
        },
        action("till:Read"),
    ];
    Box::leak(Box::new(Service {
        page: "till",
        prefix: "till",
        actions: actions.leak(),
        resource_types: vec![resource_type("drawer", None, None)].leak(),
        condition_keys: keys.leak(),
        ..EMPTY
    }))
}

fn catalog() -> Catalog {
    Catalog::new([&FRONT, &BACK, till()])
}

fn document(statements: Value) -> Document {
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    serde_json::from_value(policy).expect("a policy")
}

fn findings(statements: Value) -> Vec<Finding> {
    check(&document(statements), &catalog()).findings
}

fn allow(action: Value, resource: Value) -> Vec<Finding> {
    findings(json!([{"Effect": "Allow", "Action": action, "Resource": resource}]))
}

#[track_caller]
fn only(findings: Vec<Finding>, code: Code) -> Finding {
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [code], "{findings:#?}");
    findings.into_iter().next().expect("one")
}

#[track_caller]
fn none(findings: Vec<Finding>) {
    assert!(findings.is_empty(), "{findings:#?}");
}

const A_SHELF: &str = "arn:aws:shop:eu-central-1:123456789012:shelf/a";
const A_CRATE: &str = "arn:aws:shop:eu-central-1:123456789012:crate/a";

#[test]
fn pages_with_the_same_prefix_are_checked_as_one_service() {
    // an action of the second page only
    none(allow(json!("shop:StoreItem"), json!(A_CRATE)));
    let finding = only(
        allow(json!("shop:StoreItme"), json!("*")),
        Code::UNKNOWN_ACTION,
    );
    assert_eq!(finding.severity, Severity::Error);
    let fix = finding.fix.expect("a fix");
    assert_eq!(
        fix.change,
        Change::Replace(vec!["shop:StoreItem".to_owned()])
    );
    assert_eq!(fix.path.to_string(), "Statement[0].Action");
    // an ARN of either page's types
    let finding = only(
        allow(
            json!(["shop:PayItem", "shop:BuyItem"]),
            json!(["*", "arn:aws:shop:eu-central-1:123456789012:box/a"]),
        )
        .into_iter()
        .filter(|finding| finding.code == Code::UNKNOWN_RESOURCE_TYPE)
        .collect(),
        Code::UNKNOWN_RESOURCE_TYPE,
    );
    assert_eq!(finding.path.to_string(), "Statement[0].Resource[1]");
    only(
        allow(json!("shop:StoreItem"), json!([A_CRATE, A_SHELF])),
        Code::RESOURCE_WITHOUT_ACTION,
    );
    // a key of one page with an action of the other
    let condition = json!({"StringEquals": {"shop:Colour": "red"}});
    let dead = findings(
        json!({"Effect": "Allow", "Action": "shop:StoreItem", "Resource": "*", "Condition": condition}),
    );
    only(dead, Code::DEAD_CONDITION);
    only(allow(json!("shop:Settle"), json!("*")), Code::REMOVED_NAME);
}

#[test]
fn messages_contain_the_source_of_the_facts() {
    let of = |snapshot: Option<Snapshot>| {
        let service: &'static Service = Box::leak(Box::new(Service { snapshot, ..FRONT }));
        let policy = document(json!({
            "Effect": "Allow",
            "Action": ["shop:Smell*", "shop:BuyEverything"],
            "Resource": "arn:aws:shop:eu-central-1:123456789012:box/a",
            "Condition": {"StringEquals": {"shop:Smell": "sweet"}},
        }));
        let report = check(&policy, &Catalog::new([service]));
        let codes = [
            Code::UNKNOWN_ACTION,
            Code::UNKNOWN_KEY,
            Code::UNKNOWN_RESOURCE_TYPE,
        ];
        let findings = report.findings.into_iter();
        let findings = findings.filter(|finding| codes.contains(&finding.code));
        findings.map(|finding| finding.message).collect::<Vec<_>>()
    };
    let given = of(None);
    assert_eq!(given.len(), 4, "{given:#?}");
    assert!(
        given.iter().all(|it| it.contains(" in the given facts")),
        "{given:#?}"
    );
    let address = "https://example.com/list_shop.html";
    let read = Snapshot::new("shop", Layout::Current, "list_shop.html", address);
    let source = format!("the facts from {address}");
    let named: Vec<_> = given
        .iter()
        .map(|it| it.replace("the given facts", &source))
        .collect();
    assert_eq!(of(Some(read)), named);
}

#[test]
fn fields_of_arns_with_variables_are_checked() {
    let finding = only(
        allow(
            json!("shop:StoreItem"),
            json!([
                A_CRATE,
                "arn:${aws:PrincipalTag/partition}:shop:eu-central-1:12345:crate/a"
            ]),
        ),
        Code::MALFORMED_ARN,
    );
    assert!(finding.message.contains("`12345`"), "{finding}");
    let finding = only(
        allow(
            json!("shop:StoreItem"),
            json!(
                "arn:${aws:PrincipalTag/partition}:shop:${aws:RequestedRegion}:123456789012:crate/a"
            ),
        ),
        Code::MALFORMED_ARN,
    );
    assert_eq!(finding.severity, Severity::Warning);
}

#[test]
fn keys_beyond_the_first_machine_word_are_found() {
    let with = |name: &str| {
        findings(
            json!({"Effect": "Deny", "Action": "till:Open", "Resource": "*",
            "Condition": {"StringEquals": {name: "x"}}}),
        )
    };
    none(with("till:Key299"));
    only(with("till:Key000"), Code::OPEN_CONDITION);
}

#[test]
fn unknown_facts_cause_no_findings() {
    // the type has no ARN format, the key has no type
    none(findings(
        json!({"Effect": "Allow", "Action": "till:Open", "Resource": "arn:aws:till:::drawer/1",
        "Condition": {"NumericEquals": {"till:Key299": "1"}, "StringEquals": {"till:Key299": "x"}}}),
    ));
    // no facts at all
    none(allow(json!("door:Open"), json!("arn:aws:door:nowhere::x")));
}

#[test]
fn facts_beyond_the_reference_are_checked() {
    let found = findings(json!([
        {"Effect": "Allow", "Action": "shop:Store*", "Resource": "*"},
        {"Effect": "Deny", "Action": "shop:BuyItem", "Resource": "*"},
    ]));
    let finding = only(found, Code::FORGOTTEN_SIBLING);
    assert_eq!(
        finding.message,
        "`shop:BuyItem` is denied, but the same is still possible with `shop:StoreItem` (by the back door)"
    );
    none(findings(
        json!([{"Effect": "Deny", "Action": ["shop:BuyItem", "shop:Store*"], "Resource": "*"}]),
    ));
    let finding = only(
        allow(json!("shop:BuyItem"), json!("*")),
        Code::MISSING_DEPENDENT_ACTION,
    );
    assert!(finding.message.contains("`till:Read`"), "{finding}");
    let finding = only(
        allow(json!("shop:Browse"), json!("*")),
        Code::OPERATION_AS_ACTION,
    );
    assert!(
        finding.message.ends_with(
            "it requires `shop:BuyItem`, and in some cases `shop:TagItem` (when it tags)"
        ),
        "{finding}"
    );
    let finding = only(
        allow(json!("shop:MoveItem"), json!(A_SHELF)),
        Code::MISSING_REQUIRED_RESOURCE,
    );
    assert!(finding.message.ends_with("of type `crate`"), "{finding}");
    let found = allow(json!(["shop:P*", "till:*", "shop:BuyItem"]), json!("*"));
    let finding = only(found, Code::SENSITIVE_ACTION);
    assert_eq!(finding.severity, Severity::Warning);
    let found = allow(
        json!(["shop:PayItem", "till:*", "shop:BuyItem"]),
        json!("*"),
    );
    let finding = only(found, Code::SENSITIVE_ACTION);
    assert!(finding.message.contains("spends money"), "{finding}");
}

#[test]
fn sensitive_actions_of_services_without_facts_are_reported() {
    static LIST: &[SensitiveActions] = &[SensitiveActions {
        actions: &["door:Unlock", "shop:NoSuchAction"],
        why: "lets everyone in",
        source: "",
    }];
    let catalog = catalog().with_sensitive(LIST);
    let found = |action: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": "*"});
        let findings = check(&document(statement), &catalog).findings;
        findings
            .into_iter()
            .filter(|finding| finding.code == Code::SENSITIVE_ACTION)
            .count()
    };
    assert_eq!(
        (found("DOOR:unlock"), found("door:U*"), found("door:Lock")),
        (1, 1, 0)
    );
    // the facts contain no such action
    assert_eq!(found("shop:No*"), 0);
}

#[test]
fn statements_without_facts_are_counted() {
    let statements = json!([
        {"Effect": "Allow", "Action": ["shop:StoreItem"], "Resource": "*"},
        {"Effect": "Allow", "Action": ["shop:StoreItem", "LAMBDA:Get*", "lambda:List*"], "Resource": "*"},
        {"Effect": "Deny", "NotAction": ["lambda:*", "ec2:*"], "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
    ]);
    let document = document(statements);
    let report = check(&document, &catalog());
    assert_eq!(report.checked, 2);
    let not_checked: Vec<_> = report.not_checked.iter().map(ToString::to_string).collect();
    assert_eq!(
        not_checked,
        ["1 statement of `ec2`", "2 statements of `lambda`"]
    );
    assert_eq!(Policy::from(document).check(&catalog()), report);
}

#[test]
fn codes_have_unique_names() {
    let codes = catalog().codes();
    let mut names: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), codes.len());
    let kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    for code in codes {
        assert!(code.as_str().bytes().all(kebab), "{code}");
        assert!(!code.explanation().trim().is_empty(), "{code}");
    }
}
