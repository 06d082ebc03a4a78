//! The recipes of `roles`: compared with the roles of AWS's documentation, and with golden files.
//!
//! The documentation's roles are read from `../shared/roles` if it is available.

#![cfg(feature = "roles")]

mod agent;
mod agentcore;
mod by_hand;
mod checked;
mod documented;
mod golden;
mod jobs;
mod knowledge_base;
mod rows;
