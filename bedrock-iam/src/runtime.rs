//! What generated code is made of; no part of the crate's stable interface.

#[cfg(feature = "serde")]
pub use serde;

pub use crate::action::{ActionUse, Actions, KnownAction, action_glob, action_literal};
pub use crate::arn::{
    Candidate, MAX_SEGMENTS, Piece, Segments, Template, head, read_any, rules_of,
};
pub use crate::effect::{Has, InEffect, On, Takes};
pub use crate::facts::{
    ActionFacts, ActionResource, ConditionKeyFacts, ContextEntry, OperationFacts, Removed,
    RequiredAction, ResourceTypeFacts,
};
pub use crate::key::{KeyId, key_literal};
pub use crate::many::Many;
pub use crate::names::{
    bare, count_templates, find, find_template, index, is_sorted, is_template, slots,
    template_indices,
};
pub use crate::resource::arn_literal;
pub use crate::segment::{
    HoldsColon, HoldsSlash, Literal, Rules, ascii_bytes, check_glob, check_plain, holds_colon,
    holds_slash,
};
#[cfg(feature = "serde")]
pub use crate::serde_support::deserialize_str;
pub use crate::site::{account_literal, region_literal};
pub use crate::{AccessLevel, AccessLevels, Arn, Key, NameError, Resource, Segment, ValueType};
pub use crate::{place, value};
