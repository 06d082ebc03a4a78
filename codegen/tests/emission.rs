//! Generation of Rust from facts: invalid names are errors, and text of a page never becomes code.

mod support;

use expect_test::{Expect, expect};
use iam_policy::wire::{self, Facts, Service};
use proc_macro2::{TokenStream, TokenTree};
use support::{Layout, Style, sample};

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
            page `orchard`: resource type `tree`: found `\u{1b}` in the ARN template `arn:aws:orchard:::tree/ `, expected `arn:${Partition}:service:${Region}:${Account}:…`
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

/// Text that might end a literal, a comment, an attribute or a line.
const HOSTILE: [&str; 14] = [
    "\"); fn evil() {} (\"",
    "*/ fn evil() {} /*",
    "x\nfn evil() {}\n",
    "x\r\nfn evil() {}",
    "x\u{2028}fn evil() {}",
    "{}; fn evil() {}",
    "#![allow(evil)]",
    "#[cfg(any())]",
    "` fn evil() {} `",
    "\"]\nfn evil() {}\n#[doc = \"",
    "r#\"evil\"#",
    "\\\" fn evil() {}",
    "\u{202e}evil()",
    "\0${evil}",
];

/// Returns a service for each place that contains text, with this text in the place.
fn places(text: &str) -> Vec<(&'static str, Service)> {
    let service = wire::normal_form(&sample::current_orchard());
    let mut places = Vec::new();
    let mut add = |name, edit: &dyn Fn(&mut Service)| {
        let mut edited = service.clone();
        edit(&mut edited);
        places.push((name, edited));
    };
    let owned = || text.to_owned();
    add("service", &|it| it.service = owned());
    add("prefix", &|it| it.prefix = owned());
    add("page", &|it| it.page = owned());
    add("action", &|it| {
        let action = it.actions.remove("GetRow").expect("an action");
        it.actions.insert(owned(), action);
    });
    add("api", &|it| {
        action(it).api = Some(format!("https://{text}"))
    });
    add("dependent action", &|it| {
        action(it).dependent_actions = vec![owned()]
    });
    add("key of an action", &|it| {
        action(it).condition_keys = vec![format!("orchard:{text}")]
    });
    add("resource type of an action", &|it| {
        action(it).resources[0].resource_type = owned();
    });
    add("scenario", &|it| {
        let it = it.actions.get_mut("GraftTree").expect("an action");
        it.scenarios[0].name = owned();
        it.scenarios[0].condition_keys = vec![format!("aws:{text}")];
    });
    add("resource type", &|it| {
        let known = it.resource_types.remove("seed_bag").expect("a type");
        it.resource_types.insert(owned(), known);
    });
    add("arn", &|it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.arn.push_str(text);
    });
    add("placeholder", &|it| {
        let tree = it.resource_types.get_mut("tree").expect("a type");
        tree.arn = format!("arn:aws:orchard:::tree/${{{text}}}");
    });
    add("key", &|it| {
        let known = it.condition_keys["orchard:Variety"].clone();
        it.condition_keys.insert(format!("orchard:{text}"), known);
    });
    add("key template", &|it| {
        let known = it.condition_keys["orchard:Variety"].clone();
        it.condition_keys
            .insert(format!("orchard:Leaf/${{{text}}}"), known);
    });
    add("value type", &|it| {
        let key = it.condition_keys.get_mut("orchard:Variety");
        key.expect("a key").value_type = owned();
    });
    add("operation", &|it| it.operations[0].operation = owned());
    add("sdk client", &|it| it.operations[0].sdk = Some(owned()));
    add("needed action", &|it| {
        it.operations[0].actions[0].action = format!("orchard:{text}")
    });
    add("context", &|it| {
        let context = &mut it.operations[0].actions[0].context;
        context.insert(owned(), vec![owned()]);
    });
    places
}

fn action(service: &mut Service) -> &mut iam_policy::wire::Action {
    service.actions.get_mut("GetRow").expect("an action")
}

