//! What is known of single AWS services beyond their pages: the one place of the engine that names
//! any. One file a subject, each with the page that says so and the day on which it was read.

pub(crate) mod pass_role;
