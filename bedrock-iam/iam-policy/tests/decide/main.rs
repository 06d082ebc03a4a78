//! Decisions about requests.

#![cfg(feature = "json")]

mod cases;
mod prepared;