#[test]
fn text_of_a_snapshot_never_becomes_code() {
    // harmless text in the same places gives the expected items
    let harmless: Vec<_> = places("Xyz")
        .into_iter()
        .map(|(_, service)| emitted(&service).ok())
        .collect();
    let mut faults = Vec::new();
    for hostile in HOSTILE {
        for ((place, service), harmless) in places(hostile).iter().zip(&harmless) {
            let shapes = emitted(service).ok();
            if shapes.is_some() && shapes != *harmless {
                faults.push(format!("{hostile:?} as {place}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn text_of_a_page_never_becomes_code() {
    let shapes = |style: Style, text: &str| {
        let page = support::render(&with_text(text), &style);
        let facts = support::read("orchard", style.form, &page).ok()?;
        emitted(&wire::normal_form(&facts)).ok()
    };
    for style in support::ENGLISH_STYLES {
        let harmless = shapes(style, "Xyz").expect("a page");
        let mut read = 0;
        for hostile in HOSTILE {
            if let Some(shapes) = shapes(style, hostile) {
                assert_eq!(shapes, harmless, "{hostile:?} in {style:?}");
                read += 1;
            }
        }
        assert!(read > 2, "too few pages of {style:?} were read: {read}");
    }
}

/// Returns an orchard with the text in all places where pages contain text.
fn with_text(text: &str) -> Facts {
    let mut facts = sample::current_orchard();
    facts.service = format!("Orchard {text}");
    let row = facts.actions.get_mut("GetRow").expect("an action");
    row.api = Some(format!("https://docs.example.com/{text}"));
    row.uses[0].resource_type = Some(format!("row {text}"));
    let graft = facts.actions.get_mut("GraftTree").expect("an action");
    graft.scenarios[0].name = text.to_owned();
    let tree = sample::resource_type("arn:aws:orchard:::tree", &[]);
    facts.resource_types.insert(format!("tree {text}"), tree);
    facts.operations[0].sdk = Some(text.to_owned());
    let needed = &mut facts.operations[0].actions[1];
    needed.action = format!("iam:{text}");
    needed
        .context
        .insert("iam:Text".to_owned(), vec![text.to_owned()]);
    facts
}

/// Returns the shapes of the files that a service gives.
fn emitted(service: &Service) -> codegen::Result<Vec<Vec<String>>> {
    let files = support::emit_service(service, Layout::Current)?;
    Ok(files.iter().map(|file| shape(&file.text)).collect())
}

/// Returns the shape of a file: its inner attributes and its items by kind, without documentation.
fn shape(text: &str) -> Vec<String> {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => return vec![error.to_string()],
    };
    let attributes = |attributes: &[syn::Attribute]| -> Vec<String> {
        let others = attributes.iter().filter(|it| !it.path().is_ident("doc"));
        others.map(|it| quote::quote!(#it).to_string()).collect()
    };
    let mut shape = vec![attributes(&file.attrs).join(" ")];
    for item in &file.items {
        let (kind, kept) = match item {
            syn::Item::Const(_) => ("const".to_owned(), Vec::new()),
            syn::Item::Impl(_) => ("impl".to_owned(), Vec::new()),
            syn::Item::Macro(it) => (
                format!("macro of {:?}", table(it.mac.tokens.clone())),
                attributes(&it.attrs),
            ),
            syn::Item::Mod(it) => ("mod".to_owned(), attributes(&it.attrs)),
            syn::Item::Static(it) => ("static".to_owned(), attributes(&it.attrs)),
            syn::Item::Use(it) => ("use".to_owned(), attributes(&it.attrs)),
            _ => ("another".to_owned(), Vec::new()),
        };
        shape.push(format!("{} {kind}", kept.join(" ")));
    }
    // the order depends on the names, which differ
    shape.sort();
    shape
}

/// Returns the number of entries in a table, and anything that only injected code could add:
/// attributes other than documentation, and the word that all hostile texts contain.
fn table(tokens: TokenStream) -> (usize, Vec<String>) {
    let mut code = Vec::new();
    let mut entries = 0;
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let attribute = tokens.next().map_or_else(String::new, |it| it.to_string());
                if !attribute.starts_with("[doc") {
                    code.push(attribute);
                }
            }
            TokenTree::Group(group) => {
                entries += 1;
                code.extend(table(group.stream()).1);
            }
            TokenTree::Ident(word) if word == "evil" => code.push(word.to_string()),
            _ => {}
        }
    }
    (entries, code)
}
