//! Generation of Rust from facts: invalid names are errors, and text of a page never becomes code.

mod support;

use expect_test::{Expect, expect};
use iam_policy::wire::{self, Service};
use proptest::prelude::*;
use support::hostile::{self, never_becomes_code, never_becomes_code_in_pages};
use support::{Layout, sample};

/// Emits an edited orchard and checks that the error is one line and names the page.
fn refused(edit: impl FnOnce(&mut Service), expected: Expect) {
    let mut service = wire::normal_form(&sample::current_orchard());
    edit(&mut service);
    let error = support::emit_service(&service, Layout::Current).expect_err("an error");
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "one line: {message}");
    assert!(message.contains("orchard"), "{message}");
    expected.assert_eq(&format!("{message}\n"));
}

#[test]
fn the_error_of_an_invalid_arn_template_quotes_it() {
    let set = |arn: &'static str| {
        move |service: &mut Service| {
            let it = service.resource_types.get_mut("tree").expect("a tree");
            arn.clone_into(&mut it.arn);
        }
    };
    refused(
        set("tree/${TreeId}"),
        expect![[r#"
        page `orchard`: resource type `tree`: found no `arn:` at the start in the ARN template `tree/${TreeId}`, expected `arn:${Partition}:service:${Region}:${Account}:…`
    "#]],
    );
    refused(
        set("arn:${Partition}:orchard:${Region}"),
        expect![[r#"
        page `orchard`: resource type `tree`: found 4 fields in the ARN template `arn:${Partition}:orchard:${Region}`, expected `arn:${Partition}:service:${Region}:${Account}:…`
    "#]],
    );
    refused(
        set("arn:${Partition:orchard:::tree"),
        expect![[r#"
        page `orchard`: resource type `tree`: found `${Partition:orchard:::tree` in the ARN template `arn:${Partition:orchard:::tree`, expected `arn:${Partition}:service:${Region}:${Account}:…`
    "#]],
    );
    refused(
        set("arn:aws:orchard:::${a\"b}"),
        expect![[r#"
            page `orchard`: resource type `tree`: found `${a"b}` in the ARN template `arn:aws:orchard:::${a"b}`, expected `arn:${Partition}:service:${Region}:${Account}:…`
        "#]],
    );
    refused(
        set("arn:aws:orchard:::tree/\u{1b}"),
        expect![[r#"
            page `orchard`: resource type `tree`: found `\u{1b}` in the ARN template `arn:aws:orchard:::tree/\u{1b}`, expected `arn:${Partition}:service:${Region}:${Account}:…`
        "#]],
    );
}

#[test]
fn names_without_letters_are_rejected() {
    let action = |service: &mut Service| {
        let it = service.actions["GetRow"].clone();
        service.actions.insert("-".to_owned(), it);
    };
    refused(
        action,
        expect![[r#"
        page `orchard`: found the action `-`, expected a name that can become an identifier
    "#]],
    );
}

#[test]
fn names_with_the_same_identifier_are_numbered() {
    let mut service = wire::normal_form(&sample::current_orchard());
    let row = service.actions["GetRow"].clone();
    service.actions.insert("Get-Row".to_owned(), row);
    let tree = service.resource_types["tree"].clone();
    // the module defines `AnyArn`
    service.resource_types.insert("any-arn".to_owned(), tree);
    let it = service.resource_types.get_mut("tree").expect("a tree");
    "arn:aws:orchard:::tree/${TreeId}/${Tree-Id}".clone_into(&mut it.arn);
    let key = service.condition_keys["orchard:Variety"].clone();
    service
        .condition_keys
        .insert("orchard:variety".to_owned(), key);
    let mut operation = sample::operation("listTrees", None, &[]);
    operation.actions.clear();
    service.operations.push(operation);
    let files = support::emit_service(&service, Layout::Current).expect("a module");
    let text: String = files.into_iter().map(|file| file.text).collect();
    for item in [
        "GetRow { \"Get-Row\";",
        "GetRow2 { \"GetRow\";",
        "AnyArn2 { \"any-arn\";",
        "{ tree_id = \"TreeId\", tree_id_2 = \"Tree-Id\" }",
        "OrchardVariety { \"orchard:variety\"",
        "ListTrees2 {",
    ] {
        let lines = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(lines.contains(item), "{item}");
    }
}

#[test]
fn unknown_value_types_are_emitted_as_any() {
    let emitted = |value_type: &str| {
        let mut service = wire::normal_form(&sample::current_orchard());
        let key = service.condition_keys.get_mut("orchard:Variety");
        value_type.clone_into(&mut key.expect("a key").value_type);
        let unknown: Vec<_> = codegen::emit::unknown_value_types(&service)
            .map(|(key, value_type)| format!("{key} {value_type}"))
            .collect();
        let files = support::emit_service(&service, Layout::Current).expect("a module");
        let text = |name: &str| {
            let file = files.iter().find(|file| file.path.ends_with(name));
            let text = &file.expect("a file").text;
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        (text("/condition_keys.rs"), unknown)
    };
    let row = |of: &str, value: &str| {
        format!(
            "Variety {{ \"orchard:Variety\" at \"orchard_Variety\"{of}; const VARIETY: {value};"
        )
    };
    let (keys, unknown) = emitted("Season");
    assert!(keys.contains(&row("", "Any")), "{keys}");
    assert_eq!(unknown, ["orchard:Variety Season"]);
    // the Secrets Manager page's name for a numeric type
    let (keys, unknown) = emitted("Long");
    assert!(keys.contains(&row(": Numeric", "Numeric")), "{keys}");
    assert_eq!(unknown, <[String; 0]>::default());
}

#[test]
fn the_error_of_an_invalid_key_template_quotes_it() {
    for (name, expected) in [
        (
            "orchard:Row/${rowId",
            expect![[r#"
            page `orchard`: found `${rowId` in the condition key `orchard:Row/${rowId`, expected a key such as `aws:RequestTag/${TagKey}`
        "#]],
        ),
        (
            "orchard:Row/<",
            expect![[r#"
            page `orchard`: found `<` in the condition key `orchard:Row/<`, expected a key such as `aws:RequestTag/${TagKey}`
        "#]],
        ),
        (
            "orchard:Row {}",
            expect![[r#"
            page `orchard`: found ` ` in the condition key `orchard:Row {}`, expected a key such as `aws:RequestTag/${TagKey}`
        "#]],
        ),
    ] {
        let set = |service: &mut Service| {
            let it = service.condition_keys["orchard:Variety"].clone();
            service.condition_keys.insert(name.to_owned(), it);
        };
        refused(set, expected);
    }
}

/// Text made of parts that might end a place, and any characters.
fn hostile_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        proptest::sample::select(&hostile::TEXTS[..]).prop_map(str::to_owned),
        "[A-Za-z0-9]{1,3}",
        "[\"'`\\\\#!/*{}()\\[\\]<>$:;,|&\n\r-]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    let parts = proptest::collection::vec(part, 1..5);
    parts.prop_map(|parts| parts.concat())
}

#[test]
fn text_of_a_snapshot_never_becomes_code() {
    let compared: Vec<_> = hostile::TEXTS.map(never_becomes_code).into_iter().collect();
    assert!(compared.iter().all(|places| *places > 5), "{compared:?}");
}

#[test]
fn text_of_a_page_never_becomes_code() {
    let read: usize = hostile::TEXTS.map(never_becomes_code_in_pages).iter().sum();
    assert!(read > 20, "too few pages were read: {read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_text_becomes_code(text in hostile_text()) {
        never_becomes_code(&text);
        never_becomes_code_in_pages(&text);
    }
}

#[test]
fn the_example_of_an_emitted_crate_has_the_prefix_as_a_string_only() {
    let mut service = wire::normal_form(&sample::current_orchard());
    service.prefix = "a\".parse(); evil(); let _ = \"".to_owned();
    let readme = &hostile::frame(&service).expect("a crate")[1].text;
    assert!(
        readme.contains(r#"= "a\".parse(); evil(); let _ = \":GetRow".parse()"#),
        "{readme}"
    );
}
