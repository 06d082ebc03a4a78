//! Hostile text in each place that contains text of the reference, and the law that it never becomes
//! code.

use codegen::emit::File;
use codegen::emit::stand_alone::{self, Crate, Input};
use codegen::names::Names;
use codegen::page::Source;
use iam_policy::Layout;
use iam_policy::wire::{self, Facts, Service};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{ENGLISH_STYLES, Style, emit_service, read, render, sample};

/// Text that might end a literal, a comment, an attribute or a line.
pub const TEXTS: [&str; 14] = [
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
pub fn places(text: &str) -> Vec<(&'static str, Service)> {
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

/// Returns a text with the same identifiers and placeholders and without any character that has a
/// meaning in Rust beyond those.
fn benign(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "${}<>:/*+._-".contains(c);
    text.chars()
        .map(|c| if plain(c) { c } else { '-' })
        .collect()
}

/// Checks for each place that a text adds no token to the generated code: a service with the text
/// becomes the same tokens, except for literals, as one with a benign text, or an error. Returns the
/// number of places whose services became code.
///
/// # Panics
/// Panics if the law does not hold.
pub fn never_becomes_code(text: &str) -> usize {
    let pairs = places(text).into_iter().zip(places(&benign(text)));
    let mut compared = 0;
    for ((place, hostile), (_, benign)) in pairs {
        let Some(hostile) = code(&hostile) else {
            continue;
        };
        let found: Vec<_> = hostile.iter().map(|code| tokens(code)).collect();
        let Some(benign) = code(&benign) else {
            continue;
        };
        for (found, benign) in found.iter().zip(&benign) {
            assert_eq!(*found, tokens(benign), "{text:?} as {place}");
        }
        compared += 1;
    }
    compared
}

/// Checks that a page with a text in a place for free text becomes the tokens of a page with a benign
/// one, and that the texts of all pages that are read consist of the characters of their kinds.
/// Returns the number of styles whose pages are read.
///
/// # Panics
/// Panics if the law does not hold.
pub fn never_becomes_code_in_pages(text: &str) -> usize {
    let service = |style: &Style, text: &str| {
        let page = render(&with_text(text), style);
        let facts = read("orchard", style.form, &page).ok()?;
        let service = wire::normal_form(&facts);
        service.check_texts().expect("texts of their kinds");
        Some(service)
    };
    let mut count = 0;
    for style in ENGLISH_STYLES {
        let Some(hostile) = service(&style, text) else {
            continue;
        };
        let benign = service(&style, "Xyz").expect("a page");
        let [hostile, benign] = [hostile, benign].map(|it| code(&it).expect("code"));
        for (hostile, benign) in hostile.iter().zip(&benign) {
            assert_eq!(tokens(hostile), tokens(benign), "{text:?} in {style:?}");
        }
        count += 1;
    }
    count
}

/// Returns an orchard with the text in all places where pages contain free text, after a letter,
/// because empty text is not a value.
fn with_text(text: &str) -> Facts {
    let text = &format!("x{text}");
    let mut facts = sample::current_orchard();
    facts.service = format!("Orchard {text}");
    let row = facts.actions.get_mut("GetRow").expect("an action");
    row.api = Some(format!("https://docs.example.com/{text}"));
    let graft = facts.actions.get_mut("GraftTree").expect("an action");
    graft.scenarios[0].name = text.to_owned();
    let context = &mut facts.operations[0].actions[1].context;
    context.insert("iam:Text".to_owned(), vec![text.to_owned()]);
    facts
}

/// Returns the code of a module for a service, and the example in the README of a stand-alone crate.
fn code(service: &Service) -> Option<Vec<String>> {
    let files = emit_service(service, Layout::Current).ok()?;
    let mut code: Vec<_> = files.into_iter().map(|file| file.text).collect();
    code.extend(example(service));
    Some(code)
}

/// Returns the example in the README of a stand-alone crate; `None` if the page has no module name.
fn example(service: &Service) -> Option<String> {
    let readme = frame(service)?.into_iter().nth(1)?.text;
    let (_, example) = readme.split_once("```rust\n").expect("an example");
    Some(example.split_once("```\n").expect("its end").0.to_owned())
}

/// Returns the manifest, the README and the library of a stand-alone crate for a service.
pub fn frame(service: &Service) -> Option<Vec<File>> {
    let source = Source {
        page: service.page.clone(),
        layout: Layout::Current,
        rendition: codegen::markup::Rendition::Html,
    };
    let input = Input {
        names: Names::default(),
        service: service.clone(),
        overlay: None,
        source,
        descriptions: None,
    };
    let it = Crate {
        name: "my-orchard",
        version: "0.1.0",
        runtime: None,
        features: false,
    };
    Some(stand_alone::frame(
        &it,
        &stand_alone::modules([input]).ok()?,
    ))
}

/// Returns the tokens of a file without documentation, sorted, because rows are in the order of their
/// names; of a string or character, only its kind.
fn tokens(code: &str) -> Vec<String> {
    let stream: TokenStream = code
        .parse()
        .unwrap_or_else(|error| panic!("{error}:\n{code}"));
    let mut tokens = Vec::new();
    collect(stream, &mut tokens);
    tokens.sort();
    tokens
}

fn collect(stream: TokenStream, tokens: &mut Vec<String>) {
    let mut stream = stream.into_iter().peekable();
    while let Some(token) = stream.next() {
        match token {
            // documentation is wrapped, so its number of lines depends on names
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                stream.next_if(|it| it.to_string() == "!");
                let is_doc = |it: &TokenTree| it.to_string().starts_with("[doc =");
                if stream.next_if(is_doc).is_none() {
                    tokens.push(sign.to_string());
                }
            }
            // an anchor is listed if it differs from the name
            TokenTree::Ident(word) if word == "at" => {
                stream.next_if(|it| matches!(it, TokenTree::Literal(_)));
            }
            // sets of keys are numbered in the order of the keys
            TokenTree::Ident(word) if word.to_string().contains("KeysOf") => {
                let word = word.to_string();
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                tokens.push(word.to_owned());
            }
            TokenTree::Ident(word) => tokens.push(word.to_string()),
            TokenTree::Punct(sign) => tokens.push(sign.to_string()),
            TokenTree::Literal(literal) => tokens.push(match literal.to_string().chars().next() {
                Some(quote @ ('"' | '\'')) => quote.to_string(),
                _ => literal.to_string(),
            }),
            TokenTree::Group(group) => {
                tokens.push(match group.delimiter() {
                    Delimiter::Parenthesis => "()".to_owned(),
                    other => format!("{other:?}"),
                });
                collect(group.stream(), tokens);
            }
        }
    }
}
