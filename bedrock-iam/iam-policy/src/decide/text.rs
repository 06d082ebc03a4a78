//! Decisions in words.

use std::fmt;

use crate::decide::caller::Caller;
use crate::decide::considered::Considered;
use crate::decide::explanation::Explanation;
use crate::decide::need::Need;
use crate::decide::policies::{Layer, Place};
use crate::words::{code, list, visible};

/// Returns a layer, with the level of service control policies.
pub(super) fn at_level(layer: Layer, level: u32) -> String {
    match layer {
        Layer::ServiceControl => format!("level {} of the {layer}", level + 1),
        _ => format!("the {layer}"),
    }
}

impl fmt::Display for Place {
    /// Writes the place in words, such as `statement 2 of policy 1 of the identity-based policies`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {} of ", self.statement + 1)?;
        match self.layer {
            Layer::ServiceControl | Layer::ResourceControl => write!(
                f,
                "policy {} at level {} of the {}",
                self.policy + 1,
                self.level + 1,
                self.layer
            ),
            Layer::Identity | Layer::Session => {
                write!(f, "policy {} of the {}", self.policy + 1, self.layer)
            }
            _ => write!(f, "the {}", self.layer),
        }
    }
}

impl fmt::Display for Considered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sid) = self.sid {
            write!(f, "{}, ", code(sid))?;
        }
        self.place.fmt(f)
    }
}

/// The most statements that the text of a decision shows for a layer.
const SHOWN: usize = 5;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = self.decision.request;
        let deciding = self
            .decision
            .deciding_statement()
            .and_then(|place| self.statement(place));
        let outcome = self.decision.outcome().as_str();
        f.write_str(&outcome.replace('-', " "))?;
        let absent = self.absent_keys();
        if !absent.is_empty() {
            let flags: Vec<_> = absent
                .iter()
                .take(SHOWN)
                .map(|key| format!("`--context {}=VALUE`", visible(key)))
                .collect();
            let (verb, states) = if absent.len() == 1 {
                ("is", "states")
            } else {
                ("are", "state")
            };
            write!(
                f,
                ", while {} {verb} absent ({} {states} it)",
                list(&absent, SHOWN),
                flags.join(", ")
            )?;
        }
        match deciding {
            Some(statement) => write!(f, ": by {statement}")?,
            None if self.decision.is_allowed() && self.reason.is_none() => {
                f.write_str(": the root user of an account needs no policy")?
            }
            None => {}
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        let caller = request.caller.as_ref().map_or("", Caller::as_str);
        write!(
            f,
            "\n  request: {} on {} by {}",
            code(&request.action),
            code(&request.resource),
            code(caller)
        )?;
        if let Some(statement) = deciding {
            for condition in &statement.conditions {
                write!(f, "\n  {condition}")?;
            }
        }
        for (layer, level) in &self.lacking {
            let place = at_level(*layer, *level);
            let near: Vec<_> = self
                .near()
                .filter(|it| (it.place.layer, it.place.level) == (*layer, *level))
                .collect();
            if near.is_empty() {
                write!(
                    f,
                    "\n  no statement of {place} allows the action to the caller"
                )?;
                continue;
            }
            write!(f, "\n  no statement of {place} matches:")?;
            for statement in near.iter().take(SHOWN) {
                write!(f, "\n    {statement}")?;
                if let Some(mismatch) = statement.mismatches.first() {
                    write!(f, ": {}", mismatch.message)?;
                }
            }
            if near.len() > SHOWN {
                write!(f, "\n    and {} more", near.len() - SHOWN)?;
            }
        }
        for need in &self.needs {
            match need {
                Need::Key { key, asked } if asked.is_empty() => {
                    write!(
                        f,
                        "\n  {} decides: the value of a policy variable",
                        code(key)
                    )?;
                }
                Need::Key { key, asked } => {
                    write!(
                        f,
                        "\n  {} decides: the policies expect {}",
                        code(key),
                        asked.join("; ")
                    )?;
                }
                Need::Unmodelled(reason) => write!(f, "\n  not decided: {reason}")?,
            }
        }
        for (layer, reason) in &self.not_applied {
            write!(f, "\n  not applied: the {layer}, because {reason}")?;
        }
        Ok(())
    }
}
