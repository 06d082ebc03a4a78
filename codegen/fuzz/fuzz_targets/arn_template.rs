#![no_main]

#[allow(dead_code)]
mod check;

use std::collections::BTreeMap;

use codegen::markup::Rendition;
use codegen::page::Source;
use codegen::template::{self, ArnPiece, Piece};
use iam_policy::Layout;
use iam_policy::wire::{Action, ConditionKey, ResourceType, Service};

// the first line is an ARN template, the rest a condition key
libfuzzer_sys::fuzz_target!(|text: &str| {
    let (arn, key) = text.split_once('\n').unwrap_or((text, "orchard:Row"));
    if let Ok(pieces) = template::arn(arn) {
        let literal: String = pieces
            .iter()
            .map(|piece| match piece {
                ArnPiece::Literal(text) => text.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(literal, bare(arn.strip_prefix('^').unwrap_or(arn), false));
        assert!(pieces.iter().filter(|it| **it == ArnPiece::Region).count() < 2);
    }
    if let Ok(pieces) = template::condition_key(key) {
        let literal: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.as_str(),
                Piece::Placeholder(_) => "",
            })
            .collect();
        assert_eq!(literal, bare(key, true));
    }
    let source = Source {
        page: "orchard".to_owned(),
        layout: Layout::Current,
        rendition: Rendition::Html,
    };
    check::emitted(&service(arn, key), &source);
});

/// Removes the placeholders from a template.
fn bare(template: &str, angles: bool) -> String {
    let mut bare = String::new();
    let mut rest = template;
    loop {
        let dollar = rest.find("${").map(|at| (at, '}'));
        let angle = rest.find('<').filter(|_| angles).map(|at| (at, '>'));
        let Some((at, end)) = [dollar, angle].into_iter().flatten().min() else {
            return bare + rest;
        };
        bare.push_str(&rest[..at]);
        let close = rest[at..].find(end).expect("a placeholder's end");
        rest = &rest[at + close + 1..];
    }
}

fn service(arn: &str, key: &str) -> Service {
    let tree = ResourceType {
        arn: arn.to_owned(),
        condition_keys: vec![key.to_owned()],
    };
    let value_type = "String".to_owned();
    Service {
        page: "orchard".to_owned(),
        prefix: "orchard".to_owned(),
        service: "Orchard".to_owned(),
        actions: BTreeMap::from([("Plant".to_owned(), Action::default())]),
        resource_types: BTreeMap::from([("tree".to_owned(), tree)]),
        condition_keys: BTreeMap::from([(key.to_owned(), ConditionKey { value_type })]),
        operations: Vec::new(),
    }
}
