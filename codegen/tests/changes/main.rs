//! Changes between two states of a service: complete, and judged correctly.

#[path = "../support/elementary.rs"]
#[allow(dead_code, unreachable_pub)]
mod elementary;
#[path = "../support/expand.rs"]
#[allow(dead_code, unreachable_pub)]
mod expand;
#[path = "../support/real.rs"]
mod real;
#[path = "../support/strategy.rs"]
mod strategy;
#[path = "../support/mod.rs"]
mod support;

mod edits;
mod judged;
mod kinds;
mod laws;
mod marks;
mod same;
mod shared;
mod spelling;
mod wildcards;
