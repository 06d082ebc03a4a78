//! `cargo xtask diff --format html`: the built command is run, and its pages are parsed as HTML.

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod form;
mod golden;
mod history;
mod page;
mod table;
