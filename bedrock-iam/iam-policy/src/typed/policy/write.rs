//! Prints a policy that was built, in AWS's order of elements.

use crate::condition::Conditions;
use crate::document::element::{DocumentElement, StatementElement};
use crate::text::json_writer::Writer;
use crate::text::one_or_many::Text;
use crate::typed::principal::Principals;
use crate::typed::statement::{Body, Element};

/// The version of the policy language; the older version has no policy variables.
pub(super) const VERSION: &str = "2012-10-17";

pub(super) fn document(id: Option<&Text>, statements: &[Body], mut writer: Writer) -> String {
    writer.object(|writer| {
        for name in DocumentElement::ALL {
            let key = name.as_str();
            match name {
                DocumentElement::Version => {
                    writer.plain_key(key);
                    writer.string(VERSION);
                }
                DocumentElement::Id => {
                    if let Some(id) = id {
                        writer.plain_key(key);
                        writer.string(id);
                    }
                }
                DocumentElement::Statement => {
                    writer.plain_key(key);
                    writer.array(|writer| {
                        for body in statements {
                            writer.element();
                            writer.object(|writer| statement(body, writer));
                        }
                    });
                }
            }
        }
    });
    writer.finish()
}

fn statement(body: &Body, writer: &mut Writer) {
    use StatementElement as Name;
    for name in Name::ALL {
        match name {
            Name::Sid => {
                if let Some(sid) = &body.sid {
                    writer.plain_key(name.as_str());
                    writer.string(sid);
                }
            }
            Name::Effect => {
                writer.plain_key(name.as_str());
                writer.string(body.effect.as_str());
            }
            Name::Principal | Name::NotPrincipal => {
                if !body.principals.all.is_empty() && body.principals.negated == name.is_negated() {
                    writer.plain_key(name.as_str());
                    principals(&body.principals, writer);
                }
            }
            Name::Action | Name::NotAction => element(*name, &body.actions, writer),
            Name::Resource | Name::NotResource => element(*name, &body.resources, writer),
            Name::Condition => {
                if !body.conditions.is_empty() {
                    writer.plain_key(name.as_str());
                    writer.object(|writer| conditions(&body.conditions, writer));
                }
            }
        }
    }
}

fn principals(principals: &Principals, writer: &mut Writer) {
    if principals.is_anyone() {
        writer.string("*");
        return;
    }
    writer.object(|writer| {
        for (kind, texts) in principals.by_kind() {
            writer.plain_key(kind);
            writer.one_or_many(texts.as_slice());
        }
    });
}

fn element(name: StatementElement, element: &Element, writer: &mut Writer) {
    let texts: &[Text] = element.values.as_slice();
    if element.negated == name.is_negated() && !texts.is_empty() {
        writer.plain_key(name.as_str());
        writer.one_or_many(texts);
    }
}

fn conditions(conditions: &Conditions, writer: &mut Writer) {
    for (operator, entries) in conditions.by_operator() {
        writer.key(&operator.parts());
        writer.object(|writer| {
            for entry in entries {
                writer.key(&[&entry.key]);
                writer.one_or_many(entry.values.as_slice());
            }
        });
    }
}
