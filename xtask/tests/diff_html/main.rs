//! `cargo xtask diff --format html`, run as it is built; pages are read back by an HTML parser.

#[path = "../support/mod.rs"]
mod support;

mod form;
mod golden;
mod history;
mod page;
mod table;
