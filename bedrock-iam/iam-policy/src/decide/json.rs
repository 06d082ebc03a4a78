//! Decisions as JSON.

use serde_json::{Value, json};

use crate::decide::considered::{Considered, Mismatch};
use crate::decide::explanation::Explanation;
use crate::decide::need::Need;
use crate::decide::policies::{Layer, Place};

impl Explanation<'_> {
    /// Returns the explanation as a JSON object:
    ///
    /// | member | contents |
    /// |---|---|
    /// | `decision` | the outcome, such as `implicitly-denied` |
    /// | `deciding_statement` | the place of the statement that decided, or `null` |
    /// | `layers` | each layer in force: `layer`, `level` for control policies, and `result`: `denies`, `allows`, `lacks-allow`, `unknown` or `not-applied` |
    /// | `needs` | what would decide an undecided request: `key` with what is `asked` of it, or what is `unmodelled` |
    /// | `reason` | a reason beside the policies, or `null` |
    /// | `statements` | each statement: its place, `sid`, `effect`, whether it `matches` (`null`: not known), and the first part that does not, as `mismatch` |
    ///
    /// Layers have the names of [`Layer::as_str`]; indices count from 0.
    #[must_use]
    pub fn to_json(&self) -> String {
        let value = json!({
            "decision": self.decision.outcome().as_str(),
            "deciding_statement": self.decision.deciding_statement().map(place),
            "layers": self.layers(),
            "needs": self.needs.iter().map(need).collect::<Vec<_>>(),
            "reason": self.reason,
            "statements": self.statements.iter().map(statement).collect::<Vec<_>>(),
        });
        format!("{value:#}")
    }

    fn layers(&self) -> Vec<Value> {
        let policies = self.decision.policies;
        let given = Layer::ALL.into_iter().filter(|layer| policies.has(*layer));
        let levels = |layer: Layer| match layer {
            Layer::ServiceControl => policies.scp.as_ref().map_or(0, Vec::len),
            Layer::ResourceControl => policies.rcp.as_ref().map_or(0, Vec::len),
            _ => 1,
        };
        let all = given.flat_map(|layer| (0..levels(layer)).map(move |level| (layer, level)));
        all.map(|(layer, level)| {
            let level = u32::try_from(level).unwrap_or(u32::MAX);
            let has_levels = matches!(layer, Layer::ServiceControl | Layer::ResourceControl);
            json!({
                "layer": layer.as_str(),
                "level": has_levels.then_some(level),
                "result": self.result(layer, level),
            })
        })
        .collect()
    }

    fn result(&self, layer: Layer, level: u32) -> &'static str {
        let here = |it: &&Considered<'_>| (it.place.layer, it.place.level) == (layer, level);
        let has = |effect: Option<crate::Effect>, matches: Option<bool>| {
            let mut statements = self.statements.iter().filter(here);
            statements.any(|it| (effect.is_none() || it.effect == effect) && it.matches == matches)
        };
        match () {
            () if self.not_applied.iter().any(|(other, _)| *other == layer) => "not-applied",
            () if has(Some(crate::Effect::Deny), Some(true)) => "denies",
            () if has(None, None) => "unknown",
            // AWS adds a policy that allows everything to each level
            () if layer == Layer::ResourceControl => "allows",
            () if has(Some(crate::Effect::Allow), Some(true)) => "allows",
            () => "lacks-allow",
        }
    }
}

fn place(place: Place) -> Value {
    let has_levels = matches!(place.layer, Layer::ServiceControl | Layer::ResourceControl);
    json!({
        "layer": place.layer.as_str(),
        "level": has_levels.then_some(place.level),
        "policy": place.policy,
        "statement": place.statement,
    })
}

fn statement(statement: &Considered<'_>) -> Value {
    let mut value = place(statement.place);
    value["sid"] = json!(statement.sid);
    value["effect"] = json!(statement.effect.map(crate::Effect::as_str));
    value["matches"] = json!(statement.matches);
    value["mismatch"] = json!(statement.mismatches.first().map(mismatch));
    value
}

fn mismatch(mismatch: &Mismatch) -> Value {
    json!({
        "path": mismatch.path.to_string(),
        "key": mismatch.key,
        "found": mismatch.found,
        "asked": mismatch.asked,
        "message": mismatch.message,
    })
}

fn need(need: &Need) -> Value {
    match need {
        Need::Key { key, asked } => json!({"key": key, "asked": asked}),
        Need::Unmodelled(reason) => json!({"unmodelled": reason}),
    }
}
