//! The engine's rules, which apply to all services, one in each file.

mod absent_keys;
mod actions;
mod anyone;
mod condition_values;
mod contradictions;
mod dependent;
mod deputy;
mod in_effect;
mod keys;
mod kinds;
mod networks;
mod pairs;
mod pass_role;
mod prefixes;
mod principals;
mod providers;
mod redundant;
mod redundant_values;
mod resources;
mod sensitive;
mod service_callers;
mod service_linked;
mod service_names;
mod set_operators;
mod shape;
mod siblings;
mod size;
mod statement;
mod trust;
mod variables;
mod weak_keys;
mod wide_resources;

use super::rule::Rule;

/// All rules. Findings of the same statement and severity are in this order.
pub(super) static ENGINE: &[Rule] = &[
    shape::RULE,
    kinds::RULE,
    principals::RULE,
    anyone::RULE,
    deputy::RULE,
    trust::RULE,
    providers::RULE,
    statement::RULE,
    pass_role::RULE,
    service_linked::RULE,
    prefixes::RULE,
    actions::RULE,
    resources::RULE,
    wide_resources::RULE,
    pairs::RULE,
    keys::RULE,
    in_effect::RULE,
    set_operators::RULE,
    absent_keys::RULE,
    service_callers::RULE,
    condition_values::RULE,
    networks::RULE,
    contradictions::RULE,
    weak_keys::RULE,
    variables::RULE,
    service_names::RULE,
    sensitive::RULE,
    redundant::RULE,
    redundant_values::RULE,
    siblings::RULE,
    dependent::RULE,
    size::RULE,
];
