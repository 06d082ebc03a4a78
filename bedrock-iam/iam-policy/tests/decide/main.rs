//! Decisions about requests.

#![cfg(feature = "json")]

mod cases;
