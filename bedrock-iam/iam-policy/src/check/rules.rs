//! The engine's rules, which apply to all services, one in each file.

mod actions;
mod condition_values;
mod dependent;
mod in_effect;
mod keys;
mod pairs;
mod pass_role;
mod prefixes;
mod redundant;
mod resources;
mod sensitive;
mod service_names;
mod set_operators;
mod shape;
mod siblings;
mod size;
mod statement;

use super::rule::Rule;

/// All rules. Findings of the same statement and severity are in this order.
pub(super) static ENGINE: &[Rule] = &[
    shape::RULE,
    statement::RULE,
    pass_role::RULE,
    prefixes::RULE,
    actions::RULE,
    resources::RULE,
    pairs::RULE,
    keys::RULE,
    in_effect::RULE,
    set_operators::RULE,
    condition_values::RULE,
    service_names::RULE,
    sensitive::RULE,
    redundant::RULE,
    siblings::RULE,
    dependent::RULE,
    size::RULE,
];
