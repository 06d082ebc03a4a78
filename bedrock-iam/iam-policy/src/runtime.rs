//! What generated code is made of; no part of the crate's stable interface.

#[cfg(feature = "serde")]
pub use serde;

pub use crate::arn::segment::{
    HoldsColon, HoldsSlash, Literal, Rules, ascii_bytes, check_glob, check_plain, holds_colon,
    holds_slash,
};
pub use crate::arn::site::{account_literal, region_literal};
pub use crate::arn::{
    Candidate, FormatFault, Part, Parts, Piece, Segments, Template, arn_literal, count_pieces,
    head, pieces, read_any, rules_of,
};
pub use crate::condition::key::{KeyId, key_literal};
pub use crate::facts::{ActionResource, ContextEntry, Removed, RequiredAction};
pub use crate::text::names::{
    bare, count_templates, find, find_template, index, is_sorted, is_template, slots,
    template_indices,
};
pub use crate::text::one_or_many::OneOrMany;
#[cfg(feature = "serde")]
pub use crate::text::serde_str::deserialize_str;
pub use crate::typed::action::{ActionUse, Actions, KnownAction, action_glob, action_literal};

pub use crate::typed::rows::{ActionFacts, ConditionKeyFacts, OperationFacts, ResourceTypeFacts};
pub use crate::typed::supports::{Has, InEffect, On, Takes};
pub use crate::{AccessLevel, AccessLevels, Arn, Key, NameError, Resource, Segment, ValueType};
pub use crate::{place, value};
