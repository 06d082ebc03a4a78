//! Sample services, written by hand in the exact shape of generated code.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "each test uses a part of the samples"
)]

pub mod fallow;
pub mod orchard;
