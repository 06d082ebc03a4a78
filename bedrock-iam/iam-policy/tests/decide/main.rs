//! Decisions about requests.

#![cfg(feature = "json")]

mod cases;
mod completions;
mod laws;
mod layers;
mod malformed;
mod oracle;
mod prepared;
mod simulator;
mod universe;
