//! The engine's rules, which apply to all services, one in each file.

mod absent_keys;
mod actions;
mod condition_values;
mod contradictions;
mod dependent;
mod in_effect;
mod keys;
mod networks;
mod pairs;
mod pass_role;
mod redundant;
mod redundant_values;
mod resources;
mod sensitive;
mod service_names;
mod set_operators;
mod shape;
mod siblings;
mod size;
mod statement;
mod variables;

use super::rule::Rule;

/// All rules. Findings of the same statement and severity are in this order.
pub(super) static ENGINE: &[Rule] = &[
    shape::RULE,
    statement::RULE,
    pass_role::RULE,
    actions::RULE,
    resources::RULE,
    pairs::RULE,
    keys::RULE,
    in_effect::RULE,
    set_operators::RULE,
    absent_keys::RULE,
    condition_values::RULE,
    networks::RULE,
    contradictions::RULE,
    variables::RULE,
    service_names::RULE,
    sensitive::RULE,
    redundant::RULE,
    redundant_values::RULE,
    siblings::RULE,
    dependent::RULE,
    size::RULE,
];
