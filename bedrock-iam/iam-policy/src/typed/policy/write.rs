//! A policy as JSON, in AWS's order.

use crate::text::json_writer::Writer;
use crate::text::one_or_many::Text;
use crate::typed::principal::Principals;
use crate::typed::statement::{Body, Element};

use super::document::print;
use super::{Content, Policy};

/// The version of the policy language; the older one knows no policy variables.
pub(super) const VERSION: &str = "2012-10-17";

pub(super) fn compact(policy: &Policy) -> String {
    let mut writer = Writer::compact();
    document(policy, &mut writer);
    writer.finish()
}

pub(super) fn pretty(policy: &Policy) -> String {
    let mut writer = Writer::pretty();
    document(policy, &mut writer);
    writer.finish()
}

fn document(policy: &Policy, writer: &mut Writer) {
    let (id, statements) = match &policy.content {
        Content::Built { id, statements } => (id, statements),
        Content::Read(document) => return print(document, writer),
    };
    writer.object(|writer| {
        writer.key(&["Version"]);
        writer.string(VERSION);
        if let Some(id) = id {
            writer.key(&["Id"]);
            writer.string(id);
        }
        writer.key(&["Statement"]);
        writer.array(|writer| {
            for body in statements {
                writer.element();
                writer.object(|writer| statement(body, writer));
            }
        });
    });
}

fn statement(body: &Body, writer: &mut Writer) {
    if let Some(sid) = &body.sid {
        writer.key(&["Sid"]);
        writer.string(sid);
    }
    writer.key(&["Effect"]);
    writer.string(body.effect.as_str());
    principals(&body.principals, writer);
    element("Action", &body.actions, writer);
    element("Resource", &body.resources, writer);
    if !body.conditions.is_empty() {
        writer.key(&["Condition"]);
        writer.object(|writer| {
            for (operator, entries) in body.conditions.by_operator() {
                writer.key(&operator.parts());
                writer.object(|writer| {
                    for entry in entries {
                        writer.key(&[&entry.key]);
                        writer.one_or_many(entry.values.as_slice());
                    }
                });
            }
        });
    }
}

fn principals(principals: &Principals, writer: &mut Writer) {
    if principals.all.is_empty() {
        return;
    }
    writer.key(&[negation(principals.negated), "Principal"]);
    if principals.is_anyone() {
        writer.string("*");
        return;
    }
    writer.object(|writer| {
        for (kind, texts) in principals.by_kind() {
            writer.key(&[kind]);
            writer.one_or_many(texts.as_slice());
        }
    });
}

fn element(name: &str, element: &Element, writer: &mut Writer) {
    let texts: &[Text] = element.values.as_slice();
    if !texts.is_empty() {
        writer.key(&[negation(element.negated), name]);
        writer.one_or_many(texts);
    }
}

const fn negation(negated: bool) -> &'static str {
    if negated { "Not" } else { "" }
}
