//! The check of `foreign_action!` against the modules of a crate, at compile time.

use super::foreign::is_action;
use crate::facts::Service;
use crate::text::names::{distance, rest_of};

/// Checks that the prefix of an action or pattern is not the name of an SDK client or endpoint.
#[doc(hidden)]
#[track_caller]
pub const fn check_prefix(name: &str, services: &[&Service]) {
    let mut index = 0;
    while index < services.len() {
        let rows = services[index].overlay.not_prefixes;
        index += 1;
        let mut at = 0;
        while at < rows.len() {
            let row = &rows[at];
            at += 1;
            if !has_prefix(name, row.name) {
                continue;
            }
            let (_, action) = name.split_at(row.name.len());
            let mut message = Message::new();
            message.push(&[
                "`",
                row.name,
                "` is the name of an SDK client or endpoint, not a service prefix; did you mean `",
                row.prefix,
                action,
                "`?",
            ]);
            panic!("{}", message.as_str());
        }
    }
}

/// Checks that the services with the prefix of an action have it, if there are any.
///
/// Any action of a service is accepted if the service has further pages in the reference. So are
/// names that are not valid actions, because the macro reports them in another way.
#[doc(hidden)]
#[track_caller]
pub const fn check_action(name: &str, services: &[&Service]) {
    if !is_action(name, false) {
        return;
    }
    let (mut nearest, mut least) = (None, (usize::MAX, usize::MAX));
    let (mut module, mut operation, mut index) = (None, None, 0);
    while index < services.len() {
        let service = services[index];
        index += 1;
        if !has_prefix(name, service.prefix) {
            continue;
        }
        if !service.overlay.other_pages.is_empty() {
            return;
        }
        module = Some(service.prefix);
        let (_, own) = name.split_at(service.prefix.len() + 1);
        let mut at = 0;
        while at < service.operations.len() {
            let row = &service.operations[at];
            at += 1;
            if is_same(row.name, own) && !row.required_actions.is_empty() {
                operation = Some(row);
            }
        }
        let mut at = 0;
        while at < service.actions.len() {
            let action = &service.actions[at];
            at += 1;
            match distance(action.name, name) {
                Some(0) => return,
                Some(found) if found <= least.0 && action.removed.is_none() => {
                    let rest = rest_of(action.name, name);
                    if found < least.0 || rest < least.1 {
                        (nearest, least) = (Some(action.name), (found, rest));
                    }
                }
                _ => {}
            }
        }
    }
    let Some(prefix) = module else {
        return;
    };
    let mut message = Message::new();
    message.push(&["`", name, "` is not an action of `", prefix, "`"]);
    match (operation, nearest) {
        (Some(operation), _) => {
            message.push(&["; the API operation `", operation.name, "` requires "]);
            let mut at = 0;
            while at < operation.required_actions.len() {
                let separator = if at == 0 { "`" } else { ", `" };
                message.push(&[separator, operation.required_actions[at].action, "`"]);
                at += 1;
            }
        }
        (None, Some(nearest)) => message.push(&["; did you mean `", nearest, "`?"]),
        (None, None) => message.push(&[
            "; hint: `foreign_action!(newer \"",
            name,
            "\")` is for an action that is newer than the crate",
        ]),
    }
    panic!("{}", message.as_str());
}

/// Returns whether an action has a service's prefix, ignoring case.
const fn has_prefix(name: &str, prefix: &str) -> bool {
    name.len() > prefix.len()
        && name.as_bytes()[prefix.len()] == b':'
        && is_same(name.split_at(prefix.len()).0, prefix)
}

const fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && matches!(distance(one, other), Some(0))
}

/// A text that is put together at compile time.
struct Message {
    bytes: [u8; 512],
    length: usize,
}

impl Message {
    const fn new() -> Self {
        Self {
            bytes: [0; 512],
            length: 0,
        }
    }

    /// Appends texts; one that does not fit is omitted.
    const fn push(&mut self, texts: &[&str]) {
        let mut at = 0;
        while at < texts.len() {
            let text = texts[at].as_bytes();
            if self.length + text.len() <= self.bytes.len() {
                let (_, rest) = self.bytes.split_at_mut(self.length);
                let (place, _) = rest.split_at_mut(text.len());
                place.copy_from_slice(text);
                self.length += text.len();
            }
            at += 1;
        }
    }

    const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
